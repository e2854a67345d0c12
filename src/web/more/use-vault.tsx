/** What the screens of the vault share: faults in words, calls that change something, the way in where it is shut, opening a case. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import { Stopped } from '../engine/client.ts';
import type { Due, OpenedCase } from '../engine/vault-protocol.ts';
import { Button, Careful, Title } from '../parts/basics.tsx';
import { Unread } from '../parts/files.tsx';
import { bytesOf, FileField, TextField } from '../parts/inputs.tsx';
import { Passphrase } from '../parts/passphrase.tsx';
import { t } from '../words.ts';
import { Unlock } from './unlock.tsx';

const FAULTS: ReadonlySet<string> = new Set([
  'wrong-passphrase',
  'no-vault',
  'vault-exists',
  'damaged',
  'missing',
  'replayed',
  'forged',
  'read-only',
  'conflict',
  'busy',
  'no-case',
  'bad-recipient',
  'bad-input',
  'newer-format',
]);

/** An error of the vault in the person's language. */
export function faultWords(e: unknown): string {
  const { fault, message } = e as Error & { readonly fault?: string };
  if (fault && FAULTS.has(fault)) return t(`fault.${fault}`);
  return `${t('broken.words')} (${message})`;
}
export const faultOf = (fault: string): string => (FAULTS.has(fault) ? t(`fault.${fault}`) : fault);

/** Cases of which nothing could be said, each with why; nothing where there are none. */
export function Failed({ list }: { readonly list: Due['failed'] }) {
  if (list.length === 0) return null;
  return (
    <Careful grave>
      <p>{t('due.failed', { n: list.length })}</p>
      <ul>
        {list.map((f) => (
          <li key={f.number}>
            {f.number} {f.label}: {faultOf(f.why)}
          </li>
        ))}
      </ul>
    </Careful>
  );
}

/** Does something with a passphrase, for `Passphrase`: answers what went wrong in words, or nothing. */
export const inWords =
  (act: (passphrase: string) => Promise<unknown>) =>
  async (passphrase: string): Promise<string | undefined> => {
    try {
      await act(passphrase);
    } catch (e) {
      return faultWords(e);
    }
    return undefined;
  };

/**
 * Runs what changes something: `busy` meanwhile, `problem` in words where it did not work, `done` what is to be said after it.
 * @param words an error in the person's language
 */
export function useAct(words: (e: unknown) => string = faultWords) {
  const [busy, work] = useState(false);
  const [problem, complain] = useState<string | undefined>(undefined);
  const [done, tell] = useState('');
  const act = async (what: () => Promise<string | undefined>) => {
    work(true);
    complain(undefined);
    tell('');
    try {
      tell((await what()) ?? '');
    } catch (e) {
      if (!(e instanceof Stopped)) complain(words(e));
    }
    work(false);
  };
  return { busy, problem, done, act };
}

/** The outcome of an action, read out where it appears. */
export function Outcome({ of }: { readonly of: { readonly problem: string | undefined; readonly done: string } }) {
  return (
    <>
      {of.problem ? (
        <div role="alert">
          <Careful grave>
            <p>{of.problem}</p>
          </Careful>
        </div>
      ) : null}
      <p role="status" class="done">
        {of.done}
      </p>
    </>
  );
}

/** Shows its children only where the vault is open; else the way in. */
export function Open({ title, children }: { readonly title: string; readonly children: () => ComponentChildren }) {
  const { door } = useApp();
  if (door.state === 'open' && door.info) return <>{children()}</>;
  return (
    <>
      <Title>{title}</Title>
      {door.state === 'shut' ? <Unlock /> : <p>{t('vault.none')}</p>}
    </>
  );
}

/** Opening a case of the vault. Answers that belong to no case would be forgotten with it: that is asked first. */
export function useOpening() {
  const { door, state, openCase } = useApp();
  const acting = useAct();
  const [asked, ask] = useState<number | undefined>(undefined);
  const [unread, tell] = useState<OpenedCase | undefined>(undefined);
  const loose = !door.current && Object.keys(state.answers).length > 0;
  const open = (number: number, sure = false) => {
    if (loose && !sure) {
      ask(number);
      return;
    }
    ask(undefined);
    void acting.act(async () => {
      const opened = await openCase(number);
      tell(opened.read.ok ? undefined : opened);
      return undefined;
    });
  };
  return { loose, open, asked, stay: () => ask(undefined), unread, acting };
}

/** What is to be said of an opening: what went wrong, what does not read, what would be forgotten. */
export function Opening({ of }: { readonly of: ReturnType<typeof useOpening> }) {
  const { asked, unread, acting, open, stay } = of;
  return (
    <>
      <Outcome of={acting} />
      {unread && !unread.read.ok ? (
        <div class="box">
          <Unread text={unread.text} trouble={unread.read.trouble} />
        </div>
      ) : null}
      {asked === undefined ? null : (
        <div class="box" role="alert">
          <p>{t('vault.loose')}</p>
          <div class="actions">
            <Button look="main" onClick={stay}>
              {t('vault.loose.stay')}
            </Button>
            <Button look="danger" onClick={() => open(asked, true)}>
              {t('vault.loose.drop')}
            </Button>
          </div>
        </div>
      )}
    </>
  );
}

/** A saved copy and its passphrase, for what is to be done with both. `over`: what was chosen has been dealt with. */
export function CopyFile(p: {
  readonly label: string;
  readonly button: string;
  readonly act: (zip: Uint8Array<ArrayBuffer>, passphrase: string) => Promise<unknown>;
  readonly chosen?: () => void;
  readonly over?: boolean;
}) {
  const [zip, choose] = useState<Uint8Array<ArrayBuffer> | undefined>(undefined);
  return (
    <>
      <FileField
        label={p.label}
        accept=".zip"
        take={async (files) => {
          p.chosen?.();
          choose(await bytesOf(files));
        }}
      />
      {zip && !p.over ? (
        <Passphrase fresh={false} label={p.button} act={inWords((passphrase) => p.act(zip, passphrase))} />
      ) : null}
    </>
  );
}

/** What a case is called in the vault: a name of the helper's own making. */
export const LabelField = (p: { readonly value: string; readonly set: (label: string) => void }) => (
  <TextField label={t('vault.label')} hint={t('vault.label.hint')} max={120} {...p} />
);

/** Bytes as a person reads them. */
export const sizeWords = (n: number): string =>
  n < 1024 * 1024 ? `${Math.ceil(n / 1024)} KB` : `${(n / 1024 / 1024).toFixed(1)} MB`;
