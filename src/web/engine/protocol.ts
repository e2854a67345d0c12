/** What the page asks of its workers, and what they answer. Everything is plain data: it is copied from thread to thread. */

import type { Lang } from '../../law/say.ts';
import type { Goal } from '../../plan/types.ts';
import type { Answers, Origin } from '../state/answers.ts';
import type { ChangesView } from './changes-view.ts';
import type { CheckRow, Overview, RouteView } from './check-view.ts';
import type { CountryView, LawIndexView, ProvisionView } from './law-view.ts';
import type { PackCalls } from './pack-calls.ts';
import type { PlansView, PlanView } from './plan-view.ts';
import type { Question, SummaryView } from './questions.ts';
import type { ScreenCalls } from './screen-calls.ts';
import type { StandView } from './stand-view.ts';
import type { VaultCalls } from './vault-protocol.ts';

/** The case as it stands, the day it is asked for, the language of the answer. */
export type Ask = {
  readonly answers: Answers;
  readonly on: string;
  readonly lang: Lang;
  /** Files of family members that the answers name, by name. */
  readonly members?: Origin['members'];
};

/** An answer of the case that does not fit: which fact, what was found, what was expected. */
export type Trouble = {
  readonly fact: string;
  readonly label: string;
  readonly found: string;
  readonly expected: string;
};
/** An answer, or what is wrong with the case: then there is no answer. */
export type Or<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly trouble: readonly Trouble[] };

/** A case to be written down: what was answered, and the file it came from, which keeps what is not asked here. */
export type Written = { readonly answers: Answers; readonly origin?: Origin | undefined };

/** A kept case opened: read, or what this version cannot read of it, with the file itself so that nothing is lost. */
export type Opened =
  | { readonly ok: true; readonly value: { readonly identity: string } & Brought }
  | { readonly ok: false; readonly trouble: readonly Trouble[]; readonly text: string };

/** A case that was brought in: what it answers, and its file as it was written. */
export type Brought = { readonly answers: Answers; readonly origin: Origin };

export type ReadFiles =
  | ({ readonly ok: true } & Brought)
  | { readonly ok: false; readonly trouble: readonly Trouble[]; readonly choose?: readonly string[] };

export type LawInfo = {
  readonly digest: string;
  readonly provisions: number;
  readonly routes: number;
  readonly jurisdictions: readonly string[];
  /** The newest day on which a source was read. */
  readonly read: string;
  readonly currencies: readonly string[];
};

type OwnCalls = {
  info: { ask: object; answer: LawInfo };
  overview: { ask: Ask; answer: Or<Overview> };
  question: { ask: Ask & { readonly fact: string }; answer: Question | undefined };
  summary: { ask: Ask; answer: SummaryView };
  stand: { ask: Ask; answer: Or<StandView> };
  routes: { ask: Ask; answer: Or<readonly CheckRow[]> };
  route: { ask: Ask & { readonly id: string }; answer: Or<RouteView | undefined> };
  changes: { ask: Ask & { readonly from: string }; answer: Or<ChangesView> };
  law: { ask: { readonly lang: Lang; readonly on: string }; answer: LawIndexView };
  country: {
    ask: { readonly lang: Lang; readonly on: string; readonly code: string };
    answer: CountryView | undefined;
  };
  provision: {
    ask: { readonly lang: Lang; readonly on: string; readonly id: string };
    answer: ProvisionView | undefined;
  };
  plans: {
    ask: Ask & { readonly goal: Goal; readonly avoid: readonly string[] };
    answer: Or<PlansView>;
  };
  write: { ask: Written; answer: string };
  read: {
    ask: {
      readonly files: readonly { readonly name: string; readonly text: string }[];
      /** Which of the files is the person's own, where they name each other. */
      readonly whose?: string;
      readonly lang?: Lang;
    };
    answer: ReadFiles;
  };
  seal: { ask: Written & { readonly passphrase: string }; answer: Uint8Array };
  open: {
    ask: { readonly file: Uint8Array; readonly passphrase: string; readonly lang?: Lang };
    answer: ReadFiles | 'wrong';
  };
  /** A key for this device: what is stored of it, and what opens the case while it is open. */
  makeKey: { ask: { readonly passphrase: string }; answer: { readonly identity: string; readonly sealed: Uint8Array } };
  openKey: {
    ask: {
      readonly sealed: Uint8Array;
      readonly file: Uint8Array;
      readonly passphrase: string;
      readonly lang?: Lang;
    };
    answer: Opened | 'wrong';
  };
  sealTo: { ask: Written & { readonly identity: string }; answer: Uint8Array };
};

export type Calls = OwnCalls & VaultCalls & ScreenCalls & PackCalls;
export type Call = keyof Calls;
export type { PlanView };

/** To the worker: first where the law is, then calls. */
export type ToWorker =
  /** `bare`: the worker needs no law, and gets none. */
  | { readonly law: string; readonly inline?: string; readonly bare?: true }
  | { readonly id: number; readonly call: Call; readonly ask: unknown }
  /** The answer to a call is not wanted any more: a search ends, whatever else was asked is answered to nobody. */
  | { readonly stop: number };
export type FromWorker =
  | { readonly ready: true; readonly milliseconds: number }
  | { readonly failed: string }
  /** What is known so far of an answer that is still being worked out. */
  | { readonly id: number; readonly partial: unknown }
  | { readonly id: number; readonly answer: unknown; readonly milliseconds: number }
  /** `fault`: which kind of error of the vault, of a pack or of a list, so that the page can say it in its words. */
  | { readonly id: number; readonly error: string; readonly fault?: string };
