/** The maintainers' page: how old the evidence is, how old it was at earlier releases, and what the next ninety days bring. */
import type { Tokens } from 'marked';
import { formatDay } from '../../src/calendar/civil.ts';
import { hangingOn } from '../../src/check/outcomes.ts';
import { agenda, ages } from '../../src/law/agenda.ts';
import type { LawBook } from '../../src/law/book.ts';
import type { Person } from '../../src/person/types.ts';
import type { Day } from '../../src/rules/ir.ts';
import { type AgeEntry, entryOf } from '../age-history.ts';
import { agendaAtom, agendaIcs, agendaMarkdown } from '../agenda.ts';
import { plain } from './markdown.ts';
import { draw } from './plots.ts';

const DAYS = 90;
/** Releases shown beside today, the newest. */
const SHOWN = 6;

export type Dashboard = { readonly markdown: string; readonly ics: string; readonly atom: string };

/** The page as Markdown, and the same calendar as a file and a feed. */
export function dashboard(
  book: LawBook,
  people: ReadonlyMap<string, Person>,
  on: Day,
  history: readonly AgeEntry[],
): Dashboard {
  const rows = ages(book, hangingOn(book, people, on), on);
  const now = entryOf(book, rows, 'now', on);
  const past = history.slice(-SHOWN);
  const items = agenda(book, on, DAYS);
  const markdown = `# How old the evidence is, and what comes

As of ${formatDay(on)}. ${book.provisions.size} provisions; the evidence is **${now.age} days** old on average, where each provision counts as often as an answer of one of ${people.size} example
persons hangs on it. Old evidence is not wrong: it is not known to be right. [How the law stays true](freshness.md).

The next ninety days as [a calendar file](agenda.ics) and [a feed](agenda.xml).

## Age by jurisdiction

${[['jurisdiction', 'days today', 'answers', ...past.map((e) => `${e.version} (${e.on})`)]]
  .concat(
    [['---', '--:', '--:', ...past.map(() => '--:')]],
    rows.map((r) => [
      r.jurisdiction,
      String(r.age),
      String(r.answers),
      ...past.map((e) => String(e.hosts[r.jurisdiction] ?? '–')),
    ]),
  )
  .map((cells) => `| ${cells.join(' | ')} |`)
  .join('\n')}

## From release to release

${
  past.length
    ? [
        ['release', 'day', 'provisions', 'mean age in days'],
        ['---', '---', '--:', '--:'],
        ...past.map((e) => [e.version, e.on, String(e.provisions), String(e.age)]),
        ['today', now.on, String(now.provisions), String(now.age)],
      ]
        .map((cells) => `| ${cells.join(' | ')} |`)
        .join('\n')
    : 'No release has been recorded yet.'
}

## The next ninety days

${items.length ? agendaMarkdown(items).replace(/^## /gm, '### ').trim() : 'Nothing.'}
`;
  return { markdown, ics: agendaIcs(items, formatDay(on)), atom: agendaAtom(items, formatDay(on)) };
}

/** The plot under a table of the page. */
export function dashboardPlot(table: Tokens.Table, section: string): string {
  const rows = table.rows.map((r) => r.map((c) => plain(c.tokens)));
  if (section === 'Age by jurisdiction')
    return draw({
      title: 'Age of the evidence, the oldest first',
      unit: 'days',
      bars: rows.map((r) => ({ label: r[0] as string, value: Number(r[1]), own: true })),
    });
  if (section === 'From release to release')
    return draw({
      title: 'Mean age from release to release',
      unit: 'days',
      bars: rows.map((r) => ({ label: `${r[0]}, ${r[1]}`, value: Number(r[3]), own: true })),
    });
  return '';
}
