/** The screens of the page. Where a person is lives in memory only: the address never changes. */
export type Screen =
  | { readonly s: 'start' }
  | { readonly s: 'safety' }
  | { readonly s: 'stand' }
  | { readonly s: 'ask'; readonly fact: string }
  | { readonly s: 'next' }
  | MoreScreen;

/** Screens that are not part of the first view: they come in a piece of their own, soon after it. */
export type MoreScreen =
  | { readonly s: 'summary' }
  | { readonly s: 'routes' }
  | { readonly s: 'plans' }
  | { readonly s: 'changes' }
  | { readonly s: 'take' }
  | { readonly s: 'law' }
  | { readonly s: 'keep' }
  | { readonly s: 'travel' }
  | { readonly s: 'erase' }
  | { readonly s: 'about' }
  | { readonly s: 'route'; readonly id: string }
  | { readonly s: 'plan'; readonly id: string }
  | { readonly s: 'country'; readonly code: string }
  | { readonly s: 'provision'; readonly id: string }
  | { readonly s: 'vault' }
  | { readonly s: 'vault-care' }
  | { readonly s: 'vault-leave' }
  | { readonly s: 'vault-changes' }
  | { readonly s: 'vault-case'; readonly number: number }
  | { readonly s: 'vault-hand'; readonly number: number }
  | { readonly s: 'log'; readonly number: number }
  | { readonly s: 'log-add'; readonly number: number; readonly corrects?: number }
  | { readonly s: 'log-out'; readonly number: number }
  | { readonly s: 'screening' }
  | { readonly s: 'pack' }
  | { readonly s: 'wrong'; readonly id: string };
