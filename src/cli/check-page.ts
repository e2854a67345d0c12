/** What is open to a person today, as a page for people. */
import { parseDay, parseDuration } from '../calendar/civil.ts';
import type { Because } from '../check/because.ts';
import type { RouteCheck } from '../check/check.ts';
import type { LawBook } from '../law/book.ts';
import { type Lang, sayDay, sayDuration, sayMoney } from '../law/say.ts';
import { readMoney } from '../law/values.ts';
import type { Situation } from '../person/types.ts';
import { changeWords, factLabel } from './change-words.ts';
import { closing } from './closing.ts';
import type { Run } from './context.ts';
import { countryName, titleWithCountry } from './countries.ts';
import { coverageOf } from './coverage-of.ts';
import { Page } from './page.ts';
import { decisionWords, doubtWords } from './plan-words.ts';
import { standing } from './stand-page.ts';

const CITED = 4;
const NEAREST = 5;

type Style = { readonly detailed: boolean; readonly all: boolean };

export function checkPage(book: LawBook, s: Situation, answer: readonly RouteCheck[], run: Run, style: Style): string {
  const { lang } = run;
  const page = new Page(run);
  page.title(
    page.t(
      `What is open to ${s.person.name}, as of ${sayDay(s.on, lang)}`,
      `Что открыто. Имя в файле: ${s.person.name}. На ${sayDay(s.on, lang)} года`,
    ),
  );
  standing(page, book, s, lang);
  if (style.detailed) for (const r of answer) inFull(page, book, r, s, lang);
  else overview(page, book, answer, lang, style.all);
  page.sources();
  const matter = new Set(style.detailed ? answer.map((r) => r.jurisdiction) : []);
  closing(page, book, coverageOf(book, matter, s.on), lang);
  return page.text();
}

function overview(page: Page, book: LawBook, answer: readonly RouteCheck[], lang: Lang, all: boolean): void {
  const of = (outcome: RouteCheck['outcome']) => answer.filter((r) => r.outcome === outcome);
  const [yes, unknown, no] = [of('yes'), of('unknown'), of('no')];
  page.gap();
  page.para(
    page.t(
      `${answer.length} routes looked at: ${yes.length} open, ${unknown.length} unknown, ${no.length} closed.`,
      `Просмотрено оснований: ${answer.length}. Открыто: ${yes.length}; неизвестно: ${unknown.length}; закрыто: ${no.length}.`,
    ),
    0,
  );
  const list = (title: string, rows: readonly RouteCheck[], more: (r: RouteCheck) => string | undefined) => {
    if (rows.length === 0) return;
    page.heading(title);
    for (const r of rows) {
      page.para(`${titleWithCountry(r, lang, book)}  ${r.route}`, 2, '- ');
      const text = more(r);
      if (text) page.para(text, 4);
    }
  };
  list(page.t('Open on that day', 'Открыто в этот день'), yes, (r) =>
    `${decisionWords(r.decision)[lang]} ${verifyWords(page, r, lang)}`.trim(),
  );
  list(page.t('Unknown: what is not told decides', 'Неизвестно: решает то, чего вы не сообщили'), unknown, (r) =>
    missingWords(page, book, r, lang),
  );
  const nearest = no
    .filter((r) => r.nearest[0] !== undefined)
    .sort((a, b) => (a.nearest[0]?.cost ?? 0) - (b.nearest[0]?.cost ?? 0));
  list(
    page.t('Closed, but nearest', 'Закрыто, но ближе всего'),
    all ? nearest : nearest.slice(0, NEAREST),
    (r) => r.nearest[0] && changeWords(book, r.nearest[0], lang),
  );
  if (all) list(page.t('Closed', 'Закрыто'), no, (r) => stopper(page, r, lang));
  page.gap();
  page.para(
    page.t(
      'For reasons, sources and papers of one route: foothold check FILE ROUTE. For everything closed: --all.',
      'Причины, источники и бумаги по одному основанию: foothold check ФАЙЛ ОСНОВАНИЕ. Всё закрытое: --all.',
    ),
    0,
  );
}

function missingWords(page: Page, book: LawBook, r: RouteCheck, lang: Lang): string {
  const facts = r.missing.map((f) => factLabel(book, f, lang));
  if (facts.length) return `${page.t('Not told', 'Не указано')}: ${facts.join('; ')}.`;
  if (r.lacks.length)
    return page.t(
      'The law here has no figure for that day; no answer of yours helps.',
      'В базе нет числа на этот день; ваш ответ тут не поможет.',
    );
  return page.t(
    'Whether this law is in force on that day is not known.',
    'Действует ли эта норма в этот день, неизвестно.',
  );
}

function stopper(page: Page, r: RouteCheck, lang: Lang): string | undefined {
  const no = r.because.find((b) => b.outcome === 'no' && b.under === undefined);
  return no && `${page.t('Because', 'Причина')}: ${no.says[lang]}`;
}

export function verifyWords(page: Page, r: RouteCheck, lang: Lang): string {
  if (!r.verify) return '';
  const day = sayDay(parseDay(r.verifiedOn) as number, lang);
  const why = new Set(r.verifyBecause.map((v) => v.why));
  const parts: string[] = [];
  if (why.has('expired')) parts.push(page.t('some of the evidence is past its day', 'часть сведений устарела'));
  if (why.has('conflicting')) parts.push(page.t('sources disagree', 'источники расходятся'));
  if (why.has('exchange-rate')) parts.push(page.t('it hangs on an exchange rate', 'ответ зависит от курса валют'));
  if (why.has('in-force-unknown'))
    parts.push(page.t('the day it began is not known', 'день вступления в силу неизвестен'));
  if (why.has('expected-value')) parts.push(page.t('a figure is only expected', 'одно из чисел только ожидается'));
  return page.t(
    `verify: evidence of ${day} (${parts.join('; ')})`,
    `проверьте: сведения на ${day} года (${parts.join('; ')})`,
  );
}

const MARK: Readonly<Record<Because['outcome'], readonly [en: string, ru: string]>> = {
  yes: ['yes', 'да'],
  no: ['no', 'нет'],
  unknown: ['?', '?'],
};

function inFull(page: Page, book: LawBook, r: RouteCheck, s: Situation, lang: Lang): void {
  const word = {
    yes: page.t('open', 'открыто'),
    no: page.t('closed', 'закрыто'),
    unknown: page.t('unknown', 'неизвестно'),
  }[r.outcome];
  page.heading(`${r.title[lang]}: ${word}`);
  page.para(`${countryName(r.jurisdiction, lang, book)}; ${r.route}`, 2, '', 'dim');
  page.para(decisionWords(r.decision)[lang]);
  const verify = verifyWords(page, r, lang);
  if (verify) page.para(verify, 2, '', 'warn');
  page.gap();
  const asked = new Map(r.because.map((b) => [b.id, b]));
  const depth = (b: Because): number => {
    const up = b.under === undefined ? undefined : asked.get(b.under);
    return up ? 1 + depth(up) : 0;
  };
  const printed = new Set<string>();
  const left = new Set<string>();
  for (const b of r.because) {
    // What lies below a clause that holds is detail; below the others it is the reason.
    const up = b.under === undefined ? undefined : asked.get(b.under);
    if (up && up.outcome === 'yes' && b.outcome !== 'yes') continue;
    // Rules on papers for visas and for permits often say the same: once is enough.
    const same = `${b.role} ${b.outcome} ${b.says.en}`;
    if (b.under !== undefined ? left.has(b.under) : b.role === 'document' && printed.has(same)) {
      left.add(b.id);
      continue;
    }
    printed.add(same);
    const mark = `${MARK[b.outcome][lang === 'ru' ? 1 : 0]}`.padEnd(4);
    // A bar's words say whom it stops: its mark says whether it lets this person through.
    const stops = b.role === 'bar' || (b.role === 'restriction' && b.under === undefined);
    const head = stops
      ? {
          yes: page.t('Not your case: ', 'Не ваш случай: '),
          no: page.t('Stops you: ', 'Мешает: '),
          unknown: page.t('May stop you: ', 'Может помешать: '),
        }[b.outcome]
      : '';
    const cited =
      b.under === undefined ? page.notes.cite(r.sources.filter((x) => b.source.includes(x.id)).slice(0, CITED)) : '';
    page.para(`${head}${b.says[lang]}${cited ? ` ${cited}` : ''}`, 2 + 2 * depth(b), mark);
  }
  if (r.missing.length || r.outcome === 'unknown') {
    page.gap();
    page.para(missingWords(page, book, r, lang));
  }
  for (const n of r.nearest) page.para(changeWords(book, n, lang), 2, '- ');
  page.gap();
  const where = r.filing.may;
  if (r.filing.from)
    page.para(
      where === 'yes'
        ? page.t(
            `You may apply from where you are (${countryName(r.filing.from, 'en', book)}).`,
            `Подать можно оттуда, где вы сейчас (${countryName(r.filing.from, 'ru', book)}).`,
          )
        : where === 'no'
          ? page.t(
              `It cannot be applied for from where you are (${countryName(r.filing.from, 'en', book)}).`,
              `Оттуда, где вы сейчас (${countryName(r.filing.from, 'ru', book)}), подать нельзя.`,
            )
          : page.t(
              `Whether you may apply from where you are (${countryName(r.filing.from, 'en', book)}) is not known.`,
              `Можно ли подать оттуда, где вы сейчас (${countryName(r.filing.from, 'ru', book)}), неизвестно.`,
            ),
    );
  for (const d of r.filing.doubts) page.para(doubtWords(book, d, s.on)[lang]);
  const fees = (r.fee ?? []).flatMap((f) => readMoney(f) ?? []).map((m) => sayMoney(m, lang));
  page.para(`${page.t('Fee', 'Пошлина')}: ${fees.length ? fees.join(' + ') : page.t('not known', 'неизвестна')}.`);
  const time = (iso: string | null) => {
    const d = iso === null ? undefined : parseDuration(iso);
    return d ? sayDuration(d, lang) : undefined;
  };
  const [usual, longest] = [time(r.processing.usual), time(r.processing.longest)];
  page.para(
    usual || longest
      ? `${page.t('Time to decide', 'Срок решения')}: ${[usual && page.t(`usually ${usual}`, `обычно ${usual}`), longest && page.t(`at longest ${longest}`, `не дольше ${longest}`)].filter(Boolean).join('; ')}.`
      : page.t('Time to decide: not stated by any source here.', 'Срок решения: источники не говорят.'),
  );
  for (const w of r.warns)
    page.para(`${page.t('An officer may refuse', 'Могут отказать')}: ${w.says[lang]}`, 2, '! ', 'warn');
  for (const n of r.practice) page.para(`${page.t('In practice', 'На практике')}: ${n.says[lang]} (${n.period})`);
  for (const n of r.notes) page.para(n.says[lang], 2, '- ');
  if (r.bring.length) {
    page.gap();
    page.para(page.t('Bring:', 'Понадобится:'));
    for (const b of r.bring) page.para(b.says[lang], 4, '- ');
  }
}
