/** What changed in the law since a day, and what that did to the person. */
import { useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import { Answered, Go, PleaseNote, Sources, Title } from '../parts/basics.tsx';
import { FieldInput } from '../parts/fields.tsx';
import { understand } from '../state/drafts.ts';
import { useCall } from '../use-call.ts';
import { t } from '../words.ts';

export function Changes() {
  const { ask, quick, state, step, today } = useApp();
  const from = state.since ?? `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`.replace('-02-29', '-02-28');
  const call = useCall(quick, 'changes', { ...ask, from });
  const [all, showAll] = useState(false);
  const [bad, complain] = useState<string | undefined>(undefined);
  const field = { name: 'since', label: t('changes.since'), kind: 'date' as const };
  const draft = (state.drafts['changes.since'] as { text?: string } | undefined) ?? {
    text: from
      .split('-')
      .map((x, i) => (i ? String(Number(x)) : x))
      .join('-'),
  };
  return (
    <>
      <Title>{t('changes.title')}</Title>
      <form
        class="noprint"
        autocomplete="off"
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          const is = understand(field, draft);
          if (is.k === 'value' && String(is.v) <= today) {
            complain(undefined);
            step({ t: 'since', day: String(is.v) });
          } else complain(is.k === 'value' ? t('changes.later') : t('wrong.date'));
        }}
      >
        <FieldInput
          field={field}
          draft={draft}
          set={(d) => step({ t: 'draft', fact: 'changes.since', draft: d })}
          error={bad}
        />
        <button type="submit" class="b plain">
          {t('changes.show')}
        </button>
      </form>
      <Answered call={call}>
        {(v) => {
          const mine = v.lines.filter((c) => c.affects !== 'none');
          const shown = all ? v.lines : mine;
          return (
            <>
              <p role="status">{t('changes.count', { n: mine.length, all: v.lines.length })}</p>
              {shown.length === 0 ? <p>{t('changes.none')}</p> : null}
              <ol class="changes">
                {shown.map((c, i) => (
                  <li key={i}>
                    <p class="when">{c.dayWords}</p>
                    <h2 class="h3">
                      <Go to={{ s: 'provision', id: c.provision }}>{c.title}</Go>
                    </h2>
                    <p>
                      {c.what}. {c.turn ?? ''}
                    </p>
                    {c.means ? <p class={`means ${c.affects}`}>→ {c.means}</p> : null}
                    <Sources list={c.sources} prefix={`c${i}-`} />
                  </li>
                ))}
              </ol>
              {v.lines.length > mine.length ? (
                <button type="button" class="b plain" onClick={() => showAll(!all)}>
                  {all ? t('changes.mine') : t('changes.all', { n: v.lines.length - mine.length })}
                </button>
              ) : null}
              <PleaseNote />
            </>
          );
        }}
      </Answered>
    </>
  );
}
