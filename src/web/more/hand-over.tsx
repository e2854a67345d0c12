/** One case for somebody else: every field that would leave is listed, and can be struck out, before anything does. */
import { useEffect, useId, useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import { Broken, Button, Careful, Go, Title } from '../parts/basics.tsx';
import { handOut } from '../parts/files.tsx';
import { useCall } from '../use-call.ts';
import { clock } from '../vault/door.ts';
import { t } from '../words.ts';
import { Open, Outcome, useAct } from './use-vault.tsx';

export function HandOver({ number }: { readonly number: number }) {
  return <Open title={t('hand.title')}>{() => <Handing number={number} />}</Open>;
}

function Handing({ number }: { readonly number: number }) {
  const { door, state } = useApp();
  const call = useCall(door.engine, 'vaultFields', { number, lang: state.lang, at: door.info?.counter ?? 0 });
  const [struck, strike] = useState<readonly string[]>([]);
  const [label, setLabel] = useState('');
  const [key, setKey] = useState('');
  const [log, withLog] = useState(false);
  const giving = useAct();
  const id = useId();
  const v = call.value;
  useEffect(() => {
    if (v) setLabel(v.label);
  }, [v?.label]);
  if (call.error) return <Broken why={call.error} />;
  if (!v) return <p role="status">{t('wait.answer')}</p>;
  const leaving = v.fields.filter((f) => !struck.includes(f.path));
  return (
    <>
      <Title>
        {t('hand.title')}: {v.label}
      </Title>
      <p class="lead">{t('hand.lead')}</p>
      <div class="field">
        <label for={`${id}k`}>{t('hand.key')}</label>
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
        <label for={`${id}l`}>{t('hand.label')}</label>
        <input
          id={`${id}l`}
          type="text"
          autocomplete="off"
          spellcheck={false}
          value={label}
          onInput={(e) => setLabel((e.target as HTMLInputElement).value)}
        />
      </div>
      <fieldset class="fields">
        <legend>{t('hand.fields', { n: leaving.length, all: v.fields.length })}</legend>
        <p class="actions">
          <Button onClick={() => strike([])}>{t('hand.all')}</Button>
          <Button onClick={() => strike(v.fields.map((f) => f.path))}>{t('hand.none')}</Button>
        </p>
        {v.fields.map((f) => (
          <label key={f.path} class="choice">
            <input
              type="checkbox"
              autocomplete="off"
              checked={!struck.includes(f.path)}
              onChange={(e) =>
                strike(
                  (e.target as HTMLInputElement).checked ? struck.filter((x) => x !== f.path) : [...struck, f.path],
                )
              }
            />
            <span>
              {f.says}: <strong>{f.value}</strong>
            </span>
          </label>
        ))}
        {v.entries ? (
          <label class="choice">
            <input
              type="checkbox"
              autocomplete="off"
              checked={log}
              onChange={(e) => withLog((e.target as HTMLInputElement).checked)}
            />
            <span>{t('hand.log', { n: v.entries })}</span>
          </label>
        ) : null}
      </fieldset>
      <Careful>
        <p>{t('hand.limits')}</p>
      </Careful>
      <Button
        look="main"
        disabled={giving.busy || key.trim() === '' || label.trim() === ''}
        onClick={() =>
          void giving.act(async () => {
            await door.settle();
            const bytes = await door.engine.call('vaultHandOver', {
              number,
              recipient: key,
              label: label.trim(),
              without: struck,
              log,
              now: clock(),
            }).done;
            handOut('case.age', bytes, 'application/octet-stream');
            return t('hand.done', { n: leaving.length });
          })
        }
      >
        {t('hand.do', { n: leaving.length })}
      </Button>
      <Outcome of={giving} />
      <p>
        <Go to={{ s: 'vault-case', number }}>{t('hand.back')}</Go>
      </p>
    </>
  );
}
