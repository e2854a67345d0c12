/** The law as pages show it: provisions with their conditions in words, their figures with dates, their sources and cases. */

import { caseWords } from '../../answers/case-words.ts';
import { turnWords } from '../../answers/change-of-law-words.ts';
import { countryName } from '../../answers/countries.ts';
import { gapWords } from '../../answers/coverage-words.ts';
import { kindWord } from '../../answers/kind-words.ts';
import { inOrder } from '../../answers/order.ts';
import { decisionWords } from '../../answers/plan-words.ts';
import { dayIn, isoIn, say } from '../../answers/say.ts';
import { formatDay } from '../../calendar/civil.ts';
import { changes } from '../../check/changes.ts';
import { remarks } from '../../check/check.ts';
import type { LawBook } from '../../law/book.ts';
import { decisionAt, inForce, listAt, resolveClauses } from '../../law/resolve.ts';
import { fillText, type Lang, sayDay, sayValue } from '../../law/say.ts';
import { KINDS, type Provision } from '../../law/types.ts';
import type { Day, Node } from '../../rules/ir.ts';
import { type SourceLine, sourceLines } from './sources.ts';

export type LawIndexView = {
  readonly on: string;
  readonly countries: readonly { readonly code: string; readonly name: string; readonly provisions: number }[];
  readonly digest: string;
};

export function lawIndex(book: LawBook, on: Day, lang: Lang): LawIndexView {
  const count = new Map<string, number>();
  for (const p of book.provisions.values()) count.set(p.jurisdiction, (count.get(p.jurisdiction) ?? 0) + 1);
  return {
    on: formatDay(on),
    digest: book.digest,
    countries: [...count]
      .map(([code, provisions]) => ({ code, name: countryName(code, lang, book), provisions }))
      .sort((a, b) => inOrder(lang)(a.name, b.name)),
  };
}

export type CountryView = {
  readonly code: string;
  readonly name: string;
  readonly covered: string | undefined;
  readonly gaps: readonly string[];
  readonly groups: readonly {
    readonly kind: string;
    readonly rows: readonly { readonly id: string; readonly title: string; readonly remark: string | undefined }[];
  }[];
};

export function countryView(book: LawBook, code: string, on: Day, lang: Lang): CountryView | undefined {
  const own = [...book.provisions.values()].filter((p) => p.jurisdiction === code);
  const coverage = book.coverage.find((c) => c.jurisdiction === code);
  if (own.length === 0 && !coverage) return undefined;
  return {
    code,
    name: countryName(code, lang, book),
    covered: coverage?.covered[lang],
    gaps: (coverage?.missing ?? []).map((m) => `${m.what[lang]} (${gapWords(m.why, lang)})`),
    groups: KINDS.map((kind) => ({
      kind: kindWord(kind, lang, true),
      rows: own
        .filter((p) => p.kind === kind)
        .sort((a, b) => inOrder(lang)(a.title[lang], b.title[lang]))
        .map((p) => ({ id: p.id, title: fillText(p.title, p, on)[lang], remark: remarkOn(p, on, lang) })),
    })).filter((g) => g.rows.length),
  };
}

function remarkOn(p: Provision, on: Day, lang: Lang): string | undefined {
  const force = inForce(p, on);
  if (force === 'no') return say(lang, 'not in force on that day', 'в этот день не действует');
  if (on > p.expires) return say(lang, 'verify', 'проверьте');
  return undefined;
}

export type ClauseView = {
  /** Of a clause of the provision itself, where it has one. */
  readonly id: string | undefined;
  readonly says: string;
  readonly cites: readonly number[];
  readonly of: readonly ClauseView[];
};

export type ProvisionView = {
  readonly id: string;
  readonly title: string;
  readonly native: string | undefined;
  readonly kind: string;
  readonly country: string;
  readonly jurisdiction: string;
  /** Not in force, not known whether in force, past its day, sources that disagree: in words. */
  readonly warnings: readonly string[];
  readonly since: string;
  readonly verified: string;
  readonly says: string | undefined;
  readonly decision: string | undefined;
  readonly sections: readonly { readonly title: string; readonly clauses: readonly ClauseView[] }[];
  readonly figures: readonly {
    readonly name: string;
    readonly label: string;
    readonly rows: readonly {
      readonly from: string;
      readonly value: string;
      readonly expected: boolean;
      readonly cites: readonly number[];
      readonly now: boolean;
    }[];
  }[];
  readonly lists: readonly { readonly label: string; readonly values: string }[];
  readonly notes: readonly string[];
  readonly advice: readonly string[];
  readonly history: readonly { readonly day: string; readonly what: string; readonly turn: string | undefined }[];
  readonly cases: readonly {
    readonly name: string;
    readonly on: string;
    readonly expect: string;
    readonly missing: readonly string[];
  }[];
  readonly sources: readonly SourceLine[];
};

export function provisionView(book: LawBook, id: string, on: Day, lang: Lang): ProvisionView | undefined {
  const p = book.provisions.get(id);
  if (!p) return undefined;
  const ids = Object.keys(p.sources);
  const lines = sourceLines(Object.values(p.sources), lang);
  const numbers = new Map(ids.map((key) => [key, lines.find((l) => l.url === p.sources[key]?.url)?.n]));
  const cites = (keys: readonly string[] | undefined) => [
    ...new Set((keys ?? []).flatMap((k) => numbers.get(k) ?? [])),
  ];
  const clause = (n: Node): ClauseView[] => {
    const inner =
      n.k === 'all' || n.k === 'any' || n.k === 'atLeast'
        ? n.of
        : n.k === 'points'
          ? n.items.map((i) => i.of)
          : n.k === 'not'
            ? [n.of]
            : [];
    const of = inner.flatMap(clause);
    return n.says ? [{ id: n.id, says: fillText(n.says, p, on)[lang], cites: cites(n.source), of }] : of;
  };
  const section = (title: string, nodes: readonly Node[]) => ({ title, clauses: nodes.flatMap(clause) });
  const force = inForce(p, on);
  const warnings = [
    force === 'no' ? say(lang, 'Not in force on that day.', 'В этот день не действует.') : undefined,
    force === 'unknown'
      ? say(lang, 'Whether it was in force on that day is not known.', 'Действовало ли это в тот день, неизвестно.')
      : undefined,
    on > p.expires
      ? say(
          lang,
          `Verify: evidence of ${dayIn(p.verified.on, lang)}.`,
          `Проверьте: сведения на ${dayIn(p.verified.on, lang)}.`,
        )
      : undefined,
    p.verified.confidence === 'conflicting'
      ? say(lang, 'Sources disagree: verify.', 'Источники расходятся: проверьте.')
      : undefined,
  ].filter((x) => x !== undefined);
  return {
    id,
    title: fillText(p.title, p, on)[lang],
    native: p.title.native,
    kind: kindWord(p.kind, lang),
    country: countryName(p.jurisdiction, lang, book),
    jurisdiction: p.jurisdiction,
    warnings,
    since:
      p.inForce.to === undefined
        ? say(lang, `In force from ${dayIn(p.inForce.from, lang)}.`, `Действует с ${dayIn(p.inForce.from, lang)}.`)
        : say(
            lang,
            `In force from ${dayIn(p.inForce.from, lang)} to ${dayIn(p.inForce.to, lang)}.`,
            `Действует с ${dayIn(p.inForce.from, lang)} по ${dayIn(p.inForce.to, lang)}.`,
          ),
    verified: say(
      lang,
      `Verified on ${dayIn(p.verified.on, lang)}; to be read again by ${dayIn(p.expires, lang)}.`,
      `Проверено ${dayIn(p.verified.on, lang)}; перечитать не позже ${dayIn(p.expires, lang)}.`,
    ),
    says: p.says && fillText(p.says, p, on)[lang],
    decision: p.kind === 'route' ? decisionWords(decisionAt(p, on), p.weighs)[lang] : undefined,
    sections: [
      section(say(lang, 'What must hold', 'Что требуется'), resolveClauses(p.all, on)),
      section(say(lang, 'What stands in the way', 'Что мешает'), resolveClauses(p.bars, on)),
      section(say(lang, 'Exceptions', 'Исключения'), resolveClauses(p.except, on)),
    ].filter((s) => s.clauses.length),
    figures: Object.entries(p.params).map(([name, x]) => {
      const current = x.values.filter((v) => v.from <= on).at(-1);
      return {
        name,
        label: x.label?.[lang] ?? name,
        rows: x.values.map((v) => ({
          from: sayDay(v.from, lang),
          value: v.value === null ? say(lang, 'not known', 'неизвестно') : sayValue(v.value, x.type, lang),
          expected: v.expected === true,
          cites: cites(v.source ? [v.source] : []),
          now: v === current,
        })),
      };
    }),
    lists: Object.entries(p.lists).map(([name, list]) => {
      const codes = listAt(p, name, on);
      const label = (list as { label?: { en: string; ru: string } }).label?.[lang] ?? name;
      return {
        label,
        values:
          codes === undefined
            ? say(lang, 'not known', 'неизвестно')
            : codes.map((c) => (list.of === 'country' ? countryName(c, lang) : c)).join(', ') ||
              say(lang, 'none', 'пусто'),
      };
    }),
    notes: remarks(p.notes, p, on).map((n) => n.says[lang]),
    advice: remarks(p.advice ?? [], p, on).map((n) => n.says[lang]),
    history: changes({ ...book, provisions: new Map([[p.id, p]]) }, FIRST, on + 366)
      .reverse()
      .map((c) => ({
        day: isoIn(c.day, lang),
        what: c.what[lang],
        turn: turnWords(c, lang),
      })),
    cases: p.cases.map((c) => ({
      name: c.name,
      on: dayIn(c.on, lang),
      expect: caseWords(c.expect, lang),
      missing: c.missing ?? [],
    })),
    sources: lines,
  };
}

/** The first day the program can be asked about: the day of the full invasion. */
const FIRST: Day = 19_047;
