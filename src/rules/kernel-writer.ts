/**
 * The text of one kernel in the making: lines and blocks, names that do not clash, arrays read from the columns,
 * values loaded once a block, tables and helpers beside the function. Knows no condition.
 */
import type { HelperName } from './kernel-helpers.ts';

/** Words that may not name a variable, and the names that every kernel uses itself. */
const TAKEN =
  'break case catch class const continue debugger default delete do else enum export extends false finally for ' +
  'function if implements import in instanceof interface let new null package private protected public return ' +
  'static super switch this throw true try typeof var void while with yield await async of eval arguments ' +
  'undefined NaN Infinity Math Uint8Array Float64Array cols from to out kernel i NO_DAY ANY RATES';

/** A code or text of the law in a comment, on one line whatever it holds. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\s\u0085]+/g, ' ');
}

export class KernelWriter {
  readonly helpers = new Set<HelperName>();
  /** Column key → the name of its array. */
  readonly #arrays = new Map<string, string>();
  /** Constants beside the function: text → name. */
  readonly #tables = new Map<string, string>();
  readonly #comments = new Map<string, string>();
  readonly #places = new Map<string, string>();
  readonly #taken = new Set<string>(TAKEN.split(' '));
  readonly #lines: string[] = [];
  /** Values loaded in the open blocks, innermost last. */
  readonly #loaded: Map<string, string>[] = [new Map()];
  #depth = 2;

  line(text: string): void {
    this.#lines.push(`${'  '.repeat(this.#depth)}${text}`);
  }

  comment(text: string): void {
    this.line(`// ${oneLine(text)}`);
  }

  /** Writes `header { … }`; what is loaded inside is forgotten after it. */
  block(header: string, body: () => void): void {
    this.line(`${header} {`);
    this.#depth++;
    this.#loaded.push(new Map());
    body();
    this.#loaded.pop();
    this.#depth--;
    this.line('}');
  }

  /** A free name like the wished one. */
  name(wish: string): string {
    const cleaned = wish.replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/^_+|_+$/g, '');
    const base = /^[A-Za-z]/.test(cleaned) ? cleaned : `v_${cleaned}`;
    let name = base;
    for (let n = 2; this.#taken.has(name); n++) name = `${base}${n}`;
    this.#taken.add(name);
    return name;
  }

  /** Names a value that is used more than once; names and numbers stay as they are. */
  keep(wish: string, code: string): string {
    if (/^(?:[A-Za-z_$][\w$]*|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/.test(code)) return code;
    const name = this.name(wish);
    this.line(`const ${name} = ${code};`);
    return name;
  }

  /** The name of a column's array. */
  array(key: string): string {
    let name = this.#arrays.get(key);
    if (name === undefined) {
      name = this.name(`${key} of`);
      this.#arrays.set(key, name);
    }
    return name;
  }

  /** The value of a column at an index, loaded once a block. */
  load(key: string, index: string): string {
    const place = `${key}[${index}]`;
    for (const block of this.#loaded) {
      const name = block.get(place);
      if (name !== undefined) return name;
    }
    const array = this.array(key);
    // Blocks beside each other may bear the same name for the same value.
    const name = this.#places.get(place) ?? this.name(key);
    this.#places.set(place, name);
    this.line(`const ${name} = ${array}[${index}];`);
    this.#loaded.at(-1)!.set(place, name);
    return name;
  }

  /** A constant beside the function. */
  table(wish: string, code: string, comment: string): string {
    let name = this.#tables.get(code);
    if (name === undefined) {
      name = this.name(wish);
      this.#tables.set(code, name);
      this.#comments.set(name, comment);
    }
    return name;
  }

  /** Calls a helper, which is thereby part of the text. */
  call(helper: HelperName, ...args: readonly string[]): string {
    this.helpers.add(helper);
    return `${helper}(${args.join(', ')})`;
  }

  /** The keys of all arrays read. */
  get keys(): string[] {
    return [...this.#arrays.keys()];
  }

  /** Declarations of the tables. */
  tableLines(): string[] {
    return [...this.#tables].map(([code, name]) => {
      const comment = this.#comments.get(name);
      return `const ${name} = ${code};${comment ? ` // ${comment}` : ''}`;
    });
  }

  /** Declarations of the arrays, for the head of the function. */
  arrayLines(): string[] {
    return [...this.#arrays].map(([key, name]) => `  const ${name} = cols['${key.replaceAll(/[\\']/g, '\\$&')}'];`);
  }

  bodyLines(): readonly string[] {
    return this.#lines;
  }
}
