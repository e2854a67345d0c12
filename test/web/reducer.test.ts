import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type Answer,
  type Answers,
  answersOf,
  answerTo,
  type Entry,
  personObject,
  withAnswer,
  withoutAnswers,
} from '../../src/web/state/answers.ts';
import { reduce, type State, type Step, shown, startState } from '../../src/web/state/reducer.ts';

const FACTS = [
  'person.born',
  'now.country',
  'savings',
  'stays',
  'documents',
  'passport.kind',
  'passport.expires',
  'work.remote',
];

const values: Readonly<Record<string, fc.Arbitrary<Answer>>> = {
  documents: list(
    fc.record({ kind: fc.constantFrom('passport', 'internal-passport') }, { requiredKeys: [], noNullPrototype: true }),
  ),
  stays: list(
    fc.record({ country: fc.constantFrom('ge', 'am'), from: fc.constant('2026-01-01') }, { noNullPrototype: true }),
  ),
};
function list(entry: fc.Arbitrary<object>): fc.Arbitrary<Answer> {
  return fc.array(entry, { maxLength: 2 }).map((v) => ({ k: 'value', v: v as Entry[] }));
}
const anAnswer = (fact: string): fc.Arbitrary<Answer> =>
  fc.oneof(
    values[fact] ?? fc.constantFrom('a', 'b', 'c').map((v): Answer => ({ k: 'value', v })),
    fc.constant<Answer>({ k: 'unknown' }),
    fc.constant<Answer>({ k: 'withheld' }),
  );
const fact = fc.constantFrom(...FACTS);
const walk: fc.Arbitrary<Step> = fc.oneof(
  fact.map((f): Step => ({ t: 'go', screen: { s: 'ask', fact: f } })),
  fc.constantFrom<Step>({ t: 'go', screen: { s: 'stand' } }, { t: 'go', screen: { s: 'summary' } }),
  fact.map((f): Step => ({ t: 'turn', screen: { s: 'ask', fact: f } })),
  fc.integer({ min: -3, max: 30 }).map((at): Step => ({ t: 'at', at })),
  fact.map((f): Step => ({ t: 'blank', fact: f })),
  fc.tuple(fact, fc.string()).map(([f, draft]): Step => ({ t: 'draft', fact: f, draft: { text: draft } })),
  fc.constantFrom<Step>({ t: 'lang', lang: 'ru' }, { t: 'lang', lang: 'en' }),
  fc.constantFrom<Step>({ t: 'goal', goal: { kind: 'citizenship' } }, { t: 'avoid', country: 'kz', on: true }),
);
const answering: fc.Arbitrary<Step> = fact.chain((f) =>
  anAnswer(f).map((answer): Step => ({ t: 'answer', fact: f, answer })),
);

const all = (steps: readonly Step[], from: State = startState('en')): State => steps.reduce(reduce, from);

test('going anywhere, back, forth and on with a blank never takes an answer away', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(walk, answering), { maxLength: 60 }),
      fc.array(walk, { maxLength: 40 }),
      (before, after) => {
        const state = all(before);
        assert.deepEqual(all(after, state).answers, state.answers);
      },
    ),
  );
});

test('every fact has the answer given to it last, whatever was done between', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(walk, answering), { maxLength: 80 }), (steps) => {
      const state = all(steps);
      for (const f of ['person.born', 'now.country', 'savings', 'stays', 'work.remote']) {
        const last = steps.findLast((s) => s.t === 'answer' && s.fact === f);
        assert.deepEqual(answerTo(state.answers, f), last?.t === 'answer' ? last.answer : undefined);
      }
    }),
  );
});

test('a field of the document has the answer given to it last, or what the list of documents said since', () => {
  fc.assert(
    fc.property(fc.array(answering, { maxLength: 40 }), (steps) => {
      const state = all(steps);
      const last = steps.findLast((s) => s.t === 'answer' && (s.fact === 'passport.expires' || s.fact === 'documents'));
      if (last?.t !== 'answer' || last.fact !== 'passport.expires') return;
      assert.deepEqual(answerTo(state.answers, 'passport.expires'), last.answer);
    }),
  );
});

test('what was typed is there again after going back and forth, until it is given as an answer', () => {
  fc.assert(
    fc.property(fc.array(walk, { maxLength: 30 }), fc.string(), (steps, text) => {
      const quiet = steps.filter((s) => s.t !== 'draft');
      const state = all(quiet, all([{ t: 'draft', fact: 'savings', draft: { text } }]));
      assert.deepEqual(state.drafts.savings, { text });
      const given = reduce(state, { t: 'answer', fact: 'savings', answer: { k: 'value', v: '1 EUR' } });
      assert.equal(given.drafts.savings, undefined);
    }),
  );
});

test('the trail always shows a screen; back from one screen and forth again is that screen', () => {
  fc.assert(
    fc.property(fc.array(walk, { maxLength: 60 }), (steps) => {
      const state = all(steps);
      assert.ok(shown(state));
      const gone = reduce(state, { t: 'go', screen: { s: 'about' } });
      if (gone === state) return;
      const back = reduce(gone, { t: 'at', at: gone.at - 1 });
      assert.deepEqual(shown(back), shown(state));
      assert.deepEqual(shown(reduce(back, { t: 'at', at: back.at + 1 })), { s: 'about' });
    }),
  );
});

test('removing takes away what it names and nothing else; erasing and locking take all', () => {
  fc.assert(
    fc.property(fc.array(answering, { maxLength: 30 }), fact, (steps, gone) => {
      const state = all(steps);
      const left = withoutAnswers(state.answers, [gone]);
      assert.equal(answerTo(left, gone), undefined);
      for (const f of FACTS) {
        // The list of documents holds its fields, and the other way round.
        const kin = [f, gone].some((x) => x === 'documents') && [f, gone].some((x) => x.startsWith('passport.'));
        const same = f.startsWith('passport.') && gone.startsWith('passport.');
        if (f !== gone && !kin && !same) assert.deepEqual(answerTo(left, f), answerTo(state.answers, f));
      }
      for (const t of ['erase', 'lock'] as const) assert.deepEqual(reduce(state, { t }).answers, {});
    }),
  );
});

test('a case written as a person file and read again is the same, but for what was rather not said', () => {
  const facts = new Set(FACTS.filter((f) => !f.startsWith('passport.')));
  fc.assert(
    fc.property(fc.array(answering, { maxLength: 30 }), (steps) => {
      const { answers } = all(steps);
      const again = answersOf(personObject(answers), facts);
      const expected: Record<string, Answer> = {};
      for (const [f, a] of Object.entries(answers))
        if (facts.has(f)) expected[f] = a.k === 'withheld' ? { k: 'unknown' } : a;
      assert.deepEqual(again, expected);
    }),
  );
});

test('that a field of a document is not known makes no document of none', () => {
  const answers: Answers = withAnswer({}, 'passport.kind', { k: 'unknown' });
  assert.deepEqual(personObject(answers), {});
  const known = withAnswer(answers, 'passport.kind', { k: 'value', v: 'passport' });
  assert.deepEqual(personObject(known), { documents: [{ kind: 'passport' }] });
  assert.deepEqual(personObject(withAnswer(known, 'passport.kind', { k: 'withheld' })), { documents: [{}] });
});
