/** The filters of routes, on the routes of the example person: each shows what it says and nothing of which it is not known. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { readBook, statusTerms } from '../../src/law/book.ts';
import { handlers } from '../../src/web/engine/answer-calls.ts';
import { readFiles } from '../../src/web/engine/person-files.ts';
import { passes } from '../../src/web/state/filter.ts';
import { NO_FILTER, type RouteFilter } from '../../src/web/state/reducer.ts';
import { built, PEOPLE, ROOT } from './built.ts';

test('routes by country, answer, cost, time and work', async () => {
  await built();
  const book = readBook(readFileSync(join(ROOT, 'dist', 'law.json'), 'utf8'));
  const files = PEOPLE.map((p) => ({ name: basename(p), text: readFileSync(p, 'utf8') }));
  const read = readFiles(book, files, 'irina.yaml');
  assert.ok(read.ok);
  const answer = await handlers.routes(book, {
    answers: read.answers,
    members: read.origin.members,
    on: '2026-11-23',
    lang: 'en',
  });
  assert.ok(answer.ok);
  const rows = answer.value;
  const shown = (f: Partial<RouteFilter>) => rows.filter((r) => passes(r, { ...NO_FILTER, ...f }));
  assert.equal(shown({}).length, rows.length);
  const some = (f: Partial<RouteFilter>) => {
    const list = shown(f);
    assert.ok(list.length > 0 && list.length < rows.length, JSON.stringify(f));
    return list;
  };
  for (const r of some({ country: 'de' })) assert.equal(r.id.split('/')[0], 'de');
  for (const r of some({ outcome: 'unknown' })) assert.equal(r.outcome, 'unknown');
  // Each limit lets through what is known to be within it; a wider one at least the same.
  for (const [name, known] of [
    ['fee', (r: (typeof rows)[number]) => r.feeEur],
    ['days', (r: (typeof rows)[number]) => r.days],
  ] as const)
    for (const [less, more] of [
      [31, 93],
      [93, 250],
    ] as const) {
      const [few, many] = [some({ [name]: less }), some({ [name]: more })];
      for (const r of few) assert.ok((known(r) ?? Number.POSITIVE_INFINITY) <= less, `${name} ${r.id}`);
      assert.ok(few.length < many.length && few.every((r) => many.includes(r)), name);
      const left = rows.filter((r) => !many.includes(r));
      for (const r of left) assert.ok((known(r) ?? Number.POSITIVE_INFINITY) > more, `${name} ${r.id}`);
    }
  const work = some({ work: true });
  for (const r of rows) {
    const status = book.provisions.get(r.id)?.grants?.status;
    const right = status ? statusTerms(book, status)?.terms.rights?.work : undefined;
    assert.equal(work.includes(r), right !== undefined && !['none', 'unknown'].includes(right), `${r.id}: ${right}`);
  }
  for (const r of some({ country: 'de', work: true, days: 184 }))
    assert.ok(work.includes(r) && r.jurisdiction === 'de' && (r.days ?? 999) <= 184);
});
