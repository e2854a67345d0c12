/** Which cases a change of the law touches, and how. */
import { useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import { Broken, Go, Title } from '../parts/basics.tsx';
import { ChangeSays, SinceForm, yearBefore } from '../parts/since.tsx';
import type { Draft } from '../state/drafts.ts';
import { useCall } from '../use-call.ts';
import { t } from '../words.ts';
import { Failed, Open } from './use-vault.tsx';

export function VaultChanges() {
  return <Open title={t('vault.changes')}>{() => <OfCases />}</Open>;
}

function OfCases() {
  const { door, today, state } = useApp();
  const [since, set] = useState(yearBefore(today));
  const [draft, type] = useState<Draft | undefined>(undefined);
  const call = useCall(door.engine, 'vaultChanges', {
    since,
    on: today,
    lang: state.lang,
    at: door.info?.counter ?? 0,
  });
  const v = call.value;
  // What surely touches a case first; what may, under it.
  const cases = (v?.cases ?? []).map((c) => ({
    ...c,
    sure: c.lines.filter((l) => l.affects !== 'unknown'),
    maybe: c.lines.filter((l) => l.affects === 'unknown'),
  }));
  const touched = cases.filter((c) => c.sure.length);
  const others = cases.filter((c) => c.sure.length === 0 && c.maybe.length);
  return (
    <>
      <Title>{t('vault.changes')}</Title>
      <SinceForm since={since} today={today} draft={draft} set={type} show={set} />
      {call.error ? <Broken why={call.error} /> : null}
      {!v && !call.error ? <p role="status">{t('due.busy')}</p> : null}
      {v ? (
        <div class={call.stale ? 'stale' : ''} aria-busy={call.busy}>
          <p role="status">{t('vault.changes.count', { n: touched.length, all: v.cases.length })}</p>
          {[...touched, ...others].map((c) => (
            <details key={c.number} class="group">
              <summary>
                <h2 class="h3">
                  {c.number} {c.label}
                </h2>{' '}
                <span class="count">{t('vault.changes.lines', { n: c.sure.length, maybe: c.maybe.length })}</span>
              </summary>
              <ol class="changes">
                {[...c.sure, ...c.maybe].map((l, i) => (
                  <li key={i}>
                    <p class="when">{l.dayWords}</p>
                    <p>
                      <Go to={{ s: 'provision', id: l.provision }}>{l.title}</Go>
                    </p>
                    <ChangeSays c={l} />
                  </li>
                ))}
              </ol>
            </details>
          ))}
          <Failed list={v.failed} />
        </div>
      ) : null}
      <p>
        <Go to={{ s: 'vault' }}>{t('vault.title')}</Go>
      </p>
    </>
  );
}
