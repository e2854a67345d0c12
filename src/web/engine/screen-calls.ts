/** Screening in its worker: whole official lists, as files that the person chose; held in memory only, gone with the worker. Opens no connection. */

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
import { readList } from '../../protect/screen/read-list.ts';
import { Screen } from '../../protect/screen/screen.ts';

export type TakenList = {
  readonly list: ListId;
  readonly title: string;
  /** `list of 2026-11-20, chosen today; 9,100 organisations`. */
  readonly about: string;
  readonly limits: string;
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
  readonly looked: readonly (TakenList & { readonly old: boolean })[];
  readonly missing: readonly string[];
  readonly askFirst: string;
};

export type ScreenCalls = {
  screenTake: { ask: { readonly file: Blob; readonly lang: Lang }; answer: readonly TakenList[] };
  screenDrop: { ask: { readonly list: ListId; readonly lang: Lang }; answer: readonly TakenList[] };
  screenLists: { ask: { readonly lang: Lang; readonly at?: number }; answer: readonly TakenList[] };
  screenAsk: {
    ask: { readonly text: string; readonly on: string; readonly lang: Lang; readonly all: boolean };
    answer: ScreenView | undefined;
  };
};

const LARGEST_FILE = 600_000_000;
const FEW = 12;

const lists = new Map<ListId, List>();
let index: Screen | undefined;

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

const taken = (lang: Lang): TakenList[] =>
  [...lists.values()].map((l) => ({
    list: l.list,
    title: listTitle(l.list, lang),
    about: say(
      lang,
      `list of ${l.date ?? 'an unknown day'}; ${sayNumberOf(l.organisations.length, lang)} organisations; persons, ships and others passed over: ${sayNumberOf(l.others, lang)}`,
      `список от ${l.date ?? 'неизвестного дня'}; организаций: ${sayNumberOf(l.organisations.length, lang)}; людей, судов и прочего пропущено: ${sayNumberOf(l.others, lang)}`,
    ),
    limits: l.list === 'own' ? '' : LISTS[l.list].limits[lang],
  }));

const sayNumberOf = (n: number, lang: Lang): string => n.toLocaleString(lang === 'ru' ? 'ru-RU' : 'en-GB');

/** Days since the list's own date, where it bears one that reads as a day. */
function ageOf(list: List, on: string): number | undefined {
  const day = parseDay((list.date ?? '').slice(0, 10));
  const now = parseDay(on);
  return day === undefined || now === undefined ? undefined : now - day;
}

export const screenHandlers: {
  readonly [K in keyof ScreenCalls]: (
    book: unknown,
    ask: ScreenCalls[K]['ask'],
  ) => Promise<ScreenCalls[K]['answer']> | ScreenCalls[K]['answer'];
} = {
  screenTake: async (_, { file, lang }) => {
    if (file.size > LARGEST_FILE)
      throw Object.assign(new ListError('the file is larger than any list.'), { fault: 'list' });
    try {
      const list = await readList(await file.slice(0, 16_384).text(), pieces(file), await digestOf(file));
      lists.set(list.list, list);
      index = undefined;
    } catch (e) {
      throw e instanceof ListError ? Object.assign(e, { fault: 'list' }) : e;
    }
    return taken(lang);
  },
  screenDrop: (_, { list, lang }) => {
    lists.delete(list);
    index = undefined;
    return taken(lang);
  },
  screenLists: (_, { lang }) => taken(lang),
  screenAsk: (_, { text, on, lang, all }) => {
    const { asked, doubtful } = questionOf(text.split(/\r?\n/));
    if (asked.names.length + asked.identifiers.length === 0) return undefined;
    index ??= new Screen([...lists.values()]);
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
      looked: taken(lang).map((l) => {
        const age = ageOf(lists.get(l.list) as List, on);
        const old = age !== undefined && age > OLD_LIST_DAYS;
        return {
          ...l,
          old,
          about: old
            ? `${l.about}. ${say(lang, `Old (${sayCount(age, 'day', 'en')}): download it again`, `Старый (${sayCount(age, 'day', 'ru')}): скачайте заново`)}`
            : l.about,
        };
      }),
      missing: (Object.keys(LISTS) as Exclude<ListId, 'own'>[])
        .filter((id) => !lists.has(id))
        .map((id) => listTitle(id, lang)),
      askFirst: askFirstWords(lang),
    };
  },
};
