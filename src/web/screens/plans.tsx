/** Plans side by side: time, cost, steps, discretion, danger; found while one looks on, and found anew without a country or with another goal. */
import { useState } from 'preact/hooks';
import { countryName } from '../../answers/countries.ts';
import type { Goal } from '../../plan/types.ts';
import { useApp } from '../context.ts';
import type { PlansView, PlanView } from '../engine/plan-view.ts';
import { Broken, Button, Careful, Go, PleaseNote, Title, Troubles, toTitle } from '../parts/basics.tsx';
import { Choice } from '../parts/inputs.tsx';
import { Slowly } from '../parts/slowly.tsx';
import { t } from '../words.ts';
import { usePlans } from './use-plans.ts';

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
  const kept = value?.plans.some((p) => p.before);
  const goalKey = (g: Goal) => (g.kind === 'years' ? `years${g.years}` : g.kind);
  return (
    <>
      <Title>{t('plans.title')}</Title>
      <div class="filters noprint">
        <Choice
          label={t('plans.goal')}
          value={goalKey(state.goal)}
          set={(key) => {
            const found = GOALS.find((g) => goalKey(g) === key);
            if (found) step({ t: 'goal', goal: found });
          }}
          options={GOALS.map((g) => [goalKey(g), t(`goal.${goalKey(g)}`)])}
        />
      </div>
      {state.avoid.length ? <Avoided /> : null}
      {call.busy ? (
        <div class="box" role="status">
          <p>{t(!value?.plans.length || call.stale ? 'plans.searching' : kept ? 'plans.kept' : 'plans.more.coming')}</p>
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

/** What plans make of entry bans that were told. */
function Banned({ value }: { readonly value: PlansView }) {
  if (!value.banned) return null;
  return (
    <Careful>
      <p>{value.banned}</p>
    </Careful>
  );
}

/** For whoever told of danger and looks at another goal: that protection is one, and its plans a press away. */
function Fear({ value }: { readonly value: PlansView }) {
  const { step } = useApp();
  if (!value.fear) return null;
  return (
    <Careful>
      <p>{value.fear}</p>
      <div class="actions">
        <Button onClick={() => step({ t: 'goal', goal: { kind: 'protection' } })}>{t('plans.fear.show')}</Button>
      </div>
    </Careful>
  );
}

function Avoided() {
  const { state, step } = useApp();
  const name = (code: string) => countryName(code, state.lang);
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
  const [order, sort] = useState<Order>('plan');
  const [all, showAll] = useState(false);
  const rows = value.plans
    .map((p, n) => ({ p, n }))
    .sort((a, b) => ORDERS[order](a.p) - ORDERS[order](b.p) || a.n - b.n);
  const seen = all ? rows : rows.slice(0, FEW);
  // The countries of the plans in sight; those of the others are a press away.
  const near = new Set(seen.flatMap(({ p }) => p.path));
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
        <Fear value={value} />
        <Banned value={value} />
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
      {value.little ? (
        <Careful grave>
          <p>{value.little}</p>
        </Careful>
      ) : null}
      <Fear value={value} />
      <Banned value={value} />
      {value.awaited ? <p>{value.awaited}</p> : null}
      {value.shunned ? (
        <Careful grave>
          <p>{value.shunned.lead}</p>
          <ul>
            {value.shunned.rows.map((x) => (
              <li key={x}>{x}</li>
            ))}
          </ul>
        </Careful>
      ) : null}
      {value.rare && !busy ? (
        <Careful grave>
          <p>{value.rare}</p>
          <p>
            <Go to={{ s: 'routes' }}>{t('task.routes')}</Go>
          </p>
        </Careful>
      ) : null}
      <Nearer value={value} />
      {value.lookedAt === undefined || busy ? null : (
        <Careful>
          <p>{value.lookedAt}</p>
        </Careful>
      )}
      {value.refused ? (
        <Careful>
          <p>{t('plans.refused', { n: value.refused })}</p>
        </Careful>
      ) : null}
      {value.plans.length > 2 ? (
        <div class="filters noprint">
          <Choice
            label={t('plans.sort')}
            value={order}
            set={sort}
            options={(Object.keys(ORDERS) as Order[]).map((o) => [o, t(`sort.${o}`)])}
          />
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
          {seen.map(({ p, n: i }) => (
            <tr key={p.id}>
              <th scope="row">
                <Go to={{ s: 'plan', id: p.id }}>
                  {t('plan.name', { n: i + 1 })}: {p.country}
                </Go>
                {p.before ? <span class="tag">{t('front.before')}</span> : null}
                {p.grave ? <span class="tag grave">{t('front.grave')}</span> : null}
                {p.parts ? <span class="tag grave">{t('front.parts')}</span> : null}
                {p.apart ? <span class="tag">{t('front.apart')}</span> : null}
                {p.onlyIf.length ? (
                  <span class="onlyif">
                    {t('front.onlyif')} {p.onlyIf.slice(0, 2).join('; ')}
                    {p.onlyIf.length > 2 ? `; ${t('front.andmore', { n: p.onlyIf.length - 2 })}` : ''}
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
      <Without list={value.countries.filter((c) => near.has(c.code))} />
      {value.countries.some((c) => !near.has(c.code)) ? (
        <details>
          <summary>{t('plans.avoid.others')}</summary>
          <Without list={value.countries.filter((c) => !near.has(c.code))} />
        </details>
      ) : null}
      <p>
        <Go to={{ s: 'summary' }}>{t('plans.change')}</Go>
      </p>
      <Uncovered value={value} />
      <PleaseNote />
    </>
  );
}

/** A press for each country to be left out. */
function Without({ list }: { readonly list: PlansView['countries'] }) {
  const { step } = useApp();
  return (
    <ul class="chips">
      {list.map((c) => (
        <li key={c.code}>
          <Button
            look="link"
            onClick={() => {
              step({ t: 'avoid', country: c.code, on: true });
              // What it did is to be seen above.
              scrollTo(0, 0);
              toTitle();
            }}
          >
            {c.without}
          </Button>
        </li>
      ))}
    </ul>
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
  if (value.uncovered.length === 0) return null;
  return (
    <details onToggle={(e) => set((e.target as HTMLDetailsElement).open)}>
      <summary>{t('plans.uncovered')}</summary>
      {open ? <Slowly list={value.uncovered} item={gaps} /> : null}
    </details>
  );
}

const gaps = (c: PlansView['uncovered'][number]) => (
  <section key={c.country}>
    <h3>{c.country}</h3>
    <ul>
      {c.gaps.map((g) => (
        <li key={g}>{g}</li>
      ))}
    </ul>
  </section>
);

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
