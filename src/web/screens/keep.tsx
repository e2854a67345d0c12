/** What stays on the device: keeping it locked, travelling, erasing. */
import { useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import { Button, Careful, Go, Title } from '../parts/basics.tsx';
import { Check, Sure } from '../parts/inputs.tsx';
import { Passphrase } from '../parts/passphrase.tsx';
import { t } from '../words.ts';
import { OpenKept } from './locked.tsx';

export function Keep() {
  const { keeper, state, go, lock } = useApp();
  const [again, begin] = useState(false);
  const has = Object.keys(state.answers).length > 0;
  return (
    <>
      <Title>{t('keep.title')}</Title>
      {keeper.state === 'none' ? <p class="lead">{t('keep.lead')}</p> : null}
      {typeof keeper.state === 'object' ? (
        <Careful grave>
          <p>{t('keep.failed')}</p>
          <p class="small" lang="en">
            {keeper.state.failed}
          </p>
        </Careful>
      ) : null}
      {keeper.state === 'open' ? (
        <>
          <p>{t('keep.open')}</p>
          <div class="actions">
            <Button look="main" onClick={lock}>
              {t('keep.lock')}
            </Button>
          </div>
          <p class="hint">{t('keep.auto')}</p>
        </>
      ) : null}
      {keeper.state === 'locked' ? (
        <>
          <h2>{t('keep.locked')}</h2>
          {has ? <p>{t('keep.replace')}</p> : null}
          <OpenKept />
        </>
      ) : null}
      {keeper.state === 'none' || (keeper.state === 'locked' && has) ? (
        <>
          <h2>{t('keep.begin')}</h2>
          <p>{t('keep.begin.words')}</p>
          {!has ? (
            <p>
              {t('keep.nothing')} <Go to={{ s: 'next' }}>{t('start.begin')}</Go>
            </p>
          ) : again ? (
            <Passphrase
              fresh
              label={t('keep.begin.do')}
              act={async (passphrase) => {
                await keeper.begin(state, passphrase);
                begin(false);
                return undefined;
              }}
            />
          ) : (
            <Button onClick={() => begin(true)}>{t('keep.begin.choose')}</Button>
          )}
        </>
      ) : null}
      <h2>{t('keep.many')}</h2>
      <p>{t('keep.many.words')}</p>
      <p>
        <Go to={{ s: 'vault' }}>{t('task.vault')}</Go>
      </p>
      <h2>{t('keep.more')}</h2>
      <p>
        <Go to={{ s: 'travel' }}>{t('travel.title')}</Go>
      </p>
      <p>
        <Go to={{ s: 'erase' }}>{t('erase.title')}</Go>
      </p>
      <h2>{t('keep.limits')}</h2>
      <ul>
        <li>{t('keep.limits.open')}</li>
        <li>{t('keep.limits.forced')}</li>
        <li>{t('keep.limits.browser')}</li>
      </ul>
      <Button look="link" onClick={() => go({ s: 'stand' })}>
        {t('go.stand')}
      </Button>
    </>
  );
}

const STEPS = ['file', 'check', 'elsewhere', 'erase', 'papers', 'after'] as const;

export function Travel() {
  const [done, mark] = useState<readonly string[]>([]);
  return (
    <>
      <Title>{t('travel.title')}</Title>
      <p class="lead">{t('travel.lead')}</p>
      <ol class="checklist">
        {STEPS.map((s) => (
          <li key={s}>
            <Check checked={done.includes(s)} set={(on) => mark(on ? [...done, s] : done.filter((x) => x !== s))}>
              {t(`travel.${s}`)}
            </Check>
          </li>
        ))}
      </ol>
      <div class="actions">
        <Go to={{ s: 'take' }} look="plain">
          {t('task.take')}
        </Go>
        <Go to={{ s: 'erase' }} look="plain">
          {t('erase.title')}
        </Go>
      </div>
      <Careful>
        <p>{t('travel.limits')}</p>
      </Careful>
    </>
  );
}

export function Erase() {
  const { erase, door } = useApp();
  const [also, wantAlso] = useState(false);
  return (
    <>
      <Title>{t('erase.title')}</Title>
      <p class="lead">{t('erase.lead')}</p>
      <ul>
        <li>{t('erase.answers')}</li>
        <li>{t('erase.kept')}</li>
      </ul>
      {door.state === 'shut' || door.state === 'open' ? (
        <Careful grave>
          <p>{t('erase.vault')}</p>
          <p>
            <Go to={{ s: 'vault-leave' }}>{t('erase.vault.copy')}</Go>
          </p>
        </Careful>
      ) : null}
      {__ONE_FILE__ ? null : (
        <Check checked={also} set={wantAlso}>
          {t('erase.offline')}
        </Check>
      )}
      <Careful>
        <p>{t('erase.limits')}</p>
      </Careful>
      <Sure
        label={t('erase.do')}
        question={t('erase.sure')}
        yes={t('erase.yes')}
        act={() => void erase({ offline: also })}
      />
    </>
  );
}
