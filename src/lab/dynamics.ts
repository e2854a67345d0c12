/**
 * The run: each person from the day they left to the horizon, event by event. A person chooses among what the tables say is
 * lawful (stay, ask for a status here, go elsewhere by a route or as a visitor), and return and irregular stay, which need no law.
 *
 * Choice is a nested logit (McFadden 1978): "here", "elsewhere", "return" and "irregular" are nests. Random numbers are keyed by
 * person, kind of event and month, so a scenario meets the same luck as the law it is held against; nothing depends on the order
 * of persons. Counts are whole numbers: shards add up exactly.
 */
import type { Day } from '../rules/ir.ts';
import type { Behaviour, Parameters } from './behaviour.ts';
import { NO, UNKNOWN, YES } from './eye.ts';
import { exp, log, logUnit, threefry, unit } from './random.ts';
import { LawTables, monthIndex } from './tables.ts';

export const STATES = ['visitor', 'permit', 'stable', 'irregular', 'returned', 'unknown-law'] as const;
export type State = (typeof STATES)[number];
const VISITOR = 0;
const PERMIT = 1;
const STABLE = 2;
const IRREGULAR = 3;
const RETURNED = 4;
const UNKNOWN_LAW = 5;
const COUNT = STATES.length;

/** What a run needs of each row beside the law. Rows are those of the tables' people. */
export type RunPersons = {
  readonly n: number;
  /** Keys of the random numbers: the row in the whole population, whichever part of it is run. */
  readonly ids: Int32Array;
  /** Whole numbers: people times `UNITS`. */
  readonly weights: Float64Array;
  readonly leaves: Int32Array;
  /** Index into the tables' hosts; the number of hosts for a country that the law says nothing of. */
  readonly first: Int16Array;
  readonly groups: Int32Array;
  readonly groupCount: number;
  readonly liable: Uint8Array;
  readonly exposed: Uint8Array;
  readonly english: Uint8Array;
  /** 0 (none) to 1 (plenty). */
  readonly means: Float64Array;
  readonly russianEmployer: Uint8Array;
  readonly works: Uint8Array;
  /** Share of each host among first countries; the last is for countries without law. */
  readonly networks: Float64Array;
};

/** Weights are counted in thousandths of a person. */
export const UNITS = 1000;

export type Counters = {
  readonly months: number;
  readonly groups: number;
  readonly hosts: number;
  readonly routes: number;
  /** By group, month and state. */
  readonly states: Float64Array;
  /** By group and month: have left their first country for another. */
  readonly moved: Float64Array;
  /** By group and month: work for a Russian employer, abroad or after return. */
  readonly russianWork: Float64Array;
  /** By host and month: all who are there. */
  readonly stock: Float64Array;
  /** At the horizon, by group, host and state. */
  readonly final: Float64Array;
  /** Applications by route and year. */
  readonly filed: Float64Array;
  /** Granted by route and year. */
  readonly granted: Float64Array;
  /** By month: returned after having changed country first. */
  readonly returnedAfterMove: Float64Array;
  readonly decisions: Float64Array;
};

export function newCounters(months: number, groups: number, hosts: number, routes: number): Counters {
  const years = Math.ceil(months / 12) + 1;
  return {
    months,
    groups,
    hosts,
    routes,
    states: new Float64Array(groups * months * COUNT),
    moved: new Float64Array(groups * months),
    russianWork: new Float64Array(groups * months),
    stock: new Float64Array((hosts + 1) * months),
    final: new Float64Array(groups * (hosts + 1) * COUNT),
    filed: new Float64Array(routes * years),
    granted: new Float64Array(routes * years),
    returnedAfterMove: new Float64Array(months),
    decisions: new Float64Array(1),
  };
}

export const COUNTER_PARTS = [
  'states',
  'moved',
  'russianWork',
  'stock',
  'final',
  'filed',
  'granted',
  'returnedAfterMove',
  'decisions',
] as const;

/** Adds one shard's counts to another's. Whole numbers: the order does not matter. */
export function addCounters(into: Counters, from: Counters): void {
  for (const part of COUNTER_PARTS) {
    const a = into[part];
    const b = from[part];
    for (let k = 0; k < a.length; k++) a[k] = (a[k] as number) + (b[k] as number);
  }
}

// Kinds of events, as keys of random numbers.
const THINK = 1;
const SHOCK = 2;
const NEST = 3;
const PICK = 4;
const GRANT = 5;
const OFFICE = 6;
const ARRIVE = 7;
const SELF = 8;
const RENEW = 9;

const FAR = 1 << 28;
const NEVER: Day = 1 << 28;

/** Chance that an application is admitted under a quota, by route and year; 1 where there is none. */
export type Admission = Float64Array;

/**
 * Runs all rows. `seed` and `draw` are the key of the random numbers; `until` the last day. Counters get what happened.
 */
export function runPersons(
  tables: LawTables,
  persons: RunPersons,
  behaviour: Behaviour,
  p: Parameters,
  seed: number,
  draw: number,
  until: Day,
  counters: Counters,
  admission?: Admission,
): void {
  const { epochs, epochOf, homes, hosts, hostOf, stride, hostStride, first: start } = tables;
  const R = homes.length;
  const H = hosts.length;
  const months = Math.min(counters.months, tables.months);
  const years = Math.ceil(counters.months / 12) + 1;
  const out = new Uint32Array(2);
  const quality = Float64Array.from(homes, (h) =>
    h.stands === 'protection' ? p.stable + p.protection : h.stable ? p.stable : p.permit,
  );
  const stateOf = Uint8Array.from(homes, (h) => (h.stable ? STABLE : PERMIT));
  const isProtection = Uint8Array.from(homes, (h) => (h.stands === 'protection' ? 1 : 0));
  const routeHash = Uint32Array.from(homes, (_, r) => Math.imul(r + 1, 0x9e3779b1) >>> 0);
  const pull = new Float64Array(H + 1);
  for (let h = 0; h <= H; h++)
    pull[h] =
      p.network * log(Math.max(1e-4, persons.networks[h] as number)) +
      (h < H && behaviour.russianSpeaking.has(hosts[h] as string) ? p.russianSpeaking : 0);
  const rich = Uint8Array.from(hosts, (h) => (behaviour.richer.has(h) ? 1 : 0));
  const q32 = Math.floor(p.openQuestion * 4294967296);

  /** The first permit of each country that leads on, else the first of all. */
  const usualPermit = Int16Array.from(hosts, (_, h) => {
    const own = homes.map((x, r) => ({ x, r })).filter(({ x, r }) => hostOf[r] === h && x.stands === 'permit');
    return (own.find(({ x }) => x.stable) ?? own[0])?.r ?? -1;
  });
  const rights = epochs.map((x) => Uint8Array.from(x.routes, (y) => (y.right ? 1 : 0)));
  /** Days after leaving from which one may come back; never where no stay rule is known. */
  const gapsOf = epochs.map((x) => Int32Array.from(x.hosts, (y) => (y.visit > 0 ? y.gap : 1 << 29)));
  const renewals = new Int8Array(R * R).fill(-1);
  const isRenewal = (by: number, r: number): boolean => {
    const at = by * R + r;
    if (renewals[at] === -1) renewals[at] = by === r || tables.renews(by, r) ? 1 : 0;
    return renewals[at] === 1;
  };
  /** Two bits a route: 3 where a question without an answer counts as answered well for this person, else 2. */
  const openRow = new Uint8Array(stride);

  // Options of one decision: value, and what it is. At most one a host elsewhere, and a few here.
  const hereV = new Float64Array(64);
  const hereRoute = new Int16Array(64);
  const elseV = new Float64Array(H);
  const elseRoute = new Int16Array(H);
  const elseFromAfar = new Uint8Array(H);
  const lastLeft = new Int32Array(H);

  // The person at hand.
  let id = 0;
  let i = 0;
  let place = H;
  let state = UNKNOWN_LAW;
  let route = -1;
  let heldSince: Day = 0;
  let end: Day = NEVER;
  let pendingRoute = -1;
  let pendingDay: Day = NEVER;
  let refusedRoute = -1;
  let refusedDay: Day = -FAR;
  let moved = false;
  /** The route of a permit that the person is taken to have come with, though nothing known of them opens it. */
  let assumedRoute = -1;
  let gone = false;
  let self = 0;
  let w = 0;
  let mask = 0;
  let t: Day = 0;

  const random = (kind: number, a: number, b: number): number => {
    threefry(seed, draw, id, ((kind << 27) | (a << 12) | b) >>> 0, out);
    return out[0] as number;
  };
  const gumbel = (word: number): number => -log(-logUnit(word));
  const months_ = new Int16Array(until - start + 2);
  for (let d = 0; d < months_.length; d++) months_[d] = Math.min(months - 1, monthIndex(start, start + d));
  const month = (day: Day): number => months_[day - start] as number;

  const count = (array: Float64Array, size: number, m: number, k: number, x: number): void => {
    let bits = mask;
    let g = 0;
    while (bits) {
      if (bits & 1) {
        const at = (g * months + m) * size + k;
        array[at] = (array[at] as number) + x;
      }
      bits >>>= 1;
      g++;
    }
  };
  const enterState = (next: number, nextPlace: number): void => {
    const m = month(t);
    if (gone) {
      count(counters.states, COUNT, m, state, -w);
      if (state !== RETURNED) {
        const at = place * months + m;
        counters.stock[at] = (counters.stock[at] as number) - w;
      }
    }
    if (gone && nextPlace !== place && next !== RETURNED) {
      if (place < H) lastLeft[place] = t;
      if (!moved) {
        moved = true;
        count(counters.moved, 1, m, 0, w);
      }
    }
    gone = true;
    state = next;
    place = nextPlace;
    count(counters.states, COUNT, m, state, w);
    if (state !== RETURNED) {
      const at = place * months + m;
      counters.stock[at] = (counters.stock[at] as number) + w;
    }
  };

  const open = (bits: number, r: number): boolean =>
    bits === YES || (bits === UNKNOWN && Math.imul(self ^ (routeHash[r] as number), 0x85ebca6b) >>> 0 < q32);

  const mayEnter = (bits: number, h: number): boolean =>
    bits === YES || (bits === UNKNOWN && Math.imul(self ^ Math.imul(h + 7, 0x27d4eb2f), 0x85ebca6b) >>> 0 < q32);

  /** Grants route `r` on day `t`: the person is in its country from then on. */
  const grant = (r: number): void => {
    const e = epochs[epochOf[month(t)] as number] as LawTables['epochs'][number];
    const valid = e.routes[r]?.valid ?? 365;
    const h = hostOf[r] as number;
    const fresh = h !== place || route !== r;
    if (state !== stateOf[r] || h !== place || !gone) enterState(stateOf[r] as number, h);
    if (fresh && (route < 0 || hostOf[route] !== h)) heldSince = t;
    route = r;
    end = valid === 0 ? NEVER : t + valid;
    const at = r * years + Math.floor(month(t) / 12);
    counters.granted[at] = (counters.granted[at] as number) + w;
  };

  const file = (r: number): void => {
    const e = epochs[epochOf[month(t)] as number] as LawTables['epochs'][number];
    const u = unit(random(OFFICE, month(t), r & 4095));
    const usual = e.routes[r]?.processing ?? 90;
    pendingRoute = r;
    // Between two thirds of the stated time and well beyond it, the more so the greater the spread.
    pendingDay = t + Math.max(1, Math.round(usual * (0.67 + p.processingSpread * u * 0.9)));
    const at = r * years + Math.floor(month(t) / 12);
    counters.filed[at] = (counters.filed[at] as number) + w;
  };

  const visit = (h: number): void => {
    const e = epochs[epochOf[month(t)] as number] as LawTables['epochs'][number];
    route = -1;
    enterState(VISITOR, h);
    end = t + Math.max(1, e.hosts[h]?.visit ?? 90) - 1;
  };

  const answered = (): void => {
    const r = pendingRoute;
    pendingRoute = -1;
    pendingDay = NEVER;
    const e = epochs[epochOf[month(t)] as number] as LawTables['epochs'][number];
    const info = e.routes[r];
    const chance =
      info === undefined
        ? 0
        : info.practice >= 0
          ? info.practice
          : isProtection[r]
            ? p.grantProtection
            : info.right
              ? p.grantRight
              : p.grantDiscretion;
    const year = Math.floor(month(t) / 12);
    const admitted = admission ? (admission[r * years + year] as number) : 1;
    if (unit(random(GRANT, month(t), r & 4095)) < chance * admitted) grant(r);
    else {
      refusedRoute = r;
      refusedDay = t;
      if (end < t) {
        enterState(IRREGULAR, place);
        route = -1;
        end = t + 180;
      }
    }
  };

  const decide = (forced: boolean, shocked: boolean): void => {
    // An application abroad goes on meanwhile: only where to wait for it is chosen.
    const waiting = pendingRoute >= 0;
    counters.decisions[0] = (counters.decisions[0] as number) + 1;
    const m = month(t);
    const ei = epochOf[m] as number;
    const e = epochs[ei] as LawTables['epochs'][number];
    const base = i * stride;
    const { outside, inside, enter, fileInside } = e;
    const mine_ = openRow;
    const hostOf_ = hostOf;
    const quality_ = quality;
    const elseV_ = elseV;
    const size = stride;
    const here_ = place;
    const irregular = state === IRREGULAR;
    const refused = t - refusedDay < 365 ? refusedRoute : -1;
    const { certainty } = p;
    const files = state === PERMIT || state === STABLE ? e.fileResident : e.fileVisitor;
    const right = rights[ei] as Uint8Array;
    const gaps = gapsOf[ei] as Int32Array;
    const poor = p.moveCost * (1 - (persons.means[i] as number));
    const speaks = persons.english[i] === 1 ? p.english : 0;
    const holds = (state === PERMIT || state === STABLE) && place < H;
    let here = 0;
    let best = 0;
    let homesOpen = 0;
    elseV.fill(Number.NEGATIVE_INFINITY);
    const enterBase = i * hostStride;
    for (let h = 0; h < H; h++) {
      if (h === place) continue;
      const bits = ((enter[enterBase + (h >> 2)] as number) >> ((h & 3) << 1)) & 3;
      elseRoute[h] = -1;
      if (mayEnter(bits, h) && t >= (lastLeft[h] as number) + (gaps[h] as number)) elseV[h] = 0;
    }
    const homePull = p.homePull + (pull[place] as number);
    const filesAt = here_ * size;
    const canAskHere = !holds;
    for (let k = 0; k < size; k++) {
      const mine = mine_[k] as number;
      // Four routes at a time: open from afar, and open inside; what hangs on an answer is settled for this person.
      const afar4 = (outside[base + k] as number) & (files[filesAt + k] as number) & mine;
      const inside4 = (inside[base + k] as number) & (fileInside[k] as number) & mine;
      if ((afar4 | inside4) === 0) continue;
      for (let s = 0; s < 8; s += 2) {
        const afar = (afar4 >> s) & 3;
        const within = (inside4 >> s) & 3;
        if ((afar | within) === 0) continue;
        const r = (k << 2) + (s >> 1);
        if (r === refused) continue;
        const h = hostOf_[r] as number;
        if (h === here_) {
          // Whoever is over their time has no status to ask from; protection may be asked for all the same.
          if (!canAskHere || within === 0 || (irregular && !isProtection[r])) continue;
          homesOpen++;
          if (waiting || here >= 60) continue;
          hereV[here] = homePull + (quality_[r] as number) + (right[r] === 1 ? certainty : 0);
          hereRoute[here] = r;
          here++;
          continue;
        }
        if (afar === 0 && (h < 0 || elseV_[h] === Number.NEGATIVE_INFINITY)) continue;
        homesOpen++;
        if (waiting) continue;
        const v = (quality_[r] as number) + (right[r] === 1 ? certainty : 0);
        if (v > (elseV_[h] as number)) {
          elseV_[h] = v;
          elseRoute[h] = r;
          elseFromAfar[h] = afar !== 0 ? 1 : 0;
        }
      }
    }
    if (holds && route >= 0 && !waiting) {
      const held = Math.max(1, Math.floor((t - heldSince) / 365.25));
      const holder = tables.holder(route, held, ei);
      for (let k = 0; k < holder.routes.length && here < 60; k++) {
        const r = holder.routes[k] as number;
        if (r === refusedRoute && t - refusedDay < 365) continue;
        const renewal = isRenewal(r, route);
        if (renewal && !forced) continue;
        // What is no better than what one holds is no reason to file.
        if (
          !renewal &&
          (quality[r] as number) <= (quality[route] as number) &&
          !(forced && stateOf[r] === stateOf[route])
        )
          continue;
        const bits = renewal && route === assumedRoute && e.routes[r]?.live ? YES : holder.bits(k, i);
        if (bits === NO || !open(bits, r)) continue;
        homesOpen++;
        hereV[here] = homePull + (quality[r] as number) + (renewal ? p.certainty : 0);
        hereRoute[here] = r;
        here++;
      }
    }
    if (!forced) {
      const q = route >= 0 ? (quality[route] as number) : state === UNKNOWN_LAW ? p.permit : 0;
      hereV[here] = homePull + q;
      hereRoute[here] = -1;
      here++;
    } else if (forced && state === VISITOR && place < H) {
      const info = e.hosts[place] as LawTables['epochs'][number]['hosts'][number];
      const bits = ((enter[enterBase + (place >> 2)] as number) >> ((place & 3) << 1)) & 3;
      if (info.gap <= 3 && info.visit > 0 && bits !== NO) {
        hereV[here] = homePull + p.visaRun;
        hereRoute[here] = -2;
        here++;
      }
    }
    // Inclusive values.
    let sumHere = 0;
    for (let k = 0; k < here; k++) sumHere += exp(hereV[k] as number);
    let sumElse = 0;
    for (let h = 0; h < H; h++) {
      if (elseV[h] === Number.NEGATIVE_INFINITY) continue;
      const v = (elseV[h] as number) + (pull[h] as number) + (rich[h] ? speaks : 0) - poor;
      elseV[h] = v;
      sumElse += exp(v);
    }
    const back =
      p.returning +
      (shocked ? p.returnShock : 0) +
      (homesOpen === 0 && state !== STABLE ? p.returnNoHome : 0) +
      (persons.liable[i] === 1 ? p.dangerLiable : 0) +
      (persons.exposed[i] === 1 ? p.dangerExposed : 0);
    let nest = -1;
    let top = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < 4; k++) {
      let v = Number.NEGATIVE_INFINITY;
      if (k === 0 && sumHere > 0) v = log(sumHere);
      else if (k === 1 && sumElse > 0) v = log(sumElse);
      else if (k === 2) v = back;
      else if (k === 3 && forced && state !== UNKNOWN_LAW) v = p.irregular + (pull[place] as number);
      if (v === Number.NEGATIVE_INFINITY) continue;
      v += gumbel(random(NEST, m, k));
      if (v > top) {
        top = v;
        nest = k;
      }
    }
    if (nest === 2) {
      if (moved) counters.returnedAfterMove[month(t)] = (counters.returnedAfterMove[month(t)] as number) + w;
      if (persons.works[i] === 1 && persons.russianEmployer[i] !== 1) count(counters.russianWork, 1, month(t), 0, w);
      enterState(RETURNED, place);
      end = NEVER;
      return;
    }
    if (nest === 3) {
      if (state !== IRREGULAR) enterState(IRREGULAR, place);
      route = -1;
      end = t + 180;
      return;
    }
    // Within a nest every option has luck of its own (Gumbel, keyed by the option): a scenario that opens one leaves the others as
    // they were, and moves only those who prefer it.
    if (nest === 0) {
      let most = Number.NEGATIVE_INFINITY;
      for (let k = 0; k < here; k++) {
        const v = (hereV[k] as number) + gumbel(random(PICK, m, 64 + (hereRoute[k] as number)));
        if (v > most) {
          most = v;
          best = k;
        }
      }
      const r = hereRoute[best] as number;
      if (r >= 0) {
        const renewal = holds && route >= 0 && isRenewal(r, route);
        if (renewal) {
          // An office that is asked in time lets one stay until it answers; the answer is drawn here.
          if (unit(random(RENEW, m, 0)) < p.renewal) grant(r);
          else if (forced) {
            refusedRoute = r;
            refusedDay = t;
            end = Math.min(end, t + 30);
          }
        } else file(r);
      } else if (r === -2) visit(place);
      return;
    }
    let target = -1;
    let most = Number.NEGATIVE_INFINITY;
    for (let h = 0; h < H; h++) {
      if (elseV[h] === Number.NEGATIVE_INFINITY) continue;
      const v = (elseV[h] as number) + gumbel(random(PICK, m, 2048 + h));
      if (v > most) {
        most = v;
        target = h;
      }
    }
    const r = elseRoute[target] as number;
    if (r >= 0 && elseFromAfar[target] === 1) {
      file(r);
      return;
    }
    visit(target);
    if (r >= 0) file(r);
  };

  for (i = 0; i < persons.n; i++) {
    const leave = persons.leaves[i] as number;
    if (leave > until) continue;
    id = persons.ids[i] as number;
    w = persons.weights[i] as number;
    mask = persons.groups[i] as number;
    place = persons.first[i] as number;
    route = -1;
    heldSince = leave;
    pendingRoute = -1;
    pendingDay = NEVER;
    refusedRoute = -1;
    refusedDay = -FAR;
    moved = false;
    assumedRoute = -1;
    gone = false;
    lastLeft.fill(-FAR);
    t = leave;
    self = random(SELF, 0, 0);
    for (let k = 0; k < stride; k++) openRow[k] = 0;
    for (let r = 0; r < R; r++)
      openRow[r >> 2] = (openRow[r >> 2] as number) | ((open(UNKNOWN, r) ? 3 : 2) << ((r & 3) << 1));
    // The rhythm of reconsidering and of shocks is the person's own: no scenario changes it.
    let thinks = 0;
    let shocks = 0;
    const wait = (kind: number, ordinal: number, rate: number): number =>
      rate <= 0 ? FAR : Math.max(1, Math.round((-logUnit(random(kind, ordinal, 0)) / rate) * 365.25));
    let nextThink = t + behaviour.firstLook;
    let nextShock = t + wait(SHOCK, shocks, p.shock);
    if (place === H) enterState(UNKNOWN_LAW, H);
    else {
      const e = epochs[epochOf[month(t)] as number] as LawTables['epochs'][number];
      const bits = ((e.enter[i * hostStride + (place >> 2)] as number) >> ((place & 3) << 1)) & 3;
      if (bits !== NO && (e.hosts[place]?.visit ?? 0) > 0) visit(place);
      else {
        let came = -1;
        for (let r = 0; r < R; r++) {
          if (hostOf[r] !== place || isProtection[r]) continue;
          const b = LawTables.bit(e.outside, stride, i, r);
          if (b !== NO && (came < 0 || (b === YES && (quality[r] as number) > (quality[came] as number)))) came = r;
        }
        // Where none of the routes fits what the population knows of them, they came on papers that it does not have (a place to
        // study, a family, a contract): a permit of the country all the same, renewed as if its conditions were met.
        const unknownPapers = came < 0;
        if (unknownPapers) {
          came = usualPermit[place] as number;
          if (came >= 0 && !e.routes[came]?.live) came = -1;
        }
        if (came >= 0 && unit(random(ARRIVE, 0, 0)) < p.arrivesWithPermit) {
          grant(came);
          assumedRoute = unknownPapers ? came : -1;
        } else {
          enterState(VISITOR, place);
          end = t + 89;
        }
      }
    }
    if (persons.russianEmployer[i] === 1) count(counters.russianWork, 1, month(t), 0, w);
    let guard = 0;
    while (state !== RETURNED && guard++ < 400) {
      const lead = state === PERMIT || state === STABLE ? behaviour.leadPermit : behaviour.leadVisit;
      // An application in the country lets one wait for the answer there.
      const waits = pendingRoute >= 0 && hostOf[pendingRoute] === place;
      const due = end >= NEVER || waits ? NEVER : Math.max(t + 1, end - lead);
      const next = Math.min(due, pendingDay, nextThink, nextShock);
      if (next > until) break;
      t = next;
      if (next === pendingDay) answered();
      else if (next === due) {
        decide(true, false);
      } else if (next === nextShock) {
        shocks++;
        nextShock = t + wait(SHOCK, shocks, p.shock);
        decide(false, true);
      } else {
        thinks++;
        nextThink = t + wait(THINK, thinks, p.reconsider);
        decide(false, false);
      }
    }
    let bits = mask;
    let g = 0;
    while (bits) {
      if (bits & 1) {
        const at = (g * (H + 1) + place) * COUNT + state;
        counters.final[at] = (counters.final[at] as number) + w;
      }
      bits >>>= 1;
      g++;
    }
  }
}

/** Turns changes by month into counts: what was added up person by person as differences. Done once, after merging. */
export function settle(counters: Counters): void {
  const { months } = counters;
  const run = (array: Float64Array, size: number): void => {
    const blocks = array.length / (months * size);
    for (let b = 0; b < blocks; b++)
      for (let m = 1; m < months; m++)
        for (let k = 0; k < size; k++) {
          const at = (b * months + m) * size + k;
          array[at] = (array[at] as number) + (array[at - size] as number);
        }
  };
  run(counters.states, COUNT);
  run(counters.moved, 1);
  run(counters.russianWork, 1);
  run(counters.stock, 1);
  run(counters.returnedAfterMove, 1);
}
