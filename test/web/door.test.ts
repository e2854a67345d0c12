/** The vault as the page has it: what was answered is saved in order, and what cannot be saved is not lost when the case is laid away or locked. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Engine } from '../../src/web/engine/client.ts';
import type { Answers } from '../../src/web/state/answers.ts';
import { Door } from '../../src/web/vault/door.ts';

type Asked = { readonly call: string; readonly ask: Record<string, unknown> };

/** An engine that answers as it is told, and remembers what it was asked. */
function stub(answer: (a: Asked) => unknown): { engine: Engine; asked: Asked[]; ended: () => boolean } {
  const asked: Asked[] = [];
  let ended = false;
  const engine = {
    call: (call: string, ask: Record<string, unknown>) => {
      asked.push({ call, ask });
      return { done: (async () => answer({ call, ask }))(), stop: () => undefined };
    },
    end: () => {
      ended = true;
    },
  } as unknown as Engine;
  return { engine, asked, ended: () => ended };
}

const savings = (n: number): Answers => ({ savings: { k: 'value', v: `${n} EUR` } });

function opened(engine: Engine): Door {
  const door = new Door(engine, () => undefined);
  door.state = 'open';
  door.current = { number: 1, label: 'Sparrow', version: 'v0' };
  return door;
}

test('savings follow one another, each on the version of the one before', async () => {
  let n = 0;
  const { engine, asked } = stub(() => `v${++n}`);
  const door = opened(engine);
  for (const i of [1, 2, 3]) door.keep({ answers: savings(i) });
  await door.settle();
  // The one in the middle was overtaken: the last is what counts.
  assert.deepEqual(
    asked.map((a) => [a.call, a.ask.version, (a.ask.answers as Answers).savings]),
    [
      ['vaultSave', 'v0', savings(1).savings],
      ['vaultSave', 'v1', savings(3).savings],
    ],
  );
  assert.equal(door.current?.version, 'v2');
});

const conflict = (a: Asked) => {
  if (a.call === 'vaultSave') throw Object.assign(new Error('saved by another'), { fault: 'conflict' });
  return 2;
};

for (const [name, lay] of [
  ['locked', (d: Door) => d.lock()],
  ['laid away', (d: Door) => d.close()],
] as const)
  test(`a change that somebody else's saving kept out is a case of its own when the case is ${name}`, async () => {
    const { engine, asked, ended } = stub(conflict);
    const door = opened(engine);
    door.keep({ answers: savings(5) });
    await door.settle();
    assert.equal(door.current?.trouble?.fault, 'conflict');
    await lay(door);
    const added = asked.filter((a) => a.call === 'vaultAdd');
    assert.deepEqual(
      added.map((a) => [a.ask.label, a.ask.answers]),
      [['Sparrow (2)', savings(5)]],
    );
    assert.equal(ended(), name === 'locked');
    assert.equal(door.current, undefined);
  });

test('locked while the saving that fails is still on its way: the same', async () => {
  const { engine, asked, ended } = stub(conflict);
  const door = opened(engine);
  door.keep({ answers: savings(6) });
  await door.lock();
  assert.deepEqual(
    asked.map((a) => a.call),
    ['vaultSave', 'vaultAdd'],
  );
  assert.equal(ended(), true);
});

test('two answers and locked at once: both are saved before the worker ends', async () => {
  let n = 0;
  const { engine, asked, ended } = stub(() => `v${++n}`);
  const door = opened(engine);
  door.keep({ answers: savings(1) });
  door.keep({ answers: savings(2) });
  await door.lock();
  assert.deepEqual(
    asked.map((a) => [a.call, a.ask.version, (a.ask.answers as Answers).savings]),
    [
      ['vaultSave', 'v0', savings(1).savings],
      ['vaultSave', 'v1', savings(2).savings],
    ],
  );
  assert.equal(ended(), true);
});

test('where nothing can be saved at all the case stays in sight, with what was answered', async () => {
  const { engine } = stub(() => {
    throw Object.assign(new Error('no room'), { fault: 'damaged' });
  });
  const door = opened(engine);
  door.keep({ answers: savings(5) });
  await door.settle();
  await assert.rejects(door.close(), /no room/);
  assert.equal(door.current?.number, 1);
});
