/**
 * The file of a report from outside, as it is written: its form, and what in it may point at a person. What reads it is in report.ts; this part is
 * small, and goes into the page.
 */
import { formatDay } from '../calendar/civil.ts';
import type { Day } from '../rules/ir.ts';

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
