/**
 * How many times a second the sample rule can be evaluated: by our closures (with and without explanation), our
 * generated kernel beside the same loop written by hand, our SQL in DuckDB, and by other rule engines.
 */
import assert from 'node:assert/strict';
import { Codebook, type Column, type Columns, CURRENCY, type FactColumn, NO_DAY } from '../src/rules/columns.ts';
import { deriveColumns } from '../src/rules/derive.ts';
import { compile, compileExplained, FlatContext, layoutOf } from '../src/rules/index.ts';
import type { Context, Value } from '../src/rules/ir.ts';
import { makeKernel } from '../src/rules/kernel.ts';
import { loadKernel } from '../src/rules/kernel-load.ts';
import { namesOf } from '../src/rules/names.ts';
import { makeSql } from '../src/rules/sql.ts';
import { loadColumns, openDuckDb } from '../test/rules/duckdb.ts';
import { generator } from '../test/rules/random-people.ts';
import { machineLine, median, table, timeInTurn, versionOf, writePart } from './report.ts';
import { branchFree, listTable, shortCircuit } from './rules-by-hand.ts';
import { type Applicant, countInDuckDb, feelin, jsonLogic, publicodes } from './rules-engines.ts';
import { ACCEPTED, fixed, LEVELS, OCCUPATIONS, rule, SHORTAGE, schema } from './sample-rule.ts';

const PERSONS = 1_000_000;
const CLOSURE_PERSONS = 50_000;
const SLOW_PERSONS = 1_000;
const UNKNOWN = 0.1;
const ROUNDS = 11;

type Answers = [no: number, yes: number, unknown: number];
type Row = {
  readonly engine: string;
  readonly persons: number;
  known?: number;
  blanks?: number;
  readonly months: string;
};

/** The same persons twice: with every fact known, and with a tenth of the facts unknown. */
function makePeople(codebook: Codebook): { known: Columns; blanks: Columns } {
  const random = generator(42);
  const known = samplePeople(codebook, PERSONS, random);
  const blank = (column: Column): Column => {
    const mark = column instanceof Float64Array ? Number.NaN : column instanceof Int32Array ? NO_DAY : 0;
    return column.map((value) => (random() < UNKNOWN ? mark : value));
  };
  // Money without an amount is unknown; its currency does not matter then.
  const blanks = Object.fromEntries(
    Object.entries(known).map(([key, column]) => [key, key === 'income#currency' ? column : blank(column)]),
  );
  return { known, blanks };
}

/** Invented persons for the sample rule, every fact known. */
export function samplePeople(codebook: Codebook, persons: number, random = generator(42)): Columns {
  const below = (n: number): number => Math.floor(random() * n);
  const euro = codebook.codes(CURRENCY).id('EUR');
  const fill = <T extends Column>(column: T, value: () => number): T => column.map(value) as T;
  const number = (value: () => number): Column => fill(new Float64Array(persons), value);
  return {
    age: number(() => 16 + below(50)),
    'income#amount': number(() => 15_000 + below(75_000)),
    'income#currency': new Uint16Array(persons).fill(euro),
    passportExpires: fill(new Int32Array(persons), () => 20_700 + below(1800)),
    travel: fill(new Int32Array(persons), () => fixed.on + below(365)),
    residence: number(() => below(120)),
    absences: number(() => below(600)),
    occupation: fill(new Uint16Array(persons), () => 1 + below(OCCUPATIONS.length)),
    language: fill(new Uint16Array(persons), () => 1 + below(LEVELS.length)),
    experience: number(() => below(12)),
  };
}

/** Contexts for the closures: the values of the first persons of some columns. */
function contextsOf(columns: Columns, count: number): FlatContext[] {
  const layout = layoutOf([rule]);
  const { params, codeLists } = namesOf(rule);
  return Array.from({ length: count }, (_, i) => {
    const context = new FlatContext(layout, fixed.on, { monthEnd: fixed.monthEnd, rate: fixed.rate });
    for (const name of params) context.setParam(name, fixed.param(name));
    for (const name of codeLists) context.setCodeList(name, fixed.codeList(name));
    for (const name of ['age', 'residence', 'absences', 'experience'])
      context.setFact(name, orBlank(columns[name]![i]!));
    for (const name of ['passportExpires', 'travel']) context.setFact(name, orBlank(columns[name]![i]!));
    const amount = orBlank(columns['income#amount']![i]!);
    context.setFact('income', amount === undefined ? undefined : { amount, currency: 'EUR' });
    context.setFact('occupation', OCCUPATIONS[columns.occupation![i]! - 1]);
    context.setFact('language', LEVELS[columns.language![i]! - 1]);
    return context;
  });
}

const orBlank = (value: number): number | undefined => (Number.isNaN(value) || value === NO_DAY ? undefined : value);

function applicantsOf(columns: Columns, count: number): Applicant[] {
  const at = (key: string, i: number): number => columns[key]![i]!;
  return Array.from({ length: count }, (_, i) => ({
    age: at('age', i),
    income: at('income#amount', i),
    passportExpires: at('passportExpires', i),
    travel: at('travel', i),
    threshold: at('travel + P6M (clamp)', i),
    residence: at('residence', i),
    absences: at('absences', i),
    occupation: OCCUPATIONS[at('occupation', i) - 1]!,
    language: LEVELS[at('language', i) - 1]!,
    experience: at('experience', i),
  }));
}

/** Answers in the first places of a kernel's output. */
function answersOf(out: Uint8Array, count = out.length): Answers {
  const answers: Answers = [0, 0, 0];
  for (let i = 0; i < count; i++) answers[out[i] as 0 | 1 | 2]++;
  return answers;
}

/** Milliseconds to derive the one column of dates that the kernel wants. */
function timeDeriving(codebook: Codebook, columns: Columns): number {
  const dates = makeKernel(rule, fixed, codebook).derived.filter((column) => column.k === 'shift');
  return timeInTurn({ derive: () => deriveColumns(codebook, dates, columns, fixed) }, 3).derive!;
}

type Vectors = { readonly [way: string]: { readonly task: () => void; readonly out: Uint8Array } };

function vectorTasks(codebook: Codebook, columns: Columns): Vectors {
  const derived = makeKernel(rule, fixed, codebook);
  const inline = makeKernel(rule, fixed, codebook, { calendar: 'inline' });
  deriveColumns(codebook, [...derived.derived, ...inline.derived], columns, fixed);
  const lists = {
    shortage: listTable(
      OCCUPATIONS.length + 1,
      SHORTAGE.map((code) => OCCUPATIONS.indexOf(code) + 1),
    ),
    accepted: listTable(
      LEVELS.length + 1,
      ACCEPTED.map((code) => LEVELS.indexOf(code) + 1),
    ),
  };
  const [fromDerived, fromInline] = [loadKernel(derived), loadKernel(inline)];
  const [short, free, freeDerived] = [shortCircuit(lists), branchFree(lists, false), branchFree(lists, true)];
  const task = (run: (out: Uint8Array) => void): { task: () => void; out: Uint8Array } => {
    const out = new Uint8Array(PERSONS);
    return { task: () => run(out), out };
  };
  return {
    'kernel inline': task((out) => fromInline(columns, 0, PERSONS, out)),
    'hand short': task((out) => short(columns, PERSONS, out)),
    'hand free': task((out) => free(columns, PERSONS, out)),
    'kernel derived': task((out) => fromDerived(columns, 0, PERSONS, out)),
    'hand derived': task((out) => freeDerived(columns, PERSONS, out)),
  };
}

/** Evaluations a second of kernel and hand-written loops; all must give the same answers. */
function runVectors(codebook: Codebook, columns: Columns): { perSecond: { [way: string]: number }; out: Uint8Array } {
  const ways = vectorTasks(codebook, columns);
  const times = timeInTurn(Object.fromEntries(Object.entries(ways).map(([way, { task }]) => [way, task])), ROUNDS);
  const { out } = ways['kernel inline']!;
  for (const [way, other] of Object.entries(ways)) assert.deepEqual(answersOf(other.out), answersOf(out), way);
  const perSecond = Object.fromEntries(Object.entries(times).map(([way, ms]) => [way, (PERSONS / ms) * 1000]));
  return { perSecond: { ...perSecond, hand: Math.max(perSecond['hand short']!, perSecond['hand free']!) }, out };
}

function runClosures(columns: Columns, kernelOut: Uint8Array): { plain: number; explained: number } {
  const contexts = contextsOf(columns, CLOSURE_PERSONS);
  const { layout } = contexts[0]!;
  const decide = compile(rule, { layout });
  const explain = compileExplained(rule, { layout });
  const expected = answersOf(kernelOut, CLOSURE_PERSONS);
  const counted = (answer: (context: Context) => Value | undefined) => (): void => {
    const answers: Answers = [0, 0, 0];
    for (const context of contexts) {
      const outcome = answer(context);
      answers[outcome === undefined ? 2 : outcome ? 1 : 0]++;
    }
    assert.deepEqual(answers, expected);
  };
  const times = timeInTurn(
    { plain: counted(decide), explained: counted((context) => explain(context).outcome) },
    ROUNDS,
  );
  return {
    plain: (CLOSURE_PERSONS / times.plain!) * 1000,
    explained: (CLOSURE_PERSONS / times.explained!) * 1000,
  };
}

async function runDuckDb(codebook: Codebook, columns: Columns, expected: Answers): Promise<number> {
  const connection = await openDuckDb(1);
  const sql = makeSql(rule, fixed, { schema, currencies: ['EUR'] });
  await loadColumns(connection, 'people', codebook, sql.columns as readonly FactColumn[], columns, PERSONS);
  const times: number[] = [];
  for (let round = -1; round < 5; round++) {
    const start = performance.now();
    const answers = await countInDuckDb(connection, sql.text, 'people');
    if (round >= 0) times.push(performance.now() - start);
    assert.deepEqual(answers, expected, 'DuckDB');
  }
  connection.closeSync();
  return (PERSONS / median(times)) * 1000;
}

/** Evaluations a second of an engine that knows no unknown; it must find as many eligible as the kernel did. */
function runOther(
  count: (people: readonly Applicant[]) => number,
  people: readonly Applicant[],
  out: Uint8Array,
  rounds: number,
): number {
  const [, eligible] = answersOf(out, people.length);
  const task = (): void => assert.equal(count(people), eligible);
  return (people.length / timeInTurn({ task }, rounds).task!) * 1000;
}

export async function run(): Promise<void> {
  const started = performance.now();
  const codebook = new Codebook(schema);
  const { known, blanks } = makePeople(codebook);
  const fast = { known: runVectors(codebook, known), blanks: runVectors(codebook, blanks) };
  const closures = { known: runClosures(known, fast.known.out), blanks: runClosures(blanks, fast.blanks.out) };
  const duck = {
    known: await runDuckDb(codebook, known, answersOf(fast.known.out)),
    blanks: await runDuckDb(codebook, blanks, answersOf(fast.blanks.out)),
  };
  const people = applicantsOf(known, CLOSURE_PERSONS);
  const few = people.slice(0, SLOW_PERSONS);
  const vector = (engine: string, way: string, months: string): Row => ({
    engine,
    persons: PERSONS,
    known: fast.known.perSecond[way]!,
    blanks: fast.blanks.perSecond[way]!,
    months,
  });
  const duckVersion = versionOf('@duckdb/node-api');
  const rows: Row[] = [
    vector('loop written by hand', 'hand derived', 'derived column'),
    vector('**Foothold, kernel**', 'kernel derived', 'derived column'),
    vector('loop written by hand (better of two styles)', 'hand', 'in the loop'),
    vector('**Foothold, kernel**', 'kernel inline', 'in the loop'),
    {
      engine: `json-logic-engine ${versionOf('json-logic-engine')}, compiled`,
      persons: CLOSURE_PERSONS,
      known: runOther(jsonLogic(), people, fast.known.out, ROUNDS),
      months: 'given to it',
    },
    {
      engine: '**Foothold, closures**',
      persons: CLOSURE_PERSONS,
      known: closures.known.plain,
      blanks: closures.blanks.plain,
      months: 'in the loop',
    },
    {
      engine: `**Foothold, SQL** in DuckDB ${duckVersion}, one thread`,
      persons: PERSONS,
      ...duck,
      months: 'in the query',
    },
    {
      engine: '**Foothold, closures with explanation**',
      persons: CLOSURE_PERSONS,
      known: closures.known.explained,
      blanks: closures.blanks.explained,
      months: 'in the loop',
    },
    {
      engine: `publicodes ${versionOf('publicodes')}`,
      persons: SLOW_PERSONS,
      known: runOther(publicodes(), few, fast.known.out, 3),
      months: 'given to it',
    },
    {
      engine: `feelin ${versionOf('feelin')}`,
      persons: SLOW_PERSONS,
      known: runOther(feelin(), few, fast.known.out, 3),
      months: 'in the expression',
    },
  ];
  report(
    rows,
    timeDeriving(codebook, known),
    fast.blanks.perSecond,
    closures.blanks,
    answersOf(fast.known.out),
    answersOf(fast.blanks.out),
    started,
  );
}

function report(
  rows: readonly Row[],
  deriving: number,
  perSecond: { readonly [way: string]: number },
  closures: { readonly plain: number; readonly explained: number },
  known: Answers,
  blanks: Answers,
  started: number,
): void {
  const speed = (value: number | undefined): string =>
    value === undefined ? '–' : Math.round(value).toLocaleString('en');
  const head = [
    'engine',
    'persons',
    'evaluations/s, all facts known',
    'evaluations/s, 10 % unknown',
    'the six months are added',
  ];
  const cells = rows.map((row) => [
    row.engine,
    row.persons.toLocaleString('en'),
    speed(row.known),
    speed(row.blanks),
    row.months,
  ]);
  const of = (a: number, b: number): string => (a / b).toFixed(2);
  const lines = [
    '## Rules: one sample rule, evaluated many times',
    '',
    `${machineLine()} One thread; median of repetitions; ${Math.round((performance.now() - started) / 1000)} s in all.`,
    '',
    'The rule (`bench/sample-rule.ts`): age, income, passport valid six months beyond the journey, and long residence or an',
    'occupation in demand with a language or experience. Invented persons; the answers of all engines were checked to be equal',
    `(${known[1].toLocaleString('en')} of ${PERSONS.toLocaleString('en')} eligible; with blanks ${blanks[1].toLocaleString('en')} eligible and ${blanks[2].toLocaleString('en')} unknown). Engines without a third value run on known facts only.`,
    '',
    table(head, cells, head.slice(1, 4)),
    '',
    `A derived column is computed once, when the columns are filled (${Math.round(deriving)} ms for the dates of these persons), and is not in the figures.`,
    '',
    'With 10 % unknown:',
    '',
    `- kernel ÷ loop written by hand, months added in the loop: **${of(perSecond['kernel inline']!, perSecond.hand!)}** (aim: at least 0.80)`,
    `- kernel ÷ loop written by hand, months in a derived column: **${of(perSecond['kernel derived']!, perSecond['hand derived']!)}**`,
    `- closures with explanation ÷ closures without: **${of(closures.explained, closures.plain)}** (aim: at least 0.25)`,
  ];
  const markdown = lines.join('\n');
  console.log(markdown);
  writePart('rules', markdown);
}
