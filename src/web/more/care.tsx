/** The vault as a whole: whether it is whole, its passphrase and paper key, who else opens every case. */
import { useState } from 'preact/hooks';
import { minuteIn } from '../../answers/say.ts';
import { useApp } from '../context.ts';
import { Button, Careful, Go, Title } from '../parts/basics.tsx';
import { Passphrase } from '../parts/passphrase.tsx';
import { clock } from '../vault/door.ts';
import { t } from '../words.ts';
import { Protects } from './protects.tsx';
import { Readers } from './readers.tsx';
import { faultOf, inWords, Open, Outcome, useAct } from './use-vault.tsx';
import { PaperKey } from './vault-begin.tsx';

export function VaultCare() {
  return <Open title={t('care.title')}>{() => <Care />}</Open>;
}

type Checked = { files: number; troubles: readonly { number: number; label: string; fault: string }[]; strays: number };

function Care() {
  const { door, lock, state } = useApp();
  const info = door.info as NonNullable<typeof door.info>;
  const checking = useAct();
  const keying = useAct();
  const [checked, show] = useState<Checked | undefined>(undefined);
  const [changing, change] = useState(false);
  const [changed, tell] = useState('');
  const [paper, showPaper] = useState<string | undefined>(undefined);
  if (paper !== undefined)
    return (
      <>
        <Title>{t('care.title')}</Title>
        <PaperKey paper={paper} on={() => showPaper(undefined)} />
      </>
    );
  return (
    <>
      <Title>{t('care.title')}</Title>
      <p class="lead">{t('vault.counter', { n: info.counter, saved: minuteIn(info.saved, state.lang) })}</p>
      <Button look="main" onClick={lock}>
        {t('keep.lock')}
      </Button>
      <p class="hint">{t('keep.auto')}</p>
      <h2>{t('care.check')}</h2>
      <p>{t('care.check.words')}</p>
      <Button
        disabled={checking.busy}
        onClick={() =>
          void checking.act(async () => {
            show(undefined);
            show(await door.engine.call('vaultVerify', {}).done);
            return undefined;
          })
        }
      >
        {t('care.check.do')}
      </Button>
      <Outcome of={checking} />
      {checked ? (
        <div role="status">
          {checked.troubles.length === 0 ? <p>{t('care.whole', { n: checked.files })}</p> : null}
          {checked.troubles.length ? (
            <Careful grave>
              <p>{t('care.troubles', { n: checked.troubles.length })}</p>
              <ul>
                {checked.troubles.map((x, i) => (
                  <li key={i}>
                    {x.number} {x.label}: {faultOf(x.fault)}
                  </li>
                ))}
              </ul>
            </Careful>
          ) : null}
          {checked.strays ? <p>{t('care.strays', { n: checked.strays })}</p> : null}
        </div>
      ) : null}
      <h2>{t('care.passphrase')}</h2>
      <p>{t('care.passphrase.words')}</p>
      {changing ? (
        <Passphrase
          fresh
          label={t('care.passphrase.do')}
          act={inWords(async (passphrase) => {
            await door.engine.call('vaultPassphrase', { passphrase }).done;
            change(false);
            tell(t('care.passphrase.done'));
          })}
        />
      ) : (
        <Button onClick={() => change(true)}>{t('care.passphrase.choose')}</Button>
      )}
      <p role="status" class="done">
        {changed}
      </p>
      <h2>{t('care.paper')}</h2>
      <p>{t(info.hasRecovery ? 'care.paper.has' : 'care.paper.none')}</p>
      <div class="actions">
        <Button
          disabled={keying.busy}
          onClick={() =>
            void keying.act(async () => {
              const key = await door.engine.call('vaultPaper', { wanted: true, now: clock() }).done;
              await door.refresh();
              showPaper(key);
              return undefined;
            })
          }
        >
          {t(info.hasRecovery ? 'care.paper.another' : 'care.paper.make')}
        </Button>
        {info.hasRecovery ? (
          <Button
            disabled={keying.busy}
            onClick={() =>
              void keying.act(async () => {
                await door.engine.call('vaultPaper', { wanted: false, now: clock() }).done;
                await door.refresh();
                return t('care.paper.gone');
              })
            }
          >
            {t('care.paper.remove')}
          </Button>
        ) : null}
      </div>
      <Outcome of={keying} />
      <h2>{t('care.readers')}</h2>
      <p>{t('care.readers.words')}</p>
      <Readers number={undefined} readers={info.readers} />
      <h2>{t('care.key')}</h2>
      <p>{t('care.key.words')}</p>
      <p>
        <code class="address">{info.recipient}</code>
      </p>
      <Protects />
      <p>
        <Go to={{ s: 'vault' }}>{t('vault.title')}</Go>
      </p>
    </>
  );
}
