/** The permit that people get together the papers for: what the law leaves open to somebody of whom nothing is known. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseDay } from '../../src/calendar/civil.ts';
import { commonPermit } from '../../src/lab/common.ts';
import { homesOf } from '../../src/lab/homes.ts';
import { neutral } from '../../src/lab/month.ts';
import type { LawBook } from '../../src/law/book.ts';
import { applyPatch, readPatch } from '../../src/law/patch.ts';
import { stayRulesFor } from '../../src/moves/lawful.ts';
import { book, peopleOf } from '../support/lab.ts';

const people = peopleOf(100, 1);
const on = (law: LawBook, host: string, day: string): string | undefined => {
  const d = parseDay(day) as number;
  const homes = homesOf(law, d).filter((h) => h.route.jurisdiction === host);
  const rule = stayRulesFor(law, host, d)[0];
  const visitor = neutral(people, d, { place: host, since: d, ...(rule ? { under: rule.id } : {}), holdings: [] });
  return homes[commonPermit(law, homes, visitor, d)]?.route.id;
};

describe('the permit that papers open', () => {
  it('rests on a job, a company or a place to study, and leads on where one does', () => {
    assert.equal(on(book, 'am', '2022-06-01'), 'am/eaeu-certificate');
    assert.equal(on(book, 'ge', '2022-06-01'), 'ge/work-residence');
    assert.equal(on(book, 'me', '2022-06-01'), 'me/residence-company');
  });
  it('is none where it cannot be filed in the country, or where the law shuts it to all Russians', () => {
    for (const host of ['de', 'lv', 'us']) assert.equal(on(book, host, '2024-06-01'), undefined, host);
  });
  it('is another, or none, when a scenario closes it', () => {
    const shut = applyPatch(
      book,
      readPatch(
        's.yaml',
        'title: {en: x, ru: x}\nwhy: {en: x, ru: x}\nchanges: [{close: am/eaeu-certificate, from: 2023-01-01}]\n',
        book,
      ),
    );
    assert.equal(on(shut, 'am', '2022-12-01'), 'am/eaeu-certificate');
    assert.equal(on(shut, 'am', '2023-02-01'), 'am/temporary-business');
  });
});
