import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compile, compileExplained, FlatContext, layoutOf, namesIn, printExpr } from '../../src/rules/index.ts';
import type { Expr, Tri } from '../../src/rules/ir.ts';
import { blanked, generator, randomFacts, randomText } from './generate.ts';
import { context, expr, ON } from './world.ts';

const numRuns = process.env.FOOTHOLD_LONG === '1' ? 60_000 : 4_000;
const seeds = fc.integer();
const runs = { numRuns, verbose: 1 } as const;

/** An expression without its places: two texts that mean the same differ in nothing else. */
function withoutPlaces(e: Expr): unknown {
  return JSON.parse(JSON.stringify(e, (key, value) => (key === 'at' ? undefined : value)));
}

test('print and parse are inverse: the canonical text reads as the same expression', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const e = expr(randomText(generator(seed), 4));
      const printed = printExpr(e);
      const again = expr(printed);
      assert.deepEqual(withoutPlaces(again), withoutPlaces(e));
      assert.equal(printExpr(again), printed);
    }),
    runs,
  );
});

test('filling in a blank never turns a known answer round', () => {
  let known = 0;
  fc.assert(
    fc.property(seeds, (seed) => {
      const random = generator(seed);
      // known(…) is the one question whose answer a blank decides.
      const e = expr(randomText(random, 3).replaceAll('known(age)', 'work.remote'));
      const evaluate = compile(e);
      const full = randomFacts(random);
      const half = blanked(random, full, 0.3);
      const before = evaluate(context(half));
      if (before === undefined) return;
      known++;
      assert.equal(evaluate(context(full)), before, printExpr(e));
    }),
    runs,
  );
  assert.ok(known > numRuns / 10, `only ${known} of ${numRuns} answers were known with blanks`);
});

test('fast, explained, and flat evaluation agree, and the tree of reasons is consistent', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const random = generator(seed);
      const e = expr(randomText(random, 3));
      const node = { k: 'leaf', text: printExpr(e), expr: e } as const;
      const c = context(blanked(random, randomFacts(random), random() * 0.5));
      const fast = compile(e)(c);
      const explained = compileExplained(e)(c);
      assert.equal(explained.outcome, fast);
      assert.equal(explained.reason.outcome, fast);
      const layout = layoutOf([node]);
      const flat = new FlatContext(layout, ON, { monthEnd: 'clamp', rate: c.rate });
      for (const name of layout.facts.keys()) flat.setFact(name, c.fact(name));
      for (const name of layout.params.keys()) flat.setParam(name, c.param(name));
      for (const name of layout.codeLists.keys()) flat.setCodeList(name, c.codeList(name));
      assert.equal(compile(node, { layout })(flat), fast);
      assert.deepEqual(compileExplained(node, { layout })(flat).stillNeeded, explained.stillNeeded);
    }),
    runs,
  );
});

test('what is still needed suffices: with it answered, no other blank can be asked for; and only blanks are asked for', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const random = generator(seed);
      const e = expr(randomText(random, 3).replaceAll('known(age)', 'work.remote'));
      const full = randomFacts(random);
      const facts = blanked(random, full, 0.4);
      const { outcome, stillNeeded, used, lacks } = compileExplained(e)(context(facts));
      assert.deepEqual(used, namesIn(e).facts);
      if (outcome !== undefined) {
        assert.deepEqual(stillNeeded, []);
        return;
      }
      for (const name of stillNeeded) assert.ok(used.includes(name));
      const answered = { ...facts };
      for (const name of stillNeeded) answered[name] = full[name];
      const after = compileExplained(e)(context(answered));
      assert.deepEqual(after.stillNeeded, [], 'nothing that was not needed before is needed after');
      const everything: Tri = compile(e)(context(full));
      if (after.outcome !== undefined || lacks.length === 0) assert.equal(after.outcome, everything);
      // Blanks that are not needed make no difference, whatever they turn out to be.
      const elsewhere = randomFacts(random);
      const others = {
        ...elsewhere,
        ...Object.fromEntries(Object.entries(facts).filter(([name]) => used.includes(name))),
      };
      for (const name of stillNeeded) delete others[name];
      for (const name of stillNeeded) if (facts[name] !== undefined) others[name] = facts[name];
      assert.equal(compile(e)(context(others)), undefined, printExpr(e));
    }),
    runs,
  );
});
