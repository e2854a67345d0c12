/** One worker of a run: reads law and data itself, and answers what it is asked about its rows. */
import { parentPort, workerData } from 'node:worker_threads';
import { Runner } from '../lab/run.ts';
import type { WorkerAsk, WorkerTask } from './lab-engine.ts';
import { loadInputs } from './lab-inputs.ts';

const task = workerData as WorkerTask;
const ready = loadInputs(task.scenarios, 'en').then(({ inputs }) => new Runner(task.plan, inputs, task.rows));
parentPort?.on('message', (ask: WorkerAsk) => {
  void ready.then((runner) => parentPort?.postMessage(runner.run(ask.scenario, ask.draw, ask.admission)));
});
