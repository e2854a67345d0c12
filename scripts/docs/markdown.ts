/** Markdown of the repository as HTML of the documentation: headings with names, links turned to where their target stands. */
import { Marked, type Token, type Tokens } from 'marked';

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export type Heading = { readonly depth: number; readonly text: string; readonly id: string };
export type Rendered = { readonly html: string; readonly title: string; readonly headings: readonly Heading[] };

export type MarkdownOptions = {
  /** Where a link of the text leads to in the documentation; undefined leaves it as it is. */
  readonly link: (href: string) => string | undefined;
  /** What stands after a table: `section` is the heading above it. */
  readonly afterTable?: (table: Tokens.Table, section: string) => string;
};

/** Names of headings as the repository's host makes them, so that one link works in both places. */
export function slugs(): (text: string) => string {
  const seen = new Map<string, number>();
  return (text) => {
    const base = text
      .toLowerCase()
      .replace(/<[^>]*>/g, '')
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-');
    const n = seen.get(base) ?? 0;
    seen.set(base, n + 1);
    return n ? `${base}-${n}` : base;
  };
}

/** The words of a row of tokens, without marks. */
export const plain = (tokens: readonly Token[]): string =>
  tokens
    .map((t) => ('tokens' in t && t.tokens ? plain(t.tokens) : 'text' in t ? String(t.text) : ''))
    .join('')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** Renders one document. Its first heading of the first level is its title. */
export function render(markdown: string, options: MarkdownOptions): Rendered {
  const slug = slugs();
  const headings: Heading[] = [];
  let section = '';
  const marked = new Marked({
    gfm: true,
    renderer: {
      heading({ tokens, depth }) {
        const text = plain(tokens);
        const id = slug(text);
        headings.push({ depth, text, id });
        section = text;
        return `<h${depth} id="${escaped(id)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, title, tokens }) {
        const to = options.link(href) ?? href;
        return `<a href="${escaped(to)}"${title ? ` title="${escaped(title)}"` : ''}>${this.parser.parseInline(tokens)}</a>`;
      },
      image({ href, text }) {
        return `<img src="${escaped(options.link(href) ?? href)}" alt="${escaped(text)}" loading="lazy">`;
      },
      code({ text, lang }) {
        return `<pre tabindex="0"${lang ? ` class="lang-${escaped(lang.split(' ')[0] as string)}"` : ''}><code>${escaped(text)}</code></pre>\n`;
      },
      table(token) {
        const cell = (tag: string, c: Tokens.TableCell) =>
          `<${tag}${c.align ? ` class="${c.align}"` : ''}>${this.parser.parseInline(c.tokens)}</${tag}>`;
        const head = token.header.map((c) => cell('th scope="col"', c).replace('</th scope="col">', '</th>')).join('');
        const rows = token.rows.map((r) => `<tr>${r.map((c) => cell('td', c)).join('')}</tr>`).join('\n');
        const table = `<div class="wide" tabindex="0"><table><thead><tr>${head}</tr></thead>\n<tbody>${rows}</tbody></table></div>\n`;
        return table + (options.afterTable?.(token, section) ?? '');
      },
      // Marks between parts of a file, as the benches put them, are not for readers; other HTML is not written here.
      html({ text }) {
        if (/^\s*(<!--[\s\S]*?-->\s*)*$/.test(text)) return '';
        throw new Error(
          `HTML in Markdown is not taken: ${text.slice(0, 80)} (under "${section}"); write it as code, or with a backslash`,
        );
      },
    },
  });
  const html = marked.parse(markdown) as string;
  return { html, headings, title: headings.find((h) => h.depth === 1)?.text ?? '' };
}
