/** The vault in a folder: for programs with a file system only. */
export { FolderStore, isVaultFolder } from './node-store.ts';
