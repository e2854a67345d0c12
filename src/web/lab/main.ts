/** The explorer of the lab: a page of its own. What it shows is text and drawings put in as elements; nothing is parsed as a document. */
import '../harden.ts';
import './lab.css';
import { countryName } from '../../answers/countries.ts';
import { formatDay, parseDay } from '../../calendar/civil.ts';
import type { FloorRow } from '../../lab/brief-floor.ts';
import type { Comparison, Estimate } from '../../lab/compare.ts';
import { type Lang, sayDay } from '../../law/say.ts';
import { Cancelled, Crew, type Ready, type Result } from './crew.ts';
import { UNTIL } from './protocol.ts';
import { WORDS, type Word } from './words.ts';

type Policy = { createScriptURL(url: string): string };
const policy: Policy = (
  globalThis as unknown as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } }
).trustedTypes?.createPolicy('foothold', {
  createScriptURL: (url) => {
    if (url === __WORKER__) return url;
    throw new TypeError('This address may not become a script.');
  },
}) ?? { createScriptURL: (url) => url };

const asked = new URLSearchParams(location.search).get('lang');
const lang: Lang = asked === 'ru' || (asked !== 'en' && navigator.language.startsWith('ru')) ? 'ru' : 'en';
const t = (word: Word, values: Readonly<Record<string, string>> = {}): string =>
  WORDS[word][lang === 'ru' ? 1 : 0].replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');

type Content = Node | string | undefined;
function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...content: readonly Content[]
): HTMLElementTagNameMap[K] {
  const e = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, value);
  for (const c of content) if (c !== undefined) e.append(c);
  return e;
}
const SVG = 'http://www.w3.org/2000/svg';
function svg(tag: string, attributes: Readonly<Record<string, string | number>>, words?: string): SVGElement {
  const e = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, String(value));
  if (words !== undefined) e.textContent = words;
  return e;
}

const number = new Intl.NumberFormat(lang === 'ru' ? 'ru-RU' : 'en-GB', { maximumFractionDigits: 0 });
/** People, no finer than three figures. */
const people = (x: number): string => {
  const a = Math.abs(x);
  return number.format(a < 100 ? Math.round(a) : Number(a.toPrecision(3)));
};
const signed = (x: number): string => {
  const n = people(x);
  return n === '0' ? '0' : `${x > 0 ? '+' : '−'}${n}`;
};

function table(caption: string, head: readonly string[], rows: readonly (readonly string[])[]): HTMLElement {
  return el(
    'div',
    { class: 'wide', tabindex: '0', role: 'region', 'aria-label': caption },
    el(
      'table',
      {},
      el('caption', {}, caption),
      el('thead', {}, el('tr', {}, ...head.map((h) => el('th', { scope: 'col' }, h)))),
      el(
        'tbody',
        {},
        ...rows.map((r) =>
          el('tr', {}, ...r.map((c, k) => (k === 0 ? el('th', { scope: 'row' }, c) : el('td', {}, c)))),
        ),
      ),
    ),
  );
}

/** Intervals of the subgroups around none. */
function forest(rows: readonly { readonly title: string; readonly e: Estimate }[], label: string): SVGElement {
  const [left, width, line] = [290, 440, 20];
  const most = Math.max(1, ...rows.flatMap(({ e }) => [Math.abs(e.low), Math.abs(e.high), Math.abs(e.value)]));
  const x = (v: number): number => left + width / 2 + (v / most) * (width / 2 - 8);
  const height = rows.length * line + 30;
  const out = svg('svg', { viewBox: `0 0 ${left + width} ${height}`, role: 'img', 'aria-label': label });
  out.append(svg('line', { x1: x(0), x2: x(0), y1: 2, y2: height - 22, class: 'axis' }));
  rows.forEach(({ title, e }, k) => {
    const y = 12 + k * line;
    const kind = e.low > 0 ? 'more' : e.high < 0 ? 'less' : 'unsure';
    out.append(
      svg('text', { x: left - 8, y: y + 4, 'text-anchor': 'end' }, title),
      svg('line', { x1: x(e.low), x2: x(e.high), y1: y, y2: y, class: kind }),
      svg('circle', { cx: x(e.value), cy: y, r: 4, class: kind }),
    );
  });
  out.append(
    svg('text', { x: x(-most), y: height - 6 }, signed(-most)),
    svg('text', { x: x(most), y: height - 6, 'text-anchor': 'end' }, signed(most)),
  );
  return out;
}

const main = el('main', {});
const status = el('p', { role: 'status', 'aria-live': 'polite' });
const bar = el('progress', { max: '1', value: '0', hidden: '' });
const results = el('div', { id: 'results' });

function show(
  ready: Ready,
  r: Result,
  of: { readonly scenario: string; readonly persons: number; readonly draws: number },
): void {
  const { comparison: c, calibrated, kept, met, tried } = r.found;
  const title = new Map(ready.groups.map((g) => [g.id, g.title[lang]]));
  const scenario = ready.scenarios.find((s) => s.id === of.scenario);
  const day = sayDay(c.day, lang);
  const counts = {
    day,
    persons: number.format(of.persons),
    kept: String(kept),
    tried: String(tried),
    met: String(met),
  };
  const everybody = c.rows.filter((x) => x.group === 'everybody');
  const none = everybody.every((x) => x.difference.low === 0 && x.difference.high === 0);
  results.replaceChildren(
    el('h2', { tabindex: '-1' }, scenario?.title[lang] ?? of.scenario),
    el('p', {}, scenario?.why[lang] ?? ''),
    el('p', { class: 'soft' }, t(calibrated ? 'method' : 'methodFew', counts)),
    ...(none ? [el('p', { class: 'said' }, t('nothing'))] : []),
    ...floorPart(r.floor, r.floorOn, title),
    ...(['stable', 'returned'] as const).flatMap((m) => changePart(c, m, title)),
    ...hostPart(c),
    ...hangsPart(ready, c),
    el('h2', {}, t('command')),
    el(
      'p',
      {},
      el(
        'code',
        {},
        `foothold lab compare ${of.scenario} --persons ${of.persons} --draws ${of.draws} --to ${formatDay(parseDay(UNTIL) as number)}`,
      ),
    ),
    el('p', { class: 'soft' }, `${t('law')} ${ready.digest.slice(0, 16)}`),
  );
  results.querySelector('h2')?.focus();
}

function floorPart(rows: readonly FloorRow[], on: number, title: ReadonlyMap<string, string>): Node[] {
  return [
    el('h2', {}, t('floor')),
    el('p', {}, t('floorLead', { day: sayDay(on, lang) })),
    table(
      t('floor'),
      [t('group'), t('people'), t('letterNow'), t('letterWith'), t('practiceNow'), t('practiceWith')],
      rows.map((x) => [
        title.get(x.id) ?? x.id,
        people(x.people),
        people(x.letter[0]),
        people(x.letter[1]),
        people(x.practice[0]),
        people(x.practice[1]),
      ]),
    ),
  ];
}

function changePart(c: Comparison, m: 'stable' | 'returned', title: ReadonlyMap<string, string>): Node[] {
  const rows = c.rows
    .filter((x) => x.measure === m)
    .map((x) => ({ title: title.get(x.group) ?? x.group, e: x.difference }));
  return [
    el('h2', {}, t(m)),
    el(
      'figure',
      {},
      forest(rows, t(m)),
      table(
        t(m),
        [t('group'), t('change'), t('interval'), t('dice')],
        rows.map(({ title: name, e }) => [
          name,
          signed(e.value),
          `${signed(e.low)} … ${signed(e.high)}`,
          `±${people(1.645 * e.dice)}`,
        ]),
      ),
    ),
  ];
}

function hostPart(c: Comparison): Node[] {
  const rows = c.hosts
    .filter((h) => Math.round(Math.abs(h.difference.value)) > 0 || h.difference.low !== 0 || h.difference.high !== 0)
    .sort((a, b) => Math.abs(b.difference.value) - Math.abs(a.difference.value));
  if (rows.length === 0) return [];
  return [
    el('h2', {}, t('where')),
    table(
      t('where'),
      [t('country'), t('now'), t('change'), t('interval')],
      rows.map((h) => [
        h.host === 'other' ? t('elsewhere') : countryName(h.host, lang),
        people(h.base.value),
        signed(h.difference.value),
        `${signed(h.difference.low)} … ${signed(h.difference.high)}`,
      ]),
    ),
  ];
}

function hangsPart(ready: Ready, c: Comparison): Node[] {
  const list = c.sensitivity.stable.slice(0, 8);
  if (list.length === 0) return [];
  const says = new Map(ready.parameters.map((p) => [p.id, p.says[lang]]));
  return [
    el('h2', {}, t('hangs')),
    table(
      t('hangs'),
      [t('assumption'), t('rank')],
      list.map((x) => [says.get(x.parameter) ?? x.parameter, x.rank.toFixed(2).replace('-', '−')]),
    ),
  ];
}

function timeLeft(milliseconds: number): string {
  const s = Math.max(1, Math.round(milliseconds / 1000));
  return s < 90 ? `${s} ${t('seconds')} ${t('left')}` : `${Math.round(s / 60)} ${t('minutes')} ${t('left')}`;
}

function choice(id: string, label: Word, options: readonly (readonly [string, string])[], value: string): HTMLElement {
  const select = el('select', { id });
  for (const [v, words] of options) select.append(new Option(words, v, false, v === value));
  return el('p', {}, el('label', { for: id }, t(label)), ' ', select);
}

function form(crew: Crew, ready: Ready): void {
  const sizes = [1000, 4000, 20_000, 100_000].map((n) => [String(n), number.format(n)] as const);
  const draws = [8, 40, 100].map((n) => [String(n), String(n)] as const);
  const run = el('button', { type: 'submit', class: 'main' }, t('run'));
  const cancel = el('button', { type: 'button', disabled: '' }, t('cancel'));
  const why = el('p', { class: 'soft', id: 'why' });
  const asks = el(
    'form',
    {},
    choice(
      'scenario',
      'scenario',
      ready.scenarios.map((s) => [s.id, s.title[lang]] as const),
      ready.scenarios[0]?.id ?? '',
    ),
    why,
    choice('persons', 'persons', sizes, '4000'),
    choice('draws', 'draws', draws, '40'),
    el('p', { class: 'actions' }, run, ' ', cancel),
  );
  const value = (id: string): string => (asks.querySelector(`#${id}`) as HTMLSelectElement).value;
  const explain = (): void => {
    why.textContent = ready.scenarios.find((s) => s.id === value('scenario'))?.why[lang] ?? '';
  };
  asks.addEventListener('change', explain);
  cancel.addEventListener('click', () => crew.cancel());
  asks.addEventListener('submit', (e) => {
    e.preventDefault();
    const of = {
      scenario: value('scenario'),
      persons: Number(value('persons')),
      draws: Number(value('draws')),
      seed: 1,
    };
    run.disabled = true;
    cancel.disabled = false;
    bar.hidden = false;
    bar.value = 0;
    results.replaceChildren();
    const begun = performance.now();
    const workers = Math.max(1, Math.min(4, navigator.hardwareConcurrency || 1));
    crew
      .run(of, workers, (done, total) => {
        bar.value = done / total;
        const spent = performance.now() - begun;
        status.textContent = `${Math.round((100 * done) / total)}% · ${timeLeft((spent / done) * (total - done))}`;
      })
      .then((found) => {
        status.textContent = t('done');
        show(ready, found, of);
      })
      .catch((error: unknown) => {
        status.textContent =
          error instanceof Cancelled ? t('cancelled') : `${t('failed')}: ${(error as Error).message}`;
      })
      .finally(() => {
        run.disabled = false;
        cancel.disabled = true;
        bar.hidden = true;
      });
  });
  explain();
  main.append(asks, bar, status, results);
}

async function begin(): Promise<void> {
  document.documentElement.lang = lang;
  document.title = `Foothold · ${t('title')}`;
  const other = lang === 'ru' ? 'en' : 'ru';
  main.append(
    el(
      'p',
      { class: 'soft' },
      el('a', { href: '../index.html' }, t('back')),
      ' · ',
      el('a', { href: `../law/${lang}/index.html` }, t('pages')),
      ' · ',
      el('a', { href: `?lang=${other}`, lang: other }, t('other')),
    ),
    el('h1', {}, t('title')),
    el('p', {}, t('lead')),
  );
  document.getElementById('page')?.replaceChildren(main);
  const wait = el('p', { role: 'status' }, t('loading'));
  main.append(wait);
  const at = (file: string): string => new URL(file, document.baseURI).href;
  const crew = new Crew(
    () => new Worker(policy.createScriptURL(__WORKER__), { type: 'module' }),
    at(__LAW__),
    at(__LAB_DATA__),
  );
  try {
    const ready = await crew.begin();
    wait.remove();
    form(crew, ready);
  } catch (error) {
    wait.textContent = `${t('failed')}: ${(error as Error).message}`;
  }
}

void begin();
