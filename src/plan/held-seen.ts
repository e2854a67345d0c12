/**
 * What the law of a search can see of what is, or was, held: which statuses may close a door for who holds them, and which are
 * over and done with once they have ended. Read from the conditions: `some s in statuses satisfies …`, `residesHere`, `permitCountries`.
 */
import { type LawBook, matchesStatus, statusTerms } from '../law/book.ts';
import { listAt } from '../law/resolve.ts';
import type { Clause, Provision } from '../law/types.ts';
import type { Holding, Situation } from '../person/types.ts';
import { namesIn } from '../rules/index.ts';
import type { Expr } from '../rules/ir.ts';

/** Some statuses: by id, by the country whose they are, or all. */
class Some {
  private all = false;
  private readonly ids = new Set<string>();
  private readonly countries = new Set<string>();

  add(which: { readonly ids?: readonly string[]; readonly countries?: readonly string[] }): void {
    if (which.ids) for (const id of which.ids) this.ids.add(id);
    else if (which.countries) for (const c of which.countries) this.countries.add(c);
    else this.all = true;
  }

  has({ status, country }: Holding): boolean {
    if (this.all || this.ids.has(status) || this.countries.has(status.split('/')[0] as string)) return true;
    return country !== undefined && this.countries.has(country);
  }
}

const limitedMemo = new WeakMap<LawBook, readonly string[]>();

/** Statuses that are not renewed, or only for so long in all, and days to leave: who holds them cannot have them anew. */
function limitedIn(book: LawBook): readonly string[] {
  let made = limitedMemo.get(book);
  if (!made) {
    made = [...book.provisions.values()].flatMap((p) => {
      const renew = p.status?.renew;
      const limited = renew === 'no' || (renew !== undefined && renew.maxTotal !== undefined);
      return limited || p.status?.leaving ? [p.id] : [];
    });
    limitedMemo.set(book, made);
  }
  return made;
}

/** What a condition on one status demands of it, and whether holding it from earlier or for longer can never make it false. */
type Demand = {
  readonly ids?: readonly string[];
  readonly countries?: readonly string[];
  /** It must run on the day. */
  readonly current: boolean;
  readonly longer: boolean;
};

export class HeldSeen {
  private readonly book: LawBook;
  /** Statuses that may close something while they are held; and those seen though they have ended. */
  private readonly closing = new Some();
  private readonly ended = new Some();

  /** `routes`: those of the search. `readers`: of these, and of all that bears on them and on entering countries, what looks at holdings. */
  constructor(book: LawBook, routes: readonly Provision[], readers: readonly Provision[]) {
    this.book = book;
    for (const p of readers) {
      // What suspends a clock may help here and hurt there.
      for (const c of p.suspended ?? []) for (const sign of [1, -1] as const) this.clause(p, c, sign);
      const opens: 1 | -1 = p.kind === 'restriction' || p.kind === 'danger' ? -1 : 1;
      for (const c of p.all) this.clause(p, c, opens);
      for (const c of [...p.bars, ...p.except]) this.clause(p, c, opens === 1 ? -1 : 1);
    }
    for (const r of routes) {
      for (const x of r.filing?.notFrom ?? []) this.pattern(x);
      // Whoever holds it is given it for another time than whoever asks for the first time.
      if (r.grants?.status && r.grants.validRenewed) this.closing.add({ ids: [r.grants.status] });
    }
    this.closing.add({ ids: limitedIn(book) });
  }

  private pattern(x: string): void {
    for (const id of this.book.provisions.keys())
      if (statusTerms(this.book, id) && matchesStatus(x, id)) this.closing.add({ ids: [id] });
  }

  /** Whether holding a status may close something that is open to who does not hold it, or has not held it for so long. */
  closes(h: Holding): boolean {
    return this.closing.has(h);
  }

  /** Whether a condition may look at a status that has ended. */
  seesEnded(h: Holding): boolean {
    return this.ended.has(h);
  }

  private clause(p: Provision, c: Clause, sign: 1 | -1): void {
    switch (c.k) {
      case 'leaf':
        this.expr(p, c.expr, sign);
        break;
      case 'not':
        this.clause(p, c.of, sign === 1 ? -1 : 1);
        break;
      case 'points':
        for (const i of c.items) for (const either of [1, -1] as const) this.clause(p, i.of, either);
        break;
      case 'clock':
        break;
      default:
        for (const x of c.of) this.clause(p, x, sign);
    }
  }

  private expr(p: Provision, e: Expr, sign: 1 | -1): void {
    const { facts } = namesIn(e);
    if (!facts.some((f) => f === 'statuses' || f === 'permitCountries' || f === 'residesHere')) return;
    switch (e.k) {
      case 'and':
      case 'or':
        for (const x of e.args) this.expr(p, x, sign);
        return;
      case 'not':
        this.expr(p, e.arg, sign === 1 ? -1 : 1);
        return;
      case 'known':
        return;
      case 'fact':
        if (e.name !== 'residesHere') break;
        if (sign === -1) this.closing.add(p.jurisdiction.length === 2 ? { countries: [p.jurisdiction] } : {});
        return;
      case 'overlaps':
        if (facts.includes('statuses') || facts.includes('residesHere')) break;
        if (sign === -1) this.closing.add({});
        return;
      case 'in':
        if (facts.includes('statuses') || facts.includes('residesHere')) break;
        if (sign === -1)
          this.closing.add(
            e.value.k === 'lit' && typeof e.value.value === 'string' ? { countries: [e.value.value] } : {},
          );
        return;
      case 'some': {
        if (e.list !== 'statuses') break;
        const d = this.demand(p, e.cond, e.var);
        if (sign === -1 || !d.longer) this.closing.add(d);
        if (!d.current) this.ended.add(d);
        return;
      }
      default:
    }
    // In whatever other way it looks at what is held, it may look at anything.
    this.closing.add({});
    this.ended.add({});
  }

  /** What a condition asks of the status that it calls `name`. */
  private demand(p: Provision, e: Expr, name: string): Demand {
    const its = (x: Expr, field: string): boolean => x.k === 'field' && x.of === name && x.name === field;
    if (!mentions(e, name)) return { current: false, longer: true };
    switch (e.k) {
      case 'and': {
        const parts = e.args.map((x) => this.demand(p, x, name));
        const ids = parts.find((d) => d.ids)?.ids;
        const countries = parts.find((d) => d.countries)?.countries;
        return {
          ...(ids ? { ids } : {}),
          ...(countries ? { countries } : {}),
          current: parts.some((d) => d.current),
          longer: parts.every((d) => d.longer),
        };
      }
      case 'field':
        return { current: e.name === 'current', longer: e.name === 'current' };
      case 'cmp': {
        const [value, other, op] =
          e.left.k === 'field' || mentions(e.left, name)
            ? [e.left, e.right, e.op]
            : [e.right, e.left, FLIPPED[e.op] as typeof e.op];
        if (mentions(other, name)) break;
        const lit = other.k === 'lit' && typeof other.value === 'string' ? other.value : undefined;
        if (its(value, 'status') || its(value, 'country')) {
          if (op !== '=' || lit === undefined) return { current: false, longer: true };
          return { ...(its(value, 'status') ? { ids: [lit] } : { countries: [lit] }), current: false, longer: true };
        }
        if (its(value, 'from')) return { current: false, longer: op === '<' || op === '<=' };
        if (its(value, 'to')) return { current: false, longer: op === '>' || op === '>=' };
        const since =
          value.k === 'call' && value.args[0] && its(value.args[0], 'from') && !mentions(value.args[1], name);
        if (since && value.k === 'call' && (value.fn === 'monthsBetween' || value.fn === 'yearsBetween'))
          return { current: false, longer: op === '>' || op === '>=' };
        break;
      }
      case 'in': {
        if (its(e.value, 'status')) {
          const ids =
            e.list.k === 'codes' ? e.list.values : e.list.k === 'codeList' ? everListed(p, e.list.name) : undefined;
          return { ...(ids ? { ids } : {}), current: false, longer: true };
        }
        if (its(e.value, 'country'))
          return { ...(e.list.k === 'codes' ? { countries: e.list.values } : {}), current: false, longer: true };
        break;
      }
      case 'or': {
        const parts = e.args.map((x) => this.demand(p, x, name));
        return { current: parts.every((d) => d.current), longer: parts.every((d) => d.longer) };
      }
      case 'not':
        // Of what it is, and where: the same for as long as it is held.
        if (e.arg.k === 'in' && (its(e.arg.value, 'status') || its(e.arg.value, 'country')))
          return { current: false, longer: true };
        break;
      default:
    }
    return { current: false, longer: false };
  }
}

const FLIPPED: Readonly<Record<string, string>> = { '=': '=', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

const mentions = (e: unknown, name: string): boolean => {
  if (typeof e !== 'object' || e === null) return false;
  if ((e as { k?: string }).k === 'field' && (e as { of?: string }).of === name) return true;
  return Object.values(e).some((x) => mentions(x, name));
};

/** The codes of a list of the law on any day; `undefined` for the lists that areas are. */
function everListed(p: Provision, name: string): readonly string[] | undefined {
  if (name.startsWith('area.')) return undefined;
  const days = (p.lists[name]?.values ?? []).map((v) => v.from);
  const out = new Set<string>();
  for (const d of days) for (const code of listAt(p, name, d) ?? []) out.add(code);
  return out.size ? [...out] : undefined;
}

/**
 * What of a person's holdings a clock can still count from a day on: all, or where it allows no break those that reach up to the day
 * before without one.
 */
export function countedStill(clock: Provision, s: Situation, on: number): readonly Holding[] {
  const mine = (s.holdings ?? []).filter((h) => (clock.counts ?? []).some((c) => matchesStatus(c.status, h.status)));
  if (!clock.unbroken || mine.length === 0) return mine;
  const left = [...mine].sort((a, b) => (b.to ?? Number.POSITIVE_INFINITY) - (a.to ?? Number.POSITIVE_INFINITY));
  const run: Holding[] = [];
  let first = on;
  for (const h of left) {
    if (h.to !== undefined && h.to < first - 1) break;
    run.push(h);
    first = Math.min(first, h.from);
  }
  return run;
}

/** The clocks that a provision asks, by id. */
export function clocksIn(p: Provision): readonly string[] {
  const out: string[] = [];
  const walk = (c: Clause): void => {
    if (c.k === 'clock') out.push(c.clock);
    else if (c.k === 'not') walk(c.of);
    else if (c.k === 'points') for (const i of c.items) walk(i.of);
    else if (c.k !== 'leaf') for (const x of c.of) walk(x);
  };
  for (const c of [...p.all, ...p.bars, ...p.except]) walk(c);
  return out;
}
