/** Where no vault is: one is made, or brought back from a copy. */
import { useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import type { VaultInfo } from '../engine/vault-protocol.ts';
import { Button, Careful } from '../parts/basics.tsx';
import { Check } from '../parts/inputs.tsx';
import { Passphrase } from '../parts/passphrase.tsx';
import { clock } from '../vault/door.ts';
import { t } from '../words.ts';
import { Protects } from './protects.tsx';
import { CopyFile, inWords } from './use-vault.tsx';

export function Begin() {
  const { door } = useApp();
  const [making, make] = useState(false);
  const [bringing, bring] = useState(false);
  const [recovery, wantRecovery] = useState(false);
  const [made, hold] = useState<{ readonly paper: string; readonly info: VaultInfo } | undefined>(undefined);
  // The list of cases comes when the key is on paper: it is shown this once.
  if (made) return <PaperKey paper={made.paper} on={() => void door.opened(made.info)} />;
  return (
    <>
      <p class="lead">{t('vault.lead')}</p>
      <ul>
        <li>{t('vault.is.each')}</li>
        <li>{t('vault.is.age')}</li>
        <li>{t('vault.is.browser')}</li>
      </ul>
      <h2>{t('vault.new')}</h2>
      {making ? (
        <>
          <Check checked={recovery} set={wantRecovery}>
            {t('vault.new.paper')}
          </Check>
          <Passphrase
            fresh
            label={t('vault.new.do')}
            act={inWords(async (passphrase) => {
              const { paper, info } = await door.engine.call('vaultNew', { passphrase, recovery, now: clock() }).done;
              if (paper === undefined) await door.opened(info);
              else hold({ paper, info });
            })}
          />
        </>
      ) : (
        <Button look="main" onClick={() => make(true)}>
          {t('vault.new.choose')}
        </Button>
      )}
      <h2>{t('vault.back')}</h2>
      <p>{t('vault.back.words')}</p>
      {bringing ? (
        <div class="box">
          <CopyFile
            label={t('vault.back.file')}
            button={t('vault.back.do')}
            act={async (zip, passphrase) => {
              await door.engine.call('vaultRestore', { zip, passphrase }).done;
              await door.opened(await door.engine.call('vaultUnlock', { passphrase }).done);
            }}
          />
        </div>
      ) : (
        <Button onClick={() => bring(true)}>{t('vault.back.choose')}</Button>
      )}
      <Careful>
        <p>{t('vault.limits')}</p>
      </Careful>
      <Protects />
    </>
  );
}

/** Shown once. */
export function PaperKey({ paper, on }: { readonly paper: string; readonly on: () => void }) {
  const [written, check] = useState(false);
  return (
    <section class="box">
      <h2>{t('paper.title')}</h2>
      <p>{t('paper.words')}</p>
      <p class="paper">
        <code>{paper}</code>
      </p>
      <Check checked={written} set={check}>
        {t('paper.written')}
      </Check>
      <Button look="main" disabled={!written} onClick={on}>
        {t('paper.on')}
      </Button>
    </section>
  );
}
