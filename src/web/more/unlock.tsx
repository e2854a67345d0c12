/** The way into a vault that is here: with its passphrase, or with the paper key. */
import { useId, useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import { Button } from '../parts/basics.tsx';
import { Passphrase } from '../parts/passphrase.tsx';
import { t } from '../words.ts';
import { faultWords } from './use-vault.tsx';

export function Unlock() {
  const { door, step, state, go } = useApp();
  const [paper, usePaper] = useState(false);
  const [key, setKey] = useState('');
  const id = useId();
  const opened = async (open: () => Promise<Parameters<typeof door.opened>[0]>) => {
    try {
      await door.opened(await open());
    } catch (e) {
      return faultWords(e);
    }
    if (state.locked) step({ t: 'erase' });
    go({ s: 'vault' });
    return undefined;
  };
  return (
    <>
      <h2>{t('vault.here')}</h2>
      <p>{t('vault.unlock.words')}</p>
      {paper ? (
        <>
          <div class="field">
            <label for={id}>{t('vault.paper.key')}</label>
            <p class="hint">{t('vault.paper.key.hint')}</p>
            <input
              id={id}
              type="text"
              autocomplete="off"
              spellcheck={false}
              autocapitalize="off"
              value={key}
              onInput={(e) => setKey((e.target as HTMLInputElement).value)}
            />
          </div>
          <Passphrase
            fresh
            label={t('vault.paper.open')}
            act={(passphrase) => opened(() => door.engine.call('vaultRecover', { paper: key, passphrase }).done)}
          />
        </>
      ) : (
        <Passphrase
          fresh={false}
          label={t('vault.unlock')}
          act={(passphrase) => opened(() => door.engine.call('vaultUnlock', { passphrase }).done)}
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
