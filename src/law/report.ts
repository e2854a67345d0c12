/**
 * A report from outside ("this rule is wrong"): one provision, what was read, where, since when, and nothing about a person. The page writes such a
 * file, `foothold law report` reads it. It is YAML, so that whoever sends it can read all of it first.
 */
import { parseDay } from '../calendar/civil.ts';
import type { Day } from '../rules/ir.ts';
import { type Problem, ProblemsError } from './problems.ts';
import { looksPersonal, REPORT_CHANGES, REPORT_FORMAT, REPORT_SOURCES, type Report } from './report-text.ts';
import { readYaml } from './yaml.ts';

export {
  looksPersonal,
  REPORT_CHANGES,
  REPORT_FORMAT,
  REPORT_SOURCES,
  type Report,
  writeReport,
} from './report-text.ts';

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
