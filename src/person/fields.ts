/** Every field of a person file, and a person file without some of them: for handing a case over. */
import { parseDocument } from 'yaml';
import { joinBundle, splitBundle } from './bundle.ts';

const YAML = { version: '1.2', schema: 'core' } as const;

export type FieldOfFile = {
  /** `person.born`, `documents[0].issued`; of a family member's own file `dmitri.yaml: person.born`. */
  readonly path: string;
  readonly value: unknown;
};

function leaves(value: unknown, path: string): FieldOfFile[] {
  if (Array.isArray(value) && value.some((v) => typeof v === 'object' && v !== null))
    return value.flatMap((v, i) => leaves(v, `${path}[${i}]`));
  if (value !== null && typeof value === 'object' && !Array.isArray(value))
    return Object.entries(value).flatMap(([k, v]) => leaves(v, path ? `${path}.${k}` : k));
  return [{ path, value }];
}

/** `documents[0].issued` or `documents.0.issued` as the steps of a path. */
const steps = (path: string): (string | number)[] =>
  path
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .map((s) => (/^\d+$/.test(s) ? Number(s) : s));

/** The fields of a text in its order, those of the family's files after it. */
export function fieldsOfFile(whole: string): FieldOfFile[] {
  const { text, members } = splitBundle(whole);
  const of = (t: string) => leaves(parseDocument(t, YAML).toJS() ?? {}, '');
  return [
    ...of(text),
    ...Object.entries(members).flatMap(([name, t]) => of(t).map((f) => ({ ...f, path: `${name}: ${f.path}` }))),
  ];
}

/**
 * The text without the fields of those paths (a path may also be a whole part, like `exposure`), and without comments: they may say what the
 * fields no longer do. `unknown`: paths that are not in it.
 */
export function withoutFields(whole: string, paths: readonly string[]): { text: string; unknown: string[] } {
  const { text, members } = splitBundle(whole);
  const unknown: string[] = [];
  const files = new Map(Object.entries(members).map(([name, t]) => [name, parseDocument(t, YAML)]));
  const main = parseDocument(text, YAML);
  // Later items of a list first, so that the numbers of those before stay true.
  for (const path of [...paths].sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))) {
    const name = [...files.keys()].find((n) => path === n || path.startsWith(`${n}: `));
    if (name !== undefined && path === name) {
      files.delete(name);
      continue;
    }
    const doc = name === undefined ? main : files.get(name);
    const at = steps(name === undefined ? path : path.slice(name.length + 2));
    if (!doc?.hasIn(at)) unknown.push(path);
    else doc.deleteIn(at);
  }
  const bare = (doc: ReturnType<typeof parseDocument>): string => {
    const out = parseDocument('{}', YAML);
    out.contents = out.createNode(doc.toJS() ?? {}) as typeof out.contents;
    return out.toString();
  };
  return {
    text: joinBundle({ text: bare(main), members: Object.fromEntries([...files].map(([n, d]) => [n, bare(d)])) }),
    unknown,
  };
}
