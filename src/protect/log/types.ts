/**
 * The pressure log: what happened to a person, kept so that a lawyer, the police or an organisation can use it later. Kinds follow the published
 * typologies of transnational repression (Freedom House; the FBI's list; the guidance of the United Kingdom of 14 May 2025), drawn together in
 * the project's notes on safety.
 */
import type { Text } from '../../rules/ir.ts';

/** Codes of what happened; an entry may have several. */
export const KINDS = {
  family: { en: 'Pressure on family or friends at home', ru: 'Давление на родных или друзей дома' },
  'home-search': { en: 'Summons, search or questioning at home', ru: 'Повестка, обыск или допрос по домашнему адресу' },
  contact: { en: 'Calls, messages or letters', ru: 'Звонки, сообщения, письма' },
  threat: { en: 'Threat or assault', ru: 'Угроза или нападение' },
  surveillance: { en: 'Being followed or watched', ru: 'Слежка' },
  digital: {
    en: 'Digital attack: phishing, spyware, taken account, private data published',
    ru: 'Цифровая атака: фишинг, шпионская программа, взлом, публикация личных данных',
  },
  recruitment: { en: 'An attempt to recruit', ru: 'Попытка завербовать' },
  consulate: { en: 'Refusal or pressure at a consulate', ru: 'Отказ или давление в консульстве' },
  'wanted-notice': { en: 'Wanted list, or a case opened', ru: 'Розыск или возбуждённое дело' },
  interpol: { en: 'Interpol notice or message', ru: 'Уведомление или сообщение Интерпола' },
  detention: { en: 'Detention or extradition', ru: 'Задержание или выдача' },
  'entry-refused': { en: 'Entry refused', ru: 'Отказ во въезде' },
  'border-questioning': { en: 'Questioning at a border', ru: 'Допрос на границе' },
  property: { en: 'Bank, property or inheritance', ru: 'Счета, имущество, наследство' },
  smear: { en: 'Lawsuit or smear', ru: 'Иск или травля' },
  other: { en: 'Something else', ru: 'Другое' },
} as const satisfies Readonly<Record<string, Text>>;
export type Kind = keyof typeof KINDS;

export const CHANNELS = {
  phone: { en: 'by phone', ru: 'по телефону' },
  messenger: { en: 'by messenger', ru: 'в мессенджере' },
  email: { en: 'by e-mail', ru: 'по электронной почте' },
  post: { en: 'by post', ru: 'по почте' },
  'in-person': { en: 'in person', ru: 'лично' },
  online: { en: 'in public, on the net', ru: 'публично в сети' },
  'through-others': { en: 'through others', ru: 'через других людей' },
  official: { en: 'by an official paper', ru: 'официальной бумагой' },
} as const satisfies Readonly<Record<string, Text>>;
export type Channel = keyof typeof CHANNELS;

/** A day as well as it is known: 2026-11-03, 2026-11, 2026 or unknown. */
export type When = string;

export type Evidence = {
  readonly name: string;
  /** SHA-256 of the file, hex. The file itself need not be here. */
  readonly sha256: string;
  /** Where the file is kept, in the person's words. */
  readonly kept?: string;
};

export type Told = {
  readonly whom: string;
  readonly when: When;
  readonly reference?: string;
  readonly answer?: string;
};

/** What a person writes. What they saw and what they infer are kept apart: only the first is testimony. */
export type Entry = {
  readonly when: When;
  readonly kinds: readonly Kind[];
  /** Two small letters; the country by default, no nearer place. */
  readonly country?: string;
  readonly place?: string;
  readonly channel?: Channel;
  /** Their exact words, as far as remembered. */
  readonly words?: string;
  readonly saw: string;
  readonly infer?: string;
  /** Who did it, as they presented themselves. */
  readonly by?: string;
  /** Initials. */
  readonly witnesses?: readonly string[];
  readonly evidence?: readonly Evidence[];
  readonly told?: readonly Told[];
  readonly effect?: string;
  /** Number of an earlier entry that this one corrects or adds to. The earlier one stays. */
  readonly corrects?: number;
};

/** An entry in the log: numbered, with the time it was written down, chained to the one before. */
export type Logged = Entry & {
  readonly number: number;
  /** When it was written down, by the clock of the device, like 2026-11-27 14:05. */
  readonly written: string;
  /** SHA-256 of the entry before; empty for the first. */
  readonly before: string;
  readonly sha256: string;
};

export class LogError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'LogError';
  }
}
