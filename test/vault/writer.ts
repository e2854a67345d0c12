/** Adds cases to a vault: run as a process of its own by the tests. Arguments: folder, tag, how many. */
import { FolderStore } from '../../src/vault/node-store.ts';
import { Vault } from '../../src/vault/vault.ts';
import { NOW, PASSPHRASE } from './helpers.ts';

const [folder, tag, count] = process.argv.slice(2) as [string, string, string];
const vault = await Vault.open(new FolderStore(folder), PASSPHRASE);
for (let i = 0; i < Number(count); i++) await vault.add(`${tag}${i}`, { tag, i }, NOW);
