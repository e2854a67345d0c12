/** What the law says to many example persons, and what a change of it does to them: answers that turn, and who they turn for. */
import type { LawBook } from '../law/book.ts';
import { ofKind } from '../law/book.ts';
import { assess } from '../moves/assess.ts';
import { startOf } from '../moves/claims.ts';
import { routeEligibility } from '../moves/eligible.ts';
import { lawfulUntil } from '../moves/lawful.ts';
import type { Person } from '../person/types.ts';
import type { Day } from '../rules/ir.ts';
import { answerOf } from './plain.ts';

/** Answers of one person by what was asked: `route de/blue-card`, `danger kz/…`, `last day`. */
export type Answers = ReadonlyMap<string, string>;

/** Every route, every danger and the last lawful day of one person on a day. */
export function answersOf(book: LawBook, person: Person, on: Day): Answers {
  const s = startOf(book, person, on);
  const out = new Map<string, string>();
  for (const p of ofKind(book, 'route')) out.set(`route ${p.id}`, answerOf(routeEligibility(book, p, s, on).outcome));
  for (const p of ofKind(book, 'danger')) {
    const a = assess(book, p, s, on);
    out.set(`danger ${p.id}`, answerOf(a.force === 'no' ? false : a.outcome));
  }
  const lawful = lawfulUntil(book, s);
  out.set('last day', `${lawful.until ?? 'none'}${lawful.known ? '' : ' (not certain)'}`);
  return out;
}

export type Turn = {
  readonly asked: string;
  readonly before: string;
  readonly after: string;
  /** Names of the example persons for whom it turned. */
  readonly who: readonly string[];
};

/** What turned between two laws, most persons first. What one law does not know counts as `absent`. */
export function turns(before: ReadonlyMap<string, Answers>, after: ReadonlyMap<string, Answers>): Turn[] {
  const found = new Map<string, { asked: string; before: string; after: string; who: string[] }>();
  for (const [name, now] of after) {
    const was = before.get(name);
    if (!was) continue;
    for (const asked of new Set([...was.keys(), ...now.keys()])) {
      const [a, b] = [was.get(asked) ?? 'absent', now.get(asked) ?? 'absent'];
      if (a === b) continue;
      const key = `${asked}|${a}|${b}`;
      const turn = found.get(key) ?? { asked, before: a, after: b, who: [] };
      found.set(key, turn);
      turn.who.push(name);
    }
  }
  return [...found.values()].sort(
    (x, y) => y.who.length - x.who.length || (x.asked < y.asked ? -1 : x.asked > y.asked ? 1 : 0),
  );
}

/**
 * Whether a turn can harm who relies on the new answer, if it is wrong: a danger taken away, a route opened, a stay made longer. Such a change of
 * the law needs two reviewers; the opposite direction needs one.
 */
export function couldHarm(t: Turn): boolean {
  if (t.asked.startsWith('danger ')) return t.after === 'no' || t.after === 'absent';
  if (t.asked.startsWith('route ')) return t.after === 'yes';
  const day = (text: string) => (text.startsWith('none') ? Number.POSITIVE_INFINITY : Number.parseInt(text, 10));
  return day(t.after) > day(t.before) || (t.before.includes('not certain') && !t.after.includes('not certain'));
}

/** Of each provision, for how many persons an answer hangs on it: a route open or not yet decided, a danger that may concern them, the rule they stay under. */
export function hangingOn(book: LawBook, people: ReadonlyMap<string, Person>, on: Day): Map<string, number> {
  const out = new Map<string, number>();
  const add = (id: string | undefined) => {
    if (id !== undefined && book.provisions.has(id)) out.set(id, (out.get(id) ?? 0) + 1);
  };
  for (const person of people.values()) {
    for (const [asked, answer] of answersOf(book, person, on))
      if (answer !== 'no' && asked !== 'last day') add(asked.split(' ')[1]);
    add(lawfulUntil(book, startOf(book, person, on)).under);
  }
  return out;
}
