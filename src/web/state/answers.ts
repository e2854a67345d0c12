/**
 * What a person has answered, by fact. An answer is a value as a person file writes it, "I don't know", or "I'd rather
 * not say"; a fact that is not here has not been answered. Both of the last two are unknown to the law; they differ in
 * that neither is asked again.
 */

/** A value as a person file writes it: `yes` as true, days as `2026-12-19`, money as `52000 EUR`. */
export type Plain = boolean | number | string | readonly (string | Entry)[];
/** One document, stay, offer …; a field that is missing is unknown. */
export type Entry = { readonly [field: string]: boolean | number | string | readonly string[] };

export type Answer =
  | { readonly k: 'value'; readonly v: Plain }
  | { readonly k: 'unknown' }
  | { readonly k: 'withheld' };

export type Answers = { readonly [fact: string]: Answer };

/** The file that a case was brought in from, as it was written; and the files of the family beside it. */
export type Origin = { readonly text: string; readonly members: { readonly [name: string]: string } };

/** Facts that are a field of the first document. Offers are always asked as a list. */
const FIRST_OF: Readonly<Record<string, string>> = { passport: 'documents' };

/** `passport.kind` is the field `kind` of the first of `documents`. */
export function partOf(fact: string): { readonly list: string; readonly field: string } | undefined {
  const [head, field] = fact.split('.');
  const list = FIRST_OF[head as string];
  return list && field ? { list, field } : undefined;
}

const entries = (answers: Answers, list: string): readonly Entry[] | undefined => {
  const have = answers[list];
  return have?.k === 'value' && Array.isArray(have.v) ? (have.v as readonly Entry[]) : undefined;
};

/** The answer given to a fact; `undefined` where none was. */
export function answerTo(answers: Answers, fact: string): Answer | undefined {
  const part = partOf(fact);
  if (!part) return answers[fact];
  const v = entries(answers, part.list)?.[0]?.[part.field];
  return v === undefined ? answers[fact] : { k: 'value', v };
}

/** The answers with one more. Giving an answer replaces the one given before; nothing else ever does. */
export function withAnswer(answers: Answers, fact: string, answer: Answer): Answers {
  const part = partOf(fact);
  if (!part) return { ...answers, [fact]: answer };
  const list = entries(answers, part.list);
  if (answer.k === 'value') {
    const { [fact]: _, ...rest } = answers;
    const [first, ...others] = list ?? [];
    const entry: Entry = { ...first, [part.field]: answer.v as string | number | boolean };
    return { ...rest, [part.list]: { k: 'value', v: [entry, ...others] } };
  }
  // That a field is not known makes no document of none.
  const first = list?.[0];
  if (!first) return { ...answers, [fact]: answer };
  const { [part.field]: _, ...kept } = first;
  return { ...answers, [part.list]: { k: 'value', v: [kept, ...list.slice(1)] }, [fact]: answer };
}

/** The answers without those to some facts: they are unanswered again. */
export function withoutAnswers(answers: Answers, facts: readonly string[]): Answers {
  let out = answers;
  for (const fact of facts) {
    const part = partOf(fact);
    const first = part && entries(out, part.list)?.[0];
    if (part && first && part.field in first) {
      const { [part.field]: _, ...kept } = first;
      const list = entries(out, part.list) as readonly Entry[];
      out = { ...out, [part.list]: { k: 'value', v: [kept, ...list.slice(1)] } };
    }
    const { [fact]: _, ...rest } = out;
    out = rest;
  }
  return out;
}

/** Facts that are not asked again: answered, not known, or rather not said. */
export function settled(answers: Answers, fact: string): boolean {
  return answerTo(answers, fact) !== undefined;
}

/** The case as a person file's mapping. "I'd rather not say" is written as unknown: the file tells nobody what was withheld. */
export function personObject(answers: Answers): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [fact, answer] of Object.entries(answers)) {
    if (partOf(fact)) continue;
    const path = fact.split('.');
    let at = out;
    for (const step of path.slice(0, -1)) {
      const next = (at[step] as Record<string, unknown> | undefined) ?? {};
      at[step] = next;
      at = next;
    }
    at[path.at(-1) as string] = answer.k === 'value' ? answer.v : 'unknown';
  }
  return out;
}

/** The answers of a person file's mapping, which must have been read without a problem. `facts`: names of the facts that are asked. */
export function answersOf(top: Readonly<Record<string, unknown>>, facts: ReadonlySet<string>): Answers {
  const out: Record<string, Answer> = {};
  const walk = (raw: unknown, path: readonly string[]): void => {
    const name = path.join('.');
    if (facts.has(name)) {
      if (raw === null || raw === undefined) return;
      out[name] = raw === 'unknown' ? { k: 'unknown' } : { k: 'value', v: tidy(raw) as Plain };
      return;
    }
    if (typeof raw === 'object' && raw !== null && !Array.isArray(raw))
      for (const [key, value] of Object.entries(raw)) walk(value, [...path, key]);
  };
  walk(top, []);
  return out;
}

/** Yes and no as booleans; fields that say unknown are left out. */
function tidy(raw: unknown): unknown {
  if (raw === 'yes') return true;
  if (raw === 'no') return false;
  if (Array.isArray(raw)) return raw.map((x) => (typeof x === 'object' ? tidy(x) : x));
  if (typeof raw === 'object' && raw !== null)
    return Object.fromEntries(
      Object.entries(raw).flatMap(([k, v]) => (v === null || v === 'unknown' ? [] : [[k, tidy(v)]])),
    );
  return raw;
}
