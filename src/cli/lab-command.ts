/** `foothold lab`: the law for a synthetic population. Each sub-command is read only when it is called. */
import { nearTo, UsageError } from './args.ts';
import type { Run } from './context.ts';

type Sub = (run: Run) => Promise<number>;

const SUBS: Readonly<Record<string, () => Promise<Sub>>> = {
  population: async () => (await import('./lab-population.ts')).labPopulation,
  coverage: async () => (await import('./lab-coverage.ts')).labCoverage,
  run: async () => (await import('./lab-run.ts')).labRun,
  compare: async () => (await import('./lab-compare.ts')).labCompare,
  levers: async () => (await import('./lab-levers.ts')).labLevers,
  brief: async () => (await import('./lab-brief.ts')).labBrief,
  validate: async () => (await import('./lab-validate.ts')).labValidate,
  shard: async () => (await import('./lab-shard.ts')).labShard,
  merge: async () => (await import('./lab-merge.ts')).labMerge,
  worker: async () => (await import('./lab-worker-command.ts')).labWorker,
  register: async () => (await import('./lab-register.ts')).labRegister,
  scenarios: async () => (await import('./lab-scenarios.ts')).labScenarios,
};

export async function labCommand(run: Run): Promise<number> {
  const at = run.args.findIndex((a, i) => !a.startsWith('-') && run.args[i - 1] !== '--lang');
  const name = at < 0 ? undefined : run.args[at];
  const load = name !== undefined && Object.hasOwn(SUBS, name) ? SUBS[name] : undefined;
  if (!load) {
    const list = Object.keys(SUBS).join(', ');
    const near = name === undefined ? undefined : nearTo(name, Object.keys(SUBS));
    throw new UsageError(
      run.lang === 'ru'
        ? `Команде «lab» нужно: ${list}${name === undefined ? '' : `; найдено «${name}»`}.${near ? ` Может быть, ${near}?` : ''}`
        : `"lab" needs one of ${list}${name === undefined ? '' : `; found "${name}"`}.${near ? ` Did you mean ${near}?` : ''}`,
    );
  }
  return await (await load())({ ...run, args: [...run.args.slice(0, at), ...run.args.slice(at + 1)] });
}
