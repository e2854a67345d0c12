/** What the law covers, host by host: counted from the provisions themselves, so that it cannot say more than there is. */
import { formatDay } from '../calendar/civil.ts';
import type { Day } from '../rules/ir.ts';
import type { LawBook } from './book.ts';
import { KINDS, type Kind, type Provision } from './types.ts';

/** What the law holds of one jurisdiction, how old its evidence is, and what is missing. */
export type HostCoverage = {
  readonly jurisdiction: string;
  readonly provisions: number;
  readonly kinds: { readonly [K in Kind]?: number };
  readonly official: number;
  readonly secondary: number;
  readonly conflicting: number;
  /** Oldest and newest day of evidence. */
  readonly oldest: Day;
  readonly newest: Day;
  /** Provisions whose evidence is past its day on the day asked about. */
  readonly stale: number;
};

/** One row a jurisdiction, by name. `on`: the day on which staleness is judged. */
export function coverageOf(book: LawBook, on: Day): HostCoverage[] {
  const byHost = new Map<string, Provision[]>();
  for (const p of book.provisions.values()) byHost.set(p.jurisdiction, [...(byHost.get(p.jurisdiction) ?? []), p]);
  return [...byHost]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([jurisdiction, list]) => {
      const kinds: { [K in Kind]?: number } = {};
      for (const p of list) kinds[p.kind] = (kinds[p.kind] ?? 0) + 1;
      const count = (c: string) => list.filter((p) => p.verified.confidence === c).length;
      const days = list.map((p) => p.verified.on);
      return {
        jurisdiction,
        provisions: list.length,
        kinds,
        official: count('official'),
        secondary: count('secondary'),
        conflicting: count('conflicting'),
        oldest: Math.min(...days),
        newest: Math.max(...days),
        stale: list.filter((p) => p.expires < on).length,
      };
    });
}

/** `docs/coverage.md`: the table, then host by host what is covered and what is known to be missing. */
export function coverageMarkdown(book: LawBook, on: Day): string {
  const rows = coverageOf(book, on);
  const total = rows.reduce((n, r) => n + r.provisions, 0);
  const out: string[] = [
    '# What is covered',
    '',
    `Made from the law itself by \`npm run coverage\`. ${total} provisions, ${[...book.provisions.values()].reduce((n, p) => n + p.cases.length, 0)} worked cases. "Stale" is counted on ${formatDay(on)}: evidence past its own day, shown to people as "verify".`,
    '',
    '| host | provisions | of these | official | secondary | conflicting | evidence from | to | stale |',
    '|---|--:|---|--:|--:|--:|---|---|--:|',
  ];
  for (const r of rows) {
    const kinds = KINDS.filter((k) => r.kinds[k])
      .map((k) => `${r.kinds[k]} ${k}`)
      .join(', ');
    out.push(
      `| ${r.jurisdiction} | ${r.provisions} | ${kinds} | ${r.official} | ${r.secondary} | ${r.conflicting} | ${formatDay(r.oldest)} | ${formatDay(r.newest)} | ${r.stale} |`,
    );
  }
  for (const c of [...book.coverage].sort((a, b) => (a.jurisdiction < b.jurisdiction ? -1 : 1))) {
    out.push('', `## ${c.title.en} (\`${c.jurisdiction}\`)`, '', c.covered.en, '');
    if (c.missing.length) out.push('Known to be missing:', '', ...c.missing.map((m) => `- ${m.what.en} (${m.why})`));
    out.push('', '| provision | kind | title | evidence | verified | expires |', '|---|---|---|---|---|---|');
    for (const p of [...book.provisions.values()]
      .filter((x) => x.jurisdiction === c.jurisdiction)
      .sort((a, b) => (a.id < b.id ? -1 : 1))) {
      out.push(
        `| \`${p.id}\` | ${p.kind} | ${p.title.en.replaceAll('|', '/')} | ${p.verified.confidence} | ${formatDay(p.verified.on)} | ${formatDay(p.expires)} |`,
      );
    }
  }
  return `${out.join('\n')}\n`;
}
