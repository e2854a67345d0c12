/** Newer law as a signed pack: looked at, with what it changes for this person, before it is taken; never backwards. */
import { titleWithCountry } from '../../answers/countries.ts';
import { dayIn, say } from '../../answers/say.ts';
import { formatDay, parseDay } from '../../calendar/civil.ts';
import { answersOf, couldHarm, type Turn, turns } from '../../check/outcomes.ts';
import type { LawBook } from '../../law/book.ts';
import { openPack, type PackHead, type PublicKey, readHead } from '../../law/pack.ts';
import type { Lang } from '../../law/say.ts';
import type { Provision } from '../../law/types.ts';
import type { Person } from '../../person/types.ts';
import type { Day } from '../../rules/ir.ts';
import { shortSources } from '../short-sources.ts';
import { readCase } from './case.ts';
import { dropPack, keepPack, keptPack } from './pack-store.ts';
import type { Ask } from './protocol.ts';
import { peopleOfVault } from './vault-calls.ts';

/** Keys that packs are believed by (keys/law.pub), and the newest day on which a source of this page's own law was read. */
declare const __KEYS__: readonly PublicKey[] | undefined;
declare const __LAW_DAY__: string | undefined;
const trusted = (given: string | undefined): PublicKey[] => [
  ...(typeof __KEYS__ === 'undefined' ? [] : __KEYS__),
  ...(given?.trim() ? [given.trim()] : []),
];
const builtDay = (): Day => parseDay(typeof __LAW_DAY__ === 'undefined' ? '' : __LAW_DAY__) ?? 0;

export type PackInfo = {
  readonly serial: number;
  readonly issued: string;
  readonly validUntil: string;
  /** Its last day has passed: every answer says "verify". */
  readonly expired: boolean;
};

/** One answer that the new law turns. `relied`: to be read with care, since it says less than before. */
export type TurnLine = { readonly says: string; readonly relied: boolean };

export type PackLook = {
  readonly pack: PackInfo;
  readonly changed: number;
  readonly gone: number;
  /** For the person whose answers were given; undefined where there are none, or they contradict each other. */
  readonly turns: readonly TurnLine[] | undefined;
};

export type PackState = {
  /** The pack in use; undefined: the law that came with the page. */
  readonly current: PackInfo | undefined;
  readonly hasBefore: boolean;
  /** A pack is kept but not in use: it is damaged, or the page's own law is newer. */
  readonly idle: boolean;
  readonly builtDay: string;
  readonly hasKeys: boolean;
};

type Given = { readonly bytes: Uint8Array<ArrayBuffer>; readonly key: string | undefined };

export type PackCalls = {
  packState: { ask: { readonly on: string; readonly at?: number }; answer: PackState };
  packLook: { ask: Given & Ask; answer: PackLook };
  packTake: { ask: Given; answer: boolean };
  packBack: { ask: object; answer: boolean };
  /** Which cases of the vault it would turn; asked of the worker that holds the vault. */
  packCases: {
    ask: Given & { readonly on: string; readonly lang: Lang };
    answer: readonly { readonly number: number; readonly label: string; readonly turns: readonly TurnLine[] }[];
  };
};

const infoOf = (head: PackHead, on: Day): PackInfo => ({
  serial: head.serial,
  issued: formatDay(head.issued),
  validUntil: formatDay(head.validUntil),
  expired: on > head.validUntil,
});

/** Opens a pack that goes forwards from what is here: from the pack in use, and from the page's own law. */
async function opened({ bytes, key }: Given): Promise<{ head: PackHead; book: LawBook }> {
  const current = await keptPack('current');
  const have = current ? readHead(current.bytes).head.serial : 0;
  const out = await openPack(bytes, trusted(key), have);
  if (out.head.issued < builtDay())
    throw Object.assign(new Error('The law pack is older than the law of this page. Nothing was changed.'), {
      fault: 'backwards',
    });
  return out;
}

/** The law of the pack in use, if one is whole, still believed, and not older than the page's own. */
export async function lawInUse(): Promise<{ book: LawBook; head: PackHead } | undefined> {
  const current = await keptPack('current');
  if (!current) return undefined;
  try {
    const { head, book } = await openPack(current.bytes, trusted(current.key));
    return head.issued < builtDay() ? undefined : { head, book };
  } catch {
    // Told by `packState`: the page goes on with its own law.
    return undefined;
  }
}

const OUTCOME: Readonly<Record<string, readonly [en: string, ru: string]>> = {
  yes: ['open', 'открыто'],
  no: ['closed', 'закрыто'],
  unknown: ['not known yet', 'пока неизвестно'],
  absent: ['not in the law here', 'здесь такого нет'],
};
const DANGER: Readonly<Record<string, readonly [en: string, ru: string]>> = {
  yes: ['concerns you', 'касается вас'],
  no: ['does not concern you', 'вас не касается'],
  unknown: ['may concern you', 'может касаться вас'],
  absent: ['not in the law here', 'здесь такого нет'],
};

function turnLine(t: Turn, before: LawBook, after: LawBook, lang: Lang): TurnLine {
  const at = lang === 'ru' ? 1 : 0;
  const relied = couldHarm(t);
  if (t.asked === 'last day') {
    const words = (text: string) => {
      const [day, ...rest] = text.split(' ');
      const n = Number(day);
      const doubt = rest.length ? say(lang, ' (not certain)', ' (не наверняка)') : '';
      return (Number.isFinite(n) ? dayIn(n, lang) : say(lang, 'none known', 'неизвестен')) + doubt;
    };
    return {
      says: say(
        lang,
        `Last lawful day: ${words(t.before)} → ${words(t.after)}`,
        `Последний законный день: ${words(t.before)} → ${words(t.after)}`,
      ),
      relied,
    };
  }
  const [kind, id] = t.asked.split(' ') as [string, string];
  const p = after.provisions.get(id) ?? before.provisions.get(id);
  const title = p ? titleWithCountry(p, lang, after) : id;
  const words = kind === 'danger' ? DANGER : OUTCOME;
  const word = (x: string) => words[x]?.[at] ?? x;
  return { says: `${title}: ${word(t.before)} → ${word(t.after)}`, relied };
}

/** What turns for one person, dangers and lost ways first. */
function turnsFor(before: LawBook, after: LawBook, person: Person, on: Day, lang: Lang): TurnLine[] {
  const of = (b: LawBook) => new Map([['', answersOf(b, person, on)]]);
  const found = turns(of(before), of(after));
  const weight = (t: Turn) =>
    t.asked === 'last day' ? 0 : t.asked.startsWith('danger') ? 1 : t.before === 'yes' ? 2 : 3;
  return found.toSorted((a, b) => weight(a) - weight(b)).map((t) => turnLine(t, before, after, lang));
}

const dayOf = (text: string): Day => parseDay(text) ?? 0;

export const packHandlers: {
  readonly [K in keyof PackCalls]: (
    book: LawBook,
    ask: PackCalls[K]['ask'],
  ) => Promise<PackCalls[K]['answer']> | PackCalls[K]['answer'];
} = {
  packState: async (_, { on }) => {
    const used = await lawInUse();
    const kept = await keptPack('current');
    return {
      current: used && infoOf(used.head, dayOf(on)),
      hasBefore: (await keptPack('before')) !== undefined,
      idle: kept !== undefined && used === undefined,
      builtDay: formatDay(builtDay()),
      hasKeys: trusted(undefined).length > 0,
    };
  },
  packLook: async (book, ask) => {
    const { head, book: next } = await opened(ask);
    const read = readCase(book, ask.answers, ask.lang, ask.members);
    const changed = [...next.provisions.values()].filter(
      (p) =>
        JSON.stringify(comparable(book.provisions.get(p.id)), placeless) !== JSON.stringify(comparable(p), placeless),
    ).length;
    return {
      pack: infoOf(head, dayOf(ask.on)),
      changed,
      gone: [...book.provisions.keys()].filter((id) => !next.provisions.has(id)).length,
      turns:
        'person' in read && Object.keys(ask.answers).length
          ? turnsFor(book, next, read.person, dayOf(ask.on), ask.lang)
          : undefined,
    };
  },
  packTake: async (_, ask) => {
    await opened(ask);
    await keepPack({ bytes: ask.bytes, key: ask.key?.trim() || undefined });
    return true;
  },
  packBack: async () => {
    await dropPack();
    return true;
  },
  packCases: async (book, ask) => {
    const { book: next } = await opened(ask);
    const { people } = await peopleOfVault(book, ask.lang);
    return people.map((p) => ({
      number: p.number,
      label: p.label,
      turns: turnsFor(book, next, p.person, dayOf(ask.on), ask.lang),
    }));
  },
};

/** Where in its text a condition stands is not kept in the page's own law. */
const placeless = (key: string, value: unknown): unknown => (key === 'at' && Array.isArray(value) ? undefined : value);

/**
 * What of a provision counts: the page's own law has no worked cases, quotations and file names, and calls its sources shortly; and a pack's
 * last day is not of the provision.
 */
function comparable(p: Provision | undefined): unknown {
  if (p === undefined) return p;
  const { cases: _, file: __, expires: ___, sources, ...rest } = shortSources(p);
  return {
    ...rest,
    sources: Object.fromEntries(Object.entries(sources).map(([k, s]) => [k, s.url])),
  };
}
