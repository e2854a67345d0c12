/** Striking fields out of a person file before it leaves. */
import { parseDocument } from 'yaml';

/** `exposure`, `person.born`, `documents[0].issued` or `documents.0.issued` as the steps of a path. */
const steps = (path: string): (string | number)[] =>
  path
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .map((s) => (/^\d+$/.test(s) ? Number(s) : s));

export function withoutFields(
  text: string,
  paths: readonly string[],
): { person: { text: string; value: unknown }; unknown: string[] } {
  const doc = parseDocument(text);
  const unknown: string[] = [];
  // Later items of a list first, so that the numbers of those before stay true.
  for (const path of [...paths].sort((a, b) => b.localeCompare(a, 'en', { numeric: true })))
    if (!doc.hasIn(steps(path))) unknown.push(path);
    else doc.deleteIn(steps(path));
  // Comments may say what the fields no longer do.
  const value: unknown = doc.toJS();
  const bare = parseDocument('{}');
  bare.contents = bare.createNode(value) as typeof bare.contents;
  return { person: { text: bare.toString(), value }, unknown };
}
