/** Reading the law's folder: every YAML file, checked against the schema, compiled, with every problem in one list. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseDay } from '../calendar/civil.ts';
import type { Text } from '../rules/ir.ts';
import type { LawBook } from './book.ts';
import { compileProvision } from './compile.ts';
import { readFactFiles } from './facts.ts';
import type { Problem } from './problems.ts';
import { coverageSchema, provisionSchema } from './schema.ts';
import { checkShape } from './shape.ts';
import type { Area, Coverage, DatedValue, Provision, Rates } from './types.ts';
import { readYaml, type YamlFile } from './yaml.ts';

/** The law, and what is wrong with its files. With errors among the problems the book is not to be relied on. */
export type LawReading = { readonly book: LawBook; readonly problems: readonly Problem[] };

/** One file of the law: its path below the project (`law/de/blue-card.yaml`) and its text. */
export type LawText = { readonly path: string; readonly text: string };

/** Every YAML file below a folder, sorted by path. */
export function lawTexts(root: string): LawText[] {
  const out: LawText[] = [];
  const walk = (dir: string) => {
    for (const name of readdirSync(dir).sort()) {
      const full = join(dir, name);
      if (statSync(full).isDirectory()) walk(full);
      else if (/\.ya?ml$/.test(name))
        out.push({ path: join('law', relative(root, full)).replaceAll('\\', '/'), text: readFileSync(full, 'utf8') });
    }
  };
  walk(root);
  return out;
}

/** SHA-256 over paths and texts. */
export function lawDigest(texts: readonly LawText[]): string {
  const h = createHash('sha256');
  for (const t of texts) h.update(t.path).update('\0').update(t.text).update('\0');
  return h.digest('hex');
}

/**
 * Reads the law from its texts. Files with errors are left out of the book and named in `problems`; callers that must not
 * answer from a damaged law look at the problems first.
 */
export function readLaw(texts: readonly LawText[]): LawReading {
  const problems: Problem[] = [];
  const files = new Map<string, YamlFile>();
  for (const t of texts) files.set(t.path, readYaml(t.path, t.text));
  const at = (path: string): YamlFile => files.get(path) ?? readYaml(path, '');
  const areas = readAreas(at('law/areas.yaml'), problems);
  const rates = readRates(at('law/rates.yaml'), problems);
  const codeLists = new Map([...areas.keys()].map((a) => [`area.${a}`, 'country'] as const));
  const locals = [...files.values()].flatMap((file) => {
    const m = /^law\/([a-z]{2,10})\/facts\.ya?ml$/.exec(file.file);
    return m ? [{ jurisdiction: m[1] as string, file }] : [];
  });
  const facts = readFactFiles(at('law/facts.yaml'), locals, codeLists);
  problems.push(...facts.problems);
  const provisions = new Map<string, Provision>();
  const coverage: Coverage[] = [];
  for (const file of files.values()) {
    const m = /^law\/([a-z]{2,10})\/([^/]+)\.ya?ml$/.exec(file.file);
    if (!m || m[2] === 'facts') continue;
    if (file.problems.length) {
      problems.push(...file.problems);
      continue;
    }
    const shape = checkShape(file, m[2] === 'coverage' ? coverageSchema : provisionSchema);
    problems.push(...shape);
    if (shape.length) continue;
    if (m[2] === 'coverage') {
      coverage.push(file.value as Coverage);
      continue;
    }
    const p = compileProvision(file, facts.schema, problems);
    if (p) provisions.set(p.id, p);
  }
  const book: LawBook = { schema: facts.schema, provisions, areas, rates, coverage, digest: lawDigest(texts) };
  return { book, problems };
}

type RawMember = { country: string; from: string; to?: string; source?: string | string[]; note?: Text };

function readAreas(file: YamlFile, problems: Problem[]): Map<string, Area> {
  problems.push(...file.problems);
  const out = new Map<string, Area>();
  const raw = (file.value ?? {}) as {
    areas?: Record<string, { title: Text; members: RawMember[] }>;
    sources?: Record<string, unknown>;
  };
  for (const [id, a] of Object.entries(raw.areas ?? {})) {
    const members = (a.members ?? []).flatMap((m, i) => {
      const path = ['areas', id, 'members', i];
      const bad = (key: string, found: string, expected: string) =>
        problems.push({
          file: file.file,
          ...file.at([...path, key]),
          code: 'area',
          found,
          expected,
          severity: 'error',
        });
      const from = parseDay(String(m.from));
      const to = m.to === undefined ? undefined : parseDay(String(m.to));
      if (!/^[a-z]{2}$/.test(String(m.country))) bad('country', `"${m.country}"`, 'a country as two small letters');
      if (from === undefined) bad('from', `"${m.from}"`, 'a date, like 2007-12-21');
      if (m.to !== undefined && to === undefined) bad('to', `"${m.to}"`, 'a date');
      const source = m.source === undefined ? undefined : Array.isArray(m.source) ? m.source : [m.source];
      for (const s of source ?? [])
        if (!raw.sources?.[s]) bad('source', `the source "${s}"`, "one of the file's sources");
      return from === undefined
        ? []
        : [
            {
              country: m.country,
              from,
              ...(to !== undefined ? { to } : {}),
              ...(source ? { source } : {}),
              ...(m.note ? { note: m.note } : {}),
            },
          ];
    });
    out.set(id, { title: a.title, members });
  }
  return out;
}

function readRates(file: YamlFile, problems: Problem[]): Rates {
  problems.push(...file.problems);
  const out: Record<string, DatedValue<number>[]> = {};
  const raw = (file.value ?? {}) as {
    perEuro?: Record<string, Record<string, { value: number; source: string }>>;
    sources?: Record<string, unknown>;
  };
  for (const [cur, values] of Object.entries(raw.perEuro ?? {})) {
    const row: DatedValue<number>[] = [];
    for (const [day, v] of Object.entries(values)) {
      const bad = (found: string, expected: string) =>
        problems.push({
          file: file.file,
          ...file.at(['perEuro', cur, day]),
          code: 'rate',
          found,
          expected,
          severity: 'error',
        });
      const from = parseDay(day);
      if (from === undefined) bad(`"${day}"`, 'a date, like 2026-01-02');
      else if (typeof v.value !== 'number' || !(v.value > 0))
        bad(String(v.value), 'units of the currency for one euro, above 0');
      else if (!raw.sources?.[v.source]) bad(`the source "${v.source}"`, "one of the file's sources");
      else row.push({ from, value: v.value, source: v.source });
    }
    if (!/^[A-Z]{3}$/.test(cur))
      problems.push({
        file: file.file,
        ...file.at(['perEuro', cur]),
        code: 'rate',
        found: `"${cur}"`,
        expected: 'a currency as three capital letters',
        severity: 'error',
      });
    out[cur] = row.sort((a, b) => a.from - b.from);
  }
  return out;
}
