/**
 * One draw under the law as it is and under all scenarios. The luck is the same, so a person is walked under the law as it is, and anew
 * under a scenario only from where that is another law for them: what they did from there on is taken back and counted again. Whole
 * numbers: the counts are, to the bit, those of walking everybody under each law.
 */
import type { Day } from '../rules/ir.ts';
import type { Behaviour, Parameters } from './behaviour.ts';
import { addCounters, type Counters } from './counters.ts';
import { Walk } from './dynamics.ts';
import type { RunPersons } from './run-persons.ts';
import type { LawTables } from './tables.ts';
import type { Watch } from './watch.ts';

/**
 * Runs all rows. `watches` stand for scenarios, `others` are their tables, and `counters` are empty ones: first of the law as it
 * is, then of each scenario. Gives how many times the ways of a person parted.
 */
export function runShared(
  tables: LawTables,
  others: readonly LawTables[],
  watches: readonly Watch[],
  persons: RunPersons,
  behaviour: Behaviour,
  p: Parameters,
  seed: number,
  draw: number,
  until: Day,
  counters: readonly Counters[],
): number {
  const walk = (t: LawTables, k: number, like?: Walk): Walk =>
    new Walk(t, persons, behaviour, p, seed, draw, until, counters[k] as Counters, undefined, like);
  const base = walk(tables, 0);
  base.watch(watches);
  const anew = watches.map((_, k) => walk(others[k] as LawTables, k + 1, base));
  for (const w of watches) w.begin();
  // One law after the other: tables of many laws at once would not stay in the nearest memory.
  for (let i = 0; i < persons.n; i++) {
    if ((persons.leaves[i] as number) > until) continue;
    base.person(i);
    if (base.parted) base.keepWays();
  }
  let parted = 0;
  watches.forEach((w, k) => {
    for (let x = 0; x < w.ways; x++) (anew[k] as Walk).resume(w.kept, x * w.size, base);
    parted += w.ways;
  });
  base.close();
  for (const w of anew) w.close();
  for (let k = 1; k < counters.length; k++) addCounters(counters[k] as Counters, counters[0] as Counters);
  return parted;
}
