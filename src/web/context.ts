/** What every screen is given: the state, what may be done to it, and whom to ask. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Engine } from './engine/client.ts';
import type { Ask, Brought } from './engine/protocol.ts';
import type { OpenedCase } from './engine/vault-protocol.ts';
import type { Keeper } from './keep/keeper.ts';
import type { Offline } from './offline.ts';
import type { State, Step } from './state/reducer.ts';
import type { Screen } from './state/screens.ts';
import type { Door } from './vault/door.ts';

export type App = {
  readonly state: State;
  readonly step: (step: Step) => void;
  readonly go: (screen: Screen) => void;
  readonly back: () => void;
  /** What is quick: checks, questions, the law. */
  readonly quick: Engine;
  /** The search for plans, which may be stopped. */
  readonly planner: Engine;
  /** Official lists and the matching of organisations: without the law. */
  readonly screener: Engine;
  /** The day it is, where the person is: `2026-11-23`. */
  readonly today: string;
  readonly ask: Ask;
  /** Reads the law anew everywhere, after a pack was taken or laid away. */
  readonly relaw: () => void;
  readonly leave: () => void;
  readonly keeper: Keeper;
  /** The vault: many cases, one of them in use at a time. */
  readonly door: Door;
  /** Takes a file's answers in the place of what is open; a case of the vault that was in use is laid away first, unchanged. */
  readonly bring: (brought: Brought) => Promise<void>;
  /** Opens a case of the vault in the place of what is open. */
  readonly openCase: (number: number, drop?: boolean) => Promise<OpenedCase>;
  /** Lays the case in use away; the vault stays open. */
  readonly closeCase: () => Promise<void>;
  readonly offline: Offline;
  /** Locks the case: what is shown and what the workers hold goes, what is kept on the device stays. */
  readonly lock: () => void;
  readonly erase: (also: { readonly offline: boolean }) => Promise<void>;
};

const Context = createContext<App | undefined>(undefined);
export const AppProvider = Context.Provider;

const GoContext = createContext<App['go'] | undefined>(undefined);
export const GoProvider = GoContext.Provider;

/** Goes to another screen. Always the same function: whoever needs nothing else is not drawn again with every change of the page. */
export function useGo(): App['go'] {
  const go = useContext(GoContext);
  if (!go) throw new Error('A button stands outside the page.');
  return go;
}

export function useApp(): App {
  const app = useContext(Context);
  if (!app) throw new Error('A screen stands outside the page.');
  return app;
}
