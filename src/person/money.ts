/** Amounts in other currencies, and the savings of somebody in a plan on a day: what was told, less what was paid, and what is put aside since. */
import { addMonths, monthsBetween } from '../calendar/civil.ts';
import type { LawBook } from '../law/book.ts';
import { datedAt } from '../law/resolve.ts';
import type { Day, Money } from '../rules/ir.ts';
import type { Situation } from './types.ts';

/**
 * Units of `to` for one unit of `from`, by the dated rates against the euro; the older of the two days is the rate's day.
 * `undefined` where either currency has no rate on or before the day.
 */
export function exchange(
  book: LawBook,
  from: string,
  to: string,
  on: Day,
): { factor: number; day: Day; source: string } | undefined {
  if (from === to) return { factor: 1, day: on, source: '' };
  const perEuro = (c: string) => (c === 'EUR' ? { from: on, value: 1, source: '' } : datedAt(book.rates[c] ?? [], on));
  const a = perEuro(from);
  const b = perEuro(to);
  if (!a?.value || !b?.value) return undefined;
  return {
    factor: b.value / a.value,
    day: Math.min(a.from, b.from),
    source: [a.source, b.source].filter(Boolean).join(' '),
  };
}

/** The amount in another currency, in whole cents; `undefined` without a rate. */
export function convert(book: LawBook, m: Money, to: string, on: Day): Money | undefined {
  const r = exchange(book, m.currency, to, on);
  return r && { amount: Math.round(m.amount * r.factor * 100) / 100, currency: to };
}

/** What the person puts aside a month, or loses (less than zero); `undefined` where that was not told. */
export const savedMonthly = (s: Situation): Money | undefined =>
  s.person.facts.get('savingsMonth') as Money | undefined;

/** Whether savings change with the days alone: in a plan of somebody who told what they have, and what a month adds or takes. */
export const savingsMove = (s: Situation): boolean =>
  s.learnsFrom !== undefined && s.cash !== undefined && (savedMonthly(s)?.amount ?? 0) !== 0;

/**
 * Savings on a day: what was told less the known fees paid so far (`cash`) and, in a plan, what each month since its first day added or
 * took. A month adds when it is over, and takes when it begins: what is not there yet is not counted on. What is added to on a later day
 * is reckoned at the rate of the plan's first day. `undefined`: not known.
 */
export function savingsOn(book: LawBook, s: Situation, on: Day): Money | undefined {
  const { cash } = s;
  if (cash === undefined || !savingsMove(s)) return cash;
  const from = s.learnsFrom as Day;
  const months = monthsCounted(s, on);
  if (months === 0) return cash;
  const monthly = convert(book, savedMonthly(s) as Money, cash.currency, from);
  return (
    monthly && { amount: Math.round((cash.amount + monthly.amount * months) * 100) / 100, currency: cash.currency }
  );
}

/** How many months have added to the savings by a day, or taken from them. */
export function monthsCounted(s: Situation, on: Day): number {
  const from = s.learnsFrom;
  if (from === undefined || on <= from || !savingsMove(s)) return 0;
  const whole = monthsBetween(from, on);
  const adds = (savedMonthly(s) as Money).amount > 0;
  return adds || addMonths(from, whole, 'clamp') === on ? whole : whole + 1;
}
