/** Reading `facts.yaml`: the closed, typed set of questions the law may ask about a person. */
import type { Change, FactDef, Schema, Text, Type } from '../rules/ir.ts';
import type { Problem } from './problems.ts';
import { readValue, typeOfShort } from './values.ts';
import type { YamlFile } from './yaml.ts';

type RawFact = {
  type?: string;
  unit?: string;
  per?: string;
  set?: string;
  of?: string;
  change?: string;
  cost?: number;
  step?: number;
  sensitivity?: FactDef['sensitivity'];
  label?: Text;
  question?: Text;
  why?: Text;
  from?: string[];
  range?: { min: number; max: number };
  usual?: unknown;
};

export type FactFiles = { readonly schema: Schema; readonly problems: readonly Problem[] };

/**
 * One schema of all fact files. `core` is `law/facts.yaml`; the others may only add facts whose names begin with their
 * jurisdiction. `codeLists` are the dated lists known everywhere (`area.eu` …), by name to the set of their codes.
 */
export function readFactFiles(
  core: YamlFile,
  locals: readonly { jurisdiction: string; file: YamlFile }[],
  codeLists: ReadonlyMap<string, string>,
): FactFiles {
  const problems: Problem[] = [...core.problems, ...locals.flatMap((l) => l.file.problems)];
  const sets = new Map<string, { codes: readonly string[]; ordered: boolean; open: boolean }>();
  const records = new Map<string, Map<string, Type>>();
  const facts = new Map<string, FactDef>();
  const top = (core.value ?? {}) as {
    sets?: Record<string, { codes?: string[]; ordered?: boolean; open?: boolean }>;
    records?: Record<string, Record<string, string>>;
  };
  for (const [name, s] of Object.entries(top.sets ?? {}))
    sets.set(name, { codes: s.codes ?? [], ordered: s.ordered === true, open: s.open === true });
  for (const [name, fields] of Object.entries(top.records ?? {})) {
    const m = new Map<string, Type>();
    for (const [f, short] of Object.entries(fields)) {
      const ty = typeOfShort(short, { sets });
      if (ty) m.set(f, ty);
      else
        problems.push({
          file: core.file,
          ...core.at(['records', name, f]),
          code: 'fact-type',
          found: `the type "${short}"`,
          expected: 'boolean, date, number/UNIT, money/PER, codes/SET or a code set',
          severity: 'error',
        });
    }
    records.set(name, m);
  }
  const readOne = (file: YamlFile, name: string, f: RawFact, prefix: string | undefined): void => {
    const where = file.at(['facts', name]);
    const bad = (found: string, expected: string) =>
      problems.push({ file: file.file, ...where, code: 'fact', found, expected, severity: 'error' });
    if (!/^[a-z][a-zA-Z0-9]*(\.[a-z][a-zA-Z0-9]*)*$/.test(name))
      bad(`the fact name "${name}"`, 'camelCase words joined by points');
    if (prefix && !name.startsWith(`${prefix}.`))
      bad(`the fact "${name}"`, `a name that begins with "${prefix}." (facts of one jurisdiction)`);
    if (facts.has(name)) bad(`the fact "${name}" a second time`, 'each fact declared once');
    const type = rawType(f, sets, records);
    if (!type)
      return void bad(
        `the fact "${name}" without a usable type`,
        'type: boolean | number (unit) | money (per) | date | code (set) | codes (set) | records (of)',
      );
    // In braces a comma ends a text that stands without quotes: what follows becomes a key of its own and is lost without a word.
    for (const part of ['label', 'question', 'why'] as const)
      for (const key of Object.keys(f[part] ?? {}))
        if (key !== 'en' && key !== 'ru')
          bad(`the fact "${name}" with "${key}" in its ${part}`, 'en and ru alone: a text with a comma in quotes');
    if (!f.label?.en || !f.label?.ru)
      bad(`the fact "${name}" without a label in both languages`, 'label: {en: …, ru: …}');
    if (!f.from && (!f.question?.en || !f.question?.ru))
      bad(
        `the fact "${name}" without a question`,
        'question: {en: …, ru: …}, or `from:` if it is computed from others',
      );
    const change: Change =
      f.change === 'choice' || f.change === 'slowly'
        ? { how: f.change, cost: f.cost ?? 1, ...(f.step ? { step: f.step } : {}) }
        : { how: 'never' };
    const usual = f.usual === undefined ? undefined : readValue(f.usual, type, { facts, records, sets, codeLists });
    if (usual && !usual.ok) bad(`the usual answer ${usual.found}`, usual.expected);
    facts.set(name, {
      name,
      type,
      label: f.label ?? { en: name, ru: name },
      ...(f.question ? { question: f.question } : {}),
      ...(f.why ? { why: f.why } : {}),
      sensitivity: f.sensitivity ?? 'medium',
      change,
      ...(f.from ? { derivedFrom: f.from } : {}),
      ...(f.range ? { range: f.range } : {}),
      ...(usual?.ok && usual.value !== undefined ? { usual: usual.value } : {}),
    });
  };
  for (const [name, f] of Object.entries(((core.value ?? {}) as { facts?: Record<string, RawFact> }).facts ?? {}))
    readOne(core, name, f, undefined);
  for (const l of locals) {
    for (const [name, f] of Object.entries(((l.file.value ?? {}) as { facts?: Record<string, RawFact> }).facts ?? {}))
      readOne(l.file, name, f, l.jurisdiction);
  }
  return { schema: { facts, records, sets, codeLists }, problems };
}

function rawType(f: RawFact, sets: Schema['sets'], records: ReadonlyMap<string, unknown>): Type | undefined {
  switch (f.type) {
    case 'boolean':
    case 'date':
    case 'duration':
      return { t: f.type };
    case 'number':
      return f.unit ? { t: 'number', unit: f.unit } : undefined;
    case 'money':
      return f.per ? typeOfShort(`money/${f.per}`, { sets }) : undefined;
    case 'code':
    case 'codes':
      return f.set && sets.has(f.set) ? { t: f.type, set: f.set } : undefined;
    case 'records':
      return f.of && records.has(f.of) ? { t: 'records', of: f.of } : undefined;
    default:
      return undefined;
  }
}
