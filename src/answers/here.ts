/** Dangers where the person is now that no plan tells of: one that begins with leaving speaks of the country it goes to. */
import type { LawBook } from '../law/book.ts';
import { type Danger, dangersIn, isGrave } from '../moves/dangers.ts';
import type { Situation } from '../person/types.ts';
import type { Plan } from '../plan/types.ts';

/** Dangers that concern the person where they are on the day, without those that a leg of one of the plans tells. */
export function untoldHere(book: LawBook, s: Situation, plans: readonly Plan[]): Danger[] {
  if (s.place === undefined) return [];
  const told = new Set(plans.flatMap((p) => p.legs.flatMap((l) => l.dangers.map((d) => d.provision))));
  return dangersIn(book, s, s.place, s.on, ['presence', 'exit']).filter((d) => isGrave(d) && !told.has(d.provision));
}
