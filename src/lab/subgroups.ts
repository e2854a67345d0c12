/** Subgroups as conditions of the rule language (`diaspora/subgroups.yaml`). They may overlap; a person may be in none. */
import type { Schema, Text } from '../rules/ir.ts';
import { type Condition, readCondition, readParams } from './conditions.ts';
import { type LabText, Reading } from './reading.ts';

/** People whom a rule may treat apart, by a condition. */
export type Subgroup = { readonly id: string; readonly title: Text; readonly when: Condition };

/** One bit a subgroup and one for everybody: 30 in all. */
export const MOST_SUBGROUPS = 30;

/** @throws ProblemsError with the place of every condition that does not parse. */
export function readSubgroups(text: LabText, schema: Schema): Subgroup[] {
  const r = new Reading(text);
  const top = r.top;
  r.keys(top, [], ['params', 'subgroups']);
  const params = readParams(r, top.params, ['params'], schema);
  const out: Subgroup[] = [];
  const entries = Object.entries(r.map(top.subgroups, ['subgroups'], 'subgroups'));
  if (entries.length > MOST_SUBGROUPS)
    r.problem(['subgroups'], `${entries.length} subgroups`, `at most ${MOST_SUBGROUPS}`);
  for (const [id, raw] of entries) {
    const path = ['subgroups', id];
    const m = r.map(raw, path, 'a subgroup');
    r.keys(m, path, ['title', 'when']);
    if (!/^[a-z][a-z0-9-]*$/.test(id)) r.problem(path, `"${id}"`, 'a name in kebab-case');
    const when = readCondition(r, r.text(m.when, [...path, 'when'], 'when'), [...path, 'when'], schema, params);
    const title = r.both(m.title, [...path, 'title'], 'title');
    if (when) out.push({ id, title, when });
  }
  r.done();
  return out;
}
