/** Every answer, which of them matter to an answer today, and the offer to delete those that do not. */
import { useApp } from '../context.ts';
import type { SummaryView } from '../engine/questions.ts';
import { Broken, Button, Go, Title, Waiting } from '../parts/basics.tsx';
import { Sure } from '../parts/inputs.tsx';
import { useSlices } from '../parts/slowly.tsx';
import { useCall } from '../use-call.ts';
import { t } from '../words.ts';

export function Summary() {
  const { ask, quick, step } = useApp();
  const call = useCall(quick, 'summary', ask);
  const rows = call.value?.rows;
  if (call.error) return <Broken why={call.error} />;
  if (!rows)
    return (
      <>
        <Title>{t('summary.title')}</Title>
        <Waiting />
      </>
    );
  const idle = rows.filter((r) => r.matters === 0);
  return (
    <>
      <Title>{t('summary.title')}</Title>
      {rows.length === 0 ? <p class="lead">{t('summary.empty')}</p> : <p class="lead">{t('summary.lead')}</p>}
      <Answers rows={rows} busy={call.busy} />
      {idle.length ? (
        <div class="box">
          <h2>{t('summary.least')}</h2>
          <p>{t('summary.least.words', { n: idle.length })}</p>
          <Sure
            label={t('summary.least.do')}
            yes={t('summary.least.yes', { n: idle.length })}
            act={() => step({ t: 'remove', facts: idle.map((r) => r.fact) })}
          />
        </div>
      ) : null}
      <div class="actions">
        <Go to={{ s: 'next' }} look="main">
          {t('summary.more')}
        </Go>
        <Go to={{ s: 'stand' }} look="plain">
          {t('go.stand')}
        </Go>
      </div>
    </>
  );
}

/** All the answers; the first are there at once. */
function Answers({ rows, busy }: { readonly rows: SummaryView['rows']; readonly busy: boolean }) {
  const { step } = useApp();
  const n = useSlices(rows.length);
  return (
    <dl class="answers" aria-busy={busy || n < rows.length}>
      {rows.slice(0, n).map((r) => (
        <div key={r.fact} class="answer">
          <dt>{r.label}</dt>
          <dd>
            <span class={r.kind === 'value' ? '' : 'muted'}>{r.value}</span>
            {r.lines?.map((l, i) => (
              <span key={i} class="line">
                {l}
              </span>
            ))}
            {r.matters === undefined ? null : (
              <span class="matters">{r.matters > 0 ? t('summary.matters', { n: r.matters }) : t('summary.idle')}</span>
            )}
          </dd>
          <dd class="acts">
            <Go to={{ s: 'ask', fact: r.fact }}>
              {t('summary.change')}
              <span class="hidden"> {r.label}</span>
            </Go>
            <Button look="link" onClick={() => step({ t: 'remove', facts: [r.fact] })}>
              {t('summary.delete')}
              <span class="hidden"> {r.label}</span>
            </Button>
          </dd>
        </div>
      ))}
    </dl>
  );
}
