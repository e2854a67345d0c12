import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fallbackWords } from '../../src/answers/fallback-words.ts';
import {
  allRareWords,
  assumptionWords,
  dangerWords,
  graveWords,
  summaryWords,
  survivalWords,
} from '../../src/answers/leg-words.ts';
import { doubtWords } from '../../src/answers/plan-words.ts';
import { parseDay } from '../../src/calendar/civil.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import { daysAfterRefusal } from '../../src/moves/refusal.ts';
import { relevantTo } from '../../src/plan/relevant.ts';
import { byWorth } from '../../src/plan/told.ts';
import type { Fallback, Leg, Plan } from '../../src/plan/types.ts';

const book = await loadLaw();
const day = (s: string) => parseDay(s) as number;
const fallback: Fallback = {
  on: day('2027-02-21'),
  lawfulUntil: day('2027-02-20'),
  steps: [{ kind: 'enter', day: day('2027-02-21'), country: 'am', under: 'am/visa-free' }],
  none: false,
};
const planWith = (legs: readonly Partial<Leg>[]): Plan => ({ legs, survivesAnyOneRefusal: true }) as unknown as Plan;

describe('what is said of a refusal', () => {
  it('nobody is told that a plan survives refusals where none was looked at', () => {
    const words = survivalWords(planWith([{}]), 'en');
    assert.doesNotMatch(words, /survives/);
    assert.match(words, /was not looked for/);
    assert.match(survivalWords(planWith([{ fallback }]), 'en'), /survives any one refusal/);
    assert.doesNotMatch(survivalWords(planWith([{}]), 'ru'), /Выдержит/);
  });
  it('who may not know whether to wait is told to leave by the last lawful day, not by the day of the answer', () => {
    const words = fallbackWords(book, fallback, 'en', [{ kind: 'pending-stay-unknown', route: 'ar/rentier' }]);
    assert.match(words, /ended on 20 February 2027: leave by that day unless you have it in writing/);
    assert.match(words, /Armenia by 21 February 2027/);
    assert.match(
      fallbackWords(book, fallback, 'ru', [{ kind: 'pending-stay-unknown', route: 'ar/rentier' }]),
      /уезжайте не позже этого дня/,
    );
  });
  it('who stays on the application alone is not told to have overstayed', () => {
    const words = fallbackWords(book, fallback, 'en');
    assert.doesNotMatch(words, /will have ended/);
    assert.match(words, /only the application lets you stay/);
  });
  it('a stay that outlasts the answer is said as before', () => {
    assert.match(
      fallbackWords(book, { ...fallback, lawfulUntil: day('2027-05-01') }, 'en'),
      /you may stay until 1 May 2027/,
    );
  });
  it('asked for where one is, the refusal itself may end that: the law says with an order to leave, or nothing', () => {
    const later = { ...fallback, lawfulUntil: day('2027-05-01') };
    const words = (route: string, here: boolean, lang: 'en' | 'ru' = 'en') =>
      fallbackWords(book, later, lang, [], { route, here, filed: true });
    assert.match(
      words('rs/residence-family', true),
      /1 May 2027, unless the refusal itself ends your stay: look in it/,
    );
    assert.match(words('rs/residence-family', true, 'ru'), /1 мая 2027 года, если сам отказ не прекращает пребывание/);
    assert.match(
      words('fr/visitor', true),
      /unless the refusal itself orders you to leave \(as a rule the law then gives 30 days, in some cases less or none\)/,
    );
    // A consulate elsewhere ends no stay in the country where one waits.
    assert.match(words('fr/visitor', false), /1 May 2027; go to Armenia/);
  });
  it('who stays on the application alone is told how long the law gives to leave and to appeal, where it does', () => {
    const words = (route: string, lang: 'en' | 'ru' = 'en') =>
      fallbackWords(book, fallback, lang, [], { route, here: true, filed: true });
    const german = words('de/student');
    assert.match(german, /after a refusal the law as a rule gives 7 days to leave, in some cases less or none/);
    assert.match(german, /for an appeal the law gives 1 month \(read in the refusal how long you have\)/);
    assert.match(
      words('de/student', 'ru'),
      /после отказа закон по общему правилу даёт на выезд 7 дней, а иногда меньше или нисколько; на обжалование закон даёт 1 месяц/,
    );
    // Spain sets no least number of days to leave: none is promised.
    assert.match(words('es/student'), /the refusal may end that at once; for an appeal the law gives 1 month/);
    assert.match(words('us/asylum-of-old'), /may end that at once; ask about an appeal before you file/);
  });
  it('days after a refusal are counted from the day one is told, which itself does not count', () => {
    const of = (id: string) => {
      const p = book.provisions.get(id);
      assert.ok(p);
      return daysAfterRefusal(p, day('2026-01-31'));
    };
    assert.equal(of('de/student').leaveBy, day('2026-02-07'));
    // The ten days of Turkey follow a refused extension alone: a first permit has none, so none are promised.
    assert.equal(of('tr/residence-tourism').leaveBy, undefined);
    // A month from the 31st ends on the last day of February: the shorter time.
    assert.equal(of('de/student').appealBy, day('2026-02-28'));
    assert.equal(of('es/student').leaveBy, undefined);
    // What was given before the European rules applied is not what is given since.
    const spain = book.provisions.get('es/refugee');
    assert.ok(spain);
    assert.equal(daysAfterRefusal(spain, day('2026-06-11')).appealBy, day('2026-07-11'));
    assert.equal(daysAfterRefusal(spain, day('2026-06-12')).appealBy, day('2026-06-17'));
  });
  it('an application at a consulate lets nobody stay where they wait', () => {
    const words = (lang: 'en' | 'ru') =>
      fallbackWords(book, fallback, lang, [], { route: 'rs/single-permit-self-employment', here: false, filed: true });
    assert.doesNotMatch(words('en'), /only the application lets you stay/);
    assert.match(words('en'), /ends on 20 February 2027, and this application does not prolong it/);
    assert.match(words('ru'), /это заявление его не продлевает/);
  });
  it('who waits for an answer on protection is not told to leave because none has come by a day that is reckoned here', () => {
    const claim = { route: 'es/refugee', here: true, filed: false, claim: true };
    const sure = fallbackWords(book, fallback, 'en', [], claim);
    assert.match(sure, /^If refused: /);
    const bare = { on: fallback.on, lawfulUntil: undefined, steps: fallback.steps, none: false };
    assert.match(
      fallbackWords(book, bare, 'en', [], claim),
      /^If refused: ask about an appeal before anything else; go to Armenia/,
    );
    assert.match(sure, /If nothing has come by 21 February 2027, you go on waiting/);
    const unsure = [{ kind: 'pending-stay-unknown', route: 'us/asylee' } as const];
    assert.match(fallbackWords(book, fallback, 'en', unsure, claim), /do not leave for that reason alone/);
    assert.match(fallbackWords(book, fallback, 'ru', [], claim), /^Если откажут: .*ждите дальше/);
    assert.match(
      fallbackWords(book, { ...fallback, none: true, steps: [] }, 'ru', unsure, claim),
      /не уезжайте только из-за этого/,
    );
    assert.doesNotMatch(fallbackWords(book, fallback, 'en', [], { ...claim, claim: false }), /go on waiting/);
  });
  it('whoever filed long ago is not told what to do before they file', () => {
    const none = { ...fallback, steps: [], none: true };
    const words = fallbackWords(book, none, 'en', [], { route: 'me/asylum', here: true, filed: false });
    assert.match(words, /before the answer comes/);
    assert.doesNotMatch(words, /before you file/);
  });
});

describe('what is said of a danger on the way', () => {
  const danger = (outcome: true | undefined) => [{ provision: 'kz/handed-over', outcome }] as unknown as Leg['dangers'];
  const waits = (outcome: true | undefined) =>
    planWith([
      { kind: 'file', place: 'kz', dangers: danger(outcome) },
      { kind: 'await', jurisdiction: 'kz', dangers: danger(outcome) },
    ]);
  it('waiting in a country of danger is warned of like going there', () => {
    assert.match(graveWords(waits(true), 'en') ?? '', /keeps you waiting .* \(Kazakhstan\)/);
    assert.match(graveWords(waits(true), 'ru') ?? '', /Ждать придётся там/);
    assert.equal(graveWords(waits(undefined), 'en'), undefined);
  });
  it('where one is already, a few weeks are no waiting, and months are, wherever the answer comes', () => {
    const from = (leave: number) =>
      planWith([
        { kind: 'file', day: 0, place: 'kz', dangers: danger(true) },
        { kind: 'enter', day: leave, country: 'ar', dangers: [] },
        { kind: 'await', day: 100, jurisdiction: 'ar', dangers: [] },
      ]);
    assert.equal(graveWords(from(29), 'en'), undefined);
    assert.match(graveWords(from(30), 'en') ?? '', /keeps you waiting .*Kazakhstan/);
    const here = (answer: number) =>
      planWith([
        { kind: 'file', day: 0, place: 'kz', dangers: danger(true) },
        { kind: 'await', day: answer, jurisdiction: 'es', dangers: danger(true) },
        { kind: 'enter', day: answer, country: 'es', dangers: [] },
      ]);
    assert.equal(graveWords(here(20), 'en'), undefined);
    assert.match(graveWords(here(90), 'en') ?? '', /keeps you waiting/);
  });
  it('who files and leaves at once is not told that the plan keeps them there', () => {
    const leaves = planWith([
      { kind: 'file', place: 'kz', dangers: danger(true) },
      { kind: 'enter', country: 'ar', dangers: [] },
      { kind: 'await', jurisdiction: 'ar', dangers: [] },
    ]);
    assert.equal(graveWords(leaves, 'en'), undefined);
    assert.ok(byWorth(leaves, waits(true)) < 0);
  });
});

describe('the order of plans', () => {
  const base = { metrics: { daysToGoal: 90, costEur: 0 }, survivesAnyOneRefusal: true } as const;
  const plan = (legs: readonly object[], more: object = {}) =>
    ({ ...base, ...more, legs: legs.map((l) => ({ dangers: [], doubts: [], ...l })) }) as unknown as Plan;
  it('what is years sooner is not put behind what rests on an answer or two less; what is days sooner is', () => {
    const way = (daysToGoal: number, luck: number) => plan([], { luck, metrics: { ...base.metrics, daysToGoal } });
    assert.ok(byWorth(way(914, 10), way(2099, 8)) < 0);
    assert.ok(byWorth(way(914, 10), way(930, 8)) > 0);
  });
  it('whoever is over their time had better leave than wait where they are', () => {
    const waits = plan([], { metrics: { ...base.metrics, unlawfulDays: 20 } });
    const leaves = plan([], { metrics: { ...base.metrics, daysToGoal: 95, unlawfulDays: 0 } });
    assert.ok(byWorth(leaves, waits) < 0);
  });
  it('waiting where nobody says that one may comes after a longer way that is sure, and is said', () => {
    const unsure = plan([{ kind: 'await', doubts: [{ kind: 'pending-stay-unknown', route: 'th/protected-person' }] }]);
    const sure = plan([{ kind: 'await' }], { metrics: { daysToGoal: 400, costEur: 0 } });
    assert.ok(byWorth(sure, unsure) < 0);
    const said = (p: Plan) => summaryWords({ ...p, metrics: { ...p.metrics, dangerDays: 0, unlawfulDays: 0 } }, 'en');
    assert.match(said(unsure).join(' '), /no source says that you may stay/);
    assert.doesNotMatch(said(sure).join(' '), /no source says that you may stay/);
  });
  it('what needs a whole list still to be told comes after what does not', () => {
    const untold = plan([], { boldest: 3 });
    const known = plan([], { boldest: 1, survivesAnyOneRefusal: false });
    assert.ok(byWorth(known, untold) < 0);
  });
  it('what needs a passport that has run out comes after what does not', () => {
    const ended = plan([
      { kind: 'file', doubts: [{ kind: 'passport-lapsed', route: 'am/temporary-investor', expired: 0 }] },
    ]);
    assert.ok(byWorth(plan([], { metrics: { daysToGoal: 900, costEur: 0 } }), ended) < 0);
  });
  it('what renews long before its time comes after what does not, and is told', () => {
    const early = { kind: 'renewed-early' as const, route: 'es/non-lucrative', ends: 21_000 };
    assert.ok(byWorth(plan([], { beaten: true }), plan([{ kind: 'file', doubts: [early] }])) < 0);
    assert.match(doubtWords(book, early, 20_800).en, /runs until 1 July 2027: .*two or three months/);
  });
  it('a country of danger counts once, in however many steps one waits there', () => {
    const wait = {
      kind: 'await',
      jurisdiction: 'br',
      dangers: [{ provision: 'br/extradition-to-russia', outcome: true }],
    };
    const twice = plan([wait, wait], { metrics: { daysToGoal: 80, costEur: 0 } });
    assert.ok(byWorth(twice, plan([wait])) < 0);
  });
  it('what one has to know is no danger', () => {
    const notice = {
      kind: 'enter',
      country: 'rs',
      dangers: [{ provision: 'rs/visa-alignment', outcome: true, of: 'notice' }],
    };
    assert.equal(graveWords(plan([notice]), 'en'), undefined);
    const p = book.provisions.get('rs/visa-alignment');
    assert.ok(p);
    assert.match(dangerWords(p, { provision: p.id, outcome: true, of: 'notice' }, 20_800, 'en'), /^To know: /);
    assert.match(dangerWords(p, { provision: p.id, outcome: true, of: 'notice' }, 20_800, 'ru'), /^Имейте в виду: /);
  });
  it('no citizenship or permanent residence is a step towards protection in the same country', () => {
    const { routes } = relevantTo(book, { kind: 'protection' }, new Set(), 20_800);
    for (const id of ['ie/citizenship-descent', 'ca/skilled-worker', 'lt/citizenship-restoration'])
      assert.ok(!routes.has(id));
    assert.ok(routes.has('ie/protection') && routes.has('de/humanitarian-admission'));
    assert.ok(relevantTo(book, { kind: 'citizenship' }, new Set(), 20_800).routes.has('ie/citizenship-descent'));
  });
});

describe('what is said of an answer that is assumed', () => {
  it('where every plan rests on what few can say, that comes first', () => {
    const plan = (rare: boolean) => ({ legs: [], rare }) as unknown as Plan;
    assert.match(allRareWords([plan(true), plan(true)], 'en') ?? '', /few people can give/);
    assert.match(allRareWords([plan(true)], 'ru') ?? '', /немногие/);
    assert.equal(allRareWords([plan(true), plan(false)], 'en'), undefined);
    assert.equal(allRareWords([], 'en'), undefined);
  });
  const cash = { amount: 900, currency: 'EUR' };
  const asked = (fact: string) => ({
    key: fact,
    fact,
    jurisdiction: 'tr',
    value: { amount: 500_000, currency: 'USD' },
  });
  it('beside a sum stand the savings told; beside an income they do not', () => {
    const words = assumptionWords(book, asked('investment'), 'en', cash);
    assert.match(words, /USD\u00a0500,000 \(the file tells of savings of EUR\u00a0900/);
    assert.match(assumptionWords(book, asked('investment'), 'ru', cash), /сбережения/);
    assert.doesNotMatch(assumptionWords(book, asked('investment'), 'en'), /savings/);
    assert.doesNotMatch(assumptionWords(book, asked('work.incomeMonth'), 'en', cash), /savings/);
  });
});
