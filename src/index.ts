/**
 * The library: the same functions that the command line calls. Everything here is a pure function of a law book and a
 * situation; nothing opens a file or a connection.
 */
export { formatDay, parseDay } from './calendar/civil.ts';
export { type LawBook, readBook, writeBook } from './law/book.ts';
export { coverageOf } from './law/coverage.ts';
export { applyPatch, readPatch } from './law/patch.ts';
export { type Problem, ProblemsError, renderProblem } from './law/problems.ts';
export { startOf } from './moves/claims.ts';
export { dangersIn } from './moves/dangers.ts';
export { apply, moves } from './moves/moves.ts';
export { stayAnswer } from './moves/stay.ts';
export type { Draw, Move } from './moves/types.ts';
export { readPerson } from './person/file.ts';
export { situationOf } from './person/situation.ts';
export type { Person, Situation } from './person/types.ts';
export type { Found, Progress, SearchOptions } from './plan/options.ts';
export { ONE_FRONT, searchPlans, streamPlans } from './plan/search.ts';
export { compareFronts, type Steady } from './plan/steady.ts';
export type { Goal, Plan } from './plan/types.ts';
export { verifyPlan } from './plan/verify.ts';
