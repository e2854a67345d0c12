import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parseDay } from '../../src/calendar/civil.ts';
import { Cancelled, runPlan } from '../../src/cli/lab-engine.ts';
import { LawStore, unpackTables } from '../../src/cli/lab-law-store.ts';
import { centre, hypercube, PARAMETERS, readBehaviour } from '../../src/lab/behaviour.ts';
import { compare, compareInFull, estimate, measure, spearman } from '../../src/lab/compare.ts';
import { addCounters, COUNTER_PARTS, type Counters, newCounters, STATES, UNITS } from '../../src/lab/counters.ts';
import { LawEye } from '../../src/lab/eye.ts';
import { filedFirst, homesOf, hostsOf } from '../../src/lab/homes.ts';
import type { HostLaw } from '../../src/lab/host-law.ts';
import { routeMonth } from '../../src/lab/month.ts';
import { type Outcome, outcomeOf, readOutcome, writeOutcome } from '../../src/lab/outcome.ts';
import { wayInside, wayLocal } from '../../src/lab/patterns.ts';
import { drawOf, type LabInputs, monthsOf, type Plan, planKey, Runner } from '../../src/lab/run.ts';
import { runPersonsOf } from '../../src/lab/run-persons.ts';
import { readScenarios } from '../../src/lab/scenario.ts';
import { LawTables } from '../../src/lab/tables.ts';
import { ofKind } from '../../src/law/book.ts';
import { applyPatch, readPatch } from '../../src/law/patch.ts';
import { moves } from '../../src/moves/moves.ts';
import { answers, book, figures, labText, model, peopleOf, problemsOf, subgroups } from '../support/lab.ts';
import { slowRun } from '../support/slow-run.ts';

const LONG = process.env.FOOTHOLD_LONG === '1';
const day = (t: string) => parseDay(t) as number;
const behaviour = readBehaviour(labText('diaspora/behaviour.yaml'), figures);
const inputsOf = (laws: LabInputs['laws']): LabInputs => ({
  book,
  laws,
  population: model,
  subgroups,
  answers,
  behaviour,
});
const plan: Plan = {
  persons: 600,
  seed: 3,
  from: day('2022-02-24'),
  until: day('2023-12-31'),
  draws: 0,
  replicates: 3,
  scenarios: [],
};
const bytes = (c: Counters) => COUNTER_PARTS.map((k) => Buffer.from(c[k].buffer).toString('base64')).join();
const one = new Runner(plan, inputsOf([book]), [0, 600]);

describe('the law of a route in a run', () => {
  const month = (id: string, on: string) => {
    const h = homesOf(book, plan.from).find((x) => x.route.id === id);
    assert.ok(h, id);
    return routeMonth(h, day(on));
  };
  it('has no end where the home has none, wherever its status is written', () => {
    for (const id of ['il/return', 'us/asylee-green-card', 'de/settlement-general', 'us/asylee'])
      assert.equal(month(id, '2023-05-01').valid, 0, id);
    assert.equal(month('gb/global-talent', '2023-05-01').valid, 1826);
  });
  it('takes the practice of the period, not of a later one', () => {
    const rates = ['2022-03-01', '2023-07-01', '2024-07-01', '2026-01-01'].map((d) => month('de/refugee', d).practice);
    assert.deepEqual(rates, [0.29, 0.29, 0.102, 0.068]);
  });
});

describe('a run', () => {
  it('is the same twice, and another with other luck', () => {
    const a = bytes(one.run(0, 0));
    assert.equal(bytes(new Runner(plan, inputsOf([book]), [0, 600]).run(0, 0)), a);
    assert.notEqual(bytes(one.run(0, 1)), a);
  });
  it('is the same, byte for byte, however its rows are parted', () => {
    const whole = bytes(one.run(0, 1));
    const parts: [number, number][] = [
      [0, 200],
      [200, 350],
      [350, 600],
    ];
    const three = parts.map((rows) => new Runner(plan, inputsOf([book]), rows).run(0, 1));
    const [sum, ...rest] = three.reverse() as [Counters, ...Counters[]];
    for (const c of rest) addCounters(sum, c);
    assert.equal(bytes(sum), whole);
  });
  it('counts everybody who has left, once, in every month', () => {
    const o = outcomeOf(one.run(0, 0), one.table(0));
    const left = Array.from({ length: 600 }, (_, i) => i).filter((i) => one.people.leaves(i) <= plan.until);
    const want = left.reduce((a, i) => a + Math.round((one.people.weights[i] as number) * UNITS) / UNITS, 0);
    const last = o.days.length - 1;
    const states = STATES.map((_, s) => o.states[last * STATES.length + s] as number);
    assert.ok(Math.abs(states.reduce((a, b) => a + b, 0) - want) < 1e-6);
    assert.ok(states.every((x) => x >= 0));
    const abroad = want - (states[STATES.indexOf('returned')] as number);
    const stock = Array.from({ length: o.hosts + 1 }, (_, h) => o.stock[h * o.months + o.months - 1] as number);
    assert.ok(Math.abs(stock.reduce((a, b) => a + b, 0) - abroad) < 1e-6, `${stock} ${abroad}`);
    assert.ok(stock.every((x) => x >= -1e-9));
  });
  it('under a patch that changes nothing is the same person by person', () => {
    const noop = applyPatch(
      book,
      readPatch(
        'n.yaml',
        'title: {en: x, ru: x}\nwhy: {en: x, ru: x}\nchanges: [{decide: de/refugee, as: discretion, from: 2035-01-01}]\n',
        book,
      ),
    );
    const both = new Runner(plan, inputsOf([book, noop]), [0, 600]);
    assert.equal(bytes(both.run(1, 2)), bytes(both.run(0, 2)));
  });
  it('with every door shut leaves visitors nothing but return and irregular stay', () => {
    const changes = [...ofKind(book, 'route'), ...ofKind(book, 'stay')]
      .map((p) => `  - {close: ${p.id}, from: 2022-02-01}`)
      .join('\n');
    const shut = applyPatch(
      book,
      readPatch('s.yaml', `title: {en: x, ru: x}\nwhy: {en: x, ru: x}\nchanges:\n${changes}\n`, book),
    );
    const r = new Runner(plan, inputsOf([shut]), [0, 600]);
    const o = outcomeOf(r.run(0, 0), r.table(0));
    const last = o.days.length - 1;
    const share = (s: (typeof STATES)[number]) => o.states[last * STATES.length + STATES.indexOf(s)] as number;
    assert.equal(share('stable') + share('permit'), 0);
    assert.ok(share('irregular') + share('returned') > share('visitor') * 3);
    const open = outcomeOf(one.run(0, 0), one.table(0));
    const k = last * STATES.length + STATES.indexOf('returned');
    assert.ok((o.states[k] as number) > 2 * (open.states[k] as number));
  });
  it('a quota holds back what is above it', () => {
    const text =
      'title: {en: x, ru: x}\nwhy: {en: x, ru: x}\nchanges: [{quota: de/humanitarian-admission, people: 0, per: year, from: 2022-02-24}]\n';
    const none = applyPatch(book, readPatch('q.yaml', text, book));
    const r = new Runner(plan, inputsOf([none]), [0, 600]);
    const k = r.table(0).homes.findIndex((h) => h.route.id === 'de/humanitarian-admission');
    const c = r.run(0, 0);
    const years = Math.ceil(monthsOf(plan) / 12) + 1;
    assert.equal(
      c.filed.slice(k * years, (k + 1) * years).reduce((a, b) => a + b, 0),
      0,
    );
  });
});

describe('the tables of a run', () => {
  it('say of entry and filing what moves says, for persons put where the tables ask about them', () => {
    const people = peopleOf(300, 5);
    const t = new LawTables(book, people, day('2024-01-01'), day('2024-03-31'));
    const on = t.first;
    let files = 0;
    for (let i = 0; i < 300; i += 23) {
      for (const law of t.laws) {
        const rule = book.provisions.get(`${law.host}/visa-free`);
        if (rule?.kind !== 'stay') continue;
        const s = people.situation(i, on, { place: law.host, since: on, under: rule.id, holdings: [] });
        const list = moves(book, s, { quick: true, horizon: on, countries: new Set() });
        const may = new Set(list.flatMap((m) => (m.kind === 'file' && m.earliest === on ? [m.route] : [])));
        const { ways, wayStart } = law.patterns;
        const pattern = law.pattern(i, 0);
        const inside = new Map(
          Array.from(ways.subarray(wayStart[pattern], wayStart[pattern + 1]), (w) => [wayLocal(w), wayInside(w)]),
        );
        law.routes.forEach((_, local) => {
          const h = law.home(local);
          const bits = inside.get(local) ?? 0;
          // What moves lists as open, with or without an assumption, the tables hold open or unknown.
          if (may.has(filedFirst(h).id) && !h.via) {
            assert.notEqual(bits, 0, `${h.route.id}, row ${i}`);
            files++;
          }
          if (bits === 3 && !may.has(filedFirst(h).id))
            assert.fail(`${h.route.id} is open in the tables and no move, row ${i}`);
        });
      }
    }
    assert.ok(files > 20, String(files));
  });
  it('of a patch take over what it leaves alone, and are those that it would have alone', () => {
    const [s] = readScenarios(book, [labText('scenarios/file-anywhere.yaml', /from: 2027-01-01/g, 'from: 2022-06-01')]);
    const people = peopleOf(200, 2);
    const base = new LawTables(book, people, day('2022-02-24'), day('2022-12-31'));
    const [from, to] = [day('2022-02-24'), day('2022-12-31')];
    const taken = new LawTables(s?.book as typeof book, people, from, to, base);
    const alone = new LawTables(s?.book as typeof book, people, from, to);
    const told = (law: HostLaw, i: number, d: number): string => {
      const { ways, wayStart, enter } = law.patterns;
      const p = law.pattern(i, d);
      const files = Array.from(law.places[d] as Uint8Array, (f) => law.patterns.files[f]?.join(''));
      return JSON.stringify([enter[p], [...ways.subarray(wayStart[p], wayStart[p + 1])], files]);
    };
    let shared = 0;
    taken.laws.forEach((law, h) => {
      const own = alone.laws[h] as HostLaw;
      if (law === base.laws[h]) shared++;
      assert.deepEqual(law.days, own.days, law.host);
      for (let d = 0; d < law.days.length; d++)
        for (let i = 0; i < 200; i += 3) assert.equal(told(law, i, d), told(own, i, d), `${law.host} ${d} ${i}`);
    });
    assert.equal(shared, base.laws.length - 3);
  });
  it('give, to the bit, the run in which everything is asked anew of every person at every step', () => {
    const small: Plan = { ...plan, persons: 400, until: day('2023-07-31'), replicates: 1, draws: 1 };
    const runner = new Runner(small, inputsOf([book]), [0, LONG ? 200 : 20]);
    const t = runner.table(0);
    const persons = runPersonsOf(runner.people, t, subgroups);
    for (const draw of LONG ? [0, 1] : [1]) {
      const want = newCounters(monthsOf(small), persons.groupCount, t.hosts.length, t.homes.length);
      const { parameters, luck } = drawOf(small, behaviour, draw);
      const at = new Map(t.laws.map((l) => [l.host, l]));
      const lawDay = (host: string, month: number): number => {
        const law = at.get(host) as HostLaw;
        return law.days[law.dayOf[month] as number] as number;
      };
      slowRun(
        book,
        runner.people,
        persons,
        behaviour,
        parameters,
        small.seed,
        luck,
        small.from,
        small.until,
        lawDay,
        want,
      );
      const got = runner.run(0, draw);
      assert.ok((want.decisions[0] as number) > 20, String(want.decisions[0]));
      for (const part of COUNTER_PARTS) assert.deepEqual(got[part], want[part], `${part}, draw ${draw}`);
    }
  });
  it('of several laws, walked together as far as they agree, count to the bit what each counts alone', () => {
    const list = [
      labText('scenarios/file-anywhere.yaml', /from: 2027-01-01/g, 'from: 2022-06-01'),
      labText('scenarios/turkey-tourist-residence-right.yaml'),
      labText('scenarios/kazakhstan-without-90-of-180.yaml'),
      labText('scenarios/montenegro-visas.yaml', /from: 20\d\d-\d\d-\d\d/g, 'from: 2023-02-10'),
    ];
    const laws = [book, ...readScenarios(book, list).map((s) => s.book)];
    const small: Plan = { ...plan, persons: 300, replicates: 1, draws: 1, scenarios: list.map((t) => t.file) };
    const runner = new Runner(small, inputsOf(laws), [0, 300]);
    for (const draw of [0, 1]) {
      const together = runner.runAll(draw);
      together.forEach((c, s) => {
        const alone = runner.run(s, draw);
        for (const part of COUNTER_PARTS) assert.deepEqual(c[part], alone[part], `${part}, law ${s}, draw ${draw}`);
      });
      const texts = together.map(bytes);
      assert.ok(new Set(texts).size >= 4, 'the scenarios change nothing here: the test would see nothing');
    }
    assert.ok(runner.parted > 20 && runner.parted < 2 * 4 * 300 * 0.8, String(runner.parted));

    // Kept and read back they count the same; a file that is damaged or of something else is told of and never used.
    const dir = mkdtempSync(join(tmpdir(), 'foothold-'));
    try {
      const said: string[] = [];
      const store = new LawStore(dir, (file) => said.push(file));
      assert.equal(store.read('a'), undefined);
      store.write('a', runner.keep());
      const again = new Runner(small, inputsOf(laws), [0, 300], undefined, store.read('a'));
      assert.deepEqual(again.runAll(1).map(bytes), runner.runAll(1).map(bytes));
      assert.deepEqual(said, []);
      const file = join(dir, 'law', readdirSync(join(dir, 'law'))[0] as string);
      const whole = readFileSync(file);
      for (const bad of [whole.subarray(0, whole.length - 1), whole.map((x, k) => (k === 5000 ? x ^ 1 : x)), '']) {
        writeFileSync(file, bad);
        assert.equal(store.read('a'), undefined);
      }
      assert.equal(unpackTables('b', whole), 'other');
      assert.deepEqual(said, [file, file, file]);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
  it('one row asked alone is told what all rows are told', () => {
    const people = peopleOf(150, 4);
    const on = day('2025-05-01');
    const status = 'de/blue-card';
    const probe = (d: number) => ({
      place: 'de',
      since: d - 1200,
      under: status,
      holdings: [{ status, country: 'de', from: d - 1000, to: d + 60 }],
    });
    const eye = new LawEye(book, people, probe);
    const other = new LawEye(book, people, probe);
    for (const r of ofKind(book, 'route').filter((x) => x.jurisdiction === 'de')) {
      const rows = eye.route(r, on);
      for (let i = 0; i < 150; i += 7) assert.equal(other.point(r, on, i), rows[i], `${r.id} ${i}`);
    }
  });
});

describe('a plan on workers', () => {
  const small: Plan = {
    ...plan,
    persons: 400,
    until: day('2022-12-31'),
    replicates: 2,
    draws: 2,
    scenarios: ['turkey-tourist-residence-right'],
  };
  const scenarios = readScenarios(book, [labText('scenarios/turkey-tourist-residence-right.yaml')]);
  const inputs = inputsOf([book, ...scenarios.map((s) => s.book)]);
  const texts = (o: Awaited<ReturnType<typeof runPlan>>) => o.map((l) => l.map(writeOutcome));
  it('is the same on one and on two, and takes up an interrupted run with the same bytes', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'foothold-'));
    try {
      const alone = texts(await runPlan(small, inputs, small.scenarios, { workers: 1 }));
      let done = 0;
      await assert.rejects(
        runPlan(small, inputs, small.scenarios, {
          workers: 1,
          out: dir,
          cancelled: () => done >= 5,
          progress: (d) => (done = d),
        }),
        Cancelled,
      );
      const folder = join(dir, readdirSync(dir).find((f) => f.startsWith('run-')) as string);
      // Four shards of one draw under two laws: two of them were finished, the third was stopped in its middle.
      assert.deepEqual(readdirSync(folder).sort(), ['job.json', 'shard-000000.json', 'shard-000001.json']);
      const kept = readFileSync(join(folder, 'shard-000000.json'), 'utf8');
      const resumed = texts(await runPlan(small, inputs, small.scenarios, { workers: 2, out: dir }));
      assert.deepEqual(resumed, alone);
      assert.equal(readdirSync(folder).length, 5);
      assert.equal(readFileSync(join(folder, 'shard-000000.json'), 'utf8'), kept);
      assert.deepEqual(
        readOutcome(alone[0]?.[0] as string).states,
        readOutcome(writeOutcome(readOutcome(alone[0]?.[0] as string))).states,
      );
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
  it('has another key for another law, seed or parameter', () => {
    const key = planKey(small, inputs);
    assert.notEqual(planKey({ ...small, seed: 4 }, inputs), key);
    assert.notEqual(planKey(small, inputsOf([book])), key);
    const changed = {
      ...behaviour,
      parameters: { ...behaviour.parameters, shock: { ...behaviour.parameters.shock, value: 0.2 } },
    };
    assert.notEqual(planKey(small, { ...inputs, behaviour: changed }), key);
    assert.equal(planKey({ ...small }, { ...inputs }), key);
  });
  it('compares with intervals, and shared luck makes a difference less noisy', async () => {
    const p: Plan = {
      ...plan,
      persons: 500,
      until: day('2023-12-31'),
      replicates: 6,
      draws: 6,
      scenarios: ['turkey-tourist-residence-right'],
    };
    const out = await runPlan(p, inputs, p.scenarios, { workers: 1 });
    const c = compare(p, inputs, out, 1, ['everybody', ...subgroups.map((s) => s.id)], hostsOf(book));
    const stable = c.rows.find((r) => r.group === 'everybody' && r.measure === 'stable');
    assert.ok(
      stable && stable.difference.low <= stable.difference.value && stable.difference.value <= stable.difference.high,
    );
    assert.equal(c.sensitivity.stable.length, PARAMETERS.length);
    assert.ok(c.sharedLuck > 1.5, String(c.sharedLuck));
    const full = compareInFull(p, out, 1, ['everybody', ...subgroups.map((x) => x.id)], hostsOf(book));
    const at = (what: string, id: string, m: string, on: number) =>
      full.find((x) => x.what === what && x.id === id && x.measure === m && x.day === on);
    // Months end where years end as they are told; people in a country are there with one status or another.
    const end = day('2022-12-31');
    const yearly = c.periods.find((x) => x.day === end && x.measure === 'stable');
    assert.deepEqual(at('subgroup', 'everybody', 'stable', end)?.difference, yearly?.difference);
    assert.deepEqual(
      at('subgroup', 'engineers', 'returned', c.day)?.difference,
      c.rows.find((r) => r.group === 'engineers' && r.measure === 'returned')?.difference,
    );
    const first = (out[1] as readonly Outcome[]).slice(0, 1);
    const alone = compareInFull({ ...p, draws: 0, replicates: 1 }, [first, first], 1, ['everybody'], hostsOf(book));
    const people = alone.find(
      (x) => x.what === 'country' && x.id === 'ge' && x.measure === 'people' && x.day === c.day,
    );
    const there = alone.filter(
      (x) => x.what === 'country' && x.id === 'ge' && x.day === c.day && !/people|returned/.test(x.measure),
    );
    assert.ok((people?.base.value ?? 0) > 1000);
    assert.ok(Math.abs(there.reduce((sum, x) => sum + x.base.value, 0) - (people?.base.value ?? 0)) < 1e-6);
    assert.equal(new Set(full.filter((x) => x.what === 'country').map((x) => x.day)).size, 23);
    const direct =
      measure(out[1]?.[0] as never, 'stable', 0, 1, false) - measure(out[0]?.[0] as never, 'stable', 0, 1, false);
    assert.ok(Number.isFinite(direct));
  });
});

describe('parameters', () => {
  it('are drawn so that every slice of every range is used once', () => {
    const cube = hypercube(behaviour, 20, 5);
    for (const p of PARAMETERS) {
      const [low, high] = behaviour.parameters[p].range;
      const slices = cube.map((x) => Math.floor(((x[p] - low) / (high - low)) * 20)).sort((a, b) => a - b);
      assert.deepEqual(
        slices,
        Array.from({ length: 20 }, (_, k) => k),
        p,
      );
    }
    assert.deepEqual(hypercube(behaviour, 20, 5), cube);
    for (const p of PARAMETERS) assert.equal(centre(behaviour)[p], behaviour.parameters[p].value);
  });
  const WRONG: readonly [string, string | RegExp, string, RegExp][] = [
    ['a value outside its range', 'shock: {value: 0.15', 'shock: {value: 0.9', /0\.9 outside/],
    [
      'a parameter that rests on nothing',
      ', guessed: "half lost a job on leaving in the first months; later rates are not published"',
      '',
      /rests on nothing/,
    ],
    [
      'a parameter fitted to what is held out',
      'figure: [returned-2024, return-intent, returned-in-year]}',
      'figure: [returned-2023, return-intent, returned-in-year]}',
      /use: validate/,
    ],
    ['a drawback fitted to what is held out', 'figure: left-tr}', 'figure: stock-tr}', /figure "stock-tr"/],
    ['a parameter nobody knows', '  shock: {', '  shok: {', /the key "shok"/],
    [
      'a share above one',
      'renewal: {value: 0.92, range: [0.8, 0.97]',
      'renewal: {value: 0.92, range: [0.8, 1.2]',
      /shares from 0 to 1/,
    ],
  ];
  for (const [name, from, to, says] of WRONG)
    it(`refuse ${name}`, () => {
      const wrong = problemsOf(() => readBehaviour(labText('diaspora/behaviour.yaml', from, to), figures));
      assert.ok(
        wrong.some((p) => says.test(p)),
        wrong.join('\n') || 'nothing was refused',
      );
    });
});

describe('estimates', () => {
  it('tell the dice from the parameters', () => {
    const e = estimate([10, 12, 8, 10, 20, 40, 60, 80, 100], 4);
    assert.equal(e.value, 60);
    assert.ok(Math.abs(e.dice - Math.sqrt(8 / 3)) < 1e-12);
    assert.ok(e.diceShare > 0 && e.diceShare < 0.01);
    assert.equal(e.positive, 1);
  });
  it('rank by rank correlation, ties shared', () => {
    assert.equal(spearman([1, 2, 3, 4], [10, 20, 30, 40]), 1);
    assert.equal(spearman([1, 2, 3, 4], [4, 3, 2, 1]), -1);
    assert.equal(spearman([1, 1, 1, 1], [4, 3, 2, 1]), 0);
    assert.ok(Math.abs(spearman([1, 2, 2, 4], [1, 2, 3, 4]) - 0.9486832980505138) < 1e-12);
  });
});
