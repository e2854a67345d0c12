/** Values as plain JSON, written as a person file writes them: `2026-12-19`, `52000 EUR`, `P8Y`. Unknown is null. */
import { formatDay, formatDuration } from '../calendar/civil.ts';
import type { Provision } from '../law/types.ts';
import type { Duration, Money, Rec, Schema, Tri, Type, Value } from '../rules/ir.ts';

export type Answer = 'yes' | 'no' | 'unknown';

export const answerOf = (t: Tri): Answer => (t === undefined ? 'unknown' : t ? 'yes' : 'no');

/** A value of a type as JSON. Records are written field by field. */
export function plainValue(v: Value | undefined, type: Type | undefined, schema: Schema): unknown {
  if (v === undefined) return null;
  if (typeof v === 'number') return type?.t === 'date' ? formatDay(v) : v;
  if (typeof v === 'boolean' || typeof v === 'string') return v;
  if (Array.isArray(v)) {
    const fields = type?.t === 'records' ? schema.records.get(type.of) : undefined;
    return v.map((x: string | Rec) =>
      typeof x === 'string'
        ? x
        : Object.fromEntries(Object.entries(x).map(([k, f]) => [k, plainValue(f, fields?.get(k), schema)])),
    );
  }
  if ('amount' in v) return `${(v as Money).amount} ${(v as Money).currency}`;
  return formatDuration(v as Duration);
}

/** The type of what a side of a comparison names: a fact, or a parameter of the provision; `undefined` for anything else. */
export function typeOfSide(text: string, p: Provision, schema: Schema): Type | undefined {
  return schema.facts.get(text)?.type ?? p.params[text]?.type;
}
