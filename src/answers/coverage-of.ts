/** What the law here does not cover, for the jurisdictions that matter to an answer. */
import { type LawBook, membersOf } from '../law/book.ts';
import type { Coverage } from '../law/types.ts';
import type { Day } from '../rules/ir.ts';

/** Coverage of these jurisdictions and of the areas they belong to. */
export function coverageOf(book: LawBook, jurisdictions: ReadonlySet<string>, on: Day): Coverage[] {
  return book.coverage.filter(
    (c) =>
      jurisdictions.has(c.jurisdiction) ||
      (c.jurisdiction.length > 2 && (membersOf(book, c.jurisdiction, on) ?? []).some((m) => jurisdictions.has(m))),
  );
}
