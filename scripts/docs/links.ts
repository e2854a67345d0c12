/** Whether every link and picture of a site leads somewhere inside it. Addresses of other places are only listed: no test reaches them. */
import { posix } from 'node:path';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';

export type LinkReport = {
  readonly problems: readonly string[];
  readonly outside: readonly string[];
  readonly links: number;
};

type Element = DefaultTreeAdapterTypes.Element;

function elements(html: string): readonly Element[] {
  const out: Element[] = [];
  const walk = (node: DefaultTreeAdapterTypes.Node): void => {
    if ('tagName' in node) out.push(node);
    if ('content' in node) walk(node.content);
    if ('childNodes' in node) for (const child of node.childNodes) walk(child);
  };
  walk(parse(html));
  return out;
}

/** Looks at every HTML file of the site. */
export function checkLinks(files: ReadonlyMap<string, string | Uint8Array>): LinkReport {
  const pages = new Map<string, { readonly ids: ReadonlySet<string>; readonly targets: readonly string[] }>();
  const problems: string[] = [];
  for (const [path, text] of files) {
    if (!path.endsWith('.html') || typeof text !== 'string') continue;
    const ids = new Set<string>();
    const targets: string[] = [];
    for (const e of elements(text)) {
      for (const a of e.attrs) {
        if (a.name === 'id' && ids.has(a.value)) problems.push(`${path}: two places are named #${a.value}`);
        if (a.name === 'id') ids.add(a.value);
        if (a.name === 'href' || a.name === 'src') targets.push(a.value);
      }
    }
    pages.set(path, { ids, targets });
  }
  const outside = new Set<string>();
  let links = 0;
  for (const [path, page] of pages)
    for (const href of page.targets) {
      links++;
      if (/^[a-z][a-z0-9+.-]*:/i.test(href)) {
        outside.add(href);
        continue;
      }
      const [to = '', fragment] = href.split('#') as [string, string?];
      const file = to === '' ? path : posix.normalize(posix.join(posix.dirname(path), decodeURI(to)));
      if (!files.has(file)) problems.push(`${path}: ${href} leads nowhere (no ${file})`);
      else if (fragment && !pages.get(file)?.ids.has(decodeURIComponent(fragment)))
        problems.push(`${path}: ${href}: ${file} has no place of that name`);
    }
  return { problems, outside: [...outside].sort(), links };
}
