/** A passphrase, typed where nobody offers to store it. */
import { useId, useState } from 'preact/hooks';
import { t } from '../words.ts';
import { Check } from './inputs.tsx';

export function Passphrase(p: {
  /** A new one is typed twice. */
  readonly fresh: boolean;
  readonly label: string;
  readonly act: (passphrase: string) => Promise<string | undefined>;
}) {
  const id = useId();
  const [one, setOne] = useState('');
  const [two, setTwo] = useState('');
  const [shown, show] = useState(false);
  const [busy, work] = useState(false);
  const [problem, complain] = useState<string | undefined>(undefined);
  const submit = async () => {
    if (p.fresh && one.trim().length < 12) return complain(t('pass.short'));
    if (p.fresh && one !== two) return complain(t('pass.differ'));
    if (one === '') return complain(t('pass.empty'));
    work(true);
    complain(undefined);
    try {
      const wrong = await p.act(one);
      if (wrong) complain(wrong);
      else {
        setOne('');
        setTwo('');
      }
    } catch (e) {
      complain(`${t('broken.words')} (${(e as Error).message})`);
    }
    work(false);
  };
  const input = (key: string, value: string, set: (v: string) => void, label: string) => (
    <div class="field">
      <label for={id + key}>{label}</label>
      <input
        id={id + key}
        {...({ type: shown ? 'text' : 'password' } as { type: 'password' })}
        autocomplete="off"
        spellcheck={false}
        autocapitalize="off"
        value={value}
        aria-describedby={problem ? `${id}e` : undefined}
        onInput={(e) => set((e.target as HTMLInputElement).value)}
      />
    </div>
  );
  return (
    <form
      class="box"
      autocomplete="off"
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        void submit();
      }}
    >
      {p.fresh ? <p class="hint">{t('pass.hint')}</p> : null}
      {problem ? (
        <p class="error" id={`${id}e`} role="alert">
          {problem}
        </p>
      ) : null}
      {input('a', one, setOne, p.fresh ? t('pass.new') : t('pass.old'))}
      {p.fresh ? input('b', two, setTwo, t('pass.again')) : null}
      <Check checked={shown} set={show}>
        {t('pass.show')}
      </Check>
      <button type="submit" class="b main" disabled={busy}>
        {busy ? t('pass.busy') : p.label}
      </button>
    </form>
  );
}
