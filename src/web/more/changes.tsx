/** Which cases a change of the law touches, and how. */
import { useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import { Broken, Careful, Go, Title } from '../parts/basics.tsx';
import { FieldInput } from '../parts/fields.tsx';
import { understand } from '../state/drafts.ts';
import { useCall } from '../use-call.ts';
import { t } from '../words.ts';
import { faultOf, Open } from './use-vault.tsx';

export function VaultChanges() {
  return <Open title={t('vault.changes')}>{() => <OfCases />}</Open>;
}

function OfCases() {
  const { door, today, state } = useApp();
  const [since, set] = useState(`${Number(today.slice(0, 4)) - 1}${today.slice(4)}`.replace('-02-29', '-02-28'));
  const [draft, type] = useState<{ text?: string }>({
    text: since
      .split('-')
      .map((x, i) => (i ? String(Number(x)) : x))
      .join('-'),
  });
  const [bad, complain] = useState<string | undefined>(undefined);
  const field = { name: 'since', label: t('changes.since'), kind: 'date' as const };
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
      <form
        autocomplete="off"
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          const is = understand(field, draft);
          if (is.k === 'value' && String(is.v) <= today) {
            complain(undefined);
            set(String(is.v));
          } else complain(is.k === 'value' ? t('changes.later') : t('wrong.date'));
        }}
      >
        <FieldInput field={field} draft={draft} set={type} error={bad} />
        <button type="submit" class="b plain">
          {t('changes.show')}
        </button>
      </form>
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
                    <p>
                      {l.what}. {l.turn ?? ''}
                    </p>
                    {l.means ? <p class={`means ${l.affects}`}>→ {l.means}</p> : null}
                  </li>
                ))}
              </ol>
            </details>
          ))}
          {v.failed.length ? (
            <Careful grave>
              <p>{t('due.failed', { n: v.failed.length })}</p>
              <ul>
                {v.failed.map((f) => (
                  <li key={f.number}>
                    {f.number} {f.label}: {faultOf(f.why)}
                  </li>
                ))}
              </ul>
            </Careful>
          ) : null}
        </div>
      ) : null}
      <p>
        <Go to={{ s: 'vault' }}>{t('vault.title')}</Go>
      </p>
    </>
  );
}
