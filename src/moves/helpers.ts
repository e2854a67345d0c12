/** Who helps in a country, and whether they help this person: dated facts, like dangers. */
import { type LawBook, ofKind } from '../law/book.ts';
import type { Provision } from '../law/types.ts';
import type { Situation } from '../person/types.ts';
import type { Day } from '../rules/ir.ts';
import { assess } from './assess.ts';
import { countriesOf } from './eligible.ts';

/** Support in a country that is for the person, or may be; programmes whose last day has passed are left out. */
export function helpersIn(book: LawBook, s: Situation, country: string, on: Day): Provision[] {
  return ofKind(book, 'support').filter((p) => {
    if ((!p.everywhere && !countriesOf(book, p, on).includes(country)) || (p.until !== undefined && p.until < on))
      return false;
    const a = assess(book, p, s, on);
    return a.force !== 'no' && a.outcome !== false;
  });
}
