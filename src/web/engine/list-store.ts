/**
 * Refused-party lists that the person chose to keep on this device. They are public; that they are here tells that organisations were compared
 * here, and not which: the question is kept nowhere. Nothing is kept unless it was asked for; not keeping any more removes all of it.
 */
import type { List, ListId } from '../../protect/screen/entries.ts';
import { Database, held } from '../database.ts';

/** A list, and the day it was chosen here. */
export type Chosen = { readonly list: List; readonly taken: string };

const lists = new Database('tables', ['rows']);

/** The lists that are kept; undefined where keeping was not chosen, or the browser keeps nothing for this page. */
export async function keptLists(): Promise<readonly Chosen[] | undefined> {
  try {
    // To look would make it, and that it is there says that keeping was chosen.
    if (indexedDB.databases === undefined || (await lists.absent())) return undefined;
    const found = await lists.run('readonly', (table) => held(table('rows').getAll() as IDBRequest<Chosen[]>));
    return (found ?? []).filter((c) => c.list?.format === 'foothold-list/1');
  } catch {
    return undefined;
  }
}

/** Keeps these lists, each in the place of an older copy. */
export const keepLists = (chosen: readonly Chosen[]): Promise<void> =>
  lists.run<void>('readwrite', (table) => {
    for (const c of chosen) table('rows').put(c, c.list.list);
    return undefined;
  });

export const dropKept = (list: ListId): Promise<void> =>
  lists.run<void>('readwrite', (table) => {
    table('rows').delete(list);
    return undefined;
  });

/** Keeps none any more: what was kept is removed, and that it was. */
export const eraseLists = (): Promise<void> => lists.remove();
