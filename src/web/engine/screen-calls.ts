/**
 * Screening in its worker: whole official lists, as files that the person chose; held in memory, and on the device only where they asked for it.
 * Opens no connection.
 */

import { say } from '../../answers/say.ts';
import {
  askFirstWords,
  fitsWords,
  KIND_OF_NUMBER,
  listTitle,
  numbersDifferWords,
  OLD_LIST_DAYS,
  slipWords,
  verdictWords,
} from '../../answers/screen-words.ts';
import { parseDay } from '../../calendar/civil.ts';
import { type Lang, sayCount } from '../../law/say.ts';
import { questionOf } from '../../protect/screen/asked.ts';
import { LISTS, type List, ListError, type ListId } from '../../protect/screen/entries.ts';
import { readList, tooLarge } from '../../protect/screen/read-list.ts';
import { Screen } from '../../protect/screen/screen.ts';
import { type Chosen, dropKept, eraseLists, keepLists, keptLists } from './list-store.ts';

export type TakenList = {
  readonly list: ListId;
  readonly title: string;
  /** `list of 2026-11-20, chosen today; 9,100 organisations`. */
  readonly about: string;
  readonly limits: string;
  /** Chosen, or dated, more than two weeks ago. */
  readonly old: boolean;
};

export type TakenLists = {
  readonly lists: readonly TakenList[];
  /** Whether the lists stay on this device when the window is closed. */
  readonly kept: boolean;
  /** Keeping was asked for, and the browser would not. */
  readonly notKept?: string;
};

export type ScreenView = {
  readonly answer: 'listed' | 'possible' | 'not-found';
  readonly verdict: string;
  readonly slips: readonly string[];
  readonly found: readonly {
    readonly name: string;
    readonly list: string;
    readonly id: string;
    readonly fits: string;
    readonly but: string | undefined;
    readonly numbers: string;
    readonly countries: string;
    readonly programmes: string;
    readonly related: readonly string[];
  }[];
  readonly more: number;
  readonly looked: readonly TakenList[];
  readonly missing: readonly string[];
  readonly askFirst: string;
};

export type ScreenCalls = {
  screenTake: { ask: { readonly file: Blob; readonly on: string; readonly lang: Lang }; answer: TakenLists };
  screenDrop: { ask: { readonly list: ListId; readonly on: string; readonly lang: Lang }; answer: TakenLists };
  screenKeep: { ask: { readonly keep: boolean; readonly on: string; readonly lang: Lang }; answer: TakenLists };
  screenLists: { ask: { readonly on: string; readonly lang: Lang; readonly at?: number }; answer: TakenLists };
  screenAsk: {
    ask: { readonly text: string; readonly on: string; readonly lang: Lang; readonly all: boolean };
    answer: ScreenView | undefined;
  };
};

const LARGEST_FILE = 600_000_000;
const FEW = 12;

const lists = new Map<ListId, Chosen>();
let index: Screen | undefined;
let kept = false;

/** What was kept comes back before anything is asked. */
let begun: Promise<void> | undefined;
const ready = (): Promise<void> => {
  begun ??= keptLists().then((found) => {
    kept = found !== undefined;
    for (const c of found ?? []) if (!lists.has(c.list.list)) lists.set(c.list.list, c);
  });
  return begun;
};

/** The pieces of a file as text, however large it is. */
async function* pieces(file: Blob): AsyncGenerator<string> {
  const reader = file
    .stream()
    .pipeThrough(new TextDecoderStream('utf-8') as ReadableWritablePair<string, Uint8Array<ArrayBuffer>>)
    .getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

async function digestOf(file: Blob): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  return Array.from(digest, (b) => b.toString(16).padStart(2, '0')).join('');
}

const taken = (on: string, lang: Lang): TakenList[] =>
  [...lists.values()].map(({ list: l, taken: day }) => {
    const age = ageOf(l, day, on);
    const old = age !== undefined && age > OLD_LIST_DAYS;
    const about = say(
      lang,
      `list of ${l.date ?? 'an unknown day'}, chosen on ${day}; ${sayNumberOf(l.organisations.length, lang)} organisations; persons, ships and others passed over: ${sayNumberOf(l.others, lang)}`,
      `список от ${l.date ?? 'неизвестного дня'}, выбран ${day}; организаций: ${sayNumberOf(l.organisations.length, lang)}; людей, судов и прочего пропущено: ${sayNumberOf(l.others, lang)}`,
    );
    return {
      list: l.list,
      title: listTitle(l.list, lang),
      old,
      about: old
        ? `${about}. ${say(lang, `Old (${sayCount(age, 'day', 'en')}): download it again`, `Старый (${sayCount(age, 'day', 'ru')}): скачайте заново`)}`
        : about,
      limits: l.list === 'own' ? '' : LISTS[l.list].limits[lang],
    };
  });

const view = (on: string, lang: Lang, notKept?: string): TakenLists => ({
  lists: taken(on, lang),
  kept,
  ...(notKept === undefined ? {} : { notKept }),
});

const sayNumberOf = (n: number, lang: Lang): string => n.toLocaleString(lang === 'ru' ? 'ru-RU' : 'en-GB');

/** Days since the list's own date, where it bears one that reads as a day; else since it was chosen. */
function ageOf(list: List, chosen: string, on: string): number | undefined {
  const day = parseDay((list.date ?? '').slice(0, 10)) ?? parseDay(chosen);
  const now = parseDay(on);
  return day === undefined || now === undefined ? undefined : now - day;
}

/** A fault of the file, told in the reader's language. */
const fault = (e: ListError, lang: Lang): Error => Object.assign(new Error(e.says[lang]), { fault: 'list' });

export const screenHandlers: {
  readonly [K in keyof ScreenCalls]: (
    book: unknown,
    ask: ScreenCalls[K]['ask'],
  ) => Promise<ScreenCalls[K]['answer']> | ScreenCalls[K]['answer'];
} = {
  screenTake: async (_, { file, on, lang }) => {
    await ready();
    if (file.size > LARGEST_FILE) throw fault(tooLarge(), lang);
    let chosen: Chosen;
    try {
      const list = await readList(await file.slice(0, 16_384).text(), pieces(file), await digestOf(file));
      chosen = { list, taken: on };
    } catch (e) {
      throw e instanceof ListError ? fault(e, lang) : e;
    }
    lists.set(chosen.list.list, chosen);
    index = undefined;
    if (!kept) return view(on, lang);
    try {
      await keepLists([chosen]);
      return view(on, lang);
    } catch (e) {
      return view(on, lang, (e as Error).message);
    }
  },
  screenDrop: async (_, { list, on, lang }) => {
    await ready();
    lists.delete(list);
    index = undefined;
    if (kept) await dropKept(list);
    return view(on, lang);
  },
  screenKeep: async (_, { keep, on, lang }) => {
    await ready();
    if (!keep) {
      await eraseLists();
      kept = false;
      return view(on, lang);
    }
    try {
      await keepLists([...lists.values()]);
      kept = true;
      return view(on, lang);
    } catch (e) {
      // Half of them kept would look like all of them.
      await eraseLists();
      kept = false;
      return view(on, lang, (e as Error).message);
    }
  },
  screenLists: async (_, { on, lang }) => {
    await ready();
    return view(on, lang);
  },
  screenAsk: async (_, { text, on, lang, all }) => {
    await ready();
    const { asked, doubtful } = questionOf(text.split(/\r?\n/));
    if (asked.names.length + asked.identifiers.length === 0) return undefined;
    index ??= new Screen([...lists.values()].map((c) => c.list));
    const found = index.ask(asked);
    const shown = all ? found : found.slice(0, FEW);
    return {
      answer: found.some((f) => f.by === 'number') ? 'listed' : found.length ? 'possible' : 'not-found',
      verdict: verdictWords(found, lang),
      slips: doubtful.map((x) => slipWords(x, lang)),
      found: shown.map((f) => ({
        name: f.entry.names[0] ?? '',
        list: `${listTitle(f.list, lang)}${f.date ? `, ${f.date}` : ''}`,
        id: f.entry.id,
        fits: fitsWords(f, lang),
        but: f.numbersDiffer ? numbersDifferWords(lang) : undefined,
        numbers: f.entry.identifiers.map((i) => `${KIND_OF_NUMBER[i.kind][lang]} ${i.value}`).join(', '),
        countries: f.entry.countries.join(', '),
        programmes: f.entry.programmes.join('; '),
        related: f.entry.related.slice(0, 5).map((r) => `${r.how}: ${r.name}`),
      })),
      more: found.length - shown.length,
      looked: taken(on, lang),
      missing: (Object.keys(LISTS) as Exclude<ListId, 'own'>[])
        .filter((id) => !lists.has(id))
        .map((id) => listTitle(id, lang)),
      askFirst: askFirstWords(lang),
    };
  },
};
