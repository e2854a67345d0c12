/** A label: a situation reached, how, and at what cost. */
import type { LawBook } from '../law/book.ts';
import type { Outlook } from '../moves/outlook.ts';
import type { Assumption, Doubt, Enter, File, Move } from '../moves/types.ts';
import type { Situation } from '../person/types.ts';
import { convert } from '../person/view.ts';
import type { Day, Rec } from '../rules/ir.ts';
import type { Purpose } from './purpose.ts';
import type { Metrics } from './types.ts';

export type Label = {
  readonly s: Situation;
  readonly parent: Label | undefined;
  readonly move: Move | undefined;
  /** Doubts of the move and of the waiting before it; assumptions likewise. */
  readonly doubts: readonly Doubt[];
  readonly assumes: readonly Assumption[];
  /** The last day of lawful presence where the person is; infinite without an end. */
  readonly end: number;
  /** Surely lawful as a visitor, resting on nothing else: waiting adds no doubt. */
  readonly plain: boolean;
  /** Out of status since the start. */
  readonly astray: boolean;
  /** Whether a danger of the country concerned the person, or may have, on arriving. */
  readonly endangered: boolean;
  /** Whether an answer is awaited that may be no although every condition is met. */
  readonly hanging: boolean;
  /** Visitor entries since the last answer. */
  readonly hops: number;
  readonly discretion: number;
  readonly discretionarySteps: number;
  readonly cents: number;
  readonly moves: number;
  readonly danger: number;
  readonly unlawful: number;
  /** What was assumed and doubted so far, by key, with the luck that each asks for. */
  readonly rests: ReadonlyMap<string, number>;
  /** The boldest thing it rests on. */
  readonly luck: number;
  /** The goals that all applications so far lead to. */
  readonly purpose: Purpose;
  /** Changes of permit so far that were not on the way. */
  readonly switches: number;
  /** The days of all its moves, added up: of two ways at the same cost the earlier is told. */
  readonly early: number;
  /** Which of the searches side by side it belongs to. */
  readonly root: number;
};

/** The label a search begins with. */
export function startLabel(look: Outlook, s: Situation, purpose: Purpose): Label {
  const end = look.through(s).end;
  return {
    s,
    parent: undefined,
    move: undefined,
    doubts: [],
    assumes: [],
    end,
    plain: false,
    astray: end < s.on,
    endangered: look.endangered(s),
    hanging: hanging(look.book, s),
    hops: 0,
    discretion: 0,
    discretionarySteps: 0,
    cents: 0,
    moves: 0,
    danger: 0,
    unlawful: 0,
    rests: new Map(),
    luck: 0,
    purpose,
    switches: 0,
    early: 0,
    root: 0,
  };
}

const hanging = (book: LawBook, s: Situation): boolean =>
  s.pending.some((p) => book.provisions.get(p.route)?.decision !== 'right');

/** The label after a move made on `day` that led to `s`; `undefined` where presence on that day would not be lawful. */
export function extend(
  look: Outlook,
  from: Label,
  move: Move,
  day: Day,
  s: Situation,
  purpose: Purpose,
  switched: boolean,
): Label | undefined {
  const book = look.book;
  const waited = day - from.s.on;
  const plain = move.kind === 'enter' ? look.plainVisit(s, move.provision) : undefined;
  const reach = plain ?? look.through(s).end;
  const covered = move.kind !== 'enter' && from.end >= day;
  if (reach < day && !covered && !from.astray) return undefined;
  const assumes: Assumption[] = 'assumes' in move ? [...move.assumes] : [];
  const doubts: Doubt[] = [...move.doubts];
  if (waited > 0 && !from.plain) waiting(look, from, day, assumes, doubts);
  const cents = from.cents + (move.kind === 'file' ? feeCents(book, move, day) : 0);
  let rests = from.rests;
  let luck = from.luck;
  const rest = (key: string, asks: number): void => {
    if (rests.has(key)) return;
    if (rests === from.rests) rests = new Map(rests);
    (rests as Map<string, number>).set(key, asks);
    luck = Math.max(luck, asks);
  };
  for (const a of assumes) rest(a.key, boldness(book, a, from.s));
  for (const d of doubts) if (weighs(d)) rest(doubtKey(d), 1);
  const visitor = move.kind === 'enter' && move.provision.kind === 'stay';
  return {
    s,
    parent: from,
    move,
    doubts,
    assumes,
    end: covered ? Math.max(reach, day) : reach,
    plain: plain !== undefined,
    astray: from.astray && reach < day && !covered,
    endangered: move.kind === 'enter' ? look.endangered(s) : from.endangered,
    hanging: hanging(book, s),
    hops: move.kind === 'await' ? 0 : from.hops + (visitor ? 1 : 0),
    discretion: from.discretion + (from.hanging ? waited : 0),
    discretionarySteps: from.discretionarySteps + (move.kind === 'await' && move.decision !== 'right' ? 1 : 0),
    cents,
    moves: from.moves + (move.kind === 'await' ? 0 : 1),
    danger: from.danger + (from.endangered ? waited : 0) + (move.kind === 'enter' && look.dangerousEntry(s) ? 1 : 0),
    unlawful: from.unlawful + (from.astray ? Math.max(0, day - Math.max(from.s.on, from.end + 1)) : 0),
    rests,
    luck,
    purpose,
    switches: from.switches + (switched ? 1 : 0),
    early: from.early + s.on,
    root: from.root,
  };
}

/** The fees of an application on a day, in cents of a euro; those not known are left out. */
export function feeCents(book: LawBook, move: File, day: Day): number {
  let cents = 0;
  for (const fee of move.fee) cents += Math.round((convert(book, fee, 'EUR', day)?.amount ?? 0) * 100);
  return cents;
}

const asked = new WeakMap<readonly Assumption[], WeakMap<readonly Doubt[], number>>();

/** The luck that a move asks for by itself; waiting for its day may ask for more. */
export function asks(book: LawBook, move: File | Enter, s: Situation): number {
  let table = asked.get(move.assumes);
  if (!table) {
    table = new WeakMap();
    asked.set(move.assumes, table);
  }
  let luck = table.get(move.doubts);
  if (luck === undefined) {
    luck = move.doubts.some(weighs) ? 1 : 0;
    for (const a of move.assumes) luck = Math.max(luck, boldness(book, a, s));
    table.set(move.doubts, luck);
  }
  return luck;
}

/** What waiting until `day` rests on, beside the move that ends it. */
function waiting(look: Outlook, from: Label, day: Day, assumes: Assumption[], doubts: Doubt[]): void {
  const { lawful } = look.through(from.s);
  if (lawful.until === undefined || lawful.until < day - 1) return;
  doubts.push(...lawful.doubts);
  if (!lawful.known && lawful.doubts.length === 0)
    assumes.push({ key: 'stays', fact: 'stays', jurisdiction: (lawful.under ?? '').split('/')[0] as string });
}

/** Doubts on which a plan may founder; that a fee or a time is not stated does not make it less lawful. */
const weighs = (d: Doubt): boolean =>
  d.kind !== 'processing-not-stated' && d.kind !== 'fee-not-known' && d.kind !== 'validity-not-stated';

const doubtKey = (d: Doubt): string =>
  `?${d.kind} ${'route' in d ? d.route : d.provision}${d.kind === 'not-stated' ? ` ${d.what}` : ''}`;

/** The luck that an offer of work asks for which is still to be found. */
export const TO_FIND = 2;

/**
 * How much luck an assumed answer asks for: none if most people would give it; little if it can be brought about (an
 * offer, a course), more if it is known not to be there yet; much if nobody can change it (ancestry, what happened).
 */
export function boldness(book: LawBook, a: Assumption, s?: Situation): number {
  if (isUsual(book, a)) return 0;
  // A whole list (family, companies) or a clock that would have to come out right.
  if (a.value === undefined) return s && toldOfKin(book, s, a.fact) ? 4 : 3;
  if (s && unlikelyOffer(a, s)) return 4;
  if (s && forResearchers(a) && noResearcher(s)) return 3;
  if (a.told === false) return TO_FIND;
  const def = book.schema.facts.get(a.fact);
  // The opposite of what most people would answer, or what nobody can bring about; that something is not so is no rare answer.
  if (def?.usual !== undefined) return 4;
  return def?.change.how === 'never' && a.value !== false ? 4 : 1;
}

/**
 * Whether an offer still to be found is one that few people told of this would get: any, for who says that they are retired; a contract
 * for research, for who told an education without a degree.
 */
function unlikelyOffer(a: Assumption, s: Situation): boolean {
  const told = s.person.facts;
  if (a.fact === 'offer.exists' && a.value === true)
    return a.told === false && told.get('work.occupation') === 'pensioner';
  if (a.fact !== 'offer.contract' || a.value !== 'research') return false;
  const education = told.get('education') as readonly Rec[] | undefined;
  return education !== undefined && !education.some((e) => e.level === undefined || DEGREES.has(String(e.level)));
}

/** Whether what is assumed is a contract for research, or the agreement by which a research body takes somebody in. */
const forResearchers = (a: Assumption): boolean =>
  (a.fact === 'offer.contract' && a.value === 'research') || (a.fact.endsWith('.hostingAgreement') && a.value === true);

/** Occupations of those whom research bodies take in; a student may come to be one. */
const RESEARCH = new Set(['scientist', 'mathematician', 'data-scientist', 'university-teacher', 'student']);

/** Whether the person told another occupation than research, and no doctorate. Of an occupation not told nothing follows. */
function noResearcher(s: Situation): boolean {
  const occupation = s.person.facts.get('work.occupation');
  const education = s.person.facts.get('education') as readonly Rec[] | undefined;
  if (occupation === undefined || RESEARCH.has(String(occupation))) return false;
  return education?.some((e) => e.level === 'doctorate') !== true;
}

const DEGREES = new Set(['bachelor', 'master', 'doctorate']);

/**
 * Whether a fact is the list of relatives, and relatives were told: that one of them holds a second citizenship or a permit, of which
 * nothing was said, few people can add.
 */
export function toldOfKin(book: LawBook, s: Situation, fact: string): boolean {
  const type = book.schema.facts.get(fact)?.type;
  return type?.t === 'records' && type.of === 'family' && s.person.facts.get(fact) !== undefined;
}

/** Whether an assumed answer is the one most people give. */
export function isUsual(book: LawBook, a: Assumption): boolean {
  const usual = book.schema.facts.get(a.fact)?.usual;
  return usual !== undefined && a.value !== undefined && JSON.stringify(usual) === JSON.stringify(a.value);
}

export function metricsOf(l: Label, start: Day): Metrics {
  return {
    daysToGoal: l.s.on - start,
    discretionarySteps: l.discretionarySteps,
    discretionDays: l.discretion,
    costEur: l.cents / 100,
    moves: l.moves,
    dangerDays: l.danger,
    unlawfulDays: l.unlawful,
  };
}

/** Whether two labels were reached by the same moves on the same days. */
export function sameWay(a: Label | undefined, b: Label | undefined): boolean {
  for (; a && b; a = a.parent, b = b.parent) {
    if (a.s.on !== b.s.on || a.s.place !== b.s.place || a.move?.kind !== b.move?.kind) return false;
    if (a.move && b.move && a.move.provision !== b.move.provision) return false;
  }
  return a === b;
}
