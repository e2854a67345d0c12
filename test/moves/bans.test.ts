/** A country that a person told has banned them is entered by no plan, whatever its own rules here say of bans. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { banWords } from '../../src/answers/ban-words.ts';
import { parseDay } from '../../src/calendar/civil.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import { startOf } from '../../src/moves/claims.ts';
import { moves } from '../../src/moves/moves.ts';
import { Outlook } from '../../src/moves/outlook.ts';
import { readPerson } from '../../src/person/file.ts';
import type { Situation } from '../../src/person/types.ts';
import { searchPlans } from '../../src/plan/search.ts';

const book = await loadLaw();
const on = parseDay('2026-11-27') as number;
const start = (more: string): Situation => {
  const { person } = readPerson(
    'p.yaml',
    `person: {born: 1990-05-05, citizenships: [ru]}
documents: [{kind: passport, country: ru, biometric: yes, issued: 2022-01-01, expires: 2032-01-01}]
now: {country: ge, since: 2026-05-01, status: ge/visa-free}
stays: []
statuses: []
${more}`,
    book.schema,
  );
  assert.ok(person);
  return startOf(book, person, on);
};
const entered = (s: Situation): Set<string> =>
  new Set(moves(book, s, { horizon: on + 30 }).flatMap((m) => (m.kind === 'enter' ? [m.country] : [])));
/** Hosts that let Russians in without a visa, some of whose rules here say nothing of bans. */
const HOSTS = ['am', 'kz', 'kg', 'uz', 'rs', 'ae', 'th', 'mn', 'ar', 'br', 'tr', 'mx'];

describe('entry bans that were told', () => {
  it('close the country, and no other', () => {
    const free = entered(start('entryBans: []'));
    const open = HOSTS.filter((c) => free.has(c));
    assert.ok(open.length >= 8, open.join());
    for (const c of open) {
      const s = start(`entryBans: [${c}]`);
      const banned = entered(s);
      assert.equal(banned.has(c), false, c);
      assert.deepEqual(
        open.filter((x) => x !== c && !banned.has(x)),
        [],
        c,
      );
      assert.deepEqual(new Outlook(book, [], on, on + 30).entries(s, c, on, on + 30, false), [], c);
    }
  });

  it('are closed as well to who holds a permit there', () => {
    const s = start('entryBans: [rs]');
    const held = {
      ...s,
      holdings: [{ status: 'rs/single-permit-self-employment', country: 'rs', from: on - 50, to: on + 300 }],
    };
    assert.equal(entered({ ...held, person: start('entryBans: []').person }).has('rs'), true);
    assert.equal(entered(held).has('rs'), false);
  });

  it('no plan enters them, nor what follows a refusal', () => {
    const bans = ['am', 'rs', 'kg', 'ae'];
    const { plans } = searchPlans(
      book,
      start(`entryBans: [${bans.join(', ')}]`),
      { kind: 'years', years: 1 },
      { most: 150 },
    );
    assert.ok(plans.length > 0);
    for (const p of plans)
      for (const l of p.legs)
        for (const step of [l, ...(l.fallback?.steps ?? [])])
          assert.ok(step.kind !== 'enter' || !bans.includes(step.country));
    // Without the bans the same search enters some of them.
    const free = searchPlans(book, start('entryBans: []'), { kind: 'years', years: 1 }, { most: 150 }).plans;
    assert.ok(free.some((p) => p.legs.some((l) => l.kind === 'enter' && bans.includes(l.country))));
  });

  it('are spoken of', () => {
    assert.match(banWords(book, start('entryBans: [am, rs]'), 'en') ?? '', /\(Armenia, Serbia\): no plan here enters/);
    assert.match(banWords(book, start('entryBans: [am]'), 'ru') ?? '', /\(Армения\): ни один план/);
    assert.equal(banWords(book, start('entryBans: []'), 'en'), undefined);
    assert.equal(banWords(book, start(''), 'en'), undefined);
  });
});
