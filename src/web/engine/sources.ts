/** Sources as lines: what, of which day, official or not, when read. One address is one source. */
import { isoIn, say } from '../../answers/say.ts';
import type { Lang } from '../../law/say.ts';
import type { Source } from '../../law/types.ts';

export type SourceLine = {
  readonly n: number;
  readonly what: string;
  readonly url: string;
  readonly official: boolean;
  /** `official; read 23 November 2026`. */
  readonly about: string;
  readonly quote?: string;
  readonly lang?: string;
};

export function sourceLines(sources: readonly Source[], lang: Lang): SourceLine[] {
  const out = new Map<string, SourceLine>();
  for (const s of sources) {
    if (out.has(s.url)) continue;
    const date = s.date ? `${isoIn(s.date, lang)}; ` : '';
    const kind = s.official
      ? say(lang, 'official', 'официальный источник')
      : say(lang, 'not official', 'неофициальный источник');
    out.set(s.url, {
      n: out.size + 1,
      what: [s.publisher, s.title].filter(Boolean).join(': '),
      url: s.url,
      official: s.official,
      about: `${date}${kind}; ${say(lang, `read ${isoIn(s.read, lang)}`, `прочитано ${isoIn(s.read, lang)}`)}`,
      ...(s.quote ? { quote: s.quote } : {}),
      ...(s.lang ? { lang: s.lang } : {}),
    });
  }
  return [...out.values()];
}
