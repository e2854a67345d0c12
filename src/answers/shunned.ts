/** Countries where plans do not lead, since a danger there concerns the person and its sources say not to go. */
import { type LawBook, ofKind } from '../law/book.ts';
import { fillText, type Lang } from '../law/say.ts';
import type { Provision } from '../law/types.ts';
import { dangersIn } from '../moves/dangers.ts';
import { countriesOf } from '../moves/eligible.ts';
import { isCurrent } from '../person/situation.ts';
import type { Situation } from '../person/types.ts';
import { countryName } from './countries.ts';
import { dayIn, say } from './say.ts';

/** A country that is kept out of plans, and why. */
export type Shunned = { readonly country: string; readonly dangers: readonly Provision[] };

/**
 * The countries where a danger marked `avoid` concerns the person on the day the plan begins, by evidence that may be old; without the
 * one where they are and those whose permit they hold: whoever is there has to be told of ways from there and back.
 */
export function shunnedBy(book: LawBook, s: Situation): readonly Shunned[] {
  const homes = new Set(
    (s.holdings ?? []).filter((h) => isCurrent(h, s.on)).map((h) => h.country ?? (h.status.split('/')[0] as string)),
  );
  const out = new Map<string, Provision[]>();
  for (const p of ofKind(book, 'danger')) {
    if (!p.avoid || !p.concerns) continue;
    for (const country of countriesOf(book, p, s.on)) {
      if (country === s.place || homes.has(country)) continue;
      const hit = dangersIn(book, s, country, s.on, [p.concerns]).find((d) => d.provision === p.id);
      if (hit && (hit.outcome === true || hit.once)) out.set(country, [...(out.get(country) ?? []), p]);
    }
  }
  return [...out]
    .map(([country, dangers]) => ({ country, dangers }))
    .sort((a, b) => (a.country < b.country ? -1 : a.country > b.country ? 1 : 0));
}

/** What stands before the countries: that no plan leads there, not even to wait or to change planes. */
export const shunnedLead = (lang: Lang): string =>
  say(
    lang,
    'No plan here leads through these countries: what is known there concerns you, and those who watch it say not to go, mostly not even to change planes:',
    'Ни один план не ведёт через эти страны: то, что там известно, касается вас, и те, кто за этим следит, советуют туда не ездить, чаще всего даже для пересадки:',
  );

/** A country and why, in a line: `Kazakhstan: Arrest and handover to Russia (evidence of 19 February 2026)`. */
export function shunnedWords(book: LawBook, x: Shunned, s: Situation, lang: Lang): string {
  const why = x.dangers.map(
    (p) =>
      `${fillText(p.title, p, s.on)[lang]} (${say(lang, 'evidence of', 'сведения на')} ${dayIn(p.verified.on, lang)})`,
  );
  return `${countryName(x.country, lang, book)}: ${why.join('; ')}.`;
}
