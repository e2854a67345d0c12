/** What one provision becomes on one day, by its own dates: it begins or ends, a figure, a list, a clause, a counting changes. */
import { datedAt } from '../law/resolve.ts';
import { fillText, sayValue } from '../law/say.ts';
import type { Clause, CountingRule, Param, Provision } from '../law/types.ts';
import type { Day, Text, Value } from '../rules/ir.ts';

export type Alteration = {
  readonly kind: 'begins' | 'ends' | 'figure' | 'list' | 'clause-comes' | 'clause-goes' | 'counting' | 'note' | 'step';
  /** Name of the parameter, list or clause concerned. */
  readonly name?: string;
  readonly what: Text;
  readonly before: Text | null;
  readonly after: Text | null;
  readonly source: readonly string[];
};

const titleOf = (p: Provision): Text => ({ en: p.title.en, ru: p.title.ru });
const words = (v: Value | null | undefined, p: Param): Text => {
  const known = v ?? undefined;
  return known === undefined
    ? { en: 'not known', ru: 'неизвестно' }
    : { en: sayValue(known, p.type, 'en'), ru: sayValue(known, p.type, 'ru') };
};

/** All alterations of a provision on a day. What comes or goes with the provision itself is not told apart. */
export function alterationsOn(p: Provision, day: Day): Alteration[] {
  if (p.inForce.from === day) {
    // Where it was law before that day as well, the day is only that of our first evidence.
    if (p.inForce.earlier === true) return [];
    const sure = p.inForce.earlier !== 'unknown';
    return [
      {
        kind: 'begins',
        what: sure
          ? { en: 'It comes into force', ru: 'Вступает в силу' }
          : { en: 'It is in force by this day', ru: 'К этому дню уже действует' },
        before: null,
        after: titleOf(p),
        source: [],
      },
    ];
  }
  if (p.inForce.to !== undefined && p.inForce.to + 1 === day)
    return [
      {
        kind: 'ends',
        what: { en: 'It is no longer in force', ru: 'Больше не действует' },
        before: titleOf(p),
        after: null,
        source: [],
      },
    ];
  if (day < p.inForce.from || (p.inForce.to !== undefined && day > p.inForce.to)) return [];
  return [
    ...figures(p, day),
    ...lists(p, day),
    ...[p.all, p.bars, p.except, p.suspended ?? []].flatMap((list, i) => clauses(p, list, day, i === 1 || i === 3)),
    ...countings(p, day),
    ...said(p, day),
  ];
}

/** What a list of the law holds, in words: lists have names for the rules alone. */
const LISTED: Readonly<Record<string, Text>> = {
  occupation: { en: 'occupations', ru: 'профессии' },
  country: { en: 'countries', ru: 'страны' },
  status: { en: 'kinds of visa or permit', ru: 'виды виз и разрешений' },
  studyLevel: { en: 'kinds of study', ru: 'виды учёбы' },
  relation: { en: 'relatives', ru: 'родственники' },
};

function figures(p: Provision, day: Day): Alteration[] {
  return Object.entries(p.params).flatMap(([name, param]) => {
    const now = param.values.find((v) => v.from === day);
    const before = datedAt(param.values, day - 1);
    // A first value is the beginning of our knowledge, not a change of the law.
    if (!now || !before || JSON.stringify(now.value) === JSON.stringify(before.value)) return [];
    const label = param.label ?? { en: name, ru: name };
    const expected = now.expected === true;
    return [
      {
        kind: 'figure' as const,
        name,
        what: {
          en: `${expected ? 'A figure is expected to change' : 'A figure changes'}: ${label.en}`,
          ru: `${expected ? 'Ожидается новое число' : 'Меняется число'}: ${label.ru}`,
        },
        before: words(before.value, param),
        after: words(now.value, param),
        source: now.source ? [now.source] : [],
      },
    ];
  });
}

function lists(p: Provision, day: Day): Alteration[] {
  return Object.entries(p.lists).flatMap(([name, list]) => {
    const now = list.values.find((v) => v.from === day);
    const before = datedAt(list.values, day - 1);
    if (!now || !before) return [];
    const [old, fresh] = [before.value ?? undefined, now.value ?? undefined];
    // Of a list that is not known before or after nothing can be said to be added or removed.
    const added = (old && fresh?.filter((c) => !old.includes(c))) ?? [];
    const gone = (fresh && old?.filter((c) => !fresh.includes(c))) ?? [];
    if (old && fresh && added.length === 0 && gone.length === 0) return [];
    const label = (list as { label?: Text }).label ?? LISTED[list.of] ?? { en: list.of, ru: list.of };
    const tell = (codes: readonly string[] | undefined): Text =>
      codes === undefined
        ? { en: 'not known', ru: 'неизвестно' }
        : codes.length === 0
          ? { en: 'none', ru: 'пусто' }
          : { en: codes.join(', '), ru: codes.join(', ') };
    return [
      {
        kind: 'list' as const,
        name,
        what: {
          en: `A list changes: ${label.en}${added.length ? `; added: ${added.join(', ')}` : ''}${gone.length ? `; removed: ${gone.join(', ')}` : ''}`,
          ru: `Меняется список: ${label.ru}${added.length ? `; добавлено: ${added.join(', ')}` : ''}${gone.length ? `; убрано: ${gone.join(', ')}` : ''}`,
        },
        before: tell(old),
        after: tell(fresh),
        source: now.source ? [now.source] : [],
      },
    ];
  });
}

/** Clauses that come or go; what lies within one that does is not told again. */
function clauses(p: Provision, list: readonly Clause[], day: Day, bar: boolean): Alteration[] {
  return list.flatMap((c): Alteration[] => {
    const comes = c.from === day;
    const goes = c.to !== undefined && c.to + 1 === day;
    if (comes || goes) {
      const says = c.says ? fillText(c.says, p, comes ? day : day - 1) : { en: c.id ?? '', ru: c.id ?? '' };
      const common = { ...(c.id ? { name: c.id } : {}), source: c.source ?? [] };
      return [
        comes
          ? {
              ...common,
              kind: 'clause-comes',
              what: bar ? { en: 'A new bar', ru: 'Новое препятствие' } : { en: 'A new condition', ru: 'Новое условие' },
              before: null,
              after: says,
            }
          : {
              ...common,
              kind: 'clause-goes',
              what: bar
                ? { en: 'A bar falls away', ru: 'Препятствие отпадает' }
                : { en: 'A condition falls away', ru: 'Условие отпадает' },
              before: says,
              after: null,
            },
      ];
    }
    switch (c.k) {
      case 'all':
      case 'any':
      case 'atLeast':
        return clauses(p, c.of, day, bar);
      case 'not':
        return clauses(p, [c.of], day, bar);
      case 'points':
        return clauses(
          p,
          c.items.map((i) => i.of),
          day,
          bar,
        );
      default:
        return [];
    }
  });
}

function countings(p: Provision, day: Day): Alteration[] {
  const rules = p.counting ?? [];
  const comes = rules.filter((c) => c.from === day);
  const goes = rules.filter((c) => c.to !== undefined && c.to + 1 === day);
  if (comes.length === 0 && goes.length === 0) return [];
  const tell = (list: readonly CountingRule[], on: Day): Text | null =>
    list.length === 0
      ? null
      : {
          en: list.map((c) => countingWords(p, c, on, 'en')).join('; '),
          ru: list.map((c) => countingWords(p, c, on, 'ru')).join('; '),
        };
  return [
    {
      kind: 'counting',
      what: { en: 'Days are counted differently', ru: 'Дни считают иначе' },
      before: tell(goes, day - 1),
      after: tell(comes, day),
      source: [...comes, ...goes].flatMap((c) => c.source ?? []),
    },
  ];
}

/** One counting in words: `90 days in any 180 days`. */
function countingWords(p: Provision, c: CountingRule, on: Day, lang: 'en' | 'ru'): string {
  const value = (name: string | undefined) => {
    const param = name ? p.params[name] : undefined;
    return param ? sayValue(datedAt(param.values, on)?.value ?? undefined, param.type, lang) : '';
  };
  const [limit, window] = [value(c.limit), value(c.window)];
  switch (c.kind) {
    case 'rolling':
    case 'rollingMonths':
      return lang === 'ru' ? `${limit} за любые ${window}` : `${limit} in any ${window}`;
    case 'calendarYear':
      return lang === 'ru' ? `${limit} за календарный год` : `${limit} in a calendar year`;
    case 'perEntry':
      return lang === 'ru' ? `${limit} после каждого въезда` : `${limit} after each entry`;
    case 'anchored':
      return lang === 'ru' ? `${limit} за ${window} от первого въезда` : `${limit} in ${window} from the first entry`;
  }
}

/** Notes and the steps of an overstay ladder that come or go. */
function said(p: Provision, day: Day): Alteration[] {
  const rows = [
    ...p.notes.map((n) => ({ kind: 'note' as const, n })),
    ...(p.steps ?? []).map((n) => ({ kind: 'step' as const, n })),
  ];
  return rows.flatMap(({ kind, n }): Alteration[] => {
    const what: Text =
      kind === 'note'
        ? { en: 'To know', ru: 'Нужно знать' }
        : { en: 'What an overstay costs', ru: 'Чем грозит просрочка' };
    const source = n.source ?? [];
    if (n.from === day) return [{ kind, what, before: null, after: fillText(n.says, p, day), source }];
    if (n.to !== undefined && n.to + 1 === day)
      return [{ kind, what, before: fillText(n.says, p, day - 1), after: null, source }];
    return [];
  });
}
