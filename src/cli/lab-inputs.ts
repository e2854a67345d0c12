/** Law, scenarios and the lab's data, read and checked before any work begins. */
import { type Behaviour, readBehaviour } from '../lab/behaviour.ts';
import type { LabText } from '../lab/reading.ts';
import type { LabInputs } from '../lab/run.ts';
import { readScenarios, type Scenario } from '../lab/scenario.ts';
import type { Lang } from '../law/say.ts';
import { type LabData, labText, loadLab, scenarioTexts } from './lab-files.ts';
import { loadLaw } from './law-files.ts';

export type Loaded = {
  readonly inputs: LabInputs;
  readonly data: LabData;
  readonly scenarios: readonly Scenario[];
  readonly behaviour: Behaviour;
};

export const loadInputs = (names: readonly string[], lang: Lang): Promise<Loaded> =>
  loadTexts(scenarioTexts(names, lang), lang);

/** The same, with the scenarios' texts at hand. */
export async function loadTexts(texts: readonly LabText[], lang: Lang): Promise<Loaded> {
  const book = await loadLaw();
  const data = loadLab(book, lang);
  const behaviour = readBehaviour(labText('diaspora/behaviour.yaml', lang), data.figures);
  const scenarios = readScenarios(book, texts);
  return {
    data,
    scenarios,
    behaviour,
    inputs: {
      book,
      laws: [book, ...scenarios.map((s) => s.book)],
      population: data.population,
      subgroups: data.subgroups,
      answers: data.answers,
      behaviour,
    },
  };
}
