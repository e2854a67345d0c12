/** What a month adds to the savings is asked where the savings are: it decides no route, but later days of plans are reckoned by it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadLaw } from '../../src/cli/law-files.ts';
import { handlers } from '../../src/web/engine/answer-calls.ts';
import type { Answers } from '../../src/web/state/answers.ts';

const book = await loadLaw();
const here: Answers = {
  'now.country': { k: 'value', v: 'ge' },
  'now.since': { k: 'value', v: '2026-08-01' },
  'now.status': { k: 'value', v: 'ge/visa-free' },
  stays: { k: 'value', v: [] },
  statuses: { k: 'value', v: [] },
  'person.citizenships': { k: 'value', v: ['ru'] },
};
const told = { savings: { k: 'value', v: '9000 EUR' } } as const satisfies Answers;
const ask = (answers: Answers) => ({ answers, on: '2026-11-27', lang: 'en' }) as const;
const asked = async (answers: Answers): Promise<string[]> => {
  const r = await handlers.overview(book, ask(answers));
  assert.ok(r.ok);
  return r.value.ask.map((x) => x.fact);
};

test('it comes next once savings are told, and only then', async () => {
  assert.ok(!(await asked(here)).includes('savingsMonth'), 'nothing to reckon without savings');
  assert.ok(!(await asked({ ...here, savings: { k: 'unknown' } as Answers[string] })).includes('savingsMonth'));
  assert.equal((await asked({ ...here, ...told }))[0], 'savingsMonth');
  const done = await asked({ ...here, ...told, savingsMonth: { k: 'value', v: '-400 EUR' } });
  assert.ok(!done.includes('savingsMonth'));
});

test('until when one may stay is asked before it', async () => {
  const order = await asked({ ...told, 'now.country': { k: 'value', v: 'ge' } });
  assert.ok(order.includes('savingsMonth'));
  for (const fact of ['now.since', 'now.status']) assert.ok(order.indexOf(fact) < order.indexOf('savingsMonth'), fact);
  assert.ok(order.indexOf('savingsMonth') <= 3, order.slice(0, 5).join());
});

test('it is a sum a month that may be less than zero, and its answer is not called idle', async () => {
  const q = await handlers.question(book, { ...ask(here), fact: 'savingsMonth' });
  assert.equal(q?.field?.kind, 'money');
  assert.ok((q?.field?.range?.min ?? 0) < 0);
  const rows = async (answers: Answers) => (await handlers.summary(book, ask(answers))).rows;
  const month = { savingsMonth: { k: 'value', v: '-400 EUR' } } as const satisfies Answers;
  const row = (await rows({ ...here, ...told, ...month })).find((r) => r.fact === 'savingsMonth');
  assert.ok(row && row.matters === undefined, JSON.stringify(row));
  const alone = (await rows({ ...here, ...month })).find((r) => r.fact === 'savingsMonth');
  assert.equal(alone?.matters, 0);
});
