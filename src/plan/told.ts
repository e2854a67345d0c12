/** A label told as a plan: its legs, what each rests on, and what happens when one of them is refused. */

import { addDuration } from '../calendar/civil.ts';
import type { LawBook } from '../law/book.ts';
import { endsByLeaving } from '../moves/claims.ts';
import { type Danger, dangersIn, isGrave } from '../moves/dangers.ts';
import { filingFrom } from '../moves/filing.ts';
import type { Outlook } from '../moves/outlook.ts';
import { within } from '../moves/seen.ts';
import type { Assumption, Doubt, Enter, File } from '../moves/types.ts';
import { windowFor } from '../moves/windows.ts';
import { isOffer } from '../person/learning.ts';
import { convert, savedMonthly, savingsOn } from '../person/money.ts';
import { isCurrent } from '../person/situation.ts';
import type { Situation } from '../person/types.ts';
import type { Day, Money } from '../rules/ir.ts';
import { fallbackFor } from './fallback.ts';
import { boldness, isUsual, type Label, metricsOf } from './label.ts';
import { standsFirm } from './senses.ts';
import type { Goal, Leg, Plan, Short } from './types.ts';
import { endsAsVisitor } from './worthwhile.ts';

/** The plan that leads to a label. */
export function toPlan(look: Outlook, label: Label, start: Situation, avoid: ReadonlySet<string>, goal: Goal): Plan {
  const book = look.book;
  const chain: Label[] = [];
  for (let l: Label | undefined = label; l?.parent; l = l.parent) chain.unshift(l);
  let weakest: number | undefined;
  const assumed = new Map<string, Assumption>();
  const legs = chain.map((l, i) => {
    const leg = legOf(look, l);
    for (const a of l.assumes) assumed.set(`${a.key} ${JSON.stringify(a.value)}`, a);
    if (leg.kind !== 'await' || leg.decision === 'right') return leg;
    const fallback = fallbackFor(look, (l.parent as Label).s, leg.route, leg.day, avoid);
    if (fallback.none) weakest ??= i;
    return { ...leg, fallback };
  });
  const short = shortOf(
    book,
    chain.map((l) => l.s),
  );
  return {
    legs,
    metrics: metricsOf(label, start.on),
    assumes: [...assumed.values()].map((x) => (isUsual(book, x) ? { ...x, usual: true } : x)),
    survivesAnyOneRefusal: weakest === undefined,
    ...(weakest === undefined ? {} : { weakest }),
    ...(short ? { short } : {}),
    ...(goal.kind === 'years' && legs.length ? { ends: endOfYears(book, label, lastOf(start, goal.years)) } : {}),
    ...(abandonsClaim(book, legs, start) ? { abandons: true } : {}),
    luck: luckOf(label.rests),
    boldest: label.luck,
    ...(label.luck >= RARE || rareAssumptions(book, start, [...assumed.values()]).length ? { rare: true } : {}),
  };
}

/** The day on which so many years are full, counted from the start. */
export const lastOf = (start: Situation, years: number): Day =>
  addDuration(start.on, { months: years * 12, days: 0 }, 'clamp');

function endOfYears(book: LawBook, label: Label, last: Day): NonNullable<Plan['ends']> {
  if (!endsAsVisitor(book, label.s, last)) return { as: 'resident' };
  return { as: 'visitor', ...(Number.isFinite(label.end) ? { until: label.end } : {}) };
}

/** By how much the savings fall short after some leg; `undefined` where they never do, or are not known. `after`: the situation after each. */
function shortOf(book: LawBook, after: readonly Situation[]): Short | undefined {
  let leg: number | undefined;
  let by: Money | undefined;
  after.forEach((s, i) => {
    const left = savingsOn(book, s, s.on);
    if (left === undefined || left.amount >= 0) return;
    leg ??= i;
    if (by === undefined || -left.amount > by.amount) by = { amount: -left.amount, currency: left.currency };
  });
  const s = after[0];
  if (leg === undefined || by === undefined || !s) return undefined;
  return { leg, by, ...(savedMonthly(s) === undefined && hasIncome(s) ? { income: true } : {}) };
}

/** Whether the person told of an income of any kind. */
export const hasIncome = (s: Situation): boolean =>
  ['work.incomeMonth', 'work.passiveIncomeMonth'].some(
    (f) => ((s.person.facts.get(f) as Money | undefined)?.amount ?? 0) > 0,
  );

/** Whether the plan leaves a claim behind that waited for its answer when it began. */
function abandonsClaim(book: LawBook, legs: readonly Leg[], start: Situation): boolean {
  return start.pending.some((p) => {
    if (!endsByLeaving(book, p)) return false;
    const away = legs.findIndex((l) => l.kind === 'enter' && l.country !== p.place);
    const answer = legs.findIndex((l) => l.kind === 'await' && l.route === p.route);
    return away >= 0 && (answer < 0 || away < answer);
  });
}

/** How much a plan rests on in all: all that is asked of one offer of work is one thing to be found, not one for its salary and one for its hours. */
function luckOf(rests: Label['rests']): number {
  let sum = 0;
  const offers = new Map<string, number>();
  for (const [key, x] of rests) {
    if (!isOffer(key)) sum += x;
    else {
      const country = key.slice(key.indexOf('@'));
      offers.set(country, Math.max(offers.get(country) ?? 0, x));
    }
  }
  for (const x of offers.values()) sum += x;
  return sum;
}

/** What a plan assumes that few people can answer so: what nobody can bring about, or a sum beyond the savings told. */
export function rareAssumptions(
  book: LawBook,
  start: Situation,
  assumed: readonly Assumption[],
): readonly Assumption[] {
  return assumed.filter((a) => boldness(book, a, start) >= RARE || beyondMeans(book, start, a));
}

/** Whether an assumed sum is more than the savings told: few have it all the same. */
function beyondMeans(book: LawBook, start: Situation, { fact, value }: Assumption): boolean {
  const cash = start.cash;
  const type = book.schema.facts.get(fact)?.type;
  if (!cash || type?.t !== 'money' || type.per !== 'once' || value === undefined) return false;
  const sum = convert(book, value as Money, cash.currency, start.on);
  return sum !== undefined && sum.amount > cash.amount;
}

function legOf(look: Outlook, l: Label): Leg {
  const move = l.move as NonNullable<Label['move']>;
  const day = l.s.on;
  const place = l.s.place;
  const dangers =
    place === undefined
      ? []
      : [
          ...dangersIn(look.book, l.s, place, day, move.kind === 'enter' ? ['presence', 'entry'] : ['presence']),
          // What work there may bring, and what one has to know, is told where one arrives, and to whom it surely applies.
          ...(move.kind === 'enter' ? dangersIn(look.book, l.s, place, day, ['work', 'notice']).filter(isGrave) : []),
          ...(move.kind === 'enter' ? leavingDangers(look.book, l) : []),
          ...(move.kind === 'file' ? consulateDangers(look.book, l.s, move) : []),
        ];
  const common = { jurisdiction: move.provision.jurisdiction, assumes: l.assumes, doubts: l.doubts, dangers };
  switch (move.kind) {
    case 'enter': {
      const until = look.through(l.s).lawful.until;
      return {
        kind: 'enter',
        day,
        country: move.country,
        under: move.under,
        ...common,
        doubts: [...l.doubts, ...grantedAway(look.book, l, move)],
        ...(until !== undefined ? { until } : {}),
      };
    }
    case 'file':
      return {
        kind: 'file',
        day,
        route: move.route,
        place: move.place,
        decision: move.decision,
        ...common,
        doubts: [...l.doubts, ...takenAtStart(look.book, l, move), ...renewedEarly(look.book, l, move)],
      };
    case 'await': {
      const had = l.parent?.s.holdings;
      const to = l.s.holdings === had ? undefined : l.s.holdings?.at(-1)?.to;
      return {
        kind: 'await',
        day,
        route: move.route,
        decision: move.decision,
        ...common,
        ...(to !== undefined ? { until: to } : {}),
      };
    }
  }
}

/** Dangers of going out of the country that an entry leaves: they are met on the way, before the next one begins. */
function leavingDangers(book: LawBook, l: Label): Danger[] {
  const from = l.parent?.s;
  return from?.place === undefined ? [] : dangersIn(book, { ...from, on: l.s.on }, from.place, l.s.on, ['exit']);
}

/**
 * What it means to turn to the consulates of a country (refusals, papers taken, summonses handed over), told where one goes. Of
 * the consulate of one's own state also what the country where one is makes of it: a refugee may lose protection by it.
 */
export function consulateDangers(book: LawBook, s: Situation, move: Pick<File, 'provision' | 'place'>): Danger[] {
  const of = move.provision.jurisdiction;
  if (move.place === of || !move.provision.filing?.where.includes('consulate')) return [];
  const citizenships = (s.person.facts.get('person.citizenships') as readonly string[] | undefined) ?? [];
  return [of, ...(citizenships.includes(of) ? [move.place] : [])].flatMap((c) =>
    dangersIn(book, s, c, s.on, ['consulate']),
  );
}

/** So many days where one is at the beginning are no waiting there: nobody leaves from one day to the next. */
const TO_LEAVE = 30;

/**
 * Where a plan goes, and where it waits for an answer, although a danger there concerns the person. Filing alone is not
 * counted: whoever is in danger where they are has to leave from there. Where they are at the beginning, what counts is how long the plan
 * keeps them there, whether an answer comes meanwhile or not.
 */
export function gravePlaces(p: Plan): { readonly entered: readonly string[]; readonly waited: readonly string[] } {
  const entered: string[] = [];
  const waited: string[] = [];
  let place: string | undefined;
  const leaves = p.legs.find((l) => l.kind === 'enter')?.day ?? p.legs.at(-1)?.day ?? Number.NaN;
  const first = leaves - (p.legs[0]?.day ?? Number.NaN);
  let away = false;
  for (const l of p.legs) {
    if (l.kind === 'enter') [place, away] = [l.country, true];
    else if (l.kind === 'file') place = l.place;
    // On the way out or at a consulate it is no danger of the country one comes to.
    if (!l.dangers.some((d) => isGrave(d) && d.of === undefined)) continue;
    const stays = away ? l.kind === 'await' : first < TO_LEAVE ? false : l.kind === 'await' || first >= TO_LEAVE;
    if (l.kind === 'enter') entered.push(l.country);
    else if (stays) waited.push(place ?? l.jurisdiction);
  }
  return { entered, waited };
}

const graves = (p: Plan): number => {
  const { entered, waited } = gravePlaces(p);
  return new Set(entered).size + new Set(waited.filter((c) => !entered.includes(c))).size;
};

/** How much of a plan rests on what is not known. */
const open = (p: Plan): number => p.luck ?? 0;

/**
 * Days that one more answer to be found weighs in the order of plans: a settlement permit in two and a half years comes before a
 * passport in six that rests on two answers less. Ours, no source.
 */
const AN_ANSWER = 120;

const soon = (p: Plan): number => p.metrics.daysToGoal + AN_ANSWER * open(p);

/** From this much luck asked for by one answer on, few people can give it (see `boldness`). */
const RARE = 4;

/** So many days before the end most authorities take a renewal at the earliest; which of them take it sooner the law here does not say. */
const RENEWAL_OPENS = 120;

/** That a renewal is asked for long before what it renews ends. */
function renewedEarly(book: LawBook, l: Label, move: File): Doubt[] {
  const status = move.provision.grants?.status;
  const ends = Math.max(
    0,
    ...(l.s.holdings ?? []).filter((h) => h.status === status && isCurrent(h, l.s.on)).map((h) => h.to ?? 0),
  );
  // Where the law says from which day it is taken, the day is one of those.
  if (status !== undefined && windowFor(book, move.provision, status, ends, l.s.on)?.opens !== undefined) return [];
  return ends - l.s.on > RENEWAL_OPENS ? [{ kind: 'renewed-early', route: move.route, ends }] : [];
}

/** That what is asked for abroad, where it is not sure to be taken, may be asked for where the person is when the plan begins. */
function takenAtStart(book: LawBook, l: Label, move: File): Doubt[] {
  if (!l.doubts.some((d) => d.kind === 'filing-place-unknown')) return [];
  let first = l;
  while (first.parent) first = first.parent;
  const { s } = first;
  if (s.place === undefined || s.place === move.place) return [];
  const there = filingFrom(book, move.provision, s, s.on);
  return there.inCountry && there.may === true ? [{ kind: 'taken-at-start', route: move.route, place: s.place }] : [];
}

/**
 * That the permit under which somebody comes back was asked for there and granted while they were away, and nothing they held before lets
 * them in: the law here says of no such decision that it is leave to enter.
 */
function grantedAway(book: LawBook, l: Label, move: Enter): Doubt[] {
  if (move.provision.kind === 'stay') return [];
  for (let x = l.parent; x?.parent; x = x.parent) {
    const m = x.move;
    if (m?.kind === 'enter' && m.under === move.under) return [];
    if (m?.kind !== 'await' || m.provision.grants?.status !== move.under) continue;
    const before = x.parent.s;
    const asked = before.pending.find((p) => p.route === m.route);
    const away = asked?.inCountry === true && !within(book, m.provision.jurisdiction, x.s.place, x.s.on);
    const held = (before.holdings ?? []).some(
      (h) => h.country === move.country && isCurrent(h, l.s.on) && standsFirm(book, h.status),
    );
    return away && !held ? [{ kind: 'granted-away', route: m.route }] : [];
  }
  return [];
}

const doubted = (p: Plan, kind: Doubt['kind']): boolean => p.legs.some((l) => l.doubts.some((d) => d.kind === kind));

/** Whether a plan awaits an answer on days on which no source says that one may stay. */
export const adrift = (p: Plan): boolean => doubted(p, 'pending-stay-unknown');

/** Of years of lawful stay: by the boldest answer it rests on, and where that is alike those first that do not end as a visitor's. */
const yearsEnd = (p: Plan): number => (p.ends ? 2 * (p.boldest ?? 0) + Number(p.ends.as === 'visitor') : 0);

/** Whether the savings told do not pay for it, and no income was told that might. */
export const unpaid = (p: Plan): boolean => p.short !== undefined && p.short.income !== true;

/** From this much luck asked for by one answer on, a whole list is still to be told (see `boldness`). */
const UNTOLD = 3;

/**
 * The order plans are shown in: those that neither enter a known danger nor wait in one first, then those that do not part a family that goes together, then those on which all go at once, then those that need no answer which few people can
 * give (a Bulgarian parent, fame, more money than they told of), then those that the savings told pay for, then those that give up no claim for protection which waits for its answer, then those on whose every day one may surely stay, then those that go in on no decision that came while one was away, then those with fewer days without lawful status (whoever is over
 * their time had better leave than wait for a permit where they are), then those for which no whole list is still to be told, then (of years of stay) those that rest on less, and of them those under a permit to the end before those that end as a visitor, then those that renew nothing long before its time, then those that survive a refusal, then those that need no passport that has run out, then the sooner, where each thing
 * not known weighs as months more, then the cheaper.
 */
export function byWorth(a: Plan, b: Plan): number {
  return (
    graves(a) - graves(b) ||
    Number(a.parts === true) - Number(b.parts === true) ||
    Number(a.apart === true) - Number(b.apart === true) ||
    Number(a.rare === true) - Number(b.rare === true) ||
    Number(unpaid(a)) - Number(unpaid(b)) ||
    Number(a.abandons === true) - Number(b.abandons === true) ||
    Number(adrift(a)) - Number(adrift(b)) ||
    Number(doubted(a, 'granted-away')) - Number(doubted(b, 'granted-away')) ||
    a.metrics.unlawfulDays - b.metrics.unlawfulDays ||
    Number((a.boldest ?? 0) >= UNTOLD) - Number((b.boldest ?? 0) >= UNTOLD) ||
    yearsEnd(a) - yearsEnd(b) ||
    Number(doubted(a, 'renewed-early')) - Number(doubted(b, 'renewed-early')) ||
    Number(a.beaten === true) - Number(b.beaten === true) ||
    Number(b.survivesAnyOneRefusal) - Number(a.survivesAnyOneRefusal) ||
    Number(doubted(a, 'passport-lapsed')) - Number(doubted(b, 'passport-lapsed')) ||
    soon(a) - soon(b) ||
    a.metrics.daysToGoal - b.metrics.daysToGoal ||
    a.metrics.costEur - b.metrics.costEur
  );
}
