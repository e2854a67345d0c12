/** The toy of `lab-kernel.ts` in a framework for agent-based models (flocc): one agent a person, one event a tick. */
import { Agent, Environment } from 'flocc';
import { threefry, unit } from '../src/lab/random.ts';
import { GROUPS_MASK, HOSTS, KINDS, OPTIONS, toyTables } from './lab-kernel.ts';

/** The events of the first `n` persons. */
export function agents(n: number, days: number): { readonly events: number } {
  const { hazard, utility, target, slope } = toyTables();
  const out = new Uint32Array(2);
  const environment = new Environment();
  let events = 0;
  let running = n;
  const step = (a: Agent): void => {
    if (a.get('done')) return;
    const host = a.get('host') as number;
    const group = a.get('group') as number;
    threefry(1, 1, a.get('person') as number, a.get('k') as number, out);
    const pick = out[1] as number;
    const rate = hazard[(group * HOSTS + host) * KINDS + (a.get('kind') as number)] as number;
    const t = (a.get('t') as number) - Math.log(unit(out[0] as number)) / rate;
    if (t >= days) {
      a.set('done', true);
      running--;
      return;
    }
    events++;
    const weights = Array.from({ length: OPTIONS }, (_, j) =>
      Math.exp(
        (utility[host * OPTIONS + j] as number) + (slope[group * OPTIONS + j] as number) * (a.get('means') as number),
      ),
    );
    let u = unit(pick) * weights.reduce((x, y) => x + y, 0);
    let j = 0;
    while (j < OPTIONS - 1) {
      u -= weights[j] as number;
      if (u <= 0) break;
      j++;
    }
    const next = target[host * OPTIONS + j] as number;
    a.set({ t, host: next & 31, kind: next >> 5, k: (a.get('k') as number) + 1 });
  };
  for (let i = 0; i < n; i++) {
    threefry(1, 1, i, 0, out);
    const word = out[0] as number;
    const agent = new Agent({
      person: i,
      group: word & GROUPS_MASK,
      host: (word >> 3) & 31,
      kind: (word >> 8) & 7,
      means: unit(out[1] as number),
      t: 0,
      k: 1,
      done: false,
    });
    agent.set('tick', step);
    environment.addAgent(agent);
  }
  while (running > 0) environment.tick();
  return { events };
}
