/** Days under a stay rule: used, left, the last lawful day, the next lawful entry. */

import { maxStayFrom, nextEntry, overstay, usedOn } from '../calendar/allowance.ts';
import { LAST_DAY } from '../calendar/civil.ts';
import type { Visit } from '../calendar/counting.ts';
import type { DaySet } from '../calendar/intervals.ts';
import type { LawBook } from '../law/book.ts';
import { changeDays } from '../law/resolve.ts';
import type { Provision } from '../law/types.ts';
import { countedCountries, countedVisits, countingsOf } from '../person/counting.ts';
import { papersUntil } from '../person/papers.ts';
import type { Situation } from '../person/types.ts';
import type { Day } from '../rules/ir.ts';
import { heldUntil } from './held.ts';

/** How many days a stay rule leaves on a day. Where a number is missing it is not known. */
export type StayAnswer = {
  readonly rule: string;
  readonly on: Day;
  /** Days used in the window ending on `on`, of the counting that ends first; `undefined` = not known. */
  readonly used: number | undefined;
  /** Lawful days left, `on` counted; 0 if `on` is not lawful. `undefined` = not known. */
  readonly left: number | undefined;
  /** Last lawful day if present without a break from `on`; `undefined` if presence on `on` is not lawful, or not known. */
  readonly lastDay: Day | undefined;
  /** Unlawful days up to and including `on`. */
  readonly overstayDays: number | undefined;
  readonly firstUnlawful: Day | undefined;
  /** Whoever is over their time on `on`: the last day on which they were not. */
  readonly overSince: Day | undefined;
  /**
   * Whoever is there now: the next entry if they leave on the last lawful day (today, if they are already over).
   * Whoever is elsewhere: the first day from `on` on which they may enter. `upTo` is the last lawful day of that stay.
   */
  readonly nextEntry: { readonly day: Day; readonly upTo: Day } | undefined;
  /** Whether the person is in the rule's countries on `on`, and under this rule as far as is known. */
  readonly present: boolean;
  /** Facts without which the answer is not certain; the figures then rest on the present stay alone. */
  readonly missing: readonly string[];
  /** A day after `on` on which the rule itself changes, before `lastDay`: the figures beyond it are of the old rule. */
  readonly ruleChanges: Day | undefined;
};

/** Applies a stay rule to a situation on a day. Whether the person may use the rule at all is another question (`assess`). */
export function stayAnswer(book: LawBook, rule: Provision, s: Situation, on: Day): StayAnswer {
  const countings = countingsOf(rule, on);
  const missing: string[] = [];
  const here = s.place !== undefined && countedCountries(book, rule, on).includes(s.place);
  const present = here && (s.since === undefined || s.since <= on);
  if (s.place === undefined) missing.push('now.country');
  if (present && s.since === undefined) missing.push('now.since');
  const unknown: StayAnswer = {
    rule: rule.id,
    on,
    used: undefined,
    left: undefined,
    lastDay: undefined,
    overstayDays: undefined,
    firstUnlawful: undefined,
    overSince: undefined,
    nextEntry: undefined,
    present,
    missing,
    ruleChanges: undefined,
  };
  if (!countings || missing.length) return unknown;
  const history = countedVisits(book, rule, s);
  const needsHistory = countings.some((c) => c.kind !== 'perEntry' || (c.gapDays ?? 0) > 0);
  if (history === undefined && needsHistory) missing.push('stays');
  const visits: Visit[] = history ?? (present && s.since !== undefined ? [{ from: s.since, to: undefined }] : []);
  const counted = maxStayFrom(countings, visits, on);
  // The stay ends with the passport, or with the permit that lets one in, where the law says so.
  const papers = least(
    rule.passportBound ? papersUntil(s) : undefined,
    rule.holdingBound ? heldUntil(book, rule, s, on) : undefined,
  );
  const last =
    counted === undefined || papers === undefined ? counted : papers < on ? undefined : Math.min(counted, papers);
  const uses = usedOn(countings, visits, on);
  // The counting that runs out first speaks for all: its own last day is the earliest.
  let speaks = 0;
  let earliest = Number.POSITIVE_INFINITY;
  countings.forEach((c, i) => {
    const end = maxStayFrom([c], visits, on) ?? Number.NEGATIVE_INFINITY;
    if (end < earliest) [speaks, earliest] = [i, end];
  });
  const over = overstay(countings, visits, on);
  const from = Math.min(present ? (last ?? on) + 1 : on, LAST_DAY);
  // What is left of the present visit after a permit ends lies ahead: whoever leaves before has no part in it.
  const cut = last ?? on;
  const leaving = present
    ? visits.flatMap((v) => (v.to !== undefined ? [v] : v.from <= cut ? [{ from: v.from, to: cut }] : []))
    : visits;
  const entry = nextEntry(countings, leaving, from);
  const change = changeDays(rule, on, last ?? on)[0];
  return {
    ...unknown,
    used: uses[speaks]?.used,
    left: last === undefined ? 0 : last - on + 1,
    lastDay: last,
    overstayDays: over.days,
    firstUnlawful: over.first,
    overSince: present ? (lastBefore(over.unlawful, on) ?? (last === undefined ? papers : undefined)) : undefined,
    nextEntry: entry,
    ruleChanges: change,
  };
}

const least = (a: Day | undefined, b: Day | undefined): Day | undefined =>
  a === undefined ? b : b === undefined ? a : Math.min(a, b);

/** The day before the run of unlawful days that `on` belongs to; `undefined` if `on` is lawful. */
function lastBefore(unlawful: DaySet, on: Day): Day | undefined {
  const run = unlawful.find((i) => i.from <= on && on <= i.to);
  return run && run.from - 1;
}
