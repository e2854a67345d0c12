/** What `npm run new:provision` asks, in order, and which answers it takes. */
import { parseDay, parseDuration } from '../../src/calendar/civil.ts';
import { readMoney } from '../../src/law/values.ts';
import { parseCondition, renderRuleError } from '../../src/rules/index.ts';
import type { Schema } from '../../src/rules/ir.ts';

export type Answers = Readonly<Record<string, string>>;

export type Question = {
  readonly key: string;
  readonly ask: string;
  /** Taken where the answer is empty; without it an answer is needed. */
  readonly usual?: string;
  /** Whether it is asked at all, by the answers so far. */
  readonly when?: (a: Answers) => boolean;
  /** What is wrong with an answer, and what is expected. */
  readonly wrong?: (text: string, a: Answers) => string | undefined;
};

/** All kinds of provisions. */
export const KINDS = [
  'stay',
  'route',
  'restriction',
  'document',
  'status',
  'clock',
  'overstay',
  'danger',
  'support',
] as const;

/** Kinds that say whom they concern by a condition; the others hold for whoever has the status or has stayed too long. */
export const CONDITIONED: ReadonlySet<string> = new Set([
  'stay',
  'route',
  'restriction',
  'document',
  'danger',
  'support',
]);

const oneOf =
  (...words: readonly string[]) =>
  (text: string) =>
    words.includes(text) ? undefined : `"${text}" is none of: ${words.join(', ')}`;
const day = (text: string) =>
  parseDay(text) === undefined ? `"${text}" is no day; expected one like 2026-01-31` : undefined;
const whole = (text: string) =>
  /^[1-9]\d{0,3}$/.test(text) ? undefined : `"${text}" is no number of days; expected one like 90`;
const kind =
  (...kinds: readonly string[]) =>
  (a: Answers) =>
    kinds.includes(a.kind as string);
const conditioned = (a: Answers) => CONDITIONED.has(a.kind as string);
const duration = (text: string) =>
  parseDuration(text) ? undefined : `"${text}" is no duration; expected one like P1Y, P6M, P90D`;
/** Ids of statuses, with blanks between them. */
const ids = (taken: ReadonlySet<string>) => (text: string) => {
  for (const id of text.split(/\s+/))
    if (!taken.has(id))
      return `"${id}" is no provision of the law yet; expected ids like de/blue-card, with blanks between them`;
  return undefined;
};
const optional = (wrong: (text: string) => string | undefined) => (text: string) =>
  text === '-' ? undefined : wrong(text);
const STANDS = ['visit', 'pending', 'tolerated', 'visa', 'permit', 'protection', 'permanent', 'citizenship'] as const;
const WORK = ['any', 'employer', 'occupation', 'self', 'remote', 'none', 'unknown'] as const;
const HELP = [
  'legal-aid',
  'shelter',
  'fellowship',
  'scholarship',
  'evacuation',
  'job',
  'language',
  'media-relocation',
  'psychological',
  'official',
] as const;
/** YAML and readers both want one line. */
const said = (text: string) => (text.length > 500 ? `${text.length} characters; expected: at most 500` : undefined);

/** The questions. `taken`: ids that the law has already; `today`: the day, as text. */
export function questions(schema: Schema, taken: ReadonlySet<string>, today: string): readonly Question[] {
  return [
    {
      key: 'id',
      ask: 'Id: country/short-name, like de/blue-card',
      wrong: (text) =>
        !/^[a-z]{2,10}\/[a-z0-9]+(-[a-z0-9]+)*$/.test(text)
          ? `"${text}" is no id; expected: small letters, a slash, and words joined by hyphens`
          : taken.has(text)
            ? `the law has ${text} already; change law/${text}.yaml instead, or take another name`
            : undefined,
    },
    { key: 'kind', ask: `Kind: ${KINDS.join(', ')}`, wrong: oneOf(...KINDS) },
    { key: 'titleEn', ask: 'Title in English', wrong: said },
    { key: 'titleRu', ask: 'Title in Russian', wrong: said },
    {
      key: 'url',
      ask: 'Source: its address',
      wrong: (t) => (/^https?:\/\/\S+$/.test(t) ? undefined : `"${t}" is no web address`),
    },
    { key: 'publisher', ask: 'Source: who publishes it', wrong: said },
    {
      key: 'dated',
      ask: "Source: the page's or text's own date",
      wrong: (t) => day(t) ?? (t > today ? `${t} is not yet` : undefined),
    },
    {
      key: 'read',
      ask: 'Source: the day you read it',
      usual: today,
      wrong: (t, a) =>
        day(t) ?? (t > today || t < (a.dated as string) ? `${t} is not between ${a.dated} and today` : undefined),
    },
    { key: 'official', ask: 'Source: is it official (a law, an authority)? yes or no', wrong: oneOf('yes', 'no') },
    {
      key: 'lang',
      ask: 'Source: its language, two letters',
      wrong: (t) => (/^[a-z]{2,3}$/.test(t) ? undefined : `"${t}" is no language; expected one like de`),
    },
    {
      key: 'quote',
      ask: 'Source: the decisive words, as they stand there',
      wrong: (t) => (t.length > 300 ? `${t.length} characters; expected: at most 300` : undefined),
    },
    {
      key: 'from',
      ask: 'In force from (a day; empty: since before 24 February 2022, or not known)',
      usual: '-',
      wrong: (t) => (t === '-' ? undefined : day(t)),
    },
    {
      key: 'whenText',
      when: conditioned,
      ask: 'Whom it concerns, as a condition: docs/rule-language.md (passport.country = "ru")',
      wrong: (t) => conditionWrong(t, schema),
    },
    { key: 'whenEn', when: conditioned, ask: 'The same in words, in English', wrong: said },
    { key: 'whenRu', when: conditioned, ask: 'The same in words, in Russian', wrong: said },
    { key: 'days', ask: 'Days allowed', when: kind('stay'), wrong: whole },
    {
      key: 'window',
      ask: 'Within how many days they count (empty: each entry counts afresh)',
      usual: '-',
      when: kind('stay'),
      wrong: (t, a) =>
        t === '-'
          ? undefined
          : (whole(t) ?? (Number(t) < Number(a.days) ? `${t} is less than the ${a.days} days allowed` : undefined)),
    },
    {
      key: 'decision',
      ask: 'Who meets the conditions gets it by: right, discretion, quota, lottery',
      when: kind('route'),
      wrong: oneOf('right', 'discretion', 'quota', 'lottery'),
    },
    {
      key: 'where',
      ask: 'Where one applies: consulate, in-country, online, border',
      when: kind('route'),
      wrong: oneOf('consulate', 'in-country', 'online', 'border'),
    },
    {
      key: 'valid',
      ask: 'How long what it grants is valid, like P1Y or P6M',
      when: kind('route'),
      wrong: duration,
    },
    {
      key: 'stands',
      ask: 'What it grants: visa, permit, protection, permanent, citizenship',
      when: kind('route'),
      wrong: oneOf('visa', 'permit', 'protection', 'permanent', 'citizenship'),
    },
    {
      key: 'effect',
      ask: 'What it closes: entry, visa, permit, filing, transit',
      when: kind('restriction'),
      wrong: oneOf('entry', 'visa', 'permit', 'filing', 'transit'),
    },
    {
      key: 'strength',
      ask: 'They must refuse, or may: must, may',
      when: kind('restriction'),
      wrong: oneOf('must', 'may'),
    },
    {
      key: 'concerns',
      ask: 'Dangerous for: presence, entry, exit, transit, consulate, work',
      when: kind('danger'),
      wrong: oneOf('presence', 'entry', 'exit', 'transit', 'consulate', 'work'),
    },
    {
      key: 'purpose',
      ask: `The paper is for: entry, visa, permit, renewal`,
      when: kind('document'),
      wrong: oneOf('entry', 'visa', 'permit', 'renewal'),
    },
    { key: 'help', ask: `What they help with: ${HELP.join(', ')}`, when: kind('support'), wrong: oneOf(...HELP) },
    {
      key: 'contact',
      ask: 'Where one turns to them: an address on the web (empty: the address of the source)',
      usual: '-',
      when: kind('support'),
      wrong: optional((t) => (/^https?:\/\/\S+$/.test(t) ? undefined : `"${t}" is no web address`)),
    },
    { key: 'status', ask: `What it is: ${STANDS.join(', ')}`, when: kind('status'), wrong: oneOf(...STANDS) },
    { key: 'work', ask: `Whoever has it may work: ${WORK.join(', ')}`, when: kind('status'), wrong: oneOf(...WORK) },
    {
      key: 'leadsTo',
      ask: 'Routes it leads to, ids with blanks between them (empty: not known)',
      usual: '-',
      when: kind('status'),
      wrong: optional(ids(taken)),
    },
    {
      key: 'counts',
      ask: 'Statuses whose time counts, ids with blanks between them (a status has the id of the route that grants it)',
      when: kind('clock'),
      wrong: ids(taken),
    },
    { key: 'need', ask: 'How long one needs, like P5Y', when: kind('clock'), wrong: duration },
    { key: 'unbroken', ask: 'Must it be without a break? yes or no', when: kind('clock'), wrong: oneOf('yes', 'no') },
    {
      key: 'fine',
      ask: 'Fine from the first day over, like 500 GEL (empty: not stated)',
      usual: '-',
      when: kind('overstay'),
      wrong: optional((t) => (readMoney(t) ? undefined : `"${t}" is no amount; expected one like 500 GEL`)),
    },
    {
      key: 'ban',
      ask: 'Ban on entry from the first day over, like P1Y (empty: not stated)',
      usual: '-',
      when: kind('overstay'),
      wrong: optional(duration),
    },
    {
      key: 'saysEn',
      ask: 'In words for the person, in English (the danger; the help; what one may do; what happens)',
      when: kind('danger', 'support', 'status', 'overstay'),
      wrong: said,
    },
    {
      key: 'saysRu',
      ask: 'In words for the person, in Russian',
      when: kind('danger', 'support', 'status', 'overstay'),
      wrong: said,
    },
  ];
}

/** Numbers, dates and durations stand under `params`, dated and sourced; a first condition goes without. */
function conditionWrong(text: string, schema: Schema): string | undefined {
  const r = parseCondition(text, schema, { params: new Map(), codeLists: new Map(), monthEnd: undefined });
  return r.ok ? undefined : r.errors.map((e) => renderRuleError(text, e)).join('\n');
}
