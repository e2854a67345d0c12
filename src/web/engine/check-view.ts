/** Routes as the page shows them. What is open is the library's to say; here it only becomes rows. */

import { changeWords } from '../../answers/change-words.ts';
import { countryName, titleWithCountry } from '../../answers/countries.ts';
import { standsOnOther } from '../../answers/near-first.ts';
import { decisionWords, doubtWords } from '../../answers/plan-words.ts';
import {
  feeLine,
  filingWords,
  missingWords,
  reasonLines,
  stopWords,
  timeLine,
  verifyWords,
} from '../../answers/route-words.ts';
import { parseDuration } from '../../calendar/civil.ts';
import { checkRoute, quickCheck, type RouteCheck } from '../../check/check.ts';
import type { Answer } from '../../check/plain.ts';
import { usuallyShut } from '../../check/usual.ts';
import { worthAsking } from '../../check/worth.ts';
import { type LawBook, ofKind, statusTerms } from '../../law/book.ts';
import type { Lang } from '../../law/say.ts';
import { readMoney } from '../../law/values.ts';
import type { Situation } from '../../person/types.ts';
import { convert } from '../../person/view.ts';
import { type SourceLine, sourceLines } from './sources.ts';
import { needsOfStanding } from './stand-view.ts';

/** Where a route stands: `elsewhere` is met, but not to be filed from where the person is. */
export type Standing = Answer | 'elsewhere';

export type Overview = {
  readonly yes: number;
  readonly elsewhere: number;
  readonly unknown: number;
  readonly no: number;
  /** Facts whose answer would change something, the most telling first, with the routes that hang on each. */
  readonly ask: readonly { readonly fact: string; readonly routes: number }[];
};

/** Sensitive questions come later than plain ones that tell as much. */
const LATER: Readonly<Record<string, number>> = { low: 1, medium: 0.9, high: 0.5, critical: 0.35 };

export function overview(book: LawBook, s: Situation): Overview {
  const rows = ofKind(book, 'route').map((r) => quickCheck(book, r, s, s.on));
  const count = (a: Answer) => rows.filter((r) => r.outcome === a && r.here).length;
  // What only an unusual answer would open is asked about last: it has no part in the order.
  const likely = rows.filter((r) => r.outcome !== 'unknown' || !usuallyShut(book, s, r.route, r.missing));
  const asked = new Set(likely.flatMap((r) => r.missing));
  const others = worthAsking(rows).filter((w) => !asked.has(w.fact));
  // Until when one may stay weighs as much as all the routes together: it is asked first.
  const standing = needsOfStanding(book, s);
  const worth = worthAsking(likely, [{ facts: standing, weight: rows.length }])
    .map((w) => ({ ...w, worth: w.worth * (LATER[book.schema.facts.get(w.fact)?.sensitivity ?? 'medium'] ?? 1) }))
    .sort((a, b) => b.worth - a.worth || (a.fact < b.fact ? -1 : 1));
  const months = monthlyAsked(s);
  if (months) worth.splice(worth.filter((w) => standing.includes(w.fact)).length, 0, months);
  return {
    yes: count('yes'),
    elsewhere: rows.filter((r) => !r.here).length,
    unknown: count('unknown'),
    no: count('no'),
    ask: [...worth, ...others.filter((o) => !worth.some((w) => w.fact === o.fact))].map(({ fact, routes }) => ({
      fact,
      routes,
    })),
  };
}

/**
 * What a month adds to the savings or takes from them: no route hangs on it, but every later day of a plan does. It is asked as soon as savings were
 * told, after what tells until when one may stay; without savings there is nothing to reckon.
 */
function monthlyAsked(s: Situation): { fact: string; routes: number; worth: number } | undefined {
  const { facts } = s.person;
  return facts.has('savings') && !facts.has('savingsMonth') ? { fact: 'savingsMonth', routes: 0, worth: 0 } : undefined;
}

export type CheckRow = {
  readonly id: string;
  readonly jurisdiction: string;
  readonly country: string;
  readonly title: string;
  readonly outcome: Standing;
  readonly decision: string;
  /** Of an unknown route what is not told, of a closed one what stops it. */
  readonly line: string | undefined;
  readonly nearest: string | undefined;
  /** Months of effort of the nearest change; `undefined` where no change of facts opens the route, or only a permit of another route. */
  readonly effort: number | undefined;
  readonly verify: string;
  /** Known fees in euro; `undefined` where they are not known. */
  readonly feeEur: number | undefined;
  readonly fee: string;
  /** Days to a decision, the longest that is stated or else the usual; `undefined` where no source says. */
  readonly days: number | undefined;
  readonly time: string;
  /** Whether the status allows work: what the law here says, `undefined` where it does not. */
  readonly work: string | undefined;
};

export function checkRow(book: LawBook, s: Situation, r: RouteCheck, lang: Lang): CheckRow {
  const status = book.provisions.get(r.route)?.grants?.status;
  return {
    id: r.route,
    jurisdiction: r.jurisdiction,
    country: countryName(r.jurisdiction, lang, book),
    title: titleWithCountry(r, lang, book),
    outcome: r.outcome === 'yes' && r.filing.may === 'no' ? 'elsewhere' : r.outcome,
    decision: decisionWords(r.decision, r.weighs)[lang],
    line: r.filing.waiting
      ? filingWords(book, r, lang)
      : r.outcome === 'unknown'
        ? missingWords(book, r, lang)
        : r.outcome === 'no'
          ? stopWords(r, lang)
          : undefined,
    nearest: r.outcome === 'no' && r.nearest[0] ? changeWords(book, r.nearest[0], lang) : undefined,
    effort: r.nearest[0] && !standsOnOther(book, r.nearest[0]) ? r.nearest[0].cost : undefined,
    verify: verifyWords(r, lang),
    feeEur: euroOf(book, s, r),
    fee: feeLine(r, lang),
    days: daysOf(r),
    time: timeLine(r, lang),
    work: status ? statusTerms(book, status)?.terms.rights?.work : undefined,
  };
}

function daysOf(r: RouteCheck): number | undefined {
  // That a claim is registered soon is no answer that comes soon.
  if (r.processing.of === 'registration') return undefined;
  const text = r.processing.longest ?? r.processing.usual;
  const d = text === null ? undefined : parseDuration(text);
  return d && Math.round(d.months * 30.44) + d.days;
}

function euroOf(book: LawBook, s: Situation, r: RouteCheck): number | undefined {
  if (r.fee === null) return undefined;
  let sum = 0;
  for (const text of r.fee) {
    const money = readMoney(text);
    const euro = money && convert(book, money, 'EUR', s.on);
    if (!euro) return undefined;
    sum += euro.amount;
  }
  return sum;
}

export type RouteView = CheckRow & {
  readonly native: string | undefined;
  readonly reasons: readonly {
    readonly outcome: Answer;
    readonly depth: number;
    readonly says: string;
    /** Numbers of the sources below. */
    readonly cites: readonly number[];
    readonly judged: boolean;
  }[];
  readonly missing: readonly { readonly fact: string; readonly label: string }[];
  readonly missingLine: string | undefined;
  readonly nearestAll: readonly string[];
  readonly filing: string | undefined;
  readonly doubts: readonly string[];
  readonly warns: readonly string[];
  readonly practice: readonly { readonly says: string; readonly period: string }[];
  readonly notes: readonly string[];
  readonly bring: readonly string[];
  readonly sources: readonly SourceLine[];
};

export function routeView(book: LawBook, s: Situation, id: string, lang: Lang): RouteView | undefined {
  const route = book.provisions.get(id);
  if (route?.kind !== 'route') return undefined;
  const r = checkRoute(book, route, s, s.on);
  const sources = sourceLines(r.sources, lang);
  const number = new Map(r.sources.map((x) => [x.id, sources.find((l) => l.url === x.url)?.n]));
  return {
    ...checkRow(book, s, r, lang),
    native: route.title.native,
    reasons: reasonLines(r, lang).map(({ reason, depth, says }) => ({
      outcome: reason.outcome,
      depth,
      says,
      cites: [...new Set(reason.under === undefined ? reason.source.flatMap((x) => number.get(x) ?? []) : [])],
      judged: reason.judged === true,
    })),
    missing: r.missing.map((fact) => ({ fact, label: book.schema.facts.get(fact)?.label[lang] ?? fact })),
    missingLine: r.missing.length || r.outcome === 'unknown' ? missingWords(book, r, lang) : undefined,
    nearestAll: r.nearest.map((n) => changeWords(book, n, lang)),
    filing: filingWords(book, r, lang),
    doubts: r.filing.doubts.map((d) => doubtWords(book, d, s.on)[lang]),
    warns: r.warns.map((w) => w.says[lang]),
    practice: r.practice.map((p) => ({ says: p.says[lang], period: p.period })),
    notes: r.notes.map((n) => n.says[lang]),
    bring: r.bring.map((n) => n.says[lang]),
    sources,
  };
}
