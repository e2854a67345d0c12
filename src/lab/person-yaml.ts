/** A row as a person file: the same facts that the planner reads, so that anybody can check what the lab says of one person. */
import { formatDay, formatDuration } from '../calendar/civil.ts';
import type { Situation } from '../person/types.ts';
import type { Day, Duration, Money, Rec, Schema, Type, Value } from '../rules/ir.ts';

/** YAML text that `foothold check` reads. `heading` becomes a comment on top. */
export function personYaml(s: Situation, schema: Schema, heading: string): string {
  const tree: { [key: string]: unknown } = {};
  const put = (name: string, v: unknown): void => {
    const parts = name.split('.');
    let at = tree;
    for (const p of parts.slice(0, -1)) {
      at[p] ??= {};
      at = at[p] as { [key: string]: unknown };
    }
    at[parts.at(-1) as string] = v;
  };
  const names = [...s.person.facts.keys()].sort();
  for (const name of names) {
    const def = schema.facts.get(name);
    const v = s.person.facts.get(name);
    if (!def || def.derivedFrom || v === undefined) continue;
    put(name, written(v, def.type, schema));
  }
  if (s.place !== undefined) put('now.country', s.place);
  if (s.since !== undefined) put('now.since', formatDay(s.since));
  if (s.under !== undefined) put('now.status', s.under);
  const records = (name: string, list: readonly unknown[] | undefined): void => {
    const def = schema.facts.get(name);
    if (list && def) put(name, written(list as unknown as Value, def.type, schema));
  };
  records('documents', s.documents);
  records('stays', s.visits);
  records('statuses', s.holdings);
  records('offers', s.person.offers);
  const lines = Object.keys(tree)
    .sort()
    .map((k) => `${key(k)}: ${flow(tree[k])}`);
  return `# ${heading}\n${lines.join('\n')}\n`;
}

function written(v: Value, type: Type, schema: Schema): unknown {
  switch (type.t) {
    case 'boolean':
      return v === true ? 'yes' : 'no';
    case 'date':
      return formatDay(v as Day);
    case 'duration':
      return formatDuration(v as Duration);
    case 'money': {
      const m = v as Money;
      return `${m.amount} ${m.currency}`;
    }
    case 'records': {
      const fields = schema.records.get(type.of);
      return (v as readonly Rec[]).map((rec) =>
        Object.fromEntries(
          Object.entries(rec).flatMap(([f, x]) => {
            const ty = fields?.get(f);
            return x === undefined || !ty || f === 'current' ? [] : [[f, written(x as Value, ty, schema)]];
          }),
        ),
      );
    }
    default:
      return v;
  }
}

const key = (k: string): string => (/^(no|yes|on|off|y|n)$/i.test(k) ? `"${k}"` : k);

function flow(v: unknown): string {
  if (Array.isArray(v)) return `[${v.map(flow).join(', ')}]`;
  if (typeof v === 'object' && v !== null)
    return `{${Object.entries(v)
      .map(([k, x]) => `${key(k)}: ${flow(x)}`)
      .join(', ')}}`;
  const text = String(v);
  return typeof v === 'string' && /[:#,[\]{}"']/.test(text) ? JSON.stringify(text) : text;
}
