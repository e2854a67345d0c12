/**
 * The permit that people get together the papers for: a job, a company, a place to study. What a person can bring about in time is
 * not among the facts of a population, so it is asked of the law for somebody of whom nothing is known but a Russian passport,
 * no kin and no ancestry. Where the answer hangs only on what is not known, the door can be opened; where it is no, it is shut to all.
 */
import type { LawBook } from '../law/book.ts';
import { routeEligibility } from '../moves/eligible.ts';
import { filingFrom } from '../moves/filing.ts';
import { sightOf } from '../moves/seen.ts';
import type { Situation } from '../person/types.ts';
import type { Day, Value } from '../rules/ir.ts';
import { filedFirst, type Home } from './homes.ts';

/** Facts that such a permit may rest on. */
const MADE = /^(offers?\b|companies$|studyPlaces$|work\.)/;
const STUDY = /^studyPlaces$/;

/** Somebody at the place of a visitor, of whom nothing is known that can change. */
export function somebody(book: LawBook, visitor: Situation): Situation {
  const facts = new Map<string, Value>([
    ['person.citizenships', ['ru']],
    ['person.married', false],
    ['family', []],
  ]);
  for (const [name, f] of book.schema.facts)
    if (/^(ancestry|exposure)\./.test(name) && f.type.t === 'boolean') facts.set(name, false);
  return { ...visitor, cash: undefined, person: { ...visitor.person, facts, offers: undefined } };
}

/**
 * The permit of a country that somebody there as a visitor could get the papers for on a day: an index into `homes`, or −1. One that
 * leads on before one that does not, work before study, else the first.
 */
export function commonPermit(book: LawBook, homes: readonly Home[], visitor: Situation, day: Day): number {
  const s = somebody(book, visitor);
  let best = -1;
  let most = -1;
  homes.forEach((h, k) => {
    if (h.stands !== 'permit') return;
    const made = [...sightOf(book, [h.route]).facts].filter((f) => MADE.test(f));
    if (made.length === 0) return;
    const score = (h.stable ? 2 : 0) + (made.some((f) => !STUDY.test(f)) ? 1 : 0);
    if (score <= most) return;
    if (filingFrom(book, filedFirst(h), visitor, day, undefined, 'any').may === false) return;
    for (const r of h.via ? [h.route, h.via] : [h.route])
      if (routeEligibility(book, r, s, day).outcome === false) return;
    best = k;
    most = score;
  });
  return best;
}
