/** The recipes for clusters: the Kubernetes manifest against Kubernetes' own schema, and what the Slurm script submits. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import { parseAllDocuments } from 'yaml';
import { root } from '../cli/run.ts';

const folder = join(root, 'deploy', 'scale');
type Manifest = { kind: string; metadata: { name: string; labels: { step: string } }; spec: Record<string, never> };
const documents = parseAllDocuments(readFileSync(join(folder, 'kubernetes.yaml'), 'utf8'), { schema: 'core' }).map(
  (d) => d.toJS() as Manifest,
);
const schema = JSON.parse(readFileSync(join(import.meta.dirname, 'schema', 'kubernetes-job.json'), 'utf8'));
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema(schema, 'k8s');
const kinds: Record<string, string> = {
  Job: 'io.k8s.api.batch.v1.Job',
  PersistentVolumeClaim: 'io.k8s.api.core.v1.PersistentVolumeClaim',
};
const faults = (d: Manifest): string[] => {
  const check = ajv.compile({ $ref: `k8s#/definitions/${kinds[d.kind]}` });
  return check(d) ? [] : (check.errors ?? []).map((e) => `${e.instancePath} ${e.message}`);
};

describe('the Kubernetes manifest', () => {
  it('is what the schema of Kubernetes takes, every document of it', () => {
    assert.deepEqual(
      documents.map((d) => d.metadata.name),
      ['foothold-run', 'foothold-begin', 'foothold-shards', 'foothold-merge'],
    );
    for (const d of documents) assert.deepEqual(faults(d), [], d.metadata.name);
    const wrong = structuredClone(documents[2]) as Manifest;
    (wrong.spec as Record<string, unknown>).completionsMode = 'Indexed';
    assert.ok(faults(wrong).some((f) => /additional properties/.test(f)));
    (wrong.spec as Record<string, unknown>).completions = 'many';
    assert.ok(faults(wrong).some((f) => /completions.*integer/.test(f)));
  });
  it('is an indexed Job whose pods have no account, no privilege and no writable system', () => {
    const jobs = documents.filter((d) => d.kind === 'Job') as unknown as {
      spec: {
        completionMode?: string;
        template: {
          spec: {
            automountServiceAccountToken: boolean;
            containers: { args: string[]; securityContext: Record<string, unknown> }[];
          };
        };
      };
    }[];
    assert.equal(jobs[1]?.spec.completionMode, 'Indexed');
    assert.match(jobs[1]?.spec.template.spec.containers[0]?.args[0] ?? '', /\$\(\(FIRST \+ JOB_COMPLETION_INDEX\)\)/);
    for (const j of jobs) {
      assert.equal(j.spec.template.spec.automountServiceAccountToken, false);
      for (const c of j.spec.template.spec.containers) {
        assert.equal(c.securityContext.readOnlyRootFilesystem, true);
        assert.equal(c.securityContext.allowPrivilegeEscalation, false);
      }
    }
  });
});

describe('the Slurm script', () => {
  it('submits the first passes, a look, the second passes and the merge, each after the one before', () => {
    const dir = mkdtempSync(join(tmpdir(), 'foothold-slurm-'));
    const put = (name: string, text: string): void => {
      writeFileSync(join(dir, name), text);
      chmodSync(join(dir, name), 0o755);
    };
    // sbatch that writes down what it is given, and runs the first task of an array at once.
    put(
      'sbatch',
      `#!/bin/bash
n=$(( $(cat count 2>/dev/null || echo 0) + 1 )); echo $n > count
echo "$n: $*" >> calls
for a in "$@"; do case "$a" in --export=ALL,*) for v in $(echo "\${a#--export=ALL,}" | tr , ' '); do export "$v"; done;; esac; done
case "\${@: -1}" in *.sbatch) SLURM_ARRAY_TASK_ID=1 bash "\${@: -1}";; esac
echo $n
`,
    );
    put('stub', `#!/bin/sh\n[ "$5" = --count ] && echo 3 || echo "$*" >> "${dir}/ran"\n`);
    try {
      const r = spawnSync('bash', [join(folder, 'slurm.sh'), dir, '7', '--partition=main'], {
        cwd: dir,
        encoding: 'utf8',
        env: { ...process.env, PATH: `${dir}:${process.env.PATH}`, FOOTHOLD: join(dir, 'stub') },
      });
      assert.equal(r.status, 0, r.stderr);
      const calls = readFileSync(join(dir, 'calls'), 'utf8').trim().split('\n');
      assert.equal(calls.length, 4);
      assert.match(calls[0] as string, /--partition=main --array=0-2%7 .*FOOTHOLD_FIRST=0 /);
      assert.match(calls[1] as string, /--dependency=afterok:1 .*lab merge/);
      assert.match(calls[2] as string, /--dependency=afterany:2 .*--array=0-2%7 .*FOOTHOLD_FIRST=3 /);
      assert.match(calls[3] as string, /--dependency=afterok:3 .*lab merge/);
      assert.equal(
        readFileSync(join(dir, 'ran'), 'utf8'),
        [1, 4].map((k) => `lab shard --job ${dir}/job.json --index ${k}\n`).join(''),
      );
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
