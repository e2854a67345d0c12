/** What `npm run new:provision` asks, in order, and which answers it takes. */
import { parseDay, parseDuration } from '../../src/calendar/civil.ts';
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

/** The kinds it knows; for the others the nearest provision is a better beginning. */
export const KINDS = ['stay', 'route', 'restriction', 'danger'] as const;

const oneOf =
  (...words: readonly string[]) =>
  (text: string) =>
    words.includes(text) ? undefined : `"${text}" is none of: ${words.join(', ')}`;
const day = (text: string) =>
  parseDay(text) === undefined ? `"${text}" is no day; expected one like 2026-01-31` : undefined;
const whole = (text: string) =>
  /^[1-9]\d{0,3}$/.test(text) ? undefined : `"${text}" is no number of days; expected one like 90`;
const kind = (k: string) => (a: Answers) => a.kind === k;
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
      ask: 'Whom it concerns, as a condition: docs/rule-language.md (passport.country = "ru")',
      wrong: (t) => conditionWrong(t, schema),
    },
    { key: 'whenEn', ask: 'The same in words, in English', wrong: said },
    { key: 'whenRu', ask: 'The same in words, in Russian', wrong: said },
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
      wrong: (t) => (parseDuration(t) ? undefined : `"${t}" is no duration; expected one like P1Y, P6M, P90D`),
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
      ask: 'Dangerous for: presence, entry, exit, transit, consulate',
      when: kind('danger'),
      wrong: oneOf('presence', 'entry', 'exit', 'transit', 'consulate'),
    },
    { key: 'saysEn', ask: 'The danger in words, in English', when: kind('danger'), wrong: said },
    { key: 'saysRu', ask: 'The danger in words, in Russian', when: kind('danger'), wrong: said },
  ];
}

/** Numbers, dates and durations stand under `params`, dated and sourced; a first condition goes without. */
function conditionWrong(text: string, schema: Schema): string | undefined {
  const r = parseCondition(text, schema, { params: new Map(), codeLists: new Map(), monthEnd: undefined });
  return r.ok ? undefined : r.errors.map((e) => renderRuleError(text, e)).join('\n');
}
