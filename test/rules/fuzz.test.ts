/** Texts that nobody would write, and texts one slip away from right ones: read them all, crash on none. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compile, explain, parseCondition, printExpr, renderRuleError } from '../../src/rules/index.ts';
import { generator, pick, type Random, randomFacts, randomText } from './generate.ts';
import { context, facts, locals, schema } from './world.ts';

const WORDS = [
  ...facts.map((f) => f.name),
  ...locals.params.keys(),
  ...'area.eu shortageOccupations and or not ( ) [ ] , . .. in between if then else some every satisfies yes no on item'.split(
    ' ',
  ),
  ...'null true = != < <= > >= + - * / 0 1 2 "de" "B1" "ru" "nurse" count sum min max monthsBetween perYear'.split(' '),
  ...'known overlaps f f.relation f.born item.country item.days family stays == && ! \n \t'.split(' '),
];
const CHARACTERS = '()[]".,=<>!+-*/ \n\tabfx019_#$%&|~^\\\'`{}?;:@аё≥“\u0000\u2028\ud83d\ude00';

/** One to four slips of the pen: letters lost, doubled, swapped or strange, words lost, moved or taken from elsewhere. */
function mutated(random: Random, text: string): string {
  let out = text;
  for (let slips = 1 + Math.floor(random() * 4); slips > 0; slips--) {
    const at = Math.floor(random() * (out.length + 1));
    const to = Math.min(out.length, at + 1 + Math.floor(random() * 6));
    switch (Math.floor(random() * 7)) {
      case 0:
        out = out.slice(0, at) + out.slice(to);
        break;
      case 1:
        out = out.slice(0, at) + pick(random, [...CHARACTERS]) + out.slice(at);
        break;
      case 2:
        out = out.slice(0, to) + out.slice(at);
        break;
      case 3:
        out = `${out.slice(0, at)} ${pick(random, WORDS)} ${out.slice(at)}`;
        break;
      default: {
        const words = out.split(' ');
        const i = Math.floor(random() * words.length);
        if (random() < 0.4) words.splice(i, 1);
        else words[i] = random() < 0.5 ? pick(random, WORDS) : pick(random, words);
        out = words.join(' ');
      }
    }
  }
  return out;
}

function soup(random: Random): string {
  const length = 1 + Math.floor(random() * 14);
  const from: readonly string[] = random() < 0.7 ? WORDS : [...CHARACTERS];
  return Array.from({ length }, () => pick(random, from)).join(random() < 0.8 ? ' ' : '');
}

/** Whether a text is accepted; insists that whatever the parser says holds together. */
function judge(text: string, random: Random): boolean {
  const parsed = parseCondition(text, schema, locals);
  if (!parsed.ok) {
    assert.ok(parsed.errors.length > 0);
    for (const error of parsed.errors) {
      assert.ok(error.at[0] >= 0 && error.at[0] <= error.at[1] && error.at[1] <= text.length, `place of ${error.code}`);
      assert.ok(error.found.length > 0 && error.expected.length > 0 && error.mend.length > 0, error.code);
      assert.ok(renderRuleError(text, error).includes('^'));
    }
    return false;
  }
  const printed = printExpr(parsed.expr);
  const again = parseCondition(printed, schema, locals);
  assert.ok(again.ok, `accepted, but its own canonical text is not: ${printed}`);
  assert.equal(printExpr(again.expr), printed);
  const bare = (e: unknown): string => JSON.stringify(e, (key, value) => (key === 'at' ? undefined : value));
  assert.equal(bare(again.expr), bare(parsed.expr));
  const c = context(randomFacts(random));
  const outcome = compile(parsed.expr)(c);
  assert.ok(outcome === true || outcome === false || outcome === undefined, `evaluates to ${String(outcome)}`);
  assert.equal(explain(parsed.expr, c).outcome, outcome);
  return true;
}

test('no text crashes the parser, hangs it, or is accepted without meaning something', () => {
  const rounds = process.env.FOOTHOLD_LONG === '1' ? 1_000_000 : 100_000;
  const first = Number(process.env.FOOTHOLD_SEED ?? 1);
  let accepted = 0;
  let slowest = 0;
  for (let seed = first; seed < first + rounds; seed++) {
    const random = generator(seed);
    const text = random() < 0.2 ? soup(random) : mutated(random, randomText(random, Math.floor(random() * 3)));
    const started = performance.now();
    try {
      if (judge(text, random)) accepted++;
    } catch (fault) {
      throw new Error(`seed ${seed}: ${JSON.stringify(text)}`, { cause: fault });
    }
    slowest = Math.max(slowest, performance.now() - started);
  }
  assert.ok(
    accepted > rounds / 100,
    `only ${accepted} of ${rounds} texts were accepted: the slips are too wild to test much`,
  );
  assert.ok(accepted < rounds / 2, `${accepted} of ${rounds} texts were accepted`);
  assert.ok(slowest < 2000, `the slowest text took ${slowest.toFixed(0)} ms`);
});

test('the longest and the deepest texts are answered at once', () => {
  const random = generator(1);
  const texts = [
    `age ${'+ age '.repeat(600)}> ageMin`,
    `age >= ageMin${' and work.remote'.repeat(240)}`,
    'not('.repeat(900),
    '('.repeat(3999),
    'some f in family satisfies '.repeat(100),
    'if '.repeat(1000),
    `${'0 - '.repeat(900)}age < 0`,
    `level in (${'"A1", '.repeat(600)}"A1")`,
    'x'.repeat(4000),
    '"'.repeat(4000),
  ];
  for (const text of texts) {
    const started = performance.now();
    judge(text, random);
    assert.ok(performance.now() - started < 500, text.slice(0, 40));
  }
});
