/** Who helps stands beside the leg it helps: in the country entered, at the application that carries one there, and across borders once. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { helpSentence, legHelp } from '../../src/answers/leg-help.ts';
import type { WalkedLeg } from '../../src/answers/plan-legs.ts';
import { tellWhere } from '../../src/answers/tell-where.ts';
import { parseDay } from '../../src/calendar/civil.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import { ofKind } from '../../src/law/book.ts';
import { startOf } from '../../src/moves/claims.ts';
import { countriesOf } from '../../src/moves/eligible.ts';
import { helpersIn, helpHere } from '../../src/moves/helpers.ts';
import { readPerson } from '../../src/person/file.ts';
import type { Situation } from '../../src/person/types.ts';

const book = await loadLaw();
const ON = parseDay('2026-11-27') as number;

function someone(exposure: string, work = 'occupation: cook', more = ''): Situation {
  const { person, problems } = readPerson(
    'p.yaml',
    `person: {born: 1990-01-01, sex: female, citizenships: [ru]}
now: {country: ge, since: 2026-06-01, status: ge/visa-free}
work: {${work}}
exposure: {${exposure}}
${more}`,
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
  it('an office for who has roots in a country is told as such where they were told, and as what may help where they were not', () => {
    const at = (armenian: string) => {
      const s = someone('wanted: no', 'occupation: cook', `ancestry: {${armenian}}`);
      return [
        ids(legHelp(book, entering(s, 'am'), false, ON)).includes('am/repatriation-centre'),
        helpHere(book, { ...s, place: 'am' }).here.some((p) => p.id === 'am/repatriation-centre'),
        helpHere(book, { ...s, place: 'am' }).maybe.some((p) => p.id === 'am/repatriation-centre'),
      ];
    };
    assert.deepEqual(at('armenian: yes'), [true, true, false]);
    assert.deepEqual(at(''), [false, false, true]);
    assert.deepEqual(at('armenian: no'), [false, false, false]);
  });
  it('the first leg names those of the country where one is: all where one files there, its lawyers where one leaves', () => {
    const s = { ...someone('fearOfReturn: yes'), place: 'kz' };
    const at = (w: WalkedLeg, first: boolean) => ids(legHelp(book, w, first, ON)).filter((id) => id.startsWith('kz/'));
    assert.ok(at(filing(s, 'kz/asylum'), true).includes('kz/report-pressure'));
    assert.deepEqual(at(entering(s, 'am'), true), ['kz/bureau']);
    assert.deepEqual(at(entering(s, 'am'), false), []);
    assert.equal(helpHere(book, s).here[0]?.id, 'kz/bureau');
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

/** The hosts of the law, in the order they were asked for. */
const HOSTS =
  'ge am kz kg uz rs me tr il ae th ar mn de fr es it pt pl lt lv ee fi cz nl cy bg no ch gb ie us ca mx br';

describe('where pressure can be told', () => {
  it('every one of the thirty-five hosts is told with its day; a country that has no such file says that nothing is known', () => {
    const hosts = HOSTS.split(' ');
    assert.equal(hosts.length, 35);
    const told = tellWhere(book, [...hosts, 'ua'], ON, 'ru');
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

it('every host, every neighbour of Russia and every usual stop on the way has a danger with its day and source', () => {
  const neighbours = 'by fi no ee lv lt pl ua ge az kz cn mn jp kp us';
  const stops = 'tr ae qa eg rs am uz tj kg md';
  const dangers = ofKind(book, 'danger');
  for (const country of new Set(`${HOSTS} ${neighbours} ${stops}`.split(' '))) {
    const own = dangers.filter((p) => countriesOf(book, p, ON).includes(country));
    assert.ok(own.length > 0, `${country}: no danger`);
    for (const p of own) {
      assert.ok(Object.keys(p.sources).length > 0 && p.verified.on > 0 && p.expires > p.verified.on, p.id);
      assert.ok(p.concerns && p.all.length > 0, `${p.id}: whom does it concern?`);
    }
  }
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

it('for elders, people with a claim by ancestry, without valid papers, remote workers, founders and families: beside the leg it helps', () => {
  const roots: [string, string, string][] = [
    ['german', 'de/late-resettler', 'de/late-resettler-office'],
    ['jewish', 'il/return', 'il/aliyah-advice'],
    ['armenian', 'am/citizenship-descent', 'am/repatriation-centre'],
    ['lithuanian', 'lt/citizenship-restoration', 'lt/griztu'],
    ['bulgarian', 'bg/citizenship-origin', 'bg/origin-agency'],
  ];
  for (const [root, route, help] of roots) {
    const country = route.slice(0, 2);
    const has = someone(NOBODY, undefined, `ancestry: {${root}: yes}`);
    const not = someone(NOBODY, undefined, `ancestry: {${root}: no}`);
    assert.ok(ids(legHelp(book, entering(has, country), false, ON)).includes(help), help);
    assert.ok(!ids(legHelp(book, entering(not, country), false, ON)).includes(help), help);
    assert.ok(book.provisions.has(route), route);
    assert.ok(ids(legHelp(book, filing(has, route), false, ON)).includes(help), `${help} at ${route}`);
    assert.ok(!ids(legHelp(book, filing(not, route), false, ON)).includes(help), `${help} at ${route}`);
  }
  const at = (s: Situation, country: string) => ids(legHelp(book, entering(s, country), false, ON));
  const old = someone(NOBODY, undefined, 'ancestry: {jewish: yes}');
  const born = (s: Situation, day: string): Situation => ({
    ...s,
    person: { ...s.person, facts: new Map([...s.person.facts, ['person.born', parseDay(day) as number]]) },
  });
  assert.ok(at(born(old, '1960-01-01'), 'il').includes('il/old-age-benefit'));
  assert.ok(!at(born(old, '1990-01-01'), 'il').includes('il/old-age-benefit'));
  assert.ok(at(born(old, '1960-01-01'), 'de').includes('de/older-newcomers'));
  assert.ok(at(someone(NOBODY, 'remote: yes'), 'me').includes('me/digital-nomad-desk'));
  const founder = someone(NOBODY, 'occupation: entrepreneur');
  assert.ok(ids(legHelp(book, filing(founder, 'it/startup-visa'), false, ON)).includes('it/startup-desk'));
  assert.ok(ids(legHelp(book, filing(founder, 'fi/startup'), false, ON)).includes('fi/startup-desk'));
  assert.ok(ids(legHelp(book, filing(founder, 'es/entrepreneur'), false, ON)).includes('es/founders-desk'));
  const remote = someone(NOBODY, 'remote: yes');
  assert.ok(ids(legHelp(book, filing(remote, 'es/digital-nomad'), false, ON)).includes('es/remote-work-desk'));
  assert.ok(at(someone(NOBODY), 'pl').includes('pl/ocalenie'));
  const paperless = someone(NOBODY, undefined, 'canRenewAtConsulate: no');
  assert.ok(at(paperless, 'es').includes('es/undocumented-card'));
});
