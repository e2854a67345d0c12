/**
 * The vault as the page has it: shut, open, and which case of it is in use. The keys are in a worker of their own; locking ends that worker.
 */
import type { Lang } from '../../law/say.ts';
import type { Engine } from '../engine/client.ts';
import type { Written } from '../engine/protocol.ts';
import type { OpenedCase, VaultInfo, Versions } from '../engine/vault-protocol.ts';
import { type CopyNote, lastCopy, noteCopy, removeVault, vaultHere } from './browser-store.ts';

/** The case in use; `trouble`: why its last change is not in the vault. */
export type Current = {
  readonly number: number;
  readonly label: string;
  readonly version: string;
  readonly trouble?: { readonly fault: string | undefined; readonly message: string };
};

/** Milliseconds that locking waits for a saving on its way. */
const LONGEST_SAVING = 4000;

/** Nothing else of what the page knows goes along. */
const only = ({ answers, origin }: Written): Written => ({ answers, origin });

/** The time by the clock of this device, to the minute, as the command line writes it. */
export function clock(at = new Date()): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

export class Door {
  state: 'unread' | 'none' | 'shut' | 'open' = 'unread';
  info: VaultInfo | undefined;
  current: Current | undefined;
  /** When a copy was last made here and opened again. */
  copy: CopyNote | undefined;
  /** What the browser says of its storage: kept until the person removes it, or only while there is room. */
  lasting: boolean | undefined;
  readonly engine: Engine;
  private readonly changed: () => void;
  private waiting: Written | undefined;
  /** What is in the vault already: the very answers that came out of it. */
  private kept: Written | undefined;
  private saving: Promise<void> | undefined;
  /** The label of the case whose last change could not be saved. */
  private unsaved: string | undefined;

  constructor(engine: Engine, changed: () => void) {
    this.engine = engine;
    this.changed = changed;
  }

  async look(): Promise<void> {
    if (this.state === 'open') return;
    const here = await vaultHere();
    this.copy = here ? await lastCopy() : undefined;
    this.lasting = await navigator.storage?.persisted?.().catch(() => undefined);
    this.state = here ? 'shut' : 'none';
    this.changed();
  }

  /** The vault is open: in the worker, with this list of cases. */
  async opened(info: VaultInfo): Promise<void> {
    this.info = info;
    this.state = 'open';
    this.copy = await lastCopy();
    this.lasting = await navigator.storage?.persisted?.().catch(() => undefined);
    this.changed();
  }

  /** Asks the browser not to delete what is stored here when it needs room. It may refuse. */
  async askToLast(): Promise<boolean> {
    this.lasting = (await navigator.storage?.persist?.().catch(() => false)) ?? false;
    this.changed();
    return this.lasting;
  }

  async refresh(): Promise<void> {
    if (this.state !== 'open') return;
    this.info = await this.engine.call('vaultInfo', {}).done;
    this.changed();
  }

  /** A copy of this saving was made and has been opened again. */
  async copied(note: CopyNote): Promise<void> {
    await noteCopy(note);
    this.copy = note;
    this.changed();
  }

  /** @param drop what could not be saved of the case in use is not wanted */
  async openCase(number: number, lang: Lang, drop = false): Promise<OpenedCase> {
    await this.settle();
    if (!drop) await this.rescue();
    const opened = await this.engine.call('vaultCase', { number, lang }).done;
    this.waiting = undefined;
    this.unsaved = undefined;
    const { read } = opened;
    this.current = read.ok ? { number, label: opened.label, version: opened.version } : undefined;
    this.kept = read.ok ? { answers: read.answers, origin: read.origin } : undefined;
    this.changed();
    return opened;
  }

  /** What was answered is kept as a case of the vault, and is the case in use from now on. */
  async addCase(label: string, what: Written): Promise<number> {
    const number = await this.engine.call('vaultAdd', { label, ...only(what), now: clock() }).done;
    const { version } = await this.engine.call('vaultCase', { number, lang: 'en' }).done;
    this.current = { number, label, version };
    this.kept = what;
    this.waiting = undefined;
    this.unsaved = undefined;
    await this.refresh();
    return number;
  }

  /** A saving by this page of something else in the case in use (a label, an entry of its log). */
  moved(number: number, versions: Versions | undefined, label?: string): void {
    if (this.current?.number === number && versions && this.current.version === versions.before)
      this.current = { ...this.current, version: versions.after, ...(label === undefined ? {} : { label }) };
    this.changed();
  }

  /** Keeps a change of the case in use: at once, one after the other. */
  keep(what: Written): void {
    if (!this.current || this.state !== 'open') return;
    if (what.answers === this.kept?.answers && what.origin === this.kept.origin) return;
    this.kept = what;
    this.waiting = what;
    this.saving ??= this.saveAll().finally(() => {
      this.saving = undefined;
    });
  }

  private async saveAll(): Promise<void> {
    // Of the case itself, not of what is shown: a case that is locked meanwhile is saved to the end.
    const at = this.current;
    let version = at?.version ?? '';
    while (this.waiting && at && this.unsaved === undefined) {
      const what = this.waiting;
      this.waiting = undefined;
      try {
        const ask = { ...only(what), number: at.number, version, now: clock() };
        version = await this.engine.call('vaultSave', ask).done;
        if (this.current?.number === at.number) this.current = { ...this.current, version };
      } catch (e) {
        this.waiting ??= what;
        this.unsaved = at.label;
        const { message, fault } = e as Error & { readonly fault?: string };
        if (this.current?.number === at.number) this.current = { ...this.current, trouble: { fault, message } };
        this.changed();
      }
      // The log or the label of the same case may have been saved between two answers.
      if (this.current?.number === at.number) version = this.current.version;
    }
  }

  /** What could not be saved into its case (somebody else has saved it since) becomes a case of its own, before anything lays it away. */
  private async rescue(): Promise<void> {
    const { unsaved, waiting } = this;
    if (unsaved === undefined || !waiting) return;
    this.waiting = undefined;
    this.unsaved = undefined;
    try {
      await this.engine.call('vaultAdd', { label: `${unsaved} (2)`, ...only(waiting), now: clock() }).done;
    } catch (e) {
      // Nothing can be saved at all: it stays where it is, and in sight.
      this.waiting = waiting;
      this.unsaved = unsaved;
      throw e;
    }
  }

  /** Waits until what was answered is in the vault (or cannot be). */
  async settle(): Promise<void> {
    await this.saving;
  }

  /** After trouble: tries once more, on whatever version is there now (`anew`) or on the one that was opened. */
  async again(what: Written): Promise<void> {
    if (!this.current) return;
    const { trouble: _, ...rest } = this.current;
    this.current = rest;
    this.unsaved = undefined;
    this.kept = undefined;
    this.keep(what);
    await this.settle();
    this.changed();
  }

  /** Lays the case in use away; the vault stays open. */
  async close(): Promise<void> {
    await this.settle();
    await this.rescue();
    this.current = undefined;
    this.waiting = undefined;
    this.changed();
  }

  /** Forgets the keys: the worker that holds them ends, after a saving that is on its way. */
  lock(): Promise<void> {
    if (this.state !== 'open') return Promise.resolve();
    // A saving that does not end keeps no key in memory for long.
    const over = (this.saving ?? Promise.resolve()).then(() => this.rescue()).catch(() => undefined);
    const last = Promise.race([over, new Promise<void>((done) => setTimeout(done, LONGEST_SAVING))]);
    this.state = 'shut';
    this.info = undefined;
    this.current = undefined;
    this.changed();
    return last.then(() => {
      this.waiting = undefined;
      this.engine.end();
    });
  }

  /** Removes the vault from this browser. */
  async erase(): Promise<void> {
    await this.lock();
    this.engine.end();
    await removeVault();
    this.state = 'none';
    this.copy = undefined;
    this.changed();
  }
}
