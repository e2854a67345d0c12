/** Where I stand: the next deadline first, then what may be done. The page's home once a case is begun. */
import { useApp } from '../context.ts';
import type { Deadline } from '../engine/stand-view.ts';
import { Answered, Careful, Go, PleaseNote, Sources, Title } from '../parts/basics.tsx';
import { TheirDay } from '../parts/their-day.tsx';
import { settled } from '../state/answers.ts';
import { useCall } from '../use-call.ts';
import { t } from '../words.ts';

export function Stand() {
  const { ask, quick, state } = useApp();
  const stand = useCall(quick, 'stand', ask);
  const overview = useCall(quick, 'overview', ask);
  const o = overview.value?.ok ? overview.value.value : undefined;
  const left = o?.ask.filter((x) => !settled(state.answers, x.fact)).length ?? 0;
  return (
    <>
      <Title>{t('stand.title')}</Title>
      <Answered call={stand}>
        {(v) => {
          const first = v.deadlines[0];
          return (
            <>
              {first ? <First d={first} place={v.place} /> : null}
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
                  {v.rule?.verify ? <span class="verify">{v.rule.verify}</span> : null}
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
              <h2>{t('stand.next')}</h2>
              <nav class="tasks" aria-label={t('stand.next')}>
                <Task
                  to={{ s: 'next' }}
                  name={t('task.questions')}
                  state={o ? t('task.questions.state', { n: left }) : ''}
                  main={v.missing.length > 0}
                />
                <Task
                  to={{ s: 'plans' }}
                  name={t('task.plans')}
                  state={t('task.plans.state')}
                  main={v.missing.length === 0}
                />
                <Task
                  to={{ s: 'routes' }}
                  name={t('task.routes')}
                  state={o ? t('ask.routes', { yes: o.yes, elsewhere: o.elsewhere, unknown: o.unknown, no: o.no }) : ''}
                />
                <Task to={{ s: 'changes' }} name={t('task.changes')} state="" />
                <Task
                  to={{ s: 'summary' }}
                  name={t('task.summary')}
                  state={t('task.summary.state', { n: Object.keys(state.answers).length })}
                />
                <Task to={{ s: 'take' }} name={t('task.take')} state="" />
                <Task to={{ s: 'law' }} name={t('task.law')} state="" />
                <Task to={{ s: 'keep' }} name={t('task.keep')} state="" />
                <Task to={{ s: 'screening' }} name={t('task.screening')} state={t('task.screening.state')} />
                <Task to={{ s: 'vault' }} name={t('task.vault')} state={t('task.vault.state')} />
                <Task to={{ s: 'about' }} name={t('task.about')} state="" />
              </nav>
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
              {v.dangers.length ? (
                <>
                  <h2>{t('stand.dangers')}</h2>
                  {v.dangers.map((d) => (
                    <Careful key={d.id} grave={d.concerns}>
                      <p>{d.says}</p>
                      {d.advice.map((a) => (
                        <p key={a}>{a}</p>
                      ))}
                    </Careful>
                  ))}
                </>
              ) : null}
              {v.help.length ? (
                <>
                  <h2>{t('stand.help')}</h2>
                  {v.help.map((h) => (
                    <section key={h.id} class="box">
                      <h3>
                        <Go to={{ s: 'provision', id: h.id }}>{h.title}</Go>
                      </h3>
                      {h.says ? <p>{h.says}</p> : null}
                      {h.old ? <p class="verify">{t('stand.help.old')}</p> : null}
                      {h.url ? <p class="address">{h.url}</p> : null}
                    </section>
                  ))}
                </>
              ) : null}
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
            </>
          );
        }}
      </Answered>
    </>
  );
}

function First({ d, place }: { readonly d: Deadline; readonly place: string | undefined }) {
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
      {d.passed ? <p>{t('stand.passed')}</p> : null}
      <TheirDay country={d.kind === 'stay' ? place : undefined} day={d.day} />
    </section>
  );
}

function Task(p: {
  readonly to: Parameters<typeof Go>[0]['to'];
  readonly name: string;
  readonly state: string;
  readonly main?: boolean;
}) {
  const { go } = useApp();
  return (
    <button type="button" class={`task ${p.main ? 'main' : ''}`} onClick={() => go(p.to)}>
      <span class="name">{p.name}</span>
      {p.state ? <span class="state">{p.state}</span> : null}
    </button>
  );
}
