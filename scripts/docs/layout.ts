/** The frame around every page of the documentation. No script: what a page needs it has. */
import { posix } from 'node:path';
import { escaped } from './markdown.ts';

export type DocLang = 'en' | 'ru';
export type NavItem = { readonly path: string; readonly title: string };
export type NavGroup = { readonly title: string; readonly items: readonly NavItem[] };

const WORDS = {
  en: {
    skip: 'Skip to the content',
    menu: 'Contents',
    other: 'Русский',
    on: 'On this page',
    made: 'Made from version',
  },
  ru: { skip: 'К содержанию', menu: 'Разделы', other: 'English', on: 'На этой странице', made: 'Сделано из версии' },
} as const;

/** What the server of the documentation should send; each page states the same for itself. */
export const DOCS_POLICY = `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'none'; form-action 'none'; base-uri 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'`;

/** The way from one page of the site to another. */
export const between = (from: string, to: string): string => posix.relative(posix.dirname(from), to);

export type Page = {
  readonly path: string;
  readonly lang: DocLang;
  readonly title: string;
  readonly html: string;
  readonly nav: readonly NavGroup[];
  /** Headings of the second level, for a list at the top of long pages. */
  readonly sections: readonly { readonly id: string; readonly text: string }[];
  /** The same page in the other language, where there is one. */
  readonly other?: string | undefined;
  readonly version: string;
  readonly script?: string | undefined;
};

/** One page as a document. The list of pages comes after the text, as it is read on a phone; where there is room it stands beside it. */
export function documentOf(p: Page): string {
  const w = WORDS[p.lang];
  const nav = p.nav
    .map(
      (g) =>
        `<p class="group">${escaped(g.title)}</p><ul>${g.items
          .map((i) =>
            i.path === p.path
              ? `<li><a href="${escaped(between(p.path, i.path))}" aria-current="page">${escaped(i.title)}</a></li>`
              : `<li><a href="${escaped(between(p.path, i.path))}">${escaped(i.title)}</a></li>`,
          )
          .join('')}</ul>`,
    )
    .join('\n');
  const sections =
    p.sections.length > 3
      ? `<details class="sections"><summary>${w.on}</summary><ul>${p.sections.map((s) => `<li><a href="#${escaped(s.id)}">${escaped(s.text)}</a></li>`).join('')}</ul></details>\n`
      : '';
  const other = p.other
    ? `<a class="other" lang="${p.lang === 'en' ? 'ru' : 'en'}" hreflang="${p.lang === 'en' ? 'ru' : 'en'}" href="${escaped(between(p.path, p.other))}">${w.other}</a>`
    : '';
  return `<!doctype html>
<html lang="${p.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${escaped(DOCS_POLICY)}">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${escaped(p.title === 'Foothold' ? p.title : `${p.title} · Foothold`)}</title>
<link rel="stylesheet" href="${between(p.path, 'docs.css')}">
<link rel="icon" href="${between(p.path, 'icon.svg')}">
</head>
<body>
<a class="skip" href="#content">${w.skip}</a>
<header><a class="name" href="${between(p.path, p.lang === 'ru' ? 'ru/index.html' : 'index.html')}">${p.lang === 'ru' ? 'Опора' : 'Foothold'}</a><span class="ways"><a class="to-contents" href="#contents">${w.menu}</a>${other}</span></header>
<div class="columns">
<main id="content" tabindex="-1">
${sections}${p.html}</main>
<nav id="contents" aria-label="${w.menu}"><p class="menu">${w.menu}</p>
${nav}
</nav>
</div>
<footer>${w.made} ${escaped(p.version)}</footer>
${p.script ? `<script type="module" src="${escaped(between(p.path, p.script))}"></script>\n` : ''}</body>
</html>
`;
}
