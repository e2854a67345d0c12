/** Names and numbers of organisations. All are invented, or are the names of large companies in worked examples of spelling. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { List, Organisation } from '../../src/protect/screen/entries.ts';
import { words } from '../../src/protect/screen/fold.ts';
import { isInn, isOgrn, readIdentifier } from '../../src/protect/screen/identifiers.ts';
import { distance, likeness, readName } from '../../src/protect/screen/score.ts';
import { CLOSE, POSSIBLE, Screen } from '../../src/protect/screen/screen.ts';

const score = (a: string, b: string) => likeness(readName(a), readName(b)).score;

describe('numbers', () => {
  it('the control digits of INN and OGRN', () => {
    assert.equal(isInn('7707083893'), true);
    assert.equal(isInn('7707083894'), false);
    assert.equal(isInn('500100732259'), true);
    assert.equal(isInn('500100732258'), false);
    assert.equal(isOgrn('1027700132195'), true);
    assert.equal(isOgrn('1027700132196'), false);
    assert.equal(isOgrn('304500116000157'), true);
    assert.equal(isOgrn('304500116000158'), false);
  });
  it('one digit wrong is never the same kind of number', () => {
    fc.assert(
      fc.property(fc.nat(9), fc.integer({ min: 1, max: 9 }), (at, by) => {
        const inn = '7707083893';
        const wrong = inn.slice(0, at) + ((Number(inn[at]) + by) % 10) + inn.slice(at + 1);
        // The rest by 11 is cut to one digit: two rests share the nought.
        if (isInn(wrong)) assert.ok(wrong !== inn);
        else assert.notEqual(readIdentifier(wrong)?.kind, 'inn');
      }),
    );
  });
});

describe('names', () => {
  it('are folded to one spelling', () => {
    assert.deepEqual(words('Акционерное общество «Щит-7»'), ['aktsionernoe', 'obshchestvo', 'shchit', '7']);
    assert.deepEqual(words('J. P. Morgan & Co.'), ['jp', 'morgan', 'and', 'co']);
    assert.deepEqual(words('Société Générale S.A.'), ['societe', 'generale', 'sa']);
  });

  const same: readonly (readonly [string, string])[] = [
    ['ООО «Вымысел»', 'OOO Vymysel'],
    ['ООО «Вымысел»', 'Limited Liability Company VYMYSEL'],
    ['АО «Щёлковский завод приборов»', 'AO Schelkovsky Zavod Priborov'],
    ['ПАО «Юрюзань-Энерго»', 'Iuriuzan Energo PJSC'],
    ['NPO Iskra Joint Stock Company', 'ОАО НПО «Искра»'],
    ['Vymysel Trading FZE', 'VYMYSEL TRADING F.Z.E.'],
    ['Vanderbilt Corp', 'Van der Bilt Corp'],
    ['ООО "Ромaшкa"', 'ООО "Ромашка"'],
    ['Tactical Missiles Corporation JSC', 'JOINT STOCK COMPANY TACTICAL MISSILES CORPORATION'],
  ];
  for (const [a, b] of same) it(`${a} = ${b}`, () => assert.ok(score(a, b) >= CLOSE, String(score(a, b))));

  const other: readonly (readonly [string, string])[] = [
    ['Завод № 12', 'Завод № 21'],
    ['Банк Север', 'Банк Юг'],
    ['Vymysel Trading', 'Pustota Trading'],
    ['Government of Estonia', 'Government of Ethiopia'],
    ['АНО «Вымысел»', 'ФГУП «Пустота»'],
    ['China State Construction Equipment Corporation', 'Saudi State Construction Corporation'],
  ];
  for (const [a, b] of other)
    it(`${a} ≠ ${b}`, () => assert.ok(score(a, b) < CLOSE && score(a, b) < 0.75, String(score(a, b))));

  it('likeness is between 0 and 1, the same in both directions, and 1 of a name with itself', () => {
    const name = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.constantFrom(...same.flat(), ...other.flat()),
    );
    fc.assert(
      fc.property(name, name, (a, b) => {
        const s = score(a, b);
        assert.ok(s >= 0 && s <= 1 && Number.isFinite(s));
        assert.ok(Math.abs(s - score(b, a)) < 1e-9, `${a} | ${b}: ${s} and ${score(b, a)}`);
        if (readName(a).core.length) assert.ok(score(a, a) > 0.99, `${a}: ${score(a, a)}`);
      }),
      { numRuns: 500 },
    );
  });

  it('distance: against the plain definition', () => {
    const plain = (a: string, b: string): number => {
      const d: number[][] = Array.from({ length: a.length + 1 }, (_, i) =>
        Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
      );
      const at = (i: number, j: number) => (d[i] as number[])[j] as number;
      for (let i = 1; i <= a.length; i++)
        for (let j = 1; j <= b.length; j++) {
          let v = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1));
          if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) v = Math.min(v, at(i - 2, j - 2) + 1);
          (d[i] as number[])[j] = v;
        }
      return at(a.length, b.length);
    };
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
    fc.assert(
      fc.property(word, word, fc.nat(8), (a, b, most) => {
        const true_ = plain(a, b);
        const got = distance(a, b, most);
        if (true_ <= most) assert.equal(got, true_);
        else assert.ok(got > most);
      }),
    );
  });
});

const org = (id: string, names: string[], inn?: string): Organisation => ({
  id,
  names,
  identifiers: inn ? [{ kind: 'inn', value: inn }] : [],
  countries: [],
  programmes: [],
  related: [],
});
const list = (organisations: Organisation[]): List => ({
  format: 'foothold-list/1',
  list: 'ua',
  date: '2026-11-01',
  sha256: '',
  organisations,
  others: 0,
});

describe('an organisation against a list', () => {
  const screen = new Screen([
    list([org('1', ['ООО «Вымысел»'], '7707083893'), org('2', ['Vymysel Trading LLC']), org('3', ['Совсем другое'])]),
  ]);
  it('a number comes first, and names the entry whatever it is called', () => {
    const got = screen.ask({ names: ['Совсем не то'], identifiers: [{ kind: 'inn', value: '7707083893' }] });
    assert.deepEqual(
      got.map((f) => [f.entry.id, f.by]),
      [['1', 'number']],
    );
  });
  it('a name says which words fitted and which did not', () => {
    const got = screen.ask({ names: ['Vymysel'], identifiers: [] });
    assert.deepEqual(
      got.map((f) => f.entry.id),
      ['1', '2'],
    );
    assert.deepEqual(got[1]?.name?.left, ['trading']);
  });
  it('numbers of one kind that differ are told', () => {
    const got = screen.ask({ names: ['Вымысел'], identifiers: [{ kind: 'inn', value: '7736050003' }] });
    assert.equal(got.find((f) => f.entry.id === '1')?.numbersDiffer, true);
    assert.equal(got.find((f) => f.entry.id === '2')?.numbersDiffer, false);
  });

  it('what a full comparison finds, the quick one finds', () => {
    const syllables = [
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
    ];
    let seed = 7;
    const next = (n: number) => {
      seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
      return (seed >>> 8) % n;
    };
    const word = () => Array.from({ length: 2 + next(3) }, () => syllables[next(syllables.length)]).join('');
    const names = Array.from({ length: 3_000 }, () =>
      `${['OOO', 'AO', ''][next(3)]} ${word()} ${next(2) ? word() : ''}`.trim(),
    );
    const big = new Screen([list(names.map((n, i) => org(String(i), [n])))]);
    let asked = 0;
    for (let i = 0; i < 150; i++) {
      const from = names[next(names.length)] as string;
      const at = 3 + next(Math.max(1, from.length - 3));
      const typo = next(3) === 0 ? from : `${from.slice(0, at)}x${from.slice(at + next(2))}`;
      const quick = new Set(big.ask({ names: [typo], identifiers: [] }).map((f) => f.entry.id));
      const name = readName(typo);
      names.forEach((n, id) => {
        const s = likeness(name, readName(n)).score;
        if (s >= CLOSE) {
          asked++;
          assert.ok(quick.has(String(id)), `"${typo}" did not find "${n}" (${s.toFixed(2)})`);
        } else if (s < POSSIBLE) assert.ok(!quick.has(String(id)));
      });
    }
    assert.ok(asked > 100, String(asked));
  });
});

describe('foothold screen', () => {
  const root = join(import.meta.dirname, '..', '..');
  const run = (dir: string, args: string[], input = '') => {
    const r = spawnSync(
      process.execPath,
      [join(root, 'src/cli/main.ts'), 'screen', ...args, '--lists', join(dir, 'lists'), '--lang', 'en'],
      { encoding: 'utf8', input, cwd: dir },
    );
    return { out: r.stdout, err: r.stderr, status: r.status };
  };
  it('takes a list, answers with evidence, and never with a clearance', () => {
    const dir = mkdtempSync(join(tmpdir(), 'screen-'));
    try {
      assert.match(run(dir, ['Vymysel']).err, /nothing to compare with/);
      writeFileSync(
        join(dir, 'ua.json'),
        JSON.stringify([
          { sid: 1, name: 'ООО «Вымысел»', identifiers: [{ id: 'tax:inn', code: '7707083893' }], status: 'active' },
        ]),
      );
      assert.match(run(dir, ['--take', join(dir, 'ua.json')]).out, /Organisations: 1/);
      writeFileSync(join(dir, 'page.html'), '<html>');
      const bad = run(dir, ['--take', join(dir, 'page.html')]);
      assert.equal(bad.status, 1);
      assert.match(bad.err, /web page/);
      const byNumber = JSON.parse(run(dir, ['ООО Что угодно', '7707083893', '--json']).out);
      assert.equal(byNumber.answer, 'listed');
      assert.equal(byNumber.ownershipChecked, false);
      assert.equal(JSON.parse(run(dir, ['-', '--json'], 'OOO Vymysel\n').out).answer, 'possible');
      const none = run(dir, ['Pustota']);
      assert.match(none.out, /This is no clearance/);
      assert.match(none.out, /Not looked at: USA/);
      assert.doesNotMatch(none.out, /\bsafe\b|\bclean\b|\bcleared\b/i);
      assert.match(run(dir, ['7707083894']).err, /control digits/);
      assert.match(run(dir, []).err, /needs the name of an organisation/);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
