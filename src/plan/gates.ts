/** What lets a member of the family into a country on a day, what does not, and whether only the passport stands in the way. */
import type { LawBook } from '../law/book.ts';
import { startOf } from '../moves/claims.ts';
import { type Eligibility, entryEligibility } from '../moves/eligible.ts';
import { lawfulUntil, stayRulesFor } from '../moves/lawful.ts';
import { enterMoves, leaving } from '../moves/moves.ts';
import { renewals } from '../moves/papers.ts';
import { processingDays } from '../moves/processing.ts';
import { sightOf } from '../moves/seen.ts';
import { stayAnswer } from '../moves/stay.ts';
import type { Draw, Enter } from '../moves/types.ts';
import { countingsOf } from '../person/counting.ts';
import type { Person, Situation } from '../person/types.ts';
import type { Day } from '../rules/ir.ts';
import { holdsFirmly } from './derived.ts';
import type { Gate } from './together-types.ts';

/** Whether an eligibility fails by its rules on passports alone. */
export function onlyPapers(book: LawBook, e: Eligibility): boolean {
  const failing = e.parts.filter((p) => p.pass === false);
  return (
    failing.length > 0 &&
    failing.every(
      (p) => p.role !== 'route' && [...sightOf(book, [p.provision]).facts].some((f) => f.startsWith('passport.')),
    )
  );
}

/** Whether somebody told to have no travel document at all would need one: a list of none is no list that was not told. */
export function withoutPaper(book: LawBook, s: Situation, e: Eligibility): boolean {
  if (s.documents === undefined || s.documents.length > 0) return false;
  return e.parts.some((p) => [...sightOf(book, [p.provision]).facts].some((f) => f.startsWith('passport.')));
}

/** The ways in on the situation's day, the surest first: one that lasts until `needed`, then the person's own, then the longest. */
export function waysIn(book: LawBook, s: Situation, country: string, needed: Day, under?: string): Enter[] {
  const enough = (m: Enter): boolean => m.until === undefined || m.until >= needed;
  return enterMoves(book, s, country, s.on, s.on, false)
    .filter((m) => !withoutPaper(book, s, m.eligibility))
    .sort(
      (a, b) =>
        Number(holdsFirmly(book, b)) - Number(holdsFirmly(book, a)) ||
        Number(enough(b)) - Number(enough(a)) ||
        Number(b.under === under) - Number(a.under === under) ||
        (b.until ?? Infinity) - (a.until ?? Infinity),
    );
}

/** The rules of entry of a country, with what each says to the member on the situation's day. */
export function gatesOf(book: LawBook, s: Situation, country: string): Gate[] {
  const day = s.on;
  const gone = leaving(s, day);
  return stayRulesFor(book, country, day).map((rule): Gate => {
    const eligibility = entryEligibility(book, rule, country, s, day);
    const common = { rule, eligibility, asked: s };
    if (eligibility.outcome === false || withoutPaper(book, s, eligibility)) return { ...common, outcome: false };
    const arrived = { ...gone, place: country, since: day, under: rule.id, on: day };
    const stay = stayAnswer(book, rule, arrived, day);
    const counted = stay.missing.length === 0 && countingsOf(rule, day) !== undefined;
    if (stay.lastDay !== undefined || !counted) return { ...common, outcome: undefined };
    const again = stayAnswer(book, rule, s, day).nextEntry;
    return { ...common, outcome: false, ...(again ? { again } : {}) };
  });
}

/** Whether somebody is surely lawfully where they are on the situation's day. */
export function stands(book: LawBook, s: Situation): boolean {
  const l = lawfulUntil(book, s);
  return l.known && (l.until === undefined || l.until >= s.on);
}

/** Whether some new travel document can be had by a day by whoever asks for it on `from`, as far as the law here tells. */
export function mayRenew(book: LawBook, person: Person, from: Day, day: Day, draw: Draw): boolean {
  const s = startOf(book, person, from);
  return renewals(book, s, from).some((r) => from + processingDays(r.route, from, draw).days <= day);
}
