/** Small random worlds as text, by seed: few countries, short stays, dates of law, dangers, fees, papers that end. */
import { FIRST } from './text-worlds.ts';

/** A generator of numbers that is the same on every machine. */
export function numbers(seed: number): (below: number) => number {
  let a = seed >>> 0;
  return (below) => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

export type SmallWorld = {
  readonly line: string;
  readonly passport: number;
  /** What the person file tells of money: savings, and what a month adds or takes. */
  readonly money: string;
  readonly limits: {
    readonly horizon: number;
    readonly moves: number;
    readonly hops: number;
    readonly pending: number;
  };
};

/**
 * The world of a seed. In every fourth money is short: permits ask for savings, fees are dear, and a month takes some of them or adds to
 * them (then the days reach beyond a month).
 */
export function smallWorld(seed: number): SmallWorld {
  const n = numbers(seed);
  const m = numbers(seed + 7_000_003);
  const short = seed % 4 === 3;
  const grows = short && m(3) === 0;
  const needs = (percent: number): string => (short && m(100) < percent ? `needs ${20 + m(9) * 10}` : '');
  const one = <T>(...xs: readonly T[]): T => xs[n(xs.length)] as T;
  const some = (percent: number, text: string): string => (n(100) < percent ? text : '');
  const drawn = 12 + n(6);
  const horizon = grows ? 31 + m(5) : drawn;
  const all = n(3) === 0 ? ['xa', 'xb'] : ['xa', 'xb', 'xc'];
  const countries = grows ? all.slice(0, 2) : all;
  const parts: string[] = [];
  for (const c of countries) {
    const days = (grows ? 14 + m(12) : 0) + 2 + n(5);
    if (c === 'xa' || n(10) > 0)
      parts.push(`${c} visit ${one(`${days}`, `${days}`, `${days}/${days + 2 + n(6)}`, `${days} gap ${1 + n(4)}`)}`);
    if (n(100) < 20) parts.push(`${c} shut ${2 + n(6)} ${some(60, `${8 + n(8)}`)}`);
    if (n(100) < 35) parts.push(`danger ${c}`);
    const permits = c === 'xa' ? n(2) : 1 + n(2);
    for (let i = 0; i < permits; i++) {
      const name = `p${i}`;
      parts.push(
        [
          `${c} ${name} ${n(4)} ${3 + n(9)} ${one('right', 'right', 'discretion')} ${n(4) * 10}`,
          some(60, 'renew'),
          some(30, 'leave'),
          n(100) < 30 ? 'abroad' : some(25, `from ${c}/${one('visit', 'p0')}`),
          one('', '', `opens ${2 + n(10)}`, `closes ${4 + n(10)}`, `opens ${2 + n(3)} closes ${6 + n(8)}`),
          needs(50),
        ].join(' '),
      );
      if (n(100) < 20) parts.push(`fee ${c} ${name} ${1 + n(8)} ${n(5) * 10}`);
    }
    if (permits && n(100) < 75)
      parts.push(
        `${c} home ${n(3)} after ${2 + n(8)} ${permits > 1 ? one('p0', 'p1', 'p0 p1') : 'p0'} ${some(20, 'discretion')} ${n(3) * 10} ${needs(60)}`,
      );
    if (n(100) < 25)
      parts.push(
        `${c} shelter ${2 + n(6)} 9 ${one('right', 'discretion')} ${n(2) * 10} stands permanent ${some(40, `opens ${3 + n(9)}`)} ${some(30, 'leave')} ${needs(60)}`,
      );
  }
  return {
    line: parts.map((p) => p.replace(/\s+/g, ' ').trim()).join('; '),
    passport: n(5) === 0 ? 4 + n(drawn) : 9000,
    money: short
      ? `savings: ${60 + m(8) * 10} EUR\nsavingsMonth: ${grows ? 20 + m(5) * 10 : -10 * m(4)} EUR`
      : 'savings: 100000 EUR',
    limits: { horizon: FIRST + horizon, moves: grows ? 3 : 3 + n(2), hops: 2, pending: 1 },
  };
}

/** A small world in which a permit must be extended for the years to come together, on certain days only, and may go on until the decision. */
export function windowWorld(seed: number): SmallWorld {
  const n = numbers(seed + 500_000);
  const one = <T>(...xs: readonly T[]): T => xs[n(xs.length)] as T;
  const some = (percent: number, text: string): string => (n(100) < percent ? text : '');
  const valid = 3 + n(5);
  const permit = (name: string, takes: number): string => {
    const days = 1 + n(Math.min(valid, 4));
    const before = n(4) === 0 ? '' : `before ${days}`;
    // That nothing is said where no answer can come in time is a doubt, and of two plans the one without goes before the other.
    const silent = before && days < takes - 1 ? 'lapses' : '';
    const goes = one('goes on', 'goes on counts', `goes on limit ${1 + n(3)}`, 'lapses', silent, silent);
    return `xa ${name} ${takes} ${valid} ${one('right', 'right', 'discretion')} ${n(3) * 10} ${some(35, 'leave')} renew ${before} ${before.endsWith(' 1') ? '' : some(25, 'by 1')} ${goes}`;
  };
  const parts = [
    `xa visit ${2 + n(5)}`,
    permit('p0', 1 + n(3)),
    `xa home ${n(2)} after ${valid + n(6)} p0 ${n(2) * 10}`,
    some(30, 'danger xa'),
    some(25, permit('p1', n(3))),
    some(20, `fee xa p0 ${1 + n(8)} ${n(5) * 10}`),
  ];
  if (n(100) < 70) {
    parts.push(`xb visit ${2 + n(5)}`);
    if (n(100) < 40) parts.push(`xb p0 ${n(3)} ${4 + n(8)} right ${n(3) * 10} ${some(50, 'abroad')}`);
  }
  const horizon = 14 + n(6);
  return {
    line: parts
      .map((p) => p.replace(/\s+/g, ' ').trim())
      .filter(Boolean)
      .join('; '),
    passport: 9000,
    money: 'savings: 100000 EUR',
    limits: { horizon: FIRST + horizon, moves: 4, hops: 2, pending: 1 },
  };
}

/** A small world in which visits are counted against whoever comes too often, and in every second one a new passport can be had. */
export function runsWorld(seed: number): SmallWorld {
  const n = numbers(seed + 900_000);
  const world = smallWorld(seed + 20_000);
  const parts = [world.line];
  for (const c of ['xa', 'xb', 'xc'])
    if (world.line.includes(`${c} visit`) && n(100) < 70) parts.push(`${c} runs ${1 + n(2)} ${2 + n(12)}`);
  const renews = n(2) === 0;
  if (renews) parts.push(`${n(2) === 0 ? 'xa' : 'xb'} passport ${1 + n(3)} ${600 + n(3)}`);
  return { ...world, line: parts.join('; '), passport: renews ? 2 + n(9) : world.passport };
}
