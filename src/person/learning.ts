/**
 * What a person told of is where they start, and changes while years go by: a language is learnt, an offer of work is found. A plan
 * may rest on a higher level, or on an offer, once there was time for it; that is an assumption, named with what was told.
 */
import { addMonths } from '../calendar/civil.ts';
import type { Day, FactDef, Schema, Value } from '../rules/ir.ts';
import type { Situation } from './types.ts';

/** The highest level that is learnt; above it one is born to. */
const HIGHEST = 'C2';

/** The levels of a fact that stands for a language, the lowest first; `undefined` for any other fact. */
export function levelsOf(schema: Schema, def: FactDef | undefined): readonly string[] | undefined {
  if (!def?.name.startsWith('languages.') || def.type.t !== 'code') return undefined;
  const set = schema.sets.get(def.type.set);
  return set?.ordered ? set.codes : undefined;
}

/** Months that one level is reckoned to take: the `cost` of a change of the fact. */
export function monthsALevel(def: FactDef): number {
  return def.change.how === 'never' ? Number.POSITIVE_INFINITY : def.change.cost;
}

/**
 * Months from one level to another; 0 where it is no higher, infinite where it cannot be learnt.
 */
export function monthsToLearn(schema: Schema, def: FactDef, from: Value, to: Value): number {
  const levels = levelsOf(schema, def);
  if (!levels) return Number.POSITIVE_INFINITY;
  const [a, b, top] = [levels.indexOf(String(from)), levels.indexOf(String(to)), levels.indexOf(HIGHEST)];
  if (a < 0 || b < 0) return Number.POSITIVE_INFINITY;
  if (b <= a) return 0;
  return b > top ? Number.POSITIVE_INFINITY : (b - a) * monthsALevel(def);
}

/** Whether a level told can still rise. */
export function canRise(schema: Schema, def: FactDef | undefined, told: Value | undefined): boolean {
  const levels = levelsOf(schema, def);
  if (!levels || told === undefined) return false;
  const at = levels.indexOf(String(told));
  return at >= 0 && at < levels.indexOf(HIGHEST);
}

/** The higher of two levels. */
export function higher(schema: Schema, def: FactDef | undefined, a: Value, b: Value | undefined): Value {
  const levels = levelsOf(schema, def);
  if (!levels || b === undefined) return a;
  return levels.indexOf(String(b)) > levels.indexOf(String(a)) ? b : a;
}

/** Lists of what people look for and found: none today is not none for ever. */
const GROWING = new Set(['offers', 'studyPlaces', 'companies']);

/** Whether a fact is one of an offer of work (`offer.salaryYear`). */
export const isOffer = (fact: string): boolean => fact.startsWith('offer.');

/** The list that a fact is of, where that list may grow while a plan goes on. */
export function growingList(fact: string): string | undefined {
  const list = isOffer(fact) ? 'offers' : fact;
  return GROWING.has(list) ? list : undefined;
}

/** Months that adding to such a list is reckoned to take (an offer, a place to study, a company): the `cost` of a change of the list; infinite where it cannot grow. */
export function monthsToFind(schema: Schema, fact: string): number {
  const list = growingList(fact);
  const def = list === undefined ? undefined : schema.facts.get(list);
  return def && def.change.how === 'choice' ? def.change.cost : Number.POSITIVE_INFINITY;
}

/**
 * In a plan of somebody who told of what such a list has, or that it is empty: the day from which there may be more. `undefined` where the
 * list was not told (whatever is needed is then simply not known), and outside of plans, where what was told stands.
 */
export function foundFrom(schema: Schema, s: Situation, fact: string): Day | undefined {
  const list = growingList(fact);
  if (s.learnsFrom === undefined || list === undefined || s.person.facts.get(list) === undefined) return undefined;
  const months = monthsToFind(schema, fact);
  return Number.isFinite(months) ? addMonths(s.learnsFrom, months, 'clamp') : undefined;
}

/** Whether languages may have been learnt, or offers found, by a day: where the situation is one of a plan, and time has passed in it. */
export const mayLearn = (s: Situation, on: number): boolean => s.learnsFrom !== undefined && on > s.learnsFrom;

/** The situation a plan begins with: from its day on, languages may be learnt and offers found. */
export const beginningPlan = (s: Situation): Situation => ({ ...s, learnsFrom: s.on });
