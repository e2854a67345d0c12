/**
 * Answers that the attributes do not give (`diaspora/answers.yaml`): facts of one jurisdiction, mostly, as a condition on other
 * answers, a share, or one value for all. What is not here and has no usual answer stays unknown, and the lab says so.
 */
import { readValue } from '../law/values.ts';
import type { Schema, Value } from '../rules/ir.ts';
import { type Condition, readCondition, readParams } from './conditions.ts';
import { type Basis, type Figures, readBasis } from './figures.ts';
import { type LabText, Reading, show } from './reading.ts';

/** How the invented population answers one fact, and what that rests on. */
export type AnswerRule = {
  readonly fact: string;
  readonly basis: Basis;
} & (
  | { readonly k: 'value'; readonly value: Value }
  | { readonly k: 'share'; readonly share: number }
  | { readonly k: 'when'; readonly when: Condition }
  /** The same answer as to another fact of the same type. */
  | { readonly k: 'from'; readonly from: string }
);

/**
 * @throws ProblemsError for a fact that no rule asks about, a wrong value, a number that rests on nothing. A fact of a
 * jurisdiction that this law does not have yet is passed over: the file may be ahead of the law it is read with.
 */
export function readAnswers(
  text: LabText,
  schema: Schema,
  figures: Figures,
  jurisdictions: ReadonlySet<string>,
): AnswerRule[] {
  const r = new Reading(text);
  const top = r.top;
  r.keys(top, [], ['params', 'answers']);
  const params = readParams(r, top.params, ['params'], schema);
  const out: AnswerRule[] = [];
  const seen = new Set<string>();
  r.list(top.answers, ['answers'], 'answers').forEach((raw, i) => {
    const path = ['answers', i];
    const m = r.map(raw, path, 'an answer');
    r.keys(m, path, ['fact', 'facts', 'value', 'share', 'when', 'from', 'figure', 'guessed', 'note']);
    const facts =
      m.facts === undefined
        ? [r.text(m.fact, [...path, 'fact'], 'fact')]
        : r.list(m.facts, [...path, 'facts'], 'facts').map(String);
    const basis = readBasis(r, m, path, figures);
    for (const fact of facts) {
      const def = schema.facts.get(fact);
      if (!def || def.derivedFrom) {
        const j = fact.split('.')[0] ?? '';
        if (!def && j.length === 2 && !jurisdictions.has(j)) continue;
        r.problem([...path, 'fact'], `the fact "${fact}"`, 'a fact that a person file may give (law/facts.yaml)');
        continue;
      }
      if (seen.has(fact)) r.problem([...path, 'fact'], `"${fact}" a second time`, 'one answer a fact');
      seen.add(fact);
      if (m.from !== undefined) {
        const other = schema.facts.get(String(m.from));
        if (!other || other.derivedFrom || JSON.stringify(other.type) !== JSON.stringify(def.type))
          r.problem([...path, 'from'], show(m.from), `a fact of the same type as "${fact}"`);
        else out.push({ fact, basis, k: 'from', from: other.name });
      } else if (m.when !== undefined) {
        if (def.type.t !== 'boolean') r.problem([...path, 'when'], `a condition for "${fact}"`, 'a yes-or-no fact');
        const when = readCondition(r, String(m.when), [...path, 'when'], schema, params);
        if (when) out.push({ fact, basis, k: 'when', when });
      } else if (m.share !== undefined) {
        if (def.type.t !== 'boolean') r.problem([...path, 'share'], `a share for "${fact}"`, 'a yes-or-no fact');
        out.push({ fact, basis, k: 'share', share: r.number(m.share, [...path, 'share'], 'share', 0, 1) });
      } else {
        const v = readValue(m.value, def.type, schema);
        if (!v.ok || v.value === undefined)
          r.problem([...path, 'value'], v.ok ? 'nothing' : v.found, v.ok ? 'value, share or when' : v.expected);
        else out.push({ fact, basis, k: 'value', value: v.value });
      }
    }
  });
  r.done();
  return out;
}
