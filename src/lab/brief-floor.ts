/**
 * The part of a brief that assumes no behaviour: how many have nothing but return, by the letter of the law and in practice, under the law
 * as it is and under the scenario.
 */
import { type BriefText, figure, plain, text } from './brief.ts';
import { type Coverage, ENOUGH, type SubgroupCoverage } from './coverage.ts';
import { type Tile, tileMap } from './tile-map.ts';

/** Coverage of one day under the law as it is and under a scenario, both with a floor. */
export type FloorPair = { readonly before: Coverage; readonly after: Coverage };

/** The floor of a subgroup: people, and people with nothing but return before and after, by the letter and in practice. */
export type FloorRow = {
  readonly id: string;
  readonly people: number;
  readonly letter: readonly [before: number, after: number];
  readonly practice: readonly [before: number, after: number];
};

/** @throws RangeError for a coverage without a floor. */
export function floorRows({ before, after }: FloorPair): FloorRow[] {
  return before.subgroups.map((a) => {
    const b = after.subgroups.find((x) => x.id === a.id);
    if (!a.practice || !b?.practice) throw new RangeError(`The coverage of "${a.id}" has no floor.`);
    return {
      id: a.id,
      people: a.people,
      letter: [a.nothing, b.nothing],
      practice: [a.practice.nothing, b.practice.nothing],
    };
  });
}

/** Floors of two parts of a population together. */
export const addFloors = (a: readonly FloorRow[], b: readonly FloorRow[]): FloorRow[] =>
  a.map((x, k) => {
    const y = b[k] as FloorRow;
    return {
      id: x.id,
      people: x.people + y.people,
      letter: [x.letter[0] + y.letter[0], x.letter[1] + y.letter[1]],
      practice: [x.practice[0] + y.practice[0], x.practice[1] + y.practice[1]],
    };
  });

/** Words of the part. */
export type FloorWords = {
  readonly title: string;
  readonly lead: string;
  readonly chart: string;
  readonly people: string;
  readonly letter: string;
  readonly practice: string;
  readonly now: string;
  readonly with: string;
  readonly lostTitle: string;
  readonly lost: string;
  readonly danger: string;
  readonly papers: string;
  readonly money: string;
  readonly several: string;
  readonly note: string;
  /** Title of the map, and how it is read. */
  readonly map: string;
  readonly mapNote: string;
};

/** The part as HTML. @throws RangeError for a coverage without a floor. */
export function floorPart({ before, after }: FloorPair, t: BriefText, w: FloorWords): string {
  const pairs = before.subgroups.map((a) => {
    const b = after.subgroups.find((x) => x.id === a.id);
    if (!a.practice || !b?.practice) throw new RangeError(`The coverage of "${a.id}" has no floor.`);
    return { a, b, was: a.practice, is: b.practice };
  });
  const n = (x: number): string => plain(x, t);
  const title = (g: SubgroupCoverage): string => t.groupTitle(g.id);
  const rows = pairs.map(({ a, b, was, is }) => [
    title(a),
    n(a.people),
    n(a.nothing),
    n(b.nothing),
    n(was.nothing),
    n(is.nothing),
  ]);
  const head = [
    t.words.subgroup,
    w.people,
    `${w.letter}: ${w.now}`,
    `${w.letter}: ${w.with}`,
    `${w.practice}: ${w.now}`,
    `${w.practice}: ${w.with}`,
  ];
  const lost = pairs
    .filter(({ was, is }) => was.lost > 0 || is.lost > 0)
    .map(({ a, is }) => [
      title(a),
      n(is.lost),
      n(is.lostTo.danger),
      n(is.lostTo.papers),
      n(is.lostTo.money),
      n(Math.max(0, is.lost - is.lostTo.danger - is.lostTo.papers - is.lostTo.money)),
    ]);
  const share = (x: number, people: number): number => (people > 0 ? x / people : 0);
  const dots = pairs.map(({ a, b, was, is }) => ({
    title: title(a),
    letter: share(b.nothing, b.people),
    now: share(was.nothing, a.people),
    with: share(is.nothing, b.people),
  }));
  return `<h2>${text(w.title)}</h2>
<p>${text(w.lead)}</p>
${figure(dotChart(dots, w), w.chart, head, rows)}
<p class="soft">${text(w.note)}</p>
${whereNothing({ before, after }, t, w)}
${lost.length ? `<h3>${text(w.lostTitle)}</h3>${figure('', w.lost, [t.words.subgroup, w.lost, w.danger, w.papers, w.money, w.several], lost)}` : ''}`;
}

/** Everybody by the country where they are: the share with nothing but return in practice under the scenario, as a map and a table. */
function whereNothing({ before, after }: FloorPair, t: BriefText, w: FloorWords): string {
  const [was, is] = [before.subgroups[0]?.from ?? [], after.subgroups[0]?.from ?? []];
  const cells = is.flatMap((cell) => {
    const old = was.find((x) => x.host === cell.host);
    if (!old?.practice || !cell.practice || cell.people === 0) return [];
    return [
      {
        host: cell.host,
        people: cell.people,
        enough: cell.effective >= ENOUGH,
        letter: cell.nothing,
        now: old.practice.nothing,
        is: cell.practice.nothing,
      },
    ];
  });
  if (cells.length === 0) return '';
  const share = (c: (typeof cells)[number]): number => c.is / c.people;
  const most = Math.max(0.01, ...cells.filter((c) => c.enough).map(share));
  const tiles = cells.map((c): Tile => {
    const value = c.enough ? percent(share(c)) : '…';
    return {
      host: c.host,
      value,
      says: `${t.hostTitle(c.host)}: ${value}`,
      strength: c.enough && c.is > 0 ? Math.max(0.01, share(c) / most) : 0,
      colour: 'minus',
      marked: c.enough && Math.round(c.is) !== Math.round(c.now),
    };
  });
  const shown = (c: (typeof cells)[number], x: number): string => (c.enough ? percent(x / c.people) : '…');
  const rows = [...cells]
    .sort((a, b) => b.people - a.people)
    .map((c) => [t.hostTitle(c.host), plain(c.people, t), shown(c, c.letter), shown(c, c.now), shown(c, c.is)]);
  const head = [
    t.words.country,
    w.people,
    `${w.letter}: ${w.with}`,
    `${w.practice}: ${w.now}`,
    `${w.practice}: ${w.with}`,
  ];
  return `<h3>${text(w.map)}</h3>
<p class="soft">${text(w.mapNote)}</p>
${figure(tileMap(tiles, w.map), w.map, head, rows)}`;
}

const percent = (v: number): string => `${v > 0 && v < 0.01 ? r1(100 * v) : Math.round(100 * v)}%`;

const r1 = (x: number): string => (Math.round(x * 10) / 10).toString();

/** Shares: a ring for the law as it is, a disc for the scenario (both in practice), a stroke for the letter under the scenario. */
function dotChart(
  rows: readonly { readonly title: string; readonly letter: number; readonly now: number; readonly with: number }[],
  w: FloorWords,
): string {
  const most = Math.max(0.01, ...rows.flatMap((r) => [r.letter, r.now, r.with]));
  const [left, width, line] = [290, 420, 20];
  const x = (v: number): number => left + 6 + (v / most) * (width - 20);
  const height = rows.length * line + 58;
  const base = rows.length * line + 12;
  const marks = rows
    .map((r, k) => {
      const y = 14 + k * line;
      const from = r1(x(Math.min(r.now, r.with)));
      const to = r1(x(Math.max(r.now, r.with)));
      return `<text x="${left - 8}" y="${y + 4}" text-anchor="end">${text(r.title)}</text><line x1="${from}" x2="${to}" y1="${y}" y2="${y}" stroke="var(--soft)"/><line x1="${r1(x(r.letter))}" x2="${r1(x(r.letter))}" y1="${y - 6}" y2="${y + 6}" stroke="var(--ink)" stroke-width="2"/><circle cx="${r1(x(r.now))}" cy="${y}" r="4.5" fill="var(--paper)" stroke="var(--minus)" stroke-width="2"/><circle cx="${r1(x(r.with))}" cy="${y}" r="3" fill="var(--minus)"/>`;
    })
    .join('');
  const percent = (v: number): string => `${r1(100 * v)}%`;
  const key = `<circle cx="${left + 10}" cy="${base + 34}" r="4.5" fill="none" stroke="var(--minus)" stroke-width="2"/><text x="${left + 20}" y="${base + 38}">${text(`${w.practice}, ${w.now}`)}</text><circle cx="${left + 160}" cy="${base + 34}" r="3" fill="var(--minus)"/><text x="${left + 168}" y="${base + 38}">${text(`${w.practice}, ${w.with}`)}</text><line x1="${left + 310}" x2="${left + 310}" y1="${base + 28}" y2="${base + 40}" stroke="var(--ink)" stroke-width="2"/><text x="${left + 318}" y="${base + 38}">${text(w.letter)}</text>`;
  return `<svg viewBox="0 0 ${left + width} ${height}" role="img" aria-label="${text(w.chart)}"><line x1="${r1(x(0))}" x2="${r1(x(0))}" y1="2" y2="${base}" stroke="var(--line)"/>${marks}<text x="${r1(x(0))}" y="${base + 14}" text-anchor="middle">0</text><text x="${r1(x(most))}" y="${base + 14}" text-anchor="end">${percent(most)}</text>${key}</svg>`;
}
