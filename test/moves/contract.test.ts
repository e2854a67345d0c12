/** A permit given for a contract runs no longer than the contract that was told of. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { legTerms, reasonSentence } from '../../src/answers/leg-words.ts';
import type { WalkedLeg } from '../../src/answers/plan-legs.ts';
import { formatDay, parseDay } from '../../src/calendar/civil.ts';
import type { Because } from '../../src/check/because.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import type { Provision } from '../../src/law/types.ts';
import { grant } from '../../src/moves/moves.ts';
import { readPerson } from '../../src/person/file.ts';
import { situationOf } from '../../src/person/situation.ts';

const book = await loadLaw();
const on = parseDay('2027-01-26') as number;
const route = book.provisions.get('fr/talent-researcher') as Provision;
const someone = (offers: string) =>
  situationOf(
    readPerson(
      'x.yaml',
      `name: X\nperson: {born: 1981-11-29, citizenships: [ru]}\nnow: {country: am, since: 2026-07-15, status: am/visa-free}\noffers: ${offers}\n`,
      book.schema,
    ).person as never,
    on,
  );
const ends = (offers: string) => {
  const to = grant(book, someone(offers), route, on, undefined, false).holdings?.at(-1)?.to;
  return to === undefined ? undefined : formatDay(to);
};

describe('a permit for a contract', () => {
  it('ends with a contract that is shorter than the law allows', () => {
    assert.equal(ends('[{country: fr, months: 24}]'), '2029-01-25');
    assert.equal(ends('[{country: fr, months: 48}]'), '2031-01-25');
  });
  it('runs as long as the law allows with a longer contract, one without an end told, one elsewhere, or none', () => {
    for (const offers of ['[{country: fr, months: 60}]', '[{country: fr}]', '[{country: de, months: 12}]', '[]'])
      assert.equal(ends(offers), '2031-01-25');
    assert.equal(ends('[{country: fr, months: 24}, {country: fr}]'), '2031-01-25');
  });
});

describe('a permit that runs differently', () => {
  const nomad = book.provisions.get('es/digital-nomad') as Provision;
  const to = (inCountry: boolean, held: boolean) => {
    const s = someone('[]');
    const holdings = held ? [{ status: nomad.id, country: 'es', from: on - 300, to: on + 60 }] : [];
    const last = grant(book, { ...s, holdings }, nomad, on, undefined, inCountry).holdings?.at(-1)?.to;
    return last === undefined ? undefined : formatDay(last);
  };
  it('from a consulate, in the country, and renewed', () => {
    assert.equal(to(false, false), '2028-01-25');
    assert.equal(to(true, false), '2030-01-25');
    assert.equal(to(true, true), '2029-01-25');
  });
});

describe('what a leg says', () => {
  const because = (id: string): Because => ({
    id,
    outcome: 'yes',
    says: { en: `The clause ${id}`, ru: `Условие ${id}` },
    source: [],
    urls: [],
    role: 'requires',
  });
  it('what was not told is no reason why something is open', () => {
    assert.equal(
      reasonSentence([because('a'), because('b')], 'en', new Set(['b'])),
      'Why it is open: the clause a. Only if this is so by then, which nothing you told shows: the clause b.',
    );
    assert.doesNotMatch(reasonSentence([because('b')], 'ru', new Set(['b'])) ?? '', /Почему/);
    assert.equal(reasonSentence([], 'en'), undefined);
  });
  it('whoever leaves while a consulate there decides is told that it may hold the passport', () => {
    const pending = {
      route: route.id,
      filed: on,
      place: 'am',
      inCountry: false,
      decided: on + 60,
      granted: true,
    } as never;
    const before = { ...someone('[]'), pending: [pending] };
    const after = { ...before, place: 'ge' };
    const leg = { kind: 'enter', day: on, country: 'ge', under: 'ge/visa-free' };
    const words = (b: object, a: object) =>
      legTerms(book, { leg, before: b, after: a, provision: undefined } as unknown as WalkedLeg, 'en').join(' ');
    assert.match(words(before, after), /may keep the passport/);
    assert.doesNotMatch(words({ ...before, place: 'tr' }, after), /may keep the passport/);
    assert.doesNotMatch(words({ ...before, pending: [] }, { ...after, pending: [] }), /may keep the passport/);
  });
});
