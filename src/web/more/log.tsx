/** The pressure log of a case, read. It lives in the vault only. */
import { isoIn } from '../../answers/say.ts';
import { useApp } from '../context.ts';
import type { LogView } from '../engine/vault-protocol.ts';
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
      <h2>{t('log.tell')}</h2>
      {v.tell.map((x) => (
        <Told key={x.known?.id ?? x.country} x={x} />
      ))}
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

/** One place to tell it: what it is, what it leads to, its address with the day of the evidence. */
function Told({ x }: { readonly x: LogView['tell'][number] }) {
  const { state } = useApp();
  const k = x.known;
  if (!k)
    return (
      <p>
        {x.country}: {t('log.tell.none')}
      </p>
    );
  const c = k.contact;
  return (
    <details class="box">
      <summary>
        {x.country ? `${x.country}: ` : ''}
        {k.title}
      </summary>
      <p>{k.says}</p>
      {c ? (
        <p class="address">
          {[c.url, c.phone, c.email].filter((y) => y !== undefined).join(', ')}
          {c.languages ? ` (${c.languages.join(', ')})` : ''}
        </p>
      ) : null}
      <p class={k.old ? 'verify' : 'muted'}>
        {t('log.tell.of', { day: isoIn(k.verified, state.lang) })} {k.old ? t('log.tell.old') : ''}
      </p>
      <ul>
        {k.notes.map((n) => (
          <li key={n}>{n}</li>
        ))}
      </ul>
      <p>
        <Go to={{ s: 'provision', id: k.id }}>
          {t('log.tell.sources')}
          <span class="hidden"> {k.title}</span>
        </Go>
      </p>
    </details>
  );
}
