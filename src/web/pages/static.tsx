/** The law as documents that need no JavaScript: a page a provision, a page a country, an index. Rendered when the page is built. */
import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Lang } from '../../law/say.ts';
import type { CountryView, LawIndexView, ProvisionView } from '../engine/law-view.ts';
import type { SourceLine } from '../engine/sources.ts';
import { type LawWords, ProvisionBody } from '../parts/provision-body.tsx';

export type Setting = {
  readonly lang: Lang;
  readonly t: LawWords;
  /** From the document to the root of the page, `../../`. */
  readonly root: string;
  readonly style: string;
  /** The same document in the other language, from here. */
  readonly other: string;
  /** The day the pages are of, in words. */
  readonly day: string;
};

function Doc(p: Setting & { readonly title: string; readonly children: ComponentChildren }) {
  const other = p.lang === 'ru' ? 'en' : 'ru';
  return (
    <html lang={p.lang}>
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>{p.title}</title>
        <link rel="stylesheet" href={`${p.root}${p.style}`} />
        <link rel="alternate" type="application/atom+xml" href={`${p.root}law/${p.lang}/changes.xml`} title="Atom" />
      </head>
      <body>
        <header class="top">
          <a class="b brand" href={`${p.root}law/${p.lang}/index.html`}>
            {p.t('shell.name')}
          </a>
          <div class="right">
            <a class="b link" lang={other} hreflang={other} href={p.other}>
              {other === 'ru' ? 'Русский' : 'English'}
            </a>
          </div>
        </header>
        <main>
          <h1>{p.title}</h1>
          {p.children}
        </main>
        <footer class="foot">
          <p>{p.t('static.asof', { day: p.day })}</p>
        </footer>
      </body>
    </html>
  );
}

const html = (node: VNode): string => `<!doctype html>\n${renderToString(node)}\n`;

function SourceList({ list, t }: { readonly list: readonly SourceLine[]; readonly t: LawWords }) {
  return (
    <section>
      <h2>{t('static.sources')}</h2>
      <ol class="sources">
        {list.map((s) => (
          <li key={s.url} id={`s${s.n}`}>
            <span lang={s.lang}>{s.what}</span> <span class="muted">({s.about})</span>{' '}
            <a class="address" href={s.url} rel="noreferrer noopener">
              {s.url}
            </a>
            {s.quote ? <blockquote lang={s.lang}>{s.quote}</blockquote> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}

export function provisionPage(v: ProvisionView, set: Setting): string {
  return html(
    <Doc {...set} title={v.title}>
      <ProvisionBody v={v} t={set.t} sources={<SourceList list={v.sources} t={set.t} />} />
      <p>
        <a href={`${set.root}law/${set.lang}/${v.jurisdiction}.html`}>{set.t('law.country', { name: v.country })}</a>
      </p>
      <p class="muted">{v.id}</p>
    </Doc>,
  );
}

export function countryPage(v: CountryView, set: Setting): string {
  return html(
    <Doc {...set} title={v.name}>
      {v.covered ? <p class="lead">{v.covered}</p> : null}
      {v.groups.map((g) => (
        <section key={g.kind}>
          <h2>{g.kind}</h2>
          <ul class="index">
            {g.rows.map((r) => (
              <li key={r.id}>
                <a href={`${r.id}.html`}>{r.title}</a>
                {r.remark ? <span class="verify"> {r.remark}</span> : null}
              </li>
            ))}
          </ul>
        </section>
      ))}
      {v.gaps.length ? (
        <section>
          <h2>{set.t('law.gaps')}</h2>
          <ul>
            {v.gaps.map((g) => (
              <li key={g}>{g}</li>
            ))}
          </ul>
        </section>
      ) : null}
      <p>
        <a href="index.html">{set.t('law.all')}</a>
      </p>
    </Doc>,
  );
}

export function indexPage(v: LawIndexView, set: Setting): string {
  return html(
    <Doc {...set} title={set.t('law.title')}>
      <p class="lead">{set.t('law.lead')}</p>
      <ul class="index">
        {v.countries.map((c) => (
          <li key={c.code}>
            <a href={`${c.code}.html`}>{c.name}</a> <span class="muted">{set.t('law.count', { n: c.provisions })}</span>
          </li>
        ))}
      </ul>
      <p>{set.t('law.others')}</p>
      <p>
        <a href="changes.xml">{set.t('static.feed')}</a>
      </p>
      <h2>{set.t('static.planner')}</h2>
      <p>{set.t('static.planner.words')}</p>
      <p>
        <a href={`${set.root}index.html`}>{set.t('static.planner.open')}</a>
      </p>
      <h2>{set.t('law.lab')}</h2>
      <p>{set.t('static.lab.words')}</p>
      <p>
        <a href={`${set.root}lab/index.html?lang=${set.lang}`}>{set.t('law.lab.open')}</a>
      </p>
      <p>{set.t('please.lawyer')}</p>
    </Doc>,
  );
}
