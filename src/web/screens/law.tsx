/** The law itself, inside the page: by country, by provision. The same as the static pages, without quotations. */
import { useApp } from '../context.ts';
import { Go, Sources, Title, Waiting } from '../parts/basics.tsx';
import { ProvisionBody } from '../parts/provision-body.tsx';
import { Later } from '../parts/slowly.tsx';
import { useCall } from '../use-call.ts';
import { t } from '../words.ts';

export function Law() {
  const { quick, ask } = useApp();
  const call = useCall(quick, 'law', { lang: ask.lang, on: ask.on });
  return (
    <>
      <Title>{t('law.title')}</Title>
      <p class="lead">{t('law.lead')}</p>
      {call.value ? (
        <ul class="index">
          {call.value.countries.map((c) => (
            <li key={c.code}>
              <Go to={{ s: 'country', code: c.code }}>{c.name}</Go>{' '}
              <span class="muted">{t('law.count', { n: c.provisions })}</span>
            </li>
          ))}
        </ul>
      ) : (
        <Waiting />
      )}
      <p class="hint">{t('law.others')}</p>
      <Lab />
    </>
  );
}

/** The lab's explorer: a page of its own, for which this window, and the case in it, stay. The one file has none beside it. */
export function Lab() {
  const { lang } = useApp().state;
  if (__ONE_FILE__) return null;
  return (
    <section class="noprint">
      <h2>{t('law.lab')}</h2>
      <p>{t('law.lab.words')}</p>
      <p>
        <a class="b link" href={`lab/index.html?lang=${lang}`} target="_blank" rel="noreferrer noopener">
          {t('law.lab.open')}
        </a>
      </p>
    </section>
  );
}

export function Country({ code }: { readonly code: string }) {
  const { quick, ask } = useApp();
  const call = useCall(quick, 'country', { lang: ask.lang, on: ask.on, code });
  const v = call.value;
  if (!v || v.code !== code)
    return (
      <>
        <Title>{t('law.title')}</Title>
        <Waiting />
      </>
    );
  return (
    <>
      <Title>{v.name}</Title>
      {v.covered ? <p class="lead">{v.covered}</p> : null}
      {v.groups.map((g) => (
        <section key={g.kind}>
          <h2>{g.kind}</h2>
          <ul class="index">
            {g.rows.map((r) => (
              <li key={r.id}>
                <Go to={{ s: 'provision', id: r.id }}>{r.title}</Go>
                {r.remark ? <span class="verify"> {r.remark}</span> : null}
              </li>
            ))}
          </ul>
        </section>
      ))}
      {v.gaps.length ? (
        <section>
          <h2>{t('law.gaps')}</h2>
          <ul>
            {v.gaps.map((g) => (
              <li key={g}>{g}</li>
            ))}
          </ul>
        </section>
      ) : null}
      <p>
        <Go to={{ s: 'law' }}>{t('law.all')}</Go>
      </p>
    </>
  );
}

export function ProvisionScreen({ id }: { readonly id: string }) {
  const { quick, ask } = useApp();
  const call = useCall(quick, 'provision', { lang: ask.lang, on: ask.on, id });
  const v = call.value;
  if (!v || v.id !== id)
    return (
      <>
        <Title>{t('law.title')}</Title>
        <Waiting />
      </>
    );
  return (
    <>
      <Title>{v.title}</Title>
      <ProvisionBody
        v={v}
        t={t}
        sources={<Sources list={v.sources} prefix="p" />}
        later={(rest) => <Later>{rest}</Later>}
      />
      <p class="noprint">
        <Go to={{ s: 'wrong', id: v.id }}>{t('law.wrong')}</Go>
      </p>
      <p>
        <Go to={{ s: 'country', code: v.jurisdiction }}>{t('law.country', { name: v.country })}</Go>
      </p>
    </>
  );
}
