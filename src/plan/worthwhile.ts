/** What is worth asking for: which permits and papers a search looks at in a situation, and until when they are asked for. */
import { type LawBook, membersOf, statusTerms } from '../law/book.ts';
import type { Provision } from '../law/types.ts';
import { endsByLeaving } from '../moves/claims.ts';
import { processingDays } from '../moves/moves.ts';
import type { Draw, File } from '../moves/types.ts';
import { isCurrent } from '../person/situation.ts';
import type { Holding, Situation } from '../person/types.ts';
import type { Day, Rec } from '../rules/ir.ts';
import { grantsGoal } from './relevant.ts';
import { standsFirm } from './senses.ts';
import type { Goal } from './types.ts';

/** The last day on which to apply so that the answer comes while what ends on `ends` still runs. */
export function lastSafe(r: Provision, ends: Day, draw: Draw): Day {
  let d = ends - processingDays(r, ends, draw).days;
  while (d + processingDays(r, d, draw).days > ends) d--;
  while (d < ends && d + 1 + processingDays(r, d + 1, draw).days <= ends) d++;
  return d;
}

/** Whether a route gives time somewhere, although it leads to no goal: to wait for what opens later. */
export function bridgesTime(book: LawBook, r: Provision, avoid: ReadonlySet<string>): boolean {
  if (avoid.has(r.jurisdiction) || !r.grants?.status) return false;
  const stands = statusTerms(book, r.grants.status)?.terms.stands;
  return stands === 'permit' || stands === 'protection' || stands === 'visa' || stands === 'permanent';
}

/**
 * From which day on asking for this document gains something, where it does not yet: there is one like it that is valid for another
 * year, or one was issued within the last year. `undefined` where it may be asked for today.
 */
export function hasSuchUntil(s: Situation, route: Provision): Day | undefined {
  const d = route.grants?.document;
  if (!d) return undefined;
  let from = s.on;
  for (const x of s.documents ?? []) {
    if (x.kind !== d.kind || x.country !== d.country) continue;
    if (x.issued !== undefined) from = Math.max(from, x.issued + 365);
    if ((d.biometric !== true || x.biometric === true) && x.expires !== undefined)
      from = Math.max(from, x.expires - 365);
  }
  return from > s.on ? from : undefined;
}

/**
 * Whether a paper is given to holders of named statuses only, none of which the person has or awaits: a refugee's travel document is no step
 * for who is no refugee. Nobody asks for asylum in one country for the sake of a paper with which to go to another.
 */
export function forOthers(route: Provision, start: Situation): boolean {
  const from = route.filing?.from;
  if (!route.grants?.document || !from?.length || from.some((x) => !/^[a-z]+\/[^*]+$/.test(x))) return false;
  const has = new Set([
    start.under,
    ...(start.holdings ?? []).map((h) => h.status),
    ...start.pending.map((p) => p.route),
  ]);
  return !from.some((x) => has.has(x));
}

/**
 * Whether it is a paper of one's own state, asked for while protection from that state is: who turns to its consulate then may lose the
 * claim, so no plan does.
 */
export function turnsBack(book: LawBook, s: Situation, r: Provision): boolean {
  if (!r.grants?.document) return false;
  const own = (s.person.facts.get('person.citizenships') as readonly string[] | undefined) ?? [];
  if (!own.includes(r.jurisdiction)) return false;
  const applicant = (h: Holding): boolean =>
    isCurrent(h, s.on) && statusTerms(book, h.status)?.terms.stands === 'pending';
  return s.pending.some((p) => p.inCountry && endsByLeaving(book, p)) || (s.holdings ?? []).some(applicant);
}

/** Whether another application is for a paper of the same kind with a chip where this one has none, on no other ground. */
export function servesMore(o: File, m: File): boolean {
  const [a, b] = [o.provision.grants?.document, m.provision.grants?.document];
  return (
    a?.biometric === true &&
    b?.biometric === false &&
    a.kind === b.kind &&
    a.country === b.country &&
    o.earliest <= m.earliest &&
    o.assumes.every((x) => m.assumes.some((y) => y.key === x.key))
  );
}

/** Whoever has so many days left where they are may ask for protection there in order to wait lawfully for something else. */
const FEW_DAYS = 120;

/**
 * Claims for protection that serve as ground to stand on: asked for where the person is at the beginning, by who said that they fear to
 * return and whose stay there ends soon. What else they ask for meanwhile goes on beside the claim. `end`: the last lawful day there.
 */
export function groundsOf(book: LawBook, routes: readonly Provision[], start: Situation, end: number): Set<string> {
  if (end > start.on + FEW_DAYS) return new Set();
  return new Set(routes.filter((r) => mayBeGround(book, r, start)).map((r) => r.id));
}

/** Whether a route is a claim for protection where the person is, who said that they fear to return. */
export function mayBeGround(book: LawBook, r: Provision, start: Situation): boolean {
  if (r.claim === undefined || start.person.facts.get('exposure.fearOfReturn') !== true) return false;
  return start.place !== undefined && (membersOf(book, r.jurisdiction, start.on) ?? []).includes(start.place);
}

/** Countries where the person told of something to go by: an offer, a place to study, a company, a home of their own, a permit held. */
export function toldOf(s: Situation): Set<string> {
  const out = new Set<string>();
  for (const list of ['offers', 'studyPlaces', 'companies', 'property'])
    for (const x of (s.person.facts.get(list) as readonly Rec[] | undefined) ?? [])
      if (typeof x.country === 'string') out.add(x.country);
  for (const h of s.holdings ?? []) if (isCurrent(h, s.on)) out.add(h.country ?? (h.status.split('/')[0] as string));
  return out;
}

/** The countries of the permits held: where whoever holds one may live. */
export function homesOf(book: LawBook, s: Situation): Set<string> {
  const out = new Set<string>();
  for (const h of s.holdings ?? [])
    if (isCurrent(h, s.on) && standsFirm(book, h.status)) out.add(h.country ?? (h.status.split('/')[0] as string));
  return out;
}

/**
 * Whether asking for a route is a change of permit that is not on the way: something firm is held, and the route is not the
 * goal, nor the same again, nor where something held leads, nor protection there for whoever fears to return.
 */
export function isSwitch(book: LawBook, goal: Goal, s: Situation, r: Provision): boolean {
  const status = r.grants?.status;
  if (!status || grantsGoal(book, r, goal)) return false;
  const firm = (s.holdings ?? []).filter((h) => isCurrent(h, s.on) && standsFirm(book, h.status));
  if (firm.length === 0) return false;
  // Protection where one lives when the plan begins is no permit changed for another to whoever said that they fear to return: it may be
  // the only ground left.
  const protects = r.claim !== undefined || statusTerms(book, status)?.terms.stands === 'protection';
  const before = (h: Holding): boolean =>
    h.status.split('/')[0] === r.jurisdiction && s.learnsFrom !== undefined && h.from <= s.learnsFrom;
  if (protects && s.person.facts.get('exposure.fearOfReturn') === true && firm.some(before)) return false;
  // Of the permits of one country only the last is renewed.
  const latest = firm.findLast((h) => h.status.split('/')[0] === r.jurisdiction);
  if (latest && latest.status !== status && firm.some((h) => h.status === status)) return true;
  return !firm.some((h) => h.status === status || statusTerms(book, h.status)?.terms.leadsTo?.includes(r.id));
}

/**
 * Whether years of lawful stay end as a visitor's: where the person then is only a stay rule lets them be, and nothing firm is held to the
 * last day of the years.
 */
export function endsAsVisitor(book: LawBook, s: Situation, last: Day): boolean {
  if (s.under === undefined || book.provisions.get(s.under)?.kind !== 'stay') return false;
  return !(s.holdings ?? []).some((h) => h.from <= last && (h.to ?? last) >= last && standsFirm(book, h.status));
}

/** Whether a route grants a permit of which no source says how long it lasts: nobody can plan a day on it. */
export function endless(book: LawBook, goal: Goal, r: Provision): boolean {
  const status = r.grants?.status;
  const stands = status && statusTerms(book, status)?.terms.stands;
  return (stands === 'permit' || stands === 'visa') && r.grants?.valid === undefined && !grantsGoal(book, r, goal);
}
