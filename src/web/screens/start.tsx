/** The first two screens: what this is, and what it can and cannot keep secret. Nothing is asked yet. */
import { useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import { Button, Careful, Go, Title } from '../parts/basics.tsx';
import { OpenFiles } from '../parts/files.tsx';
import { t } from '../words.ts';

export function Start() {
  const { state } = useApp();
  const begun = Object.keys(state.answers).length > 0;
  return (
    <>
      <Title>{t('start.title')}</Title>
      <p class="lead">{t('start.lead')}</p>
      <ul class="plain">
        <li>{t('start.device')}</li>
        <li>{t('start.sources')}</li>
        <li>{t('start.unknown')}</li>
      </ul>
      <div class="actions">
        {begun ? (
          <Go to={{ s: 'stand' }} look="main">
            {t('start.goon')}
          </Go>
        ) : (
          <Go to={{ s: 'safety' }} look="main">
            {t('start.begin')}
          </Go>
        )}
        <Go to={{ s: 'law' }} look="plain">
          {t('start.law')}
        </Go>
        <Go to={{ s: 'vault' }} look="plain">
          {t('start.vault')}
        </Go>
      </div>
      <p class="muted">{t('start.notlawyer')}</p>
    </>
  );
}

/** Browsers that send what is typed or visited to companies under Russian law. */
const SENDING = /YaBrowser|Yowser|Mail\.Ru|MRCHROME|Amigo|Atom\//i;

export function Safety() {
  const { bring, go } = useApp();
  const [open, show] = useState(false);
  const sending = SENDING.test(navigator.userAgent);
  return (
    <>
      <Title>{t('safety.title')}</Title>
      {sending ? (
        <Careful grave>
          <p>{t('safety.browser')}</p>
        </Careful>
      ) : null}
      <h2>{t('safety.store')}</h2>
      <p>{t('safety.memory')}</p>
      <p>{t('safety.network')}</p>
      <h2>{t('safety.exit')}</h2>
      <p>{t('safety.exit.does')}</p>
      <p>{t('safety.exit.not')}</p>
      <h2>{t('safety.not')}</h2>
      <ul>
        <li>{t('safety.not.history')}</li>
        <li>{t('safety.not.device')}</li>
        <li>{t('safety.not.forced')}</li>
        {__ONE_FILE__ ? null : <li>{t('safety.not.server')}</li>}
      </ul>
      <div class="actions">
        <Button look="main" onClick={() => go({ s: 'next' })}>
          {t('safety.on')}
        </Button>
        <Button look="plain" onClick={() => show(!open)}>
          {t('safety.file')}
        </Button>
        <Go to={{ s: 'keep' }} look="plain">
          {t('safety.unlock')}
        </Go>
      </div>
      {open ? <OpenFiles done={(brought) => void bring(brought)} /> : null}
    </>
  );
}
