/** One provision as a page, for the page itself and for the static pages of the law. No state, no events. */
import type { ComponentChildren } from 'preact';
import type { ClauseView, ProvisionView } from '../engine/law-view.ts';

export type LawWords = (id: string, values?: { readonly [name: string]: string | number }) => string;

export function ProvisionBody(p: {
  readonly v: ProvisionView;
  readonly t: LawWords;
  /** How a source is shown: with a link on a static page, guarded in the page itself. */
  readonly sources: ComponentChildren;
  /** In the page: draws what stands below the conditions after them. */
  readonly later?: (rest: ComponentChildren) => ComponentChildren;
}) {
  const { v } = p;
  return (
    <>
      <p class="muted">
        {v.kind}; {v.country}
        {v.native ? (
          <>
            ; <span class="native">{v.native}</span>
          </>
        ) : null}
      </p>
      {v.warnings.map((w) => (
        <p key={w} class="verify">
          {w}
        </p>
      ))}
      <p>
        {v.since} {v.verified}
      </p>
      {v.says ? <p class="lead">{v.says}</p> : null}
      {v.decision ? <p>{v.decision}</p> : null}
      {v.sections.map((s) => (
        <section key={s.title}>
          <h2>{s.title}</h2>
          <Clauses list={s.clauses} />
        </section>
      ))}
      {(p.later ?? ((rest) => rest))(<Rest {...p} />)}
    </>
  );
}

function Rest(p: { readonly v: ProvisionView; readonly t: LawWords; readonly sources: ComponentChildren }) {
  const { v, t } = p;
  return (
    <>
      {v.figures.length ? (
        <section>
          <h2>{t('law.figures')}</h2>
          <dl class="figures">
            {v.figures.map((f) => (
              <div key={f.label}>
                <dt>{f.label}</dt>
                {f.rows.map((r) => (
                  <dd key={r.from} class={r.now ? 'now' : 'muted'}>
                    {r.value} <span class="muted">{t('law.from', { day: r.from })}</span>
                    {r.now ? ` ${t('law.now')}` : ''}
                    {r.expected ? ` (${t('law.expected')})` : ''}
                    <Cites list={r.cites} />
                  </dd>
                ))}
              </div>
            ))}
          </dl>
        </section>
      ) : null}
      {v.lists.length ? (
        <section>
          <h2>{t('law.lists')}</h2>
          <dl class="figures">
            {v.lists.map((l) => (
              <div key={l.label}>
                <dt>{l.label}</dt>
                <dd>{l.values}</dd>
              </div>
            ))}
          </dl>
        </section>
      ) : null}
      <Said title={t('law.notes')} list={v.notes} />
      <Said title={t('law.advice')} list={v.advice} />
      {v.history.length ? (
        <section>
          <h2>{t('law.history')}</h2>
          <ol class="changes">
            {v.history.map((h) => (
              <li key={h.day + h.what}>
                <span class="when">{h.day}</span> {h.what}
                {h.turn ? `. ${h.turn}` : '.'}
              </li>
            ))}
          </ol>
        </section>
      ) : null}
      {v.cases.length ? (
        <details>
          <summary>{t('law.cases')}</summary>
          <p class="hint">{t('law.cases.words')}</p>
          <ul>
            {v.cases.map((c) => (
              <li key={c.name}>
                <span lang="en">{c.name}</span> ({c.on}): <strong>{c.expect}</strong>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {p.sources}
    </>
  );
}

function Said({ title, list }: { readonly title: string; readonly list: readonly string[] }) {
  if (list.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul>
        {list.map((x) => (
          <li key={x}>{x}</li>
        ))}
      </ul>
    </section>
  );
}

function Clauses({ list }: { readonly list: readonly ClauseView[] }) {
  return (
    <ul class="clauses">
      {list.map((c) => (
        <li key={c.says}>
          {c.says}
          <Cites list={c.cites} />
          {c.of.length ? <Clauses list={c.of} /> : null}
        </li>
      ))}
    </ul>
  );
}

function Cites({ list }: { readonly list: readonly number[] }) {
  return <span class="cites">{list.map((n) => ` [${n}]`)}</span>;
}
