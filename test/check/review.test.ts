/** How many must look at a change of the law, and whose look counts. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { approvalsOf, reviewersOf } from '../../scripts/review.ts';
import type { Turn } from '../../src/check/outcomes.ts';
import { counted, reviewersFor } from '../../src/check/review.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import type { LawBook } from '../../src/law/book.ts';
import type { Provision } from '../../src/law/types.ts';

const root = join(import.meta.dirname, '..', '..');
const book = await loadLaw();
const get = (id: string) => book.provisions.get(id) as Provision;
const first = (kind: Provision['kind']) => [...book.provisions.values()].find((p) => p.kind === kind) as Provision;
const withProvision = (p: Provision): LawBook => ({ ...book, provisions: new Map(book.provisions).set(p.id, p) });
const without = (id: string): LawBook => {
  const provisions = new Map(book.provisions);
  provisions.delete(id);
  return { ...book, provisions };
};
const why = (after: LawBook, found: readonly Turn[] = [], before = book) => {
  const n = reviewersFor(before, after, found);
  return [n.reviewers, ...n.reasons.map((r) => r.why)];
};
const turn = (asked: string, from: string, to: string): Turn => ({ asked, before: from, after: to, who: ['a'] });
const card = get('de/blue-card');

describe('how many must look', () => {
  it('nobody where the law is the same; one where only words or newer evidence changed', () => {
    assert.deepEqual(why(book), [0]);
    assert.deepEqual(why(withProvision({ ...card, title: { ...card.title, en: 'Another title' } })), [1]);
    assert.deepEqual(why(withProvision({ ...card, notes: [] })), [1]);
    const read = { ...card.verified, on: card.verified.on + 30 };
    assert.deepEqual(why(withProvision({ ...card, expires: card.expires + 30, verified: read })), [1]);
    assert.deepEqual(why(withProvision({ ...card, expires: card.expires - 30 })), [1]);
  });
  it('two where answers are trusted longer on the same evidence, or the evidence is called better', () => {
    assert.deepEqual(why(withProvision({ ...card, expires: card.expires + 1 })), [2, 'trusted-longer']);
    const doubted = { ...card, verified: { ...card.verified, confidence: 'secondary' as const } };
    const sure = { ...card, verified: { ...card.verified, confidence: 'official' as const } };
    assert.deepEqual(why(withProvision(sure), [], withProvision(doubted)), [2, 'surer']);
    assert.deepEqual(why(withProvision(doubted), [], withProvision(sure)), [1]);
  });
  it('two where a danger, a ban or a rule on papers goes; one where a route does', () => {
    for (const kind of ['danger', 'restriction', 'document', 'overstay'] as const)
      assert.deepEqual(why(without(first(kind).id)), [2, 'gone'], kind);
    assert.deepEqual(why(without(card.id), [turn('route de/blue-card', 'unknown', 'absent')]), [1]);
  });
  it('two where something opens, as the example persons show; one where it closes', () => {
    const other = withProvision({ ...card, bars: [] });
    assert.deepEqual(why(other, [turn('route de/blue-card', 'no', 'yes')]), [2, 'turns']);
    assert.deepEqual(why(other, [turn('route de/blue-card', 'yes', 'no')]), [1]);
    assert.deepEqual(why(other, [turn('last day', '20000', '20100')]), [2, 'turns', 'unseen']);
  });
  it('two where it changes what follows and nobody shows in which direction: unknown is not harmless', () => {
    assert.deepEqual(why(withProvision({ ...card, all: card.all.slice(1) })), [2, 'unseen']);
    assert.deepEqual(why(book, [], without(card.id)), [2, 'unseen'], 'a new route');
    const ban = first('restriction');
    assert.deepEqual(why(withProvision({ ...ban, all: ban.all.slice(1) })), [2, 'unseen']);
    assert.deepEqual(why({ ...book, areas: new Map([...book.areas].slice(1)) }), [2, 'unseen']);
  });
});

describe('whose look counts', () => {
  const commit = 'a'.repeat(40);
  const yes = (who: string, of = commit) => ({ who, commit: of });
  it('that of reviewers who did not write it, once each, of this commit', () => {
    const list = ['Anna', 'boris', 'vera'];
    assert.deepEqual(counted([yes('anna'), yes('Boris')], list, 'vera', commit), ['anna', 'boris']);
    assert.deepEqual(counted([yes('anna'), yes('ANNA')], list, 'vera', commit), ['anna']);
    assert.deepEqual(counted([yes('anna'), yes('vera')], list, 'Vera', commit), ['anna'], 'not one’s own');
    assert.deepEqual(counted([yes('anna'), yes('stranger')], list, 'vera', commit), ['anna']);
    assert.deepEqual(counted([yes('anna', 'b'.repeat(40))], list, 'vera', commit), [], 'an older commit');
  });
  it('what cannot be read approves nothing', () => {
    for (const text of ['', 'yes', '{}', '[1]', '[{"who":"a"}]', '[{"who":"a","commit":"abc"}]', '[{"commit":"x"}]'])
      assert.throws(() => approvalsOf(text), /cannot be read. Expected JSON/, text);
    assert.deepEqual(approvalsOf(JSON.stringify([yes('a')])), [yes('a')]);
    assert.deepEqual(reviewersOf('# a list\n\nanna # knows Spain\n  boris\n'), ['anna', 'boris']);
  });
});

/** A copy of this repository in which a change can be committed. */
function clone(work: (dir: string, git: (...args: string[]) => string) => void): void {
  const dir = mkdtempSync(join(tmpdir(), 'foothold-review-'));
  try {
    const run = (cwd: string, ...args: string[]) => {
      const r = spawnSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
        cwd,
        encoding: 'utf8',
      });
      assert.equal(r.status, 0, r.stderr);
      return r.stdout.trim();
    };
    const copy = join(dir, 'copy');
    run(dir, 'clone', '-q', '--shared', root, copy);
    // The programs as they lie here, committed or not.
    for (const folder of ['scripts', 'src', 'law', 'people', 'schema', '.ci'])
      cpSync(join(root, folder), join(copy, folder), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    run(copy, 'add', '-A', '--', 'scripts', 'src', 'law', 'people', 'schema', '.ci');
    run(copy, 'commit', '-qm', 'as it is', '--allow-empty');
    work(copy, (...args) => run(copy, ...args));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

it('npm run review: ends with 0, 1 or 2, and says why', () =>
  clone((dir, git) => {
    const review = (approvals: string, ...more: string[]) =>
      spawnSync(
        process.execPath,
        ['scripts/review.ts', '--author', 'writer', '--approvals', '-', '--on', '2026-11-23', ...more],
        {
          cwd: dir,
          input: approvals,
          encoding: 'utf8',
        },
      );
    const same = review('[]', '--base', 'HEAD');
    assert.equal(same.status, 0, same.stderr);
    assert.match(same.stdout, /The law is the same/);
    for (const [approvals, base, words] of [
      ['no', 'HEAD', /approvals cannot be read/],
      ['[]', 'nothing', /There is no law of "nothing"/],
    ] as const) {
      const wrong = review(approvals, '--base', base);
      assert.equal(wrong.status, 2, wrong.stdout);
      assert.match(wrong.stderr, words);
      assert.equal(wrong.stderr.includes('    at '), false, 'a mistake is no fault of the program');
    }
    if (!process.env.FOOTHOLD_LONG) return;
    const file = join(dir, 'law', 'de', 'blue-card.yaml');
    const text = readFileSync(file, 'utf8');
    const longer = text.replace(/^expires: (\d{4})/m, (_, y) => `expires: ${Number(y) + 1}`);
    assert.notEqual(longer, text);
    writeFileSync(file, longer);
    writeFileSync(join(dir, '.ci', 'reviewers'), 'anna\nboris\n');
    git('add', '-A', '--', 'law', '.ci');
    git('commit', '-qm', 'trusted for longer');
    const commit = git('rev-parse', 'HEAD');
    const by = (...who: string[]) => JSON.stringify(who.map((w) => ({ who: w, commit })));
    const one = review(by('anna'), '--base', 'HEAD~1');
    assert.equal(one.status, 1);
    assert.match(one.stdout, /\*\*Two reviewers\*\*[\s\S]*de\/blue-card: its answers are trusted longer[\s\S]*1 more/);
    const two = review(by('anna', 'boris'), '--base', 'HEAD~1');
    assert.equal(two.status, 0, two.stdout);
    assert.match(two.stdout, /It may land/);
  }));
