/** Every route as open, unknown or closed, with the reason; and one route in full. */

import { useMemo, useState } from 'preact/hooks';
import { inOrder } from '../../answers/order.ts';
import { useApp } from '../context.ts';
import type { CheckRow } from '../engine/check-view.ts';
import { Answered, Careful, Go, PleaseNote, Sources, Title } from '../parts/basics.tsx';
import { Check, Choice } from '../parts/inputs.tsx';
import { Slowly } from '../parts/slowly.tsx';
import { passes } from '../state/filter.ts';
import { NO_FILTER } from '../state/reducer.ts';
import { useCall } from '../use-call.ts';
import { t } from '../words.ts';

/** Steps of the filters: euro, days. */
const FEES = [0, 100, 250, 500];
const DAYS = [14, 31, 93, 184];

export function Routes() {
  const { ask, quick } = useApp();
  const call = useCall(quick, 'routes', ask);
  return (
    <>
      <Title>{t('routes.title')}</Title>
      <p class="lead">{t('routes.lead')}</p>
      <Answered call={call}>{(rows) => <Found rows={rows} />}</Answered>
    </>
  );
}

function Found({ rows }: { readonly rows: readonly CheckRow[] }) {
  const { state, step } = useApp();
  const f = state.filter;
  const places = useMemo(
    () => [...new Map(rows.map((r) => [r.jurisdiction, r.country]))].sort((a, b) => inOrder(state.lang)(a[1], b[1])),
    [rows],
  );
  // The same arrays while neither the answer nor the filter changes: what is drawn of them stays.
  const { n, yes, elsewhere, unknown, no } = useMemo(() => {
    const shown = rows.filter((r) => passes(r, f));
    const of = (o: CheckRow['outcome']) => shown.filter((r) => r.outcome === o);
    return {
      n: shown.length,
      yes: of('yes'),
      elsewhere: of('elsewhere'),
      unknown: of('unknown'),
      no: of('no').sort((a, b) => (a.effort ?? Number.POSITIVE_INFINITY) - (b.effort ?? Number.POSITIVE_INFINITY)),
    };
  }, [rows, f]);
  return (
    <>
      <fieldset class="filters noprint">
        <legend>{t('filter.title')}</legend>
        <Choice
          label={t('filter.country')}
          value={f.country}
          set={(country) => step({ t: 'filter', filter: { country } })}
          options={[['', t('filter.all')], ...places]}
        />
        <Choice
          label={t('filter.outcome')}
          value={f.outcome}
          set={(outcome) => step({ t: 'filter', filter: { outcome } })}
          options={[
            ['', t('filter.all')],
            ...(['yes', 'elsewhere', 'unknown', 'no'] as const).map((o) => [o, t(`outcome.${o}`)] as const),
          ]}
        />
        <Choice
          label={t('filter.fee')}
          value={f.fee === undefined ? '' : String(f.fee)}
          set={(v) => step({ t: 'filter', filter: { fee: v === '' ? undefined : Number(v) } })}
          options={[['', t('filter.any')], ...FEES.map((n) => [String(n), t('filter.upto', { n })] as const)]}
        />
        <Choice
          label={t('filter.time')}
          value={f.days === undefined ? '' : String(f.days)}
          set={(v) => step({ t: 'filter', filter: { days: v === '' ? undefined : Number(v) } })}
          options={[['', t('filter.any')], ...DAYS.map((n) => [String(n), t('filter.days', { n })] as const)]}
        />
        <Check checked={f.work} set={(work) => step({ t: 'filter', filter: { work } })}>
          {t('filter.work')}
        </Check>
      </fieldset>
      <p role="status">
        {t('routes.count', { n, all: rows.length })}
        {JSON.stringify(f) === JSON.stringify(NO_FILTER) ? null : (
          <button type="button" class="b link" onClick={() => step({ t: 'filter', filter: NO_FILTER })}>
            {t('filter.clear')}
          </button>
        )}
      </p>
      <Group name="yes" rows={yes} open />
      {elsewhere.length ? <Group name="elsewhere" rows={elsewhere} open={false} /> : null}
      <Group name="unknown" rows={unknown} open={unknown.length <= 12} />
      <Group name="no" rows={no} open={false} />
      {f.country === '' ? null : <Gaps code={f.country} />}
      <p>
        <Go to={{ s: 'law' }}>{t('routes.coverage')}</Go>
      </p>
      <PleaseNote />
    </>
  );
}

/** What is not known here of the country that was chosen: beside its routes, so that nobody takes them for all there are. */
function Gaps({ code }: { readonly code: string }) {
  const { ask, quick } = useApp();
  const v = useCall(quick, 'country', { lang: ask.lang, on: ask.on, code }).value;
  if (!v || v.code !== code || v.gaps.length === 0) return null;
  return (
    <section class="box">
      <h2 class="h3">
        {v.name}: {t('law.gaps')}
      </h2>
      <ul>
        {v.gaps.map((g) => (
          <li key={g}>{g}</li>
        ))}
      </ul>
    </section>
  );
}

function Group(p: { readonly name: CheckRow['outcome']; readonly rows: readonly CheckRow[]; readonly open: boolean }) {
  const [open, set] = useState(p.open);
  return (
    <details class={`group ${p.name}`} open={open} onToggle={(e) => set((e.target as HTMLDetailsElement).open)}>
      <summary>
        <h2>
          <Outcome is={p.name} /> <span class="count">{p.rows.length}</span>
        </h2>
        <span class="hint">{t(`routes.${p.name}`)}</span>
      </summary>
      {p.rows.length === 0 ? <p>{t('routes.none')}</p> : null}
      <ul class="cards">{open ? <Slowly list={p.rows} item={card} /> : null}</ul>
    </details>
  );
}

const card = (r: CheckRow) => (
  <li key={r.id} data-route={r.id}>
    <Row r={r} />
  </li>
);

function Row({ r }: { readonly r: CheckRow }) {
  return (
    <article>
      <h3>
        <Go to={{ s: 'route', id: r.id }}>{r.title}</Go>
      </h3>
      {r.outcome === 'no' ? null : <p>{r.decision}</p>}
      {r.line ? <p>{r.line}</p> : null}
      {r.nearest ? <p>{r.nearest}</p> : null}
      {r.verify ? <p class="verify">{r.verify}</p> : null}
      <p class="muted">
        {r.fee}
        {r.days === undefined ? '' : ` ${r.time}`}
      </p>
    </article>
  );
}

const MARKS = { yes: '●', elsewhere: '◍', unknown: '◐', no: '○' } as const;

/** An outcome by its word and a shape; the colour only says it again. */
export function Outcome({ is }: { readonly is: CheckRow['outcome'] }) {
  return (
    <span class={`outcome ${is}`}>
      <span aria-hidden="true">{MARKS[is]}</span> {t(`outcome.${is}`)}
    </span>
  );
}

export function RouteScreen({ id }: { readonly id: string }) {
  const { ask, quick } = useApp();
  const call = useCall(quick, 'route', { ...ask, id });
  return (
    <Answered call={call} waiting={<Title>…</Title>}>
      {(r) =>
        !r || r.id !== id ? (
          <Title>…</Title>
        ) : (
          <>
            <Title>{r.title}</Title>
            <p class="lead">
              <Outcome is={r.outcome} />
              {r.native ? <span class="native"> {r.native}</span> : null}
            </p>
            <p>{r.decision}</p>
            {r.verify ? <p class="verify">{r.verify}</p> : null}
            <h2>{t('route.why')}</h2>
            <ul class="reasons">
              {r.reasons.map((x, i) => (
                <li key={i} class={`depth${Math.min(x.depth, 3)} ${x.outcome}`}>
                  <span class="mark">{t(`mark.${x.outcome}`)}</span>
                  <span>
                    {x.says}
                    {x.judged ? ` (${t('route.judged')})` : ''}
                    {x.cites.map((n) => (
                      <a key={n} class="cite" href={`#r${n}`} onClick={openSources}>
                        [{n}]
                      </a>
                    ))}
                  </span>
                </li>
              ))}
            </ul>
            {r.missingLine ? (
              <Careful>
                <p>{r.missing.length ? t('route.missing') : r.missingLine}</p>
                {r.missing.length ? (
                  <ul class="plain">
                    {r.missing.map((m) => (
                      <li key={m.fact}>
                        <Go to={{ s: 'ask', fact: m.fact }}>{m.label}</Go>
                      </li>
                    ))}
                  </ul>
                ) : null}
              </Careful>
            ) : null}
            {r.nearestAll.length ? (
              <>
                <h2>{t('route.nearest')}</h2>
                <ul>
                  {r.nearestAll.map((n) => (
                    <li key={n}>{n}</li>
                  ))}
                </ul>
              </>
            ) : null}
            <h2>{t('route.how')}</h2>
            {r.filing ? <p>{r.filing}</p> : null}
            {r.doubts.map((d) => (
              <p key={d}>{d}</p>
            ))}
            <p>{r.fee}</p>
            <p>{r.time}</p>
            {r.warns.map((w) => (
              <Careful key={w}>
                <p>
                  {t('route.warn')} {w}
                </p>
              </Careful>
            ))}
            {r.practice.map((p) => (
              <p key={p.says}>
                {t('route.practice')} {p.says} ({p.period})
              </p>
            ))}
            {r.bring.length ? (
              <>
                <h2>{t('route.bring')}</h2>
                <ul>
                  {r.bring.map((b) => (
                    <li key={b}>{b}</li>
                  ))}
                </ul>
              </>
            ) : null}
            {r.notes.length ? (
              <>
                <h2>{t('route.notes')}</h2>
                <ul>
                  {r.notes.map((n) => (
                    <li key={n}>{n}</li>
                  ))}
                </ul>
              </>
            ) : null}
            <p>
              <Go to={{ s: 'provision', id: r.id }}>{t('route.law')}</Go>
            </p>
            <Sources list={r.sources} prefix="r" />
            <PleaseNote />
          </>
        )
      }
    </Answered>
  );
}

/** A mark of a source opens the list it points into; the address of the page stays as it is. */
function openSources(e: Event): void {
  e.preventDefault();
  const to = (e.currentTarget as HTMLAnchorElement).getAttribute('href')?.slice(1);
  const item = to ? document.getElementById(to) : null;
  const list = item?.closest('details');
  if (list) list.open = true;
  item?.setAttribute('tabindex', '-1');
  item?.focus();
}
