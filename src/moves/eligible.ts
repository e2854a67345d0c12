/**
 * A route for a person on a day, as everything that bears on it says: its own clauses, the restrictions that hit it, the
 * papers its state accepts. Where one may file is a question of place and comes apart (`filing.ts`).
 */
import { type LawBook, membersOf, ofKind, statusTerms } from '../law/book.ts';
import type { Provision } from '../law/types.ts';
import { foundFrom, mayLearn } from '../person/learning.ts';
import type { Situation } from '../person/types.ts';
import type { Binding } from '../person/view.ts';
import type { Day, Tri } from '../rules/ir.ts';
import { type Assessment, assess } from './assess.ts';
import { sightOf } from './seen.ts';

/** One thing that bears on a route, entry or document. */
export type Part = {
  readonly provision: Provision;
  readonly role: 'route' | 'restriction' | 'document' | 'stay';
  /** Whether this part lets the person through: for a restriction, that it does not hit. */
  readonly pass: Tri;
  /** A restriction that only allows an officer to refuse: it never closes, it warns. */
  readonly warns: boolean;
  readonly assessment: Assessment;
};

export type Eligibility = {
  readonly outcome: Tri;
  readonly parts: readonly Part[];
  readonly binding: Binding;
  /**
   * The last day of the document, where it has run out by the day and nothing that bears on the route looks at that: by the letter it is
   * open, and whether it is in truth is not known.
   */
  readonly lapsed?: Day;
  /** Open only if the state sets its rules on papers aside, as it may for this route. */
  readonly waived?: true;
  /** Open only with a language learnt, or an offer, a place to study or a company found, by then: see what is assumed. */
  readonly learns?: true;
};

/** Whether it is open, and nothing is in doubt about it. */
export const surely = (e: Eligibility): boolean => e.outcome === true && e.lapsed === undefined && !e.waived;

const kleeneAll = (xs: readonly Tri[]): Tri => (xs.includes(false) ? false : xs.includes(undefined) ? undefined : true);
const better = (a: Tri, b: Tri): boolean => (a === true ? b !== true : a === undefined && b === false);

/** Restrictions of one of the effects that could hit a provision or entry into a country. */
export function restrictionsOn(
  book: LawBook,
  effects: readonly string[],
  country: string,
  target: string | undefined,
  on: Day,
): Provision[] {
  const out: Provision[] = [];
  for (const r of everConcerning(book, 'restriction', country, target)) {
    if (!effects.includes(r.effect ?? '')) continue;
    if (r.appliesTo || countriesOf(book, r, on).includes(country)) out.push(r);
  }
  return out;
}

const concerning = new WeakMap<LawBook, Map<string, readonly Provision[]>>();

/** Restrictions or document rules that on some day may bear on a country or a provision: asked for at every step of a plan. */
function everConcerning(
  book: LawBook,
  kind: 'restriction' | 'document',
  country: string,
  target: string | undefined,
): readonly Provision[] {
  let table = concerning.get(book);
  if (!table) {
    table = new Map();
    concerning.set(book, table);
  }
  const key = `${kind} ${country} ${target ?? ''}`;
  let found = table.get(key);
  if (!found) {
    found = ofKind(book, kind).filter((r) => {
      if (kind === 'restriction' && r.appliesTo)
        return (
          target !== undefined &&
          r.appliesTo.some((a) => a === target || (a.endsWith('/*') && target.startsWith(a.slice(0, -1))))
        );
      if (r.countries) return r.countries.includes(country);
      const area = book.areas.get(r.jurisdiction);
      return area ? area.members.some((m) => m.country === country) : r.jurisdiction === country;
    });
    table.set(key, found);
  }
  return found;
}

/** The countries a restriction, document rule or danger speaks of: listed, or its jurisdiction's members. */
export function countriesOf(book: LawBook, p: Provision, on: Day): readonly string[] {
  return p.countries ?? membersOf(book, p.jurisdiction, on) ?? [p.jurisdiction];
}

/** Document rules of a country for a purpose. */
export function documentRules(book: LawBook, country: string, purposes: readonly string[], on: Day): Provision[] {
  return everConcerning(book, 'document', country, undefined).filter(
    (d) => purposes.includes(d.purpose ?? '') && countriesOf(book, d, on).includes(country),
  );
}

/** The parts for one document of the person. Parts of a provision not in force on the day fall away. */
function partsFor(
  book: LawBook,
  main: Provision,
  role: Part['role'],
  others: readonly Provision[],
  s: Situation,
  on: Day,
  document: number | undefined,
): Part[] {
  const with_ = document === undefined ? {} : { document };
  const own = assess(book, main, s, on, with_);
  const parts: Part[] = [{ provision: main, role, pass: own.outcome, warns: false, assessment: own }];
  for (const p of others) {
    const a = assess(book, p, s, on, with_);
    if (a.force === 'no') continue;
    if (p.kind === 'restriction') {
      const hit = a.outcome;
      const warns = p.strength === 'may';
      parts.push({
        provision: p,
        role: 'restriction',
        pass: warns ? true : hit === undefined ? undefined : !hit,
        warns: warns && hit !== false,
        assessment: a,
      });
    } else parts.push({ provision: p, role: 'document', pass: a.outcome, warns: false, assessment: a });
  }
  return parts;
}

const kinds = new WeakMap<Provision, boolean>();

/** Whether a provision asks what kind of paper one has. */
function speaksOfKinds(p: Provision): boolean {
  let speaks = kinds.get(p);
  if (speaks === undefined) {
    speaks = JSON.stringify([p.all, p.bars, p.except]).includes('passport.kind');
    kinds.set(p, speaks);
  }
  return speaks;
}

/** Takes the document with which most is open. Every part must let it through, every rule on papers included. */
function best(
  book: LawBook,
  main: Provision,
  role: Part['role'],
  restrictions: readonly Provision[],
  documents: readonly Provision[],
  s: Situation,
  on: Day,
): Eligibility {
  const told = s.documents?.map((_, i) => i) ?? [];
  // An internal passport is a paper to travel or to file with only where the law speaks of kinds of papers; else its unknown last day
  // and chip would pass for those of a passport.
  const fit = [main, ...documents].some(speaksOfKinds)
    ? told
    : told.filter((i) => s.documents?.[i]?.kind !== 'internal-passport');
  // Where two serve alike, nobody comes with the one that has run out, and a plan takes nothing for granted to make up for it.
  const out = (i: number): number => Number((s.documents?.[i]?.expires ?? on) < on);
  const tried = (fit.length > 0 ? fit : told).toSorted((a, b) => out(a) - out(b));
  const choices: (number | undefined)[] = tried.length > 0 ? tried : [undefined];
  let found: Eligibility | undefined;
  for (const document of choices) {
    const parts = partsFor(book, main, role, [...restrictions, ...documents], s, on, document);
    const outcome = kleeneAll(parts.map((p) => p.pass));
    const lapsed = outcome === false ? undefined : silentlyLapsed(book, main, parts, s, on, document);
    const surer = outcome === found?.outcome && found?.lapsed !== undefined && lapsed === undefined;
    if (!found || better(outcome, found.outcome) || surer)
      found = {
        outcome,
        parts,
        binding: { document, offer: parts[0]?.assessment.binding.offer },
        ...(lapsed === undefined ? {} : { lapsed }),
      };
    if (outcome === true && lapsed === undefined) break;
  }
  return found as Eligibility;
}

/** The last day of a document that has run out, where a route is asked for with it and no rule that bears on it looks at that. */
function silentlyLapsed(
  book: LawBook,
  main: Provision,
  parts: readonly Part[],
  s: Situation,
  on: Day,
  document: number | undefined,
): Day | undefined {
  const expires = document === undefined ? undefined : s.documents?.[document]?.expires;
  if (expires === undefined || expires >= on || main.kind !== 'route' || needsNoPassport(book, main)) return undefined;
  return parts.some((p) => sightOf(book, [p.provision]).facts.has('passport.expires')) ? undefined : expires;
}

/** Whether what a route grants is had without a valid passport: protection, citizenship, the papers themselves. */
export function needsNoPassport(book: LawBook, route: Provision): boolean {
  if (route.grants?.document) return true;
  const stands = route.grants?.status && statusTerms(book, route.grants.status)?.terms.stands;
  return stands === 'protection' || stands === 'citizenship' || stands === 'pending';
}

/** What bears on a route or an entry beside its own clauses. */
export type Bearing = { readonly restrictions: readonly Provision[]; readonly documents: readonly Provision[] };

/** What bears on a route on a day, asked for in the country itself (`here`) or from outside. */
export function bearingOnRoute(book: LawBook, route: Provision, here: boolean, on: Day): Bearing {
  const country = route.jurisdiction;
  const restrictions = restrictionsOn(book, ['permit', 'visa', 'filing'], country, route.id, on);
  // In the country a permit is asked for; from outside a visa comes first, and the permit after it.
  const documents = documentRules(book, country, here ? ['permit'] : ['permit', 'visa'], on);
  // The status may stand in a file of its own.
  const granted = route.grants?.status;
  const asks = route.status?.stands ?? (granted === undefined ? undefined : statusTerms(book, granted)?.terms.stands);
  // Protection and citizenship do not hang on whether a travel document is accepted for visas and permits; nor does a passport in the
  // place of one that is not.
  const free = asks === 'protection' || asks === 'citizenship' || asks === 'pending' || route.grants?.document;
  return { restrictions, documents: free ? [] : documents };
}

/** What bears on entering a country under a stay rule on a day. */
export function bearingOnEntry(book: LawBook, stay: Provision, country: string, on: Day): Bearing {
  return {
    restrictions: restrictionsOn(book, ['entry'], country, stay.id, on),
    documents: documentRules(book, country, ['entry'], on),
  };
}

/** Whether a route is open to the person on a day, wherever they would file. */
export function routeEligibility(book: LawBook, route: Provision, s: Situation, on: Day): Eligibility {
  const here = s.place !== undefined && (membersOf(book, route.jurisdiction, on) ?? []).includes(s.place);
  const { restrictions, documents } = bearingOnRoute(book, route, here, on);
  const now = best(book, route, 'route', restrictions, documents, s, on);
  if (now.outcome === false && route.papers && documents.length) {
    const free = best(book, route, 'route', restrictions, [], s, on);
    if (free.outcome !== false) return { ...free, waived: true };
  }
  if (now.outcome !== false || !mayLearn(s, on)) return now;
  // What is closed with the languages told may be open with those learnt by then, and what is closed without an offer with one found.
  const { facts } = sightOf(book, [route, ...restrictions]);
  const grows = (f: string): boolean =>
    f.startsWith('languages.')
      ? s.person.facts.get(f) !== undefined
      : (foundFrom(book.schema, s, f) ?? Number.POSITIVE_INFINITY) <= on;
  if (![...facts].some(grows)) return now;
  const then = best(book, route, 'route', restrictions, documents, { ...s, learning: true }, on);
  return then.outcome === undefined ? { ...then, learns: true } : now;
}

/** Whether the person may enter a country on a day as a visitor under a stay rule. */
export function entryEligibility(book: LawBook, stay: Provision, country: string, s: Situation, on: Day): Eligibility {
  const { restrictions, documents } = bearingOnEntry(book, stay, country, on);
  return best(book, stay, 'stay', restrictions, documents, s, on);
}
