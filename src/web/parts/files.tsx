/** Files in and out. They are read and made here; the device's own dialogs do the rest. */
import { useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import type { Brought, Trouble } from '../engine/protocol.ts';
import { t } from '../words.ts';
import { Broken, Button, Troubles } from './basics.tsx';
import { FileField } from './inputs.tsx';
import { Passphrase } from './passphrase.tsx';

/** Hands a file to the device, under a name that says nothing. */
export function handOut(name: string, text: string | Uint8Array<ArrayBuffer>, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const a = document.createElement('a');
  a.href = url;
  a.download = name;
  a.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

type Named = { readonly name: string; readonly text: string };

/** Chooses person files and reads them; several where a file names those of the family. */
export function OpenFiles({ done }: { readonly done: (brought: Brought) => void }) {
  const { quick, state } = useApp();
  const [trouble, tell] = useState<readonly Trouble[] | undefined>(undefined);
  const [broken, fail] = useState<string | undefined>(undefined);
  const [locked, lock] = useState<Uint8Array | undefined>(undefined);
  const [several, ask] = useState<{ readonly files: readonly Named[]; readonly names: readonly string[] } | undefined>(
    undefined,
  );
  const take = async (files: readonly Named[], whose?: string) => {
    const r = await quick.call('read', { files, lang: state.lang, ...(whose === undefined ? {} : { whose }) }).done;
    ask(!r.ok && r.choose ? { files, names: r.choose } : undefined);
    if (r.ok) done(r);
    else if (!r.choose) tell(r.trouble);
  };
  const read = async (list: readonly File[]) => {
    if (!list.length) return;
    tell(undefined);
    fail(undefined);
    lock(undefined);
    ask(undefined);
    try {
      const sealed = list.find((f) => f.name.endsWith('.age'));
      if (sealed) {
        lock(new Uint8Array(await sealed.arrayBuffer()));
        return;
      }
      const files = await Promise.all(list.map(async (f) => ({ name: f.name, text: await f.text() })));
      await take(files);
    } catch (e) {
      fail((e as Error).message);
    }
  };
  return (
    <div class="box">
      <FileField
        label={t('file.choose')}
        hint={t('file.hint')}
        multiple
        accept=".yaml,.yml,.json,.age"
        take={(files) => read(files)}
      />
      {locked ? (
        <Passphrase
          fresh={false}
          label={t('file.unlock')}
          act={async (passphrase) => {
            const r = await quick.call('open', { file: locked, passphrase, lang: state.lang }).done;
            if (r === 'wrong') return t('pass.wrong');
            if (r.ok) done(r);
            else tell(r.trouble);
            return undefined;
          }}
        />
      ) : null}
      {several ? (
        <div class="actions">
          <p>{t('file.whose')}</p>
          {several.names.map((name) => (
            <Button key={name} onClick={() => void take(several.files, name)}>
              {name}
            </Button>
          ))}
        </div>
      ) : null}
      {trouble ? <Troubles list={trouble} /> : null}
      {broken ? <Broken why={broken} /> : null}
    </div>
  );
}

/** A case that opened and that this version cannot read whole: what is wrong, and the text as it is, so that nothing is lost. */
export function Unread(p: { readonly text: string; readonly trouble: readonly Trouble[] }) {
  return (
    <>
      <p>{t('keep.trouble')}</p>
      <Troubles list={p.trouble} />
      <Button onClick={() => handOut('case.yaml', p.text, 'application/yaml')}>{t('take.file.do')}</Button>
    </>
  );
}

/** Saves the answers as a person file. */
export function SaveFile({ saved }: { readonly saved?: () => void }) {
  const { quick, state } = useApp();
  const save = async () => {
    handOut(
      'case.yaml',
      await quick.call('write', { answers: state.answers, origin: state.origin }).done,
      'application/yaml',
    );
    saved?.();
  };
  return <Button onClick={() => void save()}>{t('take.file.do')}</Button>;
}
