/**
 * A second opinion from another kind of program: whether a front is the whole front of a text world, by clingo (answer set
 * programming). The encoding below is written from what the lines of a text world say (`text-worlds.ts`) and from nothing of
 * the program: no `moves`, no `apply`, no reading of the law. A plan is a row of events with days; asked are whether some
 * plan costs no more than each plan of the front, and whether some plan beats every plan of the front in something.
 */
import { run } from 'clingo-wasm';

/** Days to the goal, days hanging on discretion, EUR, moves, days in danger. Days without lawful status are none: that is a condition. */
export type AspCosts = readonly [number, number, number, number, number];

export type AspLimits = {
  /** Last day of the goal, from the start of the world. */
  readonly horizon: number;
  readonly moves: number;
  readonly hops: number;
  readonly pending: number;
};

/** The facts of a world of one line, for somebody in `xa` since day 0 with a passport that does not end. */
export function aspFacts(line: string): string {
  const out: string[] = [];
  const name = (country: string, what: string): string => `r(${country},${what})`;
  const words = line.split(';').map((x) => x.trim().split(/\s+/));
  for (const w of words) {
    const [a, b] = w as [string, string];
    const word = (x: string): string | undefined => (w.includes(x) ? w[w.indexOf(x) + 1] : undefined);
    if (a === '') continue;
    if (a === 'danger') out.push(`danger(${b}).`);
    else if (a === 'fee') out.push(`feeFrom(${name(b, w[2] as string)},${w[3]},${w[4]}).`);
    else if (b === 'shut') out.push(`shut(${a},${w[2]},${w[3] ?? 'h'}).`);
    else if (b === 'visit') {
      const [days, window] = (w[2] as string).split('/');
      out.push(`country(${a}).`);
      out.push(window ? `rolling(${a},${days},${window}).` : `perEntry(${a},${days},${word('gap') ?? 0}).`);
    } else if (b === 'passport' || w.includes('if')) throw new Error(`the encoding has no word for: ${w.join(' ')}`);
    else {
      const r = name(a, b);
      const after = w[3] === 'after';
      out.push(`country(${a}). route(${r},${a}). takes(${r},${w[2]}).`);
      const dates = ['opens', 'closes'];
      const fee = w.slice(after ? 5 : 4).find((x, i, all) => /^\d+$/.test(x) && !dates.includes(all[i - 1] ?? ''));
      out.push(`feeFrom(${r},0,${fee ?? 0}).`);
      if (w.includes('discretion') || w.includes('lottery')) out.push(`maybe(${r}).`);
      if (!w.includes('leave')) out.push(`mayStay(${r}).`);
      if (w.includes('abroad')) out.push(`abroad(${r}).`);
      if (w.includes('renew')) out.push(`renewable(${r}).`);
      if (word('opens')) out.push(`opens(${r},${word('opens')}).`);
      if (word('closes')) out.push(`closes(${r},${word('closes')}).`);
      if (after || word('stands') === 'permanent' || word('stands') === 'citizenship') out.push(`home(${r}).`);
      else out.push(`lasts(${r},${w[3]}).`);
      if (after) {
        out.push(`years(${r},${w[4]}).`);
        for (const x of w.slice(5))
          if (x !== 'discretion' && !/^\d+$/.test(x))
            out.push(`counts(${r},${name(a, x.split('/').at(-1) as string)}).`);
      }
      const from = w.includes('from') ? w.slice(w.indexOf('from') + 1).filter((x) => x.includes('/')) : [];
      if (!from.length) out.push(`fromAny(${r}).`);
      for (const x of from) {
        const [c, status] = x.split('/') as [string, string];
        out.push(status === 'visit' ? `fromVisit(${r}).` : `from(${r},${name(c, status)}).`);
      }
    }
  }
  return out.join('\n');
}

/**
 * Events are numbered; `ge(T,D)` says that event T is on day D or later (days in order encoding: every rule about days is
 * then as long as the horizon, not its square). With `m` moves there are at most `m` answers, so at most `2*m` events.
 */
const ENCODING = `
step(1..2*m). day(0..h).
ge(T,D) :- T = 0..2*m+1, D = -w..0.
{ ge(T,D) } :- step(T), D = 1..h.
:- ge(T,D), not ge(T,D-1), step(T), D = 1..h.
ge(T,D) :- ge(T-1,D), step(T).
at(T,D) :- ge(T,D), not ge(T,D+1), day(D), T = 0..2*m.

% One event a step: going somewhere as a visitor or on a permit, asking for something, an answer.
what(go(C,visit)) :- perEntry(C,_,_).
what(go(C,visit)) :- rolling(C,_,_).
what(go(C,R)) :- route(R,C), lasts(R,_).
what(file(R)) :- route(R,_).
what(got(R)) :- route(R,_).
{ act(T,A) : what(A) } 1 :- step(T).
used(T) :- act(T,_).
:- used(T), not used(T-1), T > 1.
:- not used(T), step(T), ge(T,D), not ge(T-1,D).
goes(T) :- act(T,go(_,_)).
got(T) :- act(T,got(_)).

% The last event is the answer that gives the goal, and the only one of that kind.
goal(T) :- act(T,got(R)), home(R).
:- not goal(_).
:- goal(T), used(T+1).

% Where the person is, since which event, and as what: a permit granted where they are ends their being a visitor.
in(0,xa). since(0,0). under(0,visit).
in(T,C) :- act(T,go(C,_)).
in(T,C) :- in(T-1,C), step(T), not goes(T).
:- act(T,go(C,_)), in(T-1,C).
since(T,T) :- goes(T).
since(T,S) :- since(T-1,S), step(T), not goes(T).
under(T,U) :- act(T,go(_,U)).
settles(T,R) :- act(T,got(R)), waits(T-1,S,R), filedHere(S), route(R,C), in(T-1,C).
under(T,R) :- settles(T,R).
under(T,U) :- under(T-1,U), step(T), not goes(T), not settles(T,_).

% Applications: so many at a time, none twice; the answer comes on its day, before anything else of that day.
waits(T,T,R) :- act(T,file(R)).
waits(T,S,R) :- waits(T-1,S,R), step(T), not act(T,got(R)).
:- act(T,file(R)), waits(T-1,_,R).
:- act(T,got(R)), not waits(T-1,_,R).
:- step(T), #count { S : waits(T,S,_) } > p.
due(S,D+P) :- act(S,file(R)), takes(R,P), at(S,D).
:- act(T,got(R)), waits(T-1,S,R), due(S,D), not at(T,D).
:- used(T), not got(T), waits(T-1,S,_), due(S,D), ge(T,D).

% What is held on the day of an event, before it.
grants(S,R,V) :- act(S,got(R)), lasts(R,V).
held(T,R) :- grants(S,R,V), step(T), S < T, at(S,D), not ge(T,D+V).

% Where and when one may ask.
:- act(T,file(R)), opens(R,D), not ge(T,D).
:- act(T,file(R)), closes(R,D), ge(T,D+1).
renews(T,R) :- act(T,file(R)), renewable(R), held(T,R), route(R,C), in(T-1,C).
filedHere(T) :- act(T,file(R)), route(R,C), in(T-1,C).
:- filedHere(T), act(T,file(R)), abroad(R), not renews(T,R).
:- act(T,file(R)), not filedHere(T), not abroad(R).
:- filedHere(T), act(T,file(R)), held(T,R), not renewable(R).
mayFrom(T) :- act(T,file(R)), fromAny(R).
mayFrom(T) :- act(T,file(R)), fromVisit(R), under(T-1,visit).
mayFrom(T) :- act(T,file(R)), from(R,Q), held(T,Q).
:- filedHere(T), not mayFrom(T), not renews(T,_).

% Permanence after so many days held without a break, up to the day before it is asked for.
countsOn(H,X) :- counts(H,R), grants(S,R,V), day(X), ge(S,X-V+1), not ge(S,X+1).
:- act(T,file(H)), years(H,N), not ge(T,N).
:- act(T,file(H)), years(H,N), day(X), not countsOn(H,X), ge(T,X+1), not ge(T,X+N+1).

% Presence is lawful on every day, that of leaving too: as a visitor, on a permit, or for as long as an answer is awaited.
lawful(T,D) :- under(T,visit), in(T,C), perEntry(C,N,0), since(T,S), day(D), ge(S,D-N+1).
lawful(T,D) :- under(T,visit), in(T,C), counting(T,C,S), allowedSince(C,S,D).
lawful(T,D) :- under(T,visit), in(T,C), rolling(C,_,_), day(D), within(C,D), ge(T+1,D).
lawful(T,D) :- grants(S,R,V), S <= T, T = 1..2*m, route(R,C), in(T,C), day(D), ge(S,D-V+1).
lawful(T,D) :- waits(T,S,R), mayStay(R), filedHere(S), takes(R,P), route(R,C), in(T,C), day(D), ge(S,D-P).
lawful(T,D) :- act(T,got(R)), home(R), route(R,C), in(T,C), day(D).
:- used(T), not got(T), at(T,D), not at(T-1,D), not lawful(T-1,D).
:- got(T), at(T,D), not at(T-1,D), not lawful(T-1,D-1).
:- got(T), at(T,D), not at(T-1,D), not lawful(T-1,D), not lawful(T,D).
:- goes(T), at(T,D), not lawful(T,D).
:- act(T,go(C,R)), R != visit, not held(T,R).
:- act(T,go(C,_)), shut(C,A,B), ge(T,A), not ge(T,B+1).

% Days in a country, whatever one is there as: what rolling windows and stays with a gap count.
remembered(C) :- rolling(C,_,_).
remembered(C) :- perEntry(C,_,G), G > 0.
present(C,D) :- in(T,C), remembered(C), day(D), not ge(T,D+1), ge(T+1,D), T < 2*m.
within(C,D) :- rolling(C,N,W), day(D), #count { X : present(C,X), D-W < X, X <= D } N.

% A stay with a gap: the count begins anew with an entry so many days after the last day there; else it goes on.
gapped(C) :- perEntry(C,_,G), G > 0.
enters(C,T) :- act(T,go(C,_)), gapped(C).
enters(xa,0) :- gapped(xa).
goesOn(C,T) :- enters(C,T), perEntry(C,_,G), goes(S), S < T, in(S-1,C), at(S,X), not ge(T,X+G).
begins(C,T) :- enters(C,T), not goesOn(C,T).
counting(T,C,T) :- begins(C,T).
counting(T,C,S) :- counting(T-1,C,S), step(T), not begins(C,T).
allowed(C,E,D) :- gapped(C), perEntry(C,N,G), day(E), D = E..E+N+G*m, D <= h, #count { X : present(C,X), E <= X, X <= D } N.
allowedSince(C,S,D) :- begins(C,S), at(S,E), allowed(C,E,D).

% Two entries between two answers.
hops(0,0).
hops(T,0) :- got(T).
hops(T,N+1) :- act(T,go(_,visit)), hops(T-1,N).
hops(T,N) :- hops(T-1,N), step(T), not got(T), not act(T,go(_,visit)).
:- hops(_,N), N > hopsMost.

% What a plan costs.
last(2*m).
hangs(T) :- waits(T,_,R), maybe(R).
hanging(D) :- hangs(T), day(D), not ge(T,D+1), ge(T+1,D+1).
endangered(D) :- in(T,C), danger(C), day(D), not ge(T,D+1), ge(T+1,D+1).
% Coming in counts for one, however short the stay.
endangered(h+T) :- act(T,go(C,_)), danger(C).
pays(T,R,F) :- act(T,file(R)), feeFrom(R,A,F), ge(T,A), #count { X : feeFrom(R,X,_), X > A, ge(T,X) } 0.
moves(T) :- goes(T).
moves(T) :- act(T,file(_)).
:- #count { T : moves(T) } > m.
`;

const SHOW = `
#show act/2. #show at/2. #show hanging/1. #show endangered/1. #show pays/3.
`;

/** What holds where a plan costs less than this in one thing. */
function better(i: number, [days, hang, eur, moves, danger]: AspCosts): string {
  return [
    `better(${i}) :- not ge(2*m,${days}).`,
    `better(${i}) :- #count { D : hanging(D) } ${hang - 1}.`,
    `better(${i}) :- #sum { F,T : pays(T,_,F) } ${eur - 1}.`,
    `better(${i}) :- #count { T : moves(T) } ${moves - 1}.`,
    `better(${i}) :- #count { D : endangered(D) } ${danger - 1}.`,
  ].join('\n');
}

/** What holds where a plan costs no more than this in anything. */
function within(i: number, [days, hang, eur, moves, danger]: AspCosts): string {
  return [
    `:- pick(${i}), ge(2*m,${days + 1}).`,
    `:- pick(${i}), #count { D : hanging(D) } > ${hang}.`,
    `:- pick(${i}), #sum { F,T : pays(T,_,F) } > ${eur}.`,
    `:- pick(${i}), #count { T : moves(T) } > ${moves}.`,
    `:- pick(${i}), #count { D : endangered(D) } > ${danger}.`,
  ].join('\n');
}

/** A plan as the solver tells it. */
export type AspPlan = { readonly costs: AspCosts; readonly told: string };

const world = (line: string, limits: AspLimits): string => {
  const facts = aspFacts(line);
  const longest = Math.max(...(facts.match(/\d+/g) ?? []).map(Number), limits.horizon) + 1;
  return `#const h = ${limits.horizon}. #const m = ${limits.moves}. #const p = ${limits.pending}. #const hopsMost = ${limits.hops}. #const w = ${longest}.
${facts}
${ENCODING}`;
};

/** A plan that no plan of the front costs no more than; `undefined` where the solver has proved that there is none. */
export async function missingFrom(
  front: readonly AspCosts[],
  line: string,
  limits: AspLimits,
): Promise<AspPlan | undefined> {
  const escapes = front.flatMap((c, i) => [better(i, c), `:- not better(${i}).`]);
  const [model] = await solve([world(line, limits), SHOW, ...escapes].join('\n'), 1);
  return model && read(model);
}

/** The plans of the front than which, or as cheap as which, the solver finds none. */
export async function unattained(
  front: readonly AspCosts[],
  line: string,
  limits: AspLimits,
): Promise<readonly AspCosts[]> {
  if (!front.length) return [];
  const picks = [`{ pick(0..${front.length - 1}) } = 1. #show pick/1.`, ...front.map((c, i) => within(i, c))];
  const models = await solve([world(line, limits), ...picks].join('\n'), 0, ['--project=show']);
  const seen = new Set(models.map((m) => m[0]));
  return front.filter((_, i) => !seen.has(`pick(${i})`));
}

/**
 * The models of a program, all or one. Throws where the solver did not finish: out of memory, interrupted, or any warning
 * at all. Such a run may look like an answer and be none.
 */
async function solve(text: string, models: 0 | 1, options: readonly string[] = []): Promise<readonly string[][]> {
  const r = await run(text, models, ['--warn=no-atom-undefined', '--configuration=trendy', ...options]);
  if (r.Result === 'ERROR') throw new Error(`clingo: ${r.Error}`);
  const said = r.Warnings.join('\n').trim();
  if (said) throw new Error(`clingo says: ${said}`);
  if (r.Result !== 'SATISFIABLE' && r.Result !== 'UNSATISFIABLE') throw new Error(`clingo ended with ${r.Result}`);
  const found = r.Call.flatMap((c) => c.Witnesses ?? []).map((w) => w.Value);
  if ((r.Result === 'SATISFIABLE') !== found.length > 0) throw new Error('clingo kept its models back');
  if (models === 0 && r.Models.More === 'yes') throw new Error('clingo stopped before it had seen every model');
  return found;
}

function read(atoms: readonly string[]): AspPlan {
  const count = (name: string): number => atoms.filter((x) => x.startsWith(`${name}(`)).length;
  const on = new Map<string, number>();
  for (const x of atoms) {
    const m = /^at\((\d+),(\d+)\)$/.exec(x);
    if (m) on.set(m[1] as string, Number(m[2]));
  }
  const events = atoms
    .flatMap((x) => {
      const m = /^act\((\d+),(.+)\)$/.exec(x);
      return m ? [{ step: m[1] as string, what: m[2] as string }] : [];
    })
    .sort((a, b) => Number(a.step) - Number(b.step));
  return {
    costs: [
      on.get(events.at(-1)?.step ?? '0') ?? 0,
      count('hanging'),
      atoms.reduce((sum, x) => sum + Number(/^pays\(.+,(\d+)\)$/.exec(x)?.[1] ?? 0), 0),
      events.filter((e) => !e.what.startsWith('got')).length,
      count('endangered'),
    ],
    told: events.map((e) => `${on.get(e.step)} ${e.what}`).join(' | '),
  };
}
