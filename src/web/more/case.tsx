/** One case of the vault, apart from its answers: label, log, attachments, who else opens it, handing over, removal. */
import { useState } from 'preact/hooks';
import { minuteIn } from '../../answers/say.ts';
import { useApp } from '../context.ts';
import { Button, Careful, Go, Title } from '../parts/basics.tsx';
import { handOut } from '../parts/files.tsx';
import { bytesOf, FileField, Sure } from '../parts/inputs.tsx';
import { clock } from '../vault/door.ts';
import { t } from '../words.ts';
import { Readers } from './readers.tsx';
import { LabelField, Open, Opening, Outcome, sizeWords, useAct, useOpening } from './use-vault.tsx';

export function VaultCase({ number }: { readonly number: number }) {
  return <Open title={t('vault.title')}>{() => <Case number={number} />}</Open>;
}

function Case({ number }: { readonly number: number }) {
  const { door, go, closeCase, state } = useApp();
  const c = door.info?.cases.find((x) => x.number === number);
  const [label, setLabel] = useState(c?.label ?? '');
  const opening = useOpening();
  const labelling = useAct();
  const filing = useAct();
  const removing = useAct();
  if (!c)
    return (
      <>
        <Title>{t('vault.title')}</Title>
        <p>{t('fault.no-case')}</p>
        <Go to={{ s: 'vault' }} look="plain">
          {t('vault.title')}
        </Go>
      </>
    );
  const inUse = door.current?.number === number;
  return (
    <>
      <Title>
        {c.number} {c.label}
      </Title>
      <p class="muted">{t('vault.saved', { day: minuteIn(c.saved, state.lang) })}</p>
      <div class="actions">
        {inUse ? (
          <Go to={{ s: 'stand' }} look="main">
            {t('go.stand')}
          </Go>
        ) : (
          <Button look="main" disabled={opening.acting.busy} onClick={() => opening.open(number)}>
            {t('vault.open')}
          </Button>
        )}
        <Go to={{ s: 'log', number }} look="plain">
          {t('log.title')}
        </Go>
        <Go to={{ s: 'vault-hand', number }} look="plain">
          {t('hand.title')}
        </Go>
      </div>
      <Opening of={opening} />
      <h2>{t('one.label')}</h2>
      <LabelField value={label} set={setLabel} />
      <Button
        disabled={labelling.busy || label.trim() === '' || label.trim() === c.label}
        onClick={() =>
          void labelling.act(async () => {
            const versions = await door.engine.call('vaultRelabel', { number, label, now: clock() }).done;
            await door.refresh();
            door.moved(number, versions, label.trim());
            return t('one.labelled');
          })
        }
      >
        {t('one.label.do')}
      </Button>
      <Outcome of={labelling} />
      <h2>{t('one.files')}</h2>
      <p>{t('one.files.words')}</p>
      {c.attachments.length ? (
        <ul>
          {c.attachments.map((a) => (
            <li key={a.id}>
              {a.name} <span class="muted">({sizeWords(a.size)})</span>{' '}
              <Button
                look="link"
                onClick={() =>
                  void filing.act(async () => {
                    const { bytes } = await door.engine.call('vaultTake', { number, id: a.id }).done;
                    handOut(`file${/\.\w{1,5}$/.exec(a.name)?.[0] ?? ''}`, bytes, 'application/octet-stream');
                    return t('one.files.taken');
                  })
                }
              >
                {t('one.files.take')}
                <span class="hidden"> {a.name}</span>
              </Button>{' '}
              <Button
                look="link"
                onClick={() =>
                  void filing.act(async () => {
                    await door.engine.call('vaultDetach', { number, id: a.id, now: clock() }).done;
                    await door.refresh();
                    return t('one.files.gone');
                  })
                }
              >
                {t('one.files.remove')}
                <span class="hidden"> {a.name}</span>
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <FileField
        label={t('one.files.add')}
        emptied
        take={(files) =>
          filing.act(async () => {
            const [file] = files;
            const bytes = await bytesOf(files);
            if (!file || !bytes) return undefined;
            const type = file.type || 'application/octet-stream';
            await door.engine.call('vaultAttach', { number, name: file.name, type, bytes, now: clock() }).done;
            await door.refresh();
            return t('one.files.added', { size: sizeWords(bytes.length) });
          })
        }
      />
      <Outcome of={filing} />
      <h2>{t('one.readers')}</h2>
      <p>{t('one.readers.words')}</p>
      <Readers number={number} readers={c.readers} />
      <h2>{t('one.remove')}</h2>
      <Careful>
        <p>{t('one.remove.words')}</p>
      </Careful>
      <Sure
        label={t('one.remove.do')}
        question={t('one.remove.sure', { label: c.label })}
        yes={t('one.remove.yes')}
        busy={removing.busy}
        act={() =>
          void removing.act(async () => {
            if (inUse) await closeCase();
            await door.engine.call('vaultRemove', { number, now: clock() }).done;
            await door.refresh();
            go({ s: 'vault' });
            return undefined;
          })
        }
      />
      <Outcome of={removing} />
      <p>
        <Go to={{ s: 'vault' }}>{t('vault.title')}</Go>
      </p>
    </>
  );
}
