/**
 * `npm run agenda [-- --days 90] [--on DAY] [--ics FILE] [--atom FILE] [--record VERSION]`: the maintainers' calendar, as Markdown on standard output, and as a
 * calendar file and a feed where asked. Last in it: how old each host's evidence is, weighted by how many answers of the example persons hang on it;
 * `--record` keeps that in docs/age-history.json for a release.
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatDay, parseDay } from '../src/calendar/civil.ts';
import { hangingOn } from '../src/check/outcomes.ts';
import { examplePeople } from '../src/cli/example-people.ts';
import { agenda, ages, type Item } from '../src/law/agenda.ts';
import { lawTexts, readLaw } from '../src/law/read.ts';
import { calendarFile } from '../src/web/calendar-file.ts';
import { entryOf, readHistory, withEntry, writeHistory } from './age-history.ts';

const WORDS: Readonly<Record<Item['what'], string>> = {
  'evidence-ends': 'evidence is past its day from tomorrow: read the sources again',
  'law-begins': 'law begins',
  'law-ends': 'law ends',
  'figure-changes': 'a figure changes',
  'yearly-figure': 'changes each January; the new value is not here yet',
};

const line = (i: Item): string => `${i.provision}${i.of ? ` (${i.of})` : ''}: ${WORDS[i.what]}`;
const escaped = (t: string): string => t.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
/** The same item has the same name in every run: a reader of the feed or calendar does not see it twice. */
const idOf = (i: Item): string =>
  createHash('sha256')
    .update(`${i.provision}|${i.of ?? ''}|${i.what}|${i.day}`)
    .digest('hex')
    .slice(0, 32);

export function agendaMarkdown(items: readonly Item[]): string {
  const out: string[] = [];
  let day = -1;
  for (const i of items) {
    if (i.day !== day) out.push('', `## ${formatDay(i.day)}`, '');
    day = i.day;
    out.push(`- ${line(i)}${i.url && i.what !== 'evidence-ends' ? `\n  ${i.url}` : ''}`);
  }
  return out.join('\n');
}

export function agendaAtom(items: readonly Item[], made: string): string {
  const entries = items.map(
    (i) =>
      `<entry><id>urn:sha256:${idOf(i)}</id><title>${escaped(`${formatDay(i.day)} ${line(i)}`)}</title><updated>${made}T00:00:00Z</updated>${i.url ? `<link href="${escaped(i.url).replace(/"/g, '&quot;')}"/>` : ''}</entry>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:foothold:agenda</id><title>Foothold: what is before us</title><updated>${made}T00:00:00Z</updated><author><name>Foothold</name></author>\n${entries.join('\n')}\n</feed>\n`;
}

export function agendaIcs(items: readonly Item[], made: string): string {
  let n = 0;
  return calendarFile(
    items.map((i) => ({ day: formatDay(i.day), title: line(i) })),
    `${made.replaceAll('-', '')}T000000Z`,
    () => idOf(items[n++] as Item),
  );
}

if (import.meta.main) {
  const option = (name: string): string | undefined => {
    const at = process.argv.indexOf(`--${name}`);
    return at < 0 ? undefined : process.argv[at + 1];
  };
  // A reader that closes the pipe early (head, less) is no error.
  process.stdout.on('error', () => process.exit(0));
  const root = join(import.meta.dirname, '..');
  const on = parseDay(option('on') ?? new Date().toISOString().slice(0, 10));
  const days = Number(option('days') ?? 90);
  if (on === undefined || !(days > 0)) {
    process.stderr.write('Expected: --on with a date, like 2026-12-01, and --days with a number, like 90.\n');
    process.exit(2);
  }
  const { book } = readLaw(lawTexts(join(root, 'law')));
  const items = agenda(book, on, days);
  const version = option('record');
  if (version !== undefined) {
    const rows = ages(book, hangingOn(book, examplePeople(root, book), on), on);
    writeHistory(root, withEntry(readHistory(root), entryOf(book, rows, version, on)));
    process.stdout.write(`docs/age-history.json: ${version}, ${formatDay(on)}\n`);
    process.exit(0);
  }
  process.stdout.write(`# ${formatDay(on)} to ${formatDay(on + days)}: ${items.length}\n${agendaMarkdown(items)}\n`);
  process.stdout.write('\n## Age of the evidence, by how many answers hang on it\n\n');
  for (const a of ages(book, hangingOn(book, examplePeople(root, book), on), on))
    process.stdout.write(`- ${a.jurisdiction}: ${a.age} days (${a.answers} answers)\n`);
  const ics = option('ics');
  if (ics) writeFileSync(ics, agendaIcs(items, formatDay(on)));
  const atom = option('atom');
  if (atom) writeFileSync(atom, agendaAtom(items, formatDay(on)));
}
