/** The smallest change of facts that would open a route: of its own clauses and of everything else that bears on it at once. */
import { type LawBook, statusTerms } from '../law/book.ts';
import { compiledAt } from '../moves/assess.ts';
import type { Eligibility, Part } from '../moves/eligible.ts';
import type { Situation } from '../person/types.ts';
import { View } from '../person/view.ts';
import { compile, type Proposal, smallestChange } from '../rules/index.ts';
import type { Context, Day, Node, Tri, Value } from '../rules/ir.ts';
import { PerSituation } from './per-situation.ts';
import { plainValue } from './plain.ts';

/** Facts changed together, with the effort in months. `from` is null where the fact is unknown today. */
export type Nearest = {
  readonly change: readonly { readonly fact: string; readonly from: unknown; readonly to: unknown }[];
  readonly cost: number;
};

const MOST = 3;

/** Up to three smallest changes that would make the answer yes on that day; none if no change of facts can. */
export function nearestChanges(book: LawBook, e: Eligibility, s: Situation, on: Day): Nearest[] {
  if (e.outcome === true) return [];
  let combined: Proposal[] = [{ change: [], cost: 0 }];
  for (const part of e.parts) {
    if (part.pass === true) continue;
    if (part.assessment.force !== 'yes') return [];
    const found = changesOf(book, part, s, on);
    if (found.length === 0) return [];
    combined = combined.flatMap((a) => found.flatMap((b) => merge(a, b) ?? []));
  }
  combined.sort((a, b) => a.cost - b.cost || a.change.length - b.change.length);
  return combined
    .filter((c) => !c.change.some((step) => step.fact === 'now.status' && isGiven(book, step.to)))
    .filter((c) => opens(book, e, c, s, on))
    .slice(0, MOST)
    .map(({ change, cost }) => ({
      cost,
      change: change.map((step) => {
        const type = book.schema.facts.get(step.fact)?.type;
        return {
          fact: step.fact,
          from: plainValue(step.from, type, book.schema),
          to: plainValue(step.to, type, book.schema),
        };
      }),
    }));
}

/** Whether a status is one that is granted after years or for a fate: recognition, permanence. Nobody takes it up in order to ask for something else. */
function isGiven(book: LawBook, status: Value): boolean {
  const stands = statusTerms(book, String(status))?.terms.stands;
  return stands === 'protection' || stands === 'permanent' || stands === 'citizenship';
}

const changes = new PerSituation<readonly Proposal[]>();

/** The changes that would let the person past one part: looked for once where it bears on many routes. */
const changesOf = (book: LawBook, part: Part, s: Situation, on: Day): readonly Proposal[] =>
  changes.of(book, s, goalOf(part, on), part.assessment.binding, on, (goal) => {
    return smallestChange(goal, viewOf(book, part, s, on), book.schema, { most: MOST }).found;
  });

const negations = new WeakMap<Node, Node>();

/** What must hold for a part to let the person through: a restriction must not hit. Kept, so that it compiles once. */
function goalOf(part: Part, on: Day): Node {
  const { node } = compiledAt(part.provision, on);
  if (part.role !== 'restriction') return node;
  const have = negations.get(node) ?? ({ k: 'not', of: node } as Node);
  negations.set(node, have);
  return have;
}

const tests = new WeakMap<Node, (c: Context) => Tri>();

function testOf(goal: Node): (c: Context) => Tri {
  const test = tests.get(goal) ?? compile(goal);
  tests.set(goal, test);
  return test;
}

function viewOf(book: LawBook, part: Part, s: Situation, on: Day, facts?: ReadonlyMap<string, Value>): View {
  return new View(book, part.provision, s, on, part.assessment.binding, facts ? { facts } : undefined);
}

/** Two changes made together; `undefined` where they want different things of one fact. */
function merge(a: Proposal, b: Proposal): Proposal | undefined {
  const change = [...a.change];
  let cost = a.cost + b.cost;
  for (const step of b.change) {
    const same = change.find((c) => c.fact === step.fact);
    if (!same) change.push(step);
    else if (JSON.stringify(same.to) !== JSON.stringify(step.to)) return undefined;
    // Nobody pays twice for one change; what it costs alone is not told apart, so the dearer of the two stands for both.
    else cost = Math.max(a.cost, b.cost);
  }
  return { change, cost };
}

/** Whether every part lets the person through once the facts are changed: asked again, not concluded. */
function opens(book: LawBook, e: Eligibility, c: Proposal, s: Situation, on: Day): boolean {
  const facts = new Map(c.change.map((step) => [step.fact, step.to]));
  return e.parts.every((part) => {
    if (part.warns) return true;
    return (
      testOf(goalOf(part, on))(viewOf(book, part, s, on, facts)) === true ||
      (part.pass === true && part.role === 'restriction' && part.provision.strength === 'may')
    );
  });
}
