/** What the law says of a route, and of visits to a country, in a month of a run: the same for everybody. */
import { fromYmd, toYmd } from '../calendar/civil.ts';
import type { LawBook } from '../law/book.ts';
import { decisionAt, inForce, paramAt } from '../law/resolve.ts';
import type { PracticeRate } from '../law/types.ts';
import { stayRulesFor } from '../moves/lawful.ts';
import { processingDays } from '../moves/moves.ts';
import { stayAnswer } from '../moves/stay.ts';
import type { Situation } from '../person/types.ts';
import type { Day, Duration } from '../rules/ir.ts';
import type { Home } from './homes.ts';
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
  /** Days from the last day of a full visit to the next entry. */
  readonly gap: number;
};

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
  let best: VisitMonth = { visit: 0, gap: 1 };
  for (const rule of stayRulesFor(book, host, day)) {
    const s = neutral(people, day, { place: host, since: day, under: rule.id, holdings: [] });
    const a = stayAnswer(book, rule, s, day);
    if (a.lastDay === undefined) continue;
    const visit = Math.min(3650, a.lastDay - day + 1);
    if (visit > best.visit) best = { visit, gap: a.nextEntry ? Math.max(1, a.nextEntry.day - a.lastDay) : 365 };
  }
  return best;
}

/** Somebody of whom filing and days of stay are asked: with a good passport, whoever the rows are. */
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
  return { ...s, documents, person: { ...s.person, documents } };
}

/** Whole months from the first of a month to a day. */
export function monthIndex(first: Day, day: Day): number {
  const a = toYmd(first);
  const b = toYmd(day);
  return (b.y - a.y) * 12 + (b.m - a.m);
}
