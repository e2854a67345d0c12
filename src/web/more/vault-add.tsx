/** Another case for the vault: empty, of what is open, of a file, or one that was handed over. */
import { useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import type { Brought } from '../engine/protocol.ts';
import { Button } from '../parts/basics.tsx';
import { OpenFiles } from '../parts/files.tsx';
import { bytesOf, FileField } from '../parts/inputs.tsx';
import { clock } from '../vault/door.ts';
import { t } from '../words.ts';
import { LabelField, Outcome, useAct } from './use-vault.tsx';

/** @param loose whether the answers in this window belong to no case */
export function Add({ loose }: { readonly loose: boolean }) {
  const { door, state, openCase, go, keeper } = useApp();
  const info = door.info as NonNullable<typeof door.info>;
  const next = info.cases.reduce((most, c) => Math.max(most, c.number), 0) + 1;
  const [label, setLabel] = useState('');
  const [file, wantFile] = useState(false);
  const [handed, wantHanded] = useState(false);
  const adding = useAct();
  const named = () => (label.trim() === '' ? t('vault.case', { n: next }) : label.trim());
  const add = (brought: Partial<Brought>) =>
    adding.act(async () => {
      const answers = brought.answers ?? {};
      const number = await door.engine.call('vaultAdd', {
        label: named(),
        answers,
        origin: brought.origin,
        now: clock(),
      }).done;
      await door.refresh();
      setLabel('');
      wantFile(false);
      return t('vault.added', { n: number });
    });
  return (
    <>
      <h2>{t('vault.add')}</h2>
      <LabelField value={label} set={setLabel} />
      <div class="actions">
        {loose ? (
          <Button
            look="main"
            disabled={adding.busy}
            onClick={() =>
              void adding.act(async () => {
                const number = await door.addCase(named(), state);
                // From now on it is kept in the vault alone; what was kept for one person stays as it is, locked.
                await keeper.lock();
                setLabel('');
                return t('vault.added', { n: number });
              })
            }
          >
            {t('vault.add.open')}
          </Button>
        ) : null}
        <Button
          disabled={adding.busy || loose}
          onClick={() =>
            void adding.act(async () => {
              const number = await door.engine.call('vaultAdd', { label: named(), answers: {}, now: clock() }).done;
              await door.refresh();
              await openCase(number);
              go({ s: 'next' });
              return undefined;
            })
          }
        >
          {t('vault.add.empty')}
        </Button>
        <Button onClick={() => wantFile(!file)}>{t('vault.add.file')}</Button>
        <Button onClick={() => wantHanded(!handed)}>{t('vault.add.handed')}</Button>
      </div>
      <Outcome of={adding} />
      {file ? <OpenFiles done={(brought) => void add(brought)} /> : null}
      {handed ? <Handed on={() => wantHanded(false)} /> : null}
    </>
  );
}

function Handed({ on }: { readonly on: () => void }) {
  const { door } = useApp();
  const taking = useAct();
  return (
    <div class="box">
      <p>{t('handed.words')}</p>
      <p>
        {t('handed.key')} <code class="address">{door.info?.recipient}</code>
      </p>
      <FileField
        label={t('handed.file')}
        accept=".age"
        take={(files) =>
          taking.act(async () => {
            const file = await bytesOf(files);
            if (!file) return undefined;
            const number = await door.engine.call('vaultReceive', { file, now: clock() }).done;
            await door.refresh();
            return t('handed.taken', { n: number });
          })
        }
      />
      <Outcome of={taking} />
      <Button onClick={on}>{t('handed.close')}</Button>
    </div>
  );
}
