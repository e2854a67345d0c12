/**
 * The lab, as programs that use the library see it. It takes texts and gives numbers: files and threads are the caller's.
 * What may not be concluded from it: `docs/lab.md`.
 */
export { type AnswerRule, readAnswers } from './answers.ts';
export { type Behaviour, readBehaviour } from './behaviour.ts';
export type { CoverageOptions } from './cover-rows.ts';
export { type Cell, type Coverage, coverage, type PracticeCell, type SubgroupCoverage } from './coverage.ts';
export { LawEye } from './eye.ts';
export { type Figures, readFigures } from './figures.ts';
export { type Floor, readFloor } from './floor.ts';
export { type Mapping, readCsv, readMapping, readMicrodata, TablePeople } from './microdata.ts';
export { type People, SyntheticPeople } from './people.ts';
export { type Fit, type Sample, synthesise } from './population.ts';
export { type PopulationModel, readPopulation } from './population-file.ts';
export type { LabText } from './reading.ts';
export { readScenarios, type Scenario } from './scenario.ts';
export { readSubgroups, type Subgroup } from './subgroups.ts';
