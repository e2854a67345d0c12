/** Where I stand: the next deadline first, then what may be done. The page's home once a case is begun. */
import { useEffect } from 'preact/hooks';
import { isoIn } from '../../answers/say.ts';
import { useApp } from '../context.ts';
import type { Overview } from '../engine/check-view.ts';
import type { Deadline, StandView } from '../engine/stand-view.ts';
import { Answered, Careful, Dangers, Go, PleaseNote, Sources, Title } from '../parts/basics.tsx';
import { Later } from '../parts/slowly.tsx';
import { TheirDay } from '../parts/their-day.tsx';
import { settled } from '../state/answers.ts';
import type { State } from '../state/reducer.ts';
import type { Screen } from '../state/screens.ts';
import { useCall } from '../use-call.ts';
import { t } from '../words.ts';

export function Stand() {
  const { ask, planner, quick, state } = useApp();
  const stand = useCall(quick, 'stand', ask);
  const overview = useCall(quick, 'overview', ask);
  const o = overview.value?.ok ? overview.value.value : undefined;
  // What plans are made with is there when they are asked for.
  useEffect(() => {
    if (o) planner.warm();
  }, [o === undefined]);
  const left = o?.ask.filter((x) => !settled(state.answers, x.fact)).length ?? 0;
  return (
    <>
      <Title>{t('stand.title')}</Title>
      <Answered call={stand}>
        {(v) => {
          const first = v.deadlines[0];
          return (
            <>
              {first ? <First d={first} v={v} /> : null}
              {v.missing.length ? (
                <Careful>
                  <p>{first ? t('stand.unsure') : t('stand.nodeadline')}</p>
                  <ul class="plain">
                    {v.missing.map((m) => (
                      <li key={m.fact}>
                        <Go to={{ s: 'ask', fact: m.fact }}>{m.label}</Go>
                      </li>
                    ))}
                  </ul>
                </Careful>
              ) : null}
              <dl class="facts">
                <dt>{t('stand.country')}</dt>
                <dd>{v.country}</dd>
                <dt>{t('stand.basis')}</dt>
                <dd>
                  {v.rule ? <Go to={{ s: 'provision', id: v.rule.id }}>{v.basis}</Go> : v.basis}
                  {v.rule?.verify && first?.kind !== 'stay' ? <span class="verify">{v.rule.verify}</span> : null}
                </dd>
                <dt>{t('stand.last')}</dt>
                <dd>{v.last}</dd>
                {v.counted ? (
                  <>
                    <dt>{t('stand.used')}</dt>
                    <dd>{v.counted.used}</dd>
                    <dt>{t('stand.left')}</dt>
                    <dd>{v.counted.left}</dd>
                  </>
                ) : null}
                {v.waiting.length ? (
                  <>
                    <dt>{t('stand.waiting')}</dt>
                    <dd>
                      {v.waiting.map((x) => (
                        <div key={x}>{x}</div>
                      ))}
                    </dd>
                  </>
                ) : null}
                <dt>{t('stand.documents')}</dt>
                <dd>
                  {v.documents === undefined
                    ? t('stand.nottold')
                    : v.documents.length === 0
                      ? t('stand.none')
                      : v.documents.map((d) => <div key={d}>{d}</div>)}
                </dd>
                <dt>{t('stand.holdings')}</dt>
                <dd>
                  {v.holdings === undefined
                    ? t('stand.nottold')
                    : v.holdings.length === 0
                      ? t('stand.none')
                      : v.holdings.map((d) => <div key={d}>{d}</div>)}
                </dd>
              </dl>
              {v.doubts.map((x) => (
                <p key={x}>
                  <strong>{t('plan.doubt')}</strong> {x}
                </p>
              ))}
              {v.papers.length ? (
                <Careful grave={true}>
                  {v.papers.map((x) => (
                    <p key={x}>{x}</p>
                  ))}
                </Careful>
              ) : null}
              {v.counted?.next ? <p>{v.counted.next}</p> : null}
              <DangersHere list={v.dangers.filter((d) => d.concerns)} title={t('stand.dangers.grave')} />
              <h2>{t('stand.next')}</h2>
              <Tasks list={tasks(state, o, left, v.missing.length > 0)} />
              <Later>
                {v.deadlines.length > 1 ? (
                  <>
                    <h2>{t('stand.later')}</h2>
                    <ol class="deadlines">
                      {v.deadlines.slice(1).map((d) => (
                        <li key={d.day + d.what}>
                          <strong>{d.words}</strong>, {d.weekday}. {d.what}. <span class="muted">{d.left}</span>
                        </li>
                      ))}
                    </ol>
                  </>
                ) : null}
                {v.duties.length ? (
                  <>
                    <h2>{t('stand.duties')}</h2>
                    <ul>
                      {v.duties.map((x) => (
                        <li key={x}>{x}</li>
                      ))}
                    </ul>
                  </>
                ) : null}
                <DangersHere list={v.dangers.filter((d) => !d.concerns)} title={t('stand.dangers')} />
                <Help list={v.help} place={v.place} />
                {v.overstay.length ? (
                  <details>
                    <summary>{t('stand.overstay')}</summary>
                    <ul>
                      {v.overstay.map((x) => (
                        <li key={x}>{x}</li>
                      ))}
                    </ul>
                  </details>
                ) : null}
                <Sources list={v.sources} prefix="s" />
                <PleaseNote />
              </Later>
            </>
          );
        }}
      </Answered>
    </>
  );
}

/** What is dangerous where the person is: what surely concerns them before they choose what to do next, the rest after it. */
function DangersHere({ list, title }: { readonly list: StandView['dangers']; readonly title: string }) {
  if (list.length === 0) return null;
  return (
    <>
      <h2>{title}</h2>
      <Dangers list={list} />
    </>
  );
}

/** As many as are shown at once. */
const HELPERS = 4;

/** Who may help: those of the country first; the others, whom one can write to from anywhere, when asked for. */
function Help({ list, place }: { readonly list: StandView['help']; readonly place: string | undefined }) {
  const { lang } = useApp().state;
  if (list.length === 0) return null;
  const sure = list.filter((h) => h.sure);
  const maybe = list.filter((h) => !h.sure);
  const there = sure.filter((h) => h.id.startsWith(`${place}/`));
  const first = (there.length ? there : sure).slice(0, HELPERS);
  const others = sure.filter((h) => !first.includes(h));
  const box = (h: StandView['help'][number]) => (
    <section key={h.id} class="box">
      <h3>
        <Go to={{ s: 'provision', id: h.id }}>{h.title}</Go>
      </h3>
      {h.says ? <p>{h.says}</p> : null}
      <p class={h.old ? 'verify' : 'muted'}>
        {t('stand.help.of', { day: isoIn(h.verified, lang) })} {h.old ? t('stand.help.old') : ''}
      </p>
      {h.url ? <p class="address">{[h.url, h.phone].filter((x) => x !== undefined).join(', ')}</p> : null}
    </section>
  );
  return (
    <>
      <h2>{t('stand.help')}</h2>
      {first.map(box)}
      {others.length ? (
        <details>
          <summary>{t('stand.help.others', { n: others.length })}</summary>
          {others.map(box)}
        </details>
      ) : null}
      {maybe.length ? (
        <details>
          <summary>{t('stand.help.maybe')}</summary>
          <ul>
            {maybe.map((h) => (
              <li key={h.id}>
                <Go to={{ s: 'provision', id: h.id }}>{h.title}</Go>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
}

function First({ d, v }: { readonly d: Deadline; readonly v: StandView }) {
  const stay = d.kind === 'stay';
  return (
    <section class={`deadline ${d.passed ? 'passed' : ''}`} aria-labelledby="first">
      <h2 id="first">{t('stand.first')}</h2>
      <p class="what">{d.what}</p>
      <p class="day">
        {d.words}, {d.weekday}
      </p>
      <p class="left">
        {d.left}
        {d.sure ? '' : `; ${t('stand.notsure')}`}
      </p>
      {stay && v.rule?.verify ? <p class="verify">{v.rule.verify}</p> : null}
      {d.passed ? <p>{t('stand.passed')}</p> : null}
      <TheirDay country={stay ? v.place : undefined} day={d.day} />
    </section>
  );
}

type Work = { readonly to: Screen; readonly name: string; readonly says: string };

/** What may be done, the most useful first: telling where one is while the last day hangs on it, else the plans. */
function tasks(state: State, o: Overview | undefined, left: number, blank: boolean): readonly Work[] {
  const next: Work = {
    to: { s: 'next' },
    name: t('task.questions'),
    says: o ? t('task.questions.state', { n: left }) : '',
  };
  const plans: Work = { to: { s: 'plans' }, name: t('task.plans'), says: t('task.plans.state') };
  const task = (s: 'changes' | 'take' | 'law' | 'keep' | 'about'): Work => ({
    to: { s },
    name: t(`task.${s}`),
    says: '',
  });
  return [
    ...(blank ? [next, plans] : [plans, next]),
    {
      to: { s: 'routes' },
      name: t('task.routes'),
      says: o ? t('ask.routes', { yes: o.yes, elsewhere: o.elsewhere, unknown: o.unknown, no: o.no }) : '',
    },
    task('changes'),
    {
      to: { s: 'summary' },
      name: t('task.summary'),
      says: t('task.summary.state', { n: Object.keys(state.answers).length }),
    },
    task('take'),
    task('law'),
    task('keep'),
    { to: { s: 'screening' }, name: t('task.screening'), says: t('task.screening.state') },
    { to: { s: 'vault' }, name: t('task.vault'), says: t('task.vault.state') },
    task('about'),
  ];
}

function Tasks({ list }: { readonly list: readonly Work[] }) {
  const { go } = useApp();
  return (
    <nav class="tasks" aria-label={t('stand.next')}>
      {list.map((x, i) => (
        <button
          key={x.to.s}
          type="button"
          class={`task ${i === 0 ? 'main' : ''}`}
          data-task={x.to.s}
          onClick={() => go(x.to)}
        >
          <span class="name">{x.name}</span>
          {x.says ? <span class="state">{x.says}</span> : null}
        </button>
      ))}
    </nav>
  );
}
