/** Who else opens a case, or every case: added and taken away. */
import { useId, useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import { Button } from '../parts/basics.tsx';
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
  const id = useId();
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
        <div class="field">
          <label for={`${id}k`}>{t('readers.key')}</label>
          <p class="hint">{t('hand.key.hint')}</p>
          <input
            id={`${id}k`}
            type="text"
            autocomplete="off"
            spellcheck={false}
            autocapitalize="off"
            value={key}
            onInput={(e) => setKey((e.target as HTMLInputElement).value)}
          />
        </div>
        <div class="field">
          <label for={`${id}n`}>{t('readers.name')}</label>
          <input
            id={`${id}n`}
            type="text"
            autocomplete="off"
            spellcheck={false}
            value={name}
            onInput={(e) => setName((e.target as HTMLInputElement).value)}
          />
        </div>
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
