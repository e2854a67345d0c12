/** Closures, kernel and DuckDB agree on every person, whatever the tree and whatever is unknown. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isNode } from '../../src/rules/evaluate.ts';
import { parseCondition } from '../../src/rules/index.ts';
import type { Expr, Node, Value } from '../../src/rules/ir.ts';
import { visit } from '../../src/rules/names.ts';
import { type Agreement, agreeOnLaw, type Rule } from './agree.ts';
import { randomComparison, randomNode } from './random-conditions.ts';
import { conditionsOf, generator, poolsOf, randomPerson, seedOfRun } from './random-people.ts';
import { fixed, locals, pools, schema } from './synthetic-world.ts';

const LONG = process.env.FOOTHOLD_LONG === '1';
const TREES = LONG ? 2_000 : 200;
const PERSONS = 2_000;

test('random trees over random persons: all ways agree, and all three answers occur', async () => {
  const seed = seedOfRun();
  const random = generator(seed);
  const rules = rulesOf(TREES, () => randomNode(random, 2));
  const people = Array.from({ length: PERSONS }, () => randomPerson(random, schema, pools, 0.25));
  const agreement = await agreeOnLaw(rules, schema, [people]);
  assertAgreed(agreement, seed);
  for (const [index, count] of agreement.answers.entries()) {
    assert.ok(count > 0.1 * TREES * PERSONS, `answer ${index} occurs only ${count} times (FOOTHOLD_SEED=${seed})`);
  }
});

test('random comparisons: all ways agree at the edges of numbers, money, dates and durations', async () => {
  const seed = seedOfRun();
  const random = generator(seed);
  const rules = rulesOf(5 * TREES, () => randomComparison(random, 1 + Math.floor(random() * 2)));
  const people = Array.from({ length: PERSONS }, () => randomPerson(random, schema, pools, 0.1));
  assertAgreed(await agreeOnLaw(rules, schema, [people]), seed);
});

/** Conditions as authors write them, every construct of docs/rule-language.md among them. */
const TEXTS = [
  'offer.salaryYear >= salaryMin',
  'salaryUsd <= offer.salaryYear',
  'work.incomeMonth > 0',
  'perYear(work.incomeMonth) >= salaryMin',
  'perMonth(offer.salaryYear + bonusYear) between incomeMin and incomeUsd',
  'offer.salaryYear >= salaryMin * fraction',
  'min(offer.salaryYear, bonusYear) < salaryMin',
  'age between ageMin and ageMax',
  'age in [ageMin..ageMax] and work.remote',
  'offer.occupation in shortageOccupations',
  'now.country in ("de", "fr", "zz")',
  '"ru" in citizenships',
  'birthplace in citizenships',
  'overlaps(citizenships, area.eu)',
  'overlaps(languages, school.languages)',
  'language >= levelMin',
  'language between levelMin and "c1"',
  'passport.expires >= on + halfYear',
  'passport.expires - month >= arrived',
  'on - arrived > absences',
  'monthsBetween(arrived, on) >= monthsMin',
  'yearsBetween(born, on) < 1',
  'experience >= halfYear',
  'not(work.remote = yes) or known(experience)',
  'if known(language) then language >= levelMin else work.remote',
  'some f in family satisfies f.relation = "spouse" and overlaps(f.citizenships, area.eu)',
  'every f in family satisfies (f.dependent or f.incomeMonth >= incomeMin)',
  'some f in family satisfies some s in stays satisfies s.country in f.citizenships',
  'count(stays[item.country = "ru" and item.from > leftOn]) = 0',
  'count(family) > 1',
  'sum(stays[item.permitted].days) <= daysMax',
  'sum(family.incomeMonth) >= incomeMin',
];

test('conditions written as text: all ways agree', async () => {
  const seed = seedOfRun();
  const random = generator(seed);
  const rules = (['clamp', 'roll'] as const).flatMap((monthEnd) =>
    TEXTS.map((text): Rule => {
      const parsed = parseCondition(text, schema, locals(monthEnd));
      if (!parsed.ok) assert.fail(`${text}: ${JSON.stringify(parsed.errors)}`);
      return { name: `${text} (${monthEnd})`, tree: { k: 'leaf', text, expr: parsed.expr }, fixed: fixed(monthEnd) };
    }),
  );
  const near = poolsOf(rules, schema);
  const batches = [1, 2].map(() => Array.from({ length: PERSONS }, () => randomPerson(random, schema, near, 0.15)));
  const agreement = await agreeOnLaw(rules, schema, batches);
  assertAgreed(agreement, seed);
  assert.equal(agreement.persons, 2 * PERSONS);
});

test('a difference between two ways is found and told with the part it comes from', async () => {
  const parsed = parseCondition('work.remote and passport.expires > leftOn', schema, locals('clamp'));
  if (!parsed.ok) assert.fail('the condition does not parse');
  // Half a day is no date: the closures compare it, a column of whole days cannot hold it.
  const facts: { readonly [name: string]: Value } = { 'work.remote': true, 'passport.expires': 19783.5 };
  const rules = [{ name: 'half a day', tree: parsed.expr, fixed: fixed('clamp') }];
  const { partings } = await agreeOnLaw(rules, schema, [[{ fact: (name) => facts[name] }]]);
  assert.equal(partings.length, 1);
  assert.equal(partings[0]!.rule, 'half a day');
  assert.match(partings[0]!.part, /^\{"k":"cmp"/);
  assert.equal(partings[0]!.answers.closures, 1);
  assert.equal(partings[0]!.answers.DuckDB, 0);
  assert.deepEqual(partings[0]!.facts, facts);
});

test('the random trees use every kind of node, expression and function', () => {
  const random = generator(2);
  const kinds = new Set<string>();
  const note = (node: Node | Expr): void => {
    if (!isNode(node)) return;
    kinds.add(`node ${node.k}`);
    if (node.k === 'points') for (const item of node.items) note(item.of);
    else if (node.k === 'not') note(node.of);
    else if ('of' in node) node.of.forEach(note);
  };
  for (let i = 0; i < 1_000; i++) {
    const tree = randomNode(random, 2);
    note(tree);
    for (const condition of conditionsOf(tree)) {
      visit(condition, (part) =>
        kinds.add(part.k === 'call' ? part.fn : part.k === 'arith' ? `${part.left.ty.t} ${part.op}` : part.k),
      );
    }
  }
  const expected = [
    ...['all', 'any', 'atLeast', 'not', 'leaf', 'clock', 'points'].map((kind) => `node ${kind}`),
    ...['lit', 'fact', 'param', 'on', 'field', 'cmp', 'between', 'in', 'overlaps', 'not', 'and', 'or', 'if', 'known'],
    ...['some', 'every', 'count', 'sum', 'codes', 'codeList'],
    ...['monthsBetween', 'yearsBetween', 'perYear', 'perMonth', 'min', 'max'],
    ...['number +', 'number -', 'number *', 'number /', 'money +', 'money -', 'money *', 'money /', 'number *'],
    ...['date +', 'date -'],
  ];
  assert.deepEqual(
    expected.filter((kind) => !kinds.has(kind)),
    [],
  );
});

/** Rules that add months in one way or the other in turn, and a few that may not add months at all. */
function rulesOf(count: number, make: () => Rule['tree']): Rule[] {
  return Array.from({ length: count }, (_, index) => {
    const monthEnd = index % 10 === 9 ? undefined : index % 2 === 0 ? 'clamp' : 'roll';
    return { name: `rule ${index}`, tree: make(), fixed: fixed(monthEnd) };
  });
}

function assertAgreed(agreement: Agreement, seed: number): void {
  const first = agreement.partings.slice(0, 3).map((parting) => JSON.stringify(parting, null, 1));
  const summary = `${agreement.partings.length} of ${agreement.rules} rules are answered differently (FOOTHOLD_SEED=${seed})`;
  assert.equal(agreement.partings.length, 0, `${summary}:\n${first.join('\n')}`);
}
