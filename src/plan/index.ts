/** Plans, as programs that use the library see them: the transition function, the search, and the verifier that shares nothing with it. */
export { apply, type MoveOptions, moves } from '../moves/moves.ts';
export type { Draw, Move } from '../moves/types.ts';
export { readPerson } from '../person/file.ts';
export { situationOf } from '../person/situation.ts';
export type { Person, Situation } from '../person/types.ts';
export type { Effort, Found, Progress, SearchOptions } from './options.ts';
export { searchPlans, streamPlans } from './search.ts';
export { compareFronts, type Steady } from './steady.ts';
export { walkTogether } from './together.ts';
export type { MemberLeg, MemberWalk, Together, WalkedStep, Why } from './together-types.ts';
export type { Fallback, Goal, Leg, Metrics, Plan, Refusal } from './types.ts';
export { type Verdict, type VerifyOptions, verifyPlan } from './verify.ts';
export { type Otherwise, rereadTogether, withdrawn } from './verify-together.ts';
