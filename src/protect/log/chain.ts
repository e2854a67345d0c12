/**
 * The chain of a log: each entry bears the digest of the one before, so that a change, a removal or a change of order shows later. It proves the
 * order in which entries were written by whoever held the log, not that they are true, nor the hour.
 */
import { type Entry, LogError, type Logged } from './types.ts';

const ORDER = [
  'number',
  'written',
  'before',
  'when',
  'kinds',
  'country',
  'place',
  'channel',
  'words',
  'saw',
  'infer',
  'by',
  'witnesses',
  'evidence',
  'told',
  'effect',
  'corrects',
] as const;

/** The text that is digested: fields in a fixed order, absent ones left out. */
function canonical(e: Omit<Logged, 'sha256'>): string {
  const record = e as unknown as Record<string, unknown>;
  return JSON.stringify(ORDER.filter((k) => record[k] !== undefined).map((k) => [k, sorted(record[k])]));
}

function sorted(v: unknown): unknown {
  if (Array.isArray(v)) return v.map(sorted);
  if (v !== null && typeof v === 'object')
    return Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)));
  return v;
}

async function digest(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}

/** The log with one entry more. Throws LogError where it corrects an entry that is not there, or the chain is broken already. */
export async function append(log: readonly Logged[], entry: Entry, written: string): Promise<Logged[]> {
  const broken = await firstBroken(log);
  if (broken !== undefined)
    throw new LogError(
      `The log is not as it was written: entry ${broken} does not fit the one before. Nothing was added; keep this copy, and look for an older one.`,
    );
  if (entry.corrects !== undefined && !log.some((e) => e.number === entry.corrects))
    throw new LogError(
      `corrects: there is no entry ${entry.corrects} in this log (${log.length === 0 ? 'it is empty' : `1 to ${log.length}`}).`,
    );
  const open = { ...entry, number: log.length + 1, written, before: log.at(-1)?.sha256 ?? '' };
  return [...log, { ...open, sha256: await digest(canonical(open)) }];
}

/** The number of the first entry that does not fit; undefined where the chain is whole. */
export async function firstBroken(log: readonly Logged[]): Promise<number | undefined> {
  let before = '';
  for (const [i, e] of log.entries()) {
    const { sha256, ...open } = e;
    if (e.number !== i + 1 || e.before !== before || (await digest(canonical(open))) !== sha256) return i + 1;
    before = sha256;
  }
  return undefined;
}
