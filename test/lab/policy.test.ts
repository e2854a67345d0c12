import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parseDay } from '../../src/calendar/civil.ts';
import { runPlan } from '../../src/cli/lab-engine.ts';
import { LEVERS, leversCsv } from '../../src/cli/lab-levers.ts';
import { readParquet, writeTable } from '../../src/cli/lab-parquet.ts';
import { readBehaviour } from '../../src/lab/behaviour.ts';
import { distance, fates, fitValues, keptDraws } from '../../src/lab/calibrate.ts';
import { STATES } from '../../src/lab/counters.ts';
import { coverRows } from '../../src/lab/cover-rows.ts';
import { LawEye } from '../../src/lab/eye.ts';
import { homesOf, hostsOf } from '../../src/lab/homes.ts';
import { levers } from '../../src/lab/levers.ts';
import { readCsv } from '../../src/lab/microdata.ts';
import { type Outcome, readOutcome, writeOutcome } from '../../src/lab/outcome.ts';
import type { Plan } from '../../src/lab/run.ts';
import { readScenarios } from '../../src/lab/scenario.ts';
import { validate } from '../../src/lab/validate.ts';
import { foothold } from '../cli/run.ts';
import { answers, book, figures, floor, labText, model, peopleOf, subgroups } from '../support/lab.ts';

const day = (t: string) => parseDay(t) as number;
const behaviour = readBehaviour(labText('diaspora/behaviour.yaml'), figures);

describe('levers', () => {
  const people = peopleOf(500, 6);
  const on = day('2027-02-01');
  const catalogue = readScenarios(
    book,
    ['file-anywhere', 'montenegro-visas', 'counter-offer-to-engineers'].map((n) => labText(`scenarios/${n}.yaml`)),
  );
  const found = levers(book, people, subgroups, catalogue, on, floor, { pairs: true });
  it('count for each subgroup what a change opens, and to how many in the acting countries', () => {
    const all = found.groups[0];
    const one = all?.levers.find((l) => l.scenarios.join() === 'file-anywhere');
    assert.ok(one);
    const before = coverRows(new LawEye(book, people), on, { brief: true });
    const after = coverRows(new LawEye(catalogue[0]?.book as typeof book, people), on, { brief: true });
    let opened = 0;
    for (let i = 0; i < people.n; i++)
      if ((before.home[i] as number) >= 2 && (after.home[i] as number) < 2) opened += people.weights[i] as number;
    assert.ok(Math.abs(opened - one.opened) < 1e-6);
    const floored = { brief: true, floor };
    const was = coverRows(new LawEye(book, people), on, floored).practice;
    const is = coverRows(new LawEye(catalogue[0]?.book as typeof book, people), on, floored).practice;
    assert.ok(was && is);
    let practice = 0;
    for (let i = 0; i < people.n; i++)
      if ((was.home[i] as number) >= 2 && (is.home[i] as number) < 2) practice += people.weights[i] as number;
    assert.ok(Math.abs(practice - one.openedInPractice) < 1e-6);
    assert.deepEqual(one.acting, ['de', 'es', 'fr']);
    assert.equal(one.rules, 7);
    assert.ok(found.groups.every((g) => g.people >= g.withoutInPractice && g.withoutInPractice >= g.nothingInPractice));
    assert.ok(found.groups.every((g) => g.withoutInPractice >= g.without - 1e-6 && g.effective <= people.n + 1e-6));
    assert.ok(one.admitted >= one.byRight);
  });
  it('are written as a table, in CSV and in Parquet', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'foothold-'));
    try {
      const text = leversCsv('2027-06-01', book.digest, found.groups);
      const [csv, parquet] = [join(dir, 'l.csv'), join(dir, 'l.parquet')];
      await writeTable(csv, text, LEVERS, 'en');
      await writeTable(parquet, text, LEVERS, 'en');
      assert.equal(readFileSync(csv, 'utf8'), text);
      const [head, ...rows] = readCsv(await readParquet(parquet, 'en')).rows.map((r) => r.cells);
      const own = readCsv(text);
      assert.equal(rows.length + 1, own.rows.length);
      assert.deepEqual(head?.slice(0, 6), own.rows[0]?.cells.slice(0, 6));
      assert.deepEqual(head?.slice(6).map(String), own.rows[0]?.cells.slice(6));
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
  it('never put on the front what another beats, and look at pairs', () => {
    for (const g of found.groups) {
      for (const l of g.levers.filter((x) => x.front))
        assert.ok(
          !g.levers.some(
            (o) =>
              o !== l &&
              o.opened > l.opened &&
              o.openedInPractice >= l.openedInPractice &&
              o.savedInPractice >= l.savedInPractice &&
              o.byRight >= l.byRight &&
              o.rules <= l.rules &&
              o.admitted <= l.admitted,
          ),
          g.id,
        );
      if (g.levers.length)
        assert.ok(
          g.levers.some((x) => x.front),
          g.id,
        );
    }
    assert.ok(found.groups.some((g) => g.levers.some((l) => l.scenarios.length === 2)));
  });
});

describe('validation', () => {
  const plan: Plan = {
    persons: 400,
    seed: 9,
    from: day('2022-02-24'),
    until: day('2024-12-31'),
    draws: 3,
    replicates: 3,
    scenarios: [],
  };
  const inputs = { book, laws: [book], population: model, subgroups, answers, behaviour };
  it('holds the run against held-out figures, tells hits from misses, and what it cannot compare', async () => {
    const [list] = await runPlan(plan, inputs, [], { workers: 1 });
    const hosts = hostsOf(book);
    const v = validate(
      figures,
      list as Outcome[],
      plan.replicates,
      hosts,
      plan.from,
      hosts.map(() => 0.05),
      homesOf(book, plan.from),
    );
    const held = v.targets.filter((t) => t.figure.use === 'validate');
    assert.ok(held.length >= 10, String(held.length));
    for (const t of held) {
      const [low, high] = t.figure.range ?? [t.figure.value * 0.85, t.figure.value * 1.15];
      if (t.model.low > high * 2 || t.model.high * 2 < low) assert.equal(t.hit, false, t.figure.id);
      if (t.model.value >= low && t.model.value <= high) assert.equal(t.hit, true, t.figure.id);
    }
    assert.equal(
      v.targets.length + v.apart.length >= [...figures.figures.values()].filter((f) => f.use === 'validate').length,
      true,
    );
    assert.ok(Number.isFinite(v.error.model) && v.error.stocks > 3);
    const fits = fitValues(figures, (list as Outcome[])[0] as Outcome, hosts);
    assert.deepEqual(fits.map((f) => f.id).sort(), [
      'left-am',
      'left-ge',
      'left-kz',
      'left-me',
      'left-tr',
      'moved-abroad',
      'moved-in-year',
      'return-intent',
      'returned-2024',
      'returned-after-move',
      'returned-in-year',
    ]);
    assert.ok(
      fits.every((f) => f.value >= 0 && f.value <= 1),
      JSON.stringify(fits),
    );
    // Few draws: all are kept, and that is said.
    const few = keptDraws(figures, list as Outcome[], plan.replicates, hosts);
    assert.deepEqual([few.tried, few.kept.length, few.calibrated], [3, 3, false]);
    // Of many, the nearest.
    const many = [
      ...Array.from({ length: 12 }, () => (list as Outcome[])[3] as Outcome),
      (list as Outcome[])[4] as Outcome,
    ];
    const off = many.map((o) => distance(fitValues(figures, o, hosts)));
    const { kept, calibrated } = keptDraws(figures, many, 0, hosts);
    assert.equal(calibrated, true);
    const most = Math.max(...kept.map((d) => off[d] as number));
    assert.ok(off.every((x, d) => kept.includes(d) || x >= most));
  });
  it('follows those of a first of July for a year, each once', async () => {
    const [list] = await runPlan({ ...plan, draws: 0, replicates: 1 }, inputs, [], { workers: 1 });
    const o = (list as Outcome[])[0] as Outcome;
    const all = fates(o, 2023);
    // The stock of June 2023 is that of its last day; whoever leaves on the first of July itself is the difference.
    let stock = 0;
    for (let h = 0; h <= o.hosts; h++) stock += o.stock[h * o.months + 16] as number;
    assert.ok(Math.abs(all[0] + all[1] + all[2] - stock) < stock * 0.01, `${all} ${stock}`);
    const parts = hostsOf(book).map((_, h) => fates(o, 2023, h));
    parts.push(fates(o, 2023, o.hosts));
    for (const f of [0, 1, 2] as const) assert.ok(Math.abs(parts.reduce((sum, x) => sum + x[f], 0) - all[f]) < 1e-6);
  });
  it('rejects a draw in which nobody returns', async () => {
    const [list] = await runPlan({ ...plan, draws: 1, replicates: 0 }, inputs, [], { workers: 1 });
    const o = readOutcome(writeOutcome((list as Outcome[])[0] as Outcome));
    const nobody = { ...o, states: o.states.map((x, k) => (k % STATES.length === STATES.indexOf('returned') ? 0 : x)) };
    const hosts = hostsOf(book);
    assert.equal(fitValues(figures, nobody, hosts).find((f) => f.id === 'returned-2024')?.met, false);
    assert.ok(distance(fitValues(figures, nobody, hosts)) > 0);
    assert.equal(keptDraws(figures, [nobody], 0, hosts).met, 0);
  });
});

describe('the command line of the lab', () => {
  const wrong: readonly [string, readonly string[], number, RegExp][] = [
    ['a scenario that does not exist', ['lab', 'run', 'file-anywere'], 1, /Did you mean file-anywhere/],
    ['an impossible horizon', ['lab', 'run', '--to', '2021-01-01'], 2, /impossible horizon/],
    ['no persons', ['lab', 'run', '--persons', '0'], 2, /whole number from 200/],
    ['a subgroup nobody knows', ['lab', 'coverage', '--subgroup', 'journalist'], 2, /Did you mean journalists/],
    ['a sub-command nobody knows', ['lab', 'covrage'], 2, /Did you mean coverage/],
    ['compare without a scenario', ['lab', 'compare'], 2, /A scenario is needed/],
  ];
  for (const [name, args, code, says] of wrong)
    it(`refuses ${name} before any work`, () => {
      const r = foothold(args);
      assert.equal(r.code, code, r.err);
      assert.match(r.err, says);
      assert.equal(r.out, '');
    });
  it('writes a brief that stands alone: no script, nothing loaded, a table beside each chart', () => {
    const dir = mkdtempSync(join(tmpdir(), 'foothold-'));
    try {
      const args = [
        'lab',
        'brief',
        'montenegro-visas',
        '--persons',
        '200',
        '--draws',
        '2',
        '--to',
        '2027-03-31',
        '--out',
        dir,
      ];
      const r = foothold(args);
      assert.equal(r.code, 0, r.err);
      const html = readFileSync(join(dir, 'montenegro-visas.html'), 'utf8');
      assert.match(
        readFileSync(join(dir, 'comparison.csv'), 'utf8'),
        /^scenario,day,what,id,measure,[^\n]*\nmontenegro-visas,2022-/,
      );
      assert.ok(!/<script|<link|<img|@import|url\(|src=/.test(html));
      const charts = html.match(/<svg /g)?.length ?? 0;
      assert.ok(charts >= 4);
      assert.equal(html.match(/<figure><svg[\s\S]*?<\/svg><table>/g)?.length, charts);
      // Two of them are maps: a tile a country, and each country of the table has one.
      const maps = (html.match(/<figure><svg[\s\S]*?<\/table>/g) ?? []).filter(
        (f) => (f.match(/<g><title>/g)?.length ?? 0) > 5,
      );
      assert.equal(maps.length, 2);
      for (const map of maps) {
        const named = [...map.matchAll(/<th scope="row">([^<]*)</g)].map((x) => x[1]).filter((x) => x !== 'elsewhere');
        const tiles = [...map.matchAll(/<title>([^<:]*):/g)].map((x) => x[1]);
        assert.deepEqual([...tiles].sort(), [...named].sort());
      }
      assert.match(html, /foothold lab brief montenegro-visas --persons 200/);
      assert.match(html, /may not be concluded/);
      // The practical floor beside the letter, with its table, as `lab coverage` counts it on that day.
      const cover = JSON.parse(
        foothold([
          'lab',
          'coverage',
          '--persons',
          '200',
          '--on',
          '2026-10-02',
          '--scenario',
          'montenegro-visas',
          '--json',
        ]).out,
      ) as { subgroups: { id: string; nothing: number; practice: { nothing: number } }[]; before: typeof cover };
      const number = (x: number) =>
        String(x < 100 ? Math.round(x) : x < 10_000 ? Math.round(x / 10) * 10 : Math.round(x / 100) * 100).replace(
          /\B(?=(\d{3})+(?!\d))/g,
          ',',
        );
      const all = (c: typeof cover) =>
        c.subgroups.find((g) => g.id === 'everybody') as (typeof cover.subgroups)[number];
      const cells = [
        all(cover.before).nothing,
        all(cover).nothing,
        all(cover.before).practice.nothing,
        all(cover).practice.nothing,
      ];
      assert.ok(html.includes(cells.map((x) => `<td>${number(x)}</td>`).join('')), String(cells));
      assert.ok((cells[2] as number) > 0);
      assert.match(html, /prefers-color-scheme:dark/);
      // Again, from what is kept: the same bytes.
      assert.equal(foothold(args).code, 0);
      assert.equal(readFileSync(join(dir, 'montenegro-visas.html'), 'utf8'), html);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
  it('answers in JSON alone, and in Russian', () => {
    const r = foothold(['lab', 'coverage', '--persons', '300', '--on', '2026-11-23', '--json']);
    const a = JSON.parse(r.out) as { subgroups: { id: string; home: object }[]; on: string };
    assert.equal(a.on, '2026-11-23');
    assert.ok(a.subgroups.length >= 15);
    const ru = foothold(['lab', 'scenarios', '--lang', 'ru']);
    assert.match(ru.out, /Сценариев: \d+/);
  });
});
