/**
 * The run of the lab a second time, plainly: one person after the other, every option asked of `moves` on the spot, no tables of
 * the law, no patterns, no memory, no bounds. What it shares with `src/lab/dynamics.ts` are the random numbers and the law's months.
 */

import { fromYmd, toYmd } from '../../src/calendar/civil.ts';
import type { Behaviour, Parameters } from '../../src/lab/behaviour.ts';
import { commonPermit } from '../../src/lab/common.ts';
import { COUNT, type Counters, STATES } from '../../src/lab/counters.ts';
import { filedFirst, fromWithin, type Home, homesOf, hostsOf } from '../../src/lab/homes.ts';
import { monthIndex, neutral, routeMonth, visaBound, visitMonth } from '../../src/lab/month.ts';
import { PAPERS, selfWord } from '../../src/lab/options.ts';
import type { People, Probe } from '../../src/lab/people.ts';
import { exp, log, logUnit, threefry, unit } from '../../src/lab/random.ts';
import type { RunPersons } from '../../src/lab/run-persons.ts';
import { type LawBook, statusTerms } from '../../src/law/book.ts';
import { entryEligibility, routeEligibility } from '../../src/moves/eligible.ts';
import { filingFrom } from '../../src/moves/filing.ts';
import { stayRulesFor } from '../../src/moves/lawful.ts';
import type { Tri } from '../../src/rules/ir.ts';

const FAR = 1 << 28;
const and = (...xs: Tri[]): Tri => (xs.includes(false) ? false : xs.includes(undefined) ? undefined : true);
const or = (...xs: Tri[]): Tri => (xs.includes(true) ? true : xs.includes(undefined) ? undefined : false);
const HELD = [1, 2, 3, 5, 8, 10];

export function slowRun(
  book: LawBook,
  people: People,
  persons: RunPersons,
  behaviour: Behaviour,
  p: Parameters,
  seed: number,
  draw: number,
  from: number,
  until: number,
  /** Day of the law that answers for a country in a month. */
  lawDay: (host: string, month: number) => number,
  counters: Counters,
): void {
  const homes = homesOf(book, from);
  const hosts = hostsOf(book);
  const first = from - (toYmd(from).d - 1);
  const H = hosts.length;
  const months = counters.months;
  const years = Math.ceil(months / 12) + 1;
  const monthOf = (t: number) => Math.min(months - 1, monthIndex(first, t));
  const kind = (h: Home) => (h.stands === 'protection' ? 'protection' : h.stable ? 'stable' : 'permit');
  const quality = (h: Home) =>
    kind(h) === 'protection' ? p.stable + p.protection : kind(h) === 'stable' ? p.stable : p.permit;
  const order = ['permit', 'stable', 'protection'];
  const dayAt = (host: string, t: number) => lawDay(host, monthOf(t));
  const month = (r: number, t: number) => {
    const h = homes[r] as Home;
    return routeMonth(h, dayAt(h.route.jurisdiction, t));
  };
  const pull = hosts.map(
    (h, k) =>
      p.network * log(Math.max(1e-4, persons.networks[k] as number)) +
      (behaviour.russianSpeaking.has(h) ? p.russianSpeaking : 0),
  );
  const lacks = hosts.map((h) => p.drawback * (behaviour.drawbacks.get(h) ?? 0));
  const standing = (place: string, resident: boolean, day: number) => {
    if (place === 'xx') return neutral(people, day, { place, holdings: [] });
    const status = resident
      ? homes.find((h) => h.route.jurisdiction === place && h.stands === 'permit')?.status
      : undefined;
    const under = status ?? stayRulesFor(book, place, day)[0]?.id;
    const holdings = status ? [{ status, country: place, from: day - 400, to: day + 400 }] : [];
    return neutral(people, day, { place, since: day, ...(under ? { under } : {}), holdings });
  };
  const eligible = (h: Home, i: number, day: number, probe: Probe): Tri => {
    const s = people.situation(i, day, probe);
    return and(
      ...(h.via ? [h.route, h.via] : [h.route]).map((r) => {
        const e = routeEligibility(book, r, s, day);
        // Open only if the state sets its rules on papers aside: perhaps.
        return e.waived ? undefined : e.outcome;
      }),
    );
  };
  const visitor = (host: string, day: number): Probe => {
    const rule = stayRulesFor(book, host, from - (toYmd(from).d - 1))[0];
    return { place: host, since: day, ...(rule ? { under: rule.id } : {}), holdings: [] };
  };
  const mayEnter = (host: string, i: number, day: number): Tri => {
    const s = people.situation(i, day, { place: 'xx', holdings: [] });
    return or(false, ...stayRulesFor(book, host, day).map((r) => entryEligibility(book, r, host, s, day).outcome));
  };

  for (let i = 0; i < persons.n; i++) {
    let t = persons.leaves[i] as number;
    if (t > until) continue;
    const id = persons.ids[i] as number;
    const w = persons.weights[i] as number;
    const groups = Array.from({ length: counters.groups }, (_, g) => g).filter(
      (g) => ((persons.groups[i] as number) >> g) & 1,
    );
    let place = persons.first[i] as number;
    let state: (typeof STATES)[number] = 'unknown-law';
    let route = -1;
    let heldSince = t;
    let end = FAR;
    let pending: { r: number; day: number; made: boolean } | undefined;
    let refused: { r: number; day: number } | undefined;
    let moved = false;
    let gone = false;
    let assumed = -1;
    const left = new Map<number, number>();
    const words = (k: number, a: number, b: number): [number, number] => {
      const out = new Uint32Array(2);
      threefry(seed, draw, id, ((k << 27) | (a << 12) | b) >>> 0, out);
      return [out[0] as number, out[1] as number];
    };
    const wait = (k: number, n: number, rate: number) =>
      Math.max(1, Math.round((-logUnit(words(k, n, 0)[0]) / rate) * 365.25));
    const self = words(8, 0, 0)[0];
    const well = (h: number) => selfWord(self, h) < Math.floor(p.openQuestion * 4294967296);
    const can = (h: number) => selfWord(self ^ PAPERS, h) < Math.floor(p.papers * 4294967296);
    /** The route that somebody as a visitor in a country could get the papers for. */
    const common = (h: number): number => {
      const host = hosts[h] as string;
      const day = dayAt(host, t);
      const own = homes.map((x, r) => ({ x, r })).filter(({ x }) => x.route.jurisdiction === host);
      const found = commonPermit(
        book,
        own.map(({ x }) => x),
        standing(host, false, day),
        day,
      );
      return own[found]?.r ?? -1;
    };
    const open = (x: Tri, h: number): boolean => x === true || (x === undefined && well(h));
    const add = (array: Float64Array, size: number, k: number, x: number) => {
      for (const g of groups) {
        const at = (g * months + monthOf(t)) * size + k;
        array[at] = (array[at] as number) + x;
      }
    };
    const stock = (x: number) => {
      const at = place * months + monthOf(t);
      counters.stock[at] = (counters.stock[at] as number) + x;
    };
    const become = (next: (typeof STATES)[number], at: number) => {
      if (gone) {
        add(counters.states, COUNT, STATES.indexOf(state), -w);
        if (state !== 'returned') stock(-w);
        if (at !== place && next !== 'returned') {
          if (place < H) left.set(place, t);
          if (!moved) add(counters.moved, 1, 0, w);
          moved = true;
        }
      }
      gone = true;
      state = next;
      place = at;
      add(counters.states, COUNT, STATES.indexOf(state), w);
      if (state !== 'returned') stock(w);
    };
    // Where they are on each first of July, and what became of those of the one before.
    let julys = 0;
    let julyPlace = -1;
    const july = (k: number) => fromYmd(toYmd(first).y + k, 7, 1);
    while (julys < years && july(julys) <= t) julys++;
    const fate = (f: number) => {
      if (julyPlace < 0) return;
      const at = (julyPlace * years + julys - 1) * 3 + f;
      counters.panel[at] = (counters.panel[at] as number) + w;
    };
    const survey = (to: number) => {
      for (; julys < years && july(julys) <= to; julys++) {
        fate(place === julyPlace ? 0 : 1);
        julyPlace = state === 'returned' ? -1 : place;
      }
    };
    const yearly = (array: Float64Array, r: number) => {
      const at = r * years + Math.floor(monthOf(t) / 12);
      array[at] = (array[at] as number) + w;
    };
    const settled = () => state === 'permit' || state === 'stable';
    const hostOf = (r: number) => hosts.indexOf((homes[r] as Home).route.jurisdiction);
    const grant = (r: number) => {
      const h = hostOf(r);
      const next = kind(homes[r] as Home) === 'permit' ? 'permit' : 'stable';
      const fresh = h !== place || route !== r;
      if (state !== next || h !== place || !gone) become(next, h);
      if (fresh && (route < 0 || hostOf(route) !== h)) heldSince = t;
      route = r;
      const { valid } = month(r, t);
      end = valid === 0 ? FAR : t + valid;
      yearly(counters.granted, r);
    };
    const file = (r: number, made = false) => {
      const u = unit(words(6, monthOf(t), r)[0]);
      const days = Math.round(month(r, t).processing * (0.67 + p.processingSpread * u * 0.9));
      pending = { r, day: t + Math.max(1, days), made };
      yearly(counters.filed, r);
    };
    const visit = (h: number) => {
      route = -1;
      become('visitor', h);
      const host = hosts[h] as string;
      const v = visitMonth(book, people, host, dayAt(host, t));
      const bound = Math.max(t, visaBound(book, people, i, host, dayAt(host, t)));
      end = Math.min(t + Math.max(1, v.visit) - 1, bound);
      hosts.forEach((other, x) => {
        if (x === h || v.shared === undefined) return;
        if (visitMonth(book, people, other, dayAt(other, t)).shared === v.shared)
          left.set(x, Math.max(left.get(x) ?? -FAR, end));
      });
    };
    const renews = (by: number, of: number): boolean => {
      const renew = statusTerms(book, (homes[of] as Home).status)?.terms.renew;
      return by === of || (renew !== undefined && renew !== 'no' && renew.by === (homes[by] as Home).route.id);
    };
    const race = (list: readonly { word: number; weight: number }[]): number => {
      let best = -1;
      let time = Number.POSITIVE_INFINITY;
      list.forEach(({ word, weight }, k) => {
        if (weight > 0 && -logUnit(word) / weight < time) {
          time = -logUnit(word) / weight;
          best = k;
        }
      });
      return best;
    };
    const decide = (forced: boolean, shocked: boolean) => {
      counters.decisions[0] = (counters.decisions[0] as number) + 1;
      const mo = monthOf(t);
      const waiting = pending !== undefined;
      const barred = refused && t - refused.day < 365 ? refused.r : -1;
      const here: { r: number; weight: number; made?: boolean }[] = [];
      let home = false;
      const worth = (r: number, right: boolean) => exp(quality(homes[r] as Home) + (right ? p.certainty : 0));
      if (place < H) {
        const host = hosts[place] as string;
        const day = dayAt(host, t);
        homes.forEach((h, r) => {
          if (h.route.jurisdiction !== host || r === barred) return;
          if (settled()) {
            if (route < 0 || waiting) return;
            const own = homes[route] as Home;
            const span = Math.max(1, Math.floor((t - heldSince) / 365.25));
            const held = Math.round((HELD.findLast((x) => x <= span) as number) * 365.25);
            const holdings = [{ status: own.status, country: host, from: day - held, to: day + 60 }];
            const probe: Probe = { place: host, since: day - held - 30, under: own.status, holdings };
            const may = filingFrom(book, filedFirst(h), neutral(people, day, probe), day).may;
            if (may === false) return;
            const renewal = renews(r, route);
            if (renewal && !forced) return;
            const asGood = forced && (kind(h) === 'permit') === (kind(own) === 'permit');
            if (!renewal && !asGood && quality(h) <= quality(own)) return;
            const taken = renewal && route === assumed && month(r, t).live;
            if (!taken && !open(and(eligible(h, i, day, probe), may), place)) return;
            home = true;
            here.push({ r, weight: worth(r, renewal) });
          } else {
            const s = standing(host, false, day);
            const may = and(eligible(h, i, day, visitor(host, day)), filingFrom(book, filedFirst(h), s, day).may);
            if (!open(may, place) || (state === 'irregular' && kind(h) !== 'protection')) return;
            home = true;
            if (!waiting) here.push({ r, weight: worth(r, month(r, t).right) });
          }
        });
        if (!settled() && state !== 'irregular' && can(place)) {
          const r = common(place);
          if (r >= 0 && r !== barred) {
            home = true;
            if (!waiting && !here.some((x) => x.r === r))
              here.push({ r, weight: worth(r, month(r, t).right), made: true });
          }
        }
      }
      if (!forced)
        here.push({
          r: -1,
          weight: route >= 0 ? exp(quality(homes[route] as Home)) : state === 'unknown-law' ? exp(p.permit) : 1,
        });
      else if (state === 'visitor' && place < H) {
        const host = hosts[place] as string;
        const v = visitMonth(book, people, host, dayAt(host, t));
        if (v.gap <= 3 && v.visit > 0 && mayEnter(host, i, dayAt(host, t)) !== false)
          here.push({ r: -2, weight: exp(p.visaRun) });
      }
      const elsewhere: { h: number; weight: number; r: number; afar: boolean; made: boolean }[] = [];
      let homeElse = false;
      hosts.forEach((host, h) => {
        if (h === place) return;
        const day = dayAt(host, t);
        const v = visitMonth(book, people, host, day);
        const back = v.visit > 0 ? v.gap : 1 << 29;
        const enter = open(mayEnter(host, i, day), h) && t >= (left.get(h) ?? -FAR) + back;
        let best = { weight: enter ? 1 : 0, r: -1, afar: false, made: false };
        const grades: { weight: number; r: number; afar: boolean; made: boolean; grade: number }[] = [];
        const gradeOf = (r: number) => order.indexOf(kind(homes[r] as Home)) * 2 + (month(r, t).right ? 1 : 0);
        homes.forEach((x, r) => {
          if (x.route.jurisdiction !== host || r === barred) return;
          const from = standing(place === H ? 'xx' : (hosts[place] as string), settled(), day);
          const afar = open(
            and(eligible(x, i, day, { place: 'xx', holdings: [] }), filingFrom(book, filedFirst(x), from, day).may),
            h,
          );
          const inside =
            enter &&
            open(
              and(
                eligible(x, i, day, visitor(host, day)),
                filingFrom(book, filedFirst(x), standing(host, false, day), day).may,
              ),
              h,
            );
          if (!afar && !inside) return;
          homeElse = true;
          grades.push({ weight: worth(r, month(r, t).right), r, afar, made: false, grade: gradeOf(r) });
        });
        if (enter && can(h)) {
          const r = common(h);
          if (r >= 0 && r !== barred) {
            homeElse = true;
            grades.push({ weight: worth(r, month(r, t).right), r, afar: false, made: true, grade: gradeOf(r) });
          }
        }
        if (!waiting)
          for (const g of grades.sort((a, b) => a.grade - b.grade || Number(a.made) - Number(b.made) || a.r - b.r))
            if (g.weight > best.weight) best = g;
        const english = persons.english[i] === 1 && behaviour.richer.has(host) ? p.english : 0;
        elsewhere.push({ ...best, h, weight: best.weight * exp((pull[h] as number) + english) });
      });
      const purse = exp(-p.moveCost * (1 - (persons.means[i] as number)));
      const speaks = behaviour.russianSpeaking.has(hosts[place] as string) ? p.russianSpeaking : 0;
      const own = place < H ? speaks - (lacks[place] as number) : 0;
      const [w0, w1] = words(3, mo, 0);
      const [w2, w3] = words(3, mo, 1);
      const noHome = !home && state !== 'stable' && !homeElse;
      const nest = race([
        { word: w0, weight: exp(p.homePull + own) * here.reduce((a, x) => a + x.weight, 0) },
        { word: w2, weight: purse * elsewhere.reduce((a, x) => a + x.weight, 0) },
        {
          word: w1,
          weight: exp(
            p.returning +
              (shocked ? p.returnShock : 0) +
              (noHome ? p.returnNoHome : 0) +
              (persons.liable[i] ? p.dangerLiable : 0) +
              (persons.exposed[i] ? p.dangerExposed : 0),
          ),
        },
        { word: w3, weight: forced && state !== 'unknown-law' ? exp(p.irregular + own) : 0 },
      ]);
      const named = (name: number) => words(4, mo, name >> 1)[name & 1] as number;
      if (nest === 0) {
        const k = race(here.map((x) => ({ word: named(64 + x.r), weight: x.weight })));
        const { r, made } = here[k] as (typeof here)[number];
        if (r === -2) visit(place);
        else if (r >= 0 && !(settled() && route >= 0 && renews(r, route))) file(r, made);
        else if (r >= 0 && unit(words(9, mo, 0)[0]) < p.renewal) grant(r);
        else if (r >= 0 && forced) {
          refused = { r, day: t };
          end = Math.min(end, t + 30);
        }
      } else if (nest === 1) {
        const x = elsewhere[race(elsewhere.map((e) => ({ word: named(2048 + e.h), weight: e.weight })))];
        if (!x) throw new Error('nowhere to go');
        if (x.r < 0 || !x.afar) visit(x.h);
        if (x.r >= 0) file(x.r, x.made);
      } else if (nest === 2) {
        const at = mo;
        if (moved) counters.returnedAfterMove[at] = (counters.returnedAfterMove[at] as number) + w;
        if (persons.works[i] === 1 && persons.russianEmployer[i] !== 1) add(counters.russianWork, 1, 0, w);
        if (july(julys) <= until) fate(2);
        julyPlace = -1;
        become('returned', place);
        end = FAR;
      } else {
        if (state !== 'irregular') become('irregular', place);
        route = -1;
        end = t + 180;
      }
    };
    // Arrival.
    if (place === H) become('unknown-law', H);
    else {
      const host = hosts[place] as string;
      const day = dayAt(host, t);
      const v = visitMonth(book, people, host, day);
      const enters = mayEnter(host, i, day) !== false && v.visit > 0;
      if (enters && v.free) visit(place);
      else {
        const border = behaviour.askedAtBorder.has(host)
          ? homes.findIndex(
              (h) =>
                h.route.jurisdiction === host &&
                kind(h) === 'protection' &&
                open(
                  and(
                    eligible(h, i, day, visitor(host, day)),
                    filingFrom(book, filedFirst(h), standing(host, false, day), day).may,
                  ),
                  place,
                ),
            )
          : -1;
        const asks = border >= 0 && unit(words(7, 0, 0)[1]) < p.asksOnArrival;
        if (asks) {
          become('visitor', place);
          end = t + 89;
          file(border);
        }
        let came = -1;
        let sure = false;
        homes.forEach((h, r) => {
          if (h.route.jurisdiction !== host || kind(h) === 'protection' || fromWithin(h, day)) return;
          const others = ['xx', ...hosts.filter((other) => other !== host)];
          const filed = [false, true].flatMap((resident) =>
            others.map((from) => filingFrom(book, filedFirst(h), standing(from, resident, day), day).may),
          );
          const x = and(eligible(h, i, day, { place: 'xx', holdings: [] }), or(...filed));
          if (x === false) return;
          const rank = (of: boolean, y: Home) => (of ? 100 : 0) + quality(y);
          if (came >= 0 && rank(x === true, h) <= rank(sure, homes[came] as Home)) return;
          came = r;
          sure = x === true;
        });
        if (came < 0) {
          const own = homes
            .map((h, r) => ({ h, r }))
            .filter(({ h }) => h.route.jurisdiction === host && h.stands === 'permit');
          came = (own.find(({ h }) => h.stable) ?? own[0])?.r ?? -1;
          if (came >= 0 && !month(came, t).live) came = -1;
        }
        if (asks) came = -1;
        else if (came >= 0 && unit(words(7, 0, 0)[0]) < p.arrivesWithPermit) {
          grant(came);
          assumed = sure ? -1 : came;
        } else if (enters) visit(place);
        else {
          become('visitor', place);
          end = t + 89;
        }
      }
    }
    let thinks = 0;
    let shocks = 0;
    let think = t + behaviour.firstLook;
    let shock = t + wait(2, 0, p.shock);
    if (persons.russianEmployer[i] === 1) add(counters.russianWork, 1, 0, w);
    while ((state as string) !== 'returned') {
      const waits = pending !== undefined && hostOf(pending.r) === place;
      const lead = settled() ? behaviour.leadPermit : behaviour.leadVisit;
      const due = end >= FAR || waits ? FAR : Math.max(t + 1, end - lead);
      const answer = pending?.day ?? FAR;
      const next = Math.min(due, answer, think, shock);
      if (next > until) break;
      survey(next);
      t = next;
      if (next === answer) {
        const { r, made } = pending as { r: number; made: boolean };
        pending = undefined;
        const { practice, right } = month(r, t);
        const protects = kind(homes[r] as Home) === 'protection';
        const chance =
          practice >= 0 ? practice : protects ? p.grantProtection : right ? p.grantRight : p.grantDiscretion;
        if (unit(words(5, monthOf(t), r)[0]) < chance) {
          if (made) assumed = r;
          grant(r);
        } else {
          refused = { r, day: t };
          if (end < t) {
            become('irregular', place);
            route = -1;
            end = t + 180;
          }
        }
      } else if (next === due) decide(true, false);
      else if (next === shock) {
        shock = next + wait(2, ++shocks, p.shock);
        decide(false, true);
      } else {
        think = next + wait(1, ++thinks, p.reconsider);
        decide(false, false);
      }
    }
    survey(until);
    for (const g of groups) {
      const at = (g * (H + 1) + place) * COUNT + STATES.indexOf(state);
      counters.final[at] = (counters.final[at] as number) + w;
    }
  }
}
