/** One person against the law, as programs that use the library see it: the person file, every route, the changes between two days. */
export { startOf } from '../moves/claims.ts';
export { dangersIn } from '../moves/dangers.ts';
export { type StayAnswer, stayAnswer } from '../moves/stay.ts';
export { type MemberFiles, type PersonReading, readPerson } from '../person/file.ts';
export { situationOf } from '../person/situation.ts';
export type { Person, Situation } from '../person/types.ts';
export { type Affects, affectsOn } from './affects.ts';
export { changes, type LawChange } from './changes.ts';
export { checkRoute, checkRoutes, type Remark, type RouteAnswer, type RouteCheck, routeAnswer } from './check.ts';
export { type Deadline, deadlines } from './deadlines.ts';
export { type Nearest, nearestChanges } from './nearest.ts';
