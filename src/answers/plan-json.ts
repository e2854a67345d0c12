/** The plan as the JSON of the contract: days as ISO texts, one object a plan. */
import { formatDay } from '../calendar/civil.ts';
import { type Because, type SourceRef, sourcesOf, verifyReasons } from '../check/because.ts';
import { plainValue } from '../check/plain.ts';
import type { LawBook } from '../law/book.ts';
import { fillText } from '../law/say.ts';
import type { Fallback } from '../plan/types.ts';
import type { Day, Text } from '../rules/ir.ts';
import { refusedOn } from './fallback-words.ts';
import { legHelp } from './leg-help.ts';
import { paperLimit } from './leg-papers.ts';
import { legRemarks } from './leg-remarks.ts';
import { ownCountries } from './own-countries.ts';
import type { PlanAnswer, WalkedPlan } from './plan-answer.ts';
import type { WalkedLeg } from './plan-legs.ts';
import { goalText, nothingWhy } from './plan-words.ts';
import type { Still } from './still.ts';
import { togetherJson } from './together-json.ts';
import type { WhyNot } from './why-not.ts';

/** The answer as `foothold plan --json` and the API give it. Days are ISO texts. */
export function planJson(book: LawBook, a: PlanAnswer, still?: Still): object {
  const own = ownCountries(book, a.start).map((o) => ({
    country: o.country,
    passport: o.passport,
    ...(o.passportUntil === undefined ? {} : { passportUntil: formatDay(o.passportUntil) }),
    dangers: o.dangers,
    freeMovement: o.union,
  }));
  return {
    on: formatDay(a.start.on),
    goal: goalText(a.goal),
    plans: a.plans.map((p) => onePlan(book, p, a.start.on)),
    ...(a.plans.length
      ? {}
      : {
          nothing: {
            kind: a.nothing ?? 'unreached',
            why: nothingWhy(a),
            nearest: a.nearest.map((r) => ({
              route: r.route,
              jurisdiction: r.jurisdiction,
              title: r.title,
              outcome: r.outcome,
              missing: r.missing,
              change: r.nearest[0]?.change ?? [],
              cost: r.nearest[0]?.cost ?? 0,
              verify: r.verify,
            })),
          },
        }),
    ...(a.nearer.length
      ? { nearer: a.nearer.map((n) => ({ goal: goalText(n.goal), plan: onePlan(book, n.plan, a.start.on) })) }
      : {}),
    ...(own.length ? { ownCountries: own } : {}),
    ...(a.shunned.length
      ? { shunned: a.shunned.map((x) => ({ country: x.country, dangers: x.dangers.map((p) => p.id) })) }
      : {}),
    complete: a.complete,
    completeOnTold: a.completeOnTold,
    ...(a.bound === undefined ? {} : { bound: a.bound }),
    ...(a.why ? { why: whyJson(a.why) } : {}),
    ...(still ? { against: stillJson(still) } : {}),
    ...(a.question ? { question: a.question } : {}),
    uncovered: a.uncovered.flatMap((c) =>
      c.missing.map((m) => ({ jurisdiction: c.jurisdiction, what: m.what, why: m.why })),
    ),
  };
}

/** Plans are named by their place, from 0: of the earlier answer as `plan`, of this one as `now` and `fresh`. */
function stillJson(still: Still): object {
  return {
    on: formatDay(still.on),
    plans: still.fates.map((f) => ({
      plan: f.n,
      stepsPast: f.past,
      outcome: f.kind,
      ...(f.kind === 'kept' ? { now: f.now, days: f.days } : {}),
      ...(f.kind === 'broken'
        ? {
            step: f.plan.steps.indexOf(f.why.step),
            day: formatDay(f.why.step.day),
            why: f.why.kind,
            ...(f.why.kind === 'closed' ? { because: f.why.because } : {}),
            ...(f.why.kind === 'no-stay' ? { until: f.why.until === undefined ? null : formatDay(f.why.until) } : {}),
          }
        : {}),
    })),
    fresh: still.fresh,
  };
}

function whyJson(w: WhyNot): object {
  return {
    target: w.target,
    plan: w.plan ? w.plan.metrics : null,
    beatenBy: w.beatenBy ?? null,
    complete: w.complete,
    routes: w.routes.map((r) => ({
      route: r.check.route,
      outcome: r.check.outcome,
      against: r.against,
      never: r.never,
      opens: r.opens ?? null,
      change: r.check.nearest[0]?.change ?? [],
    })),
  };
}

function onePlan(book: LawBook, { plan, legs, together }: WalkedPlan, today: Day): object {
  return {
    legs: legs.map((l, i) => oneLeg(book, l, i === 0, today)),
    metrics: plan.metrics,
    assumes: [...new Set(plan.assumes.map((x) => x.fact))],
    assumed: plan.assumes.map((x) => ({
      fact: x.fact,
      jurisdiction: x.jurisdiction,
      value: x.value === undefined ? null : plainValue(x.value, book.schema.facts.get(x.fact)?.type, book.schema),
      usual: x.usual === true,
    })),
    survivesAnyOneRefusal: plan.survivesAnyOneRefusal,
    ...(plan.weakest === undefined ? {} : { weakest: plan.weakest }),
    beaten: plan.beaten === true,
    ...(plan.ends?.as === 'visitor'
      ? { endsAsVisitor: { until: plan.ends.until === undefined ? null : formatDay(plan.ends.until) } }
      : {}),
    ...(plan.short
      ? {
          short: {
            leg: plan.short.leg,
            by: `${plan.short.by.amount} ${plan.short.by.currency}`,
            income: plan.short.income === true,
          },
        }
      : {}),
    ...(plan.rare ? { rare: true } : {}),
    ...(together ? { family: togetherJson(book, together) } : {}),
  };
}

function oneLeg(book: LawBook, w: WalkedLeg, first: boolean, today: Day): object {
  const { leg } = w;
  const limit = paperLimit(book, w);
  const because: Because[] = w.reasons.flatMap((r) => r.because);
  return {
    move: leg.kind,
    ...(leg.kind === 'enter'
      ? { country: leg.country, under: leg.under }
      : { route: leg.route, ...(leg.kind === 'file' ? { place: leg.place } : {}) }),
    title: w.provision ? ({ en: w.provision.title.en, ru: w.provision.title.ru } satisfies Text) : null,
    jurisdiction: leg.jurisdiction,
    day: formatDay(leg.day),
    ...(leg.until !== undefined ? { until: formatDay(leg.until) } : {}),
    // Entering is asked of a border guard, not applied for: there is no decision to name.
    decision: leg.decision ?? null,
    because,
    ...(leg.fallback ? { fallback: fallbackJson(leg.fallback, refusedOn(w)?.here === true) } : {}),
    dangers: leg.dangers.map((d) => {
      const p = book.provisions.get(d.provision);
      return {
        provision: d.provision,
        outcome: d.outcome === true ? 'yes' : 'unknown',
        says: p ? fillText(p.says ?? p.title, p, leg.day) : null,
        verifiedOn: p ? formatDay(p.verified.on) : null,
        verify: p ? leg.day > p.expires : true,
      };
    }),
    help: legHelp(book, w, first, today).map(({ provision: p, old }) => ({
      provision: p.id,
      title: fillText(p.title, p, leg.day),
      what: p.what ?? null,
      contact: p.contact ?? null,
      verifiedOn: formatDay(p.verified.on),
      verify: old,
    })),
    remarks: legRemarks(w),
    ...(limit
      ? {
          papers: {
            until: formatDay(limit.until),
            over: limit.over,
            renewals: limit.renewals.map((r) => ({ route: r.route.id, open: r.open === true ? 'yes' : 'unknown' })),
          },
        }
      : {}),
    assumes: leg.assumes.map((x) => x.fact),
    doubts: leg.doubts,
    verify:
      verifyReasons(w.reasons, leg.day).length > 0 || (w.provision !== undefined && leg.day > w.provision.expires),
    sources: legSources(book, w),
  };
}

/** The sources of a leg: of its reasons, of the route itself, and of the dangers it names. */
export function legSources(book: LawBook, w: WalkedLeg): SourceRef[] {
  const out = new Map<string, SourceRef>();
  for (const s of w.provision ? sourcesOf(w.reasons, w.provision.id) : []) out.set(`${s.provision}#${s.id}`, s);
  const own = w.provision;
  if (own && out.size === 0)
    for (const id of own.verified.against) {
      const source = own.sources[id];
      if (source) out.set(`${own.id}#${id}`, { id, provision: own.id, ...source });
    }
  for (const d of w.leg.dangers) {
    const p = book.provisions.get(d.provision);
    for (const id of p?.verified.against ?? []) {
      const source = p?.sources[id];
      if (p && source) out.set(`${p.id}#${id}`, { id: `${p.id}#${id}`, provision: p.id, ...source });
    }
  }
  return [...out.values()];
}

function fallbackJson(f: Fallback, mayEndStay: boolean): object {
  return {
    on: formatDay(f.on),
    lawfulUntil: f.lawfulUntil === undefined ? null : formatDay(f.lawfulUntil),
    // Asked for where one is, the refusal itself may end the stay before that day.
    refusalMayEndStay: mayEndStay,
    none: f.none,
    steps: f.steps.map((x) => ({
      move: x.kind,
      day: formatDay(x.day),
      ...(x.kind === 'enter' ? { country: x.country, under: x.under } : { route: x.route }),
    })),
  };
}
