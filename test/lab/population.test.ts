import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readAnswers } from '../../src/lab/answers.ts';
import { readFigures } from '../../src/lab/figures.ts';
import { synthesise } from '../../src/lab/population.ts';
import { readPopulation } from '../../src/lab/population-file.ts';
import { rake } from '../../src/lab/rake.ts';
import { readSubgroups } from '../../src/lab/subgroups.ts';
import { book, figures, jurisdictions, labText, model, problemsOf, subgroups } from '../support/lab.ts';

describe('raking', () => {
  it('fits two margins of a small table and keeps its odds ratio', () => {
    // Seed 1 2 / 3 4, rows to 30 and 70, columns to 40 and 60.
    const w = Float64Array.of(1, 2, 3, 4);
    const rows = { id: 'rows', groups: Uint8Array.of(0, 0, 1, 1), targets: Float64Array.of(30, 70) };
    const cols = { id: 'columns', groups: Uint8Array.of(0, 1, 0, 1), targets: Float64Array.of(40, 60) };
    const r = rake(w, [rows, cols], 1e-12);
    assert.ok(r.converged);
    const [a, b, c, d] = w as unknown as [number, number, number, number];
    assert.ok(Math.abs(a + b - 30) < 1e-8 && Math.abs(a + c - 40) < 1e-8);
    assert.ok(Math.abs((a * d) / (b * c) - (1 * 4) / (2 * 3)) < 1e-9);
  });
  it('names the margin whose group has no cell, and the one that cannot be fitted', () => {
    const none = rake(Float64Array.of(1, 1), [
      { id: 'm', groups: Uint8Array.of(0, 0), targets: Float64Array.of(1, 1) },
    ]);
    assert.deepEqual(none.empty, [{ id: 'm', group: 1 }]);
    assert.equal(none.converged, false);
    const clash = rake(Float64Array.of(1, 1), [
      { id: 'a', groups: Uint8Array.of(0, 1), targets: Float64Array.of(1, 1) },
      { id: 'b', groups: Uint8Array.of(0, 1), targets: Float64Array.of(0.5, 1.5) },
    ]);
    assert.equal(clash.converged, false);
    assert.equal(clash.worst.find((x) => x.off > 0.1)?.id, 'a');
  });
});

describe('the population', () => {
  const s = synthesise(model, 8000, 7);
  it('fits every margin to a ten-thousandth, and adds up to the total', () => {
    assert.ok(s.fit.raked.converged, JSON.stringify(s.fit.raked.empty));
    for (const m of s.fit.margins) assert.ok(Math.abs(m.target - m.reached) < 1e-4, `${m.id} ${m.group}`);
    assert.ok(Math.abs(s.weights.reduce((a, b) => a + b, 0) - model.total) < 1e-3);
    assert.ok(s.weights.every((w) => w > 0 && Number.isFinite(w)));
    assert.ok(s.fit.designEffect < 2, String(s.fit.designEffect));
  });
  it('is the same for a seed, byte by byte, and another for another', () => {
    const again = synthesise(model, 8000, 7);
    assert.deepEqual(Buffer.from(again.weights.buffer), Buffer.from(s.weights.buffer));
    assert.deepEqual(again.codes, s.codes);
    assert.notDeepEqual(synthesise(model, 8000, 8).codes, s.codes);
  });
  it('holds nobody that an association forbids', () => {
    const at = (a: string, c: string) => {
      const k = model.byId.get(a) as number;
      const code = model.attributes[k]?.index.get(c);
      return (i: number) => s.codes[k]?.[i] === code;
    };
    const [woman, deserter, internal, germany] = [
      at('sex', 'female'),
      at('military', 'deserter'),
      at('passport', 'internal'),
      at('host', 'de'),
    ];
    for (let i = 0; i < s.n; i++) {
      assert.ok(!(woman(i) && deserter(i)));
      assert.ok(!(internal(i) && germany(i)));
    }
  });
});

describe('the data of the diaspora', () => {
  it('has at least fourteen subgroups', () => assert.ok(subgroups.length >= 14));
  const population = (from: string | RegExp, to: string) => () =>
    readPopulation(labText('diaspora/population.yaml', from, to), book.schema, figures);
  const WRONG: readonly [string, () => unknown, RegExp][] = [
    [
      'two margins of one attribute that contradict each other',
      population('18-24|25-34|35-44: 0.86, 45-59|60+: 0.14', '18-24|25-34|35-44: 0.7, 45-59|60+: 0.3'),
      /"18-24\|25-34\|35-44" is 0\.700 in the margin "under-45" and 0\.860 in "age"/,
    ],
    [
      'shares that do not add up',
      population('female: 0.5, male: 0.5}}\n  - {id: under', 'female: 0.6, male: 0.5}}\n  - {id: under'),
      /shares of "sex" that add up to 1\.1/,
    ],
    [
      'a negative share',
      population('{none: 0.96, host: 0.04}', '{none: 1.04, host: -0.04}'),
      /-0\.04 \/ a share: a number from 0 to 1/,
    ],
    [
      'a category nobody declared',
      population('shares: {none: 0.96, host: 0.04}', 'shares: {none: 0.96, hots: 0.04}'),
      /"hots" \/ categories of study/,
    ],
    ['a missing category', population('shares: {none: 0.96, host: 0.04}', 'shares: {none: 1}'), /no share for "host"/],
    [
      'a fact that no rule asks about',
      population('work.occupation: pensioner', 'work.ocupation: pensioner'),
      /the fact "work\.ocupation"/,
    ],
    ['a number that rests on nothing', population('figure: men-women, ', ''), /a number that rests on nothing/],
    ['a margin fitted to a claim', population('figure: men-women', 'figure: forest-requests'), /quality D/],
    ['a figure nobody declared', population('figure: men-women', 'figure: men'), /the figure "men"/],
    [
      'an association from a later attribute',
      population('{when: {passport: [expired]}, attribute: consulate', '{when: {study: [host]}, attribute: consulate'),
      /"study" \/ an attribute written before/,
    ],
    ['a misspelt key', population('othersNo: ancestry', 'otherNo: ancestry'), /the key "otherNo"/],
    [
      'a figure without a source',
      () => readFigures(labText('diaspora/figures.yaml', 'use: fit, source: ranepa, note', 'use: fit, note')),
      /no source/,
    ],
    [
      'a source without the day it was read',
      () =>
        readFigures(
          labText('diaspora/figures.yaml', /(publisher: Re:Russia, date: 2023-07-28), read: 2026-11-23/, '$1'),
        ),
      /nothing \/ read/,
    ],
    [
      'a value outside its range',
      () =>
        readFigures(labText('diaspora/figures.yaml', 'value: 800000, range: [650000', 'value: 600000, range: [650000')),
      /600000 outside 650000/,
    ],
    [
      'a claim used for fitting',
      () =>
        readFigures(
          labText(
            'diaspora/figures.yaml',
            'quality: D, use: show, source: finion',
            'quality: D, use: fit, source: finion',
          ),
        ),
      /a claim \(quality D\) used to fit/,
    ],
    [
      'a subgroup with a misspelt fact',
      () =>
        readSubgroups(
          labText('diaspora/subgroups.yaml', 'when: exposure.deserter', 'when: exposure.desertr'),
          book.schema,
        ),
      /exposure\.desertr/,
    ],
    [
      'a subgroup with a code that does not exist',
      () =>
        readSubgroups(labText('diaspora/subgroups.yaml', 'f.relation = "child"', 'f.relation = "kid"'), book.schema),
      /kid/,
    ],
    [
      'an answer about no fact',
      () =>
        readAnswers(
          labText('diaspora/answers.yaml', 'fact: de.shortageOccupation', 'fact: de.shortage'),
          book.schema,
          figures,
          jurisdictions,
        ),
      /the fact "de\.shortage"/,
    ],
  ];
  for (const [name, read, says] of WRONG)
    it(`refuses ${name}, with its line`, () => {
      const problems = problemsOf(read);
      assert.ok(
        problems.some((p) => says.test(p)),
        problems.join('\n') || 'nothing was refused',
      );
      assert.ok(problems.every((p) => Number.parseInt(p, 10) >= 1));
    });
  it('passes over answers about a country that this law does not have', () => {
    const without = new Set([...jurisdictions].filter((j) => j !== 'kz'));
    const schema = { ...book.schema, facts: new Map([...book.schema.facts].filter(([k]) => !k.startsWith('kz.'))) };
    assert.doesNotThrow(() => readAnswers(labText('diaspora/answers.yaml'), schema, figures, without));
  });
});
