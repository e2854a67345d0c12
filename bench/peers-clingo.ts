/**
 * A world of the benchmark for clingo, as an answer set program: one event a step, days in order encoding over the days on
 * which something can matter, the best plan asked for again and again until none beats all found so far in something. What
 * makes it fair stands in `docs/benchmarks.md`.
 */
import { restart, run } from 'clingo-wasm';
import { type Peer, type PeerLimits, reachable } from './peers-shared.ts';
import type { Land } from './plan-worlds.ts';

/** The days on which an event can be worth making: sums of the law's periods (all whole months of thirty days), less a day for each border crossed, from the start and from each day on which a route opens. */
function days(lands: readonly Land[], limits: PeerLimits): number[] {
  const out = new Set<number>();
  const { permits } = reachable(lands, limits);
  for (const from of [0, ...permits.map((p) => p.opens)])
    for (let d = from % 30; d <= limits.horizon; d += 30)
      for (const off of from === 0 ? [-2, -1, 0] : [-2, -1, 0, 1, 2])
        if (d + off >= 0 && d + off <= limits.horizon) out.add(d + off);
  return [...out].sort((a, b) => a - b);
}

/** Gone on one day and back on another, in a rolling window of 365 days: the last lawful day, of those that can matter. */
function limitsBack(list: readonly number[], most: number): string[] {
  const out: string[] = [];
  for (const gone of list)
    for (const back of list) {
      if (back < gone || back > gone + 364) continue;
      const lawful = (d: number): boolean =>
        Math.max(0, gone - Math.max(0, d - 364) + 1) + d - back + (gone === back ? 0 : 1) <= most;
      let last: number | undefined;
      for (const d of list)
        if (d >= back && lawful(d)) last = d;
        else if (d >= back) break;
      if (last !== undefined) out.push(`limit(${gone},${back},${last}).`);
    }
  return out;
}

function facts(lands: readonly Land[], limits: PeerLimits): string {
  const { permits, homes } = reachable(lands, limits);
  const out: string[] = [];
  const list = days(lands, limits);
  const spans = new Set<number>();
  const span = (n: number): number => {
    spans.add(n);
    return n;
  };
  lands.forEach((l, c) => {
    const always = l.rolling && l.visit >= 365;
    out.push(`visit(${c},${span(always ? limits.horizon + 1 : l.visit)}).`);
    if (l.danger) out.push(`danger(${c}).`);
    if (c === 0 && l.rolling && !always) out.push(`window(${l.visit}).`, ...limitsBack(list, l.visit));
  });
  const year = limits.year;
  [...permits, ...homes].forEach((r, i) => {
    out.push(`route(${i},${r.land}). takes(${i},${span(r.takes)}). fee(${i},${r.fee}).`);
    if (r.decision !== 'right') out.push(`maybe(${i}).`);
    if (r.mayStay) out.push(`mayStay(${i}).`);
  });
  permits.forEach((p, i) => {
    out.push(`lasts(${i},${span(p.permit.years * year)}).`);
    if (p.permit.renew) out.push(`renewable(${i}).`);
    if (p.permit.where === 'abroad') out.push(`abroad(${i}).`);
    if (p.opens > 0) out.push(`opens(${i},${p.opens}).`);
  });
  homes.forEach((h, i) => {
    const id = permits.length + i;
    out.push(`home(${id}). years(${id},${span(h.years * year)}).`);
    permits.forEach((p, k) => {
      if (h.counts.includes(p.permit.id)) out.push(`counts(${id},${k}).`);
    });
  });
  const known = new Set(list);
  const atLeast = (x: number): number => list.find((d) => d >= x) ?? limits.horizon + 1;
  list.forEach((d, i) => {
    out.push(`day(${d}). wide(${d},${(list[i + 1] ?? d) - d}).`);
    if (i > 0) out.push(`prev(${d},${list[i - 1]}).`);
    // "An event so many days or fewer before this day was on day X or later."
    for (const n of spans) {
      out.push(`back(${d},${n},${atLeast(d - n)}).`, `short(${d},${n},${atLeast(d - n + 1)}).`);
      if (known.has(d + n)) out.push(`plus(${d},${n},${d + n}).`);
    }
    out.push(`year(${d},${atLeast(d - 364)}).`);
  });
  return out.join('\n');
}

const ENCODING = `
step(1..2*m). ge(T,0) :- T = 0..2*m.
{ ge(T,D) } :- step(T), prev(D,_).
:- ge(T,D), prev(D,E), not ge(T,E), step(T).
ge(T,D) :- ge(T-1,D), step(T).
at(T,D) :- ge(T,D), not ge(T,E), prev(E,D), T = 0..2*m.
at(T,D) :- ge(T,D), not prev(_,D), day(D), T = 0..2*m.

what(go(C,visit)) :- visit(C,_).
what(go(C,R)) :- route(R,C), lasts(R,_).
what(file(R)) :- route(R,_).
what(got).
{ act(T,A) : what(A) } 1 :- step(T).
used(T) :- act(T,_).
:- used(T), not used(T-1), T > 1.
:- not used(T), step(T), ge(T,D), not ge(T-1,D).
goes(T) :- act(T,go(_,_)).
files(T) :- act(T,file(_)).
got(T) :- act(T,got).
gets(T,R) :- got(T), waits(T-1,R).
goal(T) :- gets(T,R), home(R).
:- not goal(_).
:- goal(T), used(T+1).

in(0,0). since(0,0). visitor(0).
in(T,C) :- act(T,go(C,_)).
in(T,C) :- in(T-1,C), step(T), not goes(T).
:- act(T,go(C,_)), in(T-1,C).
since(T,T) :- goes(T).
since(T,S) :- since(T-1,S), step(T), not goes(T).
settles(T) :- gets(T,R), lasts(R,_), filedAt(T-1,S), here(S), route(R,C), in(T-1,C).
visitor(T) :- act(T,go(_,visit)).
visitor(T) :- visitor(T-1), step(T), not goes(T), not settles(T).

waits(T,R) :- act(T,file(R)).
waits(T,R) :- waits(T-1,R), step(T), not got(T).
filedAt(T,T) :- files(T).
filedAt(T,S) :- filedAt(T-1,S), step(T), not got(T), not files(T).
:- files(T), waits(T-1,_).
:- got(T), not waits(T-1,_).
wait(S,P) :- act(S,file(R)), takes(R,P).
due(S,X) :- wait(S,P), at(S,D), plus(D,P,X).
:- got(T), filedAt(T-1,S), ge(T,D), not due(S,D), at(T,D).
:- used(T), not got(T), filedAt(T-1,S), due(S,D), ge(T,D).
here(S) :- act(S,file(R)), route(R,C), in(S-1,C).

% How long what an event granted runs: by its length alone.
grants(S,R) :- gets(S,R), lasts(R,_).
length(S,V) :- grants(S,R), lasts(R,V).
running(S,D) :- length(S,V), short(D,V,X), ge(S,X).
held(T,R) :- grants(S,R), S < T, step(T), runsAt(S,T).
runsAt(S,T) :- grants(S,_), S < T, step(T), at(T,D), running(S,D).
:- act(T,file(R)), opens(R,D), not ge(T,D).
renews(T) :- act(T,file(R)), renewable(R), held(T,R), here(T).
:- here(T), act(T,file(R)), abroad(R), not renews(T).
:- act(T,file(R)), not here(T), not abroad(R).
:- here(T), act(T,file(R)), held(T,R), not renewable(R).
:- act(T,go(C,R)), R != visit, not held(T,R).

% Years without a break: each grant of a run begins no later than the day after the last of one before it.
joins(H,S,Q) :- grants(S,R), grants(Q,P), Q < S, counts(H,R), counts(H,P), ends(Q,S).
ends(Q,S) :- length(Q,V), grants(S,_), Q < S, at(S,D), back(D,V,X), ge(Q,X).
run(H,S,S) :- grants(S,R), counts(H,R).
run(H,S,B) :- joins(H,S,Q), run(H,Q,B).
served(T,H) :- act(T,file(H)), years(H,N), run(H,S,B), S < T, ends2(S,T), length2(T,B,N).
ends2(S,T) :- length(S,V), files(T), S < T, at(T,D), back(D,V,X), ge(S,X).
length2(T,B,N) :- step(T), step(B), B < T, years(_,N), at(B,E), plus(E,N,X), ge(T,X).
:- act(T,file(H)), years(H,_), not served(T,H).

covers(S,T) :- grants(S,R), S <= T, T = 1..2*m, route(R,C), in(T,C).
visits(T,N) :- visitor(T), in(T,C), visit(C,N), not again(T).
lawful(T,D) :- visits(T,N), since(T,S), short(D,N,X), ge(S,X).
lawful(T,D) :- again(T), window(_), since(T,S), untilAtLeast(S,D).
lawful(T,D) :- again(T), not window(_), visit(0,N), since(T,S), short(D,N,X), ge(S,X).
lawful(T,D) :- covers(S,T), running(S,D).
stays(T) :- waits(T,R), mayStay(R), filedAt(T,S), here(S), route(R,C), in(T,C).
lawful(T,D) :- stays(T), filedAt(T,S), wait(S,P), back(D,P,X), ge(S,X).
atHome(T) :- goal(T), gets(T,R), route(R,C), in(T,C).
lawful(T,D) :- atHome(T), day(D).
stayed(T) :- used(T), at(T,D), at(T-1,D).
:- used(T), not got(T), not stayed(T), at(T,D), not lawful(T-1,D).
yesterday(T,D) :- got(T), at(T,X), prev(X,D), wide(D,1).
yesterday(T,X) :- got(T), at(T,X), prev(X,D), not wide(D,1).
:- got(T), not stayed(T), yesterday(T,D), not lawful(T-1,D).
:- got(T), not stayed(T), at(T,D), not lawful(T-1,D), not lawful(T,D).
:- goes(T), at(T,D), not lawful(T,D).

% Back where one was from the start, as a visitor, in a rolling window.
again(T) :- act(T,go(0,visit)).
again(T) :- again(T-1), step(T), not goes(T), visitor(T).
leftFirst(T) :- goes(T), in(T-1,0), #count { S : goes(S), S < T } 0.
gone(D) :- leftFirst(T), at(T,D).
until(S,L) :- act(S,go(0,visit)), gone(G), at(S,E), limit(G,E,L).
clear(S) :- act(S,go(0,visit)), gone(G), at(S,E), day(G), G + 364 < E.
lawful(T,D) :- again(T), window(N), since(T,S), clear(S), short(D,N,X), ge(S,X).
untilAtLeast(S,L) :- until(S,L).
untilAtLeast(S,E) :- untilAtLeast(S,D), prev(D,E).

hops(0,0).
hops(T,0) :- got(T).
hops(T,N+1) :- act(T,go(_,visit)), hops(T-1,N).
hops(T,N) :- hops(T-1,N), step(T), not got(T), not act(T,go(_,visit)).
:- hops(_,N), N > 2.

hanging(D) :- waits(T,R), maybe(R), T < 2*m, prev(X,D), not ge(T,X), ge(T+1,X).
endangered(D) :- in(T,C), danger(C), T < 2*m, prev(X,D), not ge(T,X), ge(T+1,X).
pays(T,F) :- act(T,file(R)), fee(R,F).
moves(T) :- goes(T).
moves(T) :- files(T).
:- #count { T : moves(T) } > m.
#minimize { W,day,D : ge(2*m,D), prev(D,E), wide(E,W); W,hang,D : hanging(D), wide(D,W); F,fee,T : pays(T,F); 1,move,T : moves(T); W,danger,D : endangered(D), wide(D,W) }.
#show at(2*m,D) : at(2*m,D).
#show hang(W,D) : hanging(D), wide(D,W).
#show endanger(W,D) : endangered(D), wide(D,W).
#show pays/2.
#show moves/1.
`;

function beats(i: number, [days_, hang, eur, moves, danger]: readonly number[]): string {
  return [
    `better(${i}) :- at(2*m,D), D < ${days_}.`,
    `better(${i}) :- #sum { W,D : hanging(D), wide(D,W) } ${(hang as number) - 1}.`,
    `better(${i}) :- #sum { F,T : pays(T,F) } ${(eur as number) - 1}.`,
    `better(${i}) :- #count { T : moves(T) } ${(moves as number) - 1}.`,
    `better(${i}) :- #sum { W,D : endangered(D), wide(D,W) } ${(danger as number) - 1}.`,
    `:- not better(${i}).`,
  ].join('\n');
}

/** The front by clingo. Throws where it ended for any reason but that it was done or out of time. */
export const clingoFront: Peer = async (lands, limits, seconds) => {
  const text = `#const m = ${limits.moves}.\n${facts(lands, limits)}\n${ENCODING}`;
  await run('a.');
  const begun = process.cpuUsage();
  const used = (): number => {
    const c = process.cpuUsage(begun);
    return (c.user + c.system) / 1e6;
  };
  const front: number[][] = [];
  let complete = false;
  for (;;) {
    let watch: NodeJS.Timeout | undefined;
    const answer = await Promise.race([
      run([text, ...front.map((f, i) => beats(i, f))].join('\n'), 0, ['--warn=none', '--configuration=trendy']),
      new Promise<undefined>((done) => {
        watch = setInterval(() => used() > seconds && done(undefined), 200);
      }),
    ]);
    clearInterval(watch);
    if (answer === undefined) break;
    if (answer.Result === 'ERROR') throw new Error(`clingo: ${answer.Error}`);
    const said = answer.Warnings.join('\n').trim();
    if (said || answer.Models.More === 'yes') throw new Error(`clingo did not finish: ${said}`);
    if (answer.Result === 'UNSATISFIABLE') {
      complete = true;
      break;
    }
    if (answer.Result !== 'OPTIMUM FOUND') throw new Error(`clingo ended with ${answer.Result}`);
    const atoms = answer.Call[0]?.Witnesses.at(-1)?.Value ?? [];
    const total = (name: string): number =>
      atoms.reduce((n, x) => n + Number(new RegExp(`^${name}\\((\\d+),\\d+\\)$`).exec(x)?.[1] ?? 0), 0);
    const eur = atoms.reduce((n, x) => n + Number(/^pays\(\d+,(\d+)\)$/.exec(x)?.[1] ?? 0), 0);
    const last = atoms.map((x) => /^at\(\d+,(\d+)\)$/.exec(x)?.[1]).find((x) => x !== undefined);
    front.push([
      Number(last),
      total('hang'),
      eur,
      atoms.filter((x) => x.startsWith('moves(')).length,
      total('endanger'),
    ]);
  }
  const seconds_ = used();
  if (!complete) await restart();
  return { front, complete, seconds: seconds_ };
};
