/**
 * Random worlds of middle size as text, by seed: more countries, permits and moves than the oracle, which tries every move
 * on every day, can finish; small enough for a solver.
 */
import type { AspLimits } from './asp.ts';
import { numbers } from './random-worlds.ts';

/** The world of a seed, with a passport that does not end; `size` is how many countries there are. */
export function midWorld(seed: number, size: number, moves: number): { line: string; limits: AspLimits } {
  const n = numbers(seed * 7919 + 13);
  const one = <T>(...xs: readonly T[]): T => xs[n(xs.length)] as T;
  const some = (percent: number, text: string): string => (n(100) < percent ? text : '');
  const parts: string[] = [];
  for (const c of ['xa', 'xb', 'xc', 'xd', 'xe', 'xf'].slice(0, size)) {
    const days = 5 + n(12);
    parts.push(`${c} visit ${one(`${days}`, `${days}`, `${days}/${days + 4 + n(20)}`, `${days} gap ${1 + n(6)}`)}`);
    if (n(100) < 15) parts.push(`${c} shut ${5 + n(12)} ${some(60, `${17 + n(12)}`)}`);
    if (n(100) < 35) parts.push(`danger ${c}`);
    const permits = c === 'xa' ? n(2) : 1 + n(2);
    for (let i = 0; i < permits; i++) {
      parts.push(
        [
          `${c} p${i} ${1 + n(7)} ${8 + n(16)} ${one('right', 'right', 'discretion')} ${n(4) * 10}`,
          some(60, 'renew'),
          some(30, 'leave'),
          n(100) < 30 ? 'abroad' : some(25, `from ${c}/${one('visit', 'p0')}`),
          one('', '', '', `opens ${3 + n(12)}`, `closes ${8 + n(14)}`),
        ].join(' '),
      );
      if (n(100) < 20) parts.push(`fee ${c} p${i} ${3 + n(12)} ${n(5) * 10}`);
    }
    if (permits && n(100) < 75)
      parts.push(
        `${c} home ${1 + n(4)} after ${6 + n(12)} ${permits > 1 ? one('p0', 'p1', 'p0 p1') : 'p0'} ${some(25, 'discretion')} ${n(3) * 10}`,
      );
    if (n(100) < 20)
      parts.push(
        `${c} shelter ${4 + n(8)} 9 ${one('right', 'discretion')} ${n(2) * 10} stands permanent ${some(40, `opens ${8 + n(14)}`)} ${some(30, 'leave')}`,
      );
  }
  return {
    line: parts.map((p) => p.replace(/\s+/g, ' ').trim()).join('; '),
    limits: { horizon: 34, moves, hops: 2, pending: 1 },
  };
}
