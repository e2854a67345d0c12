/**
 * A brief: one HTML page that needs nothing else. No script, no font, no address is loaded; charts are SVG, and beside each stands
 * the table it was drawn from. It prints as it reads.
 */
import { type FloorPair, type FloorWords, floorPart } from './brief-floor.ts';
import type { Comparison, Estimate } from './compare.ts';
import { type Tile, tileMap } from './tile-map.ts';

export type BriefText = {
  readonly lang: 'en' | 'ru';
  readonly title: string;
  readonly why: string;
  readonly question: string;
  readonly finding: string;
  readonly method: string;
  readonly day: string;
  readonly command: string;
  readonly law: string;
  readonly data: string;
  readonly key: string;
  readonly sources: readonly { readonly text: string; readonly url: string }[];
  readonly assumptions: readonly {
    readonly text: string;
    readonly value: string;
    readonly range: string;
    readonly basis: string;
  }[];
  readonly limits: readonly string[];
  readonly words: {
    readonly subgroups: string;
    readonly subgroup: string;
    readonly stable: string;
    readonly returned: string;
    readonly overTime: string;
    readonly year: string;
    readonly where: string;
    /** How the map of changes is read. */
    readonly whereMap: string;
    readonly country: string;
    readonly change: string;
    readonly interval: string;
    readonly dice: string;
    readonly hangs: string;
    readonly assumption: string;
    readonly rank: string;
    readonly assumed: string;
    readonly value: string;
    readonly range: string;
    readonly basis: string;
    readonly sources: string;
    readonly limits: string;
    readonly reproduce: string;
    readonly changes: string;
    readonly asTable: string;
  };
  readonly changes: readonly string[];
  readonly floor: FloorWords;
  readonly groupTitle: (id: string) => string;
  readonly hostTitle: (id: string) => string;
  readonly parameterTitle: (id: string) => string;
  readonly dayTitle: (day: number) => string;
};

const CSS = `
:root{color-scheme:light dark;--ink:#1c2530;--soft:#5a6675;--line:#cbd3dc;--plus:#1f6f54;--minus:#9b3a2e;--paper:#fff;--quiet:#eef1f4;--on:#fff}
@media screen and (prefers-color-scheme:dark){:root{--ink:#e6eaef;--soft:#a3afbd;--line:#3d4957;--plus:#6cc6a3;--minus:#ec9a8b;--paper:#14191f;--quiet:#232c36;--on:#10151b}a{color:#9cc4f5}}
*{box-sizing:border-box}
body{margin:0 auto;padding:2rem 1.25rem 4rem;max-width:46rem;color:var(--ink);background:var(--paper);font:16px/1.55 Georgia,"Times New Roman",serif}
h1{font-size:1.7rem;line-height:1.2;margin:.2rem 0 .6rem}h3{font-size:1rem;margin:1.2rem 0 .3rem}h2{font-size:1.15rem;margin:2.2rem 0 .5rem;border-bottom:1px solid var(--line);padding-bottom:.2rem}
p{margin:.5rem 0}.lead{font-size:1.15rem}.soft{color:var(--soft);font-size:.9rem}
figure{margin:1rem 0}svg{width:100%;height:auto;display:block}svg text{font:12px Arial,Helvetica,sans-serif;fill:var(--ink)}
table{border-collapse:collapse;width:100%;font:13px/1.4 Arial,Helvetica,sans-serif;margin:.5rem 0}
th,td{border-bottom:1px solid var(--line);padding:.25rem .4rem;text-align:right;vertical-align:top}th:first-child,td:first-child{text-align:left}
thead th{border-bottom:2px solid var(--ink)}caption{text-align:left;color:var(--soft);padding:.2rem 0}
code{font:13px/1.4 "Courier New",monospace;background:var(--quiet);padding:.1rem .3rem;overflow-wrap:anywhere}
li{margin:.2rem 0}.wide td{text-align:left}
@page{margin:18mm 16mm}
@media print{body{max-width:none;padding:0;font-size:10.5pt}h2,h3,caption{break-after:avoid}svg,tr{break-inside:avoid}thead{display:table-header-group}a{color:inherit;text-decoration:none;overflow-wrap:anywhere}svg,rect,circle{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;

/** The page. The comparison is of one scenario, `floor` the coverage of a day beside it; everything it says in words is in `t`. */
export function briefHtml(c: Comparison, floor: FloorPair, t: BriefText): string {
  const w = t.words;
  const groups = [...new Set(c.rows.map((r) => r.group))];
  const of = (group: string, m: string): Estimate =>
    c.rows.find((r) => r.group === group && r.measure === m)?.difference as Estimate;
  const forest = (m: 'stable' | 'returned', label: string): string => {
    const rows = groups.map((g) => ({ title: t.groupTitle(g), e: of(g, m) }));
    return `<figure>${forestChart(rows, label, t)}${table(
      label,
      [w.subgroup, w.change, w.interval, w.dice],
      rows.map((r) => [r.title, signed(r.e.value, t), between(r.e, t), `±${plain(1.645 * r.e.dice, t)}`]),
    )}</figure>`;
  };
  const time = c.periods.filter((p) => p.measure === 'stable');
  const hosts = c.hosts.filter((h) => h.base.value > 0 || h.with.value > 0);
  return `<!doctype html>
<html lang="${t.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${text(t.title)}</title><style>${CSS}</style></head><body>
<p class="soft">${text(t.question)}</p>
<h1>${text(t.title)}</h1>
<p class="lead">${text(t.finding)}</p>
<p>${text(t.why)}</p>
<p class="soft">${text(t.method)}</p>
<h2>${text(w.changes)}</h2>
<ul>${t.changes.map((x) => `<li>${text(x)}</li>`).join('')}</ul>
${floorPart(floor, t, t.floor)}
<h2>${text(w.subgroups)}</h2>
${forest('stable', w.stable)}
${forest('returned', w.returned)}
<h2>${text(w.overTime)}</h2>
<figure>${timeChart(time, t)}${table(
    w.overTime,
    [w.year, w.change, w.interval],
    time.map((p) => [t.dayTitle(p.day), signed(p.difference.value, t), between(p.difference, t)]),
  )}</figure>
<h2>${text(w.where)}</h2>
<p class="soft">${text(w.whereMap)}</p>
<figure>${changeMap(hosts, t)}${table(
    w.where,
    [w.country, w.change, w.interval],
    hosts.map((h) => [t.hostTitle(h.host), signed(h.difference.value, t), between(h.difference, t)]),
  )}</figure>
${
  c.sensitivity.stable.length
    ? `<h2>${text(w.hangs)}</h2><figure>${tornado(c, t)}${table(
        w.hangs,
        [w.assumption, w.rank],
        c.sensitivity.stable.slice(0, 12).map((x) => [t.parameterTitle(x.parameter), x.rank.toFixed(2)]),
      )}</figure>`
    : ''
}
<h2>${text(w.assumed)}</h2>
<table class="wide"><thead><tr><th>${text(w.assumption)}</th><th>${text(w.value)}</th><th>${text(w.range)}</th><th>${text(w.basis)}</th></tr></thead><tbody>${t.assumptions
    .map(
      (a) =>
        `<tr><td>${text(a.text)}</td><td>${text(a.value)}</td><td>${text(a.range)}</td><td>${text(a.basis)}</td></tr>`,
    )
    .join('')}</tbody></table>
<h2>${text(w.limits)}</h2>
<ul>${t.limits.map((x) => `<li>${text(x)}</li>`).join('')}</ul>
<h2>${text(w.sources)}</h2>
<ul>${t.sources.map((s) => `<li>${text(s.text)}: <a href="${text(s.url)}" rel="noreferrer">${text(s.url)}</a></li>`).join('')}</ul>
<h2>${text(w.reproduce)}</h2>
<p><code>${text(t.command)}</code></p>
<p class="soft">${text(t.law)} · ${text(t.data)} · ${text(t.key)}</p>
</body></html>
`;
}

export const text = (s: string): string =>
  s.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

export function plain(n: number, t: BriefText): string {
  const a = Math.abs(n);
  const rounded = a < 100 ? Math.round(a) : a < 10_000 ? Math.round(a / 10) * 10 : Math.round(a / 100) * 100;
  return String(rounded).replace(/\B(?=(\d{3})+(?!\d))/g, t.lang === 'ru' ? ' ' : ',');
}
function signed(n: number, t: BriefText): string {
  const p = plain(n, t);
  return p === '0' ? '0' : `${n > 0 ? '+' : '−'}${p}`;
}
const between = (e: Estimate, t: BriefText): string => `${signed(e.low, t)} … ${signed(e.high, t)}`;

/** A chart and its table twin. */
export const figure = (
  chart: string,
  caption: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string => `<figure>${chart}${table(caption, head, rows)}</figure>`;

function table(caption: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  return `<table><caption>${text(caption)}</caption><thead><tr>${head.map((h) => `<th scope="col">${text(h)}</th>`).join('')}</tr></thead><tbody>${rows
    .map(
      (r) =>
        `<tr>${r.map((c, k) => (k === 0 ? `<th scope="row">${text(c)}</th>` : `<td>${text(c)}</td>`)).join('')}</tr>`,
    )
    .join('')}</tbody></table>`;
}

const r1 = (x: number): string => (Math.round(x * 10) / 10).toString();

function forestChart(
  rows: readonly { readonly title: string; readonly e: Estimate }[],
  label: string,
  t: BriefText,
): string {
  const most = Math.max(1, ...rows.flatMap((r) => [Math.abs(r.e.low), Math.abs(r.e.high), Math.abs(r.e.value)]));
  const [left, width, line] = [290, 430, 20];
  const x = (v: number): number => left + width / 2 + (v / most) * (width / 2 - 8);
  const height = rows.length * line + 34;
  const marks = rows
    .map((r, k) => {
      const y = 14 + k * line;
      const colour = r.e.low > 0 ? 'var(--plus)' : r.e.high < 0 ? 'var(--minus)' : 'var(--soft)';
      return `<text x="${left - 8}" y="${y + 4}" text-anchor="end">${text(r.title)}</text><line x1="${r1(x(r.e.low))}" x2="${r1(x(r.e.high))}" y1="${y}" y2="${y}" stroke="${colour}" stroke-width="2"/><circle cx="${r1(x(r.e.value))}" cy="${y}" r="4" fill="${colour}"/>`;
    })
    .join('');
  return `<svg viewBox="0 0 ${left + width} ${height}" role="img" aria-label="${text(label)}"><line x1="${x(0)}" x2="${x(0)}" y1="2" y2="${height - 24}" stroke="var(--line)"/>${marks}<text x="${x(-most)}" y="${height - 6}">${signed(-most, t)}</text><text x="${x(0)}" y="${height - 6}" text-anchor="middle">0</text><text x="${x(most)}" y="${height - 6}" text-anchor="end">${signed(most, t)}</text></svg>`;
}

function timeChart(points: readonly { readonly day: number; readonly difference: Estimate }[], t: BriefText): string {
  const most = Math.max(1, ...points.flatMap((p) => [Math.abs(p.difference.low), Math.abs(p.difference.high)]));
  const [width, height, left] = [660, 200, 80];
  const x = (k: number): number => left + (points.length > 1 ? (k / (points.length - 1)) * (width - left - 30) : 0);
  const y = (v: number): number => height / 2 - 10 - (v / most) * (height / 2 - 24);
  const band = `${points.map((p, k) => `${r1(x(k))},${r1(y(p.difference.high))}`).join(' ')} ${[...points.entries()]
    .reverse()
    .map(([k, p]) => `${r1(x(k))},${r1(y(p.difference.low))}`)
    .join(' ')}`;
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${text(t.words.overTime)}"><line x1="${left}" x2="${width - 20}" y1="${y(0)}" y2="${y(0)}" stroke="var(--line)"/><polygon points="${band}" fill="var(--plus)" opacity=".18"/><polyline points="${points.map((p, k) => `${r1(x(k))},${r1(y(p.difference.value))}`).join(' ')}" fill="none" stroke="var(--plus)" stroke-width="2"/>${points
    .map((p, k) => `<text x="${r1(x(k))}" y="${height - 4}" text-anchor="middle">${text(t.dayTitle(p.day))}</text>`)
    .join(
      '',
    )}<text x="4" y="${r1(y(most) + 4)}">${signed(most, t)}</text><text x="4" y="${r1(y(0) + 4)}">0</text><text x="4" y="${r1(y(-most) + 4)}">${signed(-most, t)}</text></svg>`;
}

/** Changes by country as a map. */
function changeMap(hosts: Comparison['hosts'], t: BriefText): string {
  const most = Math.max(1, ...hosts.map((h) => Math.abs(h.difference.value)));
  const tiles = hosts.map((h): Tile => {
    const { value, low, high } = h.difference;
    const none = Math.round(Math.abs(value)) === 0;
    return {
      host: h.host,
      value: signed(value, t),
      says: `${t.hostTitle(h.host)}: ${signed(value, t)} (${between(h.difference, t)})`,
      strength: none ? 0 : Math.max(0.01, Math.abs(value) / most),
      colour: value > 0 ? 'plus' : 'minus',
      marked: low > 0 || high < 0,
    };
  });
  return tileMap(tiles, t.words.where);
}

function tornado(c: Comparison, t: BriefText): string {
  const list = c.sensitivity.stable.slice(0, 12);
  const [left, width, line] = [330, 330, 19];
  const x = (v: number): number => left + width / 2 + v * (width / 2 - 6);
  const bars = list
    .map((s, k) => {
      const y = 4 + k * line;
      return `<text x="${left - 8}" y="${y + 12}" text-anchor="end">${text(t.parameterTitle(s.parameter))}</text><rect x="${r1(Math.min(x(0), x(s.rank)))}" y="${y}" width="${r1(Math.abs(x(s.rank) - x(0)))}" height="14" fill="${s.rank >= 0 ? 'var(--plus)' : 'var(--minus)'}"/>`;
    })
    .join('');
  return `<svg viewBox="0 0 ${left + width} ${list.length * line + 24}" role="img" aria-label="${text(t.words.hangs)}">${bars}<line x1="${x(0)}" x2="${x(0)}" y1="0" y2="${list.length * line + 4}" stroke="var(--ink)"/><text x="${x(-1)}" y="${list.length * line + 18}">−1</text><text x="${x(1)}" y="${list.length * line + 18}" text-anchor="end">+1</text></svg>`;
}
