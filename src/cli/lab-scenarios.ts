/** `foothold lab scenarios`: the library, with what each changes. */

import { countryName } from '../answers/countries.ts';
import { formatDay } from '../calendar/civil.ts';
import { acting, firstDay } from '../lab/scenario.ts';
import { sayDay } from '../law/say.ts';
import { readArgs } from './args.ts';
import { type Run, writeJson } from './context.ts';
import { scenarioFiles, scenariosOf } from './lab-files.ts';
import { loadLaw } from './law-files.ts';
import { Page } from './page.ts';

const KINDS = {
  happened: { en: 'happened', ru: 'было' },
  announced: { en: 'announced', ru: 'объявлено' },
  proposed: { en: 'proposed', ru: 'предложено' },
} as const;

export async function labScenarios(run: Run): Promise<number> {
  const { lang } = run;
  const { options } = readArgs(run.args, ['json', 'lang', 'help'], lang, 'lab scenarios');
  const book = await loadLaw();
  const all = scenariosOf(book, scenarioFiles(), lang);
  if (options.json) {
    writeJson(
      run,
      all.map((s) => ({
        id: s.id,
        title: s.patch.title,
        why: s.patch.why,
        kind: s.patch.kind ?? null,
        from: formatDay(firstDay(s)),
        acting: acting(s),
        changes: s.patch.changes.map((c) => ({ op: c.op, provision: c.provision, from: formatDay(c.from) })),
        sources: s.patch.sources ?? [],
      })),
    );
    return 0;
  }
  const p = new Page(run);
  p.title(p.t(`${all.length} scenarios`, `Сценариев: ${all.length}`));
  for (const s of all) {
    const kind = KINDS[s.patch.kind ?? 'proposed'][lang];
    p.heading(s.id);
    p.para(
      `${s.patch.title[lang]} (${kind}; ${p.t('from', 'с')} ${sayDay(firstDay(s), lang)}; ${acting(s)
        .map((j) => countryName(j, lang, book))
        .join(', ')})`,
    );
    p.para(s.patch.why[lang], 2, '', 'dim');
  }
  run.out(p.text());
  return 0;
}
