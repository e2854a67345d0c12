/** What the maintainers of the law have before them: evidence that runs out, law announced for a day to come, figures that change each January. */
import { fromYmd, toYmd } from '../calendar/civil.ts';
import type { Day } from '../rules/ir.ts';
import type { LawBook } from './book.ts';
import type { Clause, Provision } from './types.ts';

/** One thing that is before the maintainers of the law, on its day. */
export type Item = {
  readonly day: Day;
  readonly provision: string;
  readonly what: 'evidence-ends' | 'law-begins' | 'law-ends' | 'figure-changes' | 'yearly-figure';
  /** Name of the figure or clause, where it is one. */
  readonly of: string | undefined;
  /** Where the new value is to be looked for: the source of the last one. */
  readonly url: string | undefined;
};

/** Items from `on` (inclusive) for so many days, in the order of their days. */
export function agenda(book: LawBook, on: Day, days: number): Item[] {
  const last = on + days;
  const out: Item[] = [];
  for (const p of book.provisions.values()) {
    const item = (day: Day | undefined, what: Item['what'], of?: string, source?: string) => {
      if (day !== undefined && day >= on && day <= last)
        out.push({ day, provision: p.id, what, of, url: urlOf(p, source) });
    };
    item(p.expires, 'evidence-ends');
    item(p.inForce.from, 'law-begins');
    item(p.inForce.to, 'law-ends');
    for (const c of clausesOf(p)) {
      item(c.from, 'law-begins', c.id, c.source?.[0]);
      item(c.to, 'law-ends', c.id, c.source?.[0]);
    }
    for (const [name, values] of [
      ...Object.entries(p.params).map(([n, x]) => [n, x.values] as const),
      ...Object.entries(p.lists).map(([n, x]) => [n, x.values] as const),
    ]) {
      for (const v of values) item(v.from, 'figure-changes', name, v.source);
      const yearly = nextYearly(
        values.map((v) => v.from),
        on,
      );
      if (yearly !== undefined) item(yearly, 'yearly-figure', name, values.at(-1)?.source);
    }
  }
  return out.sort((a, b) => a.day - b.day || (a.provision < b.provision ? -1 : a.provision > b.provision ? 1 : 0));
}

/**
 * A figure that has begun on 1 January in two years or more is expected to change on the next one, unless its value for then is there already.
 */
export function nextYearly(begins: readonly Day[], on: Day): Day | undefined {
  const januaries = begins.filter((d) => {
    const { m, d: day } = toYmd(d);
    return m === 1 && day === 1;
  });
  if (januaries.length < 2) return undefined;
  const { y } = toYmd(on);
  const next = toYmd(on).m === 1 && toYmd(on).d === 1 ? on : fromYmd(y + 1, 1, 1);
  return begins.includes(next) ? undefined : next;
}

function clausesOf(p: Provision): Clause[] {
  const walk = (c: Clause): Clause[] => [
    c,
    ...('of' in c ? (Array.isArray(c.of) ? c.of : [c.of as Clause]).flatMap(walk) : []),
  ];
  return [...p.all, ...p.bars, ...p.except].flatMap(walk);
}

const urlOf = (p: Provision, source: string | undefined): string | undefined =>
  p.sources[source ?? p.verified.against[0] ?? '']?.url;

/** Of each jurisdiction: how old its evidence is on a day, in days, weighted by how many answers hang on each provision. */
export function ages(
  book: LawBook,
  hanging: ReadonlyMap<string, number>,
  on: Day,
): { readonly jurisdiction: string; readonly age: number; readonly answers: number }[] {
  const sums = new Map<string, { days: number; answers: number }>();
  for (const p of book.provisions.values()) {
    const weight = hanging.get(p.id) ?? 0;
    if (weight === 0) continue;
    const s = sums.get(p.jurisdiction) ?? { days: 0, answers: 0 };
    sums.set(p.jurisdiction, { days: s.days + weight * (on - p.verified.on), answers: s.answers + weight });
  }
  return [...sums]
    .map(([jurisdiction, s]) => ({ jurisdiction, age: Math.round(s.days / s.answers), answers: s.answers }))
    .sort((a, b) => b.age - a.age);
}
