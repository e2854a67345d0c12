/** The rows of a run, as it needs them beside the law: weights, days of leaving, subgroups, and what a choice hangs on. */

import { UNITS } from './counters.ts';
import { membership } from './coverage.ts';
import { LawEye } from './eye.ts';
import type { SyntheticPeople } from './people.ts';
import { baseShares } from './population.ts';
import type { PopulationModel } from './population-file.ts';
import type { Subgroup } from './subgroups.ts';
import type { LawTables } from './tables.ts';

/** What a run needs of each row beside the law. Rows are those of the tables' people. */
export type RunPersons = {
  readonly n: number;
  /** Keys of the random numbers: the row in the whole population, whichever part of it is run. */
  readonly ids: Int32Array;
  /** Whole numbers: people times `UNITS`. */
  readonly weights: Float64Array;
  readonly leaves: Int32Array;
  /** Index into the tables' hosts; the number of hosts for a country that the law says nothing of. */
  readonly first: Int16Array;
  readonly groups: Int32Array;
  readonly groupCount: number;
  readonly liable: Uint8Array;
  readonly exposed: Uint8Array;
  readonly english: Uint8Array;
  /** 0 (none) to 1 (plenty). */
  readonly means: Float64Array;
  readonly russianEmployer: Uint8Array;
  readonly works: Uint8Array;
  /** Share of each host among first countries; the last is for countries without law. */
  readonly networks: Float64Array;
};

/** What a run needs of each row beside the law. */
export function runPersonsOf(people: SyntheticPeople, t: LawTables, subgroups: readonly Subgroup[]): RunPersons {
  const { n, model } = people;
  const H = t.hosts.length;
  const hostIndex = new Map(t.hosts.map((h, k) => [h, k]));
  const code = (id: string): Uint8Array => people.sample.codes[model.byId.get(id) as number] as Uint8Array;
  const categories = (id: string) =>
    (model.attributes[model.byId.get(id) as number] as PopulationModel['attributes'][number]).categories;
  const by = <T>(id: string, of: (category: string, index: number, size: number) => T): T[] => {
    const list = categories(id);
    return list.map((c, k) => of(c.id, k, list.length));
  };
  const first = by('first', (c) => hostIndex.get(c) ?? H);
  const sharesOfFirst = baseShares(model, model.byId.get('first') as number);
  const networks = new Float64Array(H + 1);
  first.forEach((h, k) => {
    networks[h] = (networks[h] as number) + (sharesOfFirst[k] as number);
  });
  const english = by('english', (c) => (c === 'B2' || c === 'C1' ? 1 : 0));
  const means = by('savings', (_, k, size) => (size > 1 ? k / (size - 1) : 0));
  const employer = by('employer', (c) => (c === 'russian' ? 1 : 0));
  const works = by('occupation', (c) => (c === 'student' || c === 'retired' ? 0 : 1));
  const liable = by('military', (c) => (c === 'none' ? 0 : 1));
  const exposure = by('exposure', (c) => (c === 'none' ? 0 : 1));
  const deserter = by('military', (c) => (c === 'deserter' || c === 'summoned' ? 1 : 0));
  const eye = new LawEye(t.book, people);
  return {
    n,
    ids: Int32Array.from({ length: n }, (_, i) => people.offset + i),
    weights: Float64Array.from(people.weights, (w) => Math.round(w * UNITS)),
    leaves: Int32Array.from({ length: n }, (_, i) => people.leaves(i)),
    first: Int16Array.from(code('first'), (c) => first[c] as number),
    groups: membership(t.book, eye, subgroups, model.on),
    groupCount: subgroups.length + 1,
    liable: Uint8Array.from(code('military'), (c) => liable[c] as number),
    exposed: Uint8Array.from(code('exposure'), (c, i) =>
      (exposure[c] as number) || (deserter[code('military')[i] as number] as number) ? 1 : 0,
    ),
    english: Uint8Array.from(code('english'), (c) => english[c] as number),
    means: Float64Array.from(code('savings'), (c) => means[c] as number),
    russianEmployer: Uint8Array.from(code('employer'), (c) => employer[c] as number),
    works: Uint8Array.from(code('occupation'), (c) => works[c] as number),
    networks,
  };
}
