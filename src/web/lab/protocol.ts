/** What the explorer's page and its workers say to each other. */
import type { FloorRow } from '../../lab/brief-floor.ts';
import type { Comparison } from '../../lab/compare.ts';
import type { Tally } from '../../lab/outcome.ts';
import type { Chances } from '../../lab/shard.ts';
import type { Text } from '../../rules/ir.ts';

/** A run as it is asked for. */
export type Asked = {
  readonly scenario: string;
  readonly persons: number;
  readonly draws: number;
  readonly seed: number;
};

export type ToWorker =
  /** Addresses of the law and of the lab's data, as modules of texts. */
  | { readonly law: string; readonly data: string }
  /** Some rows of a run. */
  | { readonly rows: readonly [number, number]; readonly of: Asked }
  /** The same rows again, where quotas ran out: laws, draws and everybody's chance of a place. */
  | { readonly rows: readonly [number, number]; readonly of: Asked; readonly chances: readonly Chances[] }
  /** The rows of all workers, added up, to be compared. */
  | { readonly tallies: readonly (readonly Tally[])[]; readonly of: Asked };

export type ScenarioWords = { readonly id: string; readonly title: Text; readonly why: Text; readonly from: number };
export type Found = {
  readonly comparison: Comparison;
  readonly tried: number;
  readonly kept: number;
  readonly met: number;
  readonly calibrated: boolean;
};

export type FromWorker =
  | {
      readonly ready: true;
      readonly digest: string;
      readonly scenarios: readonly ScenarioWords[];
      readonly groups: readonly { readonly id: string; readonly title: Text }[];
      readonly hosts: readonly string[];
      readonly parameters: readonly { readonly id: string; readonly says: Text }[];
    }
  | { readonly step: number }
  /** Tallies by law and draw, and the practical floor of these rows on a day. */
  | {
      readonly part: readonly (readonly Tally[])[];
      readonly floor: readonly FloorRow[];
      readonly floorOn: number;
      /** Places by law: route, year, places. */
      readonly quotas: readonly (readonly (readonly [number, number, number])[])[];
    }
  | { readonly second: readonly (readonly [law: number, draw: number, tally: Tally])[] }
  | { readonly found: Found }
  | { readonly failed: string };

/** Replicates and last day of every run of the explorer. */
export const REPLICATES = 4;
export const UNTIL = '2027-12-31';
/** Rows that a worker takes at a time: the law's tables of so many take some hundred megabytes. */
export const ROWS = 2500;
/** Steps of work of some rows: the floor, and each draw. */
export const stepsOf = (of: Asked): number => 1 + REPLICATES + of.draws;
