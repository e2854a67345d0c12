/** What changed in the law since a day, and what that did to the person. */
import { useMemo, useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import type { ChangeLine, ChangesView } from '../engine/changes-view.ts';
import { Answered, Go, PleaseNote, Sources, Title } from '../parts/basics.tsx';
import { ChangeSays, SinceForm, yearBefore } from '../parts/since.tsx';
import { Slowly } from '../parts/slowly.tsx';
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
      <Answered call={call}>{(v) => <Found v={v} />}</Answered>
    </>
  );
}

function Found({ v }: { readonly v: ChangesView }) {
  const [sure, maybe, others] = useMemo(() => {
    const of = (...kinds: readonly (string | undefined)[]) => v.lines.filter((c) => kinds.includes(c.affects));
    return [of('opens', 'closes', 'alters'), of('unknown'), of('none', undefined)];
  }, [v]);
  return (
    <>
      <p role="status">{t('changes.count', { n: sure.length, all: v.lines.length })}</p>
      {v.lines.length === 0 ? <p>{t('changes.none')}</p> : null}
      <Lines list={sure} />
      <More list={maybe} title={t('changes.maybe', { n: maybe.length })} />
      <More list={others} title={t('changes.all', { n: others.length })} />
      <PleaseNote />
    </>
  );
}

/** Drawn when it is opened: there may be hundreds. */
function More(p: { readonly list: readonly ChangeLine[]; readonly title: string }) {
  const [open, set] = useState(false);
  if (p.list.length === 0) return null;
  return (
    <details class="group" onToggle={(e) => set((e.target as HTMLDetailsElement).open)}>
      <summary>{p.title}</summary>
      {open ? <Lines list={p.list} /> : null}
    </details>
  );
}

const Lines = ({ list }: { readonly list: readonly ChangeLine[] }) => (
  <ol class="changes">
    <Slowly list={list} item={line} />
  </ol>
);

const line = (c: ChangeLine, i: number) => (
  <li key={i}>
    <p class="when">{c.dayWords}</p>
    <h2 class="h3">
      <Go to={{ s: 'provision', id: c.provision }}>{c.title}</Go>
    </h2>
    <ChangeSays c={c} />
    <Sources list={c.sources} prefix={`${c.provision}-${i}-`} late />
  </li>
);
