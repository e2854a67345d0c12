/**
 * The documentation as a site: `docs/`, README and the like as pages, the reference of the library, the playground, and every other file of
 * the repository that a page points at. Static; the only script is the playground's.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { LawBook } from '../../src/law/book.ts';
import type { Person } from '../../src/person/types.ts';
import type { Day } from '../../src/rules/ir.ts';
import { openApi } from '../../src/server/routes.ts';
import { readHistory } from '../age-history.ts';
import { entryMarkdown, entryPoints } from './api.ts';
import { dashboard, dashboardPlot } from './dashboard.ts';
import { httpMarkdown } from './http.ts';
import { between, type DocLang, documentOf, type NavGroup, type NavItem } from './layout.ts';
import { escaped, type MarkdownOptions, render } from './markdown.ts';
import { PLAYGROUND, playgroundScript } from './playground.ts';
import { plotAfter } from './plots.ts';

/** One page: the file it is made of, below the repository, and where it stands in the site. */
type Source = { readonly file: string; readonly path: string; readonly nav: string; readonly lang: DocLang };

const PEOPLE: readonly (readonly [file: string, path: string, en: string, ru: string])[] = [
  ['tour', 'index', 'A tour', 'Знакомство'],
  ['protects', 'protects', 'What this protects', 'От чего это защищает'],
  ['plans', 'plans', 'How plans are made', 'Как составляются планы'],
];

const BUILDERS: readonly (readonly [group: string, items: readonly (readonly [file: string, nav: string])[]])[] = [
  [
    'Use it',
    [
      ['README.md', 'Two commands'],
      ['docs/page.md', 'The page'],
      ['docs/library.md', 'The library'],
      ['docs/api.md', 'The API'],
      ['docs/hosting.md', 'Hosting the page'],
      ['docs/release.md', 'Releases'],
    ],
  ],
  [
    'The law',
    [
      ['docs/rule-language.md', 'The rule language'],
      ['docs/playground.md', 'Playground'],
      ['docs/law-format.md', 'How a provision is written'],
      ['docs/add-a-country.md', 'How to add a country'],
      ['docs/coverage.md', 'What is covered'],
      ['docs/freshness.md', 'How the law stays true'],
    ],
  ],
  [
    'How it works',
    [
      ['docs/design.md', 'The design'],
      ['docs/how-plans-are-made.md', 'The planner'],
      ['docs/lab.md', 'The lab'],
      ['docs/benchmarks.md', 'Benchmarks'],
      ['docs/security.md', 'Security target'],
      ['docs/dependencies.md', 'Dependencies'],
      ['CONTRIBUTING.md', 'Contributing'],
    ],
  ],
];

/** Documents of `docs/` and those that lie elsewhere (README, keys/README) have folders apart: two may have one name. */
const htmlName = (file: string): string =>
  `build/${file.startsWith('docs/') ? file.slice(5) : `project/${file}`}`.replace(/\.md$/, '.html').toLowerCase();

const DASHBOARD = 'build/dashboard.html';
/** Files beside the maintainers' page that only the site has. */
const MADE: ReadonlySet<string> = new Set(['agenda.ics', 'agenda.xml', 'openapi.json']);
const HTTP = 'build/reference/http.html';

export type Docs = {
  /** Every file by its path in the site; pictures as bytes. */
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  /** Links of documents to what is not in the repository. */
  readonly problems: readonly string[];
};

export type DocsOptions = {
  /** Folder of the pictures of the tour; without it the tour is words alone. */
  readonly pictures?: string | undefined;
  /** Where the declarations of the library are, if not in `dist/lib`. */
  readonly lib?: string | undefined;
  /** The day of the maintainers' page, and the persons by whose answers age is weighed; without it there is no such page. */
  readonly dashboard?: { readonly on: Day; readonly people: ReadonlyMap<string, Person> } | undefined;
};

/** Builds the site in memory. The library must have been built (`dist/lib`). */
export async function buildDocs(root: string, book: LawBook, options: DocsOptions = {}): Promise<Docs> {
  const version = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
  const made = `${version}, law ${book.digest.slice(0, 12)}`;
  const entries = entryPoints(root, options.lib);
  const files = new Map<string, string | Uint8Array>();
  const problems: string[] = [];
  const people = (lang: DocLang): readonly Source[] =>
    PEOPLE.map(([file, path, en, ru]) => ({
      file: `docs/people/${file}.${lang}.md`,
      path: `${lang === 'ru' ? 'ru/' : ''}${path}.html`,
      nav: lang === 'ru' ? ru : en,
      lang,
    }));
  const listed: Source[] = [
    ...people('en'),
    ...people('ru'),
    ...BUILDERS.flatMap(([, items]) =>
      items.map(([file, nav]) => ({ file, path: htmlName(file), nav, lang: 'en' as const })),
    ),
  ];
  const pathOf = new Map(listed.map((s) => [s.file, s.path]));
  const sources = [...listed];
  const names = new Map(entries.flatMap((e) => e.exports.map((x) => [x.name, e.name] as const)));
  const entryPath = (name: string) => `build/reference/${name.replace('/', '-').replaceAll('/', '-')}.html`;

  const nav = (lang: DocLang): readonly NavGroup[] => {
    const own: NavGroup = {
      title: lang === 'ru' ? 'Для всех' : 'For everybody',
      items: people(lang).map((s) => ({ path: s.path, title: s.nav })),
    };
    if (lang === 'ru')
      return [
        own,
        { title: 'Для разработчиков (по-английски)', items: [{ path: htmlName('README.md'), title: 'Two commands' }] },
      ];
    const groups = BUILDERS.map(([title, items]) => ({
      title,
      items: items.map(([file, t]): NavItem => ({ path: htmlName(file), title: t })),
    }));
    if (options.dashboard)
      groups[1] = {
        title: groups[1]?.title ?? '',
        items: [...(groups[1]?.items ?? []), { path: DASHBOARD, title: 'Age of the evidence, and what comes' }],
      };
    const reference: NavGroup = {
      title: 'Reference',
      items: [
        ...entries.map((e) => ({ path: entryPath(e.name), title: e.name })),
        { path: HTTP, title: 'The HTTP API' },
      ],
    };
    return [own, ...groups, reference];
  };

  /** Where a link from a file of the repository leads in the site. What is asked for on the way is added to it. */
  const linkFrom =
    (file: string, at: string) =>
    (href: string): string | undefined => {
      if (/^[a-z]+:/i.test(href) || href.startsWith('#') || MADE.has(href)) return undefined;
      const [path = '', fragment] = href.split('#') as [string, string?];
      const to = posix.normalize(posix.join(posix.dirname(file), path)).replace(/\/$/, '');
      const tail = fragment === undefined ? '' : `#${fragment}`;
      if (file.startsWith('docs/people/') && to.startsWith('docs/people/pictures/'))
        return between(at, `pictures/${posix.basename(to)}`);
      if (!existsSync(join(root, to))) {
        problems.push(`${file}: the link ${href} leads nowhere (${to} is not there)`);
        return undefined;
      }
      if (!pathOf.has(to)) addFile(to);
      return `${between(at, pathOf.get(to) as string)}${tail}`;
    };

  /** A file or folder that no list names, but a page points at. */
  function addFile(file: string): void {
    const whole = join(root, file);
    if (statSync(whole).isDirectory()) {
      pathOf.set(file, `build/files/${file}/index.html`);
      const items = readdirSync(whole).map((f) => `- [${f}](${f}${statSync(join(whole, f)).isDirectory() ? '/' : ''})`);
      put(`${file}/.`, `build/files/${file}/index.html`, `# ${file}\n\n${items.join('\n')}\n`, 'en');
    } else if (file.endsWith('.md')) {
      const s: Source = { file, path: htmlName(file), nav: file, lang: 'en' };
      pathOf.set(file, s.path);
      sources.push(s);
    } else {
      const path = `build/files/${file}.html`;
      pathOf.set(file, path);
      const text = readFileSync(whole, 'utf8');
      put(file, path, '', 'en', `<h1>${escaped(file)}</h1>\n<pre tabindex="0"><code>${escaped(text)}</code></pre>\n`);
    }
  }

  function put(
    file: string,
    path: string,
    markdown: string,
    lang: DocLang,
    html?: string,
    more: {
      readonly script?: string;
      readonly after?: string;
      readonly afterTable?: MarkdownOptions['afterTable'];
    } = {},
  ): void {
    const out =
      html === undefined
        ? render(markdown, {
            link: linkFrom(file, path),
            ...(more.afterTable ? { afterTable: more.afterTable } : {}),
          })
        : { html, title: file, headings: [] };
    const twin = PEOPLE.find(([, p]) => path === `${p}.html` || path === `ru/${p}.html`)?.[1];
    const language = lang === 'ru' ? 'en' : 'ru';
    if (files.has(path)) throw new Error(`${file}: another document has the name ${path} in the site already`);
    files.set(
      path,
      documentOf({
        path,
        lang,
        title: out.title,
        html: withoutPictures(out.html, options.pictures) + (more.after ?? ''),
        nav: nav(lang),
        sections: out.headings.filter((h) => h.depth === 2).map((h) => ({ id: h.id, text: h.text })),
        other: twin === undefined ? undefined : `${language === 'ru' ? 'ru/' : ''}${twin}.html`,
        version: made,
        script: more.script,
      }),
    );
  }

  const script = await playgroundScript(root, book);
  files.set(script.path, script.text);
  // Pages found on the way are put at the end of the list while it is walked.
  for (let i = 0; i < sources.length; i++) {
    const s = sources[i] as Source;
    const more =
      s.file === 'docs/playground.md'
        ? { script: script.path, after: PLAYGROUND }
        : s.file === 'docs/benchmarks.md'
          ? { afterTable: plotAfter }
          : {};
    put(s.file, s.path, readFileSync(join(root, s.file), 'utf8'), s.lang, undefined, more);
  }
  if (options.dashboard) {
    const d = dashboard(book, options.dashboard.people, options.dashboard.on, readHistory(root));
    put('docs/dashboard', DASHBOARD, d.markdown, 'en', undefined, { afterTable: dashboardPlot });
    files.set('build/agenda.ics', d.ics);
    files.set('build/agenda.xml', d.atom);
  }
  put('docs/reference/http', HTTP, httpMarkdown(), 'en');
  files.set('build/reference/openapi.json', `${JSON.stringify(openApi(version), null, 2)}\n`);
  for (const e of entries) {
    const path = entryPath(e.name);
    const out = render(entryMarkdown(e), { link: () => undefined });
    files.set(
      path,
      documentOf({
        path,
        lang: 'en',
        title: e.name,
        html: linkedTypes(out.html, e.name, names, (name) => between(path, entryPath(name))),
        nav: nav('en'),
        sections: [],
        version: made,
      }),
    );
  }
  files.set('docs.css', readFileSync(join(import.meta.dirname, 'docs.css'), 'utf8'));
  files.set(
    'icon.svg',
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512"><rect width="512" height="512" rx="96" fill="#1b5277"/><path d="M96 384h320v-48h-64v-80h-64v-80h-64v-80h-48v288z" fill="#fff"/></svg>\n',
  );
  if (options.pictures)
    for (const f of readdirSync(options.pictures).filter((x) => x.endsWith('.png')))
      files.set(`pictures/${f}`, readFileSync(join(options.pictures, f)));
  return { files, problems };
}

/** Without pictures their words stand where they would be. */
function withoutPictures(html: string, pictures: string | undefined): string {
  return pictures ? html : html.replace(/<img [^>]*alt="([^"]*)"[^>]*>/g, '<em>[$1]</em>');
}

/** In declarations, names of the library become links to where they are described. */
function linkedTypes(
  html: string,
  own: string,
  names: ReadonlyMap<string, string>,
  to: (entry: string) => string,
): string {
  return html.replace(
    /(<pre[^>]*><code>)([\s\S]*?)(<\/code><\/pre>)/g,
    (_, open: string, code: string, close: string) => {
      const linked = code.replace(/\b[A-Z]\w+\b/g, (name: string, at: number) => {
        const entry = names.get(name);
        // The declaration's own name is its heading already.
        if (!entry || /(type|class|interface) $/.test(code.slice(0, at))) return name;
        return `<a href="${entry === own ? '' : to(entry)}#${name.toLowerCase()}">${name}</a>`;
      });
      return open + linked + close;
    },
  );
}
