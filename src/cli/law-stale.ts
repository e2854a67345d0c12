/** `foothold law check --stale DAY`: what must be verified again by a day; what most example persons rely on first, then the oldest evidence. */
import { formatDay } from '../calendar/civil.ts';
import { hangingOn } from '../check/outcomes.ts';
import { sayDay } from '../law/say.ts';
import type { Day } from '../rules/ir.ts';
import { type Run, writeJson } from './context.ts';
import { examplePeople } from './example-people.ts';
import { loadLaw, projectRoot } from './law-files.ts';
import { Page } from './page.ts';

export async function staleCommand(
  run: Run,
  jurisdictions: readonly string[],
  by: Day,
  json: boolean,
): Promise<number> {
  const book = await loadLaw();
  const hanging = hangingOn(book, examplePeople(projectRoot(), book), run.today);
  const rows = [...book.provisions.values()]
    .filter((p) => p.expires < by && (jurisdictions.length === 0 || jurisdictions.includes(p.jurisdiction)))
    .map((p) => ({ p, persons: hanging.get(p.id) ?? 0 }))
    .sort((a, b) => b.persons - a.persons || a.p.verified.on - b.p.verified.on || (a.p.id < b.p.id ? -1 : 1));
  if (json) {
    writeJson(
      run,
      rows.map(({ p, persons }) => ({
        id: p.id,
        persons,
        verifiedOn: formatDay(p.verified.on),
        expires: formatDay(p.expires),
        confidence: p.verified.confidence,
        sources: Object.values(p.sources).map((s) => s.url),
      })),
    );
    return 0;
  }
  const page = new Page(run);
  page.title(
    page.t(
      `To be verified by ${sayDay(by, 'en')}: ${rows.length}`,
      `Проверить к ${sayDay(by, 'ru')} года: ${rows.length}`,
    ),
  );
  page.para(
    page.t(
      'First what the answers of most example persons hang on, then the oldest evidence.',
      'Сначала то, от чего зависят ответы большинства примерных людей, затем самые старые сведения.',
    ),
    0,
  );
  for (const { p, persons } of rows)
    page.para(
      `${p.id}: ${page.t(`${persons} persons; evidence of ${formatDay(p.verified.on)}, past its day on ${formatDay(p.expires)}`, `человек: ${persons}; сведения от ${formatDay(p.verified.on)}, срок до ${formatDay(p.expires)}`)}`,
      2,
      '- ',
    );
  run.out(page.text());
  return 0;
}
