/**
 * What a part of an answer would take to be met (`assume.ts`), worked out once for all days and situations that are the same to it.
 * A search asks it of the same few provisions thousands of times: a rule on papers bears on every route of its country.
 */
import type { LawBook } from '../law/book.ts';
import { changeDays } from '../law/resolve.ts';
import type { Provision } from '../law/types.ts';
import { isOffer } from '../person/learning.ts';
import type { Situation } from '../person/types.ts';
import type { Day } from '../rules/ir.ts';
import { compiledAt } from './assess.ts';
import { type Assumed, assumptionsOfPart } from './assume.ts';
import type { Part } from './eligible.ts';
import { learningDays, timedLeaves, timedParts } from './opens.ts';
import { type Numbers, sightOf, Viewer, within } from './seen.ts';

type Seen = {
  readonly viewer: Viewer;
  /** The days within the horizon on which the provision changes by its own dates, a rate or an area does, or something may be learnt or found. */
  readonly turns: readonly Day[];
  /** The person whose learning the days above are of. */
  readonly of: Situation['person'];
  /** Facts that no condition of it names, but which those that it names are derived from. */
  readonly beneath: readonly string[];
};

export class Filled {
  private readonly book: LawBook;
  private readonly from: Day;
  private readonly to: Day;
  private readonly numbers: Numbers;
  private readonly seen = new Map<Provision, Seen>();
  private readonly made = new Map<Provision, Map<string, Assumed | undefined>>();
  private readonly shared: readonly Day[];

  /** For one person; days lie from `from` to `to`. */
  constructor(book: LawBook, numbers: Numbers, from: Day, to: Day) {
    this.book = book;
    this.numbers = numbers;
    this.from = from;
    this.to = to;
    const days = new Set<Day>();
    for (const rows of Object.values(book.rates)) for (const r of rows) days.add(r.from);
    for (const area of book.areas.values())
      for (const m of area.members) {
        days.add(m.from);
        if (m.to !== undefined) days.add(m.to + 1);
      }
    this.shared = [...days].filter((d) => d > from && d <= to);
  }

  /**
   * `assumptionsOfPart`, remembered. It looks at the tree of the provision and its figures (the same between two of its dates), at what the
   * tree sees of the situation (`seen.ts`), at rates and areas, at what may be learnt or found by the day; at the day itself only where a
   * condition or a clock of the tree does. All of these are in the key.
   */
  of(part: Part, s: Situation, on: Day): Assumed | undefined {
    const p = part.provision;
    const seen = this.seenBy(p, s);
    let turn = 0;
    for (const d of seen.turns) if (d <= on) turn++;
    const { node } = compiledAt(p, on);
    const timed = timedLeaves(node, s).length > 0 || timedParts(node).clocks.length > 0;
    const { binding, force } = part.assessment;
    const key = `${part.role}${force}${binding.document}/${binding.offer}/${s.learning}|${turn}|${timed ? on : ''}|${seen.viewer.key(
      s,
      within(this.book, p.jurisdiction, s.place, on),
    )}`;
    const whole = seen.beneath.length && s.assumed.size ? `${key}|${beneathSaid(seen.beneath, s.assumed)}` : key;
    let table = this.made.get(p);
    if (!table) {
      table = new Map();
      this.made.set(p, table);
    }
    let made = table.get(whole);
    if (made === undefined && !table.has(whole)) {
      made = assumptionsOfPart(this.book, part, s, on);
      table.set(whole, made);
    }
    return made;
  }

  private seenBy(p: Provision, s: Situation): Seen {
    let seen = this.seen.get(p);
    if (!seen || seen.of !== s.person) {
      const days = new Set([...this.shared, ...changeDays(p, this.from, this.to), ...learningDays(this.book, p, s)]);
      const sight = sightOf(this.book, [p]);
      seen = {
        viewer: new Viewer(sight, this.numbers),
        turns: [...days],
        of: s.person,
        beneath: beneath(this.book, sight.facts),
      };
      this.seen.set(p, seen);
      this.made.delete(p);
    }
    return seen;
  }
}

/** What is assumed of facts beneath those that are named. */
const beneathSaid = (facts: readonly string[], assumed: Situation['assumed']): string =>
  [...assumed]
    .flatMap(([k, v]) => (facts.includes(k.split('@')[0] as string) ? [`${k}=${JSON.stringify(v)}`] : []))
    .join();

/** What the named facts are derived from, at any remove, beside themselves; of an offer whether there is one. */
function beneath(book: LawBook, named: ReadonlySet<string>): readonly string[] {
  const all = new Set<string>();
  const walk = (fact: string): void => {
    for (const below of [
      ...(book.schema.facts.get(fact)?.derivedFrom ?? []),
      ...(isOffer(fact) ? ['offer.exists'] : []),
    ]) {
      if (all.has(below)) continue;
      all.add(below);
      walk(below);
    }
  };
  for (const f of named) walk(f);
  return [...all].filter((f) => !named.has(f));
}
