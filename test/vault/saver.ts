/** Saves case after case until it is killed: run as a process of its own by the tests. Arguments: folder. */
import { FolderStore } from '../../src/vault/node-store.ts';
import { Vault } from '../../src/vault/vault.ts';
import { NOW, PASSPHRASE } from './helpers.ts';

const vault = await Vault.open(new FolderStore(process.argv[2] as string), PASSPHRASE);
process.stdout.write('ready\n');
for (;;)
  for (const c of vault.list()) {
    const { content, version } = await vault.open(c.number);
    const round = (content.round as number) + 1;
    await vault.save(c.number, { number: c.number, round, fill: `${c.number}:${round} `.repeat(500) }, version, NOW);
  }
