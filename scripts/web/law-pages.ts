/** The law as static pages without JavaScript, and an Atom feed of its changes. Everything is as of the newest evidence. */
import { createHash } from 'node:crypto';
import { setupI18n } from '@lingui/core';
import { build } from 'esbuild';
import { titleWithCountry } from '../../src/answers/countries.ts';
import { dayIn } from '../../src/answers/say.ts';
import { formatDay, parseDay } from '../../src/calendar/civil.ts';
import { changes } from '../../src/check/changes.ts';
import type { LawBook } from '../../src/law/book.ts';
import type { Lang } from '../../src/law/say.ts';
import type { Day } from '../../src/rules/ir.ts';
import { countryView, lawIndex, provisionView } from '../../src/web/engine/law-view.ts';
import type * as Static from '../../src/web/pages/static.tsx';
import { compiledWords } from './po.ts';

/** The page's components, made runnable here. */
async function components(root: string): Promise<typeof Static> {
  const out = await build({
    absWorkingDir: root,
    entryPoints: ['src/web/pages/static.tsx'],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'node22.18',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'warning',
  });
  const text = out.outputFiles[0]?.text ?? '';
  return (await import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`)) as typeof Static;
}

/** The newest day on which a source was read: what the pages are of. */
export function newestEvidence(book: LawBook): Day {
  const days = [...book.provisions.values()].flatMap((p) =>
    Object.values(p.sources).flatMap((s) => parseDay(s.read) ?? []),
  );
  return Math.max(...days);
}

/** Every page by its path below `dist/web`. */
export async function lawPages(root: string, book: LawBook, style: string): Promise<Map<string, string>> {
  const made = await components(root);
  const [first, more] = [compiledWords(root), compiledWords(root, 'more.')];
  const on = newestEvidence(book);
  const out = new Map<string, string>();
  const codes = [...new Set([...book.provisions.values()].map((p) => p.jurisdiction))];
  for (const lang of ['en', 'ru'] as const) {
    const i18n = setupI18n({ locale: lang, messages: { [lang]: { ...first[lang], ...more[lang] } as never } });
    const t = (id: string, values?: { readonly [name: string]: string | number }) => i18n._(id, values);
    const other = lang === 'ru' ? 'en' : 'ru';
    const setting = (path: string) => {
      const up = '../'.repeat(path.split('/').length - 1);
      return {
        lang,
        t,
        root: `${up}`,
        style,
        day: dayIn(on, lang),
        other: `${up}${path.replace(`law/${lang}/`, `law/${other}/`)}`,
      };
    };
    const put = (path: string, make: (set: Static.Setting) => string) => out.set(path, make(setting(path)));
    put(`law/${lang}/index.html`, (set) => made.indexPage(lawIndex(book, on, lang), set));
    for (const code of codes) {
      const v = countryView(book, code, on, lang);
      if (v) put(`law/${lang}/${code}.html`, (set) => made.countryPage(v, set));
    }
    for (const id of book.provisions.keys()) {
      const v = provisionView(book, id, on, lang);
      if (v) put(`law/${lang}/${id}.html`, (set) => made.provisionPage(v, set));
    }
    out.set(`law/${lang}/changes.xml`, feed(book, on, lang, t('changes.title')));
  }
  return out;
}

const xml = (s: string): string =>
  s.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A name that is the same for the same text: a UUID made from its hash. */
function urn(text: string): string {
  const h = createHash('sha256').update(text).digest('hex');
  return `urn:uuid:${h.slice(0, 8)}-${h.slice(8, 12)}-5${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20, 32)}`;
}

/** Most entries in the feed: the newest. */
const ENTRIES = 200;

/** Changes of the law, newest first, those known to come included. */
export function feed(book: LawBook, on: Day, lang: Lang, title: string): string {
  const list = changes(book, on - 2 * 365, on + 365)
    .reverse()
    .slice(0, ENTRIES);
  const seen = new Map<string, number>();
  const entries = list.map((c) => {
    const base = `${c.provision} ${c.day} ${c.kind} ${c.what.en}`;
    const n = (seen.get(base) ?? 0) + 1;
    seen.set(base, n);
    const turn = c.before || c.after ? `${c.before?.[lang] ?? '—'} → ${c.after?.[lang] ?? '—'}` : '';
    return [
      '  <entry>',
      `    <id>${urn(`${base} ${n}`)}</id>`,
      `    <title>${xml(`${titleWithCountry(c, lang, book)}: ${c.what[lang]}`)}</title>`,
      `    <updated>${c.day}T00:00:00Z</updated>`,
      `    <link href="${xml(c.provision)}.html"/>`,
      ...(turn ? [`    <summary>${xml(turn)}</summary>`] : []),
      '  </entry>',
    ].join('\n');
  });
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${lang}">
  <id>${urn(`foothold law ${lang}`)}</id>
  <title>${xml(title)}</title>
  <updated>${formatDay(on)}T00:00:00Z</updated>
  <author><name>Foothold</name></author>
  <link rel="self" href="changes.xml"/>
${entries.join('\n')}
</feed>
`;
}
