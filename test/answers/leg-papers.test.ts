/** What outlives the passport says so; dangers of the way out and of one's own consulate stand on the step that meets them. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { paperLimit, paperWords } from '../../src/answers/leg-papers.ts';
import { answerPlan } from '../../src/answers/plan-answer.ts';
import type { WalkedLeg } from '../../src/answers/plan-legs.ts';
import { standingOf } from '../../src/answers/stand-words.ts';
import { formatDay, parseDay } from '../../src/calendar/civil.ts';
import { checkRoute } from '../../src/check/check.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import type { Provision } from '../../src/law/types.ts';
import { startOf } from '../../src/moves/claims.ts';
import { readPerson } from '../../src/person/file.ts';
import type { Person, Situation } from '../../src/person/types.ts';
import { consulateDangers, gravePlaces } from '../../src/plan/told.ts';
import type { Plan } from '../../src/plan/types.ts';
import { forOthers } from '../../src/plan/worthwhile.ts';
import { soundLaw, TAIL } from '../support/small-law.ts';

const book = await loadLaw();
const day = (t: string) => parseDay(t) as number;
const ON = day('2026-11-27');
const the = (id: string) => book.provisions.get(id) as Provision;

function someone(passports: string, now: string, more = ''): Situation {
  const { person, problems } = readPerson(
    'p.yaml',
    `person: {born: 1990-01-01, sex: female, citizenships: [ru], married: no}
documents: [${passports}]
now: ${now}
stays: []
offers: []
claims: []
${more}`,
    book.schema,
  );
  assert.deepEqual(problems, []);
  assert.ok(person);
  return startOf(book, person, ON);
}
const VISIT = (c: string) => `id: ${c}/visa-free
kind: stay
title: {en: Visa-free, ru: Без визы}
inForce: {from: 2022-02-24, earlier: true}
keyDate: entry
params: {daysMax: {unit: days, range: {min: 1, max: 200}, values: {2022-02-24: {value: 150, source: s}}}}
counting: [{kind: perEntry, limit: daysMax, edges: both, gapDays: 0, source: s}]
all: [{id: citizen, says: {en: A Russian passport, ru: Российский паспорт}, when: 'passport.country = "ru"', source: s}]
cases: [{name: yes, on: 2026-01-01, given: {passport.country: ru}, expect: yes}]
${TAIL}`;
const passport = (expires: string) =>
  `{kind: passport, country: ru, biometric: no, issued: 2021-12-20, expires: ${expires}, issuedInOccupiedTerritory: no}`;
const GEORGIA = '{country: ge, since: 2026-03-11, status: ge/visa-free}';
const leg = (kind: string, id: string, on: string, until: string | undefined, after: Situation): WalkedLeg =>
  ({
    leg: { kind, day: day(on), route: id, under: id, country: 'ge', ...(until ? { until: day(until) } : {}) },
    provision: the(id),
    after,
    before: after,
  }) as unknown as WalkedLeg;

describe('a leg that outlives the passport', () => {
  const s = someone(passport('2027-08-19'), GEORGIA, 'canRenewAtConsulate: no');
  it('says the last day that the passport carries it, and that no new one is to be had there', () => {
    const w = leg('enter', 'ge/visa-free', '2026-11-27', '2027-11-26', s);
    const limit = paperLimit(book, w);
    assert.equal(formatDay(limit?.until ?? 0), '2027-08-19');
    assert.ok(limit);
    const [says, can] = paperWords(book, w, limit, 'en');
    assert.match(says, /before this stay does: it carries you until 19 August 2027, no longer/);
    assert.match(can, /no way to a new passport is open to you/);
    assert.match(paperWords(book, w, limit, 'ru').join(' '), /до 19 августа 2027 года.*проездном документе/);
  });
  it('names the consulate where that is open, with the danger of going there', () => {
    const can = (exposure: string) => {
      const open = someone(passport('2027-08-19'), GEORGIA, `canRenewAtConsulate: yes\nexposure: ${exposure}`);
      const w = leg('await', 'ge/work-residence', '2026-12-27', '2027-12-26', open);
      return paperWords(book, w, paperLimit(book, w) as never, 'en')[1];
    };
    const calm =
      '{criminalCaseInRussia: no, convicted: no, foreignAgent: no, summoned: no, militaryLiable: no, wanted: no}';
    assert.match(can(calm), /Five-year .* from a consulate abroad/);
    assert.doesNotMatch(can(calm), /known danger/);
    assert.match(
      can('{criminalCaseInRussia: yes, summoned: no, militaryLiable: no}'),
      /danger for you: speak to a lawyer/,
    );
  });
  it('names in each of the twelve hosts what is given there instead of a passport, or that nothing is known of it', () => {
    // What the law here knows; of the Emirates no source tells of any, so the authority is to be asked.
    const given: [string, string, RegExp | undefined][] = [
      ['ge', 'ge/visa-free', /Travel passport of refugees and people with humanitarian status/],
      [
        'am',
        'am/visa-free',
        /Convention travel document \(Armenia\) \(condition: You are a recognised refugee in Armenia\)/,
      ],
      ['kz', 'kz/visa-free', /Travel document of refugees \(Kazakhstan\)/],
      ['rs', 'rs/visa-free', /Travel document of refugees \(Serbia\)/],
      ['tr', 'tr/visa-free', /Alien's passport for one journey.*Convention travel document \(Turkey\)/],
      ['il', 'il/student', /Israeli travel document/],
      ['de', 'de/blue-card', /Alien's passport .*\(once the passport has run out; .*Travel document for refugees/],
      ['us', 'us/student', /Re-entry permit of a permanent resident.*Refugee travel document/],
      ['es', 'es/digital-nomad', /Help there with papers: Papers for people whom their consulate does not document/],
      ['fr', 'fr/visitor', /Travel document of a refugee.*stateless person.*subsidiary protection/],
      ['me', 'me/visa-free', /Help there with papers: Travel document for a foreigner, for one journey/],
      ['ae', 'ae/residence-company', undefined],
    ];
    for (const [country, status, words] of given) {
      const there = someone(
        '{kind: passport, country: ru, biometric: yes, issued: 2017-04-20, expires: 2027-04-20, issuedInOccupiedTerritory: no}',
        `{country: ${country}, since: 2026-06-01, status: ${status}}`,
        `statuses: [{status: ${status}, country: ${country}, from: 2026-06-01, to: 2028-06-01}]\ncanRenewAtConsulate: no`,
      );
      const w = leg('await', status, '2027-01-26', '2028-06-01', there);
      const limit = paperLimit(book, w);
      assert.ok(limit, country);
      const [says, can] = paperWords(book, w, limit, 'en');
      assert.match(says, /it carries you until 20 April 2027, no longer/, country);
      if (words) assert.match(can, words, country);
      else
        assert.match(can, /Ask that country’s authority about a travel document for foreigners.*a lawyer\.$/, country);
      assert.doesNotMatch(can, /from a consulate abroad/, country);
      assert.match(paperWords(book, w, limit, 'ru').join(' '), /до 20 апреля 2027 года/);
    }
  });
  it('no plan seeks a status for the sake of its travel document; who has it, or awaits it, may use the document', () => {
    const visitor = someone(passport('2027-08-19'), GEORGIA);
    const refugee = someone(passport('2027-08-19'), '{country: rs, since: 2025-03-11, status: rs/asylum}');
    assert.equal(forOthers(the('rs/travel-document'), visitor), true);
    assert.equal(forOthers(the('rs/travel-document'), refugee), false);
    // Papers for whoever has any permit, and those of one's own state, are for everybody.
    assert.equal(forOthers(the('de/alien-passport'), visitor), false);
    assert.equal(forOthers(the('ru/biometric-passport-abroad'), visitor), false);
  });
  it('an alien’s passport is for whoever has no valid one: the rule that a permit wants a valid one does not shut it', () => {
    const expired = (expires: string) =>
      checkRoute(
        book,
        the('de/alien-passport'),
        someone(
          `{kind: passport, country: ru, biometric: yes, issued: 2017-04-20, expires: ${expires}, issuedInOccupiedTerritory: no}`,
          '{country: de, since: 2025-06-01, status: de/blue-card}',
          'statuses: [{status: de/blue-card, country: de, from: 2025-06-01, to: 2028-06-01}]\ncanRenewAtConsulate: no\nentryBans: []',
        ),
        ON,
      ).outcome;
    assert.equal(expired('2026-11-26'), 'yes');
    assert.equal(expired('2026-11-27'), 'no');
  });
  it('says nothing where the passport lasts, where its end is not told, or where nothing hangs on it', () => {
    const within = leg('enter', 'ge/visa-free', '2026-11-27', '2027-08-19', s);
    assert.equal(paperLimit(book, within), undefined);
    const untold = someone('{kind: passport, country: ru}', GEORGIA);
    assert.equal(paperLimit(book, leg('enter', 'ge/visa-free', '2026-11-27', '2027-11-26', untold)), undefined);
    assert.equal(paperLimit(book, leg('await', 'ge/refugee', '2027-09-01', '2030-01-01', s)), undefined);
  });
  it('a filing after the passport ran out says so', () => {
    assert.equal(paperLimit(book, leg('file', 'ge/work-residence', '2027-08-20', undefined, s))?.over, true);
    assert.equal(paperLimit(book, leg('file', 'ge/work-residence', '2027-08-19', undefined, s)), undefined);
  });
  it('the present stay, too', () => {
    const soon = standingOf(book, someone(passport('2026-12-20'), GEORGIA), 'en').papers;
    assert.match(soon[0] ?? '', /runs out before the last day here: it carries you until 20 December 2026/);
    const over = standingOf(book, someone(passport('2026-11-15'), GEORGIA), 'en').papers;
    assert.match(over[0] ?? '', /has run out: its last day was 15 November 2026/);
    assert.deepEqual(standingOf(book, s, 'en').papers, []);
  });
});

describe('a passport that has run out', () => {
  it('does not make a visa look open where the law says nothing of it', () => {
    const of = (expires: string) => checkRoute(book, the('gb/visitor-visa'), someone(passport(expires), GEORGIA), ON);
    assert.equal(of('2026-11-26').outcome, 'unknown');
    assert.deepEqual(
      of('2026-11-26').filing.doubts.filter((d) => d.kind === 'passport-lapsed'),
      [{ kind: 'passport-lapsed', route: 'gb/visitor-visa', expired: day('2026-11-26') }],
    );
    assert.equal(of('2026-11-27').outcome, 'yes');
  });
  it('with another that is valid nothing is in doubt', () => {
    const two = someone(`${passport('2026-11-15')}, ${passport('2031-01-01')}`, GEORGIA);
    assert.equal(checkRoute(book, the('gb/visitor-visa'), two, ON).outcome, 'yes');
  });
  it('hinders nobody from asking for protection', () => {
    const s = someone(passport('2026-11-15'), GEORGIA, 'exposure: {fearOfReturn: yes}');
    assert.equal(checkRoute(book, the('ge/refugee'), s, ON).outcome, 'yes');
  });
});

describe('dangers on the step that meets them', () => {
  it('the way out of a country stands on the entry into the next, and is no danger of that one', () => {
    const law = soundLaw({
      'xa/visa-free': VISIT('xa'),
      'xb/visa-free': VISIT('xb'),
      'xa/guards': `id: xa/guards
kind: danger
title: {en: Guards, ru: Охрана}
inForce: {from: 2022-02-24, earlier: true}
keyDate: presence
concerns: exit
says: {en: They look, ru: Они смотрят}
all: [{id: wanted, says: {en: Wanted, ru: В розыске}, when: exposure.wanted, source: s}]
cases: [{name: yes, on: 2026-01-01, given: {exposure.wanted: yes}, expect: yes}]
${TAIL}`,
      'xb/work': `id: xb/work
kind: danger
title: {en: Work, ru: Работа}
inForce: {from: 2022-02-24, earlier: true}
keyDate: presence
concerns: work
says: {en: They fine, ru: Штрафуют}
all: [{id: remote, says: {en: Remote, ru: Удалённо}, when: work.remote, source: s}]
cases: [{name: yes, on: 2026-01-01, given: {work.remote: yes}, expect: yes}]
${TAIL}`,
      'xb/home': `id: xb/home
kind: route
title: {en: Home, ru: Дом}
inForce: {from: 2022-02-24, earlier: true}
keyDate: filing
decision: right
all: []
file: {where: [in-country], from: [any], source: s}
grants: {status: xb/home, source: s}
status: {stands: permanent}
cases: [{name: anybody, on: 2026-01-01, expect: yes}]
${TAIL}`,
    });
    const first = (work: string) => {
      const { person } = readPerson(
        'p.yaml',
        `person: {citizenships: [ru]}
documents: [{kind: passport, country: ru, expires: 2035-01-01}]
now: {country: xa, since: 2026-11-20, status: xa/visa-free}
stays: []
statuses: []
exposure: {wanted: yes}
${work}`,
        law.schema,
      );
      const start = startOf(law, person as Person, ON);
      return answerPlan(law, start, { kind: 'permanent' }, { processing: 'longest' }).plans[0]?.plan;
    };
    const told = first('');
    const entry = told?.legs[0];
    assert.equal(entry?.kind, 'enter');
    assert.deepEqual(entry?.dangers, [{ provision: 'xa/guards', outcome: true, of: 'exit' }]);
    // What work may bring is told to whom it surely applies, and its days are no days in danger.
    const working = first('work: {remote: yes}');
    assert.deepEqual(working?.legs[0]?.dangers[0], { provision: 'xb/work', outcome: true, of: 'work' });
    assert.equal(working?.metrics.dangerDays, 0);
    const grave = [{ provision: 'am/russian-border-guards', outcome: true, of: 'exit' }];
    const plan = { legs: [{ kind: 'enter', country: 'ge', jurisdiction: 'ge', dangers: grave }] } as unknown as Plan;
    assert.deepEqual(gravePlaces(plan), { entered: [], waited: [] });
  });
  it('a refugee in Canada who goes to the Russian consulate reads that it may cost the protection', () => {
    const refugee = someone(
      passport('2027-01-01'),
      '{country: ca, since: 2023-03-11, status: ca/protected-person}',
      'statuses: [{status: ca/protected-person, country: ca, from: 2023-09-01}]',
    );
    const at = (id: string) =>
      consulateDangers(book, refugee, { provision: the(id), place: 'ca' }).map((d) => d.provision);
    assert.ok(at('ru/five-year-passport-abroad').includes('ca/cessation'));
    // A consulate of another state is no return under the protection of Russia.
    assert.ok(!at('schengen/visa-c').includes('ca/cessation'));
  });
});
