/** Checks a YAML file against a JSON Schema and tells what does not fit in words, at its place. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { nearestName as nearest } from '../rules/index.ts';
import type { Problem } from './problems.ts';
import { propertiesOf } from './schema.ts';
import type { Path, YamlFile } from './yaml.ts';

const ajv = new Ajv2020({ allErrors: true, strict: false, verbose: true });
const compiled = new WeakMap<object, ValidateFunction>();

/** Every way in which the file's value differs from the schema; empty if it fits. */
export function checkShape(file: YamlFile, schema: object): Problem[] {
  let validate = compiled.get(schema);
  if (!validate) {
    validate = ajv.compile(schema);
    compiled.set(schema, validate);
  }
  if (validate(file.value)) return [];
  const kind = (file.value as { kind?: string } | null)?.kind;
  const errors = (validate.errors ?? []).filter((e) => e.keyword !== 'if' && e.keyword !== 'allOf');
  const specific = errors.filter(
    (e) => e.keyword !== 'anyOf' || !errors.some((o) => o !== e && o.instancePath.startsWith(e.instancePath)),
  );
  const seen = new Set<string>();
  return specific.flatMap((e) => {
    const p = describe(file, e, kind);
    const key = `${p.line}:${p.column}:${p.found}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [p];
  });
}

function describe(file: YamlFile, e: ErrorObject, kind: string | undefined): Problem {
  const path: Path = e.instancePath
    .split('/')
    .slice(1)
    .map((s) => s.replaceAll('~1', '/').replaceAll('~0', '~'));
  const make = (at: Path, key: boolean, found: string, expected: string, mend?: string): Problem => ({
    file: file.file,
    ...file.at(at, key),
    code: `shape-${e.keyword}`,
    found,
    expected,
    severity: 'error',
    ...(mend ? { mend } : {}),
  });
  const inside = path.length ? ` in \`${path.join('.')}\`` : '';
  const extra =
    (e.params as { additionalProperty?: string; unevaluatedProperty?: string }).additionalProperty ??
    (e.params as { unevaluatedProperty?: string }).unevaluatedProperty;
  if (extra !== undefined) {
    const known =
      path.length === 0
        ? propertiesOf(kind)
        : Object.keys((e.parentSchema as { properties?: object }).properties ?? {});
    const near = nearest(extra, known);
    return make(
      [...path, extra],
      true,
      `the key "${extra}"${inside}`,
      known.length ? `one of: ${known.join(', ')}` : 'no such key here',
      near ? `did you mean "${near}"?` : undefined,
    );
  }
  switch (e.keyword) {
    case 'required':
      return make(
        path,
        false,
        `no \`${(e.params as { missingProperty: string }).missingProperty}\`${inside}`,
        `the key \`${(e.params as { missingProperty: string }).missingProperty}\``,
      );
    case 'enum':
      return make(
        path,
        false,
        `${JSON.stringify(e.data)}${inside}`,
        `one of: ${(e.params as { allowedValues: unknown[] }).allowedValues.join(', ')}`,
      );
    case 'type':
      return make(
        path,
        false,
        `${shown(e.data)}${inside}`,
        `a ${String((e.params as { type: string }).type)
          .replace('object', 'mapping (key: value)')
          .replace('array', 'list')}`,
      );
    case 'pattern':
      return make(path, false, `${shown(e.data)}${inside}`, patternInWords((e.params as { pattern: string }).pattern));
    case 'propertyNames':
      return make(
        [...path, String((e.params as { propertyName?: string }).propertyName)],
        true,
        `the name "${String((e.params as { propertyName?: string }).propertyName)}"${inside}`,
        'a name of the right form',
      );
    default:
      return make(path, false, `${shown(e.data)}${inside}`, e.message ?? 'something that fits the schema');
  }
}

const shown = (v: unknown): string => {
  const s = JSON.stringify(v) ?? 'nothing';
  return s.length > 60 ? `${s.slice(0, 57)}…` : s;
};

function patternInWords(pattern: string): string {
  if (pattern.includes('\\d{4}')) return 'a day, like 2026-03-01';
  if (pattern.includes('/'))
    return pattern.startsWith('^https') ? 'an address that begins with https://' : 'an id, like de/blue-card';
  if (pattern.includes('a-zA-Z')) return 'a name in camelCase, like salaryMin';
  if (pattern === '^[a-z]{2}$') return 'a country as two small letters';
  return 'a short name in small letters with hyphens, like proof-of-funds';
}
