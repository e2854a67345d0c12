/** Lists that come as JSON or CSV. */
import { parse } from 'csv-parse/sync';
import { ListError, type ListId, type Organisation } from './entries.ts';
import { type Identifier, identifiersIn, readIdentifier } from './identifiers.ts';

export type Table = {
  readonly list: ListId;
  readonly date: string | null;
  readonly organisations: Organisation[];
  readonly others: number;
};

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Row = { readonly [key: string]: Json };

const isRow = (v: Json | undefined): v is Row => typeof v === 'object' && v !== null && !Array.isArray(v);
const str = (v: Json | undefined): string | undefined =>
  typeof v === 'string' && v.trim() !== '' ? v.trim() : typeof v === 'number' ? String(v) : undefined;
const strs = (v: Json | undefined): string[] =>
  Array.isArray(v)
    ? v.flatMap((x) => str(x) ?? [])
    : (str(v)
        ?.split(';')
        .map((x) => x.trim())
        .filter(Boolean) ?? []);
const rows = (v: Json | undefined): Row[] => (Array.isArray(v) ? v.filter(isRow) : []);

function made(o: Organisation): Organisation | undefined {
  const names = [...new Set(o.names.map((n) => n.replace(/\s+/g, ' ').trim()).filter((n) => /\p{L}|\p{N}/u.test(n)))];
  return names.length ? { ...o, names } : undefined;
}

/** Reads a JSON list: the US Consolidated Screening List, Ukraine's register, or entities of the FollowTheMoney form, one a line. */
export function readJsonList(text: string): Table {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (e) {
    const lines = text.split('\n').filter((l) => l.trim() !== '');
    if (lines.length > 1 && lines[0]?.trimEnd().endsWith('}')) return readEntities(lines);
    throw new ListError(
      `not JSON (${reasonOf(e)}). The file may be cut short: download it again.`,
      `это не JSON (${reasonOf(e)}). Файл мог скачаться не целиком: скачайте его заново.`,
    );
  }
  if (isRow(value) && Array.isArray(value.results))
    return readCsl(rows(value.results), str(value.search_performed_at) ?? str(value.sources_last_updated) ?? null);
  if (Array.isArray(value) && rows(value).some((r) => 'sid' in r)) return readUkraine(rows(value));
  if (isRow(value) && 'schema' in value && 'properties' in value) return readEntities([text]);
  throw new ListError(
    'a JSON file of no form that is known here. Expected: consolidated.json of the USA, the register of Ukraine, or FollowTheMoney entities.',
    'файл JSON неизвестного вида. Ожидается: consolidated.json США, реестр Украины или записи FollowTheMoney.',
  );
}

function readCsl(all: readonly Row[], date: string | null): Table {
  const organisations: Organisation[] = [];
  let others = 0;
  for (const r of all) {
    const type = str(r.type);
    // Entries without a type are organisations of the lists of export control; persons, ships and aircraft are always named as such.
    if (type !== undefined && type !== 'Entity') {
      others++;
      continue;
    }
    const ids: Identifier[] = rows(r.ids).flatMap((i) => readIdentifier(str(i.number) ?? '') ?? []);
    const o = made({
      id: str(r.entity_number) ?? str(r.id) ?? '',
      names: [
        str(r.name)?.replace(/and any successor, sub-unit, or subsidiary thereof/, '') ?? '',
        ...strs(r.alt_names),
      ],
      identifiers: [...ids, ...identifiersIn(str(r.remarks) ?? '')],
      countries: [...rows(r.addresses).flatMap((a) => str(a.country) ?? []), ...strs(r.country)],
      programmes: [...(str(r.source) ? [str(r.source) as string] : []), ...strs(r.programs)],
      related: [],
    });
    if (o) organisations.push(o);
  }
  return { list: 'us-csl', date, organisations, others };
}

const UA_NUMBERS: Readonly<Record<string, true>> = {
  'tax:inn': true,
  'tax:inn2': true,
  'tax:number': true,
  'reg:odrn': true,
  'reg:ru2': true,
  'reg:edr': true,
  'reg:edrpou': true,
};

function readUkraine(all: readonly Row[]): Table {
  const organisations: Organisation[] = [];
  let others = 0;
  for (const r of all) {
    const subject = str(r.subjectType) ?? str(r.type);
    // Persons have no numbers of organisations; a file of the register holds one kind of subject, and says which where it is mixed.
    if (subject !== undefined && !/legal/i.test(subject)) {
      others++;
      continue;
    }
    const codes = rows(r.identifiers).flatMap((i) =>
      (str(i.id) ?? '') in UA_NUMBERS || str(i.id) === undefined ? strs(i.code) : [],
    );
    const o = made({
      id: str(r.sid) ?? '',
      names: [str(r.name) ?? '', ...strs(r.aliases), str(r.translit) ?? ''],
      identifiers: codes.flatMap((c) => readIdentifier(c) ?? []),
      countries: strs(r.citizenships),
      programmes: str(r.status) ? [str(r.status) as string] : [],
      related: [],
    });
    if (o) organisations.push(o);
  }
  return { list: 'ua', date: null, organisations, others };
}

const ORGANISATIONS = new Set(['Organization', 'Company', 'LegalEntity', 'PublicBody']);

/** FollowTheMoney entities: what a person may have of their own, under its own licence. */
function readEntities(lines: readonly string[]): Table {
  const organisations: Organisation[] = [];
  let others = 0;
  for (const [i, line] of lines.entries()) {
    let e: Json;
    try {
      e = JSON.parse(line) as Json;
    } catch {
      throw new ListError(
        `line ${i + 1}: not JSON. Expected: one entity a line.`,
        `строка ${i + 1}: не JSON. Ожидается одна запись в строке.`,
      );
    }
    if (!isRow(e) || !isRow(e.properties))
      throw new ListError(
        `line ${i + 1}: no entity with "schema" and "properties".`,
        `строка ${i + 1}: нет записи с полями «schema» и «properties».`,
      );
    if (!ORGANISATIONS.has(str(e.schema) ?? '')) {
      others++;
      continue;
    }
    const p = e.properties;
    const o = made({
      id: str(e.id) ?? '',
      names: [...strs(p.name), ...strs(p.alias), ...strs(p.previousName)],
      identifiers: [
        ...strs(p.innCode),
        ...strs(p.ogrnCode),
        ...strs(p.registrationNumber),
        ...strs(p.taxNumber),
      ].flatMap((x) => readIdentifier(x) ?? []),
      countries: [...strs(p.country), ...strs(p.jurisdiction)],
      programmes: strs(p.programId),
      related: [],
    });
    if (o) organisations.push(o);
  }
  return { list: 'own', date: null, organisations, others };
}

const LONGEST_RECORD = 1_000_000;

/** What the parser of the format itself says, in its own words. */
const reasonOf = (e: unknown): string => (e instanceof Error ? e.message : String(e));

/** A CSV list, of the UK or of the EU. */
export const readCsvList = (text: string): Table =>
  /^[^\n]*;"?Entity_LogicalId"?;/.test(text) ? readEuCsv(text) : readUkCsv(text);

type Records = Record<string, string>[];

function records(body: string, options: { readonly delimiter?: string; readonly relax_quotes?: boolean }): Records {
  try {
    return parse(body, {
      columns: true,
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
      max_record_size: LONGEST_RECORD,
      ...options,
    });
  } catch (e) {
    throw new ListError(`not a CSV table (${reasonOf(e)}).`, `это не таблица CSV (${reasonOf(e)}).`);
  }
}

/** What is said of one organisation on several lines. */
type Gathered = {
  names: string[];
  ids: Identifier[];
  countries: string[];
  programmes: string[];
  related: { how: string; name: string }[];
};

function gathered(found: ReadonlyMap<string, Gathered>): Organisation[] {
  return [...found].flatMap(([id, o]) => {
    const ids = new Map(o.ids.map((x) => [`${x.kind}:${x.value}`, x]));
    return (
      made({
        id,
        names: o.names,
        identifiers: [...ids.values()],
        countries: [...new Set(o.countries)],
        programmes: [...new Set(o.programmes)],
        related: o.related,
      }) ?? []
    );
  });
}

const of = (found: Map<string, Gathered>, id: string): Gathered => {
  const o = found.get(id) ?? { names: [], ids: [], countries: [], programmes: [], related: [] };
  found.set(id, o);
  return o;
};

/** The consolidated list of the EU as CSV: semicolons, a line of names, then one line for each name, address or number of an entry. */
function readEuCsv(text: string): Table {
  // Quotation marks stand inside of fields there without being doubled.
  const all = records(text, { delimiter: ';', relax_quotes: true });
  const found = new Map<string, Gathered>();
  let others = 0;
  for (const r of all) {
    const kinds = [r.Entity_SubjectType, r.Entity_SubjectType_ClassificationCode];
    if (!kinds.some((k) => /^(e|enterprise)$/i.test(k ?? ''))) {
      others++;
      continue;
    }
    const o = of(found, r.Entity_EU_ReferenceNumber || (r.Entity_LogicalId ?? ''));
    if (r.NameAlias_WholeName) o.names.push(r.NameAlias_WholeName);
    o.ids.push(
      ...identifiersIn(r.Entity_Remark ?? ''),
      ...[r.Identification_Number, r.Identification_LatinNumber].flatMap((x) => readIdentifier(x ?? '') ?? []),
    );
    if (r.Address_CountryDescription) o.countries.push(r.Address_CountryDescription);
    if (r.Entity_Regulation_Programme) o.programmes.push(r.Entity_Regulation_Programme);
  }
  return { list: 'eu', date: all[0]?.fileGenerationDate || null, organisations: gathered(found), others };
}

/** The UK Sanctions List as CSV: a line with the date, a line of names, then one line a name of an entry. */
function readUkCsv(text: string): Table {
  const dated = /^"?Report Date:?\s*([^",\r\n]+)/i.exec(text);
  const body = dated ? text.slice(text.indexOf('\n') + 1) : text;
  const lines = records(body, {});
  const first = lines[0];
  if (!first || !('Unique ID' in first) || !('Name 6' in first))
    throw new ListError(
      'a CSV table of no form that is known here. Expected: the UK Sanctions List, with the columns "Unique ID" and "Name 6", or the consolidated list of the EU, with "Entity_LogicalId".',
      'таблица CSV неизвестного вида. Ожидается UK Sanctions List со столбцами «Unique ID» и «Name 6» или сводный список ЕС со столбцом «Entity_LogicalId».',
    );
  const found = new Map<string, Gathered>();
  let others = 0;
  for (const r of lines) {
    const type = r['Designation Type'] ?? r['Individual, Entity, Ship'];
    if (type !== 'Entity') {
      others++;
      continue;
    }
    const o = of(found, r['Unique ID'] as string);
    o.names.push(['Name 1', 'Name 2', 'Name 3', 'Name 4', 'Name 5', 'Name 6'].map((n) => r[n] ?? '').join(' '));
    if (r['Name non-latin script']) o.names.push(r['Name non-latin script']);
    const number = r['Business registration number (s)'] ?? '';
    o.ids.push(
      ...identifiersIn(number),
      ...identifiersIn(r['Other Information'] ?? ''),
      ...number.split(/[;,|]/).flatMap((x) => readIdentifier(x.replace(/^\D*(?=\d)/, '')) ?? []),
    );
    if (r['Address Country']) o.countries.push(r['Address Country']);
    if (r['Regime Name']) o.programmes.push(r['Regime Name']);
    if (r['Parent company']) o.related.push({ how: 'parent company', name: r['Parent company'] });
  }
  return { list: 'uk', date: dated?.[1]?.trim() ?? null, organisations: gathered(found), others };
}
