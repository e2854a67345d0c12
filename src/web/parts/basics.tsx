/** Buttons, notices, lists: the few things every screen is made of. Native elements only. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useApp, useGo } from '../context.ts';
import type { DangerView } from '../engine/danger-view.ts';
import type { Or, Trouble } from '../engine/protocol.ts';
import type { SourceLine } from '../engine/sources.ts';
import type { Screen } from '../state/screens.ts';
import type { Called } from '../use-call.ts';
import { t } from '../words.ts';

type Kids = { readonly children?: ComponentChildren };

/** Whether the page has gone from one screen to another yet: before that nothing takes the focus. */
let moved = false;

/** Puts the focus on the heading of the screen that has come up. */
export function toTitle(): void {
  moved = true;
  document.getElementById('title')?.focus({ preventScroll: true });
}

/** The heading of a screen; it takes the focus when the screen comes up, or when it comes in the place of a heading that had it. */
export function Title({ children }: Kids) {
  useEffect(() => {
    if (moved && document.activeElement === document.body) toTitle();
  }, []);
  return (
    <h1 id="title" tabIndex={-1}>
      {children}
    </h1>
  );
}

/** Goes to another screen. A button and not a link: there is no address behind it. */
export function Go(p: { readonly to: Screen; readonly look?: 'main' | 'plain' | 'link'; readonly id?: string } & Kids) {
  const go = useGo();
  return (
    <button type="button" class={`b ${p.look ?? 'link'}`} id={p.id} onClick={() => go(p.to)}>
      {p.children}
    </button>
  );
}

export function Button(
  p: {
    readonly onClick: () => void;
    readonly look?: 'main' | 'plain' | 'link' | 'danger';
    readonly disabled?: boolean;
    readonly id?: string;
  } & Kids,
) {
  return (
    <button type="button" class={`b ${p.look ?? 'plain'}`} id={p.id} disabled={p.disabled} onClick={p.onClick}>
      {p.children}
    </button>
  );
}

/** Something to be careful about. The word before it says so, not only the colour. */
export function Careful({ children, grave }: Kids & { readonly grave?: boolean }) {
  return (
    <div class={`note ${grave ? 'grave' : 'careful'}`}>
      <span class="mark" aria-hidden="true">
        !
      </span>
      <div>{children}</div>
    </div>
  );
}

/**
 * Dangers. What surely concerns the person, or did when it was last known, is read at once; of what may, what it is about, and the rest
 * when it is opened: a dozen of them in full bury the step they belong to.
 * @param p.unfolded on paper, where nothing opens
 */
export function Dangers(p: { readonly list: readonly DangerView[]; readonly unfolded?: boolean }) {
  const advice = (d: DangerView) => d.advice.map((a) => <p key={a}>{a}</p>);
  const leads = [...new Set(p.list.filter((d) => !d.open).map((d) => d.lead))];
  return (
    <>
      {p.list
        .filter((d) => d.open)
        .map((d) => (
          <Careful key={d.id} grave={d.concerns}>
            <p>
              {d.lead}: {d.says}
            </p>
            {advice(d)}
          </Careful>
        ))}
      {leads.map((lead) => (
        <Careful key={lead}>
          <p>{lead}:</p>
          {p.list
            .filter((d) => !d.open && d.lead === lead)
            .map((d) => (
              <details key={d.id} open={p.unfolded}>
                <summary>{d.title}</summary>
                <p>{d.says}</p>
                {advice(d)}
              </details>
            ))}
        </Careful>
      ))}
    </>
  );
}

/** One line of a list of facts; none where there is nothing to say. */
export function Fact(p: { readonly name: string } & Kids) {
  if (p.children === undefined || p.children === null || p.children === '') return null;
  return (
    <>
      <dt>{p.name}</dt>
      <dd>{p.children}</dd>
    </>
  );
}

/** The answer of a worker, or that it is on its way, or what is wrong with the case. */
export function Answered<T>(p: {
  readonly call: Called<Or<T>>;
  readonly children: (value: T) => ComponentChildren;
  readonly waiting?: ComponentChildren;
}) {
  const { value, busy, error } = p.call;
  if (error) return <Broken why={error} />;
  if (!value) return <>{p.waiting ?? <Waiting />}</>;
  if (!value.ok) return <Troubles list={value.trouble} />;
  return (
    <div class={busy ? 'stale' : ''} aria-busy={busy}>
      {p.children(value.value)}
    </div>
  );
}

export function Waiting() {
  const { quick } = useApp();
  return (
    <p class="waiting" role="status">
      {quick.state === 'loading' ? t('wait.law') : t('wait.answer')}
    </p>
  );
}

export function Broken({ why }: { readonly why: string }) {
  return (
    <Careful grave>
      <p>{t('broken.words')}</p>
      <p class="small" lang="en">
        {why}
      </p>
    </Careful>
  );
}

/** What in the answers contradicts itself. Until it is mended there is no answer: a plausible one would be worse. */
export function Troubles({ list }: { readonly list: readonly Trouble[] }) {
  return (
    <Careful grave>
      <h2>{t('trouble.title')}</h2>
      <p>{t('trouble.words')}</p>
      <ul>
        {list.map((x) => (
          <li key={`${x.fact}${x.found}`}>
            {x.fact ? <Go to={{ s: 'ask', fact: x.fact }}>{x.label}</Go> : <strong>{x.label}</strong>} {x.found};{' '}
            {t('trouble.expected')}: {x.expected}
          </li>
        ))}
      </ul>
    </Careful>
  );
}

/** Sources with their numbers. An address is shown as text: nothing opens by itself. */
export function Sources(p: {
  readonly list: readonly SourceLine[];
  readonly prefix: string;
  /** Drawn when they are opened: where there are hundreds of such lists. */
  readonly late?: boolean;
}) {
  const { list, prefix } = p;
  const [opened, open] = useState(!p.late);
  if (list.length === 0) return null;
  return (
    <details class="sources" onToggle={() => open(true)}>
      <summary>{t('sources.title', { n: list.length })}</summary>
      <ol hidden={!opened}>
        {(opened ? list : []).map((s) => (
          <li key={s.url} id={`${prefix}${s.n}`}>
            <Source s={s} />
          </li>
        ))}
      </ol>
    </details>
  );
}

function Source({ s }: { readonly s: SourceLine }) {
  const [asked, ask] = useState(false);
  return (
    <>
      <span lang={s.lang}>{s.what}</span> <span class="muted">({s.about})</span>
      <span class="address">{s.url}</span>
      {asked ? (
        <span class="inline-ask">
          {t('sources.leave')}{' '}
          <a href={s.url} target="_blank" rel="noreferrer noopener">
            {t('sources.open')}
          </a>
        </span>
      ) : (
        <button type="button" class="b link small noprint" onClick={() => ask(true)}>
          {t('sources.visit')}
          <span class="hidden"> {s.what}</span>
        </button>
      )}
    </>
  );
}

/** At the end of every answer: what was not told is unknown, nothing is promised, and this is not a lawyer. */
export function PleaseNote() {
  return (
    <section class="please">
      <h2>{t('please.title')}</h2>
      <p>{t('please.unknown')}</p>
      <p>{t('please.lawyer')}</p>
    </section>
  );
}
