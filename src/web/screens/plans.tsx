/** Plans side by side; one in full: its legs as a list, which is the truth, a timeline and a map drawn from the same. */

import { useState } from 'preact/hooks';
import type { Goal } from '../../plan/types.ts';
import { useApp } from '../context.ts';
import type { LegView, PlansView, PlanView } from '../engine/plan-view.ts';
import { WorldMapFigure } from '../map/figure.tsx';
import { Broken, Button, Careful, Go, PleaseNote, Sources, Title, Troubles } from '../parts/basics.tsx';
import { useSlices } from '../parts/slowly.tsx';
import { Timeline } from '../parts/timeline.tsx';
import { useCall } from '../use-call.ts';
import { t } from '../words.ts';

/** Plans as they are found: what is known so far is shown while the search goes on. */
export function usePlans() {
  const { ask, planner, state } = useApp();
  const call = useCall(planner, 'plans', { ...ask, goal: state.goal, avoid: state.avoid }, true);
  const [stopped, stop] = useState(false);
  return {
    ...call,
    stopped: stopped && !call.busy,
    cancel: () => {
      stop(true);
      call.cancel();
    },
    again: () => {
      stop(false);
      call.again();
    },
  };
}

const GOALS: readonly Goal[] = [
  { kind: 'permanent' },
  { kind: 'protection' },
  { kind: 'citizenship' },
  { kind: 'years', years: 1 },
  { kind: 'years', years: 3 },
];

export function Plans() {
  const { state, step } = useApp();
  const call = usePlans();
  const answer = call.value;
  const value = answer?.ok ? answer.value : undefined;
  const goalKey = (g: Goal) => (g.kind === 'years' ? `years${g.years}` : g.kind);
  return (
    <>
      <Title>{t('plans.title')}</Title>
      <div class="filters noprint">
        <label>
          <span>{t('plans.goal')}</span>
          <select
            value={goalKey(state.goal)}
            onChange={(e) => {
              const found = GOALS.find((g) => goalKey(g) === (e.target as HTMLSelectElement).value);
              if (found) step({ t: 'goal', goal: found });
            }}
          >
            {GOALS.map((g) => (
              <option key={goalKey(g)} value={goalKey(g)}>
                {t(`goal.${goalKey(g)}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      {state.avoid.length ? <Avoided value={value} /> : null}
      {call.busy ? (
        <div class="box" role="status">
          <p>{value?.plans.length && !call.stale ? t('plans.more.coming') : t('plans.searching')}</p>
          <progress aria-label={t('plans.searching')} />
          <Button onClick={call.cancel}>{t('plans.stop')}</Button>
        </div>
      ) : null}
      {call.error ? <Broken why={call.error} /> : null}
      {call.stopped && !call.error ? (
        <div class="box">
          <p>{t('plans.stopped')}</p>
          <Button onClick={call.again}>{t('plans.again')}</Button>
        </div>
      ) : null}
      {answer && !answer.ok ? <Troubles list={answer.trouble} /> : null}
      {value && !(value.nothing && (call.busy || call.stopped)) ? (
        <div class={call.stale ? 'stale' : ''} aria-busy={call.stale}>
          <Front value={value} busy={call.busy} />
        </div>
      ) : null}
    </>
  );
}

function Avoided({ value }: { readonly value: PlansView | undefined }) {
  const { state, step } = useApp();
  const names = new Map(value?.countries.map((c) => [c.code, c.name]));
  const name = (code: string) =>
    names.get(code) ?? new Intl.DisplayNames([state.lang], { type: 'region' }).of(code.toUpperCase()) ?? code;
  return (
    <p class="noprint">
      {t('plans.avoided')}{' '}
      {state.avoid.map((code) => (
        <span key={code} class="chip">
          {name(code)}{' '}
          <button type="button" class="b link" onClick={() => step({ t: 'avoid', country: code, on: false })}>
            {t('plans.allow')}
            <span class="hidden"> {name(code)}</span>
          </button>
        </span>
      ))}
    </p>
  );
}

const ORDERS = {
  plan: () => 0,
  days: (p: PlanView) => p.facts.days,
  discretion: (p: PlanView) => p.facts.discretion,
  cost: (p: PlanView) => p.facts.costEur,
  danger: (p: PlanView) => p.facts.dangerDays,
} as const;
type Order = keyof typeof ORDERS;
/** As many as one can compare at once; the others are a step away. */
const FEW = 6;

function Front({ value, busy }: { readonly value: PlansView; readonly busy: boolean }) {
  const { step } = useApp();
  const [order, sort] = useState<Order>('plan');
  const [all, showAll] = useState(false);
  const rows = value.plans
    .map((p, n) => ({ p, n }))
    .sort((a, b) => ORDERS[order](a.p) - ORDERS[order](b.p) || a.n - b.n);
  if (value.nothing)
    return (
      <>
        <Since value={value} />
        <h2>{t('plans.none')}</h2>
        <p>{value.nothing.why}</p>
        <ul class="cards">
          {value.nothing.nearest.map((n) => (
            <li key={n.id}>
              <h3>
                <Go to={{ s: 'route', id: n.id }}>{n.title}</Go>
              </h3>
              {n.change ? <p>{n.change}</p> : null}
              {n.verify ? <p class="verify">{t('plans.verify', { day: n.verify })}</p> : null}
            </li>
          ))}
        </ul>
        <div class="actions">
          <Go to={{ s: 'next' }} look="main">
            {t('plans.more')}
          </Go>
          <Go to={{ s: 'routes' }} look="plain">
            {t('task.routes')}
          </Go>
        </div>
        <Nearer value={value} />
        <Own value={value} />
        <Uncovered value={value} />
        <PleaseNote />
      </>
    );
  return (
    <>
      <p class="lead">{t('plans.lead', { n: value.plans.length })}</p>
      <Since value={value} />
      <Own value={value} />
      {value.awaited ? <p>{value.awaited}</p> : null}
      {value.rare && !busy ? (
        <Careful grave>
          <p>{value.rare}</p>
          <p>
            <Go to={{ s: 'routes' }}>{t('task.routes')}</Go>
          </p>
        </Careful>
      ) : null}
      <Nearer value={value} />
      {value.complete || busy ? null : (
        <Careful>
          <p>{t('plans.incomplete')}</p>
        </Careful>
      )}
      {value.refused ? (
        <Careful>
          <p>{t('plans.refused', { n: value.refused })}</p>
        </Careful>
      ) : null}
      {value.plans.length > 2 ? (
        <div class="filters noprint">
          <label>
            <span>{t('plans.sort')}</span>
            <select value={order} onChange={(e) => sort((e.target as HTMLSelectElement).value as Order)}>
              {(Object.keys(ORDERS) as Order[]).map((o) => (
                <option key={o} value={o}>
                  {t(`sort.${o}`)}
                </option>
              ))}
            </select>
          </label>
        </div>
      ) : null}
      <table class="front">
        <caption class="hidden">{t('plans.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('front.plan')}</th>
            <th scope="col">{t('front.goalday')}</th>
            <th scope="col">{t('front.cost')}</th>
            <th scope="col">{t('front.moves')}</th>
            <th scope="col">{t('front.discretion')}</th>
            <th scope="col">{t('front.danger')}</th>
            <th scope="col">{t('front.refusal')}</th>
          </tr>
        </thead>
        <tbody>
          {(all ? rows : rows.slice(0, FEW)).map(({ p, n: i }) => (
            <tr key={i}>
              <th scope="row">
                <Go to={{ s: 'plan', n: i }}>
                  {t('plan.name', { n: i + 1 })}: {p.country}
                </Go>
                {p.grave ? <span class="tag grave">{t('front.grave')}</span> : null}
                {p.parts ? <span class="tag grave">{t('front.parts')}</span> : null}
                {p.onlyIf.length ? (
                  <span class="onlyif">
                    {t('front.onlyif')} {p.onlyIf.slice(0, 2).join('; ')}
                    {p.onlyIf.length > 2 ? ` ${t('front.andmore', { n: p.onlyIf.length - 2 })}` : ''}
                  </span>
                ) : null}
              </th>
              <td data-label={t('front.goalday')}>
                {p.goalDayWords} <span class="muted">({p.facts.time})</span>
              </td>
              <td data-label={t('front.cost')}>{p.facts.cost}</td>
              <td data-label={t('front.moves')}>{p.facts.moves}</td>
              <td data-label={t('front.discretion')}>{p.facts.discretion}</td>
              <td data-label={t('front.danger')}>{p.facts.danger}</td>
              <td data-label={t('front.refusal')}>{t(`front.after.${p.facts.survives}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > FEW && !all ? (
        <Button onClick={() => showAll(true)}>{t('plans.all', { n: rows.length - FEW })}</Button>
      ) : null}
      <p class="hint">{t('front.hint')}</p>
      <h2>{t('plans.avoid')}</h2>
      <p>{t('plans.avoid.words')}</p>
      <ul class="chips">
        {value.countries.map((c) => (
          <li key={c.code}>
            <Button look="link" onClick={() => step({ t: 'avoid', country: c.code, on: true })}>
              {t('plans.avoid.one', { name: c.name })}
            </Button>
          </li>
        ))}
      </ul>
      <p>
        <Go to={{ s: 'summary' }}>{t('plans.change')}</Go>
      </p>
      <Uncovered value={value} />
      <PleaseNote />
    </>
  );
}

/** What the last change did to the plans: folded, for the plans themselves come first. */
function Since({ value }: { readonly value: PlansView }) {
  if (value.since.length === 0) return null;
  return (
    <details>
      <summary>{t('plans.since')}</summary>
      <ul>
        {value.since.map((line) => (
          <li key={line.says}>
            {line.grave ? <strong>{line.says}</strong> : line.says}
            {line.more.map((x) => (
              <p key={x}>{x}</p>
            ))}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Where no plan is likely: goals that are sooner had, each a press away. */
function Nearer({ value }: { readonly value: PlansView }) {
  const { step } = useApp();
  if (!value.nearer) return null;
  return (
    <section>
      <h2>{t('plans.nearer')}</h2>
      <p>{value.nearer.lead}</p>
      <ul class="cards">
        {value.nearer.goals.map(({ goal, says: [title, ...rest] }) => (
          <li key={title}>
            <h3>{title}</h3>
            {rest.map((x) => (
              <p key={x}>{x}</p>
            ))}
            <Button onClick={() => step({ t: 'goal', goal })}>{t('plans.nearer.show')}</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Uncovered({ value }: { readonly value: PlansView }) {
  const [open, set] = useState(false);
  const n = useSlices(open ? value.uncovered.length : 0);
  if (value.uncovered.length === 0) return null;
  return (
    <details onToggle={(e) => set((e.target as HTMLDetailsElement).open)}>
      <summary>{t('plans.uncovered')}</summary>
      {value.uncovered.slice(0, n).map((c) => (
        <section key={c.country}>
          <h3>{c.country}</h3>
          <ul>
            {c.gaps.map((g) => (
              <li key={g}>{g}</li>
            ))}
          </ul>
        </section>
      ))}
    </details>
  );
}

export function PlanScreen({ n }: { readonly n: number }) {
  const call = usePlans();
  const answer = call.value;
  const p = answer?.ok ? answer.value.plans[n] : undefined;
  if (answer && !answer.ok)
    return (
      <>
        <Title>{t('plan.name', { n: n + 1 })}</Title>
        <Troubles list={answer.trouble} />
      </>
    );
  if (!p)
    return (
      <>
        <Title>{t('plan.name', { n: n + 1 })}</Title>
        <p role="status">{call.busy ? t('plans.searching') : t('plan.gone')}</p>
        <Go to={{ s: 'plans' }} look="plain">
          {t('plan.all')}
        </Go>
      </>
    );
  return (
    <>
      <Title>
        {t('plan.name', { n: n + 1 })}: {p.country}
      </Title>
      <PlanBody p={p} n={n} />
    </>
  );
}

export function PlanBody({ p, n }: { readonly p: PlanView; readonly n: number }) {
  const { step, go } = useApp();
  // Step by step: the first is there at once, what is drawn from them (timeline, map) comes last.
  const total = p.legs.length + 2;
  const parts = useSlices(total, 1, 1);
  return (
    <>
      <p class="lead">{t('plan.goalday', { day: p.goalDayWords })}</p>
      {p.grave ? (
        <Careful grave>
          <p>{p.grave}</p>
        </Careful>
      ) : null}
      {p.family.map((x) =>
        x.grave ? (
          <Careful key={x.says} grave>
            <p>{x.says}</p>
          </Careful>
        ) : (
          <p key={x.says}>{x.says}</p>
        ),
      )}
      {p.onlyIf.length ? (
        <Careful>
          <p>{t('plan.onlyif')}</p>
          <ul>
            {p.onlyIf.map((x) => (
              <li key={x}>{x}</li>
            ))}
          </ul>
        </Careful>
      ) : null}
      <ul>
        {p.summary.map((s) => (
          <li key={s}>{s}</li>
        ))}
      </ul>
      <h2>{t('plan.steps')}</h2>
      <ol class="legs">
        {p.legs.slice(0, parts).map((l, i) => (
          <li key={i}>
            <Leg l={l} at={i} />
          </li>
        ))}
      </ol>
      {p.assumes.length ? (
        <>
          <h2>{t('plan.assumes')}</h2>
          <p>{t('plan.assumes.words')}</p>
          <ul>
            {p.assumes.map((a) => (
              <li key={a.says}>
                {a.says}{' '}
                <span class="noprint">
                  <Go to={{ s: 'ask', fact: askable(a.fact) }}>{t('plan.answer')}</Go>
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {parts > p.legs.length ? <Timeline p={p} /> : null}
      {parts > p.legs.length + 1 ? <WorldMapFigure p={p} /> : null}
      {/* When all above is drawn: a button that moves while it is pressed is missed, or another is hit. */}
      {parts === total ? (
        <div class="actions noprint">
          <Button
            look="main"
            onClick={() => {
              step({ t: 'chosen', n });
              go({ s: 'take' });
            }}
          >
            {t('plan.take')}
          </Button>
          <Go to={{ s: 'plans' }} look="plain">
            {t('plan.all')}
          </Go>
        </div>
      ) : null}
      <PleaseNote />
    </>
  );
}

/** A fact of an offer is asked with its list. */
const askable = (fact: string): string => (fact.startsWith('offer.') ? 'offers' : fact);

function Leg({ l, at }: { readonly l: LegView; readonly at: number }) {
  return (
    <article>
      <h3>
        <span class="when">
          {l.dayWords}, {l.weekday}
        </span>{' '}
        <span class="does">{l.does}</span>
      </h3>
      {l.terms.map((x) => (
        <p key={x}>{x}</p>
      ))}
      {l.decision ? <p>{l.decision}</p> : null}
      {l.reason ? <p>{l.reason}</p> : null}
      {l.doubts.map((d) => (
        <p key={d}>
          <strong>{t('plan.doubt')}</strong> {d}
        </p>
      ))}
      {l.dangers.map((d) => (
        <Careful key={d.says} grave={d.concerns}>
          <p>{d.says}</p>
          {d.advice ? <p>{d.advice}</p> : null}
        </Careful>
      ))}
      {l.family.map((x) =>
        x.grave ? (
          <Careful key={x.says} grave>
            <p>{x.says}</p>
          </Careful>
        ) : (
          <p key={x.says}>{x.says}</p>
        ),
      )}
      {l.papers.length ? (
        <Careful grave={true}>
          {l.papers.map((x) => (
            <p key={x}>{x}</p>
          ))}
        </Careful>
      ) : null}
      {l.remarks.map((x) => (
        <p key={x}>{x}</p>
      ))}
      {l.fallback ? (
        <p class={`fallback ${l.fallback.none ? 'none' : ''}`}>
          {l.fallback.none ? <strong>{t('plan.noway')} </strong> : null}
          {l.fallback.says}
        </p>
      ) : null}
      {l.notes.length ? (
        <details>
          <summary>{t('plan.notes')}</summary>
          <ul>
            {l.notes.map((x) => (
              <li key={x}>{x}</li>
            ))}
          </ul>
        </details>
      ) : null}
      {l.old ? <p class="verify">{l.old}</p> : null}
      {l.provision ? (
        <p class="noprint">
          <Go to={{ s: 'provision', id: l.provision }}>{t('route.law')}</Go>
        </p>
      ) : null}
      <Sources list={l.sources} prefix={`l${at}-`} />
    </article>
  );
}

/** Countries whose citizen the person is: a home without a permit, to which no plan leads. */
function Own({ value }: { readonly value: PlansView }) {
  return value.own.map(([first, ...rest]) => (
    <Careful key={first}>
      <p>
        <strong>{first}</strong>
      </p>
      {rest.map((words) => (
        <p key={words}>{words}</p>
      ))}
    </Careful>
  ));
}
