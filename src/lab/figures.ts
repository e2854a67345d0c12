/** Sourced figures about the diaspora (`diaspora/figures.yaml`): what is fitted to, what is held out, what is only shown. */
import { parseDay } from '../calendar/civil.ts';
import type { Day, Text } from '../rules/ir.ts';
import { isMap, type LabText, type Raw, Reading, show } from './reading.ts';

export type FigureSource = {
  readonly url: string;
  readonly publisher: string;
  readonly date: string;
  readonly read: string;
  /** How it was read where that was not at the publisher: `press` quotes it, `mirror` copies it. */
  readonly via?: string;
};

export type Figure = {
  readonly id: string;
  readonly host?: string;
  readonly what: Text;
  readonly on: Day;
  readonly value: number;
  readonly range?: readonly [number, number];
  readonly unit: 'people' | 'people-flow' | 'share';
  readonly quality: 'A' | 'B' | 'C' | 'D';
  readonly use: 'fit' | 'validate' | 'show';
  /** Of held-out figures: named before the model was last changed and not looked at until after. The others have been looked at. */
  readonly fresh: boolean;
  readonly source: readonly string[];
  readonly note?: Text;
};

/** Published figures with their sources. */
export type Figures = {
  readonly figures: ReadonlyMap<string, Figure>;
  readonly sources: ReadonlyMap<string, FigureSource>;
};

/** @throws ProblemsError naming every figure without a source, day, range or use. */
export function readFigures(text: LabText): Figures {
  const r = new Reading(text);
  const top = r.top;
  r.keys(top, [], ['sources', 'figures']);
  const sources = readSources(r, top.sources);
  const figures = new Map<string, Figure>();
  r.list(top.figures, ['figures'], 'figures').forEach((raw, i) => {
    const path = ['figures', i];
    const f = r.map(raw, path, 'a figure');
    r.keys(f, path, [
      'id',
      'host',
      'what',
      'on',
      'value',
      'range',
      'unit',
      'quality',
      'use',
      'fresh',
      'source',
      'note',
    ]);
    const id = r.text(f.id, [...path, 'id'], 'id');
    if (figures.has(id)) r.problem([...path, 'id'], `the figure "${id}" a second time`, 'each figure once');
    const on = typeof f.on === 'string' ? parseDay(f.on) : undefined;
    if (on === undefined) r.problem([...path, 'on'], show(f.on), 'the day the figure is of, like 2024-07-01');
    const unit = choice(r, f.unit, [...path, 'unit'], ['people', 'people-flow', 'share'] as const);
    const most = unit === 'share' ? 1 : 1e9;
    const value = r.number(f.value, [...path, 'value'], 'value', 0, most);
    let range: [number, number] | undefined;
    if (f.range !== undefined) {
      const pair = r.list(f.range, [...path, 'range'], 'range');
      range = [
        r.number(pair[0], [...path, 'range', 0], 'lower end', 0, most),
        r.number(pair[1], [...path, 'range', 1], 'upper end', 0, most),
      ];
      if (range[0] > value || value > range[1])
        r.problem([...path, 'range'], `${value} outside ${range[0]} to ${range[1]}`, 'a range that holds the value');
    }
    const quality = choice(r, f.quality, [...path, 'quality'], ['A', 'B', 'C', 'D'] as const);
    const use = choice(r, f.use, [...path, 'use'], ['fit', 'validate', 'show'] as const);
    if (quality === 'D' && use !== 'show')
      r.problem(
        [...path, 'use'],
        `a claim (quality D) used to ${use}`,
        'use: show; claims are never fitted to or tested against',
      );
    if (f.fresh !== undefined && (f.fresh !== 'yes' || use !== 'validate'))
      r.problem([...path, 'fresh'], show(f.fresh), '`fresh: yes` at a figure with use: validate, or nothing');
    const source = sourceIds(r, f.source, [...path, 'source'], sources);
    figures.set(id, {
      id,
      ...(f.host === undefined ? {} : { host: r.text(f.host, [...path, 'host'], 'host') }),
      what: r.both(f.what, [...path, 'what'], 'what'),
      on: on ?? 0,
      value,
      ...(range ? { range } : {}),
      unit,
      quality,
      use,
      fresh: f.fresh === 'yes',
      source,
      ...(f.note === undefined ? {} : { note: r.both(f.note, [...path, 'note'], 'note') }),
    });
  });
  r.done();
  return { figures, sources };
}

/** Sources by id: address, publisher, date and the day they were read are all demanded. */
export function readSources(r: Reading, raw: unknown): Map<string, FigureSource> {
  const out = new Map<string, FigureSource>();
  for (const [id, s] of Object.entries(r.map(raw ?? {}, ['sources'], 'sources'))) {
    const path = ['sources', id];
    const m = r.map(s, path, 'a source');
    r.keys(m, path, ['url', 'publisher', 'date', 'read', 'via']);
    const url = r.text(m.url, [...path, 'url'], 'url');
    if (!/^https?:\/\/\S+$/.test(url)) r.problem([...path, 'url'], show(m.url), 'a web address');
    const read = r.text(m.read, [...path, 'read'], 'read: the day it was read');
    if (parseDay(read) === undefined) r.problem([...path, 'read'], show(m.read), 'a date, like 2026-11-23');
    out.set(id, {
      url,
      publisher: r.text(m.publisher, [...path, 'publisher'], 'publisher'),
      date: r.text(m.date, [...path, 'date'], 'date'),
      read,
      ...(m.via === undefined ? {} : { via: r.text(m.via, [...path, 'via'], 'via') }),
    });
  }
  return out;
}

export function sourceIds(
  r: Reading,
  raw: unknown,
  path: readonly (string | number)[],
  sources: ReadonlyMap<string, unknown>,
): string[] {
  const ids = Array.isArray(raw) ? raw.map(String) : raw === undefined ? [] : [String(raw)];
  if (ids.length === 0)
    r.problem(path, 'no source', 'source: the id of a source', 'a number without a source does not load');
  for (const id of ids)
    if (!sources.has(id)) r.problem(path, `the source "${id}"`, 'a source of this file', 'add it under `sources:`');
  return ids;
}

export function choice<T extends string>(
  r: Reading,
  raw: unknown,
  path: readonly (string | number)[],
  choices: readonly T[],
): T {
  if ((choices as readonly unknown[]).includes(raw)) return raw as T;
  r.problem(path, show(raw), `one of: ${choices.join(', ')}`);
  return choices[0] as T;
}

/** What a number rests on: figures by id, or a guess with its range and a note. Exactly one of the two. */
export type Basis =
  | { readonly figures: readonly string[]; readonly note?: string; readonly range?: number }
  | { readonly guessed: { readonly note: string; readonly range: number } };

export function readBasis(r: Reading, raw: Raw, path: readonly (string | number)[], known: Figures): Basis {
  if (raw.figure !== undefined && raw.guessed === undefined) {
    const ids = Array.isArray(raw.figure) ? raw.figure.map(String) : [String(raw.figure)];
    for (const id of ids)
      if (!known.figures.has(id))
        r.problem([...path, 'figure'], `the figure "${id}"`, 'a figure of diaspora/figures.yaml');
      else if (known.figures.get(id)?.quality === 'D')
        r.problem([...path, 'figure'], `the figure "${id}" of quality D (a claim)`, 'a figure of quality A, B or C');
    return {
      figures: ids,
      ...(raw.note === undefined ? {} : { note: String(raw.note) }),
      ...(raw.range === undefined ? {} : { range: r.number(raw.range, [...path, 'range'], 'range', 1, 100) }),
    };
  }
  if (isMap(raw.guessed)) {
    return {
      guessed: {
        note: r.text(raw.guessed.note, [...path, 'guessed', 'note'], 'note'),
        range: r.number(raw.guessed.range, [...path, 'guessed', 'range'], 'range: a factor, both ways', 1, 100),
      },
    };
  }
  r.problem(
    path,
    'a number that rests on nothing',
    '`figure:` or `guessed: {note, range}`',
    'name the source, or say that it is guessed',
  );
  return { guessed: { note: '', range: 1 } };
}
