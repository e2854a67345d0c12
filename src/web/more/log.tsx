/** The pressure log of a case, read. It lives in the vault only. */
import { Broken, Go, Title } from '../parts/basics.tsx';
import { t } from '../words.ts';
import { Broke, EntryBody, useLog } from './log-entry.tsx';
import { Open } from './use-vault.tsx';

export function Log({ number }: { readonly number: number }) {
  return <Open title={t('log.title')}>{() => <Reading number={number} />}</Open>;
}

function Reading({ number }: { readonly number: number }) {
  const call = useLog(number);
  const v = call.value;
  if (call.error) return <Broken why={call.error} />;
  if (!v) return <p role="status">{t('wait.answer')}</p>;
  return (
    <>
      <Title>
        {t('log.title')}: {v.label}
      </Title>
      <p class="lead">{t('log.lead')}</p>
      <Broke v={v} />
      <div class="actions">
        <Go to={{ s: 'log-add', number }} look="main">
          {t('log.add')}
        </Go>
        {v.entries.length ? (
          <Go to={{ s: 'log-out', number }} look="plain">
            {t('log.out')}
          </Go>
        ) : null}
      </div>
      {v.entries.length === 0 ? <p>{t('log.none')}</p> : null}
      {[...v.entries].reverse().map((e) => (
        <article key={e.number} class="entry box">
          <EntryBody e={e} />
          <p>
            <Go to={{ s: 'log-add', number, corrects: e.number }}>
              {t('log.correct')}
              <span class="hidden"> {e.number}</span>
            </Go>
          </p>
        </article>
      ))}
      {v.tell.length ? (
        <>
          <h2>{t('log.tell')}</h2>
          <ul>
            {v.tell.map((x) => (
              <li key={x.country}>
                {x.country}:{' '}
                {x.id ? (
                  <>
                    <Go to={{ s: 'provision', id: x.id }}>{x.title}</Go>
                    {x.old ? <span class="verify"> {t('log.tell.old')}</span> : null}
                  </>
                ) : (
                  t('log.tell.none')
                )}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <details>
        <summary>{t('log.advice')}</summary>
        <ul>
          {(['danger', 'now', 'proof', 'recruit', 'tell', 'not'] as const).map((x) => (
            <li key={x}>{t(`log.advice.${x}`)}</li>
          ))}
        </ul>
      </details>
      <p>
        <Go to={{ s: 'vault-case', number }}>{t('hand.back')}</Go>
      </p>
    </>
  );
}
