/** What `foothold lab coverage` says in words: of everybody, of one subgroup, of a scenario against the law as it is. */
import { countryName } from '../answers/countries.ts';
import { type Cell, type Coverage, ENOUGH, type SubgroupCoverage } from '../lab/coverage.ts';
import type { Scenario } from '../lab/scenario.ts';
import { sayDay } from '../law/say.ts';
import { columns, people as peopleText, percent } from './columns.ts';
import type { Run } from './context.ts';
import { Page } from './page.ts';

/** `own`: the persons are rows of a table that the user brought, not invented ones. */
function head(p: Page, a: Coverage, own: boolean): void {
  p.title(
    p.t(`Who has a home open on ${sayDay(a.on, 'en')}`, `Кому есть где жить законно: ${sayDay(a.on, 'ru')} года`),
  );
  p.para(
    p.t(
      `${a.persons} ${own ? 'rows of your table' : 'invented persons'} stand for ${peopleText(a.people, 'en')} people; law ${a.law.slice(0, 12)}; ${a.hosts.length} host countries in the law.`,
      `${own ? `Строк вашей таблицы: ${a.persons}, они` : `${a.persons} вымышленных людей`} представляют ${peopleText(a.people, 'ru')}; право ${a.law.slice(0, 12)}; стран в базе: ${a.hosts.length}.`,
    ),
  );
  if (a.uncovered > 0)
    p.para(
      p.t(
        `${peopleText(a.uncovered, 'en')} of them live in countries whose law is not in the book yet: homes there are not counted.`,
        `${peopleText(a.uncovered, 'ru')} из них живут в странах, чьего права в базе пока нет: возможности там не учтены.`,
      ),
      2,
      '! ',
    );
}

/** A title cut to a width. */
const short = (text: string, width: number): string => (text.length > width ? `${text.slice(0, width - 1)}…` : text);

type Line = { readonly name: string; readonly cell: Cell };

function table(p: Page, lines: readonly string[]): void {
  for (const line of lines) p.raw(line);
}

/** The main figures, side by side: by the letter of the law, and in practice. */
function bothTable(p: Page, run: Run, list: readonly Line[]): void {
  const { lang } = run;
  table(
    p,
    columns(
      [
        '',
        p.t('people', 'людей'),
        p.t('home L', 'дом Б'),
        p.t('home P', 'дом Д'),
        p.t('back L', 'назад Б'),
        p.t('back P', 'назад Д'),
        p.t('danger', 'опасн.'),
        p.t('papers', 'бумаги'),
        p.t('money', 'деньги'),
      ],
      list.map(({ name, cell }) => {
        const s = (x: number) => (cell.effective < ENOUGH ? '…' : percent(x, cell.people, lang));
        const q = cell.practice;
        return [
          short(name, 20),
          peopleText(cell.people, lang),
          s(cell.home.right + cell.home.discretion),
          q ? s(q.home.right + q.home.discretion) : '–',
          s(cell.nothing),
          q ? s(q.nothing) : '–',
          ...(['danger', 'papers', 'money'] as const).map((h) => (q ? s(q.lostTo[h]) : '–')),
        ];
      }),
      0,
    ),
  );
}

function bothWords(p: Page, list: readonly Line[]): void {
  p.gap();
  if (list.some((x) => x.cell.people > 0 && x.cell.effective < ENOUGH))
    p.para(
      p.t(
        `…: fewer than ${ENOUGH} persons of equal weight stand behind it, too few for a share. --json has the numbers all the same.`,
        `…: за этим меньше ${ENOUGH} равновесных человек, для доли мало. В --json числа всё равно есть.`,
      ),
    );
  p.para(
    p.t(
      'L: by the letter of the law. P: in practice, that is counting a home only where no danger of the country certainly concerns the person, their papers let them arrive, and their savings hold the journey and the fees that the law states.',
      'Б: по букве права. Д: на деле, то есть дом считается, только если ни одна опасность страны заведомо не касается человека, с его документами можно приехать, а сбережений хватает на дорогу и названные в праве пошлины.',
    ),
  );
  p.para(
    p.t(
      'home: some route to a home must or may be granted. back: nothing but return: no home to ask for, not even one that hangs on an open question, no lawful stay in thirty days, no country to enter.',
      'дом: какой-то путь обязаны или могут одобрить. назад: ничего кроме возвращения: просить не о чем, даже если ответить на открытые вопросы, через тридцать дней нельзя оставаться и некуда въехать.',
    ),
  );
  p.para(
    p.t(
      'danger, papers, money: people who have a home by the letter and would have one in practice if this alone did not stand in the way.',
      'опасн., бумаги, деньги: те, у кого дом есть по букве и был бы на деле, если бы не одно это.',
    ),
  );
}

/** By the letter of the law: the kinds of home. */
function letterTable(p: Page, run: Run, first: string, list: readonly Line[]): void {
  const { lang } = run;
  table(
    p,
    columns(
      [
        first,
        p.t('right', 'право'),
        p.t('discr.', 'усмотр.'),
        p.t('asylum', 'убежище'),
        p.t('open?', 'вопрос'),
        p.t('none', 'нет'),
      ],
      list.map(({ name, cell }) => [
        short(name, 26),
        ...[cell.home.right, cell.home.discretion, cell.protectionOnly, cell.home.question, cell.home.none].map((x) =>
          cell.effective < ENOUGH ? '…' : percent(x, cell.people, lang),
        ),
      ]),
      0,
    ),
  );
}

/** Countries in which a home is open to a group. */
function whereTable(p: Page, run: Run, g: SubgroupCoverage): void {
  const { lang } = run;
  table(
    p,
    columns(
      ['', p.t('right', 'право'), p.t('discr.', 'усмотр.'), p.t('open?', 'вопрос'), p.t('certain P', 'верно Д')],
      g.to.map((t) => [
        countryName(t.host, lang),
        ...[t.right, t.discretion, t.question].map((x) => percent(x, g.people, lang, 1)),
        t.practice ? percent(t.practice.right + t.practice.discretion, g.people, lang, 1) : '–',
      ]),
    ),
  );
}

export function coveragePage(run: Run, a: Coverage, own = false): string {
  const { lang } = run;
  const p = new Page(run);
  head(p, a, own);
  p.gap();
  p.heading(p.t('A home, or nothing but return', 'Дом или ничего кроме возвращения'));
  const list = a.subgroups.map((g) => ({ name: g.title[lang], cell: g }));
  bothTable(p, run, list);
  bothWords(p, list);
  p.heading(
    p.t(
      'By the letter: best home open, share of each subgroup',
      'По букве: лучшее из доступного, доля в каждой группе',
    ),
  );
  letterTable(p, run, '', list);
  p.gap();
  p.para(
    p.t(
      'right: some route must be granted. discr.: some route may be granted.',
      'право: что-то обязаны дать. усмотр.: что-то могут дать.',
    ),
  );
  p.para(
    p.t(
      'asylum: of those two, people for whom only protection is open. open?: it hangs on a question that the population has no answer to. none: no home to ask for anywhere in the law here.',
      'убежище: из этих двух — те, кому открыта только защита. вопрос: зависит от ответа, которого о населении нет. нет: просить не о чем ни в одной стране базы.',
    ),
  );
  p.heading(p.t('Where homes are open (everybody)', 'Где доступны (все)'));
  const all = a.subgroups[0] as SubgroupCoverage;
  whereTable(p, run, all);
  p.heading(
    p.t(
      'Rules that alone shut out most of those without a certain home',
      'Какая одна норма закрывает дорогу большинству тех, у кого верного пути нет',
    ),
  );
  for (const r of all.shutOut.slice(0, 8))
    p.para(`${r.rule} — ${percent(r.people, a.people, lang, 1)} (${ruleWord(r.kind, lang)})`, 2, '- ');
  p.gap();
  p.para(
    p.t(
      'One subgroup in full: --subgroup journalists. This is what the law allows and what certainly stands in the way, not what people will do.',
      'Одна группа подробно: --subgroup journalists. Это то, что разрешает право и что заведомо мешает, а не то, что люди сделают.',
    ),
  );
  return p.text();
}

/** What a scenario changes of what is open, subgroup by subgroup. */
export function differencePage(
  run: Run,
  before: Coverage,
  after: Coverage,
  scenarios: readonly Scenario[],
  own = false,
): string {
  const { lang } = run;
  const p = new Page(run);
  head(p, after, own);
  for (const s of scenarios) {
    p.heading(s.patch.title[lang]);
    p.para(s.patch.why[lang]);
    if (Math.min(...s.patch.changes.map((c) => c.from)) > after.on)
      p.para(
        p.t(
          'This scenario begins after the day asked about: ask for a later one with --on.',
          'Сценарий начинается позже этого дня: спросите о более позднем (--on).',
        ),
        2,
        '! ',
      );
  }
  p.heading(p.t('People with a home open for certain, before and after', 'У кого есть верный путь: до и после'));
  const sure = (g: Pick<Cell, 'home'>) => g.home.right + g.home.discretion;
  const points = (x: number, y: number) => {
    const d = y - x;
    const text = (Math.abs(d) < 0.0005 ? 0 : 100 * d).toFixed(1);
    return `${d >= 0.0005 ? '+' : ''}${lang === 'ru' ? text.replace('.', ',') : text}`;
  };
  const rows = after.subgroups.map((g, k) => {
    const b = before.subgroups[k] as SubgroupCoverage;
    const name = short(g.title[lang], 26);
    if (g.effective < ENOUGH) return [name, '…', '…', '…', '…', '…', '…'];
    const [x, y] = [b.practice, g.practice];
    return [
      name,
      percent(sure(b), b.people, lang, 1),
      percent(sure(g), g.people, lang, 1),
      points(sure(b) / b.people, sure(g) / g.people),
      points(b.home.right / b.people, g.home.right / g.people),
      x && y ? points(sure(x) / b.people, sure(y) / g.people) : '–',
      x && y ? points(x.nothing / b.people, y.nothing / g.people) : '–',
    ];
  });
  for (const line of columns(
    [
      '',
      p.t('before', 'до'),
      p.t('after', 'после'),
      p.t('± points', '± п. п.'),
      p.t('by right', 'по праву'),
      p.t('home P', 'дом Д'),
      p.t('back P', 'назад Д'),
    ],
    rows,
    0,
  ))
    p.raw(line);
  p.gap();
  p.para(
    p.t(
      'The four columns on the right are changes in percentage points: a home open for certain and a home by right, by the letter; a home open for certain and nothing but return, in practice (no danger certainly in the way, papers to arrive with, journey and fees paid for). This is what the law would allow; what people would do is another question (foothold lab compare).',
      'Четыре правых столбца — изменения в процентных пунктах: верный путь и путь по праву по букве; верный путь и ничего кроме возвращения на деле (нет заведомой опасности, с документами можно приехать, дорога и пошлины по карману). Это то, что разрешило бы право; что сделают люди — другой вопрос (foothold lab compare).',
    ),
  );
  return p.text();
}

function ruleWord(kind: string, lang: 'en' | 'ru'): string {
  const words: Record<string, [string, string]> = {
    restriction: ['a restriction', 'ограничение'],
    document: ['a rule on documents', 'правило о документах'],
    filing: ['where one may file', 'где можно подать'],
    threshold: ['a threshold', 'порог'],
    bar: ['a bar', 'запрет'],
    'not-in-force': ['not in force', 'не действует'],
    definition: ['whom the route is for', 'для кого основание'],
  };
  return (words[kind] ?? [kind, kind])[lang === 'ru' ? 1 : 0];
}

export function subgroupPage(run: Run, a: Coverage, id: string, own = false): string {
  const { lang } = run;
  const p = new Page(run);
  head(p, a, own);
  const g = a.subgroups.find((x) => x.id === id) as SubgroupCoverage;
  p.heading(`${g.title[lang]}: ${peopleText(g.people, lang)}`);
  if (g.effective < ENOUGH) {
    p.para(
      p.t(
        `Only ${Math.round(g.effective)} persons' worth of precision: take more persons (--persons) before quoting this.`,
        `Точность всего как у ${Math.round(g.effective)} человек: возьмите больше (--persons), прежде чем ссылаться на это.`,
      ),
      2,
      '! ',
    );
  }
  const list = [
    { name: p.t('everywhere', 'везде'), cell: g },
    ...g.from
      .filter((f) => f.people > 0)
      .sort((x, y) => y.people - x.people)
      .map((f) => ({ name: f.host === 'other' ? p.t('elsewhere', 'прочие') : countryName(f.host, lang), cell: f })),
  ];
  p.para(p.t('By the country where they are now.', 'По стране, где они сейчас.'));
  bothTable(p, run, list);
  bothWords(p, list);
  p.heading(p.t('By the letter: the best home open', 'По букве: лучшее из доступного'));
  letterTable(p, run, p.t('where they are now', 'где они сейчас'), list);
  p.heading(p.t('Where a home is open to them', 'Где им что-то доступно'));
  whereTable(p, run, g);
  p.heading(
    p.t(
      'Rules that alone shut out those without a certain home',
      'Какая одна норма закрывает дорогу тем, у кого верного пути нет',
    ),
  );
  for (const r of g.shutOut) {
    const routes = r.routes.length > 3 ? `${r.routes.slice(0, 3).join(', ')} …` : r.routes.join(', ');
    p.para(
      `${r.rule} — ${percent(r.people, g.people, lang, 1)} (${ruleWord(r.kind, lang)}; ${p.t('opens', 'откроет')} ${routes})`,
      2,
      '- ',
    );
  }
  return p.text();
}
