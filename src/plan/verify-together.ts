/**
 * The second reading of what is said of a family: each member's way is replayed by the verifier's own walk, step by step over `moves`
 * and `apply`, and presence is asked of anew. What it does not find as said is no longer said: it becomes "not known".
 */
import type { LawBook } from '../law/book.ts';
import { moves } from '../moves/moves.ts';
import type { Assumption, Doubt, Draw, Move } from '../moves/types.ts';
import type { Situation } from '../person/types.ts';
import { concluded, type MemberLeg, type MemberWalk, type Together, togetherOf } from './together-types.ts';
import { begin, lawfulThrough, take, type Walk } from './verify-walk.ts';

/** What the second reading found otherwise: of which member, on which leg (-1: the start), in words. */
export type Otherwise = { readonly member: number; readonly leg: number; readonly reason: string };

/** Replays every member. Empty where all was found as said. */
export function rereadTogether(book: LawBook, t: Together, draw: Draw): Otherwise[] {
  return t.members.flatMap((w, member) => reread(book, w, draw).map((x) => ({ member, ...x })));
}

/** The same answer with everything taken back that the second reading did not find. */
export function withdrawn(t: Together, found: readonly Otherwise[]): Together {
  if (found.length === 0) return t;
  return togetherOf(
    t.members.map((w, member) => {
      const legs = new Set(found.filter((x) => x.member === member).map((x) => x.leg));
      const unsure = (l: MemberLeg, i: number): MemberLeg =>
        legs.has(i) ? { ...l, outcome: undefined, why: [...l.why, { kind: 'unsure' }] } : l;
      return concluded({ ...w, start: unsure(w.start, -1), legs: w.legs.map(unsure) });
    }),
    t.order,
  );
}

/** Whether an entry supposes a passport of somebody told to have none. */
const supposesPaper = (m: Move, s: Situation): boolean =>
  m.kind === 'enter' && s.documents?.length === 0 && m.assumes.some((a) => a.fact.startsWith('passport.'));

function reread(book: LawBook, w: MemberWalk, draw: Draw): { leg: number; reason: string }[] {
  const out: { leg: number; reason: string }[] = [];
  const said = (leg: number): MemberLeg | undefined => (leg < 0 ? w.start : w.legs[leg]);
  let walk: Walk | undefined;
  const told: { assumes: Assumption[]; doubts: Doubt[] } = { assumes: [], doubts: [] };
  /** The leg with which the present stay began. */
  let stay = -1;
  for (const t of w.track) {
    switch (t.kind) {
      case 'begin':
        walk = begin(book, t.from);
        break;
      case 'through': {
        const reach = walk
          ? Math.max(walk.covered, lawfulThrough(book, walk.situation).through)
          : Number.NEGATIVE_INFINITY;
        if (said(t.leg)?.outcome === true && reach < t.day)
          out.push({ leg: t.leg, reason: `found presence lawful to day ${reach}; said to last to day ${t.day}.` });
        break;
      }
      case 'ends': {
        const reach = walk ? Math.max(walk.covered, lawfulThrough(book, walk.situation).through) : Number.NaN;
        if (said(t.leg)?.outcome === false && !(reach <= t.by && t.by < t.needed))
          out.push({ leg: t.leg, reason: `found presence lawful to day ${reach}; said to end on day ${t.by}.` });
        break;
      }
      case 'shut': {
        const open = moves(book, t.from, {
          countries: new Set([t.country]),
          routes: new Set(),
          horizon: t.from.on,
        }).filter((m) => m.kind === 'enter' && m.earliest <= t.from.on && !supposesPaper(m, t.from));
        if (said(t.leg)?.outcome === false && open.length > 0)
          out.push({ leg: t.leg, reason: `found ${t.country} open to the member; said to be closed.` });
        break;
      }
      case 'step': {
        const here: Walk | undefined = walk && {
          ...walk,
          situation: { ...walk.situation, person: t.person, assumed: new Map() },
        };
        told.assumes.push(...t.assumes);
        told.doubts.push(...t.doubts);
        const taken = here ? take(book, here, t.step, t, told, draw) : undefined;
        if (taken?.ok) walk = taken.walk;
        else {
          const reason = taken && !taken.ok ? taken.reason : 'found no way that leads there.';
          // The step itself, and the stay before it, are both said to be lawful.
          for (const leg of t.outcome === true ? new Set([t.leg, stay]) : [])
            if (said(leg)?.outcome === true) out.push({ leg, reason });
          walk = begin(book, t.after);
        }
        if (t.step.kind === 'enter') stay = t.leg;
        break;
      }
    }
  }
  return out;
}
