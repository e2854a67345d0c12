/** The vault in its worker: opened there, asked there, forgotten when the worker ends. */

import { factLabel } from '../../answers/change-words.ts';
import { fieldWords } from '../../answers/code-words.ts';
import { countryName } from '../../answers/countries.ts';
import { deadlineSays } from '../../answers/deadline-words.ts';
import { problemWords } from '../../answers/problem-words.ts';
import { say, within } from '../../answers/say.ts';
import { tellWhere } from '../../answers/tell-where.ts';
import { parseDay } from '../../calendar/civil.ts';
import { changes } from '../../check/changes.ts';
import { deadlines } from '../../check/deadlines.ts';
import type { LawBook } from '../../law/book.ts';
import type { Lang } from '../../law/say.ts';
import { startOf } from '../../moves/claims.ts';
import { splitBundle } from '../../person/bundle.ts';
import { fieldsOfFile, withoutFields } from '../../person/fields.ts';
import { readPerson } from '../../person/file.ts';
import type { Person } from '../../person/types.ts';
import { append, firstBroken } from '../../protect/log/chain.ts';
import { withoutFields as entriesWithout, fieldsIn, logHtml, logJson } from '../../protect/log/export.ts';
import { readEntry } from '../../protect/log/read-entry.ts';
import type { Logged } from '../../protect/log/types.ts';
import type { Day } from '../../rules/ir.ts';
import { packVault, proveArchive, restoreArchive } from '../../vault/archive.ts';
import { VaultError } from '../../vault/errors.ts';
import { handOver } from '../../vault/hand-over.ts';
import type { CaseContent } from '../../vault/records.ts';
import type { VaultStore } from '../../vault/store.ts';
import { Vault } from '../../vault/vault.ts';
import type { Plain } from '../state/answers.ts';
import { BrowserStore } from '../vault/browser-store.ts';
import { changeLine } from './changes-view.ts';
import { readText, writeCase } from './person-files.ts';
import { valueIn } from './questions.ts';
import { deadlineWords } from './stand-view.ts';
import type { CaseChanges, Due, DueRow, VaultCalls, VaultInfo } from './vault-protocol.ts';

let vault: Vault | undefined;
/** Where the vault lies: the browser's storage, or for tests one in memory. */
let store: VaultStore = new BrowserStore();

export function useStore(other: VaultStore): void {
  store = other;
  vault = undefined;
}

function open(): Vault {
  if (!vault) throw new VaultError('wrong-passphrase', 'The vault is locked. Unlock it with the passphrase.');
  return vault;
}

/** The vault with its list read anew: another window may have saved, and removed what it replaced. */
async function fresh(): Promise<Vault> {
  const v = open();
  await v.refresh();
  return v;
}

function infoOf(v: Vault): VaultInfo {
  const { counter, saved, recipient, hasRecovery, readers } = v.state;
  return {
    counter,
    saved,
    recipient,
    hasRecovery,
    readers,
    readOnly: v.readOnly?.fault,
    cases: v.list().map((c) => ({
      number: c.number,
      label: c.label,
      saved: c.saved,
      attachments: c.attachments.map(({ id, name, size }) => ({ id, name, size })),
      readers: c.readers,
    })),
  };
}

/** The text of the person file in a case; a case without one is an empty file. */
const textOf = (content: CaseContent): string => (typeof content.person === 'string' ? content.person : 'name: case\n');
const logOf = (content: CaseContent): Logged[] => (Array.isArray(content.log) ? (content.log as Logged[]) : []);

/** Persons read before, by the digest of the file they were read from: of five hundred cases only what changed is read again. */
const readBefore = new WeakMap<LawBook, Map<string, Person>>();

type Everybody = {
  readonly people: readonly { readonly number: number; readonly label: string; readonly person: Person }[];
  readonly failed: Due['failed'];
};

/** Every case that can be read; one that cannot is told, and hinders no other. */
async function everyPerson(book: LawBook, lang: Lang): Promise<Everybody> {
  const v = await fresh();
  const before = readBefore.get(book) ?? new Map<string, Person>();
  readBefore.set(book, before);
  const people: Everybody['people'][number][] = [];
  const failed: Due['failed'][number][] = [];
  for (const c of v.list()) {
    try {
      let person = before.get(c.sha256);
      if (!person) {
        const { content } = await v.open(c.number);
        const { text, members } = splitBundle(textOf(content));
        const read = readPerson('case.yaml', text, book.schema, (name) =>
          Object.hasOwn(members, name) ? { file: name, text: members[name] as string } : undefined,
        );
        if (!read.person) {
          const p = read.problems[0];
          const where = p ? `${p.file}:${p.line} ${problemWords(p.found, lang)}` : '';
          failed.push({ number: c.number, label: c.label, why: where });
          continue;
        }
        person = read.person;
        before.set(c.sha256, person);
      }
      people.push({ number: c.number, label: c.label, person });
    } catch (e) {
      failed.push({
        number: c.number,
        label: c.label,
        why: e instanceof VaultError ? e.fault : String((e as Error).message),
      });
    }
  }
  return { people, failed };
}

const dayOf = (text: string): Day => {
  const day = parseDay(text);
  if (day === undefined) throw new Error(`"${text}" is no day; expected one like 2026-11-23.`);
  return day;
};

async function due(book: LawBook, on: Day, lang: Lang): Promise<Due> {
  const { people, failed } = await everyPerson(book, lang);
  const rows = people.flatMap((p): (DueRow & { readonly at: number })[] => {
    const found = deadlines(book, startOf(book, p.person, on));
    const of = { number: p.number, label: p.label };
    const unknown = found.unknown
      ? [
          {
            ...of,
            at: Number.MAX_SAFE_INTEGER,
            day: undefined,
            when: say(lang, 'not known', 'неизвестно'),
            left: '',
            passed: false,
            what: within(deadlineSays(book, { what: 'stay-ends', of: undefined, country: undefined }, lang)),
            place: undefined,
            sure: false,
          },
        ]
      : [];
    return [
      ...unknown,
      ...found.days.map((d) => {
        const w = deadlineWords(d.day, on, lang);
        return {
          ...of,
          at: d.day,
          day: w.day,
          when: `${w.words}, ${w.weekday}`,
          left: w.left,
          passed: w.passed,
          what: within(deadlineSays(book, d, lang)),
          place: d.what === 'stay-ends' ? d.country : undefined,
          sure: d.certain,
        };
      }),
    ];
  });
  rows.sort((a, b) => a.at - b.at || a.number - b.number);
  return { rows: rows.map(({ at: _, ...r }) => r), failed };
}

async function changesOfCases(book: LawBook, since: Day, on: Day, lang: Lang) {
  const { people, failed } = await everyPerson(book, lang);
  const cases = people.map(
    (p): CaseChanges => ({
      number: p.number,
      label: p.label,
      lines: changes(book, since, on, startOf(book, p.person, on))
        .filter((c) => c.affects !== 'none')
        .reverse()
        .map((c) => changeLine(book, c, lang)),
    }),
  );
  return { cases, failed };
}

/** `documents[0].expires` as `Identity papers 1: Valid until`. What has no words keeps its path. */
function fieldInWords(book: LawBook, path: string, lang: Lang): string {
  const file = /^(.+?): (.+)$/.exec(path);
  const own = file?.[2] ?? path;
  const list = /^([\w.]+)\[(\d+)\](?:\.(\w+))?/.exec(own);
  const words = list
    ? `${factLabel(book, list[1] as string, lang)} ${Number(list[2]) + 1}${list[3] ? `: ${fieldWords(list[1] as string, list[3], lang)}` : ''}`
    : own === 'name'
      ? say(lang, 'Name of the file', 'Имя в файле')
      : own === 'note'
        ? say(lang, 'Note', 'Заметка')
        : factLabel(book, own, lang);
  return file ? `${file[1]}: ${words}` : words;
}

/** The value of a field in words, by the type of what stands at the path; as it is written where that has none. */
function shownValue(book: LawBook, path: string, value: unknown, lang: Lang): string {
  const own = /^.+?: (.+)$/.exec(path)?.[1] ?? path;
  const list = /^([\w.]+)\[\d+\]\.(\w+)$/.exec(own);
  const def = book.schema.facts.get(list?.[1] ?? own);
  const type =
    list && def?.type.t === 'records' ? book.schema.records.get(def.type.of)?.get(list[2] as string) : def?.type;
  if (value === 'unknown' || value === null) return say(lang, 'unknown', 'неизвестно');
  if (!type || type.t === 'records')
    return Array.isArray(value) && value.length === 0 ? say(lang, 'none', 'нет') : String(value);
  const plain = value === 'yes' ? true : value === 'no' ? false : value;
  return valueIn(book, type, (type.t === 'codes' && !Array.isArray(plain) ? [plain] : plain) as Plain, lang);
}

export const vaultHandlers: {
  readonly [K in keyof VaultCalls]: (
    book: LawBook,
    ask: VaultCalls[K]['ask'],
  ) => Promise<VaultCalls[K]['answer']> | VaultCalls[K]['answer'];
} = {
  vaultNew: async (_, ask) => {
    const made = await Vault.create(store, ask.passphrase, ask.now, { recovery: ask.recovery });
    vault = made.vault;
    return { info: infoOf(made.vault), paper: made.recoveryKey };
  },
  vaultUnlock: async (_, ask) => {
    vault = await Vault.open(store, ask.passphrase);
    return infoOf(vault);
  },
  vaultRecover: async (_, ask) => {
    const opened = await Vault.openWithRecovery(store, ask.paper);
    await opened.changePassphrase(ask.passphrase);
    vault = opened;
    return infoOf(opened);
  },
  vaultInfo: async () => {
    return infoOf(await fresh());
  },
  vaultAdd: async (book, ask) => {
    const entry = await open().add(ask.label, { person: writeCase(book, ask.answers, ask.origin) }, ask.now);
    return entry.number;
  },
  vaultCase: async (book, ask) => {
    const { entry, content, version } = await (await fresh()).open(ask.number);
    const text = textOf(content);
    return {
      number: entry.number,
      label: entry.label,
      version,
      entries: logOf(content).length,
      read: readText(book, text, ask.lang),
      text,
    };
  },
  vaultSave: async (book, ask) => {
    const v = await fresh();
    const before = await v.open(ask.number);
    // What else is in the case (the log) is taken as it is now; the person is compared by the version.
    const content = { ...before.content, person: writeCase(book, ask.answers, ask.origin) };
    return (await v.save(ask.number, content, ask.version, ask.now)).sha256;
  },
  vaultRelabel: async (_, ask) => {
    const v = await fresh();
    const before = v.entry(ask.number).sha256;
    return { before, after: (await v.relabel(ask.number, ask.label, ask.now)).sha256 };
  },
  vaultRemove: async (_, ask) => {
    await open().remove(ask.number, ask.now);
    return true;
  },
  vaultDue: (book, ask) => due(book, dayOf(ask.on), ask.lang),
  vaultChanges: (book, ask) => changesOfCases(book, dayOf(ask.since), dayOf(ask.on), ask.lang),
  vaultPack: async () => {
    await fresh();
    return { zip: (await packVault(store)) as Uint8Array<ArrayBuffer>, counter: open().state.counter };
  },
  vaultProve: (_, ask) => proveArchive(ask.zip, ask.passphrase),
  vaultRestore: (_, ask) => restoreArchive(ask.zip, ask.passphrase, store),
  vaultPassphrase: async (_, ask) => {
    await open().changePassphrase(ask.passphrase);
    return true;
  },
  vaultPaper: (_, ask) => open().changeRecovery(ask.wanted, ask.now),
  vaultShare: async (_, ask) => {
    await open().share({ recipient: ask.recipient.trim(), name: ask.name }, ask.number, ask.now);
    return true;
  },
  vaultUnshare: async (_, ask) => {
    await open().unshare(ask.recipient, ask.number, ask.now);
    return true;
  },
  vaultFields: async (book, ask) => {
    const { entry, content } = await (await fresh()).open(ask.number);
    return {
      label: entry.label,
      fields: fieldsOfFile(textOf(content)).map((f) => ({
        path: f.path,
        says: fieldInWords(book, f.path, ask.lang),
        value: shownValue(book, f.path, f.value, ask.lang),
      })),
      entries: logOf(content).length,
    };
  },
  vaultHandOver: async (_, ask) => {
    const { content } = await (await fresh()).open(ask.number);
    const person = withoutFields(textOf(content), ask.without).text;
    const log = logOf(content);
    const leaving = { person, ...(ask.log && log.length ? { log } : {}) };
    const made = await handOver(ask.recipient.trim(), ask.label, leaving, ask.now);
    return made.bytes as Uint8Array<ArrayBuffer>;
  },
  vaultReceive: async (_, ask) => (await open().receive(ask.file, ask.now)).number,
  vaultAttach: async (_, ask) => {
    await open().attach(ask.number, ask.name, ask.type, ask.bytes, ask.now);
    return true;
  },
  vaultTake: async (_, ask) => {
    const { name, bytes } = await (await fresh()).attachment(ask.number, ask.id);
    return { name, bytes: bytes as Uint8Array<ArrayBuffer> };
  },
  vaultDetach: async (_, ask) => {
    await open().detach(ask.number, ask.id, ask.now);
    return true;
  },
  vaultVerify: async () => {
    let files = 0;
    const troubles = await open().verify((_, all) => {
      files = all;
    });
    return {
      files,
      troubles: troubles.map(({ number, label, fault }) => ({ number, label, fault })),
      strays: (await open().strays()).length,
    };
  },
  vaultMend: async () => {
    vault = await open().mend();
    return infoOf(vault);
  },
  logRead: async (book, ask) => {
    const { entry, content } = await (await fresh()).open(ask.number);
    const entries = logOf(content);
    const here = readText(book, textOf(content), ask.lang);
    const now = here.ok ? here.answers['now.country'] : undefined;
    const places = new Set([
      ...(now?.k === 'value' ? [String(now.v)] : []),
      ...entries.flatMap((e) => (e.country ? [e.country] : [])),
    ]);
    return {
      label: entry.label,
      entries,
      broken: await firstBroken(entries),
      tell: tellWhere(book, places, dayOf(ask.on), ask.lang),
    };
  },
  logAdd: async (_, ask) => {
    // Checked by the same reader as an entry from a file: what a form let through is told.
    const { entry, problems } = readEntry('log', JSON.stringify(ask.entry));
    if (!entry) return { wrong: problems.map((p) => `${p.found}; ${p.expected}`) };
    const v = await fresh();
    const { content, version } = await v.open(ask.number);
    const log = await append(logOf(content), entry, ask.now);
    const saved = await v.save(ask.number, { ...content, log }, version, ask.now);
    return { wrong: [], versions: { before: version, after: saved.sha256 } };
  },
  logOut: async (book, ask) => {
    const { content } = await (await fresh()).open(ask.number);
    const entries = entriesWithout(logOf(content), ask.without);
    const country = (code: string) => countryName(code, ask.lang, book);
    return {
      html: logHtml(entries, ask.without, ask.now, ask.lang, country),
      json: logJson(entries, ask.without, ask.now),
      fields: fieldsIn(entries),
      entries,
    };
  },
};

/** Every person of the vault, for what a new law changes for them. */
export const peopleOfVault = (book: LawBook, lang: Lang) => everyPerson(book, lang);
