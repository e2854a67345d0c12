/** The workers of a run: rows are handed out, counts added up. Whole numbers: who did which rows makes no difference. */
import type { FloorRow } from '../../lab/brief-floor.ts';
import { addFloors } from '../../lab/brief-floor.ts';
import { addTally, type Tally } from '../../lab/outcome.ts';
import { type Chances, chancesOf } from '../../lab/shard.ts';
import { type Asked, type Found, type FromWorker, ROWS, stepsOf, type ToWorker } from './protocol.ts';

export type Ready = Extract<FromWorker, { readonly ready: true }>;
export type Result = { readonly found: Found; readonly floor: readonly FloorRow[]; readonly floorOn: number };

/** Told to stop. */
export class Cancelled extends Error {}

type Part = Extract<FromWorker, { readonly floorOn: number }>;
type Second = Extract<FromWorker, { readonly second: unknown }>;
type Hear = { readonly step?: () => void };

/** One worker: a question at a time. */
class Hand {
  private readonly worker: Worker;
  constructor(make: () => Worker) {
    this.worker = make();
  }
  ask(m: ToWorker, { step }: Hear = {}): Promise<Exclude<FromWorker, { readonly step: number }>> {
    const { worker } = this;
    return new Promise((yes, no) => {
      worker.onmessage = (e: MessageEvent<FromWorker>) => {
        if ('step' in e.data) step?.();
        else if ('failed' in e.data) no(new Error(e.data.failed));
        else yes(e.data);
      };
      worker.onerror = (e) => no(new Error(e.message || 'The worker could not be started.'));
      worker.postMessage(m);
    });
  }
  end(): void {
    this.worker.terminate();
  }
}

export class Crew {
  private hands: Hand[] = [];
  private stop: (() => void) | undefined;
  private readonly make: () => Worker;
  private readonly start: ToWorker;

  constructor(make: () => Worker, law: string, data: string) {
    this.make = make;
    this.start = { law, data };
  }

  /** Has one worker read the law, and tells what there is. */
  async begin(): Promise<Ready> {
    const hand = new Hand(this.make);
    this.hands.push(hand);
    return (await hand.ask(this.start)) as Ready;
  }

  /** @throws Cancelled where `cancel` is called meanwhile */
  async run(of: Asked, workers: number, progress: (done: number, total: number) => void): Promise<Result> {
    const parts: [number, number][] = [];
    for (let a = 0; a < of.persons; a += ROWS) parts.push([a, Math.min(of.persons, a + ROWS)]);
    let total = parts.length * stepsOf(of);
    let done = 0;
    const step = (): void => progress(++done, total);
    let sum: Tally[][] | undefined;
    let floor: readonly FloorRow[] | undefined;
    let floorOn = 0;
    let quotas: Part['quotas'] = [];
    const stopped = new Promise<never>((_, no) => {
      this.stop = () => no(new Cancelled());
    });
    const take = (m: Part): void => {
      if (!sum) sum = m.part.map((list) => [...list]);
      else
        for (const [s, list] of sum.entries())
          for (const [d, t] of list.entries()) addTally(t, m.part[s]?.[d] as Tally);
      floor = floor ? addFloors(floor, m.floor) : m.floor;
      floorOn = m.floorOn;
      quotas = m.quotas;
    };
    /** Every part of the rows to one of the workers. */
    const all = async (ask: (hand: Hand, rows: [number, number]) => Promise<void>): Promise<void> => {
      const left = [...parts];
      const work = async (k: number): Promise<void> => {
        let hand = this.hands[k];
        if (!hand) {
          hand = new Hand(this.make);
          this.hands[k] = hand;
          await hand.ask(this.start);
        }
        for (let rows = left.shift(); rows; rows = left.shift()) await ask(hand, rows);
      };
      const count = Math.max(1, Math.min(workers, parts.length));
      await Promise.race([stopped, Promise.all(Array.from({ length: count }, (_, k) => work(k)))]);
    };
    try {
      await all(async (hand, rows) => take((await hand.ask({ rows, of }, { step })) as Part));
      const first = (sum ?? []) as Tally[][];
      const chances: Chances[] = [];
      for (const [s, list] of first.entries())
        for (const [d, t] of list.entries()) {
          const full = chancesOf(s, d, t.granted, quotas[s] ?? [], t.months);
          if (full) chances.push(full);
        }
      if (chances.length) {
        // Where a quota ran out, everybody has the same chance of a place: walked again, knowing it.
        total += parts.length * chances.length;
        const again = new Map<string, Tally>();
        await all(async (hand, rows) => {
          const m = (await hand.ask({ rows, of, chances }, { step })) as Second;
          for (const [s, d, t] of m.second) {
            const have = again.get(`${s} ${d}`);
            if (have) addTally(have, t);
            else again.set(`${s} ${d}`, t);
          }
        });
        for (const [s, d] of chances) (first[s] as Tally[])[d] = again.get(`${s} ${d}`) as Tally;
      }
      const hand = this.hands[0] as Hand;
      const m = await Promise.race([stopped, hand.ask({ tallies: first, of })]);
      return { found: (m as { found: Found }).found, floor: floor ?? [], floorOn };
    } finally {
      this.stop = undefined;
    }
  }

  /** Ends the workers; the next run begins with new ones. */
  cancel(): void {
    this.stop?.();
    for (const hand of this.hands) hand?.end();
    this.hands = [];
  }
}
