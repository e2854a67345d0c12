/** The vault, as faces see it. The store of a folder is in node-store.ts, which only a program with a file system may import. */

export { LEAST_WORK_FACTOR, WORK_FACTOR } from './age.ts';
export { packVault, proveArchive, restoreArchive, unpackVault } from './archive.ts';
export type { AttachmentEntry, CaseEntry, Reader } from './entries.ts';
export { VaultError, type VaultFault } from './errors.ts';
export { handOver } from './hand-over.ts';
export { type CaseContent, fieldsOf } from './records.ts';
export { MemoryStore, type VaultStore } from './store.ts';
export { type Opened, type Stray, type Trouble, Vault } from './vault.ts';
