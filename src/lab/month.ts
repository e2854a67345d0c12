/** What the law says of a route, and of visits to a country, in a month of a run: the same for everybody. */
import { fromYmd, toYmd } from '../calendar/civil.ts';
import type { LawBook } from '../law/book.ts';
import { decisionAt, inForce, paramAt } from '../law/resolve.ts';
import type { PracticeRate, Provision } from '../law/types.ts';
import { assess } from '../moves/assess.ts';
import { bearingOnEntry, entryEligibility } from '../moves/eligible.ts';
import { heldUntil } from '../moves/held.ts';
import { stayRulesFor } from '../moves/lawful.ts';
import { processingDays } from '../moves/moves.ts';
import { stayAnswer } from '../moves/stay.ts';
import type { Situation } from '../person/types.ts';
import type { Day, Duration } from '../rules/ir.ts';
import type { Home } from './homes.ts';
import { NOWHERE } from './nowhere.ts';
import type { People, Probe } from './people.ts';

/** A route as a run needs it in one month. */
export type RouteMonth = {
  readonly live: boolean;
  readonly right: boolean;
  /** Days for which the status is granted; 0: no end. */
  readonly valid: number;
  readonly processing: number;
  /** Share granted in stated practice; negative where none is stated. */
  readonly practice: number;
  /** People who may be granted it in a year; negative: no limit. */
  readonly quota: number;
};

/** Visits to a country as a run needs them in one month. */
export type VisitMonth = {
  /** Days of a first visit; 0 where no stay rule is known. */
  readonly visit: number;
  /** Days from the last day of a full visit to the next entry; `TURNED` where visitors are turned away. */
  readonly gap: number;
  /** Whether a Russian passport may be enough, without a visa. */
  readonly free: boolean;
  /** The rule of an area, where the days of a visit are counted in all its countries together. */
  readonly shared: string | undefined;
};

/** A time to the next entry that is longer than anybody waits. */
export const TURNED = 1 << 29;

/**
 * What the law says of a route on a day. A home without a stated end (permanence, citizenship, protection for which no length is
 * stated) does not end; a permit of unstated length is taken to last a year.
 */
export function routeMonth({ route, via, stands }: Home, day: Day): RouteMonth {
  const v = route.grants?.valid
    ? (paramAt(route, route.grants.valid, day) as Duration | number | undefined)
    : undefined;
  const days = v === undefined ? 365 : typeof v === 'number' ? v : Math.round(v.months * 30.4375 + v.days);
  const endless =
    stands === 'permanent' ||
    stands === 'citizenship' ||
    (stands === 'protection' && route.grants?.valid === undefined);
  const said = [...(via?.practice ?? []), ...(route.practice ?? [])].filter((p) => p.unit === 'percent');
  const rate = practiceOn(
    said.filter((p) => /approval-rate|protection-rate|granted-of/.test(p.what)),
    day,
  );
  const refusal = practiceOn(
    said.filter((p) => /^(refusal|rejection)/.test(p.what)),
    day,
  );
  const quota = route.quota ? (paramAt(route, route.quota.param, day) as number | undefined) : undefined;
  return {
    live: inForce(route, day) !== 'no',
    right: decisionAt(route, day) === 'right',
    valid: endless ? 0 : Math.max(30, days),
    processing: processingDays(route, day, { processing: 'usual', granted: true }).days,
    practice: rate ? rate.value / 100 : refusal ? 1 - refusal.value / 100 : -1,
    quota: quota === undefined ? -1 : route.quota?.per === 'month' ? quota * 12 : quota,
  };
}

/** Of rates of several periods the one of the last period that had begun by a day; before all of them, the first. */
function practiceOn(rates: readonly PracticeRate[], day: Day): PracticeRate | undefined {
  let best: { readonly rate: PracticeRate; readonly from: Day } | undefined;
  for (const rate of rates) {
    const [, y, m] = /(\d{4})(?:-(\d{2}))?/.exec(String(rate.period)) ?? [];
    const from = y === undefined ? Number.NEGATIVE_INFINITY : fromYmd(Number(y), Number(m ?? 1), 1);
    const better = !best || (from <= day ? best.from > day || from >= best.from : best.from > day && from < best.from);
    if (better) best = { rate, from };
  }
  return best?.rate;
}

/** The longest first visit to a country, and how long one must be away after it. */
export function visitMonth(book: LawBook, people: People, host: string, day: Day): VisitMonth {
  let best: VisitMonth = { visit: 0, gap: 1, free: false, shared: undefined };
  let free = false;
  const outside = neutral(people, day, { place: NOWHERE, holdings: [] });
  for (const rule of stayRulesFor(book, host, day)) {
    const s = neutral(people, day, { place: host, since: day, under: rule.id, holdings: [] });
    const a = stayAnswer(book, rule, s, day);
    if (a.lastDay === undefined) continue;
    const visit = Math.min(3650, a.lastDay - day + 1);
    const lets = entryEligibility(book, rule, host, outside, day).outcome !== false;
    if (lets) free = true;
    if (visit <= best.visit) continue;
    const gap = a.nextEntry ? Math.max(1, a.nextEntry.day - a.lastDay) : 365;
    // Nobody sets out on a visa for a border at which the law lets everybody be turned away who comes on one.
    const turned = !lets && mayTurnAway(book, rule, host, outside, day);
    best = { visit, gap: turned ? TURNED : gap, free: false, shared: rule.area === undefined ? undefined : rule.id };
  }
  return { ...best, free };
}

/** Where a visit does not hang on a visa. */
export const NO_BOUND = 1 << 28;

/** The last day on which the visas of a row let it be in a country under the rules on visits of a day, or `NO_BOUND`. */
export function visaBound(book: LawBook, people: People, i: number, host: string, day: Day): Day {
  let bound = NO_BOUND;
  const holdings = people.visasOf(i, day);
  if (holdings.length === 0) return bound;
  for (const rule of stayRulesFor(book, host, day)) {
    if (!rule.holdingBound) continue;
    const s = neutral(people, day, { place: host, since: day, under: rule.id, holdings });
    bound = Math.min(bound, heldUntil(book, rule, s, day) ?? NO_BOUND);
  }
  return bound;
}

/** Whether a rule that officers may apply at the border certainly concerns whoever comes on a Russian passport with a visa. */
function mayTurnAway(book: LawBook, rule: Provision, host: string, outside: Situation, day: Day): boolean {
  return bearingOnEntry(book, rule, host, day).restrictions.some(
    (r) => r.strength === 'may' && inForce(r, day) === 'yes' && assess(book, r, outside, day).outcome === true,
  );
}

/** Somebody of whom filing and days of stay are asked: with a good passport and no visa, whoever the rows are. */
export function neutral(people: People, day: Day, probe: Probe): Situation {
  const documents = [
    {
      kind: 'passport',
      country: 'ru',
      biometric: true,
      issued: day - 365,
      expires: day + 3285,
      issuedInOccupiedTerritory: false,
    },
  ];
  const s = people.situation(0, day, probe);
  const { holdings } = probe;
  return { ...s, documents, holdings, person: { ...s.person, documents, holdings } };
}

/** Whole months from the first of a month to a day. */
export function monthIndex(first: Day, day: Day): number {
  const a = toYmd(first);
  const b = toYmd(day);
  return (b.y - a.y) * 12 + (b.m - a.m);
}
