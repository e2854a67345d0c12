import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearestName, parseCondition, printExpr, type RuleErrorCode, renderRuleError } from '../../src/rules/index.ts';
import type { Locals } from '../../src/rules/ir.ts';
import { expr, locals, noMonths, schema } from './world.ts';

/** Text → canonical text; the same if the second is left out. */
const VALID: readonly (readonly [text: string, printed?: string])[] = [
  ['offer.salaryYear >= salaryMin'],
  ['age between ageMin and ageMax'],
  ['age in [ageMin..ageMax]', 'age between ageMin and ageMax'],
  ['age in [0..ageMax] and work.remote', 'age between 0 and ageMax and work.remote'],
  ['offer.occupation in shortageOccupations'],
  ['offer.occupation in ("nurse","journalist")', 'offer.occupation in ("nurse", "journalist")'],
  ['passport.expires >= on + margin'],
  ['passport.expires - on >= absenceMax'],
  ['on - margin > now.since'],
  ['some f in family satisfies f.relation = "spouse" and overlaps(f.citizenships, area.eu)'],
  ['every f in family satisfies known(age) or f.dependent'],
  ['count(stays[item.country = "ru" and item.from > leftOn]) = 0'],
  ['count(family) < share'],
  ['sum(stays.days) <= absenceMax'],
  ['sum(stays[item.country="ru"].days) <= absenceMax', 'sum(stays[item.country = "ru"].days) <= absenceMax'],
  ['sum(family[item.dependent].incomeMonth) + work.incomeMonth >= incomeMin'],
  ['perYear(work.incomeMonth) >= salaryMin'],
  ['perMonth(offer.salaryYear) >= incomeMin'],
  ['savings >= incomeMin * months'],
  ['savings / months >= incomeMin'],
  ['work.incomeMonth / household > incomeMin * share'],
  ['offer.salaryYear / salaryMin >= share'],
  ['work.incomeMonth > 0'],
  ['0 < work.incomeMonth'],
  ['work.remote'],
  ['work.remote = yes'],
  ['no = exposure.wanted'],
  ['not(exposure.wanted)'],
  ['not( (work.remote) )', 'not(work.remote)'],
  ['(work.remote and exposure.wanted) or age >= ageMin'],
  ['work.remote and (exposure.wanted and age >= ageMin)'],
  ['level >= "B1"'],
  ['"B1" <= level'],
  ['level between "A2" and levelMin'],
  ['experience >= experienceMin'],
  ['"ru" in person.citizenships'],
  ['not("ru" in person.citizenships)'],
  ['now.country in person.citizenships'],
  ['overlaps(person.citizenships, ("de", "fr"))'],
  ['now.country != "xk"'],
  ['monthsBetween(now.since, on) >= months'],
  ['yearsBetween(now.since, on) < ageMin'],
  ['max(age, ageMin) = ageMin'],
  ['min(now.since, leftOn, on) < passport.expires'],
  ['(if work.remote then incomeMin else perMonth(salaryMin)) <= work.incomeMonth'],
  ['if work.remote then known(level) else no'],
  ['level = (if work.remote then "A1" else "B1")'],
  ['absenceMax - (absence - absenceMax) > 0'],
  ['absenceMax - absence - absenceMax > 0'],
  ['(absence + 1) * share / share > 0'],
  [
    'some a in family satisfies (some b in stays satisfies a.country = b.country)',
    'some a in family satisfies some b in stays satisfies a.country = b.country',
  ],
  [
    'work.remote and some f in family satisfies f.dependent',
    'work.remote and (some f in family satisfies f.dependent)',
  ],
  ['work.remote\n  and\texposure.wanted', 'work.remote and exposure.wanted'],
  ['(work.remote = yes) = no'],
];

test('valid conditions print in canonical form, and that form reads the same', () => {
  for (const [text, printed = text] of VALID) {
    assert.equal(printExpr(expr(text)), printed);
    assert.equal(printExpr(expr(printed)), printed);
  }
});

/** Text → the code of its first error and a part of what the reader is told. */
const REFUSED: readonly (readonly [text: string, code: RuleErrorCode, told: RegExp])[] = [
  ['', 'empty', /Write a condition/],
  ['age >= 18', 'number-literal', /Put 18 under params/],
  ['offer.salaryYear >= 38.700', 'number-literal', /38\.700/],
  ['passport.expires > 2025-01-01', 'number-literal', /the date 2025-01-01/],
  ['age == ageMin', 'wrong-operator', /Write "="/],
  ['age => ageMin', 'wrong-operator', /Write ">="/],
  ['age =< ageMin', 'wrong-operator', /Write "<="/],
  ['age <> ageMin', 'wrong-operator', /Write "!="/],
  ['work.remote && exposure.wanted', 'wrong-operator', /Write "and"/],
  ['work.remote || exposure.wanted', 'wrong-operator', /Write "or"/],
  ['!work.remote', 'wrong-operator', /not\( … \)/],
  ['age ≥ ageMin', 'wrong-operator', /Write ">="/],
  ['age = null', 'null', /known\(fact\)/],
  ['work.remote = true', 'true-or-false', /Write yes/],
  ['not work.remote', 'not-without-parentheses', /not\( … \)/],
  ['not age >= ageMin', 'not-without-parentheses', /not\( … \)/],
  ['level = "B1" or "B2"', 'text-operand', /level in \("B1", "B2"\)/],
  ['level = ("B1" or "B2")', 'text-operand', /x in \("a", "b"\)|x in \("B1", "B2"\)/],
  ['level != "B1" or "B2" or "C1"', 'text-operand', /not\(level in \("B1", "B2", "C1"\)\)/],
  ['"B1" or level = "B2"', 'text-operand', /as an operand of "or"/],
  ['age >= "18"', 'type-mismatch', /the code "18"/],
  ['ageMin < age < ageMax', 'chained-comparison', /x between a and b/],
  ['level in levelMin in level', 'chained-comparison', /a second comparison/],
  ['work.remote and exposure.wanted or work.remote', 'mixed-and-or', /all: and any:/],
  ['work.income-month > incomeMin', 'hyphen-in-name', /workIncomeMonth|work\.incomeMonth/],
  ['monthly income > incomeMin', 'space-in-name', /monthlyIncome/],
  ['offer.salary_year > salaryMin', 'unexpected-character', /camelCase/],
  ['аge >= ageMin', 'unexpected-character', /Cyrillic/],
  ['level = «B1»', 'wrong-quotes', /straight double/],
  ["level = 'B1'", 'wrong-quotes', /straight double/],
  ['level = "B1', 'unclosed-text', /Close the code/],
  ['level in "B1"', 'not-a-list', /= "B1"/],
  ['level in (levelMin)', 'unexpected-token', /in levelMin/],
  ['level in ["A1", "B1"]', 'unexpected-token', /parentheses/],
  ['level in ("A1" or "B1")', 'text-operand', /commas/],
  ['age in >= ageMin', 'unexpected-token', /Leave out "in"/],
  ['age in [0..ageMax)', 'unexpected-token', /both ends/],
  ['age >=', 'unexpected-end', /the end of the condition/],
  ['(age >= ageMin', 'unexpected-end', /"\)"/],
  ['age >= ageMin)', 'unexpected-token', /the end of the condition/],
  ['-age < 0', 'minus-sign', /0 - x/],
  ['today(age) > 0', 'unknown-function', /monthsBetween/],
  ['if work.remote then yes', 'unexpected-end', /else/],
  ['agee >= ageMin', 'unknown-name', /Did you mean age\?/],
  ['offer.salaryyear >= salaryMin', 'unknown-name', /Did you mean offer\.salaryYear\?/],
  ['famly.relation = "spouse"', 'unknown-name', /Did you mean family\.relation\?/],
  ['nothingLikeIt = 0', 'unknown-name', /facts\.yaml/],
  ['family.relation = "spouse"', 'unknown-name', /some x in family satisfies x\.relation/],
  ['item.country = "ru"', 'unknown-name', /only inside count/],
  ['item = "ru"', 'nested-item', /item\.field/],
  ['some f in family satisfies f.relaton = "spouse"', 'unknown-field', /f\.relation/],
  ['some f in famly satisfies f.relation = "spouse"', 'unknown-name', /family/],
  ['some f in person.citizenships satisfies yes', 'not-a-list', /overlaps/],
  ['some age in family satisfies age.dependent', 'shadowed-name', /another short name/],
  ['some on in family satisfies yes', 'shadowed-name', /some f in family/],
  ['some offer in family satisfies offer.dependent', 'shadowed-name', /Choose another/],
  ['count(family[count(stays[item.days > 0]) > 0]) > 0', 'nested-item', /some x in list/],
  ['offer.occupation = "nurs"', 'unknown-code', /Did you mean "nurse"\?/],
  ['level = "b1"', 'unknown-code', /Did you mean "B1"\?/],
  ['now.country = "DE"', 'unknown-code', /lower-case/],
  ['now.country < "de"', 'not-ordered', /no order/],
  ['work.remote < yes', 'not-ordered', /= or !=/],
  ['work.incomeMonth >= salaryMin', 'period-mismatch', /perYear/],
  ['absence >= residence', 'unit-mismatch', /days.*months/],
  ['age + absence > ageMin', 'unit-mismatch', /number of years \+ a number of days/],
  ['work.incomeMonth >= age', 'type-mismatch', /money per month beside a number of years/],
  ['work.incomeMonth >= 1', 'type-mismatch', /the number 1/],
  ['passport.expires > 0', 'type-mismatch', /the number 0/],
  ['person.citizenships = "ru"', 'type-mismatch', /write "ru" in it/],
  ['person.citizenships in area.eu', 'type-mismatch', /overlaps/],
  ['now.country = area.eu', 'type-mismatch', /x in area\.eu/],
  ['now.country in shortageOccupations', 'type-mismatch', /codes of one set/],
  ['now.country in area.ue', 'unknown-name', /Did you mean area\.eu\?/],
  ['family', 'type-mismatch', /count\(family/],
  ['age', 'not-a-condition', /Compare it/],
  ['"de"', 'type-mismatch', /a yes-or-no value/],
  ['"a" = "b"', 'type-mismatch', /a fact that has a set/],
  ['age and work.remote', 'not-a-condition', /operand of "and"/],
  ['passport.expires + age > on', 'type-mismatch', /P90D/],
  ['margin + on > leftOn', 'type-mismatch', /date first/],
  ['perYear(offer.salaryYear) > salaryMin', 'wrong-arguments', /per year already/],
  ['monthsBetween(now.since) > 0', 'wrong-arguments', /two dates/],
  ['known(ageMin)', 'wrong-arguments', /name of a fact/],
  ['known(age >= ageMin)', 'wrong-arguments', /name of a fact/],
  ['sum(stays) > 0', 'wrong-arguments', /field to add up/],
  ['sum(stays.country) > 0', 'wrong-arguments', /numbers or money/],
  ['count(stays[item.days > 0].days) > 0', 'wrong-arguments', /sum/],
  ['overlaps(("de"), ("fr"))', 'wrong-arguments', /at least one/],
  ['max(level, levelMin) = "B1"', 'wrong-arguments', /numbers, money or dates/],
  [`${'('.repeat(200)}work.remote${')'.repeat(200)}`, 'too-deep', /all: or any:/],
  [`work.remote${' '.repeat(5000)}`, 'too-long', /at most/],
];

for (const [text, code, told] of REFUSED) {
  test(`refused, ${code}: ${text.slice(0, 60)}`, () => {
    const parsed = parseCondition(text, schema, locals);
    assert.ok(!parsed.ok, 'must not load');
    const error = parsed.errors[0]!;
    assert.equal(error.code, code, renderRuleError(text, error));
    assert.match(renderRuleError(text, error), told);
    assert.ok(error.at[0] >= 0 && error.at[1] <= text.length && error.at[0] <= error.at[1]);
    for (const part of [error.found, error.expected, error.mend]) assert.ok(part.length > 0);
  });
}

test('adding months asks for the declared rounding, adding whole days does not', () => {
  const without = (text: string) => parseCondition(text, schema, noMonths);
  const refused = without('passport.expires >= on + margin');
  assert.ok(!refused.ok);
  assert.equal(refused.errors[0]?.code, 'missing-month-end');
  assert.ok(!without('passport.expires - margin >= on').ok);
  assert.ok(without('passport.expires >= on + graceDays').ok);
});

test('all faults of meaning are told at once', () => {
  const parsed = parseCondition('agee > ageMin and level = "b1" and work.incomeMonth > salaryMin', schema, locals);
  assert.ok(!parsed.ok);
  assert.deepEqual(
    parsed.errors.map((e) => e.code),
    ['unknown-name', 'unknown-code', 'period-mismatch'],
  );
});

test('a name that is both a fact and a parameter is refused', () => {
  const both: Locals = { ...locals, params: new Map([...locals.params, ['age', { t: 'number', unit: 'years' }]]) };
  const parsed = parseCondition('age > ageMin', schema, both);
  assert.ok(!parsed.ok);
  assert.equal(parsed.errors[0]?.code, 'shadowed-name');
});

test('an error is rendered with its line and a caret under the place', () => {
  const text = 'work.remote\n  and age => ageMin';
  const parsed = parseCondition(text, schema, locals);
  assert.ok(!parsed.ok);
  assert.equal(
    renderRuleError(text, parsed.errors[0]!),
    [
      'found "=>", expected ">=" (line 2 of the condition)',
      '    and age => ageMin',
      '            ^^',
      'Write ">=".',
    ].join('\n'),
  );
});

test('places are exact: every part points at its own text', () => {
  const text = 'work.remote and (age + 0 >= ageMin)';
  const tree = expr(text);
  assert.ok(tree.k === 'and');
  const [first, second] = tree.args;
  assert.equal(text.slice(...first!.at), 'work.remote');
  assert.equal(text.slice(...second!.at), '(age + 0 >= ageMin)');
  assert.ok(second?.k === 'cmp');
  assert.equal(text.slice(...second.left.at), 'age + 0');
  assert.equal(text.slice(...second.right.at), 'ageMin');
});

test('the nearest name is suggested only if it is near', () => {
  assert.equal(nearestName('salarMin', ['salaryMin', 'ageMin']), 'salaryMin');
  assert.equal(nearestName('slaaryMin', ['salaryMin', 'ageMin']), 'salaryMin');
  assert.equal(nearestName('zzzzzz', ['salaryMin', 'ageMin']), undefined);
});
