/** What a subcommand of the vault is given. */
import type { Options } from './args.ts';
import type { Run } from './context.ts';
import type { Secrets } from './secret-input.ts';

export type VaultRun = {
  readonly run: Run;
  readonly words: readonly string[];
  readonly options: Options;
  readonly secrets: Secrets;
  /** The folder of the vault. */
  readonly folder: string;
  /** The time by the clock of this device, like 2026-11-27 14:05. */
  readonly now: string;
};
