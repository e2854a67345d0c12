/** A copy that is proved to open; and before a border, the vault taken off the device, only after that proof. */
import { useId, useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import { Button, Careful, Title } from '../parts/basics.tsx';
import { handOut } from '../parts/files.tsx';
import { Passphrase } from '../parts/passphrase.tsx';
import { t } from '../words.ts';
import { faultWords, Open, Outcome, useAct } from './use-vault.tsx';

export function Leave() {
  return <Open title={t('leave.title')}>{() => <Steps />}</Open>;
}

function Steps() {
  const { door, erase, today, go } = useApp();
  const [made, make] = useState<number | undefined>(undefined);
  const [back, choose] = useState<Uint8Array | undefined>(undefined);
  const [proved, prove] = useState<{ cases: number; counter: number } | undefined>(undefined);
  const [sure, ask] = useState(false);
  const [also, wantAlso] = useState(true);
  const copying = useAct();
  const removing = useAct();
  const id = useId();
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
                make(counter);
                prove(undefined);
                choose(undefined);
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
          <label for={id}>{t('leave.prove.file')}</label>
          <input
            id={id}
            type="file"
            accept=".zip"
            onChange={async (e) => {
              const file = (e.target as HTMLInputElement).files?.[0];
              prove(undefined);
              choose(file ? new Uint8Array(await file.arrayBuffer()) : undefined);
            }}
          />
          {back && !proved ? (
            <Passphrase
              fresh={false}
              label={t('leave.prove.do')}
              act={async (passphrase) => {
                try {
                  const found = await door.engine.call('vaultProve', { zip: back, passphrase }).done;
                  prove(found);
                  await door.copied({ counter: found.counter, day: today });
                } catch (e) {
                  return faultWords(e);
                }
                return undefined;
              }}
            />
          ) : null}
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
                <label class="choice">
                  <input
                    type="checkbox"
                    checked={also}
                    autocomplete="off"
                    onChange={(e) => wantAlso((e.target as HTMLInputElement).checked)}
                  />
                  <span>{t('erase.offline')}</span>
                </label>
              )}
              {sure ? (
                <div class="actions">
                  <p>
                    <strong>{t('leave.remove.sure')}</strong>
                  </p>
                  <Button
                    look="danger"
                    disabled={removing.busy}
                    onClick={() =>
                      void removing.act(async () => {
                        await erase({ offline: also });
                        go({ s: 'vault' });
                        return undefined;
                      })
                    }
                  >
                    {t('leave.remove.yes')}
                  </Button>
                  <Button onClick={() => ask(false)}>{t('no.keep')}</Button>
                </div>
              ) : (
                <Button onClick={() => ask(true)}>{t('leave.remove.do')}</Button>
              )}
              <Outcome of={removing} />
            </>
          ) : (
            <p class="hint">{t(made === undefined ? 'leave.remove.first' : 'leave.remove.prove')}</p>
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
