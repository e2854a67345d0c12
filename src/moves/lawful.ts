/** Until when a person may lawfully be where they are. */
import { addDuration } from '../calendar/civil.ts';
import type { LawBook } from '../law/book.ts';
import { membersOf, ofKind, statusTerms } from '../law/book.ts';
import { inForce, paramAt } from '../law/resolve.ts';
import type { Provision } from '../law/types.ts';
import { countedCountries } from '../person/counting.ts';
import { isCurrent } from '../person/situation.ts';
import type { Holding, Situation } from '../person/types.ts';
import type { Day, Duration } from '../rules/ir.ts';
import { assess } from './assess.ts';
import { isRepeated } from './claims.ts';
import { stayAnswer } from './stay.ts';
import type { Doubt } from './types.ts';

/** `until: undefined` with `known: true` is "no end"; with `known: false`, "the law or the file does not say". */
export type Lawful = {
  readonly until: Day | undefined;
  readonly known: boolean;
  /** The status or stay rule that makes presence lawful. */
  readonly under: string | undefined;
  readonly doubts: readonly Doubt[];
};

/** Whether a person is a citizen of a country: then presence there has no end. */
function isCitizen(s: Situation, country: string): boolean {
  return ((s.person.facts.get('person.citizenships') as readonly string[] | undefined) ?? []).includes(country);
}

/** Stay rules under which a person could be in a country, those in force first. */
export function stayRulesFor(book: LawBook, country: string, on: Day): Provision[] {
  return ofKind(book, 'stay').filter((r) => inForce(r, on) !== 'no' && countedCountries(book, r, on).includes(country));
}

/** Holdings that allow to be in a country: of that country itself. */
export function holdingsIn(book: LawBook, s: Situation, country: string, on: Day): Holding[] {
  return (s.holdings ?? []).filter((h) => {
    if (!isCurrent(h, on) || (h.goesOn?.unsure && on > h.goesOn.after)) return false;
    const t = statusTerms(book, h.status);
    if (t === undefined || t.terms.stands === 'visit' || t.terms.stands === 'tolerated') return false;
    const j = t.provision.jurisdiction;
    // Held in one country of an area, it is a right to be there, not in all of the area.
    if (h.country !== undefined && /^[a-z]{2}$/.test(h.country)) return h.country === country;
    return j === country || h.country === country || (membersOf(book, j, on) ?? []).includes(country);
  });
}

/**
 * The last day to which renewals can carry a status held without a break up to `on` (or first held from `on`): a status
 * whose law says for how long in all (`renew.maxTotal`). `undefined` where the law sets no such end, or states no value.
 */
export function totalUntil(book: LawBook, status: string, s: Situation, on: Day): Day | undefined {
  const t = statusTerms(book, status);
  const renew = t?.terms.renew;
  if (!t || !renew || renew === 'no' || renew.maxTotal === undefined) return undefined;
  const total = paramAt(t.provision, renew.maxTotal, on) as Duration | number | undefined;
  if (total === undefined) return undefined;
  let first = on;
  const earlier = (s.holdings ?? []).filter((h) => h.status === status && h.from < on).sort((a, b) => b.from - a.from);
  for (const h of earlier) if (h.to === undefined || h.to >= first - 1) first = h.from;
  return typeof total === 'number'
    ? first + total - 1
    : addDuration(first, total, t.provision.monthEnd?.policy ?? 'clamp') - 1;
}

/**
 * Whether the person may be where they are under a stay rule, by the rule's own conditions: by those of the day of entry where that is
 * the day that decides and it is known (a passport that has run out since does not undo the entry), else by those of today. `told`: by
 * neither, but the person says that they were let in under it.
 */
function mayBeUnder(book: LawBook, rule: Provision, s: Situation): 'yes' | 'told' | 'no' {
  if (assess(book, rule, s, s.on).outcome !== false) return 'yes';
  if (rule.keyDate !== 'entry' || s.since === undefined || s.since > s.on) return 'no';
  if (assess(book, rule, { ...s, on: s.since }, s.since).outcome !== false) return 'yes';
  return s.under === rule.id ? 'told' : 'no';
}

/**
 * The last day on which the person may be where they are, if they stay without a break from `s.on`. The longest of what
 * they hold there, a pending application that lets them stay, and the stay rule they are under.
 */
export function lawfulUntil(book: LawBook, s: Situation): Lawful {
  const place = s.place;
  if (place === undefined) return { until: undefined, known: false, under: undefined, doubts: [] };
  if (isCitizen(s, place)) return { until: undefined, known: true, under: undefined, doubts: [] };
  let best: Lawful | undefined;
  const offer = (l: Lawful) => {
    if (
      !best ||
      (l.known && !best.known) ||
      (l.known === best.known && (l.until === undefined || (best.until !== undefined && l.until > best.until)))
    )
      best = l;
  };
  for (const h of holdingsIn(book, s, place, s.on)) {
    const terms = statusTerms(book, h.status)?.terms;
    const lasts = terms?.stands === 'permanent' || terms?.stands === 'citizenship' || isTermless(book, h.status);
    const noEnd = h.to === undefined && lasts;
    const until = h.goesOn?.unsure ? h.goesOn.after : h.to;
    offer({ until, known: until !== undefined || noEnd, under: h.status, doubts: [] });
  }
  const rules = stayRulesFor(book, place, s.on).filter((r) => s.under === undefined || s.under === r.id);
  for (const r of rules) {
    const may = mayBeUnder(book, r, s);
    if (may === 'no') continue;
    const a = stayAnswer(book, r, s, s.on);
    const until = a.lastDay ?? a.overSince;
    if (until === undefined) continue;
    const doubts: Doubt[] = may === 'told' ? [{ kind: 'let-in-as-told', provision: r.id }] : [];
    offer({ until, known: a.missing.length === 0 && may === 'yes', under: r.id, doubts });
  }
  if (!best) {
    // What was held here and has ended says when lawful presence ended, not that it is not known.
    for (const h of s.holdings ?? []) {
      const ended = h.goesOn?.unsure ? h.goesOn.after : h.to;
      if (h.status === s.under && ended !== undefined && ended < s.on)
        offer({ until: ended, known: true, under: h.status, doubts: [] });
    }
  }
  for (const p of s.pending) {
    if (!p.inCountry) continue;
    const route = book.provisions.get(p.route);
    if (route?.jurisdiction !== place && p.place !== place) continue;
    // Whether a second request for asylum lets one stay hangs on what is new in it.
    const may = route && isRepeated(book, route, s) ? 'unknown' : mayStayWhile(book, route);
    const prior: Lawful | undefined = best;
    if (may === true) offer({ until: p.decided, known: true, under: prior?.under ?? s.under, doubts: [] });
    else if (may === undefined || may === 'unknown') {
      // An applicant's papers of which no end was told say nothing of how long: what is known is that the answer is awaited.
      const papers = prior?.under === undefined ? undefined : statusTerms(book, prior.under)?.terms.stands;
      const endless = prior !== undefined && prior.until === undefined && !prior.known && papers === 'pending';
      if (prior === undefined || endless || (prior.until !== undefined && prior.until < p.decided)) {
        best = {
          until: p.decided,
          known: false,
          under: prior?.under ?? s.under,
          doubts: [{ kind: 'pending-stay-unknown', route: p.route }],
        };
      }
    }
  }
  return best ?? { until: undefined, known: false, under: s.under, doubts: [] };
}

/**
 * Whether one may stay while an application waits: what its own route says; of the decision on a request for asylum, where that route says
 * nothing, what the route by which asylum is asked for says.
 */
function mayStayWhile(book: LawBook, route: Provision | undefined): boolean | 'unknown' | undefined {
  if (!route || route.pending) return route?.pending?.mayStay;
  const from = route.filing?.from ?? [];
  const asked = ofKind(book, 'route').find(
    (r) => r.claim === 'asylum' && r.jurisdiction === route.jurisdiction && from.includes(r.grants?.status ?? ''),
  );
  return asked?.pending?.mayStay;
}

const termless = new WeakMap<LawBook, Map<string, boolean>>();

/**
 * Whether a status is recognised protection of which the law here states no term: it goes on until it is taken away, whatever the card
 * that shows it runs to.
 */
function isTermless(book: LawBook, status: string): boolean {
  let table = termless.get(book);
  if (!table) {
    table = new Map();
    termless.set(book, table);
  }
  let found = table.get(status);
  if (found === undefined) {
    const terms = statusTerms(book, status)?.terms;
    const routes = ofKind(book, 'route').filter((r) => r.grants?.status === status);
    found =
      terms?.stands === 'protection' &&
      terms.protectsFromReturn === true &&
      routes.length > 0 &&
      routes.every((r) => r.grants?.valid === undefined);
    table.set(status, found);
  }
  return found;
}
