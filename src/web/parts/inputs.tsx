/**
 * What forms are made of apart from questions: native inputs with their words bound to them, in which no browser completes,
 * corrects or spell-checks anything.
 */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { t } from '../words.ts';
import { Button } from './basics.tsx';

/** A box to tick, with its words. */
export function Check(p: {
  readonly checked: boolean;
  readonly set: (on: boolean) => void;
  readonly disabled?: boolean;
  readonly hint?: string;
  readonly children: ComponentChildren;
}) {
  const id = useId();
  const box = (
    <label class="choice">
      <input
        type="checkbox"
        checked={p.checked}
        disabled={p.disabled}
        autocomplete="off"
        aria-describedby={p.hint ? id : undefined}
        onChange={(e) => p.set((e.target as HTMLInputElement).checked)}
      />
      <span>{p.children}</span>
    </label>
  );
  if (!p.hint) return box;
  return (
    <>
      {box}
      <p class="hint" id={id}>
        {p.hint}
      </p>
    </>
  );
}

/** One of several, each with its words. `name`: the same for all of a group, of no other group of the page. */
export function Radios<T extends string>(p: {
  readonly name: string;
  readonly of: readonly T[];
  readonly at: T | '' | undefined;
  readonly set: (x: T) => void;
  readonly says: (x: T) => string;
}) {
  return (
    <>
      {p.of.map((x) => (
        <label key={x} class="choice">
          <input type="radio" name={p.name} autocomplete="off" checked={p.at === x} onChange={() => p.set(x)} />
          <span>{p.says(x)}</span>
        </label>
      ))}
    </>
  );
}

type Labelled = { readonly label: string; readonly hint?: string | undefined };

/** Label, hint and input, one under the other; the input is told the ids of both. */
function Field(p: Labelled & { readonly input: (id: string, described: string | undefined) => ComponentChildren }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{p.label}</label>
      {p.hint ? (
        <p class="hint" id={`${id}h`}>
          {p.hint}
        </p>
      ) : null}
      {p.input(id, p.hint ? `${id}h` : undefined)}
    </div>
  );
}

/** A line of text, or with `rows` several. */
export function TextField(
  p: Labelled & {
    readonly value: string;
    readonly set: (text: string) => void;
    readonly rows?: number;
    readonly max?: number;
  },
) {
  const set = (e: Event) => p.set((e.target as HTMLInputElement | HTMLTextAreaElement).value);
  return (
    <Field
      label={p.label}
      hint={p.hint}
      input={(id, described) =>
        p.rows ? (
          <textarea
            id={id}
            rows={p.rows}
            autocomplete="off"
            spellcheck={false}
            translate={false}
            maxLength={p.max}
            aria-describedby={described}
            value={p.value}
            onInput={set}
          />
        ) : (
          <input
            id={id}
            type="text"
            autocomplete="off"
            spellcheck={false}
            autocapitalize="off"
            maxLength={p.max}
            aria-describedby={described}
            value={p.value}
            onInput={set}
          />
        )
      }
    />
  );
}

/** One of a list that opens, its label close above it: for filters. */
export function Choice<T extends string>(p: {
  readonly label: string;
  readonly value: T;
  readonly set: (x: T) => void;
  readonly options: readonly (readonly [value: T, says: string])[];
}) {
  return (
    <label>
      <span>{p.label}</span>
      <select value={p.value} autocomplete="off" onChange={(e) => p.set((e.target as HTMLSelectElement).value as T)}>
        {p.options.map(([value, says]) => (
          <option key={value} value={value}>
            {says}
          </option>
        ))}
      </select>
    </label>
  );
}

/** One of a list that opens. `blank`: what choosing nothing is called. */
export function PickField<T extends string>(
  p: Labelled & {
    readonly value: T | '';
    readonly set: (x: T | '') => void;
    readonly blank: string;
    readonly options: readonly (readonly [value: T, says: string])[];
  },
) {
  return (
    <Field
      label={p.label}
      hint={p.hint}
      input={(id, described) => (
        <select
          id={id}
          value={p.value}
          autocomplete="off"
          aria-describedby={described}
          onChange={(e) => p.set((e.target as HTMLSelectElement).value as T | '')}
        >
          <option value="">{p.blank}</option>
          {p.options.map(([value, says]) => (
            <option key={value} value={value}>
              {says}
            </option>
          ))}
        </select>
      )}
    />
  );
}

/**
 * Files of the device. They are handed on in order, none where the choice was taken back. The browser's own button speaks the browser's
 * language: it lies unseen under one in the language of the page, and is what the keyboard and readers use.
 */
export function FileField(
  p: Labelled & {
    readonly accept?: string;
    readonly multiple?: boolean;
    readonly take: (files: readonly File[]) => Promise<unknown>;
    /** Shown empty again when the files are taken, so that the same can be chosen once more. */
    readonly emptied?: boolean;
  },
) {
  const [chosen, tell] = useState<readonly string[]>([]);
  return (
    <Field
      label={p.label}
      hint={p.hint}
      input={(id, described) => (
        <div class="file">
          <span class="b plain" aria-hidden="true">
            {t(p.multiple ? 'files.choose' : 'file.choose.one')}
          </span>
          <input
            id={id}
            type="file"
            multiple={p.multiple}
            accept={p.accept}
            aria-describedby={described}
            onChange={async (e) => {
              const input = e.target as HTMLInputElement;
              const files = [...(input.files ?? [])];
              tell(files.map((f) => f.name));
              await p.take(files);
              if (!p.emptied) return;
              input.value = '';
              tell([]);
            }}
          />
          <span class="muted">{chosen.join(', ')}</span>
        </div>
      )}
    />
  );
}

/** The bytes of the first of some files. */
export const bytesOf = async (files: readonly File[]): Promise<Uint8Array<ArrayBuffer> | undefined> =>
  files[0] && new Uint8Array(await files[0].arrayBuffer());

/** What has to be mended in a form before it can be given. It takes the focus whenever another list is handed in. */
export function Problems({ list }: { readonly list: readonly string[] }) {
  useEffect(() => {
    if (list.length) document.getElementById('problem')?.focus();
  }, [list]);
  if (list.length === 0) return null;
  return (
    <div id="problem" class="note grave" tabIndex={-1} role="alert">
      <span class="mark" aria-hidden="true">
        !
      </span>
      {list.length === 1 ? (
        <p>{list[0]}</p>
      ) : (
        <ul>
          {list.map((x) => (
            <li key={x}>{x}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** What cannot be undone: asked for, asked about, and only then done. */
export function Sure(p: {
  readonly label: string;
  readonly question?: string;
  readonly yes: string;
  readonly act: () => void;
  readonly busy?: boolean;
}) {
  const [asked, ask] = useState(false);
  if (!asked) return <Button onClick={() => ask(true)}>{p.label}</Button>;
  return (
    <div class="actions">
      {p.question ? (
        <p>
          <strong>{p.question}</strong>
        </p>
      ) : null}
      <Button
        look="danger"
        disabled={p.busy ?? false}
        onClick={() => {
          ask(false);
          p.act();
        }}
      >
        {p.yes}
      </Button>
      <Button onClick={() => ask(false)}>{t('no.keep')}</Button>
    </div>
  );
}
