/** What is kept of a run: counts of people by year, host and state. Small enough to keep for every draw. */
import { addMonths, formatDay } from '../calendar/civil.ts';
import type { Day } from '../rules/ir.ts';
import { type Counters, STATES, settle, UNITS } from './counters.ts';
import type { LawTables } from './tables.ts';

export type Outcome = {
  /** The last day of each period that figures are given for: ends of years, and the horizon. */
  readonly days: readonly Day[];
  readonly groups: number;
  readonly hosts: number;
  /** People by group, period and state. */
  readonly states: Float64Array;
  readonly moved: Float64Array;
  readonly russianWork: Float64Array;
  /** Everybody by month: people in each state, then those who have moved, then those who work for a Russian employer. */
  readonly monthly: Float64Array;
  /** Person-months from the first day to the horizon by group and state: less noisy than a count at the end. */
  readonly personMonths: Float64Array;
  /** People by host (the last: countries without law) and month. */
  readonly stock: Float64Array;
  readonly months: number;
  /** Everybody at the horizon, by host and state. */
  readonly final: Float64Array;
  /** Granted, by route and year. */
  readonly granted: Float64Array;
  readonly filed: Float64Array;
  /** Returned after having changed country first, by period. */
  readonly returnedAfterMove: Float64Array;
  /** Where those of a first of July were a year later (`Counters.panel`). */
  readonly panel: Float64Array;
  readonly decisions: number;
};

export const OUTCOME_ARRAYS = [
  'states',
  'moved',
  'russianWork',
  'monthly',
  'personMonths',
  'stock',
  'final',
  'granted',
  'filed',
  'returnedAfterMove',
  'panel',
] as const;

/** Numbers of a month in `monthly`. */
export const MONTHLY = STATES.length + 2;

/** Months (from the first) whose ends are reported. */
export function reportMonths(months: number, first: Day): number[] {
  const out: number[] = [];
  for (let m = 0; m < months; m++)
    if (formatDay(addMonths(first, m, 'clamp')).slice(5, 7) === '12' || m === months - 1) out.push(m);
  return out;
}

/**
 * What is kept of a run, in whole thousandths of a person: sums of parts of a population are exact, whatever their order. All
 * of it is linear in the counters, so a part's counts are reduced before they travel.
 */
export type Tally = Omit<Outcome, 'decisions'> & { readonly decisions: Float64Array };

export const TALLY_ARRAYS = [...OUTCOME_ARRAYS, 'decisions'] as const;

/** Settles counters (of all rows, or of some) and keeps what is reported, in whole units. */
export function tallyOf(c: Counters, t: LawTables): Tally {
  settle(c);
  const S = STATES.length;
  const report = reportMonths(c.months, t.first);
  const states = new Float64Array(c.groups * report.length * S);
  const moved = new Float64Array(c.groups * report.length);
  const russianWork = new Float64Array(c.groups * report.length);
  const personMonths = new Float64Array(c.groups * S);
  for (let g = 0; g < c.groups; g++) {
    report.forEach((m, k) => {
      for (let s = 0; s < S; s++)
        states[(g * report.length + k) * S + s] = c.states[(g * c.months + m) * S + s] as number;
      moved[g * report.length + k] = c.moved[g * c.months + m] as number;
      russianWork[g * report.length + k] = c.russianWork[g * c.months + m] as number;
    });
    for (let m = 0; m < c.months; m++)
      for (let s = 0; s < S; s++)
        personMonths[g * S + s] =
          (personMonths[g * S + s] as number) + (c.states[(g * c.months + m) * S + s] as number);
  }
  const monthly = new Float64Array(c.months * MONTHLY);
  for (let m = 0; m < c.months; m++) {
    for (let s = 0; s < S; s++) monthly[m * MONTHLY + s] = c.states[m * S + s] as number;
    monthly[m * MONTHLY + S] = c.moved[m] as number;
    monthly[m * MONTHLY + S + 1] = c.russianWork[m] as number;
  }
  return {
    days: report.map((m) => addMonths(t.first, m + 1, 'clamp') - 1),
    groups: c.groups,
    hosts: c.hosts,
    states,
    moved,
    russianWork,
    monthly,
    personMonths,
    stock: c.stock,
    months: c.months,
    final: c.final.slice(0, (c.hosts + 1) * S),
    granted: c.granted,
    filed: c.filed,
    returnedAfterMove: Float64Array.from(report, (m) => c.returnedAfterMove[m] as number),
    panel: c.panel,
    decisions: c.decisions,
  };
}

/** Adds one part's tally to another's. Whole numbers: the order does not matter. */
export function addTally(into: Tally, from: Tally): void {
  for (const part of TALLY_ARRAYS) {
    const a = into[part];
    const b = from[part];
    for (let k = 0; k < a.length; k++) a[k] = (a[k] as number) + (b[k] as number);
  }
}

/**
 * Tallies of parts added up. Whole numbers: the order does not matter. Thousands of them are held at a time, so the numbers of a kind have
 * four bytes each as long as all of them fit.
 */
export class TallySum {
  private readonly kinds: (Uint32Array | Float64Array)[];
  private readonly shape: Pick<Tally, 'days' | 'groups' | 'hosts' | 'months'>;

  constructor(first: Tally) {
    const { days, groups, hosts, months } = first;
    this.shape = { days, groups, hosts, months };
    this.kinds = TALLY_ARRAYS.map((name) => new Uint32Array(first[name].length));
    this.add(first);
  }

  /** Whether a tally has as many numbers of each kind, whole and not below 0: which kind has not, else nothing. */
  unlike(t: Tally): (typeof TALLY_ARRAYS)[number] | undefined {
    return TALLY_ARRAYS.find(
      (name, k) => t[name].length !== this.kinds[k]?.length || !t[name].every((x) => x >= 0 && Number.isSafeInteger(x)),
    );
  }

  add(t: Tally): void {
    TALLY_ARRAYS.forEach((name, k) => {
      const from = t[name];
      let into = this.kinds[k] as Uint32Array | Float64Array;
      for (let i = 0; i < from.length; i++) {
        const sum = (into[i] as number) + (from[i] as number);
        if (sum > 0xffffffff && into instanceof Uint32Array) {
          into = Float64Array.from(into);
          this.kinds[k] = into;
        }
        into[i] = sum;
      }
    });
  }

  /** One kind of numbers. */
  part(name: (typeof TALLY_ARRAYS)[number]): Float64Array {
    return Float64Array.from(this.kinds[TALLY_ARRAYS.indexOf(name)] as Uint32Array | Float64Array);
  }

  /** The same in people. What is asked for now and then only is worked out when it is. */
  outcome(): Outcome {
    return new SummedOutcome(this, this.shape);
  }
}

/** An outcome of thousands: only what every table is made of is held in people as well. */
class SummedOutcome implements Outcome {
  readonly days: readonly Day[];
  readonly groups: number;
  readonly hosts: number;
  readonly months: number;
  private readonly sum: TallySum;
  private readonly held = new Map<string, Float64Array>();

  constructor(sum: TallySum, shape: Pick<Tally, 'days' | 'groups' | 'hosts' | 'months'>) {
    this.sum = sum;
    this.days = shape.days;
    this.groups = shape.groups;
    this.hosts = shape.hosts;
    this.months = shape.months;
  }

  private made(name: (typeof OUTCOME_ARRAYS)[number]): Float64Array {
    return this.sum.part(name).map((x) => x / UNITS);
  }

  private kept(name: (typeof OUTCOME_ARRAYS)[number]): Float64Array {
    let have = this.held.get(name);
    if (!have) {
      have = this.made(name);
      this.held.set(name, have);
    }
    return have;
  }

  get states(): Float64Array {
    return this.kept('states');
  }
  get moved(): Float64Array {
    return this.kept('moved');
  }
  get russianWork(): Float64Array {
    return this.kept('russianWork');
  }
  get monthly(): Float64Array {
    return this.kept('monthly');
  }
  get stock(): Float64Array {
    return this.kept('stock');
  }
  get returnedAfterMove(): Float64Array {
    return this.kept('returnedAfterMove');
  }
  get personMonths(): Float64Array {
    return this.made('personMonths');
  }
  get final(): Float64Array {
    return this.made('final');
  }
  get granted(): Float64Array {
    return this.made('granted');
  }
  get filed(): Float64Array {
    return this.made('filed');
  }
  get panel(): Float64Array {
    return this.made('panel');
  }
  get decisions(): number {
    return this.sum.part('decisions')[0] as number;
  }
}

/** A tally of all rows, in people. */
export function outcomeOfTally(t: Tally): Outcome {
  const people = (x: Float64Array): Float64Array => x.map((v) => v / UNITS);
  return {
    days: t.days,
    groups: t.groups,
    hosts: t.hosts,
    states: people(t.states),
    moved: people(t.moved),
    russianWork: people(t.russianWork),
    monthly: people(t.monthly),
    personMonths: people(t.personMonths),
    stock: people(t.stock),
    months: t.months,
    final: people(t.final),
    granted: people(t.granted),
    filed: people(t.filed),
    returnedAfterMove: people(t.returnedAfterMove),
    panel: people(t.panel),
    decisions: t.decisions[0] as number,
  };
}

/** Settles merged counters and keeps what is reported, in people. */
export const outcomeOf = (c: Counters, t: LawTables): Outcome => outcomeOfTally(tallyOf(c, t));

/** An outcome as JSON text: the same outcome gives the same bytes, whatever holds it. */
export function writeOutcome(o: Outcome): string {
  const arrays = Object.fromEntries(OUTCOME_ARRAYS.map((k) => [k, [...o[k]]]));
  const { days, groups, hosts, months, decisions } = o;
  return JSON.stringify({ days, groups, hosts, months, decisions, ...arrays });
}

export function readOutcome(text: string): Outcome {
  const raw = JSON.parse(text) as Record<string, unknown>;
  for (const k of OUTCOME_ARRAYS) raw[k] = Float64Array.from(raw[k] as number[]);
  return raw as unknown as Outcome;
}

export const stateIndex = (s: (typeof STATES)[number]): number => STATES.indexOf(s);
