/**
 * `npm run review -- --base REVISION [--head REVISION] --author NAME --approvals FILE [--on DAY]`: whether a change of the law has been looked at
 * by enough people. Two where it could harm if it is wrong, one where not; the reasons, and what it turns for the example persons, are printed as Markdown for
 * the page of the change. Ends with 0 if it may land, 1 if not, 2 if the question is wrong.
 *
 * FILE (or `-`) holds what the forge knows, as JSON: `[{"who": "name", "commit": "full hash"}, …]`, approvals only.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatDay, parseDay } from '../src/calendar/civil.ts';
import { answersOf, type Turn, turns } from '../src/check/outcomes.ts';
import { type Approval, counted, type Reason, reviewersFor } from '../src/check/review.ts';
import { examplePeople } from '../src/cli/example-people.ts';
import type { LawBook } from '../src/law/book.ts';
import { lawOf, option, tell, Wrong } from './law-of.ts';

const root = join(import.meta.dirname, '..');

const WHY: Readonly<Record<Reason['why'], string>> = {
  turns: 'a danger goes, a route opens or a stay grows longer',
  unseen: 'it changes what follows, and no example person shows in which direction',
  'trusted-longer': 'its answers are trusted longer on the same evidence',
  gone: 'it is gone, and what it kept people from is open',
  surer: 'its evidence is called better than before',
};

export function reviewersOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((l) => l.replace(/#.*$/, '').trim())
    .filter(Boolean);
}

/** Reads approvals. @throws Wrong where they are of another form: what cannot be read approves nothing. */
export function approvalsOf(text: string): readonly Approval[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (
    !Array.isArray(value) ||
    !value.every(
      (a) =>
        typeof a === 'object' && a !== null && typeof a.who === 'string' && /^[0-9a-f]{40,64}$/.test(String(a.commit)),
    )
  )
    throw new Wrong(
      'The approvals cannot be read. Expected JSON: [{"who": "name", "commit": "the full hash that was approved"}].',
    );
  return value as readonly Approval[];
}

const day = (text: string) => text.replace(/^\d+/, (n) => formatDay(Number(n)));
const turnLine = (t: Turn) =>
  `- ${t.asked}: ${day(t.before)} → ${day(t.after)}, ${t.who.length} (${t.who.slice(0, 6).join(', ')}${t.who.length > 6 ? ', …' : ''})`;

function main(): number {
  const base = option('base');
  const author = option('author');
  const file = option('approvals');
  if (base === undefined || author === undefined || file === undefined)
    throw new Wrong('Expected: npm run review -- --base REVISION --author NAME --approvals FILE (docs/freshness.md).');
  const on = parseDay(option('on') ?? new Date().toISOString().slice(0, 10));
  if (on === undefined) throw new Wrong(`--on: "${option('on')}" is no date. Expected: 2026-12-01.`);
  const head = option('head') ?? 'HEAD';
  const hash = spawnSync('git', ['rev-parse', '--verify', `${head}^{commit}`], { cwd: root, encoding: 'utf8' });
  if (hash.status !== 0) throw new Wrong(`There is no revision "${head}". Expected: a commit, tag or branch.`);
  const commit = hash.stdout.trim();
  const approvals = approvalsOf(readFileSync(file === '-' ? 0 : file, 'utf8'));
  const before = lawOf(root, base);
  // What was approved is a commit: what merely lies here is not looked at.
  const after = lawOf(root, commit);
  const out: string[] = [];
  let found: readonly Turn[] = [];
  if (before.digest !== after.digest) {
    const people = examplePeople(root, after);
    const answers = (book: LawBook) => new Map([...people].map(([name, p]) => [name, answersOf(book, p, on)]));
    found = turns(answers(before), answers(after));
    out.push(`What the change does to ${people.size} example persons on ${formatDay(on)}:`, '');
    out.push(...(found.length ? found.map(turnLine) : ['No answer turns.']), '');
  }
  const needed = reviewersFor(before, after, found);
  const who = counted(approvals, reviewersOf(readFileSync(join(root, '.ci', 'reviewers'), 'utf8')), author, commit);
  if (needed.changed.length === 0) out.push('The law is the same: no second reader is asked for.');
  else {
    out.push(
      `**${needed.reviewers === 2 ? 'Two reviewers' : 'One reviewer'}**: ${needed.changed.length} changed (${needed.changed.slice(0, 12).join(', ')}${needed.changed.length > 12 ? ', …' : ''}).`,
      '',
    );
    for (const r of needed.reasons) out.push(`- ${r.provision ?? 'last lawful day'}: ${WHY[r.why]}`);
    if (needed.reasons.length) out.push('');
    out.push(
      `Of ${needed.reviewers}, ${who.length} of this commit (${commit.slice(0, 12)})${who.length ? `: ${who.join(', ')}` : ''}. Whoever wrote it (${author}) does not count, nor does who is not in .ci/reviewers, nor what was approved of an older commit.`,
    );
  }
  const enough = who.length >= needed.reviewers;
  out.push('', enough ? 'It may land.' : `**It may not land yet**: ${needed.reviewers - who.length} more.`);
  process.stdout.write(`${out.join('\n')}\n`);
  return enough ? 0 : 1;
}

if (import.meta.main) await tell(main);
