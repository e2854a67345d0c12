/** Clauses: the YAML tree of a provision (`all`, `any`, `not`, `atLeast`, `points`, `clock`, `when`) to typed nodes. */
import type { Day, Expr, Text, Type } from '../rules/ir.ts';
import type { Clause } from './types.ts';
import { readBoolean } from './values.ts';
import type { Path } from './yaml.ts';

type Raw = Record<string, unknown>;

export type ClauseNeeds = {
  problem(path: Path, code: string, found: string, expected: string, mend?: string): void;
  day(raw: unknown, path: Path): Day | undefined;
  sources(raw: unknown, path: Path): readonly string[] | undefined;
  param(raw: unknown, path: Path): string | undefined;
  paramType(name: string): Type | undefined;
  parse(text: string, path: Path): Expr | undefined;
  seen(id: string, path: Path): void;
};

export type ClauseReader = {
  list(raw: unknown, path: Path): readonly Clause[];
  one(raw: Raw, path: Path, top: boolean): Clause | undefined;
};

const FORMS = ['when', 'all', 'any', 'not', 'of', 'points', 'clock'] as const;

/** A reader of clauses that reports through `needs`. */
export function compileClauses(needs: ClauseNeeds): ClauseReader {
  const list = (raw: unknown, path: Path): readonly Clause[] =>
    ((raw as Raw[] | undefined) ?? []).flatMap((c, i) => one(c, [...path, i], true) ?? []);
  const inner = (raw: unknown, path: Path): readonly Clause[] =>
    ((raw as Raw[] | undefined) ?? []).flatMap((c, i) => one(c, [...path, i], false) ?? []);

  const one = (raw: Raw, path: Path, top: boolean): Clause | undefined => {
    const forms = FORMS.filter((f) => raw[f] !== undefined);
    const id = raw.id as string | undefined;
    if (forms.length !== 1) {
      needs.problem(
        path,
        'clause-form',
        `a clause with ${forms.length ? forms.join(' and ') : 'no condition'}`,
        'exactly one of when, all, any, not, atLeast + of, points, clock + atLeast',
        'split it into two clauses, or write the missing condition; what only an authority weighs is a note, not a clause',
      );
      return undefined;
    }
    if (!id)
      needs.problem(
        path,
        'clause-id',
        'a clause without an id',
        'id: a short name in kebab-case',
        'explanations and cases point to it',
      );
    else needs.seen(id, [...path, 'id']);
    if (!raw.says)
      needs.problem(
        path,
        'clause-says',
        `the clause "${id ?? ''}" without words`,
        'says: {en: …, ru: …}: what the law asks, in plain words',
      );
    if (top && !raw.source)
      needs.problem(
        path,
        'source-missing',
        `the clause "${id ?? ''}" without a source`,
        'source: the id of the source that states it',
        'a rule without a source does not load',
      );
    const from = needs.day(raw.from, [...path, 'from']);
    const to = needs.day(raw.to, [...path, 'to']);
    if (from !== undefined && to !== undefined && to < from)
      needs.problem(
        [...path, 'to'],
        'dates-order',
        `to ${String(raw.to)}, before from ${String(raw.from)}`,
        'an end on or after the beginning',
      );
    const source = needs.sources(raw.source, [...path, 'source']);
    const meta = {
      ...(id ? { id } : {}),
      ...(raw.says ? { says: raw.says as Text } : {}),
      ...(source ? { source } : {}),
      ...(readBoolean(raw.judged) ? { judged: true } : {}),
      ...(from !== undefined ? { from } : {}),
      ...(to !== undefined ? { to } : {}),
    };
    const form = forms[0] as (typeof FORMS)[number];
    const at = [...path, form];
    switch (form) {
      case 'when': {
        const text = String(raw.when);
        const expr = needs.parse(text, at);
        return expr && { ...meta, k: 'leaf', text, expr };
      }
      case 'all':
      case 'any': {
        const of = inner(raw[form], at);
        if ((raw[form] as unknown[]).length === 0)
          needs.problem(at, 'clause-empty', `an empty ${form}`, 'at least one clause');
        return { ...meta, k: form, of };
      }
      case 'not': {
        const of = one({ id: `${id ?? 'not'}-inner`, says: raw.says, ...(raw.not as Raw) }, at, false);
        return of && { ...meta, k: 'not', of };
      }
      case 'of': {
        const n = raw.atLeast;
        const of = inner(raw.of, at);
        if (typeof n !== 'number' || n < 1 || n > of.length) {
          needs.problem(
            [...path, 'atLeast'],
            'at-least',
            `atLeast: ${String(n)}`,
            `a whole number from 1 to ${of.length}`,
          );
          return undefined;
        }
        return { ...meta, k: 'atLeast', n, of };
      }
      case 'points': {
        const p = raw.points as { atLeast: string; of: Raw[] };
        const atLeast = needs.param(p.atLeast, [...at, 'atLeast']) ?? '';
        const items = p.of.flatMap((it, i) => {
          const { worth, ...rest } = it;
          const w = needs.param(worth, [...at, 'of', i, 'worth']);
          const of = one(rest, [...at, 'of', i], false);
          return w && of ? [{ worth: w, of }] : [];
        });
        return { ...meta, k: 'points', atLeast, items };
      }
      case 'clock': {
        const atLeast = needs.param(raw.atLeast, [...path, 'atLeast']);
        if (!atLeast) {
          needs.problem(path, 'clock-need', 'a clock without `atLeast`', 'atLeast: a parameter of unit duration');
          return undefined;
        }
        const ty = needs.paramType(atLeast);
        if (ty && ty.t !== 'duration')
          needs.problem(
            [...path, 'atLeast'],
            'clock-need',
            `the parameter "${atLeast}" of unit ${ty.t}`,
            'unit: duration (P27M, P5Y)',
          );
        return { ...meta, k: 'clock', clock: String(raw.clock), atLeast };
      }
    }
  };
  return { list, one };
}

/**
 * Whether a requirement cannot be met without a judgement of the authority: a clause that it weighs stands in every way of meeting it. Then even a
 * right is only as sure as that judgement.
 */
export function isWeighed(c: Clause): boolean {
  if (c.judged) return true;
  if (c.k === 'all') return c.of.some(isWeighed);
  if (c.k === 'any') return c.of.length > 0 && c.of.every(isWeighed);
  return c.k === 'not' && isWeighed(c.of);
}
