/**
 * A report from outside ("this rule is wrong"): one provision, what was read, where, since when, and nothing about a person. The page writes such a
 * file, `foothold law report` reads it. It is YAML, so that whoever sends it can read all of it first.
 */
import { formatDay, parseDay } from '../calendar/civil.ts';
import type { Day } from '../rules/ir.ts';
import { type Problem, ProblemsError } from './problems.ts';
import { readYaml } from './yaml.ts';

export const REPORT_FORMAT = 'foothold-report/1';

/**
 * What is said to be otherwise: a figure has another value; a requirement is no longer asked (or never was); the whole has ended; it is in force
 * although the law here says that it ended; or something that none of these says.
 */
export const REPORT_CHANGES = ['figure', 'clause', 'ended', 'begun', 'other'] as const;

/** What it was read in: the text of a law, an authority's page, a lawyer or newspaper, or tales of practice. */
export const REPORT_SOURCES = ['law', 'authority', 'press', 'practice'] as const;

/** One report. Texts are as the reporter wrote them; nobody has checked them. */
export type Report = {
  /** Id of the provision, `de/blue-card`. */
  readonly provision: string;
  readonly change: (typeof REPORT_CHANGES)[number];
  /** Name of the figure, or id of the clause; missing where it is the whole. */
  readonly part?: string;
  /** The value that is said to be right, as in a provision: `50700 EUR`, `180`, `P2Y`. Only of a figure. */
  readonly value?: string;
  /** The words that were read, in the language of the source. At most 500 characters. */
  readonly saw: string;
  /** Public address of what was read. */
  readonly where: string;
  readonly source: (typeof REPORT_SOURCES)[number];
  /** Since when it is so; undefined where the source does not say. */
  readonly since: Day | undefined;
  /** The day of the answer that was seen, and the digest of the law it came from. */
  readonly on: Day;
  readonly law: string;
};

const KEYS = [
  'format',
  'provision',
  'change',
  'part',
  'value',
  'saw',
  'where',
  'source',
  'since',
  'on',
  'law',
] as const;

const HEAD = `# A rule of Foothold that may be wrong. Nothing about you or anybody else belongs in this file: read it before you send it.
# Правило, в котором может быть ошибка. В этом файле не должно быть ничего о вас и о других людях: прочтите его, прежде чем отправить.
`;

/** Writes a report as a file, in a fixed order: the same report gives the same bytes. */
export function writeReport(r: Report): string {
  const lines = [
    `format: ${REPORT_FORMAT}`,
    `provision: ${r.provision}`,
    `change: ${r.change}`,
    ...(r.part === undefined ? [] : [`part: ${JSON.stringify(r.part)}`]),
    ...(r.value === undefined ? [] : [`value: ${JSON.stringify(r.value)}`]),
    `saw: ${JSON.stringify(r.saw)}`,
    `where: ${JSON.stringify(r.where)}`,
    `source: ${r.source}`,
    `since: ${r.since === undefined ? 'unknown' : formatDay(r.since)}`,
    `on: ${formatDay(r.on)}`,
    `law: ${r.law}`,
  ];
  return `${HEAD}${lines.join('\n')}\n`;
}

/** What in a text may point at a person; told to whoever writes or reads a report. */
const PERSONAL: readonly (readonly [re: RegExp, en: string])[] = [
  [/[^\s@]+@[^\s@]+\.[^\s@]{2,}/, 'an e-mail address'],
  [/(?:\+|\b00)\d[\d ()-]{8,}\d/, 'a telephone number'],
  // Russian passports and many others: nine digits and more in a row. Amounts of money that long carry spaces.
  [/\b\d{2} ?\d{7}\b|\b\d{4} \d{6}\b|\b[A-Z]{1,2}\d{7,8}\b/, 'the number of a document'],
  [/(?:^|\s)@\w{4,}/, 'the name of an account'],
];

/** What in a text looks as if it pointed at a person, in words; undefined where nothing does. It sees little: a person has to read it too. */
export const looksPersonal = (text: string): string | undefined => PERSONAL.find(([re]) => re.test(text))?.[1];

/**
 * Reads a report file. It asks nothing of the law: whether the provision exists is looked up by who reads it on.
 * @throws ProblemsError with every place that does not fit: a field that is none, one that is missing, what points at a person.
 */
export function readReport(file: string, text: string): Report {
  const yaml = readYaml(file, text);
  const problems: Problem[] = [...yaml.problems];
  const raw = (typeof yaml.value === 'object' && yaml.value !== null ? yaml.value : {}) as Record<string, unknown>;
  const problem = (key: string, found: string, expected: string, mend?: string): void => {
    problems.push({
      file,
      ...yaml.at([key]),
      code: 'report',
      found,
      expected,
      severity: 'error',
      ...(mend ? { mend } : {}),
    });
  };
  const word = (key: string): string => (raw[key] === undefined ? 'nothing' : JSON.stringify(raw[key]));
  const get = (
    key: (typeof KEYS)[number],
    fits: (t: string) => boolean,
    expected: string,
    optional = false,
  ): string => {
    const v = raw[key];
    const t = typeof v === 'number' ? String(v) : v;
    if (v === undefined && optional) return '';
    if (typeof t !== 'string' || !fits(t)) problem(key, `${word(key)} for \`${key}\``, expected);
    else {
      const personal = looksPersonal(t);
      if (personal)
        problem(
          key,
          `what looks like ${personal} in \`${key}\``,
          'nothing that points at a person',
          'take it out of the file, and do not pass the file on before',
        );
    }
    return String(t ?? '');
  };
  if (problems.length === 0) {
    for (const key of Object.keys(raw))
      if (!(KEYS as readonly string[]).includes(key))
        problem(key, `the field "${key}"`, `only: ${KEYS.join(', ')}`, 'take it out: a report says nothing more');
    get('format', (t) => t === REPORT_FORMAT, REPORT_FORMAT);
    const day = (key: 'since' | 'on') => (t: string) =>
      (key === 'since' && t === 'unknown') || parseDay(t) !== undefined;
    const r = {
      provision: get(
        'provision',
        (t) => /^[a-z]{2,10}\/[a-z0-9-]+$/.test(t),
        'the id of a provision, like de/blue-card',
      ),
      change: get('change', (t) => (REPORT_CHANGES as readonly string[]).includes(t), REPORT_CHANGES.join(', ')),
      part: get('part', (t) => /^[\w-]{1,60}$/.test(t), 'the name of a figure or the id of a clause', true),
      value: get('value', (t) => t.length > 0 && t.length <= 60, 'a value like 50700 EUR, 180 or P2Y', true),
      saw: get(
        'saw',
        (t) => t.trim().length > 0 && t.length <= 500,
        'the words that were read, at most 500 characters',
      ),
      where: get(
        'where',
        (t) => /^https?:\/\/[^\s/@]+(\/\S*)?$/.test(t) && t.length <= 500,
        'a public address on the web',
      ),
      source: get('source', (t) => (REPORT_SOURCES as readonly string[]).includes(t), REPORT_SOURCES.join(', ')),
      since: get('since', day('since'), 'a date like 2026-01-01, or unknown'),
      on: get('on', day('on'), 'a date like 2026-01-01'),
      law: get('law', (t) => /^[0-9a-f]{12,64}$/.test(t), 'the digest of the law, at least its first 12 letters'),
    };
    if (r.change === 'figure' && (r.part === '' || r.value === ''))
      problem('change', 'a figure without its name or its value', '`part` and `value`');
    if (r.change === 'clause' && r.part === '') problem('change', 'a clause without its id', '`part`');
    if (r.change !== 'figure' && r.value !== '')
      problem('value', `a value of a ${r.change}`, 'a value only of a figure');
    if (problems.length === 0)
      return {
        provision: r.provision,
        change: r.change as Report['change'],
        ...(r.part ? { part: r.part } : {}),
        ...(r.value ? { value: r.value } : {}),
        saw: r.saw,
        where: r.where,
        source: r.source as Report['source'],
        since: parseDay(r.since),
        on: parseDay(r.on) as Day,
        law: r.law,
      };
  }
  throw new ProblemsError(problems);
}
