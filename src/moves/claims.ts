/**
 * Requests for asylum that the person file tells of (`claims`): one that waits for its answer is an application like any
 * other and is not made again; one that was refused, withdrawn or left behind is not as if it had never been made.
 */
import { type LawBook, ofKind, statusTerms } from '../law/book.ts';
import { filingAt, inForce } from '../law/resolve.ts';
import type { Provision } from '../law/types.ts';
import { isCurrent, situationOf } from '../person/situation.ts';
import type { Holding, Pending, Person, Situation } from '../person/types.ts';
import type { Day, Rec, Tri } from '../rules/ir.ts';
import { routeEligibility } from './eligible.ts';
import { processingDays } from './processing.ts';
import type { Doubt } from './types.ts';

/** A request for asylum as the person file tells of it. What was not told is missing. */
type Claim = { readonly country?: string; readonly filed?: Day; readonly decision?: string };

export const claimsOf = (s: Situation): readonly Claim[] =>
  (s.person.facts.get('claims') as readonly Rec[] | undefined) ?? [];

/**
 * The situation a person is in on a day, with the requests for asylum that wait for their answer where the person is. The
 * longest time that the law states is taken, from the day of the request; where that has passed, or the day was not told,
 * from the day asked about (`late`): nobody can tell when an answer that is overdue will come.
 */
export function startOf(book: LawBook, person: Person, on: Day): Situation {
  const s = situationOf(person, on);
  const place = s.place;
  if (place === undefined) return s;
  const ways = claimRoutes(book, place, on);
  const applicant = ways.flatMap((r) => applicantStatus(book, r) ?? [])[0];
  const claim = claimsOf(s).findLast((c) => c.country === place && c.decision === 'pending');
  // Who holds the papers of an applicant has asked, too.
  const paper = (s.holdings ?? []).find((h) => h.status === applicant && isCurrent(h, on));
  if (!claim && !paper && (applicant === undefined || s.under !== applicant)) return s;
  const told = claim?.filed ?? paper?.from;
  const filed = told !== undefined && told <= on ? told : undefined;
  let holdings = s.holdings;
  if (applicant !== undefined && !paper) {
    const held: Holding = { status: applicant, country: place, from: filed ?? on };
    // Who told nothing of permits is not thereby somebody who has had none.
    holdings = holdings === undefined ? undefined : [...holdings, held];
  }
  const asApplicant: Situation = {
    ...s,
    holdings,
    ...(s.under === undefined && applicant !== undefined ? { under: applicant } : {}),
  };
  const decides =
    applicant === undefined
      ? ways
      : ofKind(book, 'route').filter(
          (r) => inForce(r, on) !== 'no' && filingAt(r, on)?.from?.includes(applicant) && protects(book, r),
        );
  const route = likeliest(book, decides, asApplicant, on);
  if (!route) return asApplicant;
  const longest = (from: Day): Day => from + processingDays(route, from, { processing: 'longest', granted: true }).days;
  const due = filed === undefined ? undefined : longest(filed);
  const late = due === undefined || due <= on;
  const pending: Pending = {
    route: route.id,
    filed: filed ?? on,
    place,
    inCountry: true,
    decided: late ? longest(on) : due,
    granted: true,
    document: undefined,
    ...(late ? { late: true } : {}),
  };
  return { ...asApplicant, pending: [pending] };
}

/** The routes by which asylum is asked for in a country: one procedure, whatever it may end in. */
function claimRoutes(book: LawBook, country: string, on: Day): Provision[] {
  return ofKind(book, 'route').filter(
    (r) => r.claim === 'asylum' && r.jurisdiction === country && inForce(r, on) !== 'no',
  );
}

/** The status of whoever waits for the answer, where the law has one. */
function applicantStatus(book: LawBook, r: Provision): string | undefined {
  const status = r.grants?.status;
  return status !== undefined && statusTerms(book, status)?.terms.stands === 'pending' ? status : undefined;
}

const protects = (book: LawBook, r: Provision): boolean =>
  r.grants?.status !== undefined && statusTerms(book, r.grants.status)?.terms.stands === 'protection';

/** Of the outcomes that one procedure may have, the one whose conditions are met; where several are, the one that leads furthest. */
function likeliest(book: LawBook, routes: readonly Provision[], s: Situation, on: Day): Provision | undefined {
  const rank = (t: Tri): number => (t === true ? 0 : t === undefined ? 1 : 2);
  const leads = (r: Provision): number => statusTerms(book, r.grants?.status ?? '')?.terms.leadsTo?.length ?? 0;
  return routes
    .map((r) => ({ r, rank: rank(routeEligibility(book, r, s, on).outcome) }))
    .filter((x) => x.rank < 2)
    .sort((a, b) => a.rank - b.rank || leads(b.r) - leads(a.r) || (a.r.id < b.r.id ? -1 : 1))[0]?.r;
}

/**
 * Whether an application for a route waits for its answer already: the same one, or, of a request for asylum, any in that
 * country.
 */
export function isWaiting(book: LawBook, route: Provision, s: Situation): boolean {
  return s.pending.some((p) => {
    if (p.route === route.id) return true;
    if (route.claim !== 'asylum') return false;
    const other = book.provisions.get(p.route);
    return other?.jurisdiction === route.jurisdiction && (other.claim === 'asylum' || protects(book, other));
  });
}

/** Whether an application is given up by who leaves the country where it was made. */
export function endsByLeaving(book: LawBook, p: { readonly route: string; readonly inCountry: boolean }): boolean {
  const route = book.provisions.get(p.route);
  return p.inCountry && route !== undefined && (route.claim === 'asylum' || protects(book, route));
}

/**
 * The situation of somebody who goes to another country, without the requests for asylum that they leave behind there, and without the
 * papers of an applicant. In most laws leaving ends the procedure; no plan counts on an answer that would come all the same.
 */
export function leavingClaims(book: LawBook, s: Situation, to: string, on: Day): Situation {
  const stays = s.pending.filter((p) => p.place === to || !endsByLeaving(book, p));
  const applicant = (h: Holding): boolean =>
    isCurrent(h, on) &&
    (h.country ?? h.status.split('/')[0]) !== to &&
    statusTerms(book, h.status)?.terms.stands === 'pending';
  const holdings = s.holdings?.some(applicant)
    ? s.holdings.map((h) => (applicant(h) ? { ...h, to: on } : h))
    : s.holdings;
  return stays.length === s.pending.length && holdings === s.holdings ? s : { ...s, pending: stays, holdings };
}

/** Whether asylum was asked for in a country before, other than by the request that waits for its answer where the person is. */
const asked = (s: Situation, country: string): Claim | undefined =>
  claimsOf(s).find(
    (c) =>
      c.decision !== 'granted' &&
      (c.country === undefined || c.country === country) &&
      !(c.decision === 'pending' && c.country === s.person.now.country),
  );

/** Whether a request for asylum, or the answer awaited on it, is not the first in that country, or may not be. */
export function isRepeated(book: LawBook, route: Provision, s: Situation): boolean {
  return (route.claim === 'asylum' || protects(book, route)) && asked(s, route.jurisdiction) !== undefined;
}

/**
 * What is not certain about asking for asylum in a country where the person asked before: whether a second request is looked
 * at, and whether one may stay for it, hangs on what is new in it.
 */
export function askedBefore(route: Provision, s: Situation): Doubt[] {
  if (route.claim !== 'asylum') return [];
  const before = asked(s, route.jurisdiction);
  return before ? [{ kind: 'asked-before', route: route.id, decision: before.decision ?? '' }] : [];
}
