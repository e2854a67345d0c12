/** Organisations of a list, and a list as a whole, as this program keeps them. */
import type { Text } from '../../rules/ir.ts';
import type { Identifier } from './identifiers.ts';

export type ListId = 'us-ofac' | 'us-csl' | 'eu' | 'uk' | 'ch' | 'ca' | 'un' | 'ua' | 'own';

/** An organisation (never a person) as a list names it. */
export type Organisation = {
  /** The list's own number of the entry. */
  readonly id: string;
  readonly names: readonly string[];
  readonly identifiers: readonly Identifier[];
  /** As the list writes them. */
  readonly countries: readonly string[];
  /** The programme, regime or regulation it is listed under. */
  readonly programmes: readonly string[];
  /** What the list says of owners, parents, subsidiaries. */
  readonly related: readonly { readonly how: string; readonly name: string }[];
};

export type List = {
  readonly format: 'foothold-list/1';
  readonly list: ListId;
  /** The list's own date, as it prints it; null where the file bears none. */
  readonly date: string | null;
  /** SHA-256 of the file it was read from. */
  readonly sha256: string;
  readonly organisations: readonly Organisation[];
  /** Entries that were passed over because they are persons, ships or aircraft. */
  readonly others: number;
};

/** Why a file is not taken: what was found and what to do, in both languages. `message` is the English. */
export class ListError extends Error {
  readonly says: Text;

  constructor(en: string, ru: string) {
    super(en);
    this.name = 'ListError';
    this.says = { en, ru };
  }
}

/** What is known of each list: whose it is, what is in it, where a person can download it. Addresses as the public crawlers of these lists use them (2026-08). */
export const LISTS: Readonly<
  Record<
    Exclude<ListId, 'own'>,
    {
      readonly title: { readonly en: string; readonly ru: string };
      readonly file: string;
      readonly address: string;
      readonly limits: { readonly en: string; readonly ru: string };
    }
  >
> = {
  'us-ofac': {
    title: { en: 'USA: OFAC, blocked persons (SDN)', ru: 'США: OFAC, заблокированные лица (SDN)' },
    file: 'sdn_advanced.xml',
    address: 'https://www.treasury.gov/ofac/downloads/sanctions/1.0/sdn_advanced.xml',
    limits: {
      en: 'Organisations owned half or more by listed ones count as listed though they are not named.',
      ru: 'Организации, которыми включённые в список владеют наполовину и больше, считаются включёнными, хотя и не названы.',
    },
  },
  'us-csl': {
    title: {
      en: 'USA: Consolidated Screening List (with export control)',
      ru: 'США: сводный список (с экспортным контролем)',
    },
    file: 'consolidated.json',
    address: 'https://api.trade.gov/static/consolidated_screening_list/consolidated.json',
    limits: {
      en: 'Several lists in one; each entry says which.',
      ru: 'Несколько списков в одном; у каждой записи указано, из какого она.',
    },
  },
  eu: {
    title: { en: 'European Union: asset freezes', ru: 'Европейский союз: заморозка активов' },
    file: 'xmlFullSanctionsList_1_1.xml',
    address: 'https://webgate.ec.europa.eu/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content',
    limits: {
      en: 'Without the organisations of Annex IV of Regulation 833/2014 (dual-use goods), and new entries can come weeks after the Official Journal.',
      ru: 'Без организаций из приложения IV к регламенту 833/2014 (товары двойного назначения); новые записи могут появляться через недели после публикации.',
    },
  },
  uk: {
    title: { en: 'United Kingdom: UK Sanctions List', ru: 'Великобритания: UK Sanctions List' },
    file: 'UK-Sanctions-List.xml',
    address: 'https://www.gov.uk/government/publications/the-uk-sanctions-list',
    limits: {
      en: 'Control counts as well as ownership, also of organisations that are not named.',
      ru: 'Учитывается не только владение, но и контроль, и для неназванных организаций.',
    },
  },
  ch: {
    title: { en: 'Switzerland: SECO', ru: 'Швейцария: SECO' },
    file: 'consolidated-list.xml',
    address:
      'https://www.sesam.search.admin.ch/sesam-search-web/pages/downloadXmlGesamtliste.xhtml?lang=en&action=downloadXmlGesamtlisteAction',
    limits: { en: 'Entries marked as removed are passed over.', ru: 'Исключённые записи пропускаются.' },
  },
  ca: {
    title: { en: 'Canada: autonomous sanctions (SEMA)', ru: 'Канада: автономные санкции (SEMA)' },
    file: 'sema-lmes.xml',
    address:
      'https://www.international.gc.ca/world-monde/assets/office_docs/international_relations-relations_internationales/sanctions/sema-lmes.xml',
    limits: { en: 'The list bears no numbers of registration.', ru: 'В списке нет регистрационных номеров.' },
  },
  un: {
    title: { en: 'United Nations: Security Council', ru: 'ООН: Совет Безопасности' },
    file: 'consolidated.xml',
    address: 'https://scsanctions.un.org/resources/xml/en/consolidated.xml',
    limits: { en: 'Holds few organisations of Russia.', ru: 'Российских организаций в нём мало.' },
  },
  ua: {
    title: { en: 'Ukraine: National Security and Defence Council', ru: 'Украина: СНБО' },
    file: 'subjects.json (legal)',
    address: 'https://drs.nsdc.gov.ua/',
    limits: {
      en: 'With tax and registration numbers for most organisations of Russia.',
      ru: 'С ИНН и ОГРН большинства российских организаций.',
    },
  },
};
