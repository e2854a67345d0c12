/** One plan in full: its legs as a list, which is the truth, a timeline and a map drawn from the same. */
import { useApp } from '../context.ts';
import type { LegView, PlanView } from '../engine/plan-view.ts';
import { WorldMapFigure } from '../map/figure.tsx';
import { Button, Careful, Dangers, Go, PleaseNote, Sources, Title, Troubles } from '../parts/basics.tsx';
import { useSlices } from '../parts/slowly.tsx';
import { Timeline } from '../parts/timeline.tsx';
import { t } from '../words.ts';
import { placeOf, usePlans } from './use-plans.ts';

export function PlanScreen({ id }: { readonly id: string }) {
  const call = usePlans();
  const answer = call.value;
  const plans = answer?.ok ? answer.value.plans : [];
  const n = placeOf(plans, id);
  const p = plans[n];
  if (answer && !answer.ok)
    return (
      <>
        <Title>{t('plans.title')}</Title>
        <Troubles list={answer.trouble} />
      </>
    );
  if (!p)
    return (
      <>
        <Title>{t('plans.title')}</Title>
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
      {p.before ? <p role="status">{t(call.busy ? 'plan.before' : 'plan.before.stopped')}</p> : null}
      <PlanBody p={p} />
    </>
  );
}

/** @param paper everything is shown, for nothing opens on paper */
export function PlanBody({ p, paper = false }: { readonly p: PlanView; readonly paper?: boolean }) {
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
      <FamilyLines list={p.family} />
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
            <Leg l={l} at={i} paper={paper} />
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
              step({ t: 'chosen', id: p.id });
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

function Leg({ l, at, paper }: { readonly l: LegView; readonly at: number; readonly paper: boolean }) {
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
      <Dangers list={l.dangers} unfolded={paper} />
      <FamilyLines list={l.family} />
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
      {l.help.length ? (
        <>
          <p class="helps">
            <strong>{t('plan.help')}</strong>
          </p>
          <ul class="index">
            {l.help.map((h) => (
              <li key={h.id}>
                <Go to={{ s: 'provision', id: h.id }}>{h.title}</Go>
                {h.old ? <span class="verify"> ({t('plan.help.old')})</span> : null}
              </li>
            ))}
          </ul>
        </>
      ) : null}
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

/** What a plan or a step of it is for the family. */
function FamilyLines({ list }: { readonly list: PlanView['family'] }) {
  return list.map((x) =>
    x.grave ? (
      <Careful key={x.says} grave>
        <p>{x.says}</p>
      </Careful>
    ) : (
      <p key={x.says}>{x.says}</p>
    ),
  );
}

/** The days and steps of a plan on one page, for paper: to be ticked off. */
export function Glance({ p }: { readonly p: PlanView }) {
  return (
    <section class="glance">
      <h2>{t('plan.glance')}</h2>
      <p>{t('plan.glance.words')}</p>
      <ol>
        {p.legs.map((l, i) => (
          <li key={i}>
            <span aria-hidden="true">☐</span> <strong>{l.dayWords}</strong>, {l.weekday}: {l.does}
          </li>
        ))}
      </ol>
    </section>
  );
}
