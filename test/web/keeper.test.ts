/** The case kept on the device: the last saving is the one that stays, and nothing is written after an erasing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Engine } from '../../src/web/engine/client.ts';
import { Keeper } from '../../src/web/keep/keeper.ts';
import type { Kept } from '../../src/web/keep/store.ts';
import type { Answers } from '../../src/web/state/answers.ts';

/** A worker that seals when it is told to, and a store that says what was done to it. */
function made() {
  const seals: (() => void)[] = [];
  const done: string[] = [];
  let kept: Kept | undefined;
  const engine = {
    call: (call: string, ask: { answers?: Answers }) => ({
      done:
        call === 'makeKey'
          ? Promise.resolve({ identity: 'key', sealed: new Uint8Array() })
          : new Promise((resolve) => seals.push(() => resolve(new TextEncoder().encode(JSON.stringify(ask.answers))))),
      stop: () => undefined,
    }),
  } as unknown as Engine;
  const keeper = new Keeper(engine, () => undefined, {
    readKept: async () => kept,
    writeKept: async (k) => {
      kept = k;
      done.push(new TextDecoder().decode(k.file));
    },
    deleteKept: async () => {
      kept = undefined;
      done.push('deleted');
    },
  });
  return { keeper, seals, done, kept: () => kept };
}
const answers = (v: string): Answers => ({ savings: { k: 'value', v } });

async function begun() {
  const it = made();
  const begin = it.keeper.begin({ answers: {}, origin: undefined }, 'a passphrase');
  await wait(1);
  it.seals.shift()?.();
  await begin;
  return it;
}

test('a saving that is under way when all is erased writes nothing after it', async () => {
  const { keeper, seals, done, kept } = await begun();
  keeper.soon({ answers: answers('1 EUR'), origin: undefined });
  const saving = keeper.now();
  await wait(1);
  const erasing = keeper.erase();
  await wait(1);
  assert.equal(seals.length, 1);
  seals.shift()?.();
  await Promise.all([saving, erasing]);
  assert.deepEqual(done, ['{}', 'deleted']);
  assert.equal(kept(), undefined);
  assert.equal(keeper.state, 'none');
});

test('of two savings the later stays, and locking waits for the last', async () => {
  const { keeper, seals, done } = await begun();
  keeper.soon({ answers: answers('1 EUR'), origin: undefined });
  const first = keeper.now();
  keeper.soon({ answers: answers('2 EUR'), origin: undefined });
  const locked = keeper.lock();
  assert.equal(keeper.state, 'locked');
  await wait(1);
  // One after the other: the second is not sealed before the first is kept.
  assert.equal(seals.length, 1);
  seals.shift()?.();
  await first;
  await wait(1);
  seals.shift()?.();
  await locked;
  assert.deepEqual(done.slice(1), [JSON.stringify(answers('1 EUR')), JSON.stringify(answers('2 EUR'))]);
});
