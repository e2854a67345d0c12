/** Who helps in a country, and whether they help this person: dated facts, like dangers. */
import { type LawBook, ofKind } from '../law/book.ts';
import type { Provision } from '../law/types.ts';
import type { Situation } from '../person/types.ts';
import type { Day } from '../rules/ir.ts';
import { assess } from './assess.ts';
import { countriesOf } from './eligible.ts';

/**
 * Where the person is: the country's own and who surely helps across borders; and who may, by answers that were not given. An office of the
 * state that is there for some only (for who has roots there, say) is among the first where the person surely is one of them.
 */
export function helpHere(book: LawBook, s: Situation): { readonly here: Provision[]; readonly maybe: Provision[] } {
  if (s.place === undefined) return { here: [], maybe: [] };
  const all = helpersIn(book, s, s.place, s.on);
  const sure = new Set(helpersIn(book, s, s.place, s.on, { everywhere: 'sure' }));
  const meant = (p: Provision): boolean => (p.everywhere ? sure.has(p) : officeIsMeant(book, p, s, s.on));
  const place = s.place;
  return { here: nearestFirst(all.filter(meant), place), maybe: all.filter((p) => !meant(p)) };
}

/** Those of the country first, and among them lawyers: who reads may read no further. */
function nearestFirst(list: readonly Provision[], place: string): Provision[] {
  const far = (p: Provision): number => (p.jurisdiction !== place ? 2 : p.what === 'legal-aid' ? 0 : 1);
  return [...list].sort((a, b) => far(a) - far(b));
}

/** Whether an office of the state is surely for the person (one for who has roots there is for them alone); helpers of any other kind may be asked. */
export const officeIsMeant = (book: LawBook, p: Provision, s: Situation, on: Day): boolean =>
  p.what !== 'official' || assess(book, p, { ...s, on }, on).outcome === true;

/**
 * Support in a country that is for the person, or may be; programmes whose last day has passed are left out.
 * @param of.everywhere those who help wherever a person is: `yes` with them (as for any other), `no` without, `sure` only they, and only
 * where their conditions are surely met
 */
export function helpersIn(
  book: LawBook,
  s: Situation,
  country: string,
  on: Day,
  of: { readonly everywhere: 'yes' | 'no' | 'sure' } = { everywhere: 'yes' },
): Provision[] {
  return ofKind(book, 'support').filter((p) => {
    if (p.everywhere ? of.everywhere === 'no' : of.everywhere === 'sure') return false;
    if ((!p.everywhere && !countriesOf(book, p, on).includes(country)) || (p.until !== undefined && p.until < on))
      return false;
    const a = assess(book, p, s, on);
    return a.force !== 'no' && (of.everywhere === 'sure' ? a.outcome === true : a.outcome !== false);
  });
}
