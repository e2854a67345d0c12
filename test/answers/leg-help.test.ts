/** Who helps stands beside the leg it helps: in the country entered, at the application that carries one there, and across borders once. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { helpSentence, legHelp } from '../../src/answers/leg-help.ts';
import type { WalkedLeg } from '../../src/answers/plan-legs.ts';
import { tellWhere } from '../../src/answers/tell-where.ts';
import { parseDay } from '../../src/calendar/civil.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import { startOf } from '../../src/moves/claims.ts';
import { helpersIn, helpHere } from '../../src/moves/helpers.ts';
import { readPerson } from '../../src/person/file.ts';
import type { Situation } from '../../src/person/types.ts';

const book = await loadLaw();
const ON = parseDay('2026-11-27') as number;

function someone(exposure: string, work = 'occupation: cook'): Situation {
  const { person, problems } = readPerson(
    'p.yaml',
    `person: {born: 1990-01-01, sex: female, citizenships: [ru]}
now: {country: ge, since: 2026-06-01, status: ge/visa-free}
work: {${work}}
exposure: {${exposure}}
`,
    book.schema,
  );
  assert.deepEqual(problems, []);
  assert.ok(person);
  return startOf(book, person, ON);
}
const NOBODY =
  'activist: no, journalist: no, deserter: no, summoned: no, militaryLiable: no, wanted: no, criminalCaseInRussia: no, fearOfReturn: no, culturalWorker: no, lgbt: no';

const entering = (s: Situation, country: string): WalkedLeg =>
  ({
    leg: { kind: 'enter', country, under: `${country}/visa-free`, day: ON },
    provision: undefined,
    before: s,
    after: { ...s, place: country },
  }) as unknown as WalkedLeg;
const filing = (s: Situation, route: string): WalkedLeg =>
  ({
    leg: { kind: 'file', route, day: ON },
    provision: book.provisions.get(route),
    before: s,
    after: s,
  }) as unknown as WalkedLeg;
const ids = (helps: ReturnType<typeof legHelp>) => helps.map((h) => h.provision.id);

describe('who helps at a leg', () => {
  it('entering names those of the country, for who is there; not those of another', () => {
    const found = ids(legHelp(book, entering(someone(NOBODY), 'am'), false, ON));
    assert.ok(found.includes('am/hca-vanadzor') && found.includes('am/report-pressure'), found.join());
    assert.ok(!found.some((id) => id.startsWith('rs/') || id.startsWith('intl/')), found.join());
  });
  it('an application from elsewhere names what carries a person there, not advice for who is there', () => {
    const artist = someone('culturalWorker: yes, fearOfReturn: yes', 'occupation: artist');
    const at = ids(legHelp(book, filing(artist, 'de/humanitarian-admission'), false, ON));
    assert.ok(at.includes('de/martin-roth-initiative'), at.join());
    assert.ok(!at.includes('de/report-pressure') && !at.includes('de/integration-course'), at.join());
  });
  it('who helps across borders is told at the first leg, and only where it is surely for the person', () => {
    const deserter = someone('deserter: yes');
    assert.ok(ids(legHelp(book, entering(deserter, 'am'), true, ON)).includes('intl/connection-ev'));
    assert.ok(!ids(legHelp(book, entering(deserter, 'am'), false, ON)).includes('intl/connection-ev'));
    const untold = someone('wanted: no');
    assert.ok(!ids(legHelp(book, entering(untold, 'am'), true, ON)).includes('intl/connection-ev'));
    assert.ok(helpHere(book, untold).maybe.some((p) => p.id === 'intl/connection-ev'));
    assert.ok(!helpHere(book, someone(NOBODY)).maybe.some((p) => p.id === 'intl/connection-ev'));
  });
  it('evidence past its day says so, once, and a helper is named once', () => {
    const told = new Set<string>();
    const helps = legHelp(book, entering(someone(NOBODY), 'am'), false, ON);
    const first = helpSentence(helps, told, ON, 'en') as string;
    assert.match(first, /^Who helps: .*\[am\/hca-vanadzor, verify\]/);
    assert.equal(helpSentence(helps, told, ON, 'en'), undefined);
    assert.match(helpSentence(helps, new Set(), ON, 'ru') as string, /^Кто помогает: .*проверьте/);
  });
});

describe('where pressure can be told', () => {
  it('every host that has such a file is told with its day; one that has none says that nothing is known', () => {
    const hosts = [
      'ge',
      'am',
      'kz',
      'rs',
      'tr',
      'de',
      'us',
      'me',
      'fr',
      'ae',
      'gb',
      'nl',
      'pl',
      'lt',
      'lv',
      'ee',
      'kg',
    ];
    const told = tellWhere(book, [...hosts, 'es', 'ge'], ON, 'ru');
    for (const [i, code] of hosts.entries()) {
      const k = told[i]?.known;
      assert.equal(k?.id, `${code}/report-pressure`);
      assert.match(k.verified, /^20\d\d-\d\d-\d\d$/);
      assert.match(k.says, /[а-яё]/);
    }
    assert.equal(told[hosts.length]?.known, undefined);
    const rest = told.slice(hosts.length + 1).map((x) => x.known?.id);
    assert.deepEqual(rest, ['intl/recruitment', 'intl/protect-defenders', 'intl/un-complaint', 'intl/un-rapporteur']);
  });
  it('where the host works with Russia, neither police nor service is named first', () => {
    for (const code of ['kz', 'kg', 'ae', 'rs']) {
      const k = tellWhere(book, [code], ON, 'en')[0]?.known;
      assert.match(k?.says ?? '', /^(Not the (police|security)|We know of no place)/);
    }
  });
  it('an old contact is old from the day after its last', () => {
    const p = book.provisions.get('gb/report-pressure');
    assert.ok(p);
    assert.equal(tellWhere(book, ['gb'], p.expires, 'en')[0]?.known?.old, false);
    assert.equal(tellWhere(book, ['gb'], p.expires + 1, 'en')[0]?.known?.old, true);
  });
});

it('at least one programme for each subgroup that has any: the person of the subgroup is surely meant', () => {
  const groups: [string, string, string][] = [
    ['engineers', NOBODY, 'occupation: software-developer'],
    ['journalists', 'journalist: yes', 'occupation: journalist'],
    ['activists', 'activist: yes', 'occupation: cook'],
    ['cultural workers', 'culturalWorker: yes, fearOfReturn: yes', 'occupation: artist'],
    ['scientists', 'fearOfReturn: yes', 'occupation: scientist'],
    ['teachers and doctors', NOBODY, 'occupation: teacher'],
    ['students', 'fearOfReturn: yes', 'occupation: student'],
    ['draft refusers', 'summoned: yes, deserter: no', 'occupation: cook'],
    ['deserters', 'deserter: yes', 'occupation: soldier'],
    ['wanted', 'wanted: yes', 'occupation: cook'],
    ['LGBT', 'lgbt: yes', 'occupation: cook'],
  ];
  for (const [name, exposure, work] of groups) {
    const found = helpersIn(book, someone(exposure, work), 'ge', ON, { everywhere: 'sure' }).map((p) => p.id);
    assert.ok(found.filter((id) => id !== 'intl/kovcheg').length > 0, `${name}: ${found.join()}`);
  }
});
