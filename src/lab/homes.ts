/** Which routes lead to a home, and of what kind. Read off what the provisions grant. */
import { type LawBook, ofKind, statusTerms } from '../law/book.ts';
import { decisionAt } from '../law/resolve.ts';
import type { Decision, Provision } from '../law/types.ts';
import type { Day } from '../rules/ir.ts';

export type Home = {
  readonly route: Provision;
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
    return [{ route, status, stands, stable, decision: decisionAt(route, on) }];
  });
}

/** Countries with a route to a home or a stay rule of their own: those the law in the book speaks of. */
export function hostsOf(book: LawBook): string[] {
  const out = new Set<string>();
  for (const h of homesOf(book, 0))
    if (h.route.jurisdiction.length === 2 && h.route.jurisdiction !== 'ru') out.add(h.route.jurisdiction);
  return [...out].sort();
}
