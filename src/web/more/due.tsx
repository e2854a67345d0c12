/** The next days over all cases of the vault. */
import { useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import { Broken, Button } from '../parts/basics.tsx';
import { TheirDay } from '../parts/their-day.tsx';
import { useCall } from '../use-call.ts';
import { t } from '../words.ts';
import { Failed } from './use-vault.tsx';

/** So many days ahead are shown at once; what has passed is among them. */
const NEAR = 90;
const FEW = 8;

export function Due({ open }: { readonly open: (number: number) => void }) {
  const { door, today, state } = useApp();
  const call = useCall(door.engine, 'vaultDue', { on: today, lang: state.lang, at: door.info?.counter ?? 0 });
  const [all, showAll] = useState(false);
  const v = call.value;
  if (call.error) return <Broken why={call.error} />;
  if (!v) return <p role="status">{t('due.busy')}</p>;
  const limit = new Date(`${today}T12:00:00Z`);
  limit.setUTCDate(limit.getUTCDate() + NEAR);
  const until = limit.toISOString().slice(0, 10);
  const near = v.rows.filter((r) => r.day !== undefined && r.day <= until);
  const unknown = v.rows.filter((r) => r.day === undefined);
  const next = near.find((r) => !r.passed) ?? near[0];
  const shown = all ? near : near.slice(0, FEW);
  return (
    <section aria-busy={call.busy}>
      <h2>{t('due.title')}</h2>
      {near.length === 0 ? <p>{t('due.none', { n: NEAR })}</p> : null}
      <ol class="due">
        {shown.map((r, i) => (
          <li key={`${r.number}-${i}`} class={r.passed ? 'passed' : ''}>
            <strong>{r.when}</strong> <span class="muted">{r.left}</span>
            <br />
            <Button look="link" onClick={() => open(r.number)}>
              {r.number} {r.label}
            </Button>
            : {r.what}
            {r.sure ? '' : ` (${t('stand.notsure')})`}
          </li>
        ))}
      </ol>
      {next?.day ? <TheirDay country={next.place} day={next.day} /> : null}
      {near.length > shown.length ? (
        <Button onClick={() => showAll(true)}>{t('due.all', { n: near.length - shown.length })}</Button>
      ) : null}
      {unknown.length ? (
        <p>
          {t('due.unknown', { n: unknown.length })}{' '}
          {unknown.slice(0, FEW).map((r) => (
            <span key={r.number}>
              <Button look="link" onClick={() => open(r.number)}>
                {r.number} {r.label}
              </Button>{' '}
            </span>
          ))}
        </p>
      ) : null}
      <Failed list={v.failed} />
    </section>
  );
}
