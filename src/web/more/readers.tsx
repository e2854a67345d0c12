/** Who else opens a case, or every case: added and taken away. */
import { useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import { Button } from '../parts/basics.tsx';
import { TextField } from '../parts/inputs.tsx';
import { clock } from '../vault/door.ts';
import { t } from '../words.ts';
import { Outcome, useAct } from './use-vault.tsx';

export function Readers(p: {
  /** Of one case, or undefined: of all. */
  readonly number: number | undefined;
  readonly readers: readonly { readonly recipient: string; readonly name: string }[];
}) {
  const { door } = useApp();
  const [key, setKey] = useState('');
  const [name, setName] = useState('');
  const acting = useAct();
  return (
    <>
      {p.readers.length ? (
        <ul>
          {p.readers.map((r) => (
            <li key={r.recipient}>
              {r.name} <code class="address">{r.recipient}</code>{' '}
              <Button
                look="link"
                disabled={acting.busy}
                onClick={() =>
                  void acting.act(async () => {
                    await door.engine.call('vaultUnshare', { number: p.number, recipient: r.recipient, now: clock() })
                      .done;
                    await door.refresh();
                    return t('readers.gone');
                  })
                }
              >
                {t('readers.remove')}
                <span class="hidden"> {r.name}</span>
              </Button>
            </li>
          ))}
        </ul>
      ) : (
        <p class="muted">{t('readers.none')}</p>
      )}
      <details>
        <summary>{t('readers.add')}</summary>
        <TextField label={t('readers.key')} hint={t('hand.key.hint')} value={key} set={setKey} />
        <TextField label={t('readers.name')} value={name} set={setName} />
        <Button
          disabled={acting.busy || key.trim() === ''}
          onClick={() =>
            void acting.act(async () => {
              const recipient = key.trim();
              const called = name.trim() || `${recipient.slice(0, 12)}…`;
              await door.engine.call('vaultShare', { number: p.number, recipient, name: called, now: clock() }).done;
              await door.refresh();
              setKey('');
              setName('');
              return t('readers.added', { name: called });
            })
          }
        >
          {t('readers.do')}
        </Button>
      </details>
      <Outcome of={acting} />
    </>
  );
}
