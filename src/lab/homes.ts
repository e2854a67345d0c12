/** Which routes lead to a home, and of what kind. Read off what the provisions grant. */
import { type LawBook, ofKind, statusTerms } from '../law/book.ts';
import { decisionAt, filingAt } from '../law/resolve.ts';
import type { Decision, Provision } from '../law/types.ts';
import type { Day } from '../rules/ir.ts';

export type Home = {
  readonly route: Provision;
  /**
   * The application that comes first where the route is decided on from a status of applicants (asylum in most of Europe): both
   * must be open, and what is filed is the first.
   */
  readonly via?: Provision;
  readonly status: string;
  readonly stands: 'permit' | 'protection' | 'permanent' | 'citizenship';
  /**
   * A stable home: permanent residence, citizenship, protection, or a permit that can be renewed and leads on. Whether a renewal
   * will be granted is another question.
   */
  readonly stable: boolean;
  readonly decision: Decision;
};

/** Routes whose grant lets a person live in a country: visas, visits, papers and tolerations are none. */
export function homesOf(book: LawBook, on: Day): Home[] {
  return ofKind(book, 'route').flatMap((route): Home[] => {
    const status = route.grants?.status;
    const terms = status === undefined ? undefined : statusTerms(book, status)?.terms;
    if (status === undefined || !terms) return [];
    const { stands } = terms;
    if (stands !== 'permit' && stands !== 'protection' && stands !== 'permanent' && stands !== 'citizenship') return [];
    const renewable = terms.renew !== undefined && terms.renew !== 'no';
    const stable = stands !== 'permit' || (renewable && (terms.leadsTo?.length ?? 0) > 0);
    const via = applicationFor(book, route, on);
    return [{ route, ...(via ? { via } : {}), status, stands, stable, decision: decisionAt(route, on) }];
  });
}

/** The route that makes one an applicant, where a route can be asked for as an applicant only. */
function applicationFor(book: LawBook, route: Provision, on: Day): Provision | undefined {
  const from = filingAt(route, on)?.from;
  if (!from?.length || !from.every((s) => statusTerms(book, s)?.terms.stands === 'pending')) return undefined;
  return ofKind(book, 'route').find((r) => r.grants?.status !== undefined && from.includes(r.grants.status));
}

/** Kinds of home as a run weighs them. */
export const KIND_PERMIT = 0;
export const KIND_STABLE = 1;
export const KIND_PROTECTION = 2;

/** How a run weighs a home. */
export const kindOf = (h: Home): number =>
  h.stands === 'protection' ? KIND_PROTECTION : h.stable ? KIND_STABLE : KIND_PERMIT;

/** What is filed first on the way to a home. */
export const filedFirst = (h: Home): Provision => h.via ?? h.route;

/** Whether a route can only be asked for from a status that is held in its country: nobody comes by it from abroad. */
export function fromWithin(h: Home, on: Day): boolean {
  const f = filingAt(filedFirst(h), on);
  if (!f?.from || f.from.includes('any')) return false;
  return !f.where.includes('consulate') && !f.where.includes('abroad');
}

/** Countries with a route to a home or a stay rule of their own: those the law in the book speaks of. */
export function hostsOf(book: LawBook): string[] {
  const out = new Set<string>();
  for (const h of homesOf(book, 0))
    if (h.route.jurisdiction.length === 2 && h.route.jurisdiction !== 'ru') out.add(h.route.jurisdiction);
  return [...out].sort();
}
