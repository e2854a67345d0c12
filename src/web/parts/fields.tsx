/** Fields of questions: from the types of the facts, in native inputs. What is typed is kept as typed until it is understood. */
import { useId } from 'preact/hooks';
import type { Field } from '../engine/questions.ts';
import { type Draft, mayBeBelowZero } from '../state/drafts.ts';
import { t } from '../words.ts';
import { Check, Radios } from './inputs.tsx';

type Props = {
  readonly field: Field;
  readonly draft: Draft;
  readonly set: (draft: Draft) => void;
  /** Said by the field itself where it stands alone under its question. */
  readonly bare?: boolean;
  readonly error?: string | undefined;
};

export function FieldInput({ field, draft, set, bare, error }: Props) {
  const id = useId();
  const legend = bare ? <legend class="hidden">{field.label}</legend> : <legend>{field.label}</legend>;
  const problem = error ? (
    <p class="error" id={`${id}e`}>
      <span class="hidden">{t('error.word')}: </span>
      {error}
    </p>
  ) : null;
  const described = error ? `${id}e` : undefined;
  switch (field.kind) {
    case 'boolean':
      return (
        <fieldset class="radios" aria-describedby={described}>
          {legend}
          {problem}
          <Radios
            name={id}
            of={['yes', 'no']}
            at={draft.text}
            set={(text) => set({ text })}
            says={(v) => t(`say.${v}`)}
          />
        </fieldset>
      );
    case 'date':
      return (
        <fieldset class="date" aria-describedby={described}>
          {legend}
          <p class="hint" id={`${id}h`}>
            {t('date.hint')}
          </p>
          {problem}
          <div class="row">
            {(['d', 'm', 'y'] as const).map((part, i) => {
              const parts = (draft.text ?? '').split('-');
              const at = 2 - i;
              return (
                <label key={part} class={`part ${part}`}>
                  <span>{t(`date.${part}`)}</span>
                  <input
                    type="text"
                    inputMode="numeric"
                    autocomplete="off"
                    spellcheck={false}
                    maxLength={part === 'y' ? 4 : 2}
                    value={parts[at] ?? ''}
                    aria-invalid={error ? true : undefined}
                    onInput={(e) => {
                      const next = [parts[0] ?? '', parts[1] ?? '', parts[2] ?? ''];
                      next[at] = (e.target as HTMLInputElement).value.trim();
                      set({ text: next.join('') === '' ? '' : next.join('-') });
                    }}
                  />
                </label>
              );
            })}
          </div>
        </fieldset>
      );
    case 'number':
      return (
        <div class="field">
          <label for={id} class={bare ? 'hidden' : ''}>
            {field.label}
          </label>
          {problem}
          <div class="row">
            <input
              id={id}
              type="text"
              inputMode="decimal"
              class="short"
              autocomplete="off"
              spellcheck={false}
              value={draft.text ?? ''}
              aria-describedby={described}
              aria-invalid={error ? true : undefined}
              onInput={(e) => set({ text: (e.target as HTMLInputElement).value })}
            />
            {field.unit ? <span class="unit">{field.unit}</span> : null}
          </div>
        </div>
      );
    case 'money':
      return (
        <fieldset class="money" aria-describedby={described}>
          {legend}
          {problem}
          <div class="row">
            <label class="part">
              <span>{t('money.amount')}</span>
              <input
                type="text"
                // The pad of digits of some phones has no minus.
                inputMode={mayBeBelowZero(field) ? 'text' : 'decimal'}
                class="short"
                autocomplete="off"
                spellcheck={false}
                value={draft.text ?? ''}
                aria-invalid={error ? true : undefined}
                onInput={(e) => set({ ...draft, text: (e.target as HTMLInputElement).value })}
              />
            </label>
            <label class="part">
              <span>{t('money.currency')}</span>
              <select
                value={draft.currency ?? field.currencies?.[0]}
                onChange={(e) => set({ ...draft, currency: (e.target as HTMLSelectElement).value })}
              >
                {field.currencies?.map((c) => (
                  <option key={c}>{c}</option>
                ))}
              </select>
            </label>
            {field.unit ? <span class="unit low">{field.unit}</span> : null}
          </div>
        </fieldset>
      );
    case 'code': {
      const options = field.groups?.flatMap((g) => g.options) ?? [];
      if (options.length <= 9)
        return (
          <fieldset class="radios" aria-describedby={described}>
            {legend}
            {problem}
            <Radios
              name={id}
              of={options.map((o) => o.code)}
              at={draft.text}
              set={(text) => set({ text })}
              says={(code) => options.find((o) => o.code === code)?.label ?? code}
            />
          </fieldset>
        );
      return (
        <div class="field">
          <label for={id} class={bare ? 'hidden' : ''}>
            {field.label}
          </label>
          {problem}
          <Select id={id} field={field} value={draft.text ?? ''} described={described} set={(v) => set({ text: v })} />
        </div>
      );
    }
    case 'codes': {
      const chosen = draft.codes ?? [];
      const name = new Map(field.groups?.flatMap((g) => g.options).map((o) => [o.code, o.label]));
      return (
        <fieldset class="codes" aria-describedby={described}>
          {legend}
          {problem}
          {chosen.length ? (
            <ul class="chips">
              {chosen.map((c) => (
                <li key={c}>
                  <span>{name.get(c) ?? c}</span>
                  <button
                    type="button"
                    class="b link"
                    onClick={() => set({ ...draft, codes: chosen.filter((x) => x !== c) })}
                  >
                    {t('list.remove')}
                    <span class="hidden"> {name.get(c) ?? c}</span>
                  </button>
                </li>
              ))}
            </ul>
          ) : null}
          <label for={id}>{chosen.length ? t('codes.more') : t('codes.choose')}</label>
          <Select
            id={id}
            field={field}
            value=""
            described={described}
            without={chosen}
            set={(v) => v && set({ ...draft, codes: [...chosen, v], none: false })}
          />
          <Check checked={draft.none === true} disabled={chosen.length > 0} set={(none) => set({ ...draft, none })}>
            {t('codes.none')}
          </Check>
        </fieldset>
      );
    }
  }
}

function Select(p: {
  readonly id: string;
  readonly field: Field;
  readonly value: string;
  readonly described: string | undefined;
  readonly without?: readonly string[];
  readonly set: (v: string) => void;
}) {
  const groups = p.field.groups ?? [];
  const option = (o: { readonly code: string; readonly label: string }) =>
    p.without?.includes(o.code) ? null : (
      <option key={o.code} value={o.code}>
        {o.label}
      </option>
    );
  return (
    <select
      id={p.id}
      value={p.value}
      autocomplete="off"
      aria-describedby={p.described}
      onChange={(e) => p.set((e.target as HTMLSelectElement).value)}
    >
      <option value="">{t('choose.blank')}</option>
      {groups.map((g) =>
        g.label ? (
          <optgroup key={g.label} label={g.label}>
            {g.options.map(option)}
          </optgroup>
        ) : (
          g.options.map(option)
        ),
      )}
    </select>
  );
}
