/** The days a person must not miss: the last lawful day, permits and papers that run out, decisions that are awaited. */
import type { LawBook } from '../law/book.ts';
import { lawfulUntil } from '../moves/lawful.ts';
import type { Situation } from '../person/types.ts';
import type { Day } from '../rules/ir.ts';

/** A day after which something that a person has is gone. */
export type Deadline = {
  /** The last good day: of lawful presence, of a status, of a paper. */
  readonly day: Day;
  readonly what: 'stay-ends' | 'status-ends' | 'document-expires';
  /** False where the day rests on an answer that is not known, or on old evidence. */
  readonly certain: boolean;
  /** The status, stay rule or kind of document. */
  readonly of: string | undefined;
  readonly country: string | undefined;
};

/**
 * In the order of their days; those that have passed are in it. What is not known is not in it: an empty list never means that nothing
 * runs out (`unknown` says whether the last lawful day itself is not known).
 */
export function deadlines(
  book: LawBook,
  s: Situation,
): { readonly days: readonly Deadline[]; readonly unknown: boolean } {
  const out: Deadline[] = [];
  const lawful = lawfulUntil(book, s);
  const rule = lawful.under === undefined ? undefined : book.provisions.get(lawful.under);
  const fresh = rule === undefined || (s.on <= rule.expires && rule.verified.confidence !== 'conflicting');
  if (lawful.until !== undefined)
    out.push({
      day: lawful.until,
      what: 'stay-ends',
      certain: lawful.known && fresh,
      of: lawful.under,
      country: s.place,
    });
  for (const h of s.holdings ?? [])
    if (h.to !== undefined && h.to >= s.on && !(h.status === lawful.under && h.to === lawful.until))
      out.push({ day: h.to, what: 'status-ends', certain: true, of: h.status, country: h.country });
  for (const d of s.documents ?? [])
    if (d.expires !== undefined)
      out.push({ day: d.expires, what: 'document-expires', certain: true, of: d.kind, country: d.country });
  out.sort((a, b) => a.day - b.day);
  return { days: out, unknown: lawful.until === undefined && !lawful.known };
}
