import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { file, foothold, ON, PERSONS, root } from './run.ts';

const ISO = /^\d{4}-\d{2}-\d{2}$/;
type Row = Record<string, unknown>;
const has = (row: Row, keys: readonly string[]) => {
  for (const k of keys) assert.ok(k in row, `the key ${k} is missing in ${JSON.stringify(row).slice(0, 200)}`);
};

/** The one JSON value on standard output. */
function json<T>(args: readonly string[], input = ''): T {
  const r = foothold([...args, '--json'], { input });
  assert.equal(r.code, 0, r.err);
  return JSON.parse(r.out) as T;
}

test('check: one row a route with the keys of the contract, for every example person', () => {
  const facts = new Set<string>();
  for (const name of PERSONS) {
    const rows = json<Row[]>(['check', file(name), ...ON]);
    assert.ok(rows.length > 20);
    for (const r of rows) {
      has(r, ['route', 'jurisdiction', 'outcome', 'decision', 'because', 'missing', 'nearest', 'verify', 'sources']);
      assert.match(String(r.outcome), /^(yes|no|unknown)$/);
      assert.match(String(r.decision), /^(right|discretion|quota|lottery)$/);
      assert.equal(typeof r.verify, 'boolean');
      assert.ok((r.because as Row[]).length > 0, `${r.route} gives no reason`);
      for (const b of r.because as Row[]) has(b, ['id', 'outcome', 'says', 'source']);
      const known = new Set((r.sources as Row[]).map((s) => s.id));
      for (const b of r.because as Row[])
        for (const s of b.source as string[]) assert.ok(known.has(s), `${r.route}: ${s}`);
      for (const n of r.nearest as Row[]) {
        has(n, ['change', 'cost']);
        assert.ok((n.cost as number) >= 0);
        for (const c of n.change as Row[]) has(c, ['fact', 'from', 'to']);
      }
      if (r.outcome === 'yes') assert.deepEqual([r.missing, r.nearest], [[], []]);
      for (const f of r.missing as string[]) facts.add(f);
    }
  }
  // What is asked is asked by a name that a person file knows.
  for (const derived of ['age', 'offer.exists', 'degreeRecognised']) assert.ok(!facts.has(derived));
});

test('check: the routes named, and no others', () => {
  const rows = json<Row[]>(['check', file('irina'), 'de/blue-card', ...ON]);
  assert.deepEqual(
    rows.map((r) => r.route),
    ['de/blue-card'],
  );
});

test('stay: Irina’s visa-free year in Georgia ends on 19 December 2026', () => {
  const a = json<Row>(['stay', file('irina'), 'ge', ...ON]);
  has(a, ['rule', 'on', 'used', 'left', 'lastDay', 'overstayDays', 'nextEntry', 'sources']);
  assert.deepEqual(
    [a.rule, a.on, a.left, a.lastDay, a.overstayDays],
    ['ge/visa-free', '2026-11-23', 27, '2026-12-19', 0],
  );
  assert.deepEqual(json<Row>(['stay', file('irina'), 'ge/visa-free', ...ON]), a);
  assert.equal(json<Row>(['stay', file('irina'), 'schengen', ...ON]).rule, 'schengen/short-stay');
});

test('plan: dated legs with reasons and sources, or in words why there is none', () => {
  const a = json<Row>(['plan', file('irina'), ...ON]);
  has(a, ['on', 'goal', 'plans', 'uncovered']);
  assert.deepEqual([a.on, a.goal], ['2026-11-23', 'permanent']);
  const plans = a.plans as Row[];
  if (plans.length === 0) has(a.nothing as Row, ['why', 'nearest']);
  for (const p of plans) {
    has(p, ['legs', 'metrics', 'assumes', 'survivesAnyOneRefusal']);
    has(p.metrics as Row, ['daysToGoal', 'discretionarySteps', 'costEur', 'moves', 'dangerDays']);
    let last = '2026-11-23';
    for (const l of p.legs as Row[]) {
      has(l, ['move', 'jurisdiction', 'day', 'decision', 'because', 'dangers', 'sources']);
      assert.match(String(l.move), /^(enter|file|await)$/);
      if (l.move !== 'enter') has(l, ['route']);
      assert.match(String(l.day), ISO);
      if (l.until !== undefined) assert.match(String(l.until), ISO);
      assert.ok(String(l.day) >= last, 'days never go back');
      last = String(l.day);
      assert.ok((l.sources as Row[]).length > 0);
      assert.notEqual(l.country, 'ru', 'no plan leads to Russia');
    }
    for (const f of p.assumes as unknown[]) assert.equal(typeof f, 'string');
  }
  for (const u of a.uncovered as Row[]) has(u, ['jurisdiction', 'what', 'why']);
});

test('plan: a goal that nothing reaches is answered in words, with what is nearest', () => {
  const a = json<Row>(['plan', file('ruslan'), ...ON, '--strict', '--goal', 'citizenship', '--avoid', 'am,ge,kz,rs']);
  assert.deepEqual(a.plans, []);
  const nothing = a.nothing as Row;
  for (const lang of ['en', 'ru']) assert.ok(String((nothing.why as Row)[lang]).length > 60);
  assert.ok(Array.isArray(nothing.nearest));
});

test('changes: dated, with words before and after; with a person, what it means for them', () => {
  const rows = json<Row[]>(['changes', '--from', '2026-01-01', '--to', '2026-06-30']);
  assert.ok(rows.length > 5);
  for (const r of rows) {
    has(r, ['provision', 'day', 'what', 'before', 'after', 'sources']);
    assert.ok(String(r.day) >= '2026-01-01' && String(r.day) <= '2026-06-30');
    assert.ok(!('affects' in r));
    assert.ok((r.sources as Row[]).length > 0);
  }
  const mine = json<Row[]>(['changes', file('irina'), '--from', '2026-01-01', '--to', '2026-06-30']);
  assert.equal(mine.length, rows.length);
  for (const r of mine) assert.match(String(r.affects), /^(opens|closes|alters|none|unknown)$/);
  assert.ok(mine.some((r) => r.provision === 'de/passport-permit' && r.day === '2026-01-01' && r.affects === 'closes'));
});

test('changes: what is known to concern a person comes first and is counted; what may concern them stands after it in short', () => {
  const args = ['changes', file('irina'), '--from', '2026-01-01', '--to', '2026-06-30'];
  const rows = json<Row[]>(args);
  const of = (a: string) => rows.filter((r) => r.affects === a).length;
  assert.ok(of('closes') > 0 && of('unknown') > 0);
  const { out } = foothold(args);
  const flat = out.replace(/\s+/g, ' ');
  assert.ok(
    flat.includes(
      `For you: ${of('closes')} close something, ${of('opens')} open something, ${of('alters')} change something. Of ${of('unknown')} more it is not known`,
    ),
    out.slice(0, 600),
  );
  assert.ok(out.lastIndexOf('→ closes something for you') < out.indexOf('\nWhat it means for you is not known\n'));
  assert.equal(out.split('→ closes something for you').length - 1, of('closes'));
  assert.ok(out.length < foothold([...args, '--all']).out.length / 2, 'short enough to be read');
});

test('law: list and show', () => {
  const rows = json<Row[]>(['law', 'list', 'ge', '--kind', 'stay']);
  assert.ok(rows.some((r) => r.id === 'ge/visa-free'));
  assert.ok(rows.every((r) => r.kind === 'stay' && r.jurisdiction === 'ge'));
  const old = json<Row>(['law', 'show', 'de/blue-card', '--on', '2025-06-01']);
  const salary = (old.params as Record<string, Row>).salaryRegular;
  assert.deepEqual([salary?.value, salary?.since], ['48300 EUR', '2025-01-01']);
});

test('standard input is read for "-", and gives the same answer as the file', () => {
  const text = readFileSync(join(root, file('timur')), 'utf8');
  assert.deepEqual(json(['check', '-', ...ON], text), json(['check', file('timur'), ...ON]));
});

test('plan --one-front: says that everything was looked at, and does not stand beside --strict', () => {
  const { out, code } = foothold(['plan', file('ruslan'), ...ON, '--one-front']);
  assert.equal(code, 0);
  assert.match(out.replace(/\s+/g, ' '), /Everything was looked at: in no country is there a plan better than these/);
  assert.equal(json<Row>(['plan', file('ruslan'), ...ON, '--one-front']).complete, true);
  const both = foothold(['plan', file('ruslan'), ...ON, '--one-front', '--strict']);
  assert.equal(both.code, 2);
  assert.match(both.err, /--strict and --one-front cannot stand together/);
});
