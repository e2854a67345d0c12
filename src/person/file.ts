/**
 * The person file: YAML to a `Person`. Every key is a declared fact or part of one; what is left out is unknown;
 * whatever does not fit is told with its place, and then nothing is read at all.
 */
import { formatDay } from '../calendar/civil.ts';
import type { Problem } from '../law/problems.ts';
import { readValue } from '../law/values.ts';
import { type Path, readYaml, type YamlFile } from '../law/yaml.ts';
import { nearestName as nearest } from '../rules/index.ts';
import type { Day, Rec, Schema, Value } from '../rules/ir.ts';
import type { Document, Holding, Person, Visit } from './types.ts';

/** Facts that a binding supplies (`passport.*`, `offer.*`): written in the lists, not by name. */
const BOUND: Record<string, string> = { passport: 'documents', offer: 'offers' };
/** Keys of a file that are not facts: a title for people, and a note. */
const PLAIN = new Set(['name', 'note']);
const MAX_DEPTH = 3;

/** The person of a file, or what is wrong with it. A file with one mistake gives no person. */
export type PersonReading = { readonly person: Person | undefined; readonly problems: readonly Problem[] };

/** Finds the text of a family member's file, relative to the file that names it; `undefined` if there is none. */
export type MemberFiles = (name: string) => { readonly file: string; readonly text: string } | undefined;

/** Reads a person from YAML text. `file` is used in messages only. */
export function readPerson(
  file: string,
  text: string,
  schema: Schema,
  members: MemberFiles = () => undefined,
  depth = 0,
): PersonReading {
  const yaml = readYaml(file, text);
  if (yaml.problems.length) return { person: undefined, problems: yaml.problems };
  return personFrom(yaml, schema, members, depth);
}

/** Reads a person from a mapping that is there already: of a file that was parsed, or what a form holds. */
export function personFrom(
  yaml: Pick<YamlFile, 'file' | 'value' | 'at'>,
  schema: Schema,
  members: MemberFiles = () => undefined,
  depth = 0,
): PersonReading {
  const { file } = yaml;
  const problems: Problem[] = [];
  const problem = (path: Path, found: string, expected: string, mend?: string, key = false, code = 'person'): void => {
    problems.push({ file, ...yaml.at(path, key), code, found, expected, severity: 'error', ...(mend ? { mend } : {}) });
  };
  if (typeof yaml.value !== 'object' || yaml.value === null || Array.isArray(yaml.value)) {
    problem([], 'no answers', 'a mapping: person, documents, now, …', 'look at people/ for examples');
    return { person: undefined, problems };
  }
  const top = yaml.value as Record<string, unknown>;
  const facts = new Map<string, Value>();
  const memberFiles: { index: number; name: string }[] = [];
  const known = knownPaths(schema);

  const walk = (raw: unknown, path: readonly string[]): void => {
    const name = path.join('.');
    const def = schema.facts.get(name);
    if (def && !def.derivedFrom) {
      const value = name === 'family' ? withoutFiles(raw, memberFiles) : raw;
      const r = readValue(value, def.type, schema);
      if (!r.ok) problem([...path, ...(r.path ?? [])], `${r.found} for \`${name}\``, r.expected, r.mend);
      else if (r.value !== undefined) {
        const range = def.range;
        const n =
          typeof r.value === 'number'
            ? r.value
            : typeof r.value === 'object' && 'amount' in r.value
              ? (r.value as { amount: number }).amount
              : undefined;
        // A day before 1970 is a number below zero too.
        if (n !== undefined && n < Math.min(0, range?.min ?? 0) && def.type.t !== 'date')
          problem(
            [...path],
            `${n} for \`${name}\``,
            range && range.min < 0 ? `nothing below ${range.min}` : 'nothing below zero',
            'use 0 for none, or leave it out if not known',
          );
        else if (range && n !== undefined && (n < range.min || n > range.max))
          problem([...path], `${n} for \`${name}\``, `between ${range.min} and ${range.max}`);
        else facts.set(name, r.value);
      }
      return;
    }
    if (def?.derivedFrom) {
      problem(
        path,
        `\`${name}\``,
        `it is computed from ${def.derivedFrom.join(', ')}`,
        'answer those instead and delete this line',
        true,
      );
      return;
    }
    const group = path[0] as string | undefined;
    if (path.length && group && BOUND[group]) {
      problem(
        path,
        `\`${group}\``,
        `documents and offers are written as lists: \`${BOUND[group]}: [{…}]\``,
        undefined,
        true,
      );
      return;
    }
    if (
      path.length === 0 ||
      (known.groups.has(name) && typeof raw === 'object' && raw !== null && !Array.isArray(raw))
    ) {
      for (const [k, v] of Object.entries(raw as Record<string, unknown>)) {
        if (path.length === 0 && PLAIN.has(k)) {
          if (typeof v !== 'string') problem([k], `${JSON.stringify(v)} for \`${k}\``, 'a text');
          continue;
        }
        walk(v, [...path, k]);
      }
      return;
    }
    if (known.groups.has(name)) {
      if (raw === null || raw === 'unknown') return;
      problem(path, `${JSON.stringify(raw)} for \`${name}\``, `a mapping with ${known.children(name).join(', ')}`);
      return;
    }
    // A language is two letters: its nearest neighbour is another language (ru, ro), and to take that one over would be a false answer.
    const other = path.length > 1 && path[0] === 'languages';
    const near = other ? undefined : nearest(name, [...known.groups, ...schema.facts.keys()]);
    problem(
      path,
      `the key \`${name}\`, which no rule asks about`,
      path.length > 1 ? `one of: ${known.children(path.slice(0, -1).join('.')).join(', ')}` : 'a fact of facts.yaml',
      near ? `did you mean \`${near}\`?` : other ? 'delete it: no rule here asks for that language' : undefined,
      true,
    );
  };
  walk(top, []);

  const person = assemble(String(top.name ?? file.replace(/^.*\//, '').replace(/\.ya?ml$/, '')), facts, problem);
  const family = new Map<number, Person>();
  for (const m of memberFiles) {
    const found = depth < MAX_DEPTH ? members(m.name) : undefined;
    if (!found) {
      // A member's own family need not be there: it may be the person who named the member.
      if (depth === 0)
        problem(
          ['family', m.index, 'file'],
          `the file "${m.name}"`,
          'a person file beside this one',
          'correct the name, or write the facts here: born, citizenships, country',
        );
      continue;
    }
    if (/[/\\]|^\.\.?$/.test(m.name)) {
      problem(['family', m.index, 'file'], `the path "${m.name}"`, 'the name of a file in the same folder');
      continue;
    }
    const r = readPerson(
      found.file,
      found.text,
      schema,
      depth + 1 < MAX_DEPTH ? (n) => (n === file.replace(/^.*\//, '') ? undefined : members(n)) : undefined,
      depth + 1,
    );
    problems.push(...r.problems);
    if (r.person) family.set(m.index, r.person);
  }
  if (problems.some((p) => p.severity === 'error')) return { person: undefined, problems };
  return { person: { ...person, members: family, facts: withMembers(person.facts, family) }, problems };
}

/** Takes `file:` out of the family records, noting which record named which file. */
function withoutFiles(raw: unknown, out: { index: number; name: string }[]): unknown {
  if (!Array.isArray(raw)) return raw;
  return raw.map((item, index) => {
    if (typeof item !== 'object' || item === null || !('file' in item)) return item;
    const { file, ...rest } = item as { file: unknown };
    out.push({ index, name: String(file) });
    return rest;
  });
}

/** Fills what a member's own file knows into the family record, where the record is silent. */
function withMembers(
  facts: ReadonlyMap<string, Value>,
  members: ReadonlyMap<number, Person>,
): ReadonlyMap<string, Value> {
  const family = facts.get('family') as readonly Rec[] | undefined;
  if (!family || members.size === 0) return facts;
  const filled = family.map((rec, i) => {
    const m = members.get(i);
    if (!m) return rec;
    const own: Record<string, Value | undefined> = {
      born: m.facts.get('person.born'),
      citizenships: m.facts.get('person.citizenships'),
      country: m.now.country,
      status: m.now.status,
    };
    const out: Record<string, Value> = {};
    for (const [k, v] of Object.entries(own)) if (v !== undefined) out[k] = v;
    for (const [k, v] of Object.entries(rec)) if (v !== undefined) out[k] = v;
    return out;
  });
  return new Map([...facts, ['family', filled]]);
}

function knownPaths(schema: Schema): { groups: ReadonlySet<string>; children(group: string): string[] } {
  const groups = new Set<string>();
  for (const name of schema.facts.keys()) {
    const parts = name.split('.');
    for (let i = 1; i < parts.length; i++) groups.add(parts.slice(0, i).join('.'));
  }
  return {
    groups,
    children: (group) => [
      ...new Set(
        [...schema.facts.values()]
          .filter((f) => !f.derivedFrom && f.name.startsWith(`${group}.`))
          .map((f) => f.name.slice(group.length + 1).split('.')[0] as string),
      ),
    ],
  };
}

type Tell = (path: Path, found: string, expected: string, mend?: string, key?: boolean, code?: string) => void;

/** Checks what spans several answers (order of dates, overlaps, one place at a time) and builds the person. */
function assemble(name: string, facts: ReadonlyMap<string, Value>, problem: Tell): Person {
  const recs = (k: string) => facts.get(k) as readonly Rec[] | undefined;
  const documents = recs('documents') as readonly Document[] | undefined;
  documents?.forEach((d, i) => {
    if (d.issued !== undefined && d.expires !== undefined && d.expires <= d.issued)
      problem(
        ['documents', i, 'expires'],
        `expires ${formatDay(d.expires)}, not after it was issued (${formatDay(d.issued)})`,
        'a day after the day of issue',
      );
  });
  const born = facts.get('person.born') as Day | undefined;
  const dated = (k: 'stays' | 'statuses'): void => {
    recs(k)?.forEach((s, i) => {
      const [from, to] = [s.from as Day | undefined, s.to as Day | undefined];
      if (from !== undefined && to !== undefined && to < from)
        problem(
          [k, i, 'to'],
          `ends ${formatDay(to)}, before it began (${formatDay(from)})`,
          'an end on or after the beginning',
          'check whether the two dates are swapped',
        );
      if (from !== undefined && born !== undefined && from < born)
        problem([k, i, 'from'], `${formatDay(from)}, before the day of birth`, 'a later day');
    });
  };
  dated('stays');
  dated('statuses');
  const now = {
    ...(facts.get('now.country') !== undefined ? { country: facts.get('now.country') as string } : {}),
    ...(facts.get('now.since') !== undefined ? { since: facts.get('now.since') as Day } : {}),
    ...(facts.get('now.status') !== undefined ? { status: facts.get('now.status') as string } : {}),
  };
  let visits: Visit[] | undefined;
  const stays = recs('stays');
  if (stays) {
    visits = [];
    for (const [i, s] of stays.entries()) {
      if (s.country === undefined || s.from === undefined)
        problem(
          ['stays', i],
          'a stay without country or first day',
          'country and from (and to)',
          'leave the whole stay out if you do not know them',
        );
      else if (s.to === undefined)
        problem(
          ['stays', i],
          'an earlier stay without its last day',
          '`to:`; the present stay is written under `now:`',
        );
      else
        visits.push({
          country: s.country as string,
          from: s.from as Day,
          to: s.to as Day,
          ...(s.status ? { status: s.status as string } : {}),
        });
    }
    visits.sort((a, b) => a.from - b.from);
    for (let i = 1; i < visits.length; i++) {
      const [a, b] = [visits[i - 1] as Visit, visits[i] as Visit];
      // The day of crossing belongs to both countries; more than that is a contradiction.
      if (b.from < (a.to as Day) || (b.from === a.to && a.country === b.country && a.from === b.from)) {
        const index = stays.findIndex((s) => s.from === b.from && s.country === b.country);
        problem(
          ['stays', index],
          `in ${b.country} from ${formatDay(b.from)} while still in ${a.country} until ${formatDay(a.to as Day)}`,
          'stays that follow one another (the day of crossing may be in both)',
          'correct one of the dates',
        );
      }
    }
    const last = visits.at(-1);
    if (now.since !== undefined && last && (last.to as Day) > now.since)
      problem(
        ['now', 'since'],
        `since ${formatDay(now.since)}, while an earlier stay lasts until ${formatDay(last.to as Day)}`,
        'a day on or after the end of the last stay',
      );
  }
  let holdings: Holding[] | undefined;
  const statuses = recs('statuses');
  if (statuses) {
    holdings = [];
    for (const [i, s] of statuses.entries()) {
      if (s.status === undefined || s.from === undefined)
        problem(['statuses', i], 'a status without its name or first day', 'status and from (and to)');
      else
        holdings.push({
          status: s.status as string,
          from: s.from as Day,
          ...(s.country ? { country: s.country as string } : {}),
          ...(s.to !== undefined ? { to: s.to as Day } : {}),
        });
    }
  }
  return { name, facts, documents, offers: recs('offers'), visits, holdings, now, members: new Map() };
}

export type { YamlFile };
