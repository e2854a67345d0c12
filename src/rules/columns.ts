/**
 * The column layout of the mass back ends: one array per fact, one place per person, with a mark for "unknown".
 *
 * The kernel (`kernel.ts`) reads these arrays, the lab fills them, and the tests fill them from ordinary fact
 * look-ups with `fillColumns`. Every array has a key; a fact of one array has its own name as key:
 *
 * | type     | keys                              | array        | unknown                             |
 * |----------|-----------------------------------|--------------|-------------------------------------|
 * | boolean  | `x`                               | Uint8Array   | 2 (0 is no, 1 is yes)               |
 * | number   | `x`                               | Float64Array | NaN                                 |
 * | date     | `x`                               | Int32Array   | `NO_DAY`                            |
 * | duration | `x#months`, `x#days`              | Int32Array   | `NO_DAY` in both                    |
 * | code     | `x`                               | Uint16Array  | 0 (ids come from a `Dictionary`)    |
 * | codes    | `x#mask` if the set is small      | Int32Array   | 1 (bit 0); bit `id` for each code   |
 * | codes    | `x#from`, `x#items`, `x#known`    | Int32, Uint16, Uint8 | 0 in `#known`               |
 * | money    | `x#amount` (major), `x#currency`  | Float64, Uint16 | NaN, 0                           |
 * | records  | `x#from`, `x#known`; `x[].field…` | Int32, Uint8 | 0 in `#known`                       |
 *
 * `#from` has one place more than there are owners: the items of owner `i` are those from `from[i]` to `from[i + 1]`.
 * `x[].field` is laid out like a fact, one place per record. Numbers a kernel would else compute again and again
 * (money in one currency, a date plus a fixed duration) are derived columns: see `derive.ts`.
 */
import type { Day, Duration, Money, Rec, Schema, Tri, Type, Value } from './ir.ts';

export const NO = 0;
export const YES = 1;
export const UNKNOWN = 2;
/** An unknown day (and an unknown part of a duration): the smallest Int32, earlier than any date. */
export const NO_DAY = -2147483648;
/** Code sets of at most this many codes keep lists of codes as one bit mask a person. */
export const MASK_CODES = 31;

export type Column = Uint8Array | Uint16Array | Int32Array | Float64Array;
export type Columns = { [key: string]: Column };

/** `true`, `false`, `undefined` as the bytes of a column and of a kernel's output. */
export function triCode(value: Tri): 0 | 1 | 2 {
  return value === undefined ? UNKNOWN : value ? YES : NO;
}

/** The inverse of `triCode`. */
export function triOf(code: number): Tri {
  return code === UNKNOWN ? undefined : code === YES;
}

/** Ids of the codes of one set: 1, 2, … in the order of the schema, so that ordered sets compare by id. 0 is unknown. */
export class Dictionary {
  readonly set: string;
  readonly open: boolean;
  readonly codes: string[];
  readonly #ids: Map<string, number>;

  constructor(set: string, codes: readonly string[], open: boolean) {
    this.set = set;
    this.open = open;
    this.codes = [...codes];
    this.#ids = new Map(codes.map((code, index) => [code, index + 1]));
  }

  /** The id of a code. An open set learns a new code; a closed one throws. */
  id(code: string): number {
    const known = this.#ids.get(code);
    if (known !== undefined) return known;
    if (!this.open) {
      throw new RangeError(
        `Code "${code}" is not in the set "${this.set}" (${this.codes.slice(0, 5).join(', ')}…). ` +
          'Correct the value, or add the code to the set in the fact schema.',
      );
    }
    if (this.codes.length >= 65535) throw new RangeError(`The set "${this.set}" has more than 65,535 codes.`);
    this.codes.push(code);
    this.#ids.set(code, this.codes.length);
    return this.codes.length;
  }

  /** Whether a list of these codes is one bit mask: closed sets of at most `MASK_CODES` codes. */
  get masked(): boolean {
    return !this.open && this.codes.length <= MASK_CODES;
  }
}

/** The set name under which currencies get their ids. */
export const CURRENCY = 'currency of money';
/** The id of the currency of nothing: the literal 0 beside money, which fits any currency. */
export const ANY_CURRENCY = 1;

/**
 * The dictionaries that tie kernels and columns together: a kernel's text holds ids, so it fits only columns that
 * were filled with the same codebook. `toJSON` and `Codebook.from` carry one from a build to the program that runs it.
 */
export class Codebook {
  readonly schema: Schema;
  readonly #dictionaries = new Map<string, Dictionary>();

  constructor(schema: Schema) {
    this.schema = schema;
    for (const [name, set] of schema.sets) this.#dictionaries.set(name, new Dictionary(name, set.codes, set.open));
    this.#dictionaries.set(CURRENCY, new Dictionary(CURRENCY, [''], true));
  }

  /** The dictionary of a code set. */
  codes(set: string): Dictionary {
    const found = this.#dictionaries.get(set);
    if (found === undefined) throw new RangeError(`There is no code set "${set}" in the fact schema.`);
    return found;
  }

  /** The open sets' codes in the order of their ids: all that is not in the schema already. */
  toJSON(): { readonly [set: string]: readonly string[] } {
    const open = [...this.#dictionaries.values()].filter((dictionary) => dictionary.open);
    return Object.fromEntries(open.map((dictionary) => [dictionary.set, dictionary.codes]));
  }

  /** A codebook with the ids of an earlier one. */
  static from(schema: Schema, saved: { readonly [set: string]: readonly string[] }): Codebook {
    const codebook = new Codebook(schema);
    for (const [set, codes] of Object.entries(saved)) for (const code of codes) codebook.codes(set).id(code);
    return codebook;
  }
}

/** A column that holds a fact: what `fillColumns` is asked for. */
export type FactColumn = { readonly k: 'fact'; readonly name: string; readonly type: Type };
/** Residence counted by a clock, compared with a duration: a tri-state column `clock:<id>:<duration>`. */
export type ClockColumn = { readonly k: 'clock'; readonly key: string; readonly id: string; readonly need: Duration };

/** The key of a clock's column. It names the duration, since two provisions may call different ones by one name. */
export function clockKey(id: string, need: Duration): string {
  return `clock:${id}:P${need.months}M${need.days}D`;
}

/** What a person is to the columns: the part of `Context` that differs between persons. */
export type Person = {
  fact(name: string): Value | undefined;
  clock?(id: string, need: Duration): { readonly reached: Tri };
};

/** Fills the arrays of the wanted facts and clocks for a list of persons. */
export function fillColumns(
  codebook: Codebook,
  wanted: readonly (FactColumn | ClockColumn)[],
  people: readonly Person[],
): Columns {
  const out: Columns = {};
  for (const column of wanted) {
    if (column.k === 'clock') {
      out[column.key] = Uint8Array.from(people, (person) => triCode(person.clock?.(column.id, column.need).reached));
    } else {
      const values = people.map((person) => person.fact(column.name));
      storeValues(codebook, out, column.name, column.type, values);
    }
  }
  return out;
}

/** Lays out the values of one fact (or of one field of many records) under `key`. */
export function storeValues(
  codebook: Codebook,
  out: Columns,
  key: string,
  type: Type,
  values: readonly (Value | undefined)[],
): void {
  switch (type.t) {
    case 'boolean':
      out[key] = Uint8Array.from(values, (value) => triCode(value as Tri));
      return;
    case 'number':
      out[key] = Float64Array.from(values, (value) => (value as number | undefined) ?? Number.NaN);
      return;
    case 'date':
      out[key] = Int32Array.from(values, (value) => (value as Day | undefined) ?? NO_DAY);
      return;
    case 'duration':
      out[`${key}#months`] = Int32Array.from(values, (value) => (value as Duration | undefined)?.months ?? NO_DAY);
      out[`${key}#days`] = Int32Array.from(values, (value) => (value as Duration | undefined)?.days ?? NO_DAY);
      return;
    case 'money': {
      const currencies = codebook.codes(CURRENCY);
      out[`${key}#amount`] = Float64Array.from(values, (value) => (value as Money | undefined)?.amount ?? Number.NaN);
      out[`${key}#currency`] = Uint16Array.from(values, (value) =>
        value === undefined ? 0 : currencies.id((value as Money).currency),
      );
      return;
    }
    case 'code': {
      const codes = codebook.codes(type.set);
      out[key] = Uint16Array.from(values, (value) => (value === undefined ? 0 : codes.id(value as string)));
      return;
    }
    case 'codes':
      storeCodes(codebook.codes(type.set), out, key, values as readonly (readonly string[] | undefined)[]);
      return;
    case 'records':
      storeRecords(codebook, out, key, type.of, values as readonly (readonly Rec[] | undefined)[]);
  }
}

function storeCodes(
  codes: Dictionary,
  out: Columns,
  key: string,
  lists: readonly (readonly string[] | undefined)[],
): void {
  if (codes.masked) {
    out[`${key}#mask`] = Int32Array.from(lists, (list) =>
      list === undefined ? 1 : list.reduce((mask, code) => mask | (1 << codes.id(code)), 0),
    );
    return;
  }
  const items = storeOffsets(out, key, lists);
  out[`${key}#items`] = Uint16Array.from(items, (code) => codes.id(code));
}

function storeRecords(
  codebook: Codebook,
  out: Columns,
  key: string,
  of: string,
  lists: readonly (readonly Rec[] | undefined)[],
): void {
  const fields = codebook.schema.records.get(of);
  if (fields === undefined) throw new RangeError(`There is no record type "${of}" in the fact schema.`);
  const items = storeOffsets(out, key, lists);
  for (const [field, type] of fields) {
    const values = items.map((item) => item[field]);
    storeValues(codebook, out, `${key}[].${field}`, type, values);
  }
}

/** Writes `#from` and `#known` of a fact that is a list, and returns all items one after the other. */
function storeOffsets<T>(out: Columns, key: string, lists: readonly (readonly T[] | undefined)[]): T[] {
  const from = new Int32Array(lists.length + 1);
  const items: T[] = [];
  for (const [index, list] of lists.entries()) {
    if (list !== undefined) for (const item of list) items.push(item);
    from[index + 1] = items.length;
  }
  out[`${key}#from`] = from;
  out[`${key}#known`] = Uint8Array.from(lists, (list) => (list === undefined ? 0 : 1));
  return items;
}
