/** A list of entries (earlier stays, offers, family …): none, or one after the other, every field of which may stay blank. */
import type { Field } from '../engine/questions.ts';
import type { Draft, ListDraft, Understood } from '../state/drafts.ts';
import { t } from '../words.ts';
import { Button } from './basics.tsx';
import { FieldInput } from './fields.tsx';
import { Check } from './inputs.tsx';

export function ListInput(p: {
  readonly fields: readonly Field[];
  readonly draft: ListDraft;
  readonly set: (draft: ListDraft) => void;
  readonly wrong: readonly { readonly entry: number; readonly field: string; readonly is: Understood }[];
}) {
  const { draft, set, fields } = p;
  const put = (i: number, name: string, d: Draft) =>
    set({ none: false, entries: draft.entries.map((e, k) => (k === i ? { ...e, [name]: d } : e)) });
  return (
    <div class="list">
      {draft.entries.map((entry, i) => (
        <fieldset key={i} class="box entry">
          <legend>{t('list.entry', { n: i + 1 })}</legend>
          {fields.map((f) => {
            const bad = p.wrong.find((w) => w.entry === i && w.field === f.name)?.is;
            return (
              <FieldInput
                key={f.name}
                field={f}
                draft={entry[f.name] ?? {}}
                set={(d) => put(i, f.name, d)}
                error={bad?.k === 'wrong' ? t(bad.why, { min: bad.min ?? 0, max: bad.max ?? 0 }) : undefined}
              />
            );
          })}
          <Button look="link" onClick={() => set({ ...draft, entries: draft.entries.filter((_, k) => k !== i) })}>
            {t('list.remove.entry', { n: i + 1 })}
          </Button>
        </fieldset>
      ))}
      <p class="hint">{t('list.blank')}</p>
      <Button onClick={() => set({ none: false, entries: [...draft.entries, {}] })}>
        {draft.entries.length ? t('list.another') : t('list.add')}
      </Button>
      {draft.entries.length === 0 ? (
        <Check checked={draft.none} set={(none) => set({ entries: [], none })}>
          {t('list.none')}
        </Check>
      ) : null}
    </div>
  );
}
