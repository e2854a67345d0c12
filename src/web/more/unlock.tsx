/** The way into a vault that is here: with its passphrase, or with the paper key. */
import { useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import type { VaultInfo } from '../engine/vault-protocol.ts';
import { Button } from '../parts/basics.tsx';
import { TextField } from '../parts/inputs.tsx';
import { Passphrase } from '../parts/passphrase.tsx';
import { t } from '../words.ts';
import { inWords } from './use-vault.tsx';

export function Unlock() {
  const { door, step, state, go } = useApp();
  const [paper, usePaper] = useState(false);
  const [key, setKey] = useState('');
  const opened = (open: (passphrase: string) => Promise<VaultInfo>) =>
    inWords(async (passphrase) => {
      await door.opened(await open(passphrase));
      if (state.locked) step({ t: 'erase' });
      go({ s: 'vault' });
    });
  return (
    <>
      <h2>{t('vault.here')}</h2>
      <p>{t('vault.unlock.words')}</p>
      {paper ? (
        <>
          <TextField label={t('vault.paper.key')} hint={t('vault.paper.key.hint')} value={key} set={setKey} />
          <Passphrase
            fresh
            label={t('vault.paper.open')}
            act={opened((passphrase) => door.engine.call('vaultRecover', { paper: key, passphrase }).done)}
          />
        </>
      ) : (
        <Passphrase
          fresh={false}
          label={t('vault.unlock')}
          act={opened((passphrase) => door.engine.call('vaultUnlock', { passphrase }).done)}
        />
      )}
      <p>
        <Button look="link" onClick={() => usePaper(!paper)}>
          {t(paper ? 'vault.paper.not' : 'vault.paper.use')}
        </Button>
      </p>
    </>
  );
}
