/**
 * The oracle: every plan, day by day. It shares `moves` and `apply` with the planner and nothing else: no dominance, no
 * bounds, no derived dates. Two ways to the very same situation on the very same day are one, with the costs of both.
 */
import { formatDay } from '../../src/calendar/civil.ts';
import type { LawBook } from '../../src/law/book.ts';
import { statusTerms } from '../../src/law/book.ts';
import { dangersIn } from '../../src/moves/dangers.ts';
import { holdingsIn, lawfulUntil } from '../../src/moves/lawful.ts';
import { apply, moves } from '../../src/moves/moves.ts';
import type { Move } from '../../src/moves/types.ts';
import type { Situation } from '../../src/person/types.ts';
import { convert } from '../../src/person/view.ts';

/** Days to the goal, days waiting on discretion, cents, moves, days in danger, days without lawful status. */
export type Costs = readonly [number, number, number, number, number, number];

export type OracleLimits = {
  readonly horizon: number;
  readonly moves: number;
  readonly hops: number;
  readonly pending: number;
  /** Looks at every so many days only: for worlds in which nothing is finer than that. */
  readonly step?: number;
  /** Routes that may be filed and countries that may be entered; default: all. */
  readonly routes?: ReadonlySet<string>;
  readonly countries?: ReadonlySet<string>;
  readonly stands?: readonly string[];
  /** Whether a way to the goal counts, by its steps. Default: every one. */
  readonly counts?: (steps: readonly OracleStep[]) => boolean;
};

export type OracleStep = {
  readonly move: Move;
  readonly day: number;
  readonly before: Situation;
  readonly after: Situation;
};

type Node = {
  s: Situation;
  costs: Costs;
  hops: number;
  astray: boolean;
  danger: boolean;
  path: string;
  steps: readonly OracleStep[];
};

export type OracleAnswer = { readonly front: readonly { costs: Costs; path: string }[]; readonly nodes: number };

const DRAW = { processing: 'longest', granted: true } as const;

/** Whether `a` is no worse than `b` in every cost. */
export const noWorse = (a: Costs, b: Costs): boolean => a.every((x, i) => x <= (b[i] as number));

/** The whole front of costs to a status of the wanted standing, with one path for each. */
export function oracle(book: LawBook, start: Situation, limits: OracleLimits): OracleAnswer {
  const stands = limits.stands ?? ['permanent', 'citizenship'];
  const seen = new Map<string, Costs[]>();
  const byDay = new Map<number, Node[]>();
  const goals: { costs: Costs; path: string }[] = [];
  let nodes = 0;
  const add = (n: Node) => {
    if (n.s.on > limits.horizon) return;
    const key = `${n.hops}${n.astray}${n.danger}${situationKey(n.s)}`;
    const have = seen.get(key) ?? [];
    if (have.some((c) => noWorse(c, n.costs))) return;
    seen.set(key, [...have.filter((c) => !noWorse(n.costs, c)), n.costs]);
    if ((n.s.holdings ?? []).some((h) => stands.includes(statusTerms(book, h.status)?.terms.stands ?? ''))) {
      if (goals.some((g) => noWorse(g.costs, n.costs)) || limits.counts?.(n.steps) === false) return;
      goals.push({ costs: n.costs, path: n.path });
      return;
    }
    const row = byDay.get(n.s.on);
    if (row) row.push(n);
    else byDay.set(n.s.on, [n]);
  };
  const first = through(book, start);
  add({
    s: start,
    costs: [0, 0, 0, 0, 0, 0],
    hops: 0,
    astray: first < start.on,
    danger: concerned(book, start),
    path: '',
    steps: [],
  });
  for (let day = start.on; day <= limits.horizon; day++) {
    // A move may lead to another situation on the same day.
    for (const row = byDay.get(day) ?? []; row.length; ) {
      nodes++;
      for (const next of after(book, row.pop() as Node, limits)) add(next);
      const more = byDay.get(day);
      if (more && more !== row) throw new Error('the row of a day is one list');
    }
    byDay.delete(day);
  }
  return {
    front: goals.filter(
      (g, i) => !goals.some((o, k) => noWorse(o.costs, g.costs) && (!noWorse(g.costs, o.costs) || k < i)),
    ),
    nodes,
  };
}

/** Every situation that one move on any lawful day leads to. */
function after(book: LawBook, n: Node, limits: OracleLimits): Node[] {
  const out: Node[] = [];
  const end = n.astray ? n.s.on : Math.min(through(book, n.s), limits.horizon);
  const due = n.s.pending.length ? Math.min(...n.s.pending.map((p) => p.decided)) : undefined;
  // Whoever has made all moves there are can only wait.
  for (let day = n.s.on; n.costs[3] < limits.moves && day <= Math.max(end, n.s.on); day += limits.step ?? 1) {
    // An answer is taken note of on its day, before anything else.
    if (due !== undefined && day >= due) break;
    const seen: Situation = { ...n.s, on: day };
    const options = {
      horizon: day,
      ...(limits.routes ? { routes: limits.routes } : {}),
      ...(limits.countries ? { countries: limits.countries } : {}),
    };
    for (const m of moves(book, seen, options)) {
      if (m.kind === 'await' || m.earliest > day || m.latest < day) continue;
      if (m.kind === 'enter' && m.provision.kind === 'stay' && n.hops >= limits.hops) continue;
      if (m.kind === 'file' && n.s.pending.length >= limits.pending) continue;
      const next = step(book, n, m, day);
      if (next) out.push(next);
    }
  }
  if (due !== undefined && (due <= end + 1 || n.astray)) {
    for (const m of moves(book, n.s, { horizon: limits.horizon, routes: new Set(), countries: new Set() })) {
      if (m.kind !== 'await' || m.earliest !== Math.max(due, n.s.on)) continue;
      const next = step(book, n, m, m.earliest);
      if (next) out.push(next);
    }
  }
  return out;
}

function step(book: LawBook, n: Node, m: Move, day: number): Node | undefined {
  const s = apply(book, n.s, m, day, DRAW);
  const reach = through(book, n.s);
  const lawful = through(book, s) >= day || (m.kind !== 'enter' && reach >= day);
  if (!lawful && !n.astray) return undefined;
  const waited = day - n.s.on;
  const discretionary = n.s.pending.some((p) => book.provisions.get(p.route)?.decision !== 'right');
  let cents = n.costs[2];
  if (m.kind === 'file') for (const f of m.fee) cents += Math.round((convert(book, f, 'EUR', day)?.amount ?? 0) * 100);
  const visitor = m.kind === 'enter' && m.provision.kind === 'stay';
  return {
    s,
    costs: [
      n.costs[0] + waited,
      n.costs[1] + (discretionary ? waited : 0),
      cents,
      n.costs[3] + (m.kind === 'await' ? 0 : 1),
      n.costs[4] + (n.danger ? waited : 0) + (m.kind === 'enter' && crossed(book, s) ? 1 : 0),
      n.costs[5] + (n.astray ? Math.max(0, day - Math.max(n.s.on, reach + 1)) : 0),
    ],
    hops: m.kind === 'await' ? 0 : n.hops + (visitor ? 1 : 0),
    astray: n.astray && !lawful,
    danger: m.kind === 'enter' ? concerned(book, s) : n.danger,
    steps: [...n.steps, { move: m, day, before: n.s, after: s }],
    path: `${n.path}${n.path ? ' | ' : ''}${formatDay(day)} ${m.kind} ${m.kind === 'enter' ? m.under : m.route}`,
  };
}

/** The last day of lawful presence without a break. */
function through(book: LawBook, s: Situation): number {
  const l = lawfulUntil(book, s);
  const today = s.place !== undefined && holdingsIn(book, s, s.place, s.on).length > 0 ? s.on : s.on - 1;
  return Math.max(l.until ?? (l.known ? Number.POSITIVE_INFINITY : today), today);
}

const concerned = (book: LawBook, s: Situation): boolean =>
  s.place !== undefined && dangersIn(book, s, s.place, s.on, ['presence']).length > 0;

const crossed = (book: LawBook, s: Situation): boolean =>
  s.place !== undefined && dangersIn(book, s, s.place, s.on, ['presence', 'entry']).length > 0;

const situationKey = (s: Situation): string =>
  JSON.stringify([
    s.on,
    s.place,
    s.since,
    s.under,
    s.visits,
    s.holdings,
    s.documents,
    s.pending,
    s.cash,
    [...s.assumed],
  ]);
