/** The log for somebody else: a page that prints, and a file for programs. Fields can be struck out; both say which. */
import type { Lang } from '../../law/say.ts';
import { CHANNELS, type Entry, KINDS, type Logged } from './types.ts';

export const STRIKEABLE = [
  'country',
  'place',
  'channel',
  'words',
  'infer',
  'by',
  'witnesses',
  'evidence',
  'told',
  'effect',
] as const satisfies readonly (keyof Entry)[];
export type Strikeable = (typeof STRIKEABLE)[number];

/** What leaves: the entries without what was struck out. Digests stay: they are those of the whole entries. */
export function withoutFields(log: readonly Logged[], struck: readonly Strikeable[]): Logged[] {
  return log.map(
    (e) =>
      Object.fromEntries(
        Object.entries(e).filter(([k]) => !(struck as readonly string[]).includes(k)),
      ) as unknown as Logged,
  );
}

/** Every field that is in the entries, in the order of a form: to be shown before they leave. */
export function fieldsIn(log: readonly Logged[]): string[] {
  const there = new Set(log.flatMap((e) => Object.keys(e)));
  return ['number', 'written', 'when', 'kinds', ...STRIKEABLE, 'saw', 'corrects', 'before', 'sha256'].filter((k) =>
    there.has(k),
  );
}

export function logJson(log: readonly Logged[], struck: readonly Strikeable[], made: string): string {
  return `${JSON.stringify({ format: 'foothold-log/1', made, struckOut: struck, fields: fieldsIn(log), entries: log }, null, 1)}\n`;
}

const WORDS = {
  title: { en: 'Chronology', ru: 'Хронология' },
  made: { en: 'Made on', ru: 'Составлено' },
  proves: {
    en: 'Each entry bears the digest of the one before. That shows that entries were not changed or put in another order since; it shows neither that they are true nor the hour.',
    ru: 'Каждая запись содержит отпечаток предыдущей. Это показывает, что записи с тех пор не меняли и не переставляли, но не доказывает ни их истинности, ни времени.',
  },
  struck: { en: 'Left out by the person', ru: 'Не включено по решению автора' },
  written: { en: 'written down', ru: 'записано' },
  words: { en: 'Their words', ru: 'Слова' },
  saw: { en: 'Seen and heard', ru: 'Увидено и услышано' },
  infer: { en: 'What the person thinks', ru: 'Предположение автора' },
  by: { en: 'Who, as they presented themselves', ru: 'Кем представились' },
  witnesses: { en: 'Witnesses', ru: 'Свидетели' },
  evidence: { en: 'Evidence', ru: 'Доказательства' },
  told: { en: 'Told to', ru: 'Кому сообщено' },
  effect: { en: 'Effect', ru: 'Последствия' },
  corrects: { en: 'corrects entry', ru: 'исправляет запись' },
} as const;

const quoted = (t: string): string =>
  t.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** One HTML page, in order of the days told, without script, image or address; prints in black and white. */
export function logHtml(
  log: readonly Logged[],
  struck: readonly Strikeable[],
  made: string,
  lang: Lang,
  country: (code: string) => string,
): string {
  const w = (k: keyof typeof WORDS) => WORDS[k][lang];
  const row = (k: keyof typeof WORDS, text: string | undefined) =>
    text === undefined || text === '' ? '' : `<dt>${w(k)}</dt><dd>${quoted(text)}</dd>`;
  const unknown = lang === 'ru' ? 'день неизвестен' : 'day unknown';
  const ordered = [...log].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.number - b.number));
  const one = (
    e: Logged,
  ) => `<article><h2>${quoted(e.when === 'unknown' ? unknown : e.when)} · ${e.kinds.map((k) => quoted(KINDS[k][lang])).join('; ')}</h2>
<p class="where">№ ${e.number}${e.corrects ? `, ${w('corrects')} ${e.corrects}` : ''}${e.country ? ` · ${quoted(country(e.country))}` : ''}${e.place ? `, ${quoted(e.place)}` : ''}${e.channel ? ` · ${CHANNELS[e.channel][lang]}` : ''} · ${w('written')} ${quoted(e.written)}</p>
<dl>${row('words', e.words && `«${e.words}»`)}${row('saw', e.saw)}${row('infer', e.infer)}${row('by', e.by)}${row('witnesses', e.witnesses?.join(', '))}${row(
    'evidence',
    e.evidence?.map((x) => `${x.name} (SHA-256 ${x.sha256}${x.kept ? `; ${x.kept}` : ''})`).join('; '),
  )}${row('told', e.told?.map((x) => [x.whom, x.when === 'unknown' ? unknown : x.when, x.reference, x.answer].filter(Boolean).join(', ')).join('; '))}${row('effect', e.effect)}</dl>
<p class="sum">${e.sha256}</p></article>`;
  return `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${w('title')}</title>
<style>body{font:16px/1.5 Georgia,serif;max-width:44em;margin:2em auto;padding:0 1em;color:#111;background:#fff}h1{font-size:1.5em}h2{font-size:1.1em;margin:0}article{border-top:1px solid #999;padding:1em 0;break-inside:avoid}.where{margin:.2em 0;color:#333}dt{font-weight:bold;margin-top:.5em}dd{margin:0;white-space:pre-wrap}.sum{font:11px monospace;color:#555;overflow-wrap:anywhere}@media print{body{margin:0}}</style></head>
<body><h1>${w('title')}</h1><p>${w('made')} ${quoted(made)}. ${w('proves')}</p>${struck.length ? `<p>${w('struck')}: ${struck.join(', ')}.</p>` : ''}
${ordered.map(one).join('\n')}
</body></html>
`;
}

/** Unknown days last; a month or year before its days. */
const key = (e: Logged): string => (e.when === 'unknown' ? '~' : e.when);
