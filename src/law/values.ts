/**
 * Values as people write them (YAML) to values as the rules read them, by the type expected. A text that does not fit
 * its type is never guessed at: the answer is a reason in words.
 */
import { parseDay, parseDuration } from '../calendar/civil.ts';
import { nearestName } from '../rules/errors.ts';
import type { Money, Per, Rec, Schema, Type, Value } from '../rules/ir.ts';

export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly found: string;
      readonly expected: string;
      readonly mend?: string;
      readonly path?: readonly (string | number)[];
    };

const PERS: readonly Per[] = ['year', 'month', 'week', 'day', 'hour', 'once'];
const NUMBER_UNITS = ['years', 'months', 'days', 'hours', 'count', 'points', 'percent', 'people'];

/** `52000 EUR`, `52000.50 EUR`, `52 000 EUR`: at most two decimals, a three-letter currency. */
export function readMoney(raw: unknown): Money | undefined {
  if (typeof raw !== 'string') return undefined;
  const m = /^(-?\d{1,3}(?:[ _]\d{3})+|-?\d+)(\.\d{1,2})? ?([A-Z]{3})$/.exec(raw.trim());
  if (!m) return undefined;
  const amount = Number(`${(m[1] as string).replace(/[ _]/g, '')}${m[2] ?? ''}`);
  return Number.isFinite(amount) && Math.abs(amount) < 1e12 ? { amount, currency: m[3] as string } : undefined;
}

/** `yes`, `no`, `true`, `false`. */
export function readBoolean(raw: unknown): boolean | undefined {
  if (raw === true || raw === 'yes') return true;
  if (raw === false || raw === 'no') return false;
  return undefined;
}

/** The type a unit stands for (`EUR/year`, `days`, `duration`, `level` …). */
export function typeOfUnit(unit: string, schema: Schema): Type | undefined {
  const money = /^([A-Z]{3})\/([a-z]+)$/.exec(unit);
  if (money) return PERS.includes(money[2] as Per) ? { t: 'money', per: money[2] as Per } : undefined;
  if (unit === 'duration' || unit === 'date' || unit === 'boolean') return { t: unit };
  if (NUMBER_UNITS.includes(unit)) return { t: 'number', unit };
  if (schema.sets.has(unit)) return { t: 'code', set: unit };
  return undefined;
}

/** Type written as `boolean`, `money/year`, `number/months`, `codes/country`, or the name of a code set. */
export function typeOfShort(short: string, schema: { readonly sets: Schema['sets'] }): Type | undefined {
  const [head, tail] = short.split('/') as [string, string | undefined];
  if (head === 'boolean' || head === 'date' || head === 'duration') return { t: head };
  if (head === 'number' && tail) return { t: 'number', unit: tail };
  if (head === 'money' && tail && PERS.includes(tail as Per)) return { t: 'money', per: tail as Per };
  if (head === 'codes' && tail) return { t: 'codes', set: tail };
  if (schema.sets.has(head)) return { t: 'code', set: head };
  return undefined;
}

const shown = (raw: unknown): string => {
  const s = typeof raw === 'string' ? `"${raw}"` : JSON.stringify(raw);
  return s === undefined ? 'nothing' : s.length > 60 ? `${s.slice(0, 57)}…` : s;
};
const no = <T>(raw: unknown, expected: string, mend?: string): Read<T> => ({
  ok: false,
  found: shown(raw),
  expected,
  ...(mend ? { mend } : {}),
});

const at = <T>(r: Read<T>, path: readonly (string | number)[]): Read<T> => (r.ok ? r : { ...r, path });

/** `P3Y`, or `3 years`, as months; `P90D` is refused where months are meant. */
function readNumber(raw: unknown, unit: string): Read<Value> {
  if (typeof raw === 'number' && Number.isFinite(raw)) return { ok: true, value: raw };
  if (typeof raw === 'string' && (unit === 'months' || unit === 'years' || unit === 'days')) {
    const d = parseDuration(raw);
    if (d) {
      if (unit === 'days' && d.months === 0) return { ok: true, value: d.days };
      if (unit === 'months' && d.days === 0) return { ok: true, value: d.months };
      if (unit === 'years' && d.days === 0 && d.months % 12 === 0) return { ok: true, value: d.months / 12 };
    }
    return no(raw, `a number of ${unit}, or a duration of whole ${unit} like ${unit === 'days' ? 'P90D' : 'P3Y'}`);
  }
  return no(raw, `a number${unit ? ` (${unit})` : ''}`, 'write digits with a point for decimals, without a unit');
}

/** Reads one value of a type. `unknown` (the word) and nothing at all are `undefined`. */
export function readValue(raw: unknown, type: Type, schema: Schema): Read<Value | undefined> {
  if (raw === undefined || raw === null || raw === 'unknown') return { ok: true, value: undefined };
  switch (type.t) {
    case 'boolean': {
      const b = readBoolean(raw);
      return b === undefined ? no(raw, 'yes, no or unknown') : { ok: true, value: b };
    }
    case 'number':
      return readNumber(raw, type.unit);
    case 'money': {
      const m = readMoney(raw);
      return m
        ? { ok: true, value: m }
        : no(raw, 'an amount with its currency, like 52000 EUR', 'write the amount, a space and three capital letters');
    }
    case 'date': {
      const d = typeof raw === 'string' ? parseDay(raw) : undefined;
      return d === undefined ? no(raw, 'a date that exists, like 2026-03-01 (1900 to 2199)') : { ok: true, value: d };
    }
    case 'duration': {
      const d = typeof raw === 'string' ? parseDuration(raw) : undefined;
      return d === undefined ? no(raw, 'a duration like P3M, P1Y6M or P10D') : { ok: true, value: d };
    }
    case 'code': {
      if (typeof raw !== 'string') return no(raw, `one code of "${type.set}"`);
      return readCode(raw, type.set, schema);
    }
    case 'codes': {
      const items = Array.isArray(raw) ? raw : [raw];
      const out: string[] = [];
      for (let i = 0; i < items.length; i++) {
        const r =
          typeof items[i] === 'string'
            ? readCode(items[i] as string, type.set, schema)
            : no<string>(items[i], `codes of "${type.set}"`);
        if (!r.ok) return { ...r, path: [i] };
        out.push(r.value);
      }
      return { ok: true, value: out };
    }
    case 'records':
      return readRecords(raw, type.of, schema);
  }
}

const OPEN_CODE: Record<string, RegExp> = {
  country: /^[a-z]{2}$/,
  currency: /^[A-Z]{3}$/,
  status: /^[a-z]{2,10}\/[a-z0-9]+(-[a-z0-9]+)*$/,
};

function readCode(raw: string, set: string, schema: Schema): Read<string> {
  const s = schema.sets.get(set);
  if (!s) return no(raw, `a code of the set "${set}", which does not exist`);
  if (s.open) {
    const shape = OPEN_CODE[set] ?? /^[a-z0-9]+(-[a-z0-9]+)*$/;
    if (shape.test(raw)) return { ok: true, value: raw };
    const hint =
      set === 'country'
        ? 'a country as two small letters, like de'
        : set === 'status'
          ? 'a status like de/blue-card'
          : `a ${set} in small letters with hyphens, like software-developer`;
    const small = raw
      .trim()
      .toLowerCase()
      .replace(/[\s_]+/g, '-');
    return no(raw, hint, set !== 'status' && small !== raw && shape.test(small) ? `write ${small}` : undefined);
  }
  if (s.codes.includes(raw)) return { ok: true, value: raw };
  const near = nearestName(raw, s.codes);
  return no(raw, `one of: ${s.codes.join(', ')}`, near && `did you mean ${near}?`);
}

/** Reads a list of records (`family`, `stays` …). A field left out is unknown; an unknown field is an error. */
function readRecords(raw: unknown, of: string, schema: Schema): Read<readonly Rec[]> {
  if (!Array.isArray(raw)) return no(raw, `a list of ${of}, or [] for none`);
  const fields = schema.records.get(of);
  if (!fields) return no(raw, `records of "${of}", which do not exist`);
  const out: Rec[] = [];
  for (let i = 0; i < raw.length; i++) {
    const item: unknown = raw[i];
    if (typeof item !== 'object' || item === null || Array.isArray(item))
      return at(no(item, `one of ${of}, with its fields`), [i]);
    const rec: Record<string, Value> = {};
    for (const [k, v] of Object.entries(item)) {
      const type = fields.get(k);
      if (!type) return at(no(k, `one of the fields ${[...fields.keys()].join(', ')}`), [i, k]);
      const r = readValue(v, type, schema);
      if (!r.ok) return { ...r, path: [i, k, ...(r.path ?? [])] };
      if (r.value !== undefined) rec[k] = r.value;
    }
    out.push(rec);
  }
  return { ok: true, value: out };
}
