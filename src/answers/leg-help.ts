/** Who helps at a leg of a plan: programmes and helpers of the law's `support` provisions, beside the leg where a person can use them. */
import type { LawBook } from '../law/book.ts';
import { fillText, type Lang } from '../law/say.ts';
import type { Provision } from '../law/types.ts';
import { assess } from '../moves/assess.ts';
import { helpersIn, officeIsMeant } from '../moves/helpers.ts';
import type { Situation } from '../person/types.ts';
import type { Day } from '../rules/ir.ts';
import type { WalkedLeg } from './plan-legs.ts';
import { say } from './say.ts';

export type Help = {
  readonly provision: Provision;
  /** Its evidence is past its day on the day of the answer: the contact is looked up anew first. */
  readonly old: boolean;
};

/** What carries a person to a country, or through the time there; the rest is advice for who is there already. */
const CARRIES: ReadonlySet<string> = new Set(['fellowship', 'scholarship', 'job', 'media-relocation', 'shelter']);

/** Whether an office is surely for the person where they are, outside its country: one that advises on roots, a start-up's desk. */
const meantHere = (book: LawBook, p: Provision, s: Situation, on: Day): boolean =>
  p.what === 'official' && p.all.length > 0 && assess(book, p, { ...s, on }, on).outcome === true;

/**
 * Who helps at a leg. First: those of the country where one is, lawyers alone where the leg leads elsewhere. Entering: those of the country, for who is there. Filing from elsewhere: what carries a person to the country of the
 * route, and who there is surely for them already. Who helps everywhere is told at the first leg only, and only where the conditions are surely met: told at each, it would drown the rest.
 * @param today the day of the answer, by which evidence is old
 */
export function legHelp(book: LawBook, w: WalkedLeg, first: boolean, today: Day): Help[] {
  const { leg, before, after } = w;
  const found: Provision[] = [];
  const here = before.place;
  // Where one is already nobody enters: its helpers at the first leg, its lawyers alone where that leg leads out of it.
  if (first && here !== undefined) {
    const there = w.provision?.jurisdiction === here && leg.kind === 'file';
    found.push(
      ...helpersIn(book, { ...before, on: leg.day }, here, leg.day, { everywhere: 'no' }).filter((p) =>
        there ? officeIsMeant(book, p, before, leg.day) : p.what === 'legal-aid',
      ),
    );
  }
  if (leg.kind === 'enter')
    found.push(
      ...helpersIn(book, { ...after, on: leg.day }, leg.country, leg.day, { everywhere: 'no' }).filter((p) =>
        officeIsMeant(book, p, after, leg.day),
      ),
    );
  if (leg.kind === 'file' && w.provision && before.place !== w.provision.jurisdiction)
    found.push(
      ...helpersIn(book, { ...before, on: leg.day }, w.provision.jurisdiction, leg.day, { everywhere: 'no' }).filter(
        (p) => CARRIES.has(p.what ?? '') || meantHere(book, p, before, leg.day),
      ),
    );
  if (first) found.push(...helpersIn(book, { ...before, on: leg.day }, '', leg.day, { everywhere: 'sure' }));
  const seen = new Set<string>();
  return found
    .filter((p) => !seen.has(p.id) && seen.add(p.id))
    .map((provision) => ({ provision, old: today > provision.expires }));
}

/** Address, telephone and e-mail of a helper, after a sentence; empty where none is known. */
export function contactWords(p: Provision): string {
  const c = p.contact;
  return c ? [``, c.url, c.phone, c.email].filter((x) => x !== undefined).join(' ') : '';
}

/** Who may help, by answers not given: their names in one sentence. */
export function maybeHelpWords(maybe: readonly Provision[], day: Day, lang: Lang): string | undefined {
  if (maybe.length === 0) return undefined;
  const names = maybe.map((p) => `${fillText(p.title, p, day)[lang]} [${p.id}]`).join('; ');
  return `${say(lang, 'May help, by what you have not told', 'Могут помочь, если ответить на то, чего вы не сообщили')}: ${names}.`;
}

/** Those not told at an earlier leg, in one sentence; undefined where there are none. Notes them as told. */
export function helpSentence(helps: readonly Help[], told: Set<string>, day: Day, lang: Lang): string | undefined {
  const fresh = helps.filter((h) => !told.has(h.provision.id));
  for (const h of fresh) told.add(h.provision.id);
  if (fresh.length === 0) return undefined;
  const names = fresh.map((h) => {
    const title = fillText(h.provision.title, h.provision, day)[lang];
    return `${title} [${h.provision.id}${h.old ? say(lang, ', verify', ', проверьте') : ''}]`;
  });
  return `${say(lang, 'Who helps', 'Кто помогает')}: ${names.join('; ')}. ${say(lang, 'More: foothold law show ID', 'Подробнее: foothold law show ID')}`;
}
