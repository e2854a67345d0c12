/** What can lead to a goal at all: routes, the statuses they stand on, the countries where they are. By the law alone. */
import { type LawBook, matchesStatus, membersOf, ofKind, statusTerms } from '../law/book.ts';
import type { Clause, Provision } from '../law/types.ts';
import type { Day } from '../rules/ir.ts';
import type { Goal } from './types.ts';

export type Relevant = {
  readonly routes: ReadonlySet<string>;
  readonly countries: ReadonlySet<string>;
};

/** Whether a standing fulfils a goal. A goal of years is fulfilled by time, by any standing that is lawful. */
export function standingMeets(goal: Goal, stands: string): boolean {
  switch (goal.kind) {
    case 'permanent':
      return stands === 'permanent' || stands === 'citizenship';
    case 'citizenship':
      return stands === 'citizenship';
    case 'protection':
      return stands === 'protection';
    case 'years':
      return stands !== 'visit' && stands !== 'pending' && stands !== 'tolerated' && stands !== 'visa';
  }
}

const LASTING = new Set(['permanent', 'citizenship']);

const standsOf = (book: LawBook, r: Provision): string | undefined =>
  r.grants?.status ? statusTerms(book, r.grants.status)?.terms.stands : undefined;

/** Whether a route grants what is wanted. */
export function grantsGoal(book: LawBook, r: Provision, goal: Goal): boolean {
  const stands = standsOf(book, r);
  return stands !== undefined && standingMeets(goal, stands);
}

/**
 * Routes from which the goal can be reached, going backwards: those that grant it; then those that grant a status which
 * one of these counts, may be filed from, names, or is led to by; and routes that issue documents, which serve all. For a document alone
 * no status is sought: nobody asks for asylum in one country for the sake of a refugee's travel document with which to go to another.
 */
export function relevantTo(book: LawBook, goal: Goal, avoid: ReadonlySet<string>, on: Day): Relevant {
  const all = ofKind(book, 'route');
  const seeds = all.filter((r) => grantsGoal(book, r, goal));
  const papers = all.filter((r) => r.grants?.document && !avoid.has(r.jurisdiction)).map((r) => r.id);
  const routes = new Set([...feeding(book, seeds, avoid), ...papers]);
  const countries = new Set<string>();
  for (const id of routes)
    for (const c of membersOf(book, id.split('/')[0] as string, on) ?? []) if (!avoid.has(c)) countries.add(c);
  return { routes, countries };
}

/**
 * Routes whose grants serve one of the given ones, at any remove; the given ones among them. Other routes that `ends` names are
 * left out, and what serves only them: a plan would end with these.
 */
export function feeding(
  book: LawBook,
  seeds: readonly Provision[],
  avoid: ReadonlySet<string>,
  ends: (r: Provision) => boolean = () => false,
): ReadonlySet<string> {
  const { all } = routesOf(book);
  const routes = new Set<string>();
  const todo = seeds.filter((r) => all.has(r) && !avoid.has(r.jurisdiction));
  // Whoever may live in a country for good asks for no protection there: such a status is no step towards it.
  const shelter =
    todo.some((r) => standsOf(book, r) === 'protection') && todo.every((r) => !LASTING.has(standsOf(book, r) ?? ''));
  // Nor does anybody live in another country first in order to ask for protection in this one.
  const near = new Set(todo.map((r) => r.jurisdiction));
  const add = (r: Provision) => {
    if (shelter && !near.has(r.jurisdiction)) return;
    if (routes.has(r.id) || avoid.has(r.jurisdiction) || (ends(r) && !seeds.includes(r))) return;
    if (shelter && LASTING.has(standsOf(book, r) ?? '')) return;
    routes.add(r.id);
    todo.push(r);
  };
  for (const r of todo.splice(0)) add(r);
  for (let r = todo.pop(); r; r = todo.pop()) stepsTo(book, r).forEach(add);
  return routes;
}

const fedMemo = new WeakMap<LawBook, { readonly shunning: string; readonly table: Map<string, ReadonlySet<string>> }>();

/**
 * `feeding` of one route, remembered as long as the same countries are avoided: by the law alone, so the same for everybody. With
 * `goal`, other routes that grant it are left out.
 */
export function feedingOne(
  book: LawBook,
  route: Provision,
  avoid: ReadonlySet<string>,
  goal: Goal | undefined,
): ReadonlySet<string> {
  const shunning = [...avoid].sort().join();
  let memo = fedMemo.get(book);
  if (memo?.shunning !== shunning) {
    memo = { shunning, table: new Map() };
    fedMemo.set(book, memo);
  }
  const key = `${goal?.kind ?? ''} ${route.id}`;
  let made = memo.table.get(key);
  if (!made) {
    made = feeding(book, [route], avoid, goal && ((r) => grantsGoal(book, r, goal)));
    memo.table.set(key, made);
  }
  return made;
}

const stepsMemo = new WeakMap<LawBook, Map<Provision, readonly Provision[]>>();

/** The routes that grant what a route wants held, or whose status says that it leads there: one step back. */
function stepsTo(book: LawBook, r: Provision): readonly Provision[] {
  let memo = stepsMemo.get(book);
  if (!memo) {
    memo = new Map();
    stepsMemo.set(book, memo);
  }
  let made = memo.get(r);
  if (!made) {
    const { byStatus, leading } = routesOf(book);
    const out = new Set<Provision>();
    for (const pattern of wantedBy(book, r))
      if (pattern.endsWith('/*')) {
        for (const [status, granting] of byStatus)
          if (matchesStatus(pattern, status)) for (const x of granting) out.add(x);
      } else for (const x of byStatus.get(pattern) ?? []) out.add(x);
    // A status may say where it leads without the route naming it.
    for (const x of leading.get(r.id) ?? []) out.add(x);
    made = [...out];
    memo.set(r, made);
  }
  return made;
}

type Routes = {
  readonly all: ReadonlySet<Provision>;
  readonly byStatus: ReadonlyMap<string, readonly Provision[]>;
  /** For a route, those whose status says that it leads there. */
  readonly leading: ReadonlyMap<string, readonly Provision[]>;
};
const routesMemo = new WeakMap<LawBook, Routes>();

/** Every route that a plan may use: not those that only put off removal. */
function routesOf(book: LawBook): Routes {
  const have = routesMemo.get(book);
  if (have) return have;
  const all = new Set<Provision>();
  const byStatus = new Map<string, Provision[]>();
  const leading = new Map<string, Provision[]>();
  const push = (table: Map<string, Provision[]>, key: string, r: Provision) => {
    const row = table.get(key);
    if (row) row.push(r);
    else table.set(key, [r]);
  };
  for (const r of ofKind(book, 'route')) {
    const status = r.grants?.status;
    const terms = status ? statusTerms(book, status)?.terms : undefined;
    if (terms?.stands === 'tolerated') continue;
    all.add(r);
    if (status) push(byStatus, status, r);
    for (const id of terms?.leadsTo ?? []) push(leading, id, r);
  }
  const made = { all, byStatus, leading };
  routesMemo.set(book, made);
  return made;
}

const wantedMemo = new WeakMap<Provision, readonly string[]>();

/** Statuses, as ids or `de/*`, that help to be granted a route: to file from, counted by its clocks, named by its conditions. */
function wantedBy(book: LawBook, r: Provision): readonly string[] {
  const have = wantedMemo.get(r);
  if (have) return have;
  const out = new Set<string>();
  for (const x of r.filing?.from ?? []) out.add(x === 'permit' || x === 'any' ? `${r.jurisdiction}/*` : x);
  const clause = (c: Clause): void => {
    switch (c.k) {
      case 'leaf':
        for (const id of namedIn(r, c.text)) out.add(id);
        break;
      case 'clock':
        for (const x of book.provisions.get(c.clock)?.counts ?? []) out.add(x.status);
        break;
      case 'not':
        clause(c.of);
        break;
      case 'points':
        for (const i of c.items) clause(i.of);
        break;
      default:
        c.of.forEach(clause);
    }
  };
  for (const c of [...r.all, ...r.bars, ...r.except]) clause(c);
  const made = [...out];
  wantedMemo.set(r, made);
  return made;
}

/** Statuses that a condition names, itself or by a list of codes of the provision. */
function namedIn(p: Provision, text: string): string[] {
  if (!/now\.status|statuses/.test(text)) return [];
  const out = text.match(/[a-z]{2,}\/[a-z0-9-]+/g) ?? [];
  const lists = Object.entries(p.lists).flatMap(([name, list]) =>
    new RegExp(`\\b${name}\\b`).test(text) ? list.values.flatMap((v) => v.value ?? []) : [],
  );
  return [...out, ...lists];
}

/** The clocks that a clause asks, at any depth. */
export function clockIds(c: Clause): string[] {
  switch (c.k) {
    case 'clock':
      return [c.clock];
    case 'all':
    case 'any':
    case 'atLeast':
      return c.of.flatMap(clockIds);
    case 'not':
      return clockIds(c.of);
    case 'points':
      return c.items.flatMap((i) => clockIds(i.of));
    default:
      return [];
  }
}
