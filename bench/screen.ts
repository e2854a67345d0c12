/**
 * Screening: quality on the public name benchmark of nomenklatura (organisations), with the threshold chosen on one half and reported on the
 * other; speed and memory against a union of about 100,000 names.
 *
 * The benchmark's table is not part of this repository. Give its two files, from `contrib/name_bench` of the nomenklatura repository:
 *   FOOTHOLD_NAME_BENCH=…/name_bench npm run bench -- screen
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { List } from '../src/protect/screen/entries.ts';
import { likeness, readName } from '../src/protect/screen/score.ts';
import { Screen } from '../src/protect/screen/screen.ts';
import { machineLine, median, table, writePart } from './report.ts';

type Pair = {
  readonly a: string;
  readonly b: string;
  readonly same: boolean;
  readonly quality: string;
  readonly half: 0 | 1;
  readonly score: number;
};

const SCHEMAS = new Set(['Company', 'Organization', 'LegalEntity']);

function pairs(folder: string): Pair[] {
  const rows: Record<string, string>[] = parse(readFileSync(join(folder, 'cases.csv'), 'utf8'), { columns: true });
  return rows
    .filter((r) => SCHEMAS.has(r.schema ?? ''))
    .map((r) => ({
      a: r.name1 as string,
      b: r.name2 as string,
      same: r.is_match === 'true',
      quality: r.quality || 'MEDIUM',
      half: (hash(`${r.name1}|${r.name2}`) % 2) as 0 | 1,
      score: likeness(readName(r.name1 as string), readName(r.name2 as string)).score,
    }));
}

/** FNV-1a: which half a pair falls into depends on its names alone. */
function hash(text: string): number {
  let h = 2166136261;
  for (const c of text) h = Math.imul(h ^ (c.codePointAt(0) as number), 16777619);
  return h >>> 0;
}

type Quality = { readonly precision: number; readonly recall: number; readonly f1: number };

function quality(all: readonly { readonly same: boolean; readonly said: boolean }[]): Quality {
  const count = (same: boolean, said: boolean) => all.filter((p) => p.same === same && p.said === said).length;
  const [hit, wrong, missed] = [count(true, true), count(false, true), count(true, false)];
  return { precision: hit / (hit + wrong), recall: hit / (hit + missed), f1: (2 * hit) / (2 * hit + wrong + missed) };
}

const at = (all: readonly Pair[], threshold: number) =>
  quality(all.map((p) => ({ same: p.same, said: p.score >= threshold })));

function bestThreshold(all: readonly Pair[]): number {
  let best = 0;
  for (let t = 40; t < 100; t++) if (at(all, t / 100).f1 > at(all, best).f1) best = t / 100;
  return best;
}

/** The reference of that repository, as it is stored there, on the organisations. */
function reference(folder: string): { readonly same: boolean; readonly said: boolean; readonly half: 0 | 1 }[] {
  const file = join(folder, 'run_data', 'logicv2-frozen.csv');
  if (!existsSync(file)) return [];
  const rows: Record<string, string>[] = parse(readFileSync(file, 'utf8'), { columns: true });
  return rows
    .filter((r) => SCHEMAS.has(r.schema ?? ''))
    .map((r) => ({
      same: r.is_match === 'true',
      said: r.predicted_match === 'true',
      half: (hash(`${r.name1}|${r.name2}`) % 2) as 0 | 1,
    }));
}

/** Invented names of the shapes that lists hold: Russian and Latin, with legal forms, towns, numbers. */
function inventedLists(names: number): List {
  let seed = 20261127;
  const next = (n: number) => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return (seed >>> 8) % n;
  };
  const from = (all: readonly string[]) => all[next(all.length)] as string;
  const latin = [
    'ba',
    'ko',
    'ri',
    'mas',
    'ten',
    'vol',
    'zhe',
    'luch',
    'stal',
    'prom',
    'tekh',
    'avto',
    'ost',
    'yug',
    'kam',
    'ner',
    'gaz',
    'mir',
    'sib',
    'ural',
    'don',
    'rus',
    'bel',
    'per',
  ];
  const cyrillic = [
    'ба',
    'ко',
    'ри',
    'мас',
    'тен',
    'вол',
    'же',
    'луч',
    'сталь',
    'пром',
    'тех',
    'авто',
    'ост',
    'юг',
    'кам',
    'нер',
    'газ',
    'мир',
    'сиб',
    'урал',
    'дон',
    'рус',
    'бел',
    'пер',
  ];
  const word = (syllables: readonly string[]) => Array.from({ length: 2 + next(3) }, () => from(syllables)).join('');
  const make = () =>
    next(2)
      ? `${from(['ООО', 'АО', 'ПАО', 'ФГУП', 'НПО'])} «${word(cyrillic)} ${from(['завод', 'институт', 'центр', word(cyrillic), word(cyrillic)])}»`
      : `${word(latin)} ${from(['Trading', 'Technologies', 'Holding', word(latin), word(latin)])} ${from(['LLC', 'JSC', 'FZE', 'Limited', 'GmbH'])}`;
  const organisations = Array.from({ length: names / 3 }, (_, i) => ({
    id: String(i),
    names: [make(), make(), make()],
    identifiers: [],
    countries: [],
    programmes: [],
    related: [],
  }));
  return { format: 'foothold-list/1', list: 'own', date: null, sha256: '', organisations, others: 0 };
}

function speed(): string[][] {
  const list = inventedLists(99_999);
  const before = process.memoryUsage();
  const begun = performance.now();
  const screen = new Screen([list]);
  const built = performance.now() - begun;
  const asked = list.organisations.filter((_, i) => i % 331 === 0).map((o) => o.names[0] as string);
  const times = asked.map((name) => {
    const from = performance.now();
    screen.ask({ names: [name.slice(0, -1)], identifiers: [] });
    return performance.now() - from;
  });
  const after = process.memoryUsage();
  const everything = performance.now();
  const name = readName(asked[0] as string);
  for (const o of list.organisations) for (const n of o.names) likeness(name, readName(n));
  const full = performance.now() - everything;
  const mb = (n: number) => `${Math.round(n / 2 ** 20)} MB`;
  return [
    ['names in the lists', String(screen.size.names)],
    ['reading them once, at the start', `${built.toFixed(0)} ms`],
    ['one question, median', `${median(times).toFixed(1)} ms`],
    ['one question, worst', `${Math.max(...times).toFixed(1)} ms`],
    ['the same against every name, without choosing first', `${full.toFixed(0)} ms`],
    ['memory the lists take beside the program (resident)', mb(after.rss - before.rss)],
    ['memory of the whole process (resident)', mb(after.rss)],
  ];
}

export async function run(): Promise<void> {
  const parts = [`## Screening of organisations\n\n${machineLine()}`];
  const folder = process.env.FOOTHOLD_NAME_BENCH;
  if (folder === undefined || !existsSync(join(folder, 'cases.csv')))
    console.error(
      'FOOTHOLD_NAME_BENCH names no folder with cases.csv: quality is not measured, speed is. See the head of bench/screen.ts.',
    );
  else {
    const all = pairs(folder);
    const percent = (n: number) => n.toFixed(3);
    const row = (name: string, n: number, q: Quality, t: string) => [
      name,
      String(n),
      t,
      percent(q.precision),
      percent(q.recall),
      percent(q.f1),
    ];
    const rows: string[][] = [];
    const ref = reference(folder);
    for (const half of [0, 1] as const) {
      const chosenOn = all.filter((p) => p.half === half);
      const reported = all.filter((p) => p.half !== half);
      const t = bestThreshold(chosenOn);
      rows.push(
        row(
          `Foothold, threshold chosen on half ${half + 1}, reported on the other`,
          reported.length,
          at(reported, t),
          t.toFixed(2),
        ),
      );
      const there = ref.filter((r) => r.half !== half);
      if (there.length)
        rows.push(row('nomenklatura logic-v2 on the same half, as frozen there', there.length, quality(there), '0.70'));
    }
    if (ref.length) rows.push(row('nomenklatura logic-v2, all pairs it has', ref.length, quality(ref), '0.70'));
    const tiers = ['STRONG', 'MEDIUM', 'WEAK'].flatMap((q) =>
      [true, false].map((same) => {
        const of = all.filter((p) => p.same === same && p.quality === q);
        return [
          `${q.toLowerCase()}, ${same ? 'the same' : 'not the same'}`,
          String(of.length),
          (of.reduce((s, p) => s + p.score, 0) / of.length).toFixed(2),
        ];
      }),
    );
    parts.push(
      `Quality on the public name benchmark of nomenklatura (${all.length} pairs of organisations):`,
      table(['what', 'pairs', 'threshold', 'precision', 'recall', 'F1'], rows, [
        'pairs',
        'threshold',
        'precision',
        'recall',
        'F1',
      ]),
      'Word lists and weights were written with the whole table in view; only the threshold was held apart. A translation is not recognised ("Instrument-Making Plant" for "приборостроительный завод"): lists give aliases and numbers for that.',
      'Mean likeness by the strength of the label:',
      table(['label', 'pairs', 'mean'], tiers, ['pairs', 'mean']),
    );
  }
  parts.push('Speed, one thread, invented names:', table(['what', 'measured'], speed(), ['measured']));
  const text = parts.join('\n\n');
  console.log(text);
  writePart('screen', text);
}
