/** A calm, plain page of text: wrapped lines, indents, numbered sources. Colour only says again what the words say. */

import { parseDay } from '../calendar/civil.ts';
import type { SourceRef } from '../check/because.ts';
import type { Lang } from '../law/say.ts';
import { sayDay } from '../law/say.ts';

export type PageStyle = { readonly lang: Lang; readonly width: number; readonly colour: boolean };

/** Sources cited on a page, in the order of their first mention. One address is one source. */
export class Footnotes {
  private readonly list = new Map<string, { n: number; source: SourceRef }>();

  /** The marks of some sources: `[1][3]`. */
  cite(sources: readonly SourceRef[]): string {
    const marks = new Set<number>();
    for (const source of sources) {
      const key = source.url || source.id;
      let have = this.list.get(key);
      if (!have) {
        have = { n: this.list.size + 1, source };
        this.list.set(key, have);
      }
      marks.add(have.n);
    }
    return [...marks].map((n) => `[${n}]`).join('');
  }

  get entries(): readonly { readonly n: number; readonly source: SourceRef }[] {
    return [...this.list.values()];
  }
}

export class Page {
  readonly notes = new Footnotes();
  private readonly lines: string[] = [];
  private readonly style: PageStyle;

  constructor(style: PageStyle) {
    this.style = style;
  }

  /** A text in the language of the page. */
  t(en: string, ru: string): string {
    return this.style.lang === 'ru' ? ru : en;
  }

  title(text: string): void {
    this.lines.push(...wrap(text, this.style.width, '', '').map((l) => this.paint(l, '1')));
  }

  heading(text: string): void {
    this.gap();
    this.lines.push(...wrap(text, this.style.width, '', '').map((l) => this.paint(l, '1')));
  }

  /** A line as it is: a row of a table. */
  raw(line: string): void {
    this.lines.push(line);
  }

  gap(): void {
    if (this.lines.length && this.lines.at(-1) !== '') this.lines.push('');
  }

  /** A paragraph; `mark` stands before its first line (`1. `, `- `), and the rest is set in under it. */
  para(text: string, indent = 2, mark = '', tone?: 'dim' | 'warn' | 'bold'): void {
    const first = `${' '.repeat(indent)}${mark}`;
    const rest = ' '.repeat(first.length);
    const code = tone === 'dim' ? '2' : tone === 'warn' ? '33' : tone === 'bold' ? '1' : undefined;
    for (const l of wrap(text, this.style.width, first, rest)) this.lines.push(code ? this.paint(l, code) : l);
  }

  /** A label and what it says, in two columns. */
  row(label: string, text: string, column = 15): void {
    const first = `  ${label.padEnd(column - 2)}`;
    this.lines.push(
      ...wrap(text, this.style.width, label.length >= column - 2 ? `${first} ` : first, ' '.repeat(column)),
    );
  }

  /** The sources cited so far, numbered, each with publisher, date and address. */
  sources(): void {
    if (this.notes.entries.length === 0) return;
    this.heading(this.t('Sources', 'Источники'));
    for (const { n, source } of this.notes.entries) {
      const what = [source.publisher, source.title].filter(Boolean).join(': ');
      const date = source.date ? `, ${this.sourceDate(source.date)}` : '';
      const read = this.t(`read ${this.sourceDate(source.read)}`, `прочитано ${this.sourceDate(source.read)}`);
      const kind = source.official ? this.t('official', 'официальный') : this.t('not official', 'неофициальный');
      this.para(`${what}${date} (${kind}; ${read})`, 2, `[${n}] `);
      this.lines.push(`${' '.repeat(6)}${source.url}`);
    }
  }

  text(): string {
    return `${this.lines.join('\n')}\n`;
  }

  /** A source's date as precisely as it is known: a day, a month, a year. */
  private sourceDate(text: string): string {
    const day = parseDay(text);
    return day === undefined ? text : sayDay(day, this.style.lang);
  }

  private paint(text: string, code: string): string {
    return this.style.colour && text ? `\u001b[${code}m${text}\u001b[0m` : text;
  }
}

/** Breaks a text into lines of at most `width` columns; a word longer than a line stands alone. */
export function wrap(text: string, width: number, first: string, rest: string): string[] {
  const out: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(/[ \n\t]+/)) {
    if (word === '') continue;
    if (!empty && line.length + 1 + word.length > width) {
      out.push(line);
      line = rest;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  out.push(line.trimEnd());
  return out;
}
