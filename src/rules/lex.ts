/**
 * Cuts a condition into tokens. The habits of other languages (`==`, `&&`, `!`, bare numbers, hyphens in names)
 * are refused here, each with the way this language says it.
 */
import { refuse } from './errors.ts';
import type { CompareOp, Span } from './ir.ts';

export type Token =
  | { readonly t: 'name' | 'word'; readonly text: string; readonly at: Span }
  | { readonly t: 'text'; readonly text: string; readonly at: Span }
  | { readonly t: 'number'; readonly value: 0 | 1; readonly text: string; readonly at: Span }
  | { readonly t: 'op'; readonly text: CompareOp | '+' | '-' | '*' | '/'; readonly at: Span }
  | { readonly t: 'mark'; readonly text: '(' | ')' | '[' | ']' | ',' | '.' | '..'; readonly at: Span }
  | { readonly t: 'end'; readonly text: ''; readonly at: Span };

/** Words with a meaning of their own: no fact, parameter or variable may bear one of these names. */
export const RESERVED: ReadonlySet<string> = new Set([
  'and',
  'or',
  'not',
  'in',
  'between',
  'if',
  'then',
  'else',
  'some',
  'every',
  'satisfies',
  'yes',
  'no',
  'on',
  'item',
  'null',
  'true',
  'false',
  'count',
  'sum',
  'min',
  'max',
  'monthsBetween',
  'yearsBetween',
  'perYear',
  'perMonth',
  'known',
  'overlaps',
]);

/** Longest condition accepted, in UTF-16 code units: a leaf is one line, longer logic belongs in the tree. */
export const MAX_LENGTH = 4000;

/** Operators of other languages: what was written, and what is meant. */
const FOREIGN: readonly (readonly [string, string])[] = [
  ['==', '='],
  ['=>', '>='],
  ['=<', '<='],
  ['<>', '!='],
  ['&&', 'and'],
  ['||', 'or'],
  ['&', 'and'],
  ['|', 'or'],
  ['**', '*'],
  ['≥', '>='],
  ['≤', '<='],
  ['≠', '!='],
  ['×', '*'],
  ['÷', '/'],
  ['−', '-'],
  ['–', '-'],
];
const OPS: readonly CompareOp[] = ['!=', '<=', '>=', '=', '<', '>'];

const SPACE = /[ \t\r\n]/;
const LETTER = /[A-Za-z]/;
const NAME = /[A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z][A-Za-z0-9]*)*/y;
const NUMBERISH = /[0-9][0-9_]*(?:[.,/:-][0-9]+)*[A-Za-z%€$]*/y;
const QUOTES = "'`“”„«»‘’";

/** Cuts the text into tokens, the last of which is `end`. Throws RuleFault. */
export function lex(text: string): readonly Token[] {
  if (text.length > MAX_LENGTH) {
    refuse(
      'too-long',
      [MAX_LENGTH, text.length],
      `${text.length} characters`,
      `at most ${MAX_LENGTH}`,
      'Split the condition into several leaves under all: or any:.',
    );
  }
  const tokens: Token[] = [];
  let i = 0;
  while (i < text.length) {
    const c = text[i]!;
    if (SPACE.test(c)) {
      i++;
      continue;
    }
    const token = LETTER.test(c) ? nameAt(text, i) : c === '"' ? textAt(text, i) : signAt(text, i, tokens.at(-1));
    tokens.push(token);
    i = token.at[1];
  }
  if (tokens.length === 0) {
    refuse('empty', [0, text.length], 'nothing', 'a condition', 'Write a condition, such as age >= ageMin.');
  }
  tokens.push({ t: 'end', text: '', at: [text.length, text.length] });
  return tokens;
}

function nameAt(text: string, start: number): Token {
  NAME.lastIndex = start;
  const name = NAME.exec(text)![0];
  const end = start + name.length;
  const next = text[end] ?? '';
  if (next === '_') {
    refuse(
      'unexpected-character',
      [start, end + 1],
      `"${name}_"`,
      'a name of letters and digits',
      'Names are written in camelCase, without underscores: salaryMin.',
    );
  }
  if (next === '-' && LETTER.test(text[end + 1] ?? '')) {
    const rest = /^(?:-[A-Za-z0-9.]+)+/.exec(text.slice(end))![0];
    const camel = (name + rest).replace(/-([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    refuse(
      'hyphen-in-name',
      [start, end + rest.length],
      `"${name}${rest}"`,
      'a name without hyphens',
      `If it is one name, write ${camel}; if it is a subtraction, put spaces around the minus sign.`,
    );
  }
  return { t: RESERVED.has(name) ? 'word' : 'name', text: name, at: [start, end] };
}

function textAt(text: string, start: number): Token {
  let end = start + 1;
  while (end < text.length && text[end] !== '"' && text[end] !== '\n') end++;
  if (text[end] !== '"') {
    refuse(
      'unclosed-text',
      [start, end],
      `${text.slice(start, end)}`,
      'a closing quotation mark (")',
      'Close the code with ".',
    );
  }
  return { t: 'text', text: text.slice(start + 1, end), at: [start, end + 1] };
}

function signAt(text: string, start: number, before: Token | undefined): Token {
  const c = text[start]!;
  if (/[0-9]/.test(c)) return numberAt(text, start);
  for (const [found, meant] of FOREIGN) {
    if (text.startsWith(found, start)) {
      refuse('wrong-operator', [start, start + found.length], `"${found}"`, `"${meant}"`, `Write "${meant}".`);
    }
  }
  for (const op of OPS) if (text.startsWith(op, start)) return { t: 'op', text: op, at: [start, start + op.length] };
  if (c === '!') {
    refuse(
      'wrong-operator',
      [start, start + 1],
      '"!"',
      '"not(…)"',
      'Write not( … ) with parentheses, or != between two values.',
    );
  }
  if (c === '+' || c === '-' || c === '*' || c === '/') return { t: 'op', text: c, at: [start, start + 1] };
  if (c === '(' || c === ')' || c === '[' || c === ']' || c === ',')
    return { t: 'mark', text: c, at: [start, start + 1] };
  if (text.startsWith('..', start)) return { t: 'mark', text: '..', at: [start, start + 2] };
  if (c === '.' && before?.text === ']') return { t: 'mark', text: '.', at: [start, start + 1] };
  if (QUOTES.includes(c)) {
    refuse('wrong-quotes', [start, start + 1], c, '"', 'Codes stand in straight double quotation marks: "de".');
  }
  const code = text.codePointAt(start)!;
  const shown = String.fromCodePoint(code);
  const foreignLetter = /\p{L}/u.test(shown);
  return refuse(
    'unexpected-character',
    [start, start + shown.length],
    `"${shown}" (U+${code.toString(16).toUpperCase().padStart(4, '0')})`,
    foreignLetter ? 'a name in Latin letters' : 'a name, a code in quotation marks or an operator',
    foreignLetter
      ? 'Names use the letters a-z and A-Z; a Cyrillic letter can look the same as a Latin one: type it again.'
      : 'Remove it.',
  );
}

function numberAt(text: string, start: number): Token {
  NUMBERISH.lastIndex = start;
  // `0..limit` is a range: the two dots do not belong to the number.
  const found = NUMBERISH.exec(text)![0];
  const at: Span = [start, start + found.length];
  if (found === '0') return { t: 'number', value: 0, text: '0', at };
  if (found === '1') return { t: 'number', value: 1, text: '1', at };
  const isDate = /^\d{4}-\d\d-\d\d$/.test(found);
  return refuse(
    'number-literal',
    at,
    isDate ? `the date ${found}` : `the number ${found}`,
    'the name of a parameter',
    `Put ${found} under params: with a name, a unit, the day it holds from and its source, and write that name here${
      isDate ? '' : '; only 0 and 1 may stand in a condition'
    }.`,
  );
}
