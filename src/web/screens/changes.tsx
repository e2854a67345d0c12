/** What changed in the law since a day, and what that did to the person. */
import { useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import type { ChangeLine } from '../engine/changes-view.ts';
import { Answered, Go, PleaseNote, Sources, Title } from '../parts/basics.tsx';
import { FieldInput } from '../parts/fields.tsx';
import { useSlices } from '../parts/slowly.tsx';
import { understand } from '../state/drafts.ts';
import { useCall } from '../use-call.ts';
import { t } from '../words.ts';

export function Changes() {
  const { ask, quick, state, step, today } = useApp();
  const from = state.since ?? `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`.replace('-02-29', '-02-28');
  const call = useCall(quick, 'changes', { ...ask, from });
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
          const of = (...kinds: readonly (string | undefined)[]) => v.lines.filter((c) => kinds.includes(c.affects));
          const [sure, maybe, others] = [of('opens', 'closes', 'alters'), of('unknown'), of('none', undefined)];
          return (
            <>
              <p role="status">{t('changes.count', { n: sure.length, all: v.lines.length })}</p>
              {v.lines.length === 0 ? <p>{t('changes.none')}</p> : null}
              <Lines list={sure} prefix="c" />
              <More list={maybe} prefix="m" title={t('changes.maybe', { n: maybe.length })} />
              <More list={others} prefix="o" title={t('changes.all', { n: others.length })} />
              <PleaseNote />
            </>
          );
        }}
      </Answered>
    </>
  );
}

/** Drawn when it is opened: there may be hundreds. */
function More(p: { readonly list: readonly ChangeLine[]; readonly prefix: string; readonly title: string }) {
  const [open, set] = useState(false);
  if (p.list.length === 0) return null;
  return (
    <details class="group" onToggle={(e) => set((e.target as HTMLDetailsElement).open)}>
      <summary>{p.title}</summary>
      {open ? <Lines list={p.list} prefix={p.prefix} /> : null}
    </details>
  );
}

function Lines({ list, prefix }: { readonly list: readonly ChangeLine[]; readonly prefix: string }) {
  const n = useSlices(list.length);
  return (
    <ol class="changes">
      {list.slice(0, n).map((c, i) => (
        <li key={i}>
          <p class="when">{c.dayWords}</p>
          <h2 class="h3">
            <Go to={{ s: 'provision', id: c.provision }}>{c.title}</Go>
          </h2>
          <p>
            {c.what}. {c.turn ?? ''}
          </p>
          {c.means ? <p class={`means ${c.affects}`}>→ {c.means}</p> : null}
          <Sources list={c.sources} prefix={`${prefix}${i}-`} />
        </li>
      ))}
    </ol>
  );
}
