/**
 * Workers that answer questions one at a time each. A question that takes too long, or whose asker has left, is told to stop; a worker that does
 * not stop soon is ended. (To end it at once would be worse: a new one has to read the law, and whoever asks and leaves could keep the machine
 * at that.)
 */
import { Worker } from 'node:worker_threads';
import type { Question, Reply } from './evaluate.ts';

type Job = { readonly question: Question; readonly signal: AbortSignal; readonly done: (r: Reply) => void };

const TOO_LONG: Reply = {
  ok: false,
  status: 503,
  title: 'It took too long',
  detail: 'The question was not answered within the time allowed. Ask for less: fewer routes, or countries to avoid.',
};
const FULL: Reply = {
  ok: false,
  status: 503,
  title: 'Busy',
  detail: 'Too many questions are waiting. Try again in a moment.',
};
const FAULT: Reply = {
  ok: false,
  status: 500,
  title: 'A fault of the program',
  detail: 'This question could not be answered. Please report it to the project, without the person file.',
};
const LEFT: Reply = { ok: false, status: 499, title: 'The asker has left', detail: '' };

/** Milliseconds that a worker has to stop when it is told to. */
const GRACE = 5_000;

type Hand = { readonly worker: Worker; readonly stop: Int32Array };

export class Pool {
  private readonly make: () => Hand;
  private readonly limit: number;
  private readonly longest: number;
  private readonly idle: Hand[] = [];
  private readonly waiting: Job[] = [];
  private readonly busy = new Set<Hand>();
  private readonly size: number;
  private closed = false;

  /** `script` is the worker's file; `book` the law as text; `size` workers; `limit` questions may wait; `longest` milliseconds for one. */
  constructor(script: URL, book: string, size: number, limit: number, longest: number) {
    this.make = () => {
      const stop = new Int32Array(new SharedArrayBuffer(4));
      return { worker: new Worker(script, { workerData: { book, stop } }), stop };
    };
    this.size = size;
    this.limit = limit;
    this.longest = longest;
  }

  ask(question: Question, signal: AbortSignal): Promise<Reply> {
    if (this.waiting.length >= this.limit) return Promise.resolve(FULL);
    if (signal.aborted) return Promise.resolve(LEFT);
    return new Promise((done) => {
      const job: Job = { question, signal, done };
      this.waiting.push(job);
      // Who leaves while waiting makes room at once: nobody can fill the queue with questions they do not wait for.
      signal.addEventListener('abort', () => {
        const at = this.waiting.indexOf(job);
        if (at < 0) return;
        this.waiting.splice(at, 1);
        done(LEFT);
      });
      this.next();
    });
  }

  private next(): void {
    while (!this.closed && this.busy.size < this.size && this.waiting.length) this.run(this.waiting.shift() as Job);
  }

  private run(job: Job): void {
    const hand = this.idle.pop() ?? this.make();
    this.busy.add(hand);
    const { worker, stop } = hand;
    Atomics.store(stop, 0, 0);
    let grace: NodeJS.Timeout | undefined;
    /** The worker is free again, or gone. */
    const free = (keep: boolean) => {
      if (!this.busy.delete(hand)) return;
      clearTimeout(timer);
      clearTimeout(grace);
      job.signal.removeEventListener('abort', left);
      worker.off('message', answered).off('error', broken);
      if (keep && !this.closed) this.idle.push(hand);
      else void worker.terminate();
      this.next();
    };
    /** The asker has an answer; the worker is told to stop. */
    const over = (reply: Reply) => {
      if (grace) return;
      job.done(reply);
      Atomics.store(stop, 0, 1);
      grace = setTimeout(() => free(false), GRACE);
    };
    const answered = (r: Reply) => {
      job.done(r);
      free(true);
    };
    const broken = () => {
      job.done(FAULT);
      free(false);
    };
    const left = () => over(LEFT);
    const timer = setTimeout(() => over(TOO_LONG), this.longest);
    job.signal.addEventListener('abort', left);
    worker.on('message', answered).on('error', broken);
    worker.postMessage(job.question);
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const j of this.waiting.splice(0)) j.done(FULL);
    const hands = [...this.idle.splice(0), ...this.busy];
    await Promise.all(hands.map((h) => h.worker.terminate()));
  }
}
