import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { compileProvision } from '../../src/law/compile.ts';
import type { Problem } from '../../src/law/problems.ts';
import { lawTexts, readLaw } from '../../src/law/read.ts';
import { provisionSchema } from '../../src/law/schema.ts';
import { checkShape } from '../../src/law/shape.ts';
import type { Provision } from '../../src/law/types.ts';
import { readYaml } from '../../src/law/yaml.ts';
import { readPerson } from '../../src/person/file.ts';

const root = join(import.meta.dirname, '..', '..');
const LONG = process.env.FOOTHOLD_LONG === '1';
const SEED = Number(process.env.FOOTHOLD_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** Mulberry32: a small seeded generator, enough to choose mutations that can be repeated. */
function random(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const SPICE = [
  'null',
  '~',
  '[]',
  '{}',
  'yes',
  '-1',
  '1e999',
  '2024-02-30',
  '"',
  "'",
  ': ',
  '\t',
  '&a ',
  '*a',
  '!!js/function ',
  '<<: ',
  '\u0000',
  '\u202e',
  '9'.repeat(40),
  'not(',
  ' and ',
  '%',
  '---\n',
  '…',
];

function mutate(text: string, next: () => number): string {
  let out = text;
  const times = 1 + Math.floor(next() * 3);
  for (let i = 0; i < times; i++) {
    const at = Math.floor(next() * out.length);
    const spice = SPICE[Math.floor(next() * SPICE.length)] as string;
    switch (Math.floor(next() * 6)) {
      case 0:
        out = out.slice(0, at) + spice + out.slice(at);
        break;
      case 1:
        out = out.slice(0, at) + out.slice(at + 1 + Math.floor(next() * 12));
        break;
      case 2: {
        const lines = out.split('\n');
        lines.splice(Math.floor(next() * lines.length), 1);
        out = lines.join('\n');
        break;
      }
      case 3: {
        const lines = out.split('\n');
        const [a, b] = [Math.floor(next() * lines.length), Math.floor(next() * lines.length)];
        [lines[a], lines[b]] = [lines[b] as string, lines[a] as string];
        out = lines.join('\n');
        break;
      }
      case 4:
        out = out.replace(/\d+/g, (d) =>
          next() < 0.05 ? String(Math.floor(next() * 10 ** Math.min(9, d.length + 1))) : d,
        );
        break;
      default: {
        const lines = out.split('\n');
        const k = Math.floor(next() * lines.length);
        lines[k] = `  ${lines[k]}`;
        out = lines.join('\n');
      }
    }
  }
  return out;
}

/** What no accepted provision may be, whatever its file looked like. */
function assertSound(p: Provision): void {
  for (const [name, param] of Object.entries(p.params)) {
    let before = Number.NEGATIVE_INFINITY;
    for (const v of param.values) {
      assert.ok(Number.isInteger(v.from) && v.from > before, `${name}: days in order`);
      before = v.from;
      if (v.value === null) continue;
      assert.ok(v.source !== undefined && v.source in p.sources, `${name}: a value without a source`);
      const n =
        typeof v.value === 'number'
          ? v.value
          : typeof v.value === 'object' && 'amount' in v.value
            ? (v.value as { amount: number }).amount
            : undefined;
      if (n !== undefined) assert.ok(Number.isFinite(n), `${name}: not a finite number`);
      if (n !== undefined && param.range)
        assert.ok(n >= param.range.min && n <= param.range.max, `${name}: out of range`);
    }
  }
  for (const c of [...p.all, ...p.bars, ...p.except])
    assert.ok(c.id && c.says && c.source?.every((s) => s in p.sources), 'a clause without id, words or source');
  assert.ok(p.inForce.to === undefined || p.inForce.to >= p.inForce.from);
  assert.ok(p.expires > p.verified.on);
}

it(`mutated provisions: refused with a message or sound, never a crash (seed ${SEED})`, () => {
  const { book } = readLaw(
    lawTexts(join(root, 'law')).filter((t) => /facts\.yaml|areas\.yaml|rates\.yaml/.test(t.path)),
  );
  const files = globSync('law/*/*.yaml', { cwd: root })
    .filter((f) => !/facts|coverage/.test(f))
    .sort();
  const next = random(SEED);
  const times = LONG ? 100_000 : 1_500;
  let accepted = 0;
  for (let i = 0; i < times; i++) {
    const file = files[Math.floor(next() * files.length)] as string;
    const text = mutate(readFileSync(join(root, file), 'utf8'), next);
    const yaml = readYaml(file, text);
    const problems: Problem[] = [...yaml.problems];
    if (problems.length === 0) problems.push(...checkShape(yaml, provisionSchema));
    const p = problems.length === 0 ? compileProvision(yaml, book.schema, problems) : undefined;
    if (p) {
      accepted++;
      assertSound(p);
    } else {
      assert.ok(problems.length > 0, `${file}: refused without a reason\n${text}`);
      for (const x of problems)
        assert.ok(
          x.found && x.expected && x.line >= 1 && x.column >= 1,
          'a message says where, what was found and what was expected',
        );
    }
  }
  assert.ok(accepted < times, 'mutations that are all accepted mutate nothing');
});

it(`mutated persons: refused with a message or read whole (seed ${SEED})`, () => {
  const { book } = readLaw(
    lawTexts(join(root, 'law')).filter((t) => /facts\.yaml|areas\.yaml|rates\.yaml/.test(t.path)),
  );
  const files = globSync('people/*.yaml', { cwd: root }).sort();
  assert.ok(files.length > 0);
  const next = random(SEED + 1);
  const times = LONG ? 100_000 : 3_000;
  for (let i = 0; i < times; i++) {
    const file = files[Math.floor(next() * files.length)] as string;
    const text = mutate(readFileSync(join(root, file), 'utf8'), next);
    const r = readPerson(file, text, book.schema, () => undefined);
    if (!r.person) assert.ok(r.problems.length > 0 && r.problems.every((x) => x.found && x.expected && x.line >= 1));
    else {
      for (const v of r.person.visits ?? []) assert.ok(v.to === undefined || v.to >= v.from);
      for (const [name] of r.person.facts) assert.ok(book.schema.facts.has(name), name);
    }
  }
});
