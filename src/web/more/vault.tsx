/** The vault, open: the next days over all cases, the cases, and what is to be done with them. */
import { useState } from 'preact/hooks';
import { minuteIn } from '../../answers/say.ts';
import { useApp } from '../context.ts';
import { Button, Careful, Go, Title } from '../parts/basics.tsx';
import { TextField } from '../parts/inputs.tsx';
import { useSlices } from '../parts/slowly.tsx';
import { t } from '../words.ts';
import { CopyNotice } from './copy-notice.tsx';
import { Due } from './due.tsx';
import { Unlock } from './unlock.tsx';
import { faultOf, Opening, Outcome, useAct, useOpening } from './use-vault.tsx';
import { Add } from './vault-add.tsx';
import { Begin } from './vault-begin.tsx';

export function Vault() {
  const { door } = useApp();
  return (
    <>
      <Title>{t('vault.title')}</Title>
      {door.state === 'unread' ? <p role="status">{t('wait.answer')}</p> : null}
      {door.state === 'none' ? <Begin /> : null}
      {door.state === 'shut' ? <Unlock /> : null}
      {door.state === 'open' && door.info ? <Cases /> : null}
    </>
  );
}

/** Where there are more, one is looked for by its label. */
const FEW = 8;

function Cases() {
  const { door, go, state } = useApp();
  const info = door.info as NonNullable<typeof door.info>;
  const opening = useOpening();
  const [filter, only] = useState('');
  const cases = info.cases.filter((c) => c.label.toLocaleLowerCase().includes(filter.trim().toLocaleLowerCase()));
  const n = useSlices(cases.length);
  return (
    <>
      {info.readOnly ? <Mend fault={info.readOnly} /> : null}
      <CopyNotice />
      <Opening of={opening} />
      {info.cases.length ? <Due open={opening.open} /> : <p class="lead">{t('vault.empty')}</p>}
      {info.cases.length ? (
        <>
          <h2>{t('vault.cases', { n: info.cases.length })}</h2>
          {info.cases.length > FEW ? <TextField label={t('vault.filter')} value={filter} set={only} /> : null}
          <ul class="caselist">
            {cases.slice(0, n).map((c) => (
              <li key={c.number}>
                <span class="muted">{c.number}</span>
                <span class="label">{c.label}</span>
                <span class="muted small">{t('vault.saved', { day: minuteIn(c.saved, state.lang) })}</span>
                <span class="acts">
                  <Button onClick={() => opening.open(c.number)} disabled={opening.acting.busy}>
                    {t('vault.open')}
                    <span class="hidden"> {c.label}</span>
                  </Button>
                  <Go to={{ s: 'vault-case', number: c.number }}>
                    {t('vault.about')}
                    <span class="hidden"> {c.label}</span>
                  </Go>
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <Add loose={opening.loose} />
      <h2>{t('vault.more')}</h2>
      <ul class="plain">
        <li>
          <Go to={{ s: 'vault-changes' }}>{t('vault.changes')}</Go>
        </li>
        <li>
          <Go to={{ s: 'pack' }}>{t('pack.title')}</Go>
        </li>
        <li>
          <Go to={{ s: 'vault-care' }}>{t('care.title')}</Go>
        </li>
        <li>
          <Go to={{ s: 'vault-leave' }}>{t('leave.title')}</Go>
        </li>
        <li>
          <Go to={{ s: 'screening' }}>{t('task.screening')}</Go>
        </li>
      </ul>
      <p>
        <Button look="link" onClick={() => go({ s: 'stand' })}>
          {t('go.stand')}
        </Button>
      </p>
    </>
  );
}

function Mend({ fault }: { readonly fault: string }) {
  const { door } = useApp();
  const mending = useAct();
  return (
    <Careful grave>
      <p>{faultOf(fault)}</p>
      <p>{t('vault.mend.words')}</p>
      <Button
        disabled={mending.busy}
        onClick={() =>
          void mending.act(async () => {
            await door.opened(await door.engine.call('vaultMend', {}).done);
            return t('vault.mended');
          })
        }
      >
        {t('vault.mend')}
      </Button>
      <Outcome of={mending} />
    </Careful>
  );
}
