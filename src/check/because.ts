/** Why a route or an entry is open or not: every clause that bears on it, with its outcome, its words and its sources. */
import type { LawBook } from '../law/book.ts';
import { fillText } from '../law/say.ts';
import type { Confidence, Provision, Source } from '../law/types.ts';
import { compiledAt } from '../moves/assess.ts';
import type { Eligibility, Part } from '../moves/eligible.ts';
import type { Situation } from '../person/types.ts';
import { View } from '../person/view.ts';
import { type Explanation, explain, type Lack, type Reason } from '../rules/index.ts';
import type { Day, Text, Tri, Type } from '../rules/ir.ts';
import { PerSituation } from './per-situation.ts';
import { type Answer, answerOf, plainValue, typeOfSide } from './plain.ts';

/** One clause and its outcome. `outcome` always asks whether the clause lets the person through, also for a bar. */
export type Because = {
  /** The clause's id; of another provision than the route itself: `schengen/passport-entry-fi#chip`. */
  readonly id: string;
  readonly outcome: Answer;
  readonly says: Text;
  /** Ids of the sources, as in `sources`. */
  readonly source: readonly string[];
  readonly urls: readonly string[];
  readonly role: 'requires' | 'bar' | 'restriction' | 'document' | 'in-force';
  /** The clause this one is a part of. */
  readonly under?: string;
  /** Both sides of the comparison, as the law writes them and with their values. */
  readonly compared?: readonly { readonly side: string; readonly value: unknown }[];
  /** Rates of exchange that the outcome hangs on. */
  readonly rates?: readonly { readonly from: string; readonly to: string; readonly day: string | null }[];
  /** The answer is a judgement of the authority, not of the facts. */
  readonly judged?: true;
};

export type SourceRef = Source & { readonly id: string; readonly provision: string };

/** What is not stated by the law for the day, where that leaves an answer open. */
export type LawLack = { readonly provision: string; readonly what: Lack['what']; readonly name: string };

export type PartReasons = {
  readonly part: Part;
  readonly explanation: Explanation;
  readonly because: readonly Because[];
  readonly hangsOnRate: boolean;
};

const NOT_IN_FORCE: Text = { en: 'This law is not in force on this day', ru: 'В этот день эта норма не действует' };
const FORCE_UNKNOWN: Text = {
  en: 'Whether this law was already in force on this day is not known',
  ru: 'Действовала ли уже эта норма в этот день, неизвестно',
};

/** The reasons of every part of an eligibility. `main` is the route (or stay rule) whose clauses keep their short ids. */
export function reasonsOf(book: LawBook, e: Eligibility, s: Situation, on: Day, main: string): PartReasons[] {
  return e.parts.map((part) => partReasons(book, part, s, on, main));
}

const kept = new PerSituation<PartReasons>();

function partReasons(book: LawBook, part: Part, s: Situation, on: Day, main: string): PartReasons {
  const p = part.provision;
  // The same for every route that it bears on; a route's own clauses are asked for once.
  if (p.id === main || part.role === 'route' || part.role === 'stay') return reasonsFor(book, part, s, on, main);
  const made = kept.of(book, s, p, part.assessment.binding, on, () => reasonsFor(book, part, s, on, main));
  return { ...made, part };
}

function reasonsFor(book: LawBook, part: Part, s: Situation, on: Day, main: string): PartReasons {
  const p = part.provision;
  const view = new View(book, p, s, on, part.assessment.binding);
  const explanation = explain(compiledAt(p, on).node, view);
  const prefix = p.id === main ? '' : `${p.id}#`;
  const out: Because[] = [];
  const force = part.assessment.force;
  if (force !== 'yes')
    out.push({
      id: `${prefix}in-force`,
      outcome: force === 'no' ? 'no' : 'unknown',
      says: force === 'no' ? NOT_IN_FORCE : FORCE_UNKNOWN,
      source: [],
      urls: [],
      role: 'in-force',
    });
  const writer = new Writer(book, p, on, prefix);
  if (part.role === 'restriction') writer.restriction(part, explanation.reason, out);
  else if (force !== 'no') for (const r of explanation.reason.of) writer.requirement(r, part, undefined, out);
  return { part, explanation, because: out, hangsOnRate: usesRate(explanation.reason) };
}

const usesRate = (r: Reason): boolean => r.rates.length > 0 || r.of.some(usesRate);

class Writer {
  private readonly book: LawBook;
  private readonly p: Provision;
  private readonly on: Day;
  private readonly prefix: string;
  private readonly inherited = new Map<string, readonly string[]>();

  constructor(book: LawBook, p: Provision, on: Day, prefix: string) {
    this.book = book;
    this.p = p;
    this.on = on;
    this.prefix = prefix;
  }

  requirement(r: Reason, part: Part, under: string | undefined, out: Because[]): void {
    const bar =
      under === undefined && r.what.kind === 'not' && this.p.bars.concat(this.p.except).some((c) => c.id === r.what.id);
    const role = part.role === 'document' ? 'document' : bar ? 'bar' : 'requires';
    const id = this.entry(r, r.outcome, role, under, out);
    // Below a negation the parts' own outcomes would read the wrong way round: the bar's own words say enough.
    if (r.what.kind !== 'not') for (const child of r.of) this.requirement(child, part, id ?? under, out);
  }

  /** A restriction hits if all its clauses hold: told from the person's side, each lets through what it does not hit. */
  restriction(part: Part, root: Reason, out: Because[]): void {
    const p = this.p;
    const sources = p.verified.against;
    out.push({
      id: p.id,
      outcome: answerOf(part.assessment.force === 'no' ? true : root.outcome === undefined ? undefined : !root.outcome),
      says: fillText(p.title, p, this.on),
      source: sources.map((x) => this.sourceId(x)),
      urls: this.urls(sources),
      role: 'restriction',
    });
    for (const r of root.of) {
      const lets: Tri = r.outcome === undefined ? undefined : !r.outcome;
      // Of a restriction that does not hit, only what keeps it away is a reason.
      if (root.outcome !== true && lets !== (root.outcome === undefined ? undefined : true)) continue;
      this.entry(r, lets, 'restriction', p.id, out);
    }
  }

  private entry(
    r: Reason,
    outcome: Tri,
    role: Because['role'],
    under: string | undefined,
    out: Because[],
  ): string | undefined {
    const w = r.what;
    if (!w.id || !w.says) return undefined;
    const id = `${this.prefix || (role === 'restriction' ? `${this.p.id}#` : '')}${w.id}`;
    const compared = this.compared(r);
    // A part of a clause stands on the clause's sources unless it names its own.
    const named = w.source.length ? w.source : (this.inherited.get(under ?? '') ?? []);
    this.inherited.set(id, named);
    out.push({
      id,
      outcome: answerOf(outcome),
      says: fillText(w.says, this.p, this.on),
      source: named.map((x) => this.sourceId(x)),
      urls: this.urls(named),
      role,
      ...(under !== undefined ? { under } : {}),
      ...(compared.length ? { compared } : {}),
      ...(r.rates.length
        ? {
            rates: r.rates.map((u) => ({
              from: u.from,
              to: u.to,
              day: u.rate === 'missing' ? null : (plainValue(u.rate.day, { t: 'date' }, this.book.schema) as string),
            })),
          }
        : {}),
      ...(w.judged ? { judged: true as const } : {}),
    });
    return id;
  }

  private compared(r: Reason): { side: string; value: unknown }[] {
    const sides = r.what.sides;
    const types = sides.map((side) => typeOfSide(side, this.p, this.book.schema));
    const shared: Type | undefined = types.find((t) => t?.t === 'date' || t?.t === 'money');
    if (r.what.kind === 'clock') {
      // A clock compares the time asked for with the days counted.
      return [
        { side: sides[0] ?? '', value: plainValue(r.values[0], { t: 'duration' }, this.book.schema) },
        { side: sides[1] ?? '', value: plainValue(r.values[1], undefined, this.book.schema) },
      ];
    }
    return sides.map((side, i) => ({
      side,
      value: plainValue(r.values[i], types[i] ?? shared, this.book.schema),
    }));
  }

  private sourceId(id: string): string {
    return this.prefix || this.p.kind === 'restriction' ? `${this.p.id}#${id}` : id;
  }

  private urls(ids: readonly string[]): string[] {
    return [...new Set(ids.flatMap((id) => this.p.sources[id]?.url ?? []))];
  }
}

/** The sources that the reasons name, each once, in the order in which they are named. */
export function sourcesOf(reasons: readonly PartReasons[], main: string): SourceRef[] {
  const out = new Map<string, SourceRef>();
  for (const { part, because } of reasons) {
    const p = part.provision;
    for (const b of because)
      for (const full of b.source) {
        const id = full.includes('#') ? full.slice(full.indexOf('#') + 1) : full;
        const source = p.sources[id];
        if (source) out.set(full, { id: full, provision: p.id, ...source });
      }
    if (p.id === main)
      for (const id of p.verified.against) {
        const source = p.sources[id];
        if (source && !out.has(id)) out.set(id, { id, provision: p.id, ...source });
      }
  }
  return [...out.values()];
}

/** What must be looked at again before it is relied on, and why. */
export type VerifyReason = {
  readonly provision: string;
  readonly why: 'expired' | 'conflicting' | 'in-force-unknown' | 'exchange-rate' | 'expected-value';
};

/** Why an answer is not certain: evidence past its day, sources that disagree, a rate, a value only announced. */
export function verifyReasons(reasons: readonly PartReasons[], on: Day): VerifyReason[] {
  const out: VerifyReason[] = [];
  for (const { part, hangsOnRate } of reasons) {
    const p = part.provision;
    const add = (why: VerifyReason['why']) => out.push({ provision: p.id, why });
    if (on > p.expires) add('expired');
    if (p.verified.confidence === ('conflicting' satisfies Confidence)) add('conflicting');
    if (part.assessment.force === 'unknown') add('in-force-unknown');
    if (hangsOnRate) add('exchange-rate');
    const expected = Object.values(p.params).some((x) => {
      const now = x.values.filter((v) => v.from <= on).at(-1);
      return now?.expected === true;
    });
    if (expected) add('expected-value');
  }
  return out;
}

/** Values that the law does not state for the day, where an answer hangs on them. */
export function lacksOf(reasons: readonly PartReasons[]): LawLack[] {
  return reasons.flatMap(({ part, explanation }) =>
    part.pass === undefined
      ? explanation.lacks.map((l) => ({ provision: part.provision.id, what: l.what, name: l.name }))
      : [],
  );
}
