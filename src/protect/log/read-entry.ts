/** An entry as a person writes it (YAML), checked field by field. What is wrong is said with its line; nothing is guessed. */
import { parseDay } from '../../calendar/civil.ts';
import type { Problem } from '../../law/problems.ts';
import { readYaml } from '../../law/yaml.ts';
import { nearestName as nearest } from '../../rules/errors.ts';
import { CHANNELS, type Channel, type Entry, type Evidence, KINDS, type Kind, type Told } from './types.ts';

const FIELDS = [
  'when',
  'kinds',
  'country',
  'place',
  'channel',
  'words',
  'saw',
  'infer',
  'by',
  'witnesses',
  'evidence',
  'told',
  'effect',
  'corrects',
] as const;
const LONGEST = 20_000;

export const ENTRY_EXAMPLE = `when: 2026-11-03            # or 2026-11, 2026, unknown
kinds: [contact, threat]
country: ge
channel: messenger
words: "We know where your mother lives."
saw: A message from a number I do not know, at night.
infer: They have my new number.   # what you think, apart from what you saw
witnesses: [A. K.]
evidence: [{name: screenshot.png, sha256: <64 letters>, kept: my other phone}]
told: [{whom: lawyer, when: 2026-11-04}]
`;

/** The same, with its remarks and texts in Russian; the names of fields are the same. */
export const ENTRY_EXAMPLE_RU = `when: 2026-11-03            # или 2026-11, 2026, unknown
kinds: [contact, threat]
country: ge
channel: messenger
words: "Мы знаем, где живёт твоя мать."
saw: Ночью пришло сообщение с незнакомого номера.
infer: У них есть мой новый номер.   # ваш вывод, а не увиденное
witnesses: [А. К.]
evidence: [{name: screenshot.png, sha256: <64 знака>, kept: мой другой телефон}]
told: [{whom: lawyer, when: 2026-11-04}]
`;

/** `text` is YAML with the fields of an entry. Returns the entry, or every problem with its place. */
export function readEntry(file: string, text: string): { entry: Entry | undefined; problems: readonly Problem[] } {
  const yaml = readYaml(file, text);
  const problems: Problem[] = [...yaml.problems];
  const say = (path: readonly (string | number)[], found: string, expected: string, mend?: string, key = false) => {
    problems.push({
      file,
      ...yaml.at(path, key),
      code: 'log',
      found,
      expected,
      severity: 'error',
      ...(mend ? { mend } : {}),
    });
  };
  const top = yaml.value;
  if (problems.length) return { entry: undefined, problems };
  if (typeof top !== 'object' || top === null || Array.isArray(top)) {
    say([], 'no fields', `an entry of the log, for example:\n${ENTRY_EXAMPLE}`);
    return { entry: undefined, problems };
  }
  const raw = top as Record<string, unknown>;
  for (const key of Object.keys(raw))
    if (!(FIELDS as readonly string[]).includes(key)) {
      const near = nearest(key, FIELDS);
      say(
        [key],
        `the field \`${key}\``,
        `one of: ${FIELDS.join(', ')}`,
        near ? `did you mean \`${near}\`?` : undefined,
        true,
      );
    }
  const words = (
    key: string,
    path: readonly (string | number)[] = [key],
    from: unknown = raw[key],
  ): string | undefined => {
    if (from === undefined || from === null) return undefined;
    if (typeof from !== 'string' && typeof from !== 'number')
      say(path, `${JSON.stringify(from)} for \`${key}\``, 'words');
    else if (String(from).length > LONGEST)
      say(
        path,
        `${String(from).length} letters for \`${key}\``,
        `at most ${LONGEST}`,
        'put the long text into a file and name it under `evidence`',
      );
    else if (String(from).trim() !== '') return String(from).trim();
    return undefined;
  };
  const when = (from: unknown, path: readonly (string | number)[]): string => {
    const t = typeof from === 'number' ? String(from) : from;
    const ok =
      typeof t === 'string' && (t === 'unknown' || /^\d{4}(-(0[1-9]|1[0-2]))?$/.test(t) || parseDay(t) !== undefined);
    if (!ok)
      say(
        path,
        from === undefined ? 'no `when`' : `${JSON.stringify(from)} for \`when\``,
        'a day as well as you know it: 2026-11-03, 2026-11, 2026 or unknown',
      );
    return ok ? (t as string) : 'unknown';
  };
  const list = (key: string): unknown[] => {
    const v = raw[key];
    if (v === undefined || v === null) return [];
    if (Array.isArray(v)) return v;
    say([key], `${JSON.stringify(v)} for \`${key}\``, 'a list in square brackets');
    return [];
  };
  const kinds: Kind[] = [];
  list('kinds').forEach((k, i) => {
    if (typeof k === 'string' && Object.hasOwn(KINDS, k)) kinds.push(k as Kind);
    else
      say(
        ['kinds', i],
        `${JSON.stringify(k)} for \`kinds\``,
        `one of: ${Object.keys(KINDS).join(', ')}`,
        mendOf(k, Object.keys(KINDS)),
      );
  });
  if (kinds.length === 0 && problems.length === 0)
    say(['kinds'], 'no `kinds`', `at least one of: ${Object.keys(KINDS).join(', ')}`);
  const saw = words('saw');
  if (saw === undefined && raw.saw === undefined)
    say(['saw'], 'no `saw`', 'what you yourself saw or heard, in your words');
  const channel = words('channel');
  if (channel !== undefined && !Object.hasOwn(CHANNELS, channel))
    say(
      ['channel'],
      `"${channel}" for \`channel\``,
      `one of: ${Object.keys(CHANNELS).join(', ')}`,
      mendOf(channel, Object.keys(CHANNELS)),
    );
  const country = words('country');
  if (country !== undefined && !/^[a-z]{2}$/.test(country))
    say(['country'], `"${country}" for \`country\``, 'two small letters, like ge');
  const corrects = raw.corrects;
  if (corrects !== undefined && !(Number.isInteger(corrects) && (corrects as number) > 0))
    say(['corrects'], `${JSON.stringify(corrects)} for \`corrects\``, 'the number of an earlier entry');
  const evidence: Evidence[] = list('evidence').flatMap((e, i) => {
    const r = (typeof e === 'object' && e !== null ? e : {}) as Record<string, unknown>;
    const name = words('name', ['evidence', i], r.name);
    const sha256 = words('sha256', ['evidence', i], r.sha256)?.toLowerCase();
    if (name === undefined || sha256 === undefined || !/^[0-9a-f]{64}$/.test(sha256)) {
      say(
        ['evidence', i],
        JSON.stringify(e),
        'a name and the SHA-256 of the file: 64 letters 0-9 a-f, as `sha256sum FILE` prints them',
      );
      return [];
    }
    const kept = words('kept', ['evidence', i], r.kept);
    return [{ name, sha256, ...(kept ? { kept } : {}) }];
  });
  const told: Told[] = list('told').flatMap((e, i) => {
    const r = (typeof e === 'object' && e !== null ? e : {}) as Record<string, unknown>;
    const whom = words('whom', ['told', i], r.whom);
    if (whom === undefined) {
      say(['told', i], JSON.stringify(e), '`whom` and `when`');
      return [];
    }
    const reference = words('reference', ['told', i], r.reference);
    const answer = words('answer', ['told', i], r.answer);
    return [
      { whom, when: when(r.when, ['told', i]), ...(reference ? { reference } : {}), ...(answer ? { answer } : {}) },
    ];
  });
  const witnesses = list('witnesses').flatMap((w, i) => words('witnesses', ['witnesses', i], w) ?? []);
  const day = when(raw.when, ['when']);
  if (problems.length || saw === undefined) return { entry: undefined, problems };
  const optional = {
    country,
    place: words('place'),
    channel: channel as Channel | undefined,
    words: words('words'),
    infer: words('infer'),
    by: words('by'),
    effect: words('effect'),
    corrects: corrects as number | undefined,
  };
  return {
    entry: {
      when: day,
      kinds,
      saw,
      ...(Object.fromEntries(Object.entries(optional).filter(([, v]) => v !== undefined)) as Partial<Entry>),
      ...(witnesses.length ? { witnesses } : {}),
      ...(evidence.length ? { evidence } : {}),
      ...(told.length ? { told } : {}),
    },
    problems,
  };
}

const mendOf = (found: unknown, known: readonly string[]): string | undefined => {
  const near = typeof found === 'string' ? nearest(found, known) : undefined;
  return near ? `did you mean \`${near}\`?` : undefined;
};
