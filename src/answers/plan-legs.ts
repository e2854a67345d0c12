/** A plan walked again leg by leg, so that each leg can say why it is open: with the law, the day and the answers of that leg. */
import { type PartReasons, reasonsOf } from '../check/because.ts';
import type { LawBook } from '../law/book.ts';
import type { Provision } from '../law/types.ts';
import { apply, enterMoves, fileMoves } from '../moves/moves.ts';
import type { Draw, File, Move } from '../moves/types.ts';
import { beginningPlan } from '../person/learning.ts';
import type { Situation } from '../person/types.ts';
import type { Leg, Plan, Step } from '../plan/types.ts';

export type WalkedLeg = {
  readonly leg: Leg;
  /** Where the leg stands: the route, the stay rule or the status. */
  readonly provision: Provision | undefined;
  /** Why the move is open; of an awaited answer, why its application was. */
  readonly reasons: readonly PartReasons[];
  /** Ids of reasons that hold only with the answers which the plan assumes. */
  readonly supposed: ReadonlySet<string>;
  /** The move itself, where the walk could find it again. */
  readonly move: Move | undefined;
  /** Of an answer: whether the plan itself files the application. */
  readonly filed: boolean;
  readonly before: Situation;
  readonly after: Situation;
};

/** Walks a plan from its start. A leg that cannot be found again keeps no reasons: whether it holds is the verifier's to say. */
export function walkPlan(book: LawBook, start: Situation, plan: Plan, processing: 'usual' | 'longest'): WalkedLeg[] {
  const draw: Draw = { processing, granted: true };
  let s = beginningPlan(start);
  const filed = new Map<string, readonly [PartReasons[], ReadonlySet<string>]>();
  return plan.legs.map((leg) => {
    const before = s;
    const move = moveOf(book, s, leg);
    const id = leg.kind === 'enter' ? leg.under : leg.route;
    const provision = book.provisions.get(id);
    let [reasons, supposed]: readonly [PartReasons[], ReadonlySet<string>] = (leg.kind === 'await'
      ? filed.get(leg.route)
      : undefined) ?? [[], new Set()];
    if (move && move.kind !== 'await') {
      // The answers that the leg assumes are taken as given: what they open is then open in the reasons, too.
      const seen: Situation = {
        ...s,
        on: leg.day,
        assumed: new Map([
          ...s.assumed,
          ...leg.assumes.flatMap((a) => (a.value === undefined ? [] : [[a.key, a.value] as const])),
        ]),
      };
      reasons = reasonsOf(book, move.eligibility, seen, leg.day, move.provision.id);
      const told = reasonsOf(
        book,
        move.eligibility,
        { ...s, on: leg.day, assumed: start.assumed },
        leg.day,
        move.provision.id,
      );
      const known = new Set(told.flatMap((r) => r.because.filter((b) => b.outcome === 'yes').map((b) => b.id)));
      supposed = new Set(reasons.flatMap((r) => r.because.map((b) => b.id).filter((id) => !known.has(id))));
    }
    if (leg.kind === 'file') filed.set(leg.route, [reasons, supposed]);
    if (move) s = apply(book, s, move, leg.day, draw);
    return {
      leg,
      provision,
      reasons,
      supposed,
      move,
      filed: leg.kind === 'await' && filed.has(leg.route),
      before,
      after: s,
    };
  });
}

type Wanted = Step & Partial<Pick<Leg, 'decision' | 'doubts'>>;

/** The move that a leg is, where it is open from a situation on the leg's own day. */
export const moveOf = (book: LawBook, s: Situation, leg: Wanted): Move | undefined => movesOf(book, s, leg)[0];

/** The moves that are a leg, each with the papers or the offer it rests on. */
export function movesOf(book: LawBook, s: Situation, leg: Wanted): Move[] {
  const on: Situation = { ...s, on: leg.day };
  switch (leg.kind) {
    case 'enter':
      return enterMoves(book, s, leg.country, leg.day, leg.day, false).filter((m) => m.under === leg.under);
    case 'file': {
      const route = book.provisions.get(leg.route);
      const found: readonly File[] = route ? fileMoves(book, on, route, leg.day, false) : [];
      return found.filter((m) => m.earliest <= leg.day).map((m) => ({ ...m, earliest: leg.day }));
    }
    case 'await': {
      const provision = book.provisions.get(leg.route);
      return provision
        ? [
            {
              kind: 'await',
              route: leg.route,
              provision,
              earliest: leg.day,
              latest: leg.day,
              decision: leg.decision ?? 'discretion',
              doubts: leg.doubts ?? [],
            },
          ]
        : [];
    }
  }
}
