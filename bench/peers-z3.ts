/**
 * A world of the benchmark for z3, as SMT-LIB: exact days as integers, one event a step, the costs as objectives, and z3's own
 * Pareto mode. What makes it fair stands in `docs/benchmarks.md`.
 */
import { init } from 'z3-solver';
import { type Peer, type PeerLimits, reachable } from './peers-shared.ts';
import type { Land, Permit } from './plan-worlds.ts';

const sum = (xs: readonly string[]): string => (xs.length ? `(+ 0 ${xs.join(' ')})` : '0');
const any = (xs: readonly string[]): string => (xs.length ? `(or false ${xs.join(' ')})` : 'false');
const all = (xs: readonly string[]): string => `(and true ${xs.join(' ')})`;

/** The assertions of a world. At most two entries fit beside the two applications that a goal takes: only the first country is ever entered again. */
export function smt(lands: readonly Land[], limits: PeerLimits): string {
  const { permits, homes } = reachable(lands, limits);
  const out: string[] = [];
  const say = (x: string): void => void out.push(x);
  const must = (x: string): void => say(`(assert ${x})`);
  const bool = (name: string): string => {
    say(`(declare-const ${name} Bool)`);
    return name;
  };
  const int = (name: string, low: number, high: number): string => {
    say(`(declare-const ${name} Int)`);
    must(`(<= ${low} ${name} ${high})`);
    return name;
  };
  const K = 2 * limits.moves;
  const steps = Array.from({ length: K }, (_, i) => i + 1);
  const C = lands.map((_, i) => i);
  const R = [...permits, ...homes];
  const isHome = (r: number): boolean => r >= permits.length;
  const landOf = (r: number): number => (R[r] as (typeof R)[number]).land;
  const P = permits.map((_, i) => i);
  const year = limits.year;
  const lasts = (r: number): number => ((R[r] as { permit: Permit }).permit.years as number) * year;
  const takes = (r: number): number => (R[r] as { takes: number }).takes;
  // State after each event.
  const place = (t: number, c: number): string => `in_${t}_${c}`;
  const waits = (t: number, r: number): string => `w_${t}_${r}`;
  for (let t = 0; t <= K; t++) {
    int(`d_${t}`, 0, limits.horizon);
    for (const c of C) bool(place(t, c));
    bool(`visitor_${t}`);
    int(`since_${t}`, 0, limits.horizon);
    for (let r = 0; r < R.length; r++) bool(waits(t, r));
    bool(`here_${t}`);
    int(`due_${t}`, 0, limits.horizon + 400);
    int(`hops_${t}`, 0, 2);
    bool(`again_${t}`);
    int(`gone_${t}`, -1, limits.horizon);
  }
  must('(= d_0 0)');
  must('(= since_0 0)');
  must('visitor_0');
  must('(= hops_0 0)');
  must('(= due_0 0)');
  must('(not again_0)');
  must('(= gone_0 (- 1))');
  must('(not here_0)');
  for (const c of C) must(c === 0 ? place(0, c) : `(not ${place(0, c)})`);
  for (let r = 0; r < R.length; r++) must(`(not ${waits(0, r)})`);
  for (const t of steps) {
    const b = t - 1;
    const visit = C.map((c) => bool(`v_${t}_${c}`));
    const home = P.map((p) => bool(`g_${t}_${p}`));
    const file = R.map((_, r) => bool(`f_${t}_${r}`));
    const got = bool(`got_${t}`);
    const acts = [...visit, ...home, ...file, got];
    must(`((_ at-most 1) ${acts.join(' ')})`);
    const used = bool(`used_${t}`);
    must(`(= ${used} ${any(acts)})`);
    const goes = bool(`goes_${t}`);
    must(`(= ${goes} ${any([...visit, ...home])})`);
    const files = bool(`files_${t}`);
    must(`(= ${files} ${any(file)})`);
    const goal = bool(`goal_${t}`);
    must(`(= ${goal} (and ${got} ${any(homes.map((_, i) => waits(b, permits.length + i)))}))`);
    must(`(<= d_${b} d_${t})`);
    must(`(=> (not ${used}) (= d_${b} d_${t}))`);
    if (t > 1) {
      must(`(=> ${used} used_${b})`);
      must(`(=> goal_${b} (not ${used}))`);
    }
    // What was granted by which event, and until when.
    for (const p of P) must(`(= ${bool(`h_${t}_${p}`)} (and ${got} ${waits(b, p)}))`);
    say(`(declare-const end_${t} Int)`);
    must(`(= end_${t} ${P.reduceRight((rest, p) => `(ite h_${t}_${p} (+ d_${t} ${lasts(p) - 1}) ${rest})`, '(- 1)')})`);
    // Held on the day of this event, before it.
    for (const p of P)
      must(
        `(= ${bool(`held_${t}_${p}`)} ${any(steps.filter((s) => s < t).map((s) => `(and h_${s}_${p} (<= d_${t} end_${s}))`))})`,
      );
    // Where, since when, as what.
    for (const c of C) {
      const arrives = any([visit[c] as string, ...P.filter((p) => landOf(p) === c).map((p) => home[p] as string)]);
      must(`(=> ${arrives} (not ${place(b, c)}))`);
      must(`(= ${place(t, c)} (ite ${goes} ${arrives} ${place(b, c)}))`);
    }
    must(`(= since_${t} (ite ${goes} d_${t} since_${b}))`);
    const settles = `(and ${got} here_${b} ${any(P.map((p) => `(and ${waits(b, p)} ${place(b, landOf(p))})`))})`;
    must(`(= visitor_${t} (ite ${goes} ${any(visit)} (and visitor_${b} (not ${settles}))))`);
    // Entered again as a visitor where one was from the start: until when one was there before.
    must(`(= gone_${t} (ite (and ${goes} ${place(b, 0)}) d_${t} gone_${b}))`);
    must(`(= again_${t} (ite ${goes} ${visit[0]} again_${b}))`);
    // Applications: one at a time; the answer on its day, before anything else.
    const waiting = any(R.map((_, r) => waits(b, r)));
    must(`(=> ${got} ${waiting})`);
    must(`(=> ${files} (not ${waiting}))`);
    must(`(=> ${got} (= d_${t} due_${b}))`);
    must(`(=> (and ${used} (not ${got}) ${waiting}) (< d_${t} due_${b}))`);
    for (let r = 0; r < R.length; r++) must(`(= ${waits(t, r)} (or ${file[r]} (and ${waits(b, r)} (not ${got}))))`);
    must(
      `(= due_${t} (ite ${files} (+ d_${t} ${R.reduceRight((rest, _, r) => `(ite ${file[r]} ${takes(r)} ${rest})`, '0')}) due_${b}))`,
    );
    must(`(= here_${t} (ite ${files} ${any(R.map((_, r) => `(and ${file[r]} ${place(b, landOf(r))})`))} here_${b}))`);
    // Where and when one may ask.
    for (let r = 0; r < R.length; r++) {
      const f = file[r] as string;
      const there = place(b, landOf(r));
      const own = R[r] as (typeof R)[number];
      if (isHome(r)) {
        must(`(=> ${f} ${there})`);
        continue;
      }
      const permit = (own as { permit: Permit }).permit;
      const held = `held_${t}_${r}`;
      if (permit.where === 'abroad') must(`(=> (and ${f} ${there}) ${permit.renew ? held : 'false'})`);
      else {
        must(`(=> ${f} ${there})`);
        if (!permit.renew) must(`(=> ${f} (not ${held}))`);
      }
      const opens = (own as { opens: number }).opens;
      if (opens > 0) must(`(=> ${f} (>= d_${t} ${opens}))`);
    }
    // Permanence: held without a break up to the day before, for so many days. `run` is the first day of the run that each grant belongs to.
    homes.forEach((h, i) => {
      const f = file[permits.length + i] as string;
      const counts = P.filter((p) => h.counts.includes((permits[p] as { permit: Permit }).permit.id));
      for (const s of steps) {
        if (s >= t) continue;
        const mine = any(counts.map((p) => `h_${s}_${p}`));
        if (t === s + 1) {
          say(`(declare-const run_${s}_${i} Int)`);
          const earlier = steps.filter((q) => q < s);
          must(
            `(= run_${s}_${i} ${earlier.reduce(
              (rest, q) =>
                `(ite (and ${any(counts.map((p) => `h_${q}_${p}`))} (>= end_${q} (- d_${s} 1)) (< run_${q}_${i} ${rest})) run_${q}_${i} ${rest})`,
              `d_${s}`,
            )})`,
          );
        }
        say(
          `(define-fun ok_${t}_${s}_${i} () Bool (and ${mine} (>= end_${s} (- d_${t} 1)) (<= (+ run_${s}_${i} ${h.years * year}) d_${t})))`,
        );
      }
      must(`(=> ${f} ${any(steps.filter((s) => s < t).map((s) => `ok_${t}_${s}_${i}`))})`);
    });
    for (const p of P) must(`(=> ${home[p]} held_${t}_${p})`);
    // Lawful presence.
    const lawful = (k: number, x: string): string =>
      any([
        `(and visitor_${k} ${any(
          C.map((c) => {
            const land = lands[c] as Land;
            if (land.rolling && land.visit >= 365) return place(k, c);
            const fresh = `(< ${x} (+ since_${k} ${land.visit}))`;
            if (!land.rolling || c !== 0) return `(and ${place(k, c)} ${fresh})`;
            // Days there before, still in the window, and those since; a day of leaving and coming back counts once.
            const used = `(+ (ite (< gone_${k} (- ${x} 364)) 0 (+ 1 (- gone_${k} (ite (< ${x} 364) 0 (- ${x} 364))))) (- ${x} since_${k}) (ite (= gone_${k} since_${k}) 0 1))`;
            return `(and ${place(k, c)} (ite again_${k} (<= ${used} ${land.visit}) ${fresh}))`;
          }),
        )})`,
        ...steps
          .filter((s) => s <= k)
          .map((s) => `(and (<= ${x} end_${s}) ${any(P.map((p) => `(and h_${s}_${p} ${place(k, landOf(p))})`))})`),
        `(and here_${k} (<= ${x} due_${k}) ${any(R.map((_, r) => ((R[r] as { mayStay: boolean }).mayStay ? `(and ${waits(k, r)} ${place(k, landOf(r))})` : 'false')))})`,
      ]);
    const later = `(> d_${t} d_${b})`;
    must(`(=> (and ${used} (not ${got}) ${later}) ${lawful(b, `d_${t}`)})`);
    must(`(=> (and ${got} ${later}) ${lawful(b, `(- d_${t} 1)`)})`);
    const granted = any(
      homes.map((_, i) => `(and ${waits(b, permits.length + i)} ${place(t, landOf(permits.length + i))})`),
    );
    must(`(=> (and ${got} ${later}) (or ${lawful(b, `d_${t}`)} ${lawful(t, `d_${t}`)} ${granted}))`);
    must(`(=> ${goes} ${lawful(t, `d_${t}`)})`);
    must(`(= hops_${t} (ite ${got} 0 (+ hops_${b} (ite ${any(visit)} 1 0))))`);
    const risky = R.flatMap((r, i) => (r.decision === 'right' ? [] : [waits(b, i)]));
    const danger = C.flatMap((c) => (lands[c]?.danger ? [place(b, c)] : []));
    say(`(define-fun hang_${t} () Int (ite ${any(risky)} (- d_${t} d_${b}) 0))`);
    say(`(define-fun danger_${t} () Int (ite ${any(danger)} (- d_${t} d_${b}) 0))`);
    say(`(define-fun fee_${t} () Int ${sum(R.flatMap((r, i) => (r.fee ? [`(ite ${file[i]} ${r.fee} 0)`] : [])))})`);
    say(`(define-fun move_${t} () Int (ite (or ${goes} ${files}) 1 0))`);
  }
  must(any(steps.map((t) => `goal_${t}`)));
  must(all(steps.filter((t) => t < K).map((t) => `(=> (and used_${t} (not used_${t + 1})) goal_${t})`)));
  must(`(=> used_${K} goal_${K})`);
  const total = (name: string): string => sum(steps.map((t) => `${name}_${t}`));
  must(`(<= ${total('move')} ${limits.moves})`);
  for (const [name, term] of [
    ['days', `d_${K}`],
    ['hang', total('hang')],
    ['eur', total('fee')],
    ['moves', total('move')],
    ['danger', total('danger')],
  ] as const)
    say(`(declare-const c_${name} Int)\n(assert (= c_${name} ${term}))`);
  return out.join('\n');
}

/** The front by z3's Pareto mode: asked again and again until it says that there is none left. Stops at the limit of processor time. */
export const z3Front: Peer = async (lands, limits, seconds) => {
  const { Context } = await init();
  const { Optimize, Int } = Context('main');
  const begun = process.cpuUsage();
  const used = (): number => {
    const c = process.cpuUsage(begun);
    return (c.user + c.system) / 1e6;
  };
  const goals = ['days', 'hang', 'eur', 'moves', 'danger'];
  const front: number[][] = [];
  const solver = new Optimize();
  solver.set('priority', 'pareto');
  solver.fromString(`${smt(lands, limits)}\n${goals.map((g) => `(minimize c_${g})`).join('\n')}`);
  let complete = false;
  for (;;) {
    let watch: NodeJS.Timeout | undefined;
    const said = await Promise.race([
      solver.check(),
      new Promise<undefined>((done) => {
        watch = setInterval(() => used() > seconds && done(undefined), 200);
      }),
    ]);
    clearInterval(watch);
    if (said === undefined) break;
    if (said === 'unsat') {
      complete = true;
      break;
    }
    if (said !== 'sat') throw new Error(`z3 says: ${said}`);
    const model = solver.model();
    front.push(goals.map((g) => Number(model.eval(Int.const(`c_${g}`)).toString())));
  }
  return { front, complete, seconds: used() };
};
