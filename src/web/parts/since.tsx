/** Changes of the law since a day: the day asked for, and one change as it is told. */
import { useState } from 'preact/hooks';
import type { ChangeLine } from '../engine/changes-view.ts';
import { type Draft, understand } from '../state/drafts.ts';
import { t } from '../words.ts';
import { FieldInput } from './fields.tsx';

/** The same day a year before. */
export const yearBefore = (day: string): string =>
  `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`.replace('-02-29', '-02-28');

/** A day as it would have been typed: without noughts in front. */
const typed = (day: string): Draft => ({
  text: day
    .split('-')
    .map((x, i) => (i ? String(Number(x)) : x))
    .join('-'),
});

/**
 * Asks since which day. Only a day that has come is taken.
 * @param p.draft what was typed and not yet shown
 */
export function SinceForm(p: {
  readonly since: string;
  readonly today: string;
  readonly draft: Draft | undefined;
  readonly set: (draft: Draft) => void;
  readonly show: (day: string) => void;
}) {
  const [bad, complain] = useState<string | undefined>(undefined);
  const field = { name: 'since', label: t('changes.since'), kind: 'date' as const };
  const draft = p.draft ?? typed(p.since);
  return (
    <form
      class="noprint"
      autocomplete="off"
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        const is = understand(field, draft);
        const day = is.k === 'value' ? String(is.v) : undefined;
        if (day !== undefined && day <= p.today) {
          complain(undefined);
          p.show(day);
        } else complain(t(day === undefined ? 'wrong.date' : 'changes.later'));
      }}
    >
      <FieldInput field={field} draft={draft} set={p.set} error={bad} />
      <button type="submit" class="b plain">
        {t('changes.show')}
      </button>
    </form>
  );
}

/** What a change is and what it means for the person. */
export function ChangeSays({ c }: { readonly c: ChangeLine }) {
  return (
    <>
      <p>
        {c.what}. {c.turn ?? ''}
      </p>
      {c.means ? <p class={`means ${c.affects}`}>→ {c.means}</p> : null}
    </>
  );
}
