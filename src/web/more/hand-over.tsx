/** One case for somebody else: every field that would leave is listed, and can be struck out, before anything does. */
import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import { Broken, Button, Careful, Go, Title } from '../parts/basics.tsx';
import { handOut } from '../parts/files.tsx';
import { Check, TextField } from '../parts/inputs.tsx';
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
      <TextField label={t('hand.key')} hint={t('hand.key.hint')} value={key} set={setKey} />
      <TextField label={t('hand.label')} value={label} set={setLabel} />
      <fieldset class="fields">
        <legend>{t('hand.fields', { n: leaving.length, all: v.fields.length })}</legend>
        <p class="actions">
          <Button onClick={() => strike([])}>{t('hand.all')}</Button>
          <Button onClick={() => strike(v.fields.map((f) => f.path))}>{t('hand.none')}</Button>
        </p>
        {v.fields.map((f) => (
          <Check
            key={f.path}
            checked={!struck.includes(f.path)}
            set={(on) => strike(on ? struck.filter((x) => x !== f.path) : [...struck, f.path])}
          >
            {f.says}: <strong>{f.value}</strong>
          </Check>
        ))}
        {v.entries ? (
          <Check checked={log} set={withLog}>
            {t('hand.log', { n: v.entries })}
          </Check>
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
