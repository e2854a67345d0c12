/** What the two solvers of `npm run bench -- peers` are told alike: which routes can matter at all, and the limits. */
import { parseDay } from '../src/calendar/civil.ts';
import type { Land, Permit } from './plan-worlds.ts';

/** Days from the start of the world; `year` is how many days a year has. */
export type PeerLimits = { readonly horizon: number; readonly moves: number; readonly year: number };

/** Costs: days to the goal, days hanging on discretion, EUR, moves, days in danger. */
export type PeerAnswer = {
  readonly front: readonly (readonly number[])[];
  /** Whether the solver proved that nothing is left. */
  readonly complete: boolean;
  /** Processor time, without loading the solver. */
  readonly seconds: number;
};

export type Peer = (lands: readonly Land[], limits: PeerLimits, seconds: number) => Promise<PeerAnswer>;

const START = parseDay('2026-01-01') as number;

type Ask = {
  readonly land: number;
  readonly fee: number;
  readonly takes: number;
  readonly decision: string;
  readonly mayStay: boolean;
};

/** The permits whose conditions the person meets and that open in time, and the homes that some of them count for. */
export function reachable(
  lands: readonly Land[],
  limits: PeerLimits,
): {
  readonly permits: readonly (Ask & { readonly permit: Permit; readonly opens: number })[];
  readonly homes: readonly (Ask & { readonly years: number; readonly counts: readonly string[] })[];
} {
  const permits = lands.flatMap((l, land) =>
    l.permits.flatMap((permit) => {
      const opens = permit.opens === undefined ? 0 : (parseDay(permit.opens) as number) - START;
      return permit.fits && opens <= limits.horizon
        ? [
            {
              land,
              permit,
              opens,
              fee: permit.fee,
              takes: permit.takes,
              decision: permit.decision,
              mayStay: permit.mayStay,
            },
          ]
        : [];
    }),
  );
  const have = new Set(permits.map((p) => p.permit.id));
  const homes = lands.flatMap((l, land) =>
    l.home.counts.some((id) => have.has(id)) ? [{ land, mayStay: true, ...l.home }] : [],
  );
  return { permits, homes };
}
