/** Dangers where the person is now that no plan tells of: one that begins with leaving speaks of the country it goes to. */
import type { LawBook } from '../law/book.ts';
import { type Danger, dangersIn, isGrave } from '../moves/dangers.ts';
import type { Situation } from '../person/types.ts';
import type { Plan } from '../plan/types.ts';

/**
 * Dangers that concern or may concern the person where they are on the day, and what that country's law says one has to know there, without what a leg
 * of one of the plans tells.
 */
export function untoldHere(book: LawBook, s: Situation, plans: readonly Plan[]): Danger[] {
  if (s.place === undefined) return [];
  const told = new Set(plans.flatMap((p) => p.legs.flatMap((l) => l.dangers.map((d) => d.provision))));
  // What may concern them where they are counts as well: they are there already, whatever the plan does. Of leaving, and of what one has to know, only what surely does.
  const weighs = (d: Danger): boolean => isGrave(d) || (d.of === undefined && d.outcome === undefined);
  const own = (d: Danger): boolean => d.of !== 'notice' || book.provisions.get(d.provision)?.jurisdiction === s.place;
  return dangersIn(book, s, s.place, s.on, ['presence', 'exit', 'notice']).filter(
    (d) => weighs(d) && own(d) && !told.has(d.provision),
  );
}
