/** What the screens of the vault share: faults in words, calls that change something, the way in where it is shut. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import { Stopped } from '../engine/client.ts';
import { Careful, Title } from '../parts/basics.tsx';
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

/** Runs what changes something: `busy` meanwhile, `problem` in words where it did not work, `done` what is to be said after it. */
export function useAct() {
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
      if (!(e instanceof Stopped)) complain(faultWords(e));
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

/** Bytes as a person reads them. */
export const sizeWords = (n: number): string =>
  n < 1024 * 1024 ? `${Math.ceil(n / 1024)} KB` : `${(n / 1024 / 1024).toFixed(1)} MB`;
