/** The pressure log: entries as people write them, the chain, and what leaves. Everything here is invented. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { renderProblem } from '../../src/law/problems.ts';
import { append, firstBroken } from '../../src/protect/log/chain.ts';
import { fieldsIn, logHtml, logJson, STRIKEABLE, withoutFields } from '../../src/protect/log/export.ts';
import { ENTRY_EXAMPLE, readEntry } from '../../src/protect/log/read-entry.ts';
import { type Entry, KINDS, LogError, type Logged } from '../../src/protect/log/types.ts';

const SUM = 'ab'.repeat(32);
const GOOD = ENTRY_EXAMPLE.replace('<64 letters>', SUM);
const NOW = '2026-11-27 14:05';

describe('an entry', () => {
  it('is read as it was written', () => {
    const { entry, problems } = readEntry('e', GOOD);
    assert.deepEqual(problems, []);
    assert.deepEqual(entry, {
      when: '2026-11-03',
      kinds: ['contact', 'threat'],
      saw: 'A message from a number I do not know, at night.',
      country: 'ge',
      channel: 'messenger',
      words: 'We know where your mother lives.',
      infer: 'They have my new number.',
      witnesses: ['A. K.'],
      evidence: [{ name: 'screenshot.png', sha256: SUM, kept: 'my other phone' }],
      told: [{ whom: 'lawyer', when: '2026-11-04' }],
    });
  });
  for (const when of ['2026-11-03', '2026-11', '2026', 'unknown'])
    it(`a day as well as it is known: ${when}`, () =>
      assert.equal(readEntry('e', GOOD.replace('when: 2026-11-03', `when: ${when}`)).entry?.when, when));

  const wrong: readonly (readonly [string, string, RegExp])[] = [
    [
      'an impossible day',
      GOOD.replace('when: 2026-11-03', 'when: 2026-02-30'),
      /e:1:\d+ {2}"2026-02-30" for `when`[\s\S]*2026-11/,
    ],
    ['an unknown kind', GOOD.replace('threat]', 'thread]'), /"thread" for `kinds`[\s\S]*did you mean `threat`/],
    ['no kind', GOOD.replace('[contact, threat]', '[]'), /no `kinds`/],
    ['nothing seen', GOOD.replace(/^saw.*$/m, ''), /no `saw`/],
    ['an unknown field', `${GOOD}\nwitneses: x\n`, /the field `witneses`[\s\S]*did you mean `witnesses`/],
    ['a digest cut short', GOOD.replace(SUM, 'abc'), /64 letters/],
    ['a country in words', GOOD.replace('country: ge', 'country: Georgia'), /two small letters/],
    ['no fields at all', 'just words', /an entry of the log/],
    ['no YAML', 'when: [', /./],
  ];
  for (const [name, text, says] of wrong)
    it(`${name} is refused in words`, () => {
      const r = readEntry('e', text);
      assert.equal(r.entry, undefined);
      assert.match(r.problems.map(renderProblem).join('\n'), says);
    });

  it('any text is an entry or is refused, never a fall', () => {
    fc.assert(
      fc.property(fc.nat(GOOD.length), fc.nat(30), fc.string({ unit: 'binary', maxLength: 8 }), (at, gone, put) => {
        const r = readEntry('e', GOOD.slice(0, at) + put + GOOD.slice(at + gone));
        assert.ok(r.entry !== undefined || r.problems.length > 0);
      }),
      { numRuns: 2_000 },
    );
  });
});

const entry: fc.Arbitrary<Entry> = fc.record(
  {
    when: fc.constantFrom('2026-11-03', '2026', 'unknown'),
    kinds: fc.constantFrom(['contact'] as const, ['threat', 'family'] as const),
    saw: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
    words: fc.string({ maxLength: 20 }),
    witnesses: fc.array(fc.string({ maxLength: 3 }), { minLength: 1, maxLength: 2 }),
    told: fc.constant([{ whom: 'lawyer', when: '2026-11-04' }]),
  },
  { requiredKeys: ['when', 'kinds', 'saw'] },
) as fc.Arbitrary<Entry>;

async function logOf(entries: readonly Entry[]): Promise<Logged[]> {
  let log: Logged[] = [];
  for (const e of entries) log = await append(log, e, NOW);
  return log;
}

describe('the chain', () => {
  it('is whole after any entries, also through JSON', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 6 }), async (entries) => {
        const log = await logOf(entries);
        assert.equal(await firstBroken(JSON.parse(JSON.stringify(log))), undefined);
        assert.deepEqual(
          log.map((e) => e.number),
          entries.map((_, i) => i + 1),
        );
      }),
      { numRuns: 60 },
    );
  });
  it('shows any change, removal or other order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(entry, { minLength: 2, maxLength: 5 }),
        fc.nat(),
        fc.constantFrom('word', 'gone', 'order', 'time'),
        async (entries, n, harm) => {
          const log = (await logOf(entries)).map((e) => ({ ...e }));
          const at = n % log.length;
          const e = log[at] as Logged;
          if (harm === 'word') log[at] = { ...e, saw: `${e.saw}!` };
          else if (harm === 'time') log[at] = { ...e, written: '2026-01-01 00:00' };
          else if (harm === 'gone') {
            if (at === log.length - 1) return; // The last one gone cannot show: the counter of the vault does that.
            log.splice(at, 1);
          } else {
            const other = (at + 1) % log.length;
            [log[at], log[other]] = [log[other] as Logged, e];
          }
          assert.notEqual(await firstBroken(log), undefined, harm);
          await assert.rejects(append(log, entries[0] as Entry, NOW), LogError);
        },
      ),
      { numRuns: 80 },
    );
  });
  it('a correction names an entry that is there; the first stays', async () => {
    const [first] = fc.sample(entry, 1) as [Entry];
    const log = await logOf([first]);
    assert.equal((await append(log, { ...first, corrects: 1 }, NOW)).length, 2);
    await assert.rejects(append(log, { ...first, corrects: 5 }, NOW), /no entry 5/);
  });
});

describe('what leaves', () => {
  const full: Entry = {
    ...(readEntry('e', GOOD).entry as Entry),
    place: 'a café',
    by: 'an officer',
    effect: 'no sleep <script>',
  };
  it('every field is named before it does; what is struck out is in neither form', async () => {
    const log = await logOf([full]);
    for (const field of STRIKEABLE) {
      assert.ok(fieldsIn(log).includes(field), field);
      const leaving = withoutFields(log, [field]);
      const value = full[field];
      const marks =
        typeof value === 'string' ? [value] : (JSON.stringify(value).match(/A\. K\.|screenshot\.png|lawyer/g) ?? []);
      const html = logHtml(leaving, [field], NOW, 'en', (c) => (c === 'ge' ? 'Sakartvelo' : c));
      for (const m of [...marks, ...(field === 'country' ? ['Sakartvelo'] : [])]) {
        if (m === 'ge' || m === 'messenger') continue;
        assert.equal(html.includes(m), false, `${m} is in the page`);
        assert.equal(
          JSON.stringify(JSON.parse(logJson(leaving, [field], NOW)).entries).includes(m),
          false,
          `${m} is in the file`,
        );
      }
      assert.ok(!fieldsIn(leaving).includes(field));
    }
  });
  it('the page holds no script, address or picture, and quotes what people wrote', async () => {
    for (const lang of ['en', 'ru'] as const) {
      const html = logHtml(await logOf([full, { ...full, when: '2025' }]), [], NOW, lang, (c) => c);
      assert.doesNotMatch(html, /<script|<img|https?:|<link/);
      assert.match(html, /no sleep &lt;script&gt;/);
      assert.ok(html.indexOf('2025') < html.indexOf('2026-11-03'), 'by the days told, not by the order written');
    }
  });
  it('every kind has words in both languages', () => {
    for (const k of Object.values(KINDS)) assert.ok(k.en && /[а-я]/i.test(k.ru));
  });
});
