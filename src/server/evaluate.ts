/** The same answers as the command line's `--json`, for the API: run in a worker, so that one question cannot hold up another. */
import { parentPort, workerData } from 'node:worker_threads';
import { answerPlan } from '../answers/plan-answer.ts';
import { planJson } from '../answers/plan-json.ts';
import { stayJson, stayRulesNamed } from '../answers/stay.ts';
import { changes } from '../check/changes.ts';
import { checkRoutes } from '../check/check.ts';
import { type LawBook, ofKind, readBook } from '../law/book.ts';
import { type Problem, renderProblem } from '../law/problems.ts';
import { startOf } from '../moves/claims.ts';
import { countries } from '../moves/moves.ts';
import { stayAnswer } from '../moves/stay.ts';
import { readPerson } from '../person/file.ts';
import type { Person } from '../person/types.ts';
import type { Goal } from '../plan/types.ts';
import type { Day } from '../rules/ir.ts';

/** A question with its days as integers; `person` is the text of a person file. */
export type Question =
  | { readonly ask: 'check'; readonly person: string; readonly on: Day; readonly routes?: readonly string[] }
  | { readonly ask: 'stay'; readonly person: string; readonly on: Day; readonly rule: string }
  | {
      readonly ask: 'plan';
      readonly person: string;
      readonly on: Day;
      readonly goal: Goal;
      readonly avoid: readonly string[];
      readonly strict: boolean;
      readonly processing: 'usual' | 'longest';
    }
  | { readonly ask: 'changes'; readonly person: string; readonly from: Day; readonly to: Day };

export type Reply =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      readonly status: number;
      readonly title: string;
      readonly detail: string;
      readonly errors?: readonly string[];
    };

/** Answers one question. Never throws for what a caller can mend. A search of plans looks at `signal` and stops when it is told to. */
export function evaluate(book: LawBook, q: Question, signal?: { readonly aborted: boolean }): Reply {
  const read = personOf(book, q.person);
  if (!('person' in read))
    return {
      ok: false,
      status: 422,
      title: 'The person file has mistakes',
      detail: 'Nothing was answered. Mend what is named and ask again.',
      errors: read.problems.map(renderProblem),
    };
  const { person } = read;
  switch (q.ask) {
    case 'check': {
      const known = new Set(ofKind(book, 'route').map((r) => r.id));
      const strange = (q.routes ?? []).filter((id) => !known.has(id));
      if (strange.length) return unknownName('route', strange, 'GET /api/v1/law?kind=route');
      return {
        ok: true,
        value: checkRoutes(book, startOf(book, person, q.on), q.on, q.routes?.length ? q.routes : undefined),
      };
    }
    case 'stay': {
      const s = startOf(book, person, q.on);
      const rule = stayRulesNamed(book, q.rule, s)[0];
      if (!rule) return unknownName('stay rule, area or country', [q.rule], 'GET /api/v1/law?kind=stay');
      return { ok: true, value: stayJson(rule, stayAnswer(book, rule, s, q.on)) };
    }
    case 'plan': {
      const there = new Set(countries(book, q.on));
      const strange = q.avoid.filter((c) => !there.has(c));
      if (strange.length) return unknownName('country', strange, `one of: ${[...there].sort().join(', ')}`);
      return {
        ok: true,
        value: planJson(
          book,
          answerPlan(book, startOf(book, person, q.on), q.goal, {
            avoid: new Set(q.avoid),
            strict: q.strict,
            processing: q.processing,
            ...(signal ? { signal } : {}),
          }),
        ),
      };
    }
    case 'changes':
      return { ok: true, value: changes(book, q.from, q.to, startOf(book, person, q.to)) };
  }
}

function personOf(book: LawBook, text: string): { person: Person } | { problems: readonly Problem[] } {
  const r = readPerson('person', text, book.schema);
  return r.person ? { person: r.person } : { problems: r.problems };
}

const unknownName = (what: string, names: readonly string[], see: string): Reply => ({
  ok: false,
  status: 422,
  title: `Not a known ${what}`,
  detail: `"${names.join('", "').slice(0, 200)}" is no ${what} that the law here knows. See ${see}.`,
});

if (parentPort) {
  const port = parentPort;
  const data = workerData as { readonly book: string; readonly stop: Int32Array };
  const book = readBook(data.book);
  const signal = {
    get aborted() {
      return Atomics.load(data.stop, 0) !== 0;
    },
  };
  port.on('message', (q: Question) => {
    let reply: Reply;
    try {
      reply = evaluate(book, q, signal);
    } catch {
      // What went wrong could quote what a person wrote: only that it went wrong is told.
      reply = {
        ok: false,
        status: 500,
        title: 'A fault of the program',
        detail: 'This question could not be answered. Please report it to the project, without the person file.',
      };
    }
    port.postMessage(reply);
  });
}
