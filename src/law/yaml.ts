/**
 * Reading YAML with places: every value can be traced to its line and column, so that a message can point at it.
 * YAML 1.2 core schema: `no` is the text "no" (Norway!), a date is text; what they mean is decided by the type expected.
 */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import type { Problem } from './problems.ts';

export type Path = readonly (string | number)[];
export type Place = { readonly line: number; readonly column: number };

export type YamlFile = {
  readonly file: string;
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** Line and column of the value at the path, or of its nearest parent that exists. `key: true`: of the key itself. */
  at(path: Path, key?: boolean): Place;
};

const LIMIT = 400_000;

/** Parse one YAML text. Never throws: what is wrong comes back as problems, and `value` is then undefined. */
export function readYaml(file: string, text: string): YamlFile {
  const fail = (
    line: number,
    column: number,
    code: string,
    found: string,
    expected: string,
    mend?: string,
  ): YamlFile => ({
    file,
    value: undefined,
    problems: [{ file, line, column, code, found, expected, severity: 'error', ...(mend ? { mend } : {}) }],
    at: () => ({ line, column }),
  });
  if (text.length > LIMIT) {
    return fail(1, 1, 'too-large', `the file has ${text.length} characters`, `at most ${LIMIT}`, 'split it');
  }
  const lines = new LineCounter();
  let doc: ReturnType<typeof parseDocument>;
  try {
    doc = parseDocument(text, {
      lineCounter: lines,
      strict: true,
      uniqueKeys: true,
      version: '1.2',
      schema: 'core',
      merge: false,
      stringKeys: true,
    });
  } catch (e) {
    return fail(1, 1, 'yaml', `this is not readable as YAML (${(e as Error).message})`, 'a YAML file');
  }
  const place = (offset: number): Place => {
    const p = lines.linePos(offset);
    return { line: Math.max(1, p.line), column: Math.max(1, p.col) };
  };
  const problems: Problem[] = [...doc.errors, ...doc.warnings].map((e) => ({
    file,
    ...place(e.pos[0]),
    code: `yaml-${e.code.toLowerCase()}`,
    found: e.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? 'a YAML error',
    expected: 'YAML 1.2: mappings with two-space indents, texts with ": " or "#" in quotes',
    severity: 'error' as const,
  }));
  let aliased = false;
  const walk = (n: unknown): void => {
    if (isAlias(n) || (n as { anchor?: string } | null)?.anchor) aliased = true;
    if (isMap(n)) {
      for (const p of n.items as Pair[]) {
        walk(p.key);
        walk(p.value);
      }
    } else if (isSeq(n)) n.items.forEach(walk);
  };
  if (problems.length === 0) walk(doc.contents);
  if (aliased) {
    return fail(
      1,
      1,
      'yaml-alias',
      'the file uses anchors or aliases (& and *)',
      'every value written out',
      'copy the value',
    );
  }
  const at = (path: Path, key = false): Place => {
    let node: unknown = doc.contents;
    let last: Place = { line: 1, column: 1 };
    const mark = (n: unknown) => {
      const r = (n as Node | null)?.range;
      if (r) last = place(r[0]);
    };
    for (let i = 0; i < path.length; i++) {
      const step = path[i];
      if (isMap(node)) {
        const pair = (node.items as Pair[]).find((p) => isScalar(p.key) && String(p.key.value) === String(step));
        if (!pair) return last;
        mark(pair.key);
        if (!(key && i === path.length - 1) && isScalar(pair.value)) mark(pair.value);
        node = pair.value;
      } else if (isSeq(node)) {
        node = node.items[Number(step)];
        if (node === undefined) return last;
        mark(node);
      } else return last;
    }
    return last;
  };
  return { file, value: problems.length ? undefined : (doc.toJS({ maxAliasCount: 0 }) as unknown), problems, at };
}
