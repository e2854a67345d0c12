/**
 * What stands in a field before it is an answer: texts as typed. A draft is turned into a value, into nothing (blank), or
 * into a reason why it is not understood; a text is never guessed at.
 */
import { parseDay } from '../../calendar/civil.ts';
import type { Field } from '../engine/questions.ts';
import type { Entry, Plain } from './answers.ts';

/** Of one field. `text`: yes/no, a code, a number or `2026-3-1` as typed; `codes`: a list, `none`: an empty one on purpose. */
export type Draft = {
  readonly text?: string;
  readonly currency?: string;
  readonly codes?: readonly string[];
  readonly none?: boolean;
};
/** Of a list: one draft by field for each entry; `none`: there are none, and that is the answer. */
export type ListDraft = { readonly entries: readonly { readonly [field: string]: Draft }[]; readonly none: boolean };

export type Understood =
  | { readonly k: 'blank' }
  | { readonly k: 'value'; readonly v: boolean | number | string | readonly string[] }
  /** The id of the message that says what is expected. */
  | { readonly k: 'wrong'; readonly why: string; readonly min?: number; readonly max?: number };

/** Whether an answer may be less than zero: what a month takes away. */
export const mayBeBelowZero = (field: Field): boolean => (field.range?.min ?? 0) < 0;

export function understand(field: Field, d: Draft | undefined): Understood {
  const text = (d?.text ?? '').trim();
  switch (field.kind) {
    case 'boolean':
      return text === '' ? { k: 'blank' } : { k: 'value', v: text === 'yes' };
    case 'code':
      return text === '' ? { k: 'blank' } : { k: 'value', v: text };
    case 'codes':
      if (d?.codes?.length) return { k: 'value', v: d.codes };
      return d?.none ? { k: 'value', v: [] } : { k: 'blank' };
    case 'date': {
      if (text.replaceAll('-', '').trim() === '') return { k: 'blank' };
      const [y, m, day] = text.split('-') as [string, string | undefined, string | undefined];
      const iso = `${y}-${(m ?? '').padStart(2, '0')}-${(day ?? '').padStart(2, '0')}`;
      return /^\d{4}-\d\d-\d\d$/.test(iso) && parseDay(iso) !== undefined
        ? { k: 'value', v: iso }
        : { k: 'wrong', why: 'wrong.date' };
    }
    case 'number':
    case 'money': {
      if (text === '') return { k: 'blank' };
      // Phones and texts write a minus in several ways.
      const plain = text
        .replaceAll(/[\s\u00a0_']/g, '')
        .replace(',', '.')
        .replace(/^[\u2212\u2013\u2012]/, '-');
      if (!/^-?\d{1,11}(\.\d{1,2})?$/.test(plain) || (plain.startsWith('-') && !mayBeBelowZero(field)))
        return { k: 'wrong', why: 'wrong.number' };
      const n = Number(plain);
      const { range } = field;
      if (range && (n < range.min || n > range.max))
        return { k: 'wrong', why: 'wrong.range', min: range.min, max: range.max };
      return {
        k: 'value',
        v: field.kind === 'number' ? n : `${plain} ${d?.currency ?? field.currencies?.[0] ?? 'EUR'}`,
      };
    }
  }
}

/** The draft that shows a value that was given before. */
export function draftOf(field: Field, v: Plain | undefined): Draft {
  if (v === undefined) return {};
  switch (field.kind) {
    case 'boolean':
      return { text: v === true ? 'yes' : 'no' };
    case 'date':
      return {
        text: String(v)
          .split('-')
          .map((x, i) => (i === 0 ? x : String(Number(x))))
          .join('-'),
      };
    case 'money': {
      const [amount, currency] = String(v).split(/ (?=[A-Z]{3}$)/);
      return { text: amount ?? '', ...(currency ? { currency } : {}) };
    }
    case 'codes':
      return { codes: v as readonly string[], none: (v as readonly string[]).length === 0 };
    default:
      return { text: String(v) };
  }
}

/** The draft of a list that was given before. */
export function listDraftOf(fields: readonly Field[], v: readonly Entry[] | undefined): ListDraft {
  return {
    none: v !== undefined && v.length === 0,
    entries: (v ?? []).map((e) =>
      Object.fromEntries(
        Object.entries(e).map(([name, v]) => {
          const field = fields.find((f) => f.name === name);
          // What is not asked here (the name of a member's own file) goes along as it is.
          return [name, field ? draftOf(field, v as Plain) : { text: String(v) }];
        }),
      ),
    ),
  };
}

export type ListUnderstood =
  | { readonly k: 'blank' }
  | { readonly k: 'value'; readonly v: readonly Entry[] }
  | {
      readonly k: 'wrong';
      readonly at: readonly { readonly entry: number; readonly field: string; readonly is: Understood }[];
    };

/** A list as an answer. Entries in which nothing stands are left out; fields that are blank stay unknown. */
export function understandList(fields: readonly Field[], d: ListDraft): ListUnderstood {
  const wrong: { entry: number; field: string; is: Understood }[] = [];
  const entries = d.entries.flatMap((e, i): Entry[] => {
    const out: Record<string, Entry[string]> = {};
    for (const f of fields) {
      const is = understand(f, e[f.name]);
      if (is.k === 'wrong') wrong.push({ entry: i, field: f.name, is });
      else if (is.k === 'value') out[f.name] = is.v;
    }
    for (const [name, draft] of Object.entries(e))
      if (draft.text !== undefined && !fields.some((f) => f.name === name)) out[name] = draft.text;
    return Object.keys(out).length ? [out] : [];
  });
  if (wrong.length) return { k: 'wrong', at: wrong };
  if (entries.length) return { k: 'value', v: entries };
  return d.none ? { k: 'value', v: [] } : { k: 'blank' };
}
