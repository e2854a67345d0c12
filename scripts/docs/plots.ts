/** Plots of the benchmarks as SVG, drawn from the numbers of the tables they stand under; each table stays, for who cannot see the plot. */
import type { Tokens } from 'marked';
import { escaped, plain } from './markdown.ts';

/** One bar, or one line from a first to a last value; `mark` is an aim or a budget. */
export type Bar = {
  readonly label: string;
  readonly value: number;
  readonly from?: number | undefined;
  readonly mark?: number | undefined;
  readonly own?: boolean | undefined;
};

export type Plot = {
  readonly title: string;
  readonly unit: string;
  readonly bars: readonly Bar[];
  /** Powers of ten on the axis: lengths then say how many times, not how much. */
  readonly log?: boolean | undefined;
  /** What `mark` is, in words. */
  readonly mark?: string | undefined;
};

/** A number as the benches write it: `75,362,664`, `4.9`, `90 ms`; undefined where there is none. */
export function numberOf(text: string): number | undefined {
  const m = /-?\d[\d,]*(\.\d+)?/.exec(text);
  return m ? Number(m[0].replaceAll(',', '')) : undefined;
}

/** Ends of an axis that people read easily: 1, 2 or 5 times a power of ten, not below the value. */
export function niceTop(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5, 10].find((n) => n * power >= value * (1 - 1e-9)) as number) * power;
}

const short = (n: number): string =>
  n >= 1e6 ? `${+(n / 1e6).toPrecision(3)} M` : n >= 1e4 ? `${+(n / 1e3).toPrecision(3)} k` : String(+n.toPrecision(3));

const [LEFT, WIDTH, ROW, TOP] = [230, 760, 22, 34];

/** Draws a plot. Every bar carries its number in words, and colours come from the page's style. */
export function draw(plot: Plot): string {
  const most = Math.max(...plot.bars.flatMap((b) => [b.value, b.mark ?? 0]));
  const least = Math.min(...plot.bars.map((b) => b.from ?? b.value).filter((n) => n > 0));
  const [low, high] = plot.log
    ? [10 ** Math.floor(Math.log10(least)), 10 ** Math.ceil(Math.log10(most))]
    : [0, niceTop(most)];
  const right = WIDTH - 70;
  const x = (n: number): number => {
    const share = plot.log
      ? (Math.log10(Math.max(n, low)) - Math.log10(low)) / (Math.log10(high) - Math.log10(low) || 1)
      : n / high;
    return +(LEFT + share * (right - LEFT)).toFixed(1);
  };
  const ticks = plot.log
    ? Array.from({ length: Math.round(Math.log10(high / low)) + 1 }, (_, i) => low * 10 ** i)
    : [0, high / 4, high / 2, (3 * high) / 4, high];
  const height = TOP + plot.bars.length * ROW + 12;
  const axis = ticks.map(
    (t) =>
      `<line class="grid" x1="${x(t)}" x2="${x(t)}" y1="${TOP - 8}" y2="${height - 8}"/><text class="tick" x="${x(t)}" y="${TOP - 14}" text-anchor="middle">${short(t)}</text>`,
  );
  const bars = plot.bars.map((b, i) => {
    const y = TOP + i * ROW;
    const from = b.from === undefined ? LEFT : x(b.from);
    const to = x(b.value);
    const said = `${b.from === undefined ? '' : `${short(b.from)} to `}${short(b.value)}`;
    const mark =
      b.mark === undefined
        ? ''
        : `<line class="mark" x1="${x(b.mark)}" x2="${x(b.mark)}" y1="${y - 1}" y2="${y + ROW - 5}"/>`;
    return `<text class="label" x="${LEFT - 8}" y="${y + 12}" text-anchor="end">${escaped(b.label.length > 36 ? `${b.label.slice(0, 35)}…` : b.label)}</text><rect class="${b.own ? 'own' : 'bar'}" x="${from}" y="${y}" width="${Math.max(1.5, +(to - from).toFixed(1))}" height="${ROW - 6}"/>${mark}<text class="value" x="${Math.max(to, b.mark === undefined ? 0 : x(b.mark)) + 5}" y="${y + 12}">${said}</text>`;
  });
  const note = [plot.unit, plot.log ? 'logarithmic' : '', plot.mark ? `the line is ${plot.mark}` : '']
    .filter(Boolean)
    .join('; ');
  const words = `${plot.title}. ${plot.bars.map((b) => `${b.label}: ${b.value}`).join('; ')}`;
  return `<figure class="plot"><div class="wide" tabindex="0"><svg viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escaped(words)}">${axis.join('')}${bars.join('')}</svg></div><figcaption>${escaped(plot.title)} (${escaped(note)})</figcaption></figure>\n`;
}

type Spec = {
  /** The heading above the table, and the head of its first column. */
  readonly section: RegExp;
  readonly first: RegExp;
  readonly make: (table: Table) => Omit<Plot, 'bars'> & { readonly bars: readonly (Bar | undefined)[] };
};

type Table = {
  readonly rows: readonly (readonly string[])[];
  /** Which column has such a head. @throws Error where none has: the plot would say something else. */
  readonly column: (head: RegExp) => number;
};

const bar = (
  label: string | undefined,
  value: string | undefined,
  more: { readonly from?: string | undefined; readonly mark?: string | undefined; readonly own?: boolean } = {},
): Bar | undefined => {
  const n = numberOf(value ?? '');
  if (n === undefined || label === undefined) return undefined;
  const from = more.from === undefined ? undefined : numberOf(more.from);
  const mark = more.mark === undefined ? undefined : numberOf(more.mark);
  return { label, value: n, own: more.own, from, mark };
};

/** Which tables are drawn, and how. */
export const PLOTS: readonly Spec[] = [
  {
    section: /^Rules/,
    first: /^engine$/,
    make: ({ rows, column }) => {
      const [value, where] = [column(/all facts known/), column(/six months/)];
      return {
        title: 'One rule, evaluations a second, all facts known',
        unit: 'evaluations a second',
        log: true,
        bars: rows.map((r) =>
          bar(
            `${r[0]?.replace(/ in DuckDB.*$/, ' in DuckDB')}${/loop|kernel/.test(r[0] ?? '') ? `, ${r[where]}` : ''}`,
            r[value],
            {
              own: /Foothold/.test(r[0] ?? ''),
            },
          ),
        ),
      };
    },
  },
  {
    section: /^Checking and planning/,
    first: /^person$/,
    make: ({ rows, column }) => {
      const [first, all] = [column(/first plan/), column(/^ms$/)];
      return {
        title: 'From the first plan shown to the end of the search',
        unit: 'milliseconds',
        bars: rows.map((r) => bar(r[0], r[all], { ...(r[first] ? { from: r[first] } : {}), own: true })),
      };
    },
  },
  {
    section: /^The search beside solvers/,
    first: /^countries$/,
    make: ({ rows, column }) => {
      const [routes, ms] = [column(/^routes$/), column(/^ms$/)];
      return {
        title: 'The search on worlds of growing size',
        unit: 'milliseconds',
        log: true,
        bars: rows.map((r) => bar(`${r[0]} countries, ${r[routes]} routes`, r[ms], { own: true })),
      };
    },
  },
  {
    section: /^Screening/,
    first: /^what$/,
    make: ({ rows, column }) => {
      const f1 = column(/^F1$/);
      return {
        title: 'Names of organisations recognised: F1',
        unit: 'share',
        bars: rows.map((r) => bar(r[0], r[f1], { own: /^Foothold/.test(r[0] ?? '') })),
      };
    },
  },
  {
    section: /^The page/,
    first: /^bytes$/,
    make: ({ rows, column }) => {
      const [brotli, budget] = [column(/brotli/), column(/budget/)];
      return {
        title: 'What the page weighs',
        unit: 'KB, brotli',
        mark: 'the budget',
        bars: rows.map((r) => bar(r[0], r[brotli], { mark: r[budget], own: true })),
      };
    },
  },
  {
    section: /^The page/,
    first: /^in the workers/,
    make: ({ rows, column }) => {
      const [six, budget] = [column(/^ms, times six$/), column(/^budget/)];
      return {
        title: 'Answers in the page, on a processor six times slower',
        unit: 'milliseconds',
        log: true,
        mark: 'the budget',
        bars: rows.map((r) => bar(r[0], r[six], { mark: r[budget], own: true })),
      };
    },
  },
  {
    section: /^The lab/,
    first: /^program$/,
    make: ({ rows, column }) => {
      const value = column(/agent-months/);
      return {
        title: 'A simulation with random tables',
        unit: 'million agent-months a second',
        bars: rows.map((r) => bar(r[0], r[value], { own: /Foothold/.test(r[0] ?? '') })),
      };
    },
  },
  {
    section: /^The API under load/,
    first: /^what is asked$/,
    make: ({ rows, column }) => {
      const [half, last] = [column(/^median/), column(/^99/)];
      return {
        title: 'The API with 64 connections: from the median to the slowest of a hundred',
        unit: 'milliseconds',
        bars: rows.map((r) => bar(r[0], r[last], { from: r[half], own: true })),
      };
    },
  },
];

/** The plot that belongs under a table of docs/benchmarks.md, or nothing. */
export function plotAfter(token: Tokens.Table, section: string): string {
  const head = token.header.map((c) => plain(c.tokens));
  const spec = PLOTS.find((s) => s.section.test(section) && s.first.test(head[0] ?? ''));
  // Two tables may begin with the same word: the one with the columns of the plot is meant.
  if (!spec || (/^Screening/.test(section) && !head.includes('F1'))) return '';
  const made = spec.make({
    rows: token.rows.map((r) => r.map((c) => plain(c.tokens))),
    column: (wanted) => {
      const at = head.findIndex((h) => wanted.test(h));
      if (at < 0)
        throw new Error(`docs/benchmarks.md, "${section}": no column ${wanted}; there are: ${head.join(', ')}`);
      return at;
    },
  });
  const bars = made.bars.filter((b): b is Bar => b !== undefined);
  return bars.length ? draw({ ...made, bars }) : '';
}
