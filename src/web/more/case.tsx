/** One case of the vault, apart from its answers: label, log, attachments, who else opens it, handing over, removal. */
import { useId, useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import { Button, Careful, Go, Title } from '../parts/basics.tsx';
import { handOut } from '../parts/files.tsx';
import { clock } from '../vault/door.ts';
import { t } from '../words.ts';
import { Readers } from './readers.tsx';
import { Open, Outcome, sizeWords, useAct } from './use-vault.tsx';

export function VaultCase({ number }: { readonly number: number }) {
  return <Open title={t('vault.title')}>{() => <Case number={number} />}</Open>;
}

function Case({ number }: { readonly number: number }) {
  const { door, go, closeCase, openCase } = useApp();
  const c = door.info?.cases.find((x) => x.number === number);
  const [label, setLabel] = useState(c?.label ?? '');
  const [sure, ask] = useState(false);
  const opening = useAct();
  const labelling = useAct();
  const filing = useAct();
  const removing = useAct();
  const id = useId();
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
      <p class="muted">{t('vault.saved', { day: c.saved })}</p>
      <div class="actions">
        {inUse ? (
          <Go to={{ s: 'stand' }} look="main">
            {t('go.stand')}
          </Go>
        ) : (
          <Button
            look="main"
            disabled={opening.busy}
            onClick={() =>
              void opening.act(async () => {
                const opened = await openCase(number);
                if (!opened.read.ok) {
                  handOut('case.yaml', opened.text, 'application/yaml');
                  return t('keep.trouble');
                }
                return undefined;
              })
            }
          >
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
      <Outcome of={opening} />
      <h2>{t('one.label')}</h2>
      <div class="field">
        <label for={id}>{t('vault.label')}</label>
        <p class="hint">{t('vault.label.hint')}</p>
        <input
          id={id}
          type="text"
          autocomplete="off"
          spellcheck={false}
          maxLength={120}
          value={label}
          onInput={(e) => setLabel((e.target as HTMLInputElement).value)}
        />
      </div>
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
      <div class="field">
        <label for={`${id}f`}>{t('one.files.add')}</label>
        <input
          id={`${id}f`}
          type="file"
          onChange={(e) => {
            const input = e.target as HTMLInputElement;
            void filing.act(async () => {
              const file = input.files?.[0];
              if (!file) return undefined;
              const bytes = new Uint8Array(await file.arrayBuffer());
              const type = file.type || 'application/octet-stream';
              await door.engine.call('vaultAttach', { number, name: file.name, type, bytes, now: clock() }).done;
              await door.refresh();
              input.value = '';
              return t('one.files.added', { size: sizeWords(bytes.length) });
            });
          }}
        />
      </div>
      <Outcome of={filing} />
      <h2>{t('one.readers')}</h2>
      <p>{t('one.readers.words')}</p>
      <Readers number={number} readers={c.readers} />
      <h2>{t('one.remove')}</h2>
      <Careful>
        <p>{t('one.remove.words')}</p>
      </Careful>
      {sure ? (
        <div class="actions">
          <p>
            <strong>{t('one.remove.sure', { label: c.label })}</strong>
          </p>
          <Button
            look="danger"
            disabled={removing.busy}
            onClick={() =>
              void removing.act(async () => {
                if (inUse) await closeCase();
                await door.engine.call('vaultRemove', { number, now: clock() }).done;
                await door.refresh();
                go({ s: 'vault' });
                return undefined;
              })
            }
          >
            {t('one.remove.yes')}
          </Button>
          <Button onClick={() => ask(false)}>{t('no.keep')}</Button>
        </div>
      ) : (
        <Button onClick={() => ask(true)}>{t('one.remove.do')}</Button>
      )}
      <Outcome of={removing} />
      <p>
        <Go to={{ s: 'vault' }}>{t('vault.title')}</Go>
      </p>
    </>
  );
}
