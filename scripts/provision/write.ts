/** A provision file out of answers: valid as it is, with the cases that are still to be written named in it. */
import { addDuration, formatDay, parseDay, parseDuration } from '../../src/calendar/civil.ts';
import { runCases } from '../../src/check/cases.ts';
import { auditBook } from '../../src/law/audit.ts';
import type { Problem } from '../../src/law/problems.ts';
import { type LawText, readLaw } from '../../src/law/read.ts';
import { namesIn, parseCondition } from '../../src/rules/index.ts';
import type { Duration, Schema } from '../../src/rules/ir.ts';
import { type Answers, CONDITIONED } from './questions.ts';

const EARLIEST = '2022-02-24';
/** Months after the evidence for which an answer is given without "verify": the shorter end of what docs/law-format.md allows. */
const TRUSTED_MONTHS = 6;
const quoted = (text: string | undefined): string => JSON.stringify(text ?? '');
const both = (en: string | undefined, ru: string | undefined) => `{en: ${quoted(en)}, ru: ${quoted(ru)}}`;

/** The facts that a condition reads, in the order of the text. */
export function factsRead(text: string, schema: Schema): readonly string[] {
  const r = parseCondition(text, schema, { params: new Map(), codeLists: new Map(), monthEnd: undefined });
  return r.ok ? namesIn(r.expr).facts : [];
}

/** The text of the file. `missing`: the facts that the case of a person of whom nothing is known names. */
export function provisionText(a: Answers, facts: readonly string[], missing: readonly string[] | undefined): string {
  const begins = a.from === '-' ? EARLIEST : (a.from as string);
  const on = (a.dated as string) < begins ? begins : (a.dated as string);
  const expires = formatDay(
    addDuration(parseDay(a.dated as string) as number, { months: TRUSTED_MONTHS, days: 0 }, 'clamp'),
  );
  const country = (a.id as string).split('/')[0];
  const param = (name: string, en: string, ru: string, rest: string, value: string) =>
    `  ${name}: {label: ${both(en, ru)}, ${rest}, values: {${begins}: {value: ${value}, source: main}}}`;
  const kinds: Readonly<Record<string, readonly string[]>> = {
    stay: [
      'keyDate: entry',
      'params:',
      param('daysMax', 'Days allowed', 'Разрешено дней', 'unit: days, range: {min: 1, max: 9999}', a.days as string),
      ...(a.window === '-'
        ? []
        : [
            param(
              'windowDays',
              'Counted within',
              'Считается за',
              'unit: days, range: {min: 1, max: 9999}',
              a.window as string,
            ),
          ]),
      'counting:',
      a.window === '-'
        ? '  - {kind: perEntry, limit: daysMax, edges: both, source: main}'
        : '  - {kind: rolling, limit: daysMax, window: windowDays, edges: both, source: main}',
    ],
    route: [
      'keyDate: filing',
      `decision: ${a.decision}`,
      'params:',
      param('validMax', 'Longest validity', 'Наибольший срок', 'unit: duration', a.valid as string),
      `file: {where: [${a.where}], source: main}`,
      `grants: {status: ${a.id}, valid: validMax, source: main}`,
      'status:',
      `  stands: ${a.stands}`,
      '  rights: {work: unknown, says: {en: "Whether one may work is not yet entered here.", ru: "Можно ли работать, здесь пока не внесено."}, source: main}',
    ],
    restriction: ['keyDate: entry', `effect: ${a.effect}`, `strength: ${a.strength}`],
    danger: ['keyDate: presence', `concerns: ${a.concerns}`, `says: ${both(a.saysEn, a.saysRu)}`],
    document: [
      `keyDate: ${a.purpose === 'entry' ? 'entry' : 'filing'}`,
      `purpose: ${a.purpose}`,
      `countries: [${country}]`,
    ],
    support: [
      'keyDate: presence',
      `what: ${a.help}`,
      `says: ${both(a.saysEn, a.saysRu)}`,
      `contact: {url: ${quoted(a.contact === '-' ? a.url : a.contact)}}`,
    ],
    status: [
      'keyDate: presence',
      `stands: ${a.status}`,
      `rights: {work: ${a.work}, says: ${both(a.saysEn, a.saysRu)}, source: main}`,
      ...(a.leadsTo === undefined || a.leadsTo === '-' ? [] : [`leadsTo: [${a.leadsTo.split(/\s+/).join(', ')}]`]),
    ],
    clock: [
      'keyDate: filing',
      'monthEnd: {clamp: unstated}',
      'counts:',
      ...(a.counts ?? '').split(/\s+/).map((id) => `  - {status: ${id}, source: main}`),
      `unbroken: ${a.unbroken}`,
    ],
    overstay: overstayLines(a, param),
  };
  return `${[
    '# yaml-language-server: $schema=../../schema/provision.schema.json',
    `id: ${a.id}`,
    `kind: ${a.kind}`,
    `title: ${both(a.titleEn, a.titleRu)}`,
    a.from === '-' ? `inForce: {from: ${EARLIEST}, earlier: true}` : `inForce: {from: ${a.from}}`,
    ...(kinds[a.kind as string] as readonly string[]),
    ...(CONDITIONED.has(a.kind as string)
      ? ['all:', `  - {id: whom, says: ${both(a.whenEn, a.whenRu)}, when: ${quoted(a.whenText)}, source: main}`]
      : []),
    'sources:',
    `  main: {url: ${quoted(a.url)}, publisher: ${quoted(a.publisher)}, date: ${a.dated}, read: ${a.read}, official: ${a.official === 'yes'}, lang: ${quoted(a.lang)}, quote: ${quoted(a.quote)}}`,
    `verified: {on: ${a.dated}, against: main, confidence: ${a.official === 'yes' ? 'official' : 'secondary'}}`,
    `expires: ${expires} # a statute that seldom changes: up to 18 months after the evidence`,
    'cases:',
    ...casesOf(a, on, facts, missing),
  ].join('\n')}\n`;
}

/** The ladder with its first step: from the first day over. */
function overstayLines(
  a: Answers,
  param: (name: string, en: string, ru: string, rest: string, value: string) => string,
): readonly string[] {
  const [amount, currency] = (a.fine ?? '-').split(' ');
  const fine = a.fine !== '-';
  const ban = a.ban !== '-';
  return [
    'keyDate: presence',
    'params:',
    param('firstDay', 'From day', 'С дня', 'unit: days, range: {min: 1, max: 1}', '1'),
    ...(fine
      ? [param('fine', 'Fine', 'Штраф', `unit: ${currency}/once, range: {min: 1, max: 9999999}`, amount as string)]
      : []),
    ...(ban ? [param('ban', 'Ban on entry', 'Запрет на въезд', 'unit: duration', a.ban as string)] : []),
    'steps:',
    `  - {from: firstDay, ${fine ? 'fine: fine, ' : ''}${ban ? 'ban: ban, ' : ''}says: ${both(a.saysEn, a.saysRu)}, source: main}`,
  ];
}

/** Cases that hold as they are, and in comments those that somebody has to write. */
function casesOf(
  a: Answers,
  on: string,
  facts: readonly string[],
  missing: readonly string[] | undefined,
): readonly string[] {
  const country = (a.id as string).split('/')[0];
  if (a.kind === 'status')
    return [
      `  - {name: in force, on: ${on}, given: {}, expect: yes}`,
      '  # To fill: what ends it, what it may not be held beside, whether it can be renewed (`ends`, `renew`: docs/law-format.md).',
    ];
  if (a.kind === 'overstay') {
    const expect = [a.fine === '-' ? '' : `fine: ${a.fine}`, a.ban === '-' ? '' : `ban: ${a.ban}`].filter(Boolean);
    return [
      `  - {name: one day over, on: ${on}, overstayDays: 1, expect: {${expect.join(', ')}}}`,
      '  # To fill: the higher steps of the ladder, each with a case on its first day and one on the day before.',
      `  # - {name: … , on: ${on}, overstayDays: … , expect: {fine: … , ban: … }}`,
    ];
  }
  if (a.kind === 'clock') {
    const from = parseDay(on) as number;
    const reached = addDuration(from, parseDuration(a.need as string) as Duration, 'clamp');
    const held = `statuses: [{status: ${(a.counts as string).split(/\s+/)[0]}, country: ${country}, from: ${on}}], need: ${a.need}`;
    return [
      `  - {name: the day before, on: ${formatDay(reached - 1)}, ${held}, expect: {reached: no, reachedOn: ${formatDay(reached)}}}`,
      `  - {name: all of it, on: ${formatDay(reached)}, ${held}, expect: {reached: yes}}`,
      '  # To fill: a status that does not count, an absence that is still allowed, one that is not (`absences`, `breaks`).',
      `  # - {name: … , on: ${formatDay(reached)}, statuses: [{status: … , country: ${country}, from: ${on}}], need: ${a.need}, expect: {reached: no}}`,
    ];
  }
  const given = `{${facts.map((f) => `${f}: `).join(', ')}}`;
  return [
    `  - {name: nothing is known, on: ${on}, expect: unknown${missing ? `, missing: [${missing.join(', ')}]` : ''}}`,
    ...(a.kind === 'stay'
      ? [
          `  - {name: the first day counts, on: ${on}, stays: [{country: ${country}, from: ${on}}], expect: {used: 1, left: ${a.days}}}`,
        ]
      : []),
    '  # To fill: a person it is for, one it is not for, and both sides of every boundary. What the condition reads stands in `given`.',
    `  # - {name: … , on: ${on}, given: ${given}, expect: yes}`,
    `  # - {name: … , on: ${on}, given: ${given}, expect: no, because: [whom]}`,
  ];
}

export type Written = { readonly path: string; readonly text: string; readonly problems: readonly Problem[] };

/** Makes the file and checks it as `foothold law check` would, among the facts, areas, rates and the law of its country. */
export function makeProvision(a: Answers, law: readonly LawText[], schema: Schema): Written {
  const country = (a.id as string).split('/')[0];
  const path = `law/${a.id}.yaml`;
  const near = law.filter((t) => /^law\/[a-z]+\.ya?ml$/.test(t.path) || t.path.startsWith(`law/${country}/`));
  const facts = a.whenText === undefined ? [] : factsRead(a.whenText, schema);
  const check = (text: string): readonly Problem[] => {
    const { book, problems } = readLaw([...near, { path, text }]);
    const p = book.provisions.get(a.id as string);
    return [...problems, ...auditBook(book), ...(p ? runCases(book, p) : [])].filter(
      (x) => x.file === path && x.severity === 'error',
    );
  };
  // Which facts are still needed the program says itself; where it names them otherwise, the case goes without.
  const named = provisionText(a, facts, facts);
  const text = check(named).length === 0 ? named : provisionText(a, facts, undefined);
  return { path, text, problems: text === named ? [] : check(text) };
}
