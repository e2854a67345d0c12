/**
 * What changed in the law between two days, provision by provision and in plain words; with a person, what it changes
 * for them, asked of the same code as everything else: the provision the day before, and on that day.
 */
import { formatDay } from '../calendar/civil.ts';
import type { LawBook } from '../law/book.ts';
import { changeDays } from '../law/resolve.ts';
import type { Provision } from '../law/types.ts';
import type { Situation } from '../person/types.ts';
import type { Day, Text } from '../rules/ir.ts';
import { type Affects, affectsOn, shareOf } from './affects.ts';
import { type Alteration, alterationsOn } from './alterations.ts';
import type { SourceRef } from './because.ts';

/** One dated change of one provision. `before` or `after` is null where there is nothing on that side. */
export type LawChange = {
  readonly provision: string;
  readonly jurisdiction: string;
  readonly title: Text;
  readonly day: string;
  readonly kind: Alteration['kind'];
  readonly what: Text;
  readonly before: Text | null;
  readonly after: Text | null;
  readonly affects?: Affects;
  readonly sources: readonly SourceRef[];
};

/**
 * Every dated change from `from` to `to`, both days included, oldest first.
 * @param person a situation; its place and papers are taken to be the same on all those days.
 */
export function changes(book: LawBook, from: Day, to: Day, person?: Situation): LawChange[] {
  const out: { readonly on: Day; readonly change: LawChange }[] = [];
  for (const p of book.provisions.values())
    for (const day of changeDays(p, from - 1, to)) {
      const found = alterationsOn(p, day);
      if (found.length === 0) continue;
      const affects = person && affectsOn(book, p, person, day, found);
      for (const a of found)
        out.push({
          on: day,
          change: {
            provision: p.id,
            jurisdiction: p.jurisdiction,
            title: { en: p.title.en, ru: p.title.ru },
            day: formatDay(day),
            kind: a.kind,
            what: a.what,
            before: a.before,
            after: a.after,
            ...(affects ? { affects: shareOf(p, day, a, affects) } : {}),
            sources: sourcesFor(p, a.source),
          },
        });
    }
  return out
    .sort(
      (a, b) =>
        a.on - b.on || (a.change.provision < b.change.provision ? -1 : a.change.provision > b.change.provision ? 1 : 0),
    )
    .map((x) => x.change);
}

/** The sources of a change; where it names none, those the provision was verified against. */
function sourcesFor(p: Provision, ids: readonly string[]): SourceRef[] {
  const known = ids.filter((id) => p.sources[id]);
  return (known.length ? known : p.verified.against).flatMap((id) => {
    const source = p.sources[id];
    return source ? [{ id, provision: p.id, ...source }] : [];
  });
}
