/** What is open to a person today, as a page for people. */
import { changeWords } from '../answers/change-words.ts';
import { countryName, titleWithCountry } from '../answers/countries.ts';
import { coverageOf } from '../answers/coverage-of.ts';
import { contactWords, maybeHelpWords } from '../answers/leg-help.ts';
import { adviceWords, dangerWords } from '../answers/leg-words.ts';
import { nearFirst, standsOnOther } from '../answers/near-first.ts';
import { decisionWords, doubtWords } from '../answers/plan-words.ts';
import {
  feeLine,
  filingWords,
  missingWords,
  reasonLines,
  stopWords,
  timeLine,
  verifyWords,
} from '../answers/route-words.ts';
import type { Because } from '../check/because.ts';
import type { RouteCheck } from '../check/check.ts';
import type { LawBook } from '../law/book.ts';
import { fillText, type Lang, sayDay } from '../law/say.ts';
import { dangersIn } from '../moves/dangers.ts';
import { helpHere } from '../moves/helpers.ts';
import type { Situation } from '../person/types.ts';
import { closing } from './closing.ts';
import type { Run } from './context.ts';
import { Page } from './page.ts';
import { standing } from './stand-page.ts';

const CITED = 4;
const NEAREST = 5;
const OPEN = 15;

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
  dangersHere(page, book, s, lang);
  if (style.detailed) for (const r of answer) inFull(page, book, r, s, lang);
  else overview(page, book, answer, lang, style.all, s);
  helpersHere(page, book, s, lang);
  page.sources();
  const matter = new Set(style.detailed ? answer.map((r) => r.jurisdiction) : []);
  closing(page, book, coverageOf(book, matter, s.on), lang);
  return page.text();
}

/** Before anything that is open: what may happen to this person in the country where they are. */
function dangersHere(page: Page, book: LawBook, s: Situation, lang: Lang): void {
  if (s.place === undefined) return;
  const found = dangersIn(book, s, s.place, s.on, ['presence', 'exit', 'consulate', 'work', 'notice']);
  if (found.length === 0) return;
  page.heading(page.t('Dangers where you are', 'Опасности там, где вы сейчас'));
  for (const d of found) {
    const p = book.provisions.get(d.provision);
    if (!p) continue;
    const cited = page.notes.cite(
      p.verified.against.flatMap((id) => (p.sources[id] ? [{ id, provision: p.id, ...p.sources[id] }] : [])),
    );
    page.para(`${dangerWords(p, d, s.on, lang)} ${cited}`, 2, '! ', 'warn');
    const advice = adviceWords(p, s.on, lang);
    if (advice) page.para(advice, 4);
  }
}

/** Who helps where the person is, with the day of the evidence: contacts grow old too. */
function helpersHere(page: Page, book: LawBook, s: Situation, lang: Lang): void {
  const { here: found, maybe } = helpHere(book, s);
  if (found.length + maybe.length === 0) return;
  page.heading(page.t('Who helps where you are', 'Кто помогает там, где вы сейчас'));
  for (const p of found) {
    const says = fillText(p.says ?? p.title, p, s.on)[lang];
    const old = s.on > p.expires ? page.t(', past its day: verify first', ', срок прошёл: сначала проверьте') : '';
    page.para(
      `${says} ${page.t(`Evidence of ${sayDay(p.verified.on, 'en')}`, `Сведения на ${sayDay(p.verified.on, 'ru')} года`)}${old}.${contactWords(p)}`,
      2,
      '- ',
    );
  }
  const may = maybeHelpWords(maybe, s.on, lang);
  if (may) page.para(`${may} ${page.t('More: foothold law show ID', 'Подробнее: foothold law show ID')}`, 2, '- ');
}

function overview(
  page: Page,
  book: LawBook,
  answer: readonly RouteCheck[],
  lang: Lang,
  all: boolean,
  s: Situation,
): void {
  const of = (outcome: RouteCheck['outcome']) => answer.filter((r) => r.outcome === outcome);
  const [yes, unknown, no] = [of('yes'), of('unknown'), of('no')];
  const elsewhere = yes.filter((r) => r.filing.may === 'no');
  page.gap();
  page.para(
    page.t(
      `${answer.length} routes looked at: ${yes.length - elsewhere.length} open, ${elsewhere.length} met but to be filed elsewhere, ${unknown.length} unknown, ${no.length} closed.`,
      `Просмотрено оснований: ${answer.length}. Открыто: ${yes.length - elsewhere.length}; условия выполнены, но подавать не здесь: ${elsewhere.length}; неизвестно: ${unknown.length}; закрыто: ${no.length}.`,
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
  const words = (r: RouteCheck) =>
    `${decisionWords(r.decision, r.weighs)[lang]} ${verifyWords(r, lang)} ${r.filing.waiting ? filingWords(book, r, lang) : ''}`.trim();
  list(
    page.t('Open on that day', 'Открыто в этот день'),
    yes.filter((r) => r.filing.may !== 'no'),
    words,
  );
  // Met is not open: one must first be where it can be filed, or hold what it is filed from.
  list(
    page.t(
      'Conditions met, but not to be filed from where you are',
      'Условия выполнены, но подать там, где вы сейчас, нельзя',
    ),
    elsewhere,
    words,
  );
  const near = nearFirst(book, s, unknown);
  const shown = all ? near : near.slice(0, OPEN);
  list(page.t('Unknown: what is not told decides', 'Неизвестно: решает то, чего вы не сообщили'), shown, (r) =>
    missingWords(book, r, lang),
  );
  if (near.length > shown.length)
    page.para(
      page.t(
        `${near.length - shown.length} more that hang on more answers: --all`,
        `Ещё ${near.length - shown.length}, зависящих от большего числа ответов: --all`,
      ),
      2,
    );
  const nearest = no
    .filter((r) => r.nearest[0] !== undefined && (all || !standsOnOther(book, r.nearest[0])))
    .sort((a, b) => (a.nearest[0]?.cost ?? 0) - (b.nearest[0]?.cost ?? 0));
  list(
    page.t('Closed, but nearest', 'Закрыто, но ближе всего'),
    all ? nearest : nearest.slice(0, NEAREST),
    (r) => r.nearest[0] && changeWords(book, r.nearest[0], lang),
  );
  if (all) list(page.t('Closed', 'Закрыто'), no, (r) => stopWords(r, lang));
  page.gap();
  page.para(
    page.t(
      'For reasons, sources and papers of one route: foothold check FILE ROUTE. For everything closed: --all.',
      'Причины, источники и бумаги по одному основанию: foothold check ФАЙЛ ОСНОВАНИЕ. Всё закрытое: --all.',
    ),
    0,
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
  page.para(decisionWords(r.decision, r.weighs)[lang]);
  const verify = verifyWords(r, lang);
  if (verify) page.para(verify, 2, '', 'warn');
  page.gap();
  for (const { reason, depth, says } of reasonLines(r, lang)) {
    const mark = `${MARK[reason.outcome][lang === 'ru' ? 1 : 0]}`.padEnd(4);
    const cited =
      reason.under === undefined
        ? page.notes.cite(r.sources.filter((x) => reason.source.includes(x.id)).slice(0, CITED))
        : '';
    page.para(`${says}${cited ? ` ${cited}` : ''}`, 2 + 2 * depth, mark);
  }
  if (r.missing.length || r.outcome === 'unknown') {
    page.gap();
    page.para(missingWords(book, r, lang));
  }
  for (const n of r.nearest) page.para(changeWords(book, n, lang), 2, '- ');
  page.gap();
  const where = filingWords(book, r, lang);
  if (where) page.para(where);
  const how = book.provisions.get(r.route)?.filing?.says;
  if (how && !r.filing.waiting) page.para(`${page.t('How to ask for it', 'Как подать')}: ${how[lang]}`);
  for (const d of r.filing.doubts) page.para(doubtWords(book, d, s.on)[lang]);
  page.para(feeLine(r, lang));
  page.para(timeLine(r, lang));
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
