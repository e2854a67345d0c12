/** What is shown while a case is locked, and how it is opened again. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import type { Opened } from '../engine/protocol.ts';
import { Button, Title } from '../parts/basics.tsx';
import { Unread } from '../parts/files.tsx';
import { Passphrase } from '../parts/passphrase.tsx';
import { t } from '../words.ts';

/** Opens what is kept. What this version cannot read is told, and can be saved as it is: nothing is lost. */
export function OpenKept() {
  const { keeper, step, state } = useApp();
  const [unread, tell] = useState<Extract<Opened, { ok: false }> | undefined>(undefined);
  return (
    <>
      <Passphrase
        fresh={false}
        label={t('keep.unlock')}
        act={async (passphrase) => {
          const r = await keeper.open(passphrase, state.lang);
          if (r === 'wrong') return t('pass.wrong');
          if (r.ok) step({ t: 'unlock', answers: r.value.answers, origin: r.value.origin });
          else tell(r);
          return undefined;
        }}
      />
      {unread ? <Unread text={unread.text} trouble={unread.trouble} /> : null}
    </>
  );
}

/** All that is shown while a case is locked. */
export function Locked({ vault }: { readonly vault?: ComponentChildren }) {
  const { step, keeper } = useApp();
  return (
    <>
      <Title>{t('locked.title')}</Title>
      {vault}
      {vault && keeper.state === 'locked' ? <h2>{t('keep.locked')}</h2> : null}
      {keeper.state === 'locked' ? <OpenKept /> : null}
      <p>
        <Button look="link" onClick={() => step({ t: 'erase' })}>
          {t('locked.without')}
        </Button>
      </p>
    </>
  );
}
