import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromYmd } from '../../src/calendar/civil.ts';
import { compile, compileExplained } from '../../src/rules/index.ts';
import type { Context, MonthEnd, Node, Tri, Value } from '../../src/rules/ir.ts';
import { compareDurations } from '../../src/rules/values.ts';
import { context, expr, leaf, locals } from './world.ts';

type Facts = Readonly<Record<string, Value | undefined>>;

/** Evaluates both ways and insists that they agree. */
function ask(text: string, facts: Facts, more: Parameters<typeof context>[1] = {}): Tri {
  const e = expr(text);
  const c = context(facts, more);
  const fast = compile(e)(c);
  assert.equal(compileExplained(e)(c).outcome, fast, `explained and fast disagree on ${text}`);
  return fast;
}

const TRI: readonly Tri[] = [true, false, undefined];

test('truth tables of and, or and not are those of Kleene', () => {
  const and = (a: Tri, b: Tri): Tri => (a === false || b === false ? false : a && b);
  const or = (a: Tri, b: Tri): Tri =>
    a === true || b === true ? true : a === false && b === false ? false : undefined;
  for (const a of TRI) {
    assert.equal(ask('not(work.remote)', { 'work.remote': a }), a === undefined ? undefined : !a);
    for (const b of TRI) {
      const facts = { 'work.remote': a, 'exposure.wanted': b };
      assert.equal(ask('work.remote and exposure.wanted', facts), and(a, b));
      assert.equal(ask('work.remote or exposure.wanted', facts), or(a, b));
      const of = [leaf('work.remote'), leaf('exposure.wanted')];
      const c = context(facts);
      assert.equal(compile({ k: 'all', of })(c), and(a, b));
      assert.equal(compile({ k: 'any', of })(c), or(a, b));
      assert.equal(compile({ k: 'not', of: { k: 'any', of } })(c), or(a, b) === undefined ? undefined : !or(a, b));
    }
  }
});

test('what the engines measured in the notes get wrong about a blank', () => {
  const blank = {};
  assert.equal(ask('age >= ageMin', blank), undefined);
  assert.equal(ask('age >= ageMin and no', blank), false);
  assert.equal(ask('age >= ageMin or yes', blank), true);
  assert.equal(ask('not(age = ageMin)', blank), undefined);
  assert.equal(ask('age != ageMin', blank), undefined);
  assert.equal(ask('now.country in area.eu', blank), undefined);
  assert.equal(ask('"ru" in person.citizenships', blank), undefined);
  assert.equal(ask('age + 0 = age', blank), undefined);
});

test('known is the only question about a blank with an answer', () => {
  assert.equal(ask('known(age)', {}), false);
  assert.equal(ask('known(age)', { age: 0 }), true);
  assert.equal(ask('known(work.remote)', { 'work.remote': false }), true);
});

test('membership in a range binds before and', () => {
  assert.equal(ask('age in [0..ageMax] and work.remote', { age: 30, 'work.remote': true }), true);
  assert.equal(ask('level in ("B1", "B2") and work.remote', { level: 'B2', 'work.remote': true }), true);
  assert.equal(ask('age in [ageMin..ageMax] or work.remote', { age: 5, 'work.remote': true }), true);
});

test('one end of a range is enough to say no', () => {
  const params = { ageMax: undefined };
  assert.equal(ask('age between ageMin and ageMax', { age: 17 }, { params }), false);
  assert.equal(ask('age between ageMin and ageMax', { age: 18 }, { params }), undefined);
  assert.equal(ask('age between ageMin and ageMax', { age: 18 }), true);
  assert.equal(ask('age between ageMin and ageMax', { age: 60 }), true);
  assert.equal(ask('age between ageMin and ageMax', { age: 61 }), false);
});

test('if: an undecided question leaves the answer unknown, even between equal branches', () => {
  const text = 'if work.remote then age >= ageMin else yes';
  assert.equal(ask(text, { 'work.remote': true, age: 3 }), false);
  assert.equal(ask(text, { 'work.remote': false }), true);
  assert.equal(ask('if work.remote then yes else yes', {}), undefined);
});

test('ordered codes compare in the order of their set', () => {
  assert.equal(ask('level >= "B1"', { level: 'B2' }), true);
  assert.equal(ask('level >= levelMin', { level: 'A2' }), false);
  assert.equal(ask('level between "A2" and "B2"', { level: 'C1' }), false);
  assert.equal(ask('level < "C2"', {}), undefined);
});

test('quantifiers: one record decides; a blank field of another does not matter', () => {
  const some = 'some f in family satisfies f.relation = "spouse" and f.dependent';
  const every = 'every f in family satisfies f.dependent';
  assert.equal(ask(some, {}), undefined);
  assert.equal(ask(some, { family: [] }), false);
  assert.equal(ask(every, { family: [] }), true);
  assert.equal(ask(some, { family: [{ relation: 'spouse' }] }), undefined);
  assert.equal(ask(some, { family: [{ relation: 'child' }] }), false);
  assert.equal(ask(some, { family: [{ relation: 'spouse' }, { relation: 'spouse', dependent: true }] }), true);
  assert.equal(ask(every, { family: [{}, { dependent: false }] }), false);
  assert.equal(ask(every, { family: [{}, { dependent: true }] }), undefined);
});

test('nested quantifiers see the records around them', () => {
  const text = 'some f in family satisfies (every s in stays satisfies s.country = f.country)';
  const stays = [{ country: 'de' }, { country: 'de' }];
  assert.equal(ask(text, { stays, family: [{ country: 'fr' }, { country: 'de' }] }), true);
  assert.equal(ask(text, { stays, family: [{ country: 'fr' }] }), false);
  assert.equal(ask(text, { stays, family: [{}] }), undefined);
  const count = 'some f in family satisfies count(stays[item.country = f.country]) > 1';
  assert.equal(ask(count, { stays, family: [{ country: 'fr' }, { country: 'de' }] }), true);
});

test('count and sum are unknown as soon as one record may or may not pass', () => {
  const count = 'count(stays[item.country = "ru"]) = 0';
  assert.equal(ask(count, { stays: [] }), true);
  assert.equal(ask(count, { stays: [{ country: 'ru' }] }), false);
  assert.equal(ask(count, { stays: [{ country: 'ru' }, {}] }), undefined);
  assert.equal(ask('count(stays) = 1', { stays: [{}] }), true);
  assert.equal(ask('sum(stays.days) <= absenceMax', { stays: [{ days: 200 }, { days: 101 }] }), false);
  assert.equal(ask('sum(stays.days) <= absenceMax', { stays: [{ days: 200 }, {}] }), undefined);
  assert.equal(ask('sum(stays.days) <= absenceMax', { stays: [] }), true);
  const blankOutside = { stays: [{ country: 'de', days: 1 }, { country: 'ru' }] };
  assert.equal(ask('sum(stays[item.country = "de"].days) = 1', blankOutside), true);
});

test('atLeast counts what is certain and what is still open', () => {
  const of = [leaf('work.remote'), leaf('exposure.wanted'), leaf('age >= ageMin')];
  const two: Node = { k: 'atLeast', n: 2, of };
  const answer = (facts: Facts): Tri => compile(two)(context(facts));
  assert.equal(answer({ 'work.remote': true, age: 20 }), true);
  assert.equal(answer({ 'work.remote': true }), undefined);
  assert.equal(answer({ 'work.remote': false, age: 3 }), false);
});

test('points decide as soon as the open items cannot turn them', () => {
  const node: Node = {
    k: 'points',
    atLeast: 'need',
    items: [
      { worth: 'ten', of: leaf('work.remote') },
      { worth: 'five', of: leaf('age >= ageMin') },
      { worth: 'minus', of: leaf('exposure.wanted') },
    ],
  };
  const params = { need: 10, ten: 10, five: 5, minus: -5 };
  const answer = (facts: Facts): Tri => compile(node)(context(facts, { params }));
  assert.equal(answer({ 'work.remote': true, 'exposure.wanted': false }), true);
  assert.equal(answer({ 'work.remote': true }), undefined);
  assert.equal(answer({ 'work.remote': true, age: 20 }), true, '10 + 5 - 5 is still enough');
  assert.equal(answer({ 'work.remote': false }), false);
  assert.equal(compile(node)(context({}, { params: { ...params, ten: undefined } })), undefined);
});

test('a clock answers for itself; without its parameter nothing is known', () => {
  const node: Node = { k: 'clock', clock: 'de/residence', atLeast: 'margin' };
  const clock: Context['clock'] = (id, need) => ({ reached: id === 'de/residence' && need.months === 6, missing: [] });
  assert.equal(compile(node)(context({}, { clock })), true);
  assert.equal(compile(node)(context({}, { clock, params: { margin: undefined } })), undefined);
});

const eur = (amount: number): Value => ({ amount, currency: 'EUR' });
const usd = (amount: number): Value => ({ amount, currency: 'USD' });
const rub = (amount: number): Value => ({ amount, currency: 'RUB' });

test('money compares in whole cents', () => {
  const params = { salaryMin: eur(0.3) };
  assert.equal(ask('offer.salaryYear = salaryMin', { 'offer.salaryYear': eur(0.1 + 0.2) }, { params }), true);
  assert.equal(ask('offer.salaryYear >= salaryMin', { 'offer.salaryYear': eur(0.29) }, { params }), false);
  assert.equal(ask('perYear(work.incomeMonth) >= salaryMin', { 'work.incomeMonth': eur(4025) }), true);
  assert.equal(ask('perYear(work.incomeMonth) >= salaryMin', { 'work.incomeMonth': eur(4024.99) }), false);
  assert.equal(ask('perMonth(offer.salaryYear) = incomeMin', { 'offer.salaryYear': eur(24000) }), true);
});

test('two currencies compare by the rate of the day, rounded to cents, and the reason carries the rate', () => {
  // 0.9137 EUR for a dollar: 2188.90 USD are 2000.00 EUR (1999.998 before rounding), 2188.89 are 1999.99.
  assert.equal(ask('work.incomeMonth >= incomeMin', { 'work.incomeMonth': usd(2188.9) }), true);
  assert.equal(ask('work.incomeMonth >= incomeMin', { 'work.incomeMonth': usd(2188.89) }), false);
  const explained = compileExplained(expr('work.incomeMonth >= incomeMin'));
  const hangs = explained(context({ 'work.incomeMonth': usd(3000) }));
  assert.deepEqual(hangs.reason.rates, [
    { from: 'USD', to: 'EUR', rate: { factor: 0.9137, day: context({}).on, source: 'ecb' } },
  ]);
  assert.deepEqual(explained(context({ 'work.incomeMonth': eur(3000) })).reason.rates, []);
});

test('without a sourced rate the answer is unknown, and no answer of the person is asked for', () => {
  const explained = compileExplained(expr('work.incomeMonth >= incomeMin'))(
    context({ 'work.incomeMonth': rub(200000) }),
  );
  assert.equal(explained.outcome, undefined);
  assert.deepEqual(explained.stillNeeded, []);
  assert.deepEqual(explained.lacks, [{ what: 'rate', name: 'RUB→EUR' }]);
});

test('zero is nothing in any currency', () => {
  assert.equal(ask('work.incomeMonth > 0', { 'work.incomeMonth': rub(1) }), true);
  assert.equal(ask('work.incomeMonth > 0', { 'work.incomeMonth': rub(0) }), false);
  assert.equal(ask('sum(family.incomeMonth) >= incomeMin', { family: [] }), false);
  const both = { family: [{ incomeMonth: eur(1500) }, { incomeMonth: usd(1000) }] };
  assert.equal(ask('sum(family.incomeMonth) >= incomeMin', both), true);
});

test('division by zero is unknown, in numbers and in money', () => {
  assert.equal(ask('absence / absence >= 0', { absence: 0 }), undefined);
  assert.equal(
    ask('work.incomeMonth / household >= incomeMin', { 'work.incomeMonth': eur(5), household: 0 }),
    undefined,
  );
  assert.equal(ask('offer.salaryYear / offer.salaryYear > 0', { 'offer.salaryYear': eur(0) }), undefined);
});

test('month ends follow the declared rounding, and without one the answer is unknown', () => {
  const since = fromYmd(2024, 1, 31);
  const params = (months: number): { params: Record<string, Value> } => ({ params: { margin: { months, days: 0 } } });
  const reached = (day: number, months: number, monthEnd: MonthEnd | undefined): Tri =>
    compile(expr('now.since + margin <= on'))(
      context({ 'now.since': since }, { on: day, monthEnd, ...params(months) }),
    );
  assert.equal(reached(fromYmd(2024, 2, 29), 1, 'clamp'), true);
  assert.equal(reached(fromYmd(2024, 2, 29), 1, 'roll'), false);
  assert.equal(reached(fromYmd(2024, 3, 1), 1, 'roll'), true);
  assert.equal(reached(fromYmd(2024, 3, 1), 1, undefined), undefined);
  const back = compile(expr('now.since - margin = leftOn', locals));
  const at = { ...params(11).params, leftOn: fromYmd(2023, 2, 28) };
  assert.equal(back(context({ 'now.since': since }, { monthEnd: 'clamp', params: at })), true);
  assert.equal(back(context({ 'now.since': since }, { monthEnd: 'roll', params: at })), false);
});

test('completed months and years', () => {
  const months = (a: number, b: number): Tri =>
    ask('monthsBetween(now.since, passport.expires) >= months', { 'now.since': a, 'passport.expires': b });
  assert.equal(months(fromYmd(2024, 2, 29), fromYmd(2025, 2, 28)), true);
  assert.equal(months(fromYmd(2024, 2, 28), fromYmd(2025, 2, 27)), false);
});

test('durations compare where no calendar can change the answer', () => {
  const month = { months: 1, days: 0 };
  assert.equal(compareDurations(month, { months: 0, days: 27 }), 1);
  assert.equal(compareDurations(month, { months: 0, days: 32 }), -1);
  assert.equal(compareDurations(month, { months: 0, days: 30 }), undefined);
  assert.equal(compareDurations({ months: 12, days: 0 }, { months: 0, days: 364 }), 1);
  assert.equal(compareDurations({ months: 12, days: 0 }, { months: 12, days: 0 }), 0);
  assert.equal(ask('experience >= experienceMin', { experience: { months: 96, days: 0 } }), true);
});

test('an order of codes that nobody declared is refused when compiling, not guessed when answering', () => {
  const { order: _, ...bare } = expr('level >= "B1"') as Extract<ReturnType<typeof expr>, { k: 'cmp' }>;
  assert.throws(() => compile(bare), /neither the tree nor a schema/);
});
