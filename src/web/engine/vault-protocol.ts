/** What the page asks of the worker that holds the vault, and what it answers. Keys never leave that worker. */
import type { Telling } from '../../answers/tell-where.ts';
import type { Lang } from '../../law/say.ts';
import type { Strikeable } from '../../protect/log/export.ts';
import type { Entry, Logged } from '../../protect/log/types.ts';
import type { VaultFault } from '../../vault/errors.ts';
import type { ChangeLine } from './changes-view.ts';
import type { ReadFiles, Written } from './protocol.ts';

export type CaseLine = {
  readonly number: number;
  readonly label: string;
  readonly saved: string;
  readonly attachments: readonly { readonly id: string; readonly name: string; readonly size: number }[];
  readonly readers: readonly { readonly recipient: string; readonly name: string }[];
};

export type VaultInfo = {
  /** Grows by one at each saving: an older copy of the whole vault is told by it alone. */
  readonly counter: number;
  readonly saved: string;
  readonly recipient: string;
  readonly hasRecovery: boolean;
  readonly readers: readonly { readonly recipient: string; readonly name: string }[];
  /** Why nothing may be written now, if so. */
  readonly readOnly: VaultFault | undefined;
  readonly cases: readonly CaseLine[];
};

/** One day that must not be missed, in one case. */
export type DueRow = {
  readonly number: number;
  readonly label: string;
  /** `2026-12-19`; undefined where the last lawful day is not known. */
  readonly day: string | undefined;
  readonly when: string;
  readonly left: string;
  readonly passed: boolean;
  readonly what: string;
  readonly sure: boolean;
  /** The country whose authority counts the day, of a stay. */
  readonly place: string | undefined;
};
export type Due = {
  readonly rows: readonly DueRow[];
  /** Cases that could not be read, and why. */
  readonly failed: readonly { readonly number: number; readonly label: string; readonly why: string }[];
};

export type CaseChanges = {
  readonly number: number;
  readonly label: string;
  readonly lines: readonly ChangeLine[];
};

/** A field that would leave with a case: its path in the file, and the same in words. */
export type LeavingField = { readonly path: string; readonly says: string; readonly value: string };

export type OpenedCase = {
  readonly number: number;
  readonly label: string;
  readonly version: string;
  readonly entries: number;
  readonly read: ReadFiles;
  /** The text itself, where it does not read: nothing is lost. */
  readonly text: string;
};

export type LogView = {
  readonly label: string;
  readonly entries: readonly Logged[];
  /** The first entry that does not fit the one before. */
  readonly broken: number | undefined;
  /** Where it can be told, in the countries of the entries and where the person is: what the law here knows of each. */
  readonly tell: readonly Telling[];
};

/** The version before a saving and after it: who holds another than the first has not seen what the saving was on. */
export type Versions = { readonly before: string; readonly after: string };

type Now = { readonly now: string };
/** The saving that is asked about: an answer of an earlier one is not taken for it. */
type At = { readonly at?: number };
type OfCase = { readonly number: number };

export type VaultCalls = {
  vaultNew: {
    ask: { readonly passphrase: string; readonly recovery: boolean } & Now;
    answer: { readonly info: VaultInfo; readonly paper: string | undefined };
  };
  vaultUnlock: { ask: { readonly passphrase: string }; answer: VaultInfo };
  vaultRecover: { ask: { readonly paper: string; readonly passphrase: string }; answer: VaultInfo };
  vaultInfo: { ask: object; answer: VaultInfo };
  vaultAdd: { ask: Written & { readonly label: string } & Now; answer: number };
  vaultCase: { ask: OfCase & { readonly lang: Lang }; answer: OpenedCase };
  /** Answers the new version. */
  vaultSave: { ask: Written & OfCase & { readonly version: string } & Now; answer: string };
  vaultRelabel: { ask: OfCase & { readonly label: string } & Now; answer: Versions };
  vaultRemove: { ask: OfCase & Now; answer: boolean };
  vaultDue: { ask: { readonly on: string; readonly lang: Lang } & At; answer: Due };
  vaultChanges: {
    ask: { readonly since: string; readonly on: string; readonly lang: Lang } & At;
    answer: { readonly cases: readonly CaseChanges[]; readonly failed: Due['failed'] };
  };
  vaultPack: { ask: object; answer: { readonly zip: Uint8Array<ArrayBuffer>; readonly counter: number } };
  vaultProve: {
    ask: { readonly zip: Uint8Array; readonly passphrase: string };
    answer: { readonly cases: number; readonly counter: number; readonly saved: string };
  };
  vaultRestore: { ask: { readonly zip: Uint8Array; readonly passphrase: string }; answer: { readonly cases: number } };
  vaultPassphrase: { ask: { readonly passphrase: string }; answer: boolean };
  vaultPaper: { ask: { readonly wanted: boolean } & Now; answer: string | undefined };
  /** Who else opens a case (`number`), or all of them. */
  vaultShare: {
    ask: { readonly number: number | undefined; readonly recipient: string; readonly name: string } & Now;
    answer: boolean;
  };
  vaultUnshare: { ask: { readonly number: number | undefined; readonly recipient: string } & Now; answer: boolean };
  vaultFields: {
    ask: OfCase & { readonly lang: Lang } & At;
    answer: { readonly label: string; readonly fields: readonly LeavingField[]; readonly entries: number };
  };
  vaultHandOver: {
    ask: OfCase & {
      readonly recipient: string;
      readonly label: string;
      readonly without: readonly string[];
      readonly log: boolean;
    } & Now;
    answer: Uint8Array<ArrayBuffer>;
  };
  vaultReceive: { ask: { readonly file: Uint8Array } & Now; answer: number };
  vaultAttach: {
    ask: OfCase & { readonly name: string; readonly type: string; readonly bytes: Uint8Array } & Now;
    answer: boolean;
  };
  vaultTake: {
    ask: OfCase & { readonly id: string };
    answer: { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> };
  };
  vaultDetach: { ask: OfCase & { readonly id: string } & Now; answer: boolean };
  vaultVerify: {
    ask: object;
    answer: {
      readonly files: number;
      readonly troubles: readonly {
        readonly number: number;
        readonly label: string;
        readonly fault: 'damaged' | 'missing';
      }[];
      readonly strays: number;
    };
  };
  vaultMend: { ask: object; answer: VaultInfo };
  logRead: { ask: OfCase & { readonly on: string; readonly lang: Lang } & At; answer: LogView };
  logAdd: {
    ask: OfCase & { readonly entry: Partial<Entry> } & Now;
    answer: { readonly wrong: readonly string[]; readonly versions?: Versions };
  };
  logOut: {
    ask: OfCase & { readonly without: readonly Strikeable[]; readonly lang: Lang } & Now & At;
    answer: {
      readonly html: string;
      readonly json: string;
      readonly fields: readonly string[];
      readonly entries: readonly Logged[];
    };
  };
};
