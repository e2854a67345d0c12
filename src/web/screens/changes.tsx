/** What changed in the law since a day, and what that did to the person. */
import { useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import type { ChangeLine } from '../engine/changes-view.ts';
import { Answered, Go, PleaseNote, Sources, Title } from '../parts/basics.tsx';
import { ChangeSays, SinceForm, yearBefore } from '../parts/since.tsx';
import { useSlices } from '../parts/slowly.tsx';
import type { Draft } from '../state/drafts.ts';
import { useCall } from '../use-call.ts';
import { t } from '../words.ts';

export function Changes() {
  const { ask, quick, state, step, today } = useApp();
  const from = state.since ?? yearBefore(today);
  const call = useCall(quick, 'changes', { ...ask, from });
  return (
    <>
      <Title>{t('changes.title')}</Title>
      <SinceForm
        since={from}
        today={today}
        draft={state.drafts['changes.since'] as Draft | undefined}
        set={(draft) => step({ t: 'draft', fact: 'changes.since', draft })}
        show={(day) => step({ t: 'since', day })}
      />
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
          <ChangeSays c={c} />
          <Sources list={c.sources} prefix={`${prefix}${i}-`} />
        </li>
      ))}
    </ol>
  );
}
