/**
 * The law, as programs that use the library see it. Reading the YAML folder of a clone is in `foothold/law/node`, which
 * only a program with a file system may import; everywhere else the law is the prebuilt book (`foothold/law.json`).
 */
export { addMonths, formatDay, monthsBetween, parseDay } from '../calendar/civil.ts';
export type { Day, Duration, Money, Schema, Text, Value } from '../rules/ir.ts';
export { agenda, type Item } from './agenda.ts';
export { areasOf, bookFrom, type LawBook, membersOf, ofKind, readBook, writeBook } from './book.ts';
export { coverageOf, type HostCoverage } from './coverage.ts';
export { openPack, PackError, type PackFault, type PackHead, readHead } from './pack.ts';
export { applyPatch, type Patch, type PatchChange, type PatchKind, readPatch } from './patch.ts';
export { type Problem, ProblemsError, renderProblem } from './problems.ts';
export { looksPersonal, type Report, readReport, writeReport } from './report.ts';
export { fillText, type Lang, sayDay, sayDuration, sayMoney } from './say.ts';
export type { Area, Clause, Coverage, Decision, Kind, Provision, Said, Source } from './types.ts';
