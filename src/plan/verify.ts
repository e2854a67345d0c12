/**
 * The verifier: a second opinion on a plan, independent of the search that made it. The plan is replayed over `moves` and
 * `apply` from the start; whatever is not lawful, not stated, or not so many days or euro as the plan says, is refused.
 */
import { addMonths, formatDay } from '../calendar/civil.ts';
import type { LawBook } from '../law/book.ts';
import { dangersIn } from '../moves/dangers.ts';
import { processingDays } from '../moves/moves.ts';
import { type Doubt, type Draw, type Move, PROCESSING_NOT_STATED } from '../moves/types.ts';
import { beginningPlan } from '../person/learning.ts';
import { convert, savingsOn } from '../person/money.ts';
import { currentStatuses } from '../person/situation.ts';
import type { Situation } from '../person/types.ts';
import type { Fallback, Goal, Leg, Metrics, Plan, Refusal } from './types.ts';
import {
  begin,
  dayInWords,
  lawfulThrough,
  type Said,
  same,
  stepInWords,
  take,
  unsaidWaiting,
  type Walk,
} from './verify-walk.ts';

/** Which of the stated processing times the plan was made with. */
export type VerifyOptions = { readonly processing: 'usual' | 'longest' };

/** Whether a plan holds when it is replayed move by move; if not, every reason. */
export type Verdict =
  | { readonly ok: true; readonly metrics: Metrics }
  | { readonly ok: false; readonly refusals: readonly Refusal[] };

/** What the replay adds up beside the walk. */
type Sums = { cents: number; discretionary: number; moves: number };

/** How refusals are survived, as the fallbacks turn out. */
type Survival = { none: boolean; broken: boolean };

/**
 * Replays a plan. Refusals name the leg by its index from 0; what concerns the whole plan has the number of legs as its
 * step. The replay ends at the first step that cannot be taken; figures are then not compared.
 *
 * Days are counted from one step to the next, the last step's day excluded. Presence that is not known to be lawful counts
 * as not lawful; it is let pass, and counted, only for who was out of status at the start and until they no longer are.
 */
export function verifyPlan(book: LawBook, start: Situation, goal: Goal, plan: Plan, options: VerifyOptions): Verdict {
  const refusals: Refusal[] = [];
  const sums: Sums = { cents: 0, discretionary: 0, moves: 0 };
  const survival: Survival = { none: false, broken: false };
  const draw: Draw = { processing: options.processing, granted: true };
  let walk = begin(book, beginningPlan(start));
  let missing = 0;
  for (const [i, leg] of plan.legs.entries()) {
    const refuse = (reason: string): void => void refusals.push({ step: i, reason: `${stepInWords(leg)}: ${reason}` });
    const before = saidBy(plan, i);
    const taken = take(book, walk, leg, leg, before, draw);
    if (!taken.ok) return { ok: false, refusals: [...refusals, { step: i, reason: taken.reason }] };
    for (const r of misstated(book, walk, taken.walk, leg, taken.move)) refuse(r);
    for (const r of added(book, sums, leg, taken.move)) refuse(r);
    for (const r of leg.kind === 'await' ? fallbacks(book, walk, plan, i, taken.move, draw, survival) : stray(plan, i))
      refuse(r);
    walk = taken.walk;
    missing = Math.max(missing, -(savingsOn(book, walk.situation, walk.situation.on)?.amount ?? 0));
  }
  const last = plan.legs.length;
  const whole = (reason: string): void => void refusals.push({ step: last, reason });
  const missed = goalMissed(book, start, goal, walk, saidBy(plan, last));
  if (missed) whole(missed);
  for (const a of plan.legs.flatMap((l) => l.assumes)) {
    if (!plan.assumes.some((x) => x.key === a.key && same(x.value, a.value))) {
      whole(
        `The plan's own list of assumptions: found no "${a.key}" as one of its legs has it; expected every assumption of every leg.`,
      );
    }
  }
  if (Math.abs(missing - (plan.short?.by.amount ?? 0)) > 0.005)
    whole(
      `Money: the plan says that ${plan.short ? plan.short.by.amount : 'nothing'} is missing; expected ${missing ? `${missing.toFixed(2)} ${start.cash?.currency}` : 'nothing'}, by the savings told and the fees of the replay.`,
    );
  const metrics = metricsOf(start, walk, sums);
  for (const r of differences(metrics, plan.metrics)) whole(r);
  const survives = !survival.none && !survival.broken;
  if (plan.survivesAnyOneRefusal !== survives) {
    whole(
      plan.survivesAnyOneRefusal
        ? 'The plan says that it survives any one refusal: found a decision without a lawful way on after a refusal; expected survivesAnyOneRefusal to be false.'
        : 'The plan says that it does not survive any one refusal: found a lawful way on after each; expected survivesAnyOneRefusal to be true.',
    );
  }
  return refusals.length ? { ok: false, refusals } : { ok: true, metrics };
}

/** What the plan states up to leg `i`, that leg included, and for itself as a whole. */
function saidBy(plan: Plan, i: number): Said {
  const legs = plan.legs.slice(0, i + 1);
  return { assumes: [...plan.assumes, ...legs.flatMap((l) => l.assumes)], doubts: legs.flatMap((l) => l.doubts) };
}

/** What a leg says of its move beside the step, where it is not so. */
function misstated(book: LawBook, before: Walk, after: Walk, leg: Leg, move: Move): string[] {
  const out: string[] = [];
  const s = after.situation;
  const places = leg.kind === 'enter' ? [leg.country, move.provision.jurisdiction] : [move.provision.jurisdiction];
  if (!places.includes(leg.jurisdiction))
    out.push(`found the jurisdiction "${leg.jurisdiction}"; expected ${places[0]}.`);
  const decision = move.kind === 'enter' ? undefined : move.decision;
  if (leg.decision !== undefined && leg.decision !== decision) {
    out.push(
      `found the decision stated as "${leg.decision}"; expected ${decision ? `"${decision}"` : 'none, since nobody decides here'}.`,
    );
  }
  if (leg.until !== undefined) {
    const granted = (s.holdings ?? []).filter((h) => !(before.situation.holdings ?? []).includes(h)).map((h) => h.to);
    const ends = [lawfulThrough(book, s).through, ...granted.map((to) => to ?? Number.POSITIVE_INFINITY)];
    if (move.kind === 'enter' && move.until !== undefined) ends.push(move.until);
    const last = Math.max(...ends);
    if (!(leg.until <= last))
      out.push(`found ${dayInWords(leg.until)} as the last lawful day; expected ${formatDay(last)} or earlier.`);
  }
  if (leg.kind === 'enter') {
    for (const d of dangersIn(book, s, leg.country, leg.day, ['presence'])) {
      if (leg.dangers.some((x) => x.provision === d.provision && x.outcome === d.outcome)) continue;
      out.push(
        `found no danger ${d.provision} as ${d.outcome ? 'concerning the person' : 'possibly concerning the person'}; expected it to be named.`,
      );
    }
  }
  return out;
}

/** Adds a move to the sums; what of it the plan should have said and did not. */
function added(book: LawBook, sums: Sums, leg: Leg, move: Move): string[] {
  if (move.kind === 'await') {
    if (move.decision !== 'right') sums.discretionary++;
    return [];
  }
  sums.moves++;
  if (move.kind === 'enter') return [];
  const euro = move.fee.map((fee) => convert(book, fee, 'EUR', leg.day));
  for (const e of euro) if (e) sums.cents += Math.round(e.amount * 100);
  const unknown: Doubt = { kind: 'fee-not-known', route: move.route };
  const named = (d: Doubt): boolean => leg.doubts.some((x) => same(x, d));
  return euro.includes(undefined) && !named(unknown)
    ? ['found a fee in a currency without a rate that day; expected the doubt "fee-not-known".']
    : [];
}

/** Fallbacks where they have no place: on a step that nobody decides, or for an answer the plan never waits for. */
function stray(plan: Plan, i: number): string[] {
  const leg = plan.legs[i] as Leg;
  if (!leg.fallback) return [];
  const answered =
    leg.kind === 'file' && plan.legs.slice(i + 1).some((l) => l.kind === 'await' && l.route === leg.route);
  return answered ? [] : ['found a fallback where the plan waits for no decision; expected it with a decision.'];
}

/** The fallback of the decision awaited on leg `i`: stated with the answer, or with the application it answers. */
function fallbacks(
  book: LawBook,
  walk: Walk,
  plan: Plan,
  i: number,
  move: Move,
  draw: Draw,
  survival: Survival,
): string[] {
  const leg = plan.legs[i] as Leg & { kind: 'await' };
  const filed = plan.legs.slice(0, i).findLast((l) => l.kind === 'file' && l.route === leg.route);
  const out: string[] = [];
  const pending = walk.situation.pending.find((p) => p.route === leg.route);
  if (pending && !processingDays(move.provision, pending.filed, draw).stated) {
    const named = [...leg.doubts, ...(filed?.doubts ?? [])].some(
      (d) => d.kind === 'processing-not-stated' && d.route === leg.route,
    );
    if (!named)
      out.push(
        `found no doubt "processing-not-stated"; expected it, since no source states how long this takes (${PROCESSING_NOT_STATED} days are taken).`,
      );
  }
  const given = [...new Set([leg.fallback, filed?.fallback].filter((f) => f !== undefined))];
  if (given.length === 0 && move.kind === 'await' && move.decision !== 'right') {
    survival.broken = true;
    out.push(
      `found no word on what happens if it is refused (the decision is "${move.decision}"); expected a fallback, or that there is none.`,
    );
  }
  for (const f of given) {
    const broken = fallbackBroken(book, walk, plan, i, f, draw);
    out.push(...broken);
    if (f.none) survival.none = true;
    if (broken.length) survival.broken = true;
  }
  return out;
}

/** Replays one fallback after a refusal on the day of leg `i`; what is wrong with it. */
function fallbackBroken(book: LawBook, walk: Walk, plan: Plan, i: number, f: Fallback, draw: Draw): string[] {
  const leg = plan.legs[i] as Leg & { kind: 'await' };
  const out: string[] = [];
  if (f.on !== leg.day)
    out.push(
      `the fallback: found a refusal on ${dayInWords(f.on)}; expected ${formatDay(leg.day)}, the day of the answer.`,
    );
  const refused: Situation = {
    ...walk.situation,
    pending: walk.situation.pending.map((p) => (p.route === leg.route ? { ...p, granted: false } : p)),
  };
  const said = saidBy(plan, plan.legs.length);
  const answer = take(book, { ...walk, situation: refused }, leg, leg, said, draw);
  if (answer.ok) out.push(...untilOverstated(book, answer.walk, f));
  if (f.none) {
    if (f.steps.length)
      out.push(`the fallback: found ${f.steps.length} steps where it says that there is no way on; expected none.`);
    return out;
  }
  if (!answer.ok) return [...out, `the fallback: after a refusal, ${answer.reason}`];
  let after = answer.walk;
  for (const step of f.steps) {
    const taken = take(book, after, step, said, said, draw);
    if (!taken.ok) return [...out, `the fallback: ${taken.reason}`];
    after = taken.walk;
  }
  const end = lawfulThrough(book, after.situation);
  // To "stay" must be more than the day of the refusal itself.
  if (end.through <= after.situation.on) {
    out.push(
      `the fallback: found no lawful presence in ${after.situation.place ?? 'an unknown country'} after ${formatDay(after.situation.on)}; expected steps to where it goes on, or that there is no way on.`,
    );
  } else {
    const unsaid = unsaidWaiting(end.lawful, said);
    if (unsaid) out.push(`the fallback: ${unsaid}`);
  }
  return out;
}

/** A last lawful day after the refusal that is later than the law's. */
function untilOverstated(book: LawBook, after: Walk, f: Fallback): string[] {
  if (f.lawfulUntil === undefined) return [];
  const last = Math.max(lawfulThrough(book, after.situation).through, after.covered);
  if (f.lawfulUntil <= last) return [];
  return [
    `the fallback: found ${dayInWords(f.lawfulUntil)} as the last lawful day after a refusal; expected ${formatDay(last)} or earlier.`,
  ];
}

/** Why the goal does not hold at the end, in words; `undefined` where it does. */
function goalMissed(book: LawBook, start: Situation, goal: Goal, walk: Walk, said: Said): string | undefined {
  const s = walk.situation;
  if (goal.kind === 'years') {
    const { through, lawful } = lawfulThrough(book, s);
    const need = addMonths(start.on, 12 * goal.years, 'clamp') - start.on;
    const days = Math.max(through, walk.covered) - start.on + 1 - walk.unlawfulDays;
    if (days < need) {
      return `The goal: found ${Math.max(0, days)} days of lawful presence from ${formatDay(start.on)}; expected ${need} (${goal.years} years).`;
    }
    // What lies beyond the last step is waiting, too.
    const unsaid = walk.covered - start.on + 1 - walk.unlawfulDays < need ? unsaidWaiting(lawful, said) : undefined;
    return unsaid && `The goal: ${unsaid}`;
  }
  const wanted: Record<typeof goal.kind, readonly string[]> = {
    permanent: ['permanent', 'citizenship'],
    citizenship: ['citizenship'],
    protection: ['protection'],
  };
  const held = currentStatuses(book, s, s.on);
  if (held.some((h) => wanted[goal.kind].includes(h.stands))) return undefined;
  const found = held.length ? held.map((h) => `${h.holding.status} (${h.stands})`).join(', ') : 'no status';
  return `The goal: found ${found} held on ${formatDay(s.on)}; expected one that stands for ${wanted[goal.kind].join(' or ')}.`;
}

function metricsOf(start: Situation, walk: Walk, sums: Sums): Metrics {
  return {
    daysToGoal: walk.situation.on - start.on,
    discretionarySteps: sums.discretionary,
    discretionDays: walk.discretionDays,
    costEur: sums.cents / 100,
    moves: sums.moves,
    dangerDays: walk.dangerDays,
    unlawfulDays: walk.unlawfulDays,
  };
}

const NAMES: Record<keyof Metrics, string> = {
  daysToGoal: 'Days to the goal',
  discretionarySteps: 'Decisions at discretion',
  discretionDays: 'Days waiting on discretion',
  costEur: 'Fees in euro',
  moves: 'Moves (entries and applications)',
  dangerDays: 'Days in danger',
  unlawfulDays: 'Days without lawful presence',
};

function differences(found: Metrics, stated: Metrics): string[] {
  return (Object.keys(NAMES) as (keyof Metrics)[]).flatMap((k) =>
    // Cents may have gone through floating point; everything else is a whole number.
    Math.abs(found[k] - stated[k]) < 1e-6
      ? []
      : [`${NAMES[k]}: the plan states ${stated[k]}; expected ${found[k]}, as the replay finds.`],
  );
}
