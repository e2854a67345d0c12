/**
 * The state of the page and everything that may happen to it. Pure: what a step does to the browser's history or the
 * device is done by whoever calls it.
 */
import type { Lang } from '../../law/say.ts';
import type { Goal } from '../../plan/types.ts';
import { type Answer, type Answers, type Origin, withAnswer, withoutAnswers } from './answers.ts';
import type { Screen } from './screens.ts';

export type RouteFilter = {
  readonly country: string;
  readonly outcome: '' | 'yes' | 'elsewhere' | 'unknown' | 'no';
  /** Only statuses that allow work. */
  readonly work: boolean;
  /** Only routes whose fees are known and at most so many euro. */
  readonly fee: number | undefined;
  /** Only routes of which it is stated how long a decision takes, and at most so many days. */
  readonly days: number | undefined;
};

export type State = {
  readonly lang: Lang;
  /** The screens gone through, and which of them is shown. */
  readonly trail: readonly Screen[];
  readonly at: number;
  readonly answers: Answers;
  /** The file the answers came from: what is not asked here (a note, comments, files of the family) is written back as it was. */
  readonly origin: Origin | undefined;
  /** What was typed or chosen and not yet given as an answer, by fact: going back and forth keeps it. */
  readonly drafts: { readonly [fact: string]: unknown };
  readonly goal: Goal;
  readonly avoid: readonly string[];
  readonly filter: RouteFilter;
  /** The day since which changes of the law are told; `undefined`: a year. */
  readonly since: string | undefined;
  /** The plan chosen to be printed or taken as a calendar, by its steps; `undefined`: the first. */
  readonly chosen: string | undefined;
  /** Nothing is shown until the passphrase opens the case again. */
  readonly locked: boolean;
};

export type Step =
  | { readonly t: 'go'; readonly screen: Screen }
  /** Puts another screen in the place of the one shown. */
  | { readonly t: 'turn'; readonly screen: Screen }
  /** The browser's back and forward, or a step of the page's own. */
  | { readonly t: 'at'; readonly at: number }
  | { readonly t: 'draft'; readonly fact: string; readonly draft: unknown }
  | { readonly t: 'answer'; readonly fact: string; readonly answer: Answer }
  /** Going on without having answered: never takes an answer away. */
  | { readonly t: 'blank'; readonly fact: string }
  | { readonly t: 'remove'; readonly facts: readonly string[] }
  | { readonly t: 'open'; readonly answers: Answers; readonly origin: Origin | undefined }
  | { readonly t: 'lang'; readonly lang: Lang }
  | { readonly t: 'goal'; readonly goal: Goal }
  | { readonly t: 'avoid'; readonly country: string; readonly on: boolean }
  | { readonly t: 'filter'; readonly filter: Partial<RouteFilter> }
  | { readonly t: 'since'; readonly day: string }
  | { readonly t: 'chosen'; readonly id: string }
  | { readonly t: 'lock' }
  | { readonly t: 'unlock'; readonly answers: Answers; readonly origin: Origin | undefined }
  | { readonly t: 'erase' };

export const NO_FILTER: RouteFilter = { country: '', outcome: '', work: false, fee: undefined, days: undefined };

export function startState(lang: Lang): State {
  return {
    lang,
    trail: [{ s: 'start' }],
    at: 0,
    answers: {},
    origin: undefined,
    drafts: {},
    goal: { kind: 'permanent' },
    avoid: [],
    filter: NO_FILTER,
    since: undefined,
    chosen: undefined,
    locked: false,
  };
}

export const shown = (state: State): Screen => state.trail[state.at] as Screen;

/** More screens than this are not kept: the oldest are forgotten, the answers never. */
const LONGEST = 500;

export function reduce(state: State, step: Step): State {
  switch (step.t) {
    case 'go': {
      if (JSON.stringify(shown(state)) === JSON.stringify(step.screen)) return state;
      const trail = [...state.trail.slice(0, state.at + 1), step.screen].slice(-LONGEST);
      return { ...state, trail, at: trail.length - 1 };
    }
    case 'turn':
      return { ...state, trail: state.trail.map((x, i) => (i === state.at ? step.screen : x)) };
    case 'at': {
      const at = Math.max(0, Math.min(state.trail.length - 1, Math.trunc(step.at)));
      return Number.isNaN(at) || at === state.at ? state : { ...state, at };
    }
    case 'draft':
      return { ...state, drafts: { ...state.drafts, [step.fact]: step.draft } };
    case 'answer':
      return {
        ...state,
        answers: withAnswer(state.answers, step.fact, step.answer),
        drafts: without(state.drafts, step.fact),
      };
    case 'blank':
      return state;
    case 'remove':
      return {
        ...state,
        answers: withoutAnswers(state.answers, step.facts),
        drafts: step.facts.reduce(without, state.drafts),
      };
    case 'open':
      return { ...state, answers: step.answers, origin: step.origin, drafts: {} };
    case 'lang':
      return { ...state, lang: step.lang };
    case 'goal':
      return { ...state, goal: step.goal };
    case 'avoid': {
      const rest = state.avoid.filter((c) => c !== step.country);
      return { ...state, avoid: step.on ? [...rest, step.country].sort() : rest };
    }
    case 'filter':
      return { ...state, filter: { ...state.filter, ...step.filter } };
    case 'since':
      return { ...state, since: step.day };
    case 'chosen':
      return { ...state, chosen: step.id };
    case 'lock':
      return { ...startState(state.lang), locked: true };
    case 'unlock':
      return {
        ...startState(state.lang),
        trail: [{ s: 'start' }, { s: 'stand' }],
        at: 1,
        answers: step.answers,
        origin: step.origin,
      };
    case 'erase':
      return startState(state.lang);
  }
}

function without<T>(map: { readonly [k: string]: T }, key: string): { readonly [k: string]: T } {
  const { [key]: _, ...rest } = map;
  return rest;
}
