import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileExplained, explain, FlatContext, layoutOf } from '../../src/rules/index.ts';
import type { Context, Node, Value } from '../../src/rules/ir.ts';
import { pointsThatMatter } from '../../src/rules/needs.ts';
import { context, expr, leaf, ON } from './world.ts';

type Facts = Readonly<Record<string, Value | undefined>>;

const blueCard: Node = {
  k: 'all',
  id: 'blue-card',
  of: [
    leaf('offer.salaryYear >= salaryMin', { id: 'salary' }),
    {
      k: 'any',
      of: [
        leaf('offer.occupation in shortageOccupations', { id: 'shortage' }),
        leaf('level >= "B1" and residence >= residenceMin', { id: 'settled' }),
      ],
    },
    leaf('not(exposure.wanted)', { judged: true }),
  ],
};
const salary = { amount: 50000, currency: 'EUR' };

test('the tree carries outcomes, texts, values of both sides and what is judged', () => {
  const { outcome, reason, used } = explain(blueCard, context({ 'offer.salaryYear': salary, level: 'A2' }));
  assert.equal(outcome, undefined);
  assert.equal(reason.what.kind, 'all');
  const [pay, way, bar] = reason.of;
  assert.equal(pay?.what.id, 'salary');
  assert.equal(pay?.what.text, 'offer.salaryYear >= salaryMin');
  assert.deepEqual(pay?.what.sides, ['offer.salaryYear', 'salaryMin']);
  assert.deepEqual(pay?.values, [salary, { amount: 48300, currency: 'EUR' }]);
  assert.equal(pay?.outcome, true);
  assert.equal(way?.of[1]?.outcome, false);
  assert.deepEqual(
    way?.of[1]?.of.map((r) => [r.what.text, r.outcome]),
    [
      ['level >= "B1"', false],
      ['residence >= residenceMin', undefined],
    ],
  );
  assert.equal(bar?.what.judged, true);
  assert.equal(pay?.what.judged, false);
  assert.deepEqual(used, ['offer.salaryYear', 'offer.occupation', 'level', 'residence', 'exposure.wanted']);
});

/** Facts known → facts still needed. */
function needed(root: Node | string, facts: Facts, more: Parameters<typeof context>[1] = {}): readonly string[] {
  return compileExplained(typeof root === 'string' ? expr(root) : root)(context(facts, more)).stillNeeded;
}

test('still needed: in the order of the text, without what is decided', () => {
  const all = ['offer.salaryYear', 'offer.occupation', 'level', 'residence', 'exposure.wanted'];
  assert.deepEqual(needed(blueCard, {}), all);
  assert.deepEqual(needed(blueCard, { level: 'A2' }), ['offer.salaryYear', 'offer.occupation', 'exposure.wanted']);
  assert.deepEqual(needed(blueCard, { 'offer.occupation': 'nurse' }), ['offer.salaryYear', 'exposure.wanted']);
  assert.deepEqual(needed(blueCard, { 'exposure.wanted': true }), []);
  assert.deepEqual(needed('work.remote or age >= ageMin', { age: 20 }), []);
  assert.deepEqual(needed('age >= ageMin and age <= ageMax', {}), ['age']);
});

test('still needed: of an if, only the branch in play', () => {
  const text = 'if work.remote then age >= ageMin else level >= "B1"';
  assert.deepEqual(needed(text, {}), ['work.remote', 'age', 'level']);
  assert.deepEqual(needed(text, { 'work.remote': true }), ['age']);
  assert.deepEqual(needed('(if work.remote then age else ageMin) < ageMax', { 'work.remote': false }), []);
});

test('still needed: a list by its own name, if it or a field that matters is blank', () => {
  const text = 'some f in family satisfies f.relation = "spouse" and f.born < on';
  assert.deepEqual(needed(text, {}), ['family']);
  assert.deepEqual(needed(text, { family: [{ relation: 'spouse' }] }), ['family']);
  const scalar = 'some f in family satisfies f.country = now.country';
  assert.deepEqual(needed(scalar, { family: [{ country: 'de' }] }), ['now.country']);
  assert.deepEqual(needed(scalar, {}), ['family', 'now.country']);
  assert.deepEqual(needed('count(stays[item.country = "ru"]) = 0', { stays: [{ days: 3 }] }), ['stays']);
  const passed = { stays: [{ country: 'de' }, { country: 'ru', days: 3 }] };
  assert.deepEqual(needed('sum(stays[item.country = "ru"].days) = 0', passed), []);
});

test('still needed: each undecided part of atLeast; points only where they can turn the sum', () => {
  const of = [leaf('work.remote'), leaf('age >= ageMin'), leaf('level >= "B1"')];
  assert.deepEqual(needed({ k: 'atLeast', n: 2, of }, { 'work.remote': true }), ['age', 'level']);
  const points: Node = {
    k: 'points',
    atLeast: 'need',
    items: [
      { worth: 'ten', of: leaf('work.remote') },
      { worth: 'one', of: leaf('age >= ageMin') },
    ],
  };
  const params = { need: 10, ten: 10, one: 1 };
  assert.deepEqual(needed(points, {}, { params }), ['work.remote']);
  assert.deepEqual(needed(points, {}, { params: { ...params, need: 11 } }), ['work.remote', 'age']);
});

test('which points matter agrees with trying every outcome', () => {
  let seed = 7;
  const random = (n: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 16) % n;
  };
  for (let round = 0; round < 400; round++) {
    const items = Array.from({ length: 1 + random(5) }, () => ({
      outcome: [true, false, undefined, undefined][random(4)],
      worth: random(13) - 3,
    }));
    const target = random(15);
    const open = items.flatMap((item, i) => (item.outcome === undefined ? [i] : []));
    const reaches = (mask: number): boolean =>
      items.reduce((sum, item, i) => {
        const on = item.outcome ?? (mask & (1 << open.indexOf(i))) !== 0;
        return on ? sum + item.worth : sum;
      }, 0) >= target;
    const matters = open.filter((_, bit) =>
      Array.from({ length: 1 << open.length }, (_, mask) => mask).some((m) => reaches(m) !== reaches(m ^ (1 << bit))),
    );
    assert.deepEqual(pointsThatMatter(items, target), matters);
  }
});

test('still needed: what a clock misses', () => {
  const node: Node = { k: 'all', of: [leaf('work.remote'), { k: 'clock', clock: 'de/residence', atLeast: 'margin' }] };
  const clock: Context['clock'] = () => ({ reached: undefined, missing: ['stays', 'work.remote'] });
  assert.deepEqual(needed(node, {}, { clock }), ['work.remote', 'stays']);
  const reason = explain(node, context({}, { clock })).reason.of[1];
  assert.deepEqual(reason?.clock?.missing, ['stays', 'work.remote']);
});

test('known(fact) of a blank says no today and is still needed', () => {
  const { outcome, stillNeeded } = explain(leaf('known(age) and work.remote'), context({}));
  assert.equal(outcome, false);
  assert.deepEqual(stillNeeded, ['age', 'work.remote']);
  assert.deepEqual(explain(leaf('known(age) and work.remote'), context({ 'work.remote': false })).stillNeeded, []);
});

test('what the law does not state is told apart from what the person has not said', () => {
  const said = { level: 'B1', age: 20, 'now.country': 'de', 'passport.expires': 20000 };
  const lacks = (text: string, more: Parameters<typeof context>[1]) =>
    compileExplained(expr(text))(context(said, more)).lacks;
  assert.deepEqual(lacks('age >= ageMin', { params: { ageMin: undefined } }), [{ what: 'param', name: 'ageMin' }]);
  assert.deepEqual(lacks('now.country in area.eu', { codeList: () => undefined }), [{ what: 'list', name: 'area.eu' }]);
  assert.deepEqual(lacks('passport.expires > on + margin', { monthEnd: undefined }), [
    { what: 'monthEnd', name: 'monthEnd' },
  ]);
  assert.deepEqual(lacks('age >= ageMin', {}), []);
});

test('rates are kept apart when a context explains something else while it answers', () => {
  const inner = leaf('savings >= savingsMin');
  const outer = leaf('work.incomeMonth >= incomeMin');
  const base = context({
    savings: { amount: 5, currency: 'USD' },
    'work.incomeMonth': { amount: 3000, currency: 'EUR' },
  });
  const c: Context = {
    ...base,
    param: (name) => (explain(inner, base).reason.rates.length === 1 ? base.param(name) : undefined),
  };
  const { reason } = explain(outer, c);
  assert.equal(reason.outcome, true);
  assert.deepEqual(reason.rates, []);
});

test('a flat context answers as the general one does', () => {
  const layout = layoutOf([blueCard]);
  const flat = new FlatContext(layout, ON, { monthEnd: 'clamp' });
  const general = context({ 'offer.salaryYear': salary, level: 'C1', residence: 61, 'exposure.wanted': false });
  for (const name of layout.facts.keys()) flat.setFact(name, general.fact(name));
  for (const name of layout.params.keys()) flat.setParam(name, general.param(name));
  for (const name of layout.codeLists.keys()) flat.setCodeList(name, general.codeList(name));
  flat.setFact('age', 3);
  assert.equal(flat.fact('age'), undefined, 'a fact outside the layout has no place');
  assert.deepEqual(compileExplained(blueCard, { layout })(flat), explain(blueCard, general));
  assert.equal(explain(blueCard, flat).outcome, true);
});
