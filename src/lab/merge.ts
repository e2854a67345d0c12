/**
 * Merging shards: every key exactly once, whatever was delivered twice, late or under another name. Results of another program,
 * law or data are refused; two results under one key that differ are an alarm, since a shard is a function of its key.
 */
import { type Outcome, TALLY_ARRAYS, type Tally, TallySum, writeOutcome } from './outcome.ts';
import { monthsOf, totalDraws } from './run.ts';
import { sha256 } from './sha256.ts';
import {
  type Chances,
  chancesOf,
  holdsAll,
  type Job,
  jobKey,
  planOf,
  type Range,
  runsOf,
  SHARD_FORMAT,
  type Shard,
  type ShardResult,
  shardKey,
  shardsOf,
} from './shard.ts';

export type FaultKind = 'not-a-shard' | 'damaged' | 'version' | 'law' | 'data' | 'job' | 'key' | 'differs';

/** Why a result is refused. */
export class ShardFault extends Error {
  readonly kind: FaultKind;
  readonly where: string;
  readonly found: string;
  readonly expected: string;
  constructor(kind: FaultKind, where: string, found: string, expected: string) {
    super(`${where}: ${kind}: found ${found}, expected ${expected}`);
    this.kind = kind;
    this.where = where;
    this.found = found;
    this.expected = expected;
  }
}

export type ReadShard = Shard & {
  readonly version: string;
  readonly law: string;
  readonly data: string;
  readonly job: string;
  readonly key: string;
  readonly digest: string;
  readonly result: ShardResult;
};

const SEAL = /,"digest":"([0-9a-f]{64})"\}\n$/;

/** Reads a result and checks its seal. `where` names it in messages. @throws ShardFault */
export function readShard(text: string, where: string): ReadShard {
  const seal = SEAL.exec(text.slice(-100));
  const broken = (found: string): ShardFault =>
    new ShardFault('not-a-shard', where, found, `a result of the format ${SHARD_FORMAT}`);
  if (!text.startsWith(`{"format":"${SHARD_FORMAT}"`)) throw broken(`a text that begins with ${text.slice(0, 40)}`);
  if (!seal) throw broken('no digest at its end: the file was cut short');
  const body = `${text.slice(0, -seal[0].length)}}`;
  const digest = sha256(body);
  if (digest !== seal[1]) throw new ShardFault('damaged', where, digest, seal[1] as string);
  const raw = JSON.parse(body) as Omit<ReadShard, 'digest' | 'result'> & {
    readonly shape: Pick<Tally, 'days' | 'groups' | 'hosts' | 'months'>;
    readonly quotas: ShardResult['quotas'];
    readonly tallies: readonly (readonly [number, number, ...number[][]])[];
  };
  const { shape, quotas, tallies, ...head } = raw;
  return {
    ...head,
    digest,
    result: {
      quotas,
      tallies: tallies.map(([s, d, ...arrays]) => [
        s,
        d,
        {
          ...shape,
          ...Object.fromEntries(TALLY_ARRAYS.map((k, i) => [k, Float64Array.from(arrays[i] as number[])])),
        } as unknown as Tally,
      ]),
    },
  };
}

const span = (r: Range): string => `${r[0]}-${r[1]}`;

export class Merger {
  readonly job: Job;
  readonly key: string;
  private readonly firsts: readonly Shard[];
  /** Known shards by key, and the digest of their result once it is in. */
  private readonly known = new Map<string, { readonly shard: Shard; digest: string | undefined }>();
  private readonly keyOf = new Map<Shard, string>();
  private readonly seconds: Shard[] = [];
  /** First passes still to come, by draws. */
  private readonly waiting = new Map<string, number>();
  private readonly quotas = new Map<number, ShardResult['quotas'][number]>();
  private readonly sums: (TallySum | undefined)[][];
  private readonly again: (TallySum | undefined)[][];
  private readonly draws: number;
  private runsDone = 0;

  constructor(job: Job) {
    this.job = job;
    this.key = jobKey(job);
    this.firsts = shardsOf(job);
    this.draws = totalDraws(planOf(job));
    for (const s of this.firsts) {
      this.know(s);
      this.waiting.set(span(s.draws), (this.waiting.get(span(s.draws)) ?? 0) + 1);
    }
    const empty = (): undefined[][] =>
      Array.from({ length: job.scenarios.length + 1 }, () => new Array<undefined>(this.draws).fill(undefined));
    this.sums = empty();
    this.again = empty();
  }

  private know(shard: Shard): void {
    const key = shardKey(this.key, shard);
    this.keyOf.set(shard, key);
    if (!this.known.has(key)) this.known.set(key, { shard, digest: undefined });
  }

  /**
   * Takes a result in. `false`: it was there already, with the same bytes. A second pass is known only once all first passes of
   * its draws are in. @throws ShardFault and changes nothing
   */
  take(text: string, where: string): boolean {
    const r = readShard(text, where);
    const { job } = this;
    if (r.version !== job.version) throw new ShardFault('version', where, r.version, job.version);
    if (r.law !== job.law) throw new ShardFault('law', where, r.law, job.law);
    if (r.data !== job.data) throw new ShardFault('data', where, r.data, job.data);
    if (r.job !== this.key) throw new ShardFault('job', where, r.job, this.key);
    const have = this.known.get(r.key);
    if (!have || shardKey(this.key, r) !== r.key)
      throw new ShardFault('key', where, r.key, `the key of one of its ${this.known.size} shards`);
    if (have.digest !== undefined) {
      if (have.digest === r.digest) return false;
      throw new ShardFault('differs', where, r.digest, have.digest);
    }
    const shape = this.sums.flat().find((t) => t !== undefined);
    for (const [, , t] of r.result.tallies) {
      const k = shape?.unlike(t);
      if (k)
        throw new ShardFault(
          'damaged',
          where,
          `${t[k].length} counts "${k}"`,
          `${shape?.part(k).length} whole numbers`,
        );
    }
    have.digest = r.digest;
    const into = have.shard.chances ? this.again : this.sums;
    for (const [s, d, t] of r.result.tallies) {
      const row = into[s] as (TallySum | undefined)[];
      const sum = row[d];
      if (sum) sum.add(t);
      else row[d] = new TallySum(t);
    }
    this.runsDone += runsOf(job, have.shard);
    if (!have.shard.chances) {
      r.result.quotas.forEach((q, s) => {
        this.quotas.set(s, q);
      });
      const left = (this.waiting.get(span(have.shard.draws)) as number) - 1;
      this.waiting.set(span(have.shard.draws), left);
      if (left === 0 && !holdsAll(job, have.shard)) this.secondPass(have.shard.draws);
    }
    return true;
  }

  /** What all first passes of some draws would have granted says whether places run out; if so, everybody's chances are told. */
  private secondPass(draws: Range): void {
    const chances: Chances[] = [];
    const months = monthsOf(planOf(this.job));
    for (let s = 0; s <= this.job.scenarios.length; s++)
      for (let d = draws[0]; d < draws[1]; d++) {
        const c = chancesOf(s, d, this.sums[s]?.[d]?.part('granted') as Float64Array, this.quotas.get(s) ?? [], months);
        if (c) chances.push(c);
      }
    if (chances.length === 0) return;
    for (const f of this.firsts)
      if (span(f.draws) === span(draws)) {
        const shard: Shard = { ...f, index: this.firsts.length + f.index, chances };
        this.seconds.push(shard);
        this.know(shard);
      }
  }

  /** Every shard known of by now, first passes before second ones. */
  shards(): readonly Shard[] {
    return [...this.firsts, ...this.seconds];
  }

  keyFor(shard: Shard): string {
    return this.keyOf.get(shard) ?? shardKey(this.key, shard);
  }

  /** Shards whose result is not in. Second passes appear when all first passes of their draws are in. */
  missing(): Shard[] {
    return this.shards().filter((s) => this.known.get(this.keyFor(s))?.digest === undefined);
  }

  get complete(): boolean {
    return this.missing().length === 0;
  }

  /** Runs of the kernel that are in, of those known to be needed. */
  get progress(): readonly [done: number, total: number] {
    return [this.runsDone, this.shards().reduce((a, s) => a + runsOf(this.job, s), 0)];
  }

  /** Outcomes by scenario (the law as it is first) and draw. @throws RangeError while shards are missing */
  outcomes(): Outcome[][] {
    if (!this.complete) throw new RangeError(`${this.missing().length} shards are missing.`);
    return this.sums.map((row, s) => row.map((t, d) => ((this.again[s]?.[d] ?? t) as TallySum).outcome()));
  }
}

/** The digest of a run's outcomes: the same for any parting, engine and order. */
export const outcomesDigest = (outcomes: readonly (readonly Outcome[])[]): string =>
  sha256(outcomes.flatMap((list) => list.map((o) => sha256(writeOutcome(o)))).join('\n'));

/** Numbers as ranges: `0-3, 7`. */
export function ranges(numbers: readonly number[]): string {
  const out: string[] = [];
  const sorted = [...numbers].sort((a, b) => a - b);
  for (let i = 0; i < sorted.length; i++) {
    const from = sorted[i] as number;
    while (sorted[i + 1] === (sorted[i] as number) + 1) i++;
    out.push(from === sorted[i] ? `${from}` : `${from}-${sorted[i]}`);
  }
  return out.join(', ');
}
