/** The generated kernel as text, its calendar, and the options that the agreement test does not vary. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addMonths, monthsBetween, yearsBetween } from '../../src/calendar/civil.ts';
import { Codebook, fillColumns, type Person, triCode } from '../../src/rules/columns.ts';
import { deriveColumns } from '../../src/rules/derive.ts';
import { compile, parseCondition } from '../../src/rules/index.ts';
import type { Context, Expr, Node, Value } from '../../src/rules/ir.ts';
import { type Kernel, kernelModule, makeKernel } from '../../src/rules/kernel.ts';
import { HELPERS, type HelperName, helperTexts } from '../../src/rules/kernel-helpers.ts';
import { loadKernel } from '../../src/rules/kernel-load.ts';
import { randomNode } from './random-conditions.ts';
import { generator, randomPerson, seedOfRun } from './random-people.ts';
import { fixed, locals, pools, schema } from './synthetic-world.ts';

function leaf(text: string, id?: string): Node {
  const parsed = parseCondition(text, schema, locals('clamp'));
  if (!parsed.ok) assert.fail(`${text}: ${JSON.stringify(parsed.errors)}`);
  return { k: 'leaf', text, expr: parsed.expr, ...(id === undefined ? {} : { id }) };
}

const PROVISION: Node = {
  k: 'all',
  id: 'eligible',
  of: [
    leaf('offer.salaryYear >= salaryMin', 'salary'),
    leaf('some f in family satisfies f.relation = "spouse" and overlaps(f.citizenships, area.eu)', 'spouse'),
    leaf('passport.expires >= on + halfYear', 'passport'),
    {
      k: 'any',
      id: 'skill',
      of: [
        leaf('offer.occupation in ("occupation-1", "occupation-3", "occupation-5")', 'trade'),
        leaf('language >= levelMin', 'speaks'),
      ],
    },
  ],
};

const KERNEL = `\
/** A table by code id: 3 for the codes of a list, 0 for the others, 1 for an unknown code (id 0). */
function lookup(size, ids) {
  const table = new Uint8Array(size);
  for (const id of ids) table[id] = 3;
  table[0] = 1;
  return table;
}

const NO_DAY = -2147483648; // an unknown date

const in_codes = lookup(41, [2, 4, 6]); // occupation-1 occupation-3 occupation-5
const in_area_eu = lookup(11, [2, 3, 9, 10]); // de fr it pl

// A condition is two bits, "may hold" and "surely holds": 0 is no, 1 unknown, 3 yes; & is "and", | is "or".
// In columns and in out, 0 is no, 1 yes, 2 unknown.
function kernel(cols, from, to, out) {
  const offer_salaryYear_EUR_of = cols['offer.salaryYear@EUR'];
  const passport_expires_of = cols['passport.expires'];
  const offer_occupation_of = cols['offer.occupation'];
  const language_of = cols['language'];
  const family_known_of = cols['family#known'];
  const family_from_of = cols['family#from'];
  const family_relation_of = cols['family[].relation'];
  const family_citizenships_known_of = cols['family[].citizenships#known'];
  const family_citizenships_from_of = cols['family[].citizenships#from'];
  const family_citizenships_items_of = cols['family[].citizenships#items'];
  for (let i = from; i < to; i++) {
    // salary: offer.salaryYear >= salaryMin
    const offer_salaryYear_EUR = offer_salaryYear_EUR_of[i];
    const salary_holds = !(offer_salaryYear_EUR < 4530000) | (offer_salaryYear_EUR >= 4530000) << 1;
    // passport: passport.expires >= on + halfYear
    const passport_expires = passport_expires_of[i];
    const passport_holds = (passport_expires >= 21091) | (passport_expires === NO_DAY) | (passport_expires >= 21091) << 1;
    // trade: offer.occupation in ("occupation-1", "occupation-3", "occupation-5")
    const offer_occupation = offer_occupation_of[i];
    const trade_holds = in_codes[offer_occupation];
    // speaks: language >= levelMin
    const language = language_of[i];
    const speaks_holds = (language >= 3) | (language === 0) | (language >= 3) << 1;
    const skill_holds = trade_holds | speaks_holds;
    let eligible_holds = salary_holds & passport_holds & skill_holds;
    if (eligible_holds !== 0) {
      // spouse: some f in family satisfies f.relation = "spouse" and overlaps(f.citizenships, area.eu)
      const family_known = family_known_of[i];
      let some = family_known ^ 1;
      for (let j = family_from_of[i]; j < family_from_of[i + 1]; j++) {
        const family_relation = family_relation_of[j];
        let both = (family_relation === 1) | (family_relation === 0) | (family_relation === 1) << 1;
        if (both !== 0) {
          const family_citizenships_known = family_citizenships_known_of[j];
          let found = family_citizenships_known ^ 1;
          for (let j2 = family_citizenships_from_of[j]; j2 < family_citizenships_from_of[j + 1]; j2++) {
            const family_citizenships_items = family_citizenships_items_of[j2];
            found |= in_area_eu[family_citizenships_items];
          }
          both &= found;
        }
        some |= both;
      }
      eligible_holds &= some;
    }
    out[i] = 72 >> (eligible_holds << 1) & 3;
  }
}
`;

test('the text of a kernel', () => {
  const kernel = makeKernel(PROVISION, fixed('clamp'), new Codebook(schema));
  assert.equal(kernel.text, KERNEL);
  assert.deepEqual(
    kernel.columns.map((column) => (column.k === 'fact' ? column.name : column.key)),
    ['offer.salaryYear', 'passport.expires', 'offer.occupation', 'language', 'family'],
  );
  assert.deepEqual(
    kernel.derived.map((column) => column.key),
    ['offer.salaryYear@EUR'],
  );
});

test('months: a derived column, or counted in the loop', () => {
  const condition = leaf('passport.expires >= arrived + halfYear');
  const derived = makeKernel(condition, fixed('roll'), new Codebook(schema));
  assert.match(derived.text, /cols\['arrived \+ P6M \(roll\)'\]/);
  assert.doesNotMatch(derived.text, /addMonths/);
  const inline = makeKernel(condition, fixed('roll'), new Codebook(schema), { calendar: 'inline' });
  assert.match(inline.text, /addMonths\(arrived, 6, 1\)/);
  assert.deepEqual(inline.derived, []);
});

test('a parameter or list without value for the day leaves the condition unknown for everyone', () => {
  for (const text of ['age >= numberUnknown', 'offer.salaryYear > salaryUnknown', 'now.country in area.unknown']) {
    const parsed = parseCondition(text, schema, {
      ...locals('clamp'),
      params: new Map([...locals('clamp').params, ['numberUnknown', { t: 'number', unit: 'years' }]]),
    });
    if (!parsed.ok) assert.fail(JSON.stringify(parsed.errors));
    assert.match(makeKernel(parsed.expr, fixed('clamp'), new Codebook(schema)).text, /out\[i\] = 2;/);
  }
});

test('only the helpers that are called are in the text', () => {
  const plain = makeKernel(leaf('age >= ageMin'), fixed('clamp'), new Codebook(schema)).text;
  assert.doesNotMatch(plain, /NO_DAY|RATES|function (?!kernel)/);
  const money = makeKernel(leaf('offer.salaryYear >= bonusYear'), fixed('clamp'), new Codebook(schema)).text;
  assert.match(money, /function centsIn/);
  assert.match(money, /const RATES/);
});

test('ordered codes are refused if the codebook orders them otherwise', () => {
  const other = new Codebook({
    ...schema,
    sets: new Map([...schema.sets, ['level', { codes: ['c2', 'a1'], ordered: true, open: false }]]),
  });
  assert.throws(
    () => makeKernel(leaf('language >= levelMin'), fixed('clamp'), other),
    /orders the set "level" as a1 < a2 .* Make the codebook/,
  );
});

test('the calendar of the kernel is that of src/calendar, for every day of 800 years', () => {
  type Calendar = { [name in HelperName]: (...args: number[]) => number };
  const names: HelperName[] = ['addMonths', 'monthsBetween', 'yearsBetween'];
  const text = helperTexts(new Set(names)).join('\n');
  const calendar = new Function(`${text}\nreturn { ${names.join(', ')} };`)() as Calendar;
  const random = generator(seedOfRun());
  for (let day = -146_097; day <= 146_097; day++) {
    const months = Math.floor(random() * 1_300) - 650;
    if (calendar.addMonths(day, months, 0) !== addMonths(day, months, 'clamp')) assert.fail(`clamp ${day} ${months}`);
    if (calendar.addMonths(day, months, 1) !== addMonths(day, months, 'roll')) assert.fail(`roll ${day} ${months}`);
    const other = day + Math.floor(random() * 3_000) - 1_500;
    if (calendar.monthsBetween(day, other) !== monthsBetween(day, other)) assert.fail(`monthsBetween ${day} ${other}`);
    // 0 and -0 are the same number of years.
    if (calendar.yearsBetween(day, other) - yearsBetween(day, other) !== 0) assert.fail(`yearsBetween ${day} ${other}`);
  }
});

test('helpers name all helpers that they call', () => {
  for (const [name, helper] of Object.entries(HELPERS)) {
    const called = Object.keys(HELPERS).filter((other) => other !== name && helper.text.includes(`${other}(`));
    assert.deepEqual(
      called.filter((other) => !(helper.needs as readonly string[]).includes(other)),
      [],
      name,
    );
  }
});

test('nothing of a rule pack becomes code but finite numbers', () => {
  const hostile = (value: unknown) => ({ ...fixed('clamp'), param: () => value as Value });
  const injected = '0); globalThis.owned = true; (0';
  for (const text of ['age >= ageMin', 'offer.salaryYear * fraction >= bonusYear', 'arrived > leftOn']) {
    assert.throws(() => makeKernel(leaf(text), hostile(injected), new Codebook(schema)), /must be a finite number/);
  }
  const comment = { ...leaf('age >= ageMin'), text: 'age\n; throw 1;\u2028throw 2', id: 'x y' } as Node;
  const list = { ...fixed('clamp'), codeList: () => ['de', 'fr', 'x\nthrow 3'] };
  for (const kernel of [
    makeKernel(comment, fixed('clamp'), new Codebook(schema)),
    makeKernel(leaf('now.country in area.eu'), list, new Codebook(schema)),
  ]) {
    assert.doesNotMatch(kernel.text, /^\s*;?\s*throw/m);
    assert.equal(typeof loadKernel(kernel), 'function');
  }
});

test('a code that the columns learn after the kernel was made is in no list of the law', () => {
  const codebook = new Codebook(schema);
  const kernel = makeKernel(leaf('if now.country in area.eu then work.remote else yes'), fixed('clamp'), codebook);
  const facts: { readonly [name: string]: Value } = { 'now.country': 'nz', 'work.remote': false };
  const columns = fillColumns(codebook, kernel.columns, [{ fact: (name) => facts[name] }]);
  const out = new Uint8Array(1);
  loadKernel(kernel)(columns, 0, 1, out);
  assert.equal(out[0], 1);
});

/** Runs a kernel over people and compares it with the closures in each person's own context. */
function assertSame(
  tree: Node | Expr,
  kernel: Kernel,
  codebook: Codebook,
  people: readonly Person[],
  message: string,
): void {
  const day = fixed('clamp');
  const columns = fillColumns(codebook, kernel.columns, people);
  deriveColumns(codebook, kernel.derived, columns, day);
  for (const key of kernel.keys) assert.ok(columns[key], `${key} is filled: ${message}`);
  const out = new Uint8Array(people.length);
  loadKernel(kernel)(columns, 0, people.length, out);
  const closure = compile(tree);
  for (const [i, person] of people.entries()) {
    const clock: Context['clock'] = (id, need) => ({ reached: person.clock?.(id, need).reached, missing: [] });
    const context: Context = {
      ...day,
      on: (person.fact('on') as number | undefined) ?? day.on,
      fact: person.fact,
      clock,
    };
    assert.equal(out[i], triCode(closure(context)), `person ${i}: ${message}`);
  }
}

test('with the key day as a column, one kernel serves every day', () => {
  const seed = seedOfRun();
  const random = generator(seed);
  const people = Array.from({ length: 300 }, () => {
    const person = randomPerson(random, schema, pools, 0.2);
    const on = 20_000 + Math.floor(random() * 1_200);
    return { fact: (name: string): Value | undefined => (name === 'on' ? on : person.fact(name)), clock: person.clock };
  });
  for (let i = 0; i < 100; i++) {
    const tree = randomNode(random, 1);
    // Money is told at the rates of the parameters' day, whatever the key day: both sides of the comparison use it.
    const codebook = new Codebook(schema);
    fillColumns(codebook, [{ k: 'fact', name: 'savings', type: { t: 'money', per: 'once' } }], people);
    const kernel = makeKernel(tree, fixed('clamp'), codebook, {
      on: 'column',
      calendar: i % 2 === 0 ? 'derived' : 'inline',
    });
    assertSame(tree, kernel, codebook, people, `FOOTHOLD_SEED=${seed}, tree ${i}`);
  }
  const text = makeKernel(leaf('yearsBetween(born, on) >= 1'), fixed('clamp'), new Codebook(schema), {
    on: 'column',
  }).text;
  assert.match(text, /yearsBetween\(born, on2?\)/);
});

test('a part of the persons can be run, and the rest of the output is left alone', () => {
  const codebook = new Codebook(schema);
  const kernel = makeKernel(leaf('work.remote'), fixed('clamp'), codebook);
  const columns = fillColumns(
    codebook,
    kernel.columns,
    [true, false, undefined, true].map((remote): Person => ({ fact: () => remote })),
  );
  const out = new Uint8Array(4).fill(9);
  loadKernel(kernel)(columns, 1, 3, out);
  assert.deepEqual([...out], [9, 0, 2, 9]);
});

test('many kernels as one module', async () => {
  const codebook = new Codebook(schema);
  const texts = { 'de/a': 'offer.occupation in shortageOccupations', 'de/b': 'now.country in area.eu' };
  const made = Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, makeKernel(leaf(text), fixed('clamp'), codebook)]),
  );
  const source = kernelModule(made);
  const module = (await import(`data:text/javascript,${encodeURIComponent(source)}`)) as {
    readonly kernels: { readonly [name: string]: ReturnType<typeof loadKernel> };
  };
  const facts: { readonly [name: string]: string } = { 'offer.occupation': 'occupation-3', 'now.country': 'ru' };
  for (const [name, answer] of [
    ['de/a', 1],
    ['de/b', 0],
  ] as const) {
    const columns = fillColumns(codebook, made[name]!.columns, [{ fact: (fact) => facts[fact] }]);
    const out = new Uint8Array(1);
    module.kernels[name]!(columns, 0, 1, out);
    assert.equal(out[0], answer, name);
  }
});
