/**
 * What a status of the person opens for a member of the family: the routes of that country that count it, each for this member, from
 * where they then are. A route counts it if somebody of whom nothing else is known could take it with the person as a relative, and
 * nobody could without.
 */
import { addMonths, yearsBetween } from '../calendar/civil.ts';
import { type LawBook, ofKind, statusTerms } from '../law/book.ts';
import { inForce } from '../law/resolve.ts';
import type { Decision, Provision, Rights } from '../law/types.ts';
import { assess } from '../moves/assess.ts';
import { assumptionsFor } from '../moves/assume.ts';
import { type Danger, isGrave } from '../moves/dangers.ts';
import { type Eligibility, routeEligibility, surely } from '../moves/eligible.ts';
import { filingFrom } from '../moves/filing.ts';
import { apply, fileMoves } from '../moves/moves.ts';
import { sightOf } from '../moves/seen.ts';
import type { Assumption, Await, Doubt, Draw, File } from '../moves/types.ts';
import type { Person, Situation } from '../person/types.ts';
import type { Day, Rec, Tri, Value } from '../rules/ir.ts';
import { isUsual } from './label.ts';
import { type Member, onlyRelative } from './members.ts';
import { consulateDangers } from './told.ts';

/** A birthday on which a route closes to a member. */
export type Birthday = {
  readonly turns: number;
  readonly on: Day;
  /** What it comes before: the first day on which one could apply, the answer, or the renewal. */
  readonly before: 'filing' | 'answer' | 'renewal';
};

/** A route that counts the person's status, for one member. */
export type Derived = {
  readonly route: Provision;
  /** Whether it is open to the member: `true` rests on nothing but the usual answers, and on nothing in doubt. */
  readonly outcome: Tri;
  /** First day on which to apply, and where; missing where it is closed, or not from where the member then is. */
  readonly file?: Day;
  readonly place?: string;
  readonly answer?: Day;
  /** Last day of what it grants; missing where it has no end or none is stated. */
  readonly until?: Day;
  readonly decision?: Decision;
  readonly rights?: Rights;
  readonly assumes: readonly Assumption[];
  readonly doubts: readonly Doubt[];
  /** Facts not told without which it is not known. */
  readonly missing: readonly string[];
  /** It is not asked for from where the member then is. */
  readonly elsewhere?: true;
  readonly birthday?: Birthday;
  /** The consulate's dangers for the member, who would have to turn to it. */
  readonly dangers: readonly Danger[];
  /** What was asked, for the reasons in words. */
  readonly eligibility: Eligibility;
  readonly asked: Situation;
  /** The application, where it can be made. */
  readonly move?: File;
};

/** Doubts that leave it open whether a move is lawful; the others are about a sum or a number of days. */
const OPEN_DOUBTS = new Set<Doubt['kind']>([
  'pending-stay-unknown',
  'filing-place-unknown',
  'filing-status-unknown',
  'window-unknown',
  'passport-lapsed',
  'papers-waived',
  'asked-before',
  'in-force-unknown',
  'not-stated',
]);

/** Whether a move holds on what was told and the usual answers alone. */
export function holdsFirmly(book: LawBook, m: { assumes: readonly Assumption[]; doubts: readonly Doubt[] }): boolean {
  return m.assumes.every((a) => isUsual(book, a)) && !m.doubts.some((d) => OPEN_DOUBTS.has(d.kind));
}

/** Routes of a country that a relative like this opens, whoever takes them. */
export function familyRoutes(book: LawBook, country: string, relative: Rec, on: Day): Provision[] {
  return ofKind(book, 'route').filter((r) => {
    const grants = r.grants?.status;
    if (r.jurisdiction !== country || grants === undefined || inForce(r, on) === 'no') return false;
    if (statusTerms(book, grants)?.terms.stands === 'citizenship') return false;
    if (!sightOf(book, [r]).facts.has('family')) return false;
    const open = (family: readonly Rec[]): Tri => assess(book, r, somebody(family, on), on).outcome;
    return open([relative]) !== false && open([]) === false;
  });
}

/** Somebody of whom nothing is known but their relatives. */
function somebody(family: readonly Rec[], on: Day): Situation {
  const person: Person = {
    name: '',
    facts: new Map<string, Value>([['family', family as unknown as Value]]),
    documents: undefined,
    offers: undefined,
    visits: undefined,
    holdings: undefined,
    now: {},
    members: new Map(),
  };
  return {
    person,
    on,
    place: undefined,
    since: undefined,
    under: undefined,
    visits: undefined,
    holdings: undefined,
    documents: undefined,
    pending: [],
    cash: undefined,
    assumed: new Map(),
    refused: [],
  };
}

/**
 * The routes that a status opens for a member, the surest first, then the one that hangs on least, then the one answered soonest. `s` is the member's situation on the
 * day from which it counts, `latest` the last day on which they may apply from where they are, `begin` the day the plan begins.
 */
export function derivedFor(
  book: LawBook,
  m: Member,
  relative: Rec,
  country: string,
  s: Situation,
  latest: Day,
  begin: Day,
  draw: Draw,
): Derived[] {
  const asked: Situation = { ...s, person: onlyRelative(m, relative) };
  return familyRoutes(book, country, relative, s.on)
    .map((route) => oneRoute(book, m, route, asked, latest, begin, draw))
    .sort(
      (a, b) =>
        rank(a) - rank(b) || a.missing.length - b.missing.length || (a.answer ?? Infinity) - (b.answer ?? Infinity),
    );
}

const rank = (d: Derived): number =>
  d.outcome === true ? 0 : d.outcome === false ? 3 : d.move !== undefined && d.elsewhere === undefined ? 1 : 2;

function oneRoute(
  book: LawBook,
  m: Member,
  route: Provision,
  asked: Situation,
  latest: Day,
  begin: Day,
  draw: Draw,
): Derived {
  const on = asked.on;
  const eligibility = routeEligibility(book, route, asked, on);
  const rights = statusTerms(book, route.grants?.status ?? '')?.terms.rights;
  const common = { route, eligibility, asked, ...(rights === undefined ? {} : { rights }) };
  const moves = fileMoves(book, asked, route, Math.max(on, latest), false);
  const move = moves.find((x) => holdsFirmly(book, x)) ?? moves[0];
  if (!move) {
    const birthday = eligibility.outcome === false ? closedBy(book, m, route, asked, begin, on, 'filing') : undefined;
    const assumed = eligibility.outcome === undefined ? assumptionsFor(book, eligibility, asked, on) : undefined;
    const away = eligibility.outcome !== false && filingFrom(book, route, asked, on).may === false;
    return {
      ...common,
      outcome: eligibility.outcome === false ? false : undefined,
      assumes: assumed?.assumes ?? [],
      doubts: assumed?.doubts ?? [],
      missing: missingOf(book, assumed?.assumes ?? []),
      ...(away ? { elsewhere: true as const } : {}),
      ...(birthday ? { birthday } : {}),
      dangers: [],
    };
  }
  const filed = apply(book, asked, move, move.earliest, draw);
  const answer = filed.pending.at(-1)?.decided ?? move.earliest;
  const birthday = closedBy(book, m, route, { ...asked, on: move.earliest }, move.earliest, answer, 'answer');
  const until = grantedUntil(book, filed, route, answer);
  const there = { ...asked, on: move.earliest };
  const dangers = consulateDangers(book, there, move).filter((d) => isGrave(d) || d.outcome === undefined);
  return {
    ...common,
    // Which day an age is counted on the law says of itself only with the day that decides; a birthday in between leaves it open.
    outcome:
      holdsFirmly(book, move) && surely({ ...move.eligibility, outcome: true }) && birthday === undefined
        ? true
        : undefined,
    file: move.earliest,
    place: move.place,
    answer,
    decision: move.decision,
    assumes: move.assumes,
    doubts: move.doubts,
    missing: missingOf(book, move.assumes),
    ...(until === undefined ? {} : { until }),
    ...(birthday ? { birthday } : {}),
    dangers,
    move,
  };
}

/** The names of facts that would have to be told: the usual answers are not asked for. */
const missingOf = (book: LawBook, assumes: readonly Assumption[]): string[] => [
  ...new Set(assumes.filter((a) => !isUsual(book, a)).map((a) => a.fact)),
];

/** The last day of what an application would grant. */
function grantedUntil(book: LawBook, filed: Situation, route: Provision, answer: Day): Day | undefined {
  return apply(book, filed, answerOf(route, filed, answer), answer, { processing: answer, granted: true }).holdings?.at(
    -1,
  )?.to;
}

/** The move that takes note of the answer to an application that waits. */
export function answerOf(route: Provision, s: Situation, day: Day): Await {
  return {
    kind: 'await',
    route: route.id,
    provision: route,
    earliest: Math.max(s.on, day),
    latest: Math.max(s.on, day),
    decision: route.decision ?? 'discretion',
    doubts: [],
  };
}

/**
 * The birthday in (from, to] on which a route closes to a member who grows too old for it; `undefined` where none does, where the
 * route does not ask for an age, or where the day of birth is not told.
 */
export function closedBy(
  book: LawBook,
  m: Member,
  route: Provision,
  s: Situation,
  from: Day,
  to: Day,
  before: Birthday['before'],
): Birthday | undefined {
  if (m.born === undefined || !sightOf(book, [route]).facts.has('age')) return undefined;
  const open = (day: Day): Tri => assess(book, route, { ...s, on: day }, day).outcome;
  for (let n = yearsBetween(m.born, from) + 1; ; n++) {
    const on = birthdayOf(m.born, n);
    if (on > to) return undefined;
    if (on > from && open(on) === false && open(on - 1) !== false) return { turns: n, on, before };
  }
}

/** The first day on which somebody is so many years old, as `yearsBetween` counts. */
export const birthdayOf = (born: Day, years: number): Day => addMonths(born, 12 * years, 'clamp');
