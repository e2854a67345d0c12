/** Reading the lab's YAML: every value is checked where it stands, and every problem is told with its place. */
import { type Problem, ProblemsError } from '../law/problems.ts';
import { type Path, readYaml, type YamlFile } from '../law/yaml.ts';
import type { Text } from '../rules/ir.ts';

export type Raw = Record<string, unknown>;

/** One text of the lab: the name that messages show, and what is in it. */
export type LabText = { readonly file: string; readonly text: string };

export class Reading {
  readonly yaml: YamlFile;
  readonly problems: Problem[];

  constructor(text: LabText) {
    this.yaml = readYaml(text.file, text.text);
    this.problems = [...this.yaml.problems];
  }

  get top(): Raw {
    const v = this.yaml.value;
    if (isMap(v)) return v;
    if (this.problems.length === 0) this.problem([], 'no mapping', 'a YAML mapping');
    return {};
  }

  problem(path: Path, found: string, expected: string, mend?: string): undefined {
    this.problems.push({
      file: this.yaml.file,
      ...this.yaml.at(path),
      code: 'lab',
      found,
      expected,
      severity: 'error',
      ...(mend ? { mend } : {}),
    });
    return undefined;
  }

  /** Refuses keys that nobody reads: a misspelt key must not be passed over. */
  keys(raw: Raw, path: Path, allowed: readonly string[]): void {
    for (const k of Object.keys(raw))
      if (!allowed.includes(k)) this.problem([...path, k], `the key "${k}"`, `one of: ${allowed.join(', ')}`);
  }

  map(raw: unknown, path: Path, what: string): Raw {
    if (isMap(raw)) return raw;
    this.problem(path, show(raw), `${what}: a mapping`);
    return {};
  }

  list(raw: unknown, path: Path, what: string): readonly unknown[] {
    if (Array.isArray(raw)) return raw as unknown[];
    this.problem(path, show(raw), `${what}: a list`);
    return [];
  }

  text(raw: unknown, path: Path, what: string): string {
    if (typeof raw === 'string' && raw !== '') return raw;
    this.problem(path, show(raw), `${what}: a text`);
    return '';
  }

  /** A text in both languages. */
  both(raw: unknown, path: Path, what: string): Text {
    if (isMap(raw) && typeof raw.en === 'string' && typeof raw.ru === 'string') return { en: raw.en, ru: raw.ru };
    this.problem(path, show(raw), `${what}: {en: …, ru: …}`);
    return { en: '', ru: '' };
  }

  number(
    raw: unknown,
    path: Path,
    what: string,
    min = Number.NEGATIVE_INFINITY,
    max = Number.POSITIVE_INFINITY,
  ): number {
    if (typeof raw === 'number' && Number.isFinite(raw) && raw >= min && raw <= max) return raw;
    const bounds = Number.isFinite(min) || Number.isFinite(max) ? ` from ${min} to ${max}` : '';
    this.problem(path, show(raw), `${what}: a number${bounds}`);
    return Number.isFinite(min) ? min : 0;
  }

  /** @throws ProblemsError if anything was wrong: nothing is half read. */
  done(): void {
    if (this.problems.length) throw new ProblemsError(this.problems);
  }
}

export function isMap(v: unknown): v is Raw {
  return typeof v === 'object' && v !== null && !Array.isArray(v);
}

export function show(raw: unknown): string {
  if (raw === undefined) return 'nothing';
  const s = JSON.stringify(raw) ?? String(raw);
  return s.length > 60 ? `${s.slice(0, 57)}…` : s;
}
