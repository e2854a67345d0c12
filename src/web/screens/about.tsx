/** This copy: what it is of, whether it works without a network, how it is renewed; what is promised and what is not. */
import { useState } from 'preact/hooks';
import { isoIn } from '../../answers/say.ts';
import { useApp } from '../context.ts';
import { Button, Go, Title } from '../parts/basics.tsx';
import { useCall } from '../use-call.ts';
import { t } from '../words.ts';
import { Lab } from './law.tsx';

export function About() {
  const { quick, offline, state } = useApp();
  const info = useCall(quick, 'info', {});
  const [checked, tell] = useState('');
  const i = info.value;
  return (
    <>
      <Title>{t('about.title')}</Title>
      <dl class="facts">
        <dt>{t('about.version')}</dt>
        <dd>{__VERSION__}</dd>
        <dt>{t('about.program')}</dt>
        <dd>
          <code class="address">{document.querySelector<HTMLMetaElement>('meta[name=program]')?.content ?? '?'}</code>
        </dd>
        <dt>{t('about.law')}</dt>
        <dd>
          {i
            ? t('about.law.words', { n: i.provisions, places: i.jurisdictions.length, day: isoIn(i.read, state.lang) })
            : '…'}
        </dd>
        <dt>{t('about.digest')}</dt>
        <dd>
          <code class="address">{i?.digest ?? __DIGEST__}</code>
        </dd>
        <dt>{t('about.offline')}</dt>
        <dd>{t(`about.offline.${__ONE_FILE__ ? 'file' : offline.state}`)}</dd>
      </dl>
      {__ONE_FILE__ ? null : (
        <>
          <h2>{t('about.renew')}</h2>
          <p>{t('about.renew.words')}</p>
          <Button
            onClick={() => {
              tell(t('about.checking'));
              void offline.check().then((r) => tell(t(`about.check.${r}`)));
            }}
          >
            {t('about.check')}
          </Button>
          <p role="status">{checked}</p>
        </>
      )}
      <p>
        <Go to={{ s: 'pack' }}>{t('about.pack')}</Go>
      </p>
      <h2>{t('about.does')}</h2>
      <ul>
        <li>{t('about.does.device')}</li>
        <li>{t('about.does.requests')}</li>
        <li>{t('about.does.dated')}</li>
        <li>{t('about.does.same')}</li>
      </ul>
      <h2>{t('safety.not')}</h2>
      <ul>
        <li>{t('safety.not.history')}</li>
        <li>{t('safety.not.device')}</li>
        <li>{t('safety.not.forced')}</li>
        {__ONE_FILE__ ? null : <li>{t('safety.not.server')}</li>}
        <li>{t('about.not.promise')}</li>
      </ul>
      <Lab />
      <p>
        <Go to={{ s: 'stand' }}>{t('go.stand')}</Go>
      </p>
    </>
  );
}
