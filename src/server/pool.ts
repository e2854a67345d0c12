/** Workers that answer questions one at a time each. A question that takes too long, or whose asker has left, takes its worker with it. */
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

export class Pool {
  private readonly make: () => Worker;
  private readonly limit: number;
  private readonly longest: number;
  private readonly idle: Worker[] = [];
  private readonly waiting: Job[] = [];
  private running = 0;
  private readonly size: number;
  private closed = false;

  /** `script` is the worker's file; `book` the law as text; `size` workers; `limit` questions may wait; `longest` milliseconds for one. */
  constructor(script: URL, book: string, size: number, limit: number, longest: number) {
    this.make = () => new Worker(script, { workerData: { book } });
    this.size = size;
    this.limit = limit;
    this.longest = longest;
  }

  ask(question: Question, signal: AbortSignal): Promise<Reply> {
    if (this.waiting.length >= this.limit) return Promise.resolve(FULL);
    return new Promise((done) => {
      this.waiting.push({ question, signal, done });
      this.next();
    });
  }

  private next(): void {
    while (!this.closed && this.running < this.size && this.waiting.length) {
      const job = this.waiting.shift() as Job;
      if (job.signal.aborted) {
        job.done(LEFT);
        continue;
      }
      this.run(job);
    }
  }

  private run(job: Job): void {
    this.running++;
    const worker = this.idle.pop() ?? this.make();
    let over = false;
    const end = (reply: Reply, keep: boolean) => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      job.signal.removeEventListener('abort', left);
      worker.off('message', answered).off('error', broken);
      // A worker in the middle of a search cannot be asked to stop: it is ended, and another takes its place.
      if (keep && !this.closed) this.idle.push(worker);
      else void worker.terminate();
      this.running--;
      job.done(reply);
      this.next();
    };
    const answered = (r: Reply) => end(r, true);
    const broken = () => end(FAULT, false);
    const left = () => end(LEFT, false);
    const timer = setTimeout(() => end(TOO_LONG, false), this.longest);
    job.signal.addEventListener('abort', left);
    worker.on('message', answered).on('error', broken);
    worker.postMessage(job.question);
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const j of this.waiting.splice(0)) j.done(FULL);
    await Promise.all(this.idle.splice(0).map((w) => w.terminate()));
  }
}
