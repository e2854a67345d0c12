/** A copy that is proved to open; and before a border, the vault taken off the device, only after that proof. */
import { useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import { Button, Careful, Title } from '../parts/basics.tsx';
import { handOut } from '../parts/files.tsx';
import { Check, Sure } from '../parts/inputs.tsx';
import { t } from '../words.ts';
import { CopyFile, Open, Outcome, useAct } from './use-vault.tsx';

export function Leave() {
  return <Open title={t('leave.title')}>{() => <Steps />}</Open>;
}

function Steps() {
  const { door, erase, today, go } = useApp();
  const [copies, count] = useState(0);
  const [proved, prove] = useState<{ cases: number; counter: number } | undefined>(undefined);
  const [also, wantAlso] = useState(true);
  const copying = useAct();
  const removing = useAct();
  const current = door.info?.counter;
  // What was saved after the copy is not in it.
  const whole = proved !== undefined && proved.counter === current;
  return (
    <>
      <Title>{t('leave.title')}</Title>
      <p class="lead">{t('leave.lead')}</p>
      <ol class="steps">
        <li>
          <h2>{t('leave.copy')}</h2>
          <p>{t('leave.copy.words')}</p>
          <Button
            look="main"
            disabled={copying.busy}
            onClick={() =>
              void copying.act(async () => {
                await door.settle();
                const { zip, counter } = await door.engine.call('vaultPack', {}).done;
                await door.refresh();
                handOut('copy.zip', zip, 'application/zip');
                count(copies + 1);
                prove(undefined);
                return t('leave.copied', { n: counter });
              })
            }
          >
            {t('leave.copy.do')}
          </Button>
          <Outcome of={copying} />
        </li>
        <li>
          <h2>{t('leave.prove')}</h2>
          <p>{t('leave.prove.words')}</p>
          {/* Another copy made: the one chosen before it is not the one to be opened. */}
          <CopyFile
            key={copies}
            label={t('leave.prove.file')}
            button={t('leave.prove.do')}
            chosen={() => prove(undefined)}
            over={proved !== undefined}
            act={async (zip, passphrase) => {
              const found = await door.engine.call('vaultProve', { zip, passphrase }).done;
              prove(found);
              await door.copied({ counter: found.counter, day: today });
            }}
          />
          {proved ? (
            <p role="status">
              {t('leave.proved', { n: proved.cases, counter: proved.counter })} {whole ? '' : t('leave.notwhole')}
            </p>
          ) : null}
        </li>
        <li>
          <h2>{t('leave.away')}</h2>
          <p>{t('leave.away.words')}</p>
        </li>
        <li>
          <h2>{t('leave.remove')}</h2>
          <p>{t('leave.remove.words')}</p>
          {whole ? (
            <>
              {__ONE_FILE__ ? null : (
                <Check checked={also} set={wantAlso}>
                  {t('erase.offline')}
                </Check>
              )}
              <Sure
                label={t('leave.remove.do')}
                question={t('leave.remove.sure')}
                yes={t('leave.remove.yes')}
                busy={removing.busy}
                act={() =>
                  void removing.act(async () => {
                    await erase({ offline: also });
                    go({ s: 'vault' });
                    return undefined;
                  })
                }
              />
              <Outcome of={removing} />
            </>
          ) : (
            <p class="hint">{t(copies === 0 ? 'leave.remove.first' : 'leave.remove.prove')}</p>
          )}
        </li>
        <li>
          <h2>{t('leave.later')}</h2>
          <p>{t('leave.later.words')}</p>
        </li>
      </ol>
      <Careful>
        <p>{t('travel.limits')}</p>
      </Careful>
    </>
  );
}
