/** How each list that comes as XML writes an organisation. Persons, ships and aircraft are passed over before anything of them is kept. */
import type { ListId, Organisation } from './entries.ts';
import { type Identifier, identifiersIn, readIdentifier } from './identifiers.ts';
import { all, child, children, type Node, textOf, texts } from './xml.ts';

/** `undefined`: the record is no organisation. */
type Reader = (node: Node) => Organisation | undefined;

export type XmlList = {
  readonly list: ListId;
  /** Names of root elements by which the file is known. */
  readonly roots: readonly string[];
  readonly records: readonly string[];
  /** The list's own date, from the root element. */
  readonly date: (root: Node) => string | undefined;
  /** Made anew for each file: some lists hold their vocabulary in records that come first. */
  readonly reader: () => Reader;
};

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];

function organisation(
  o: Partial<Organisation> & { readonly id: string; readonly names: readonly string[] },
  notes: readonly string[] = [],
): Organisation | undefined {
  const names = unique(o.names.map((n) => n.replace(/\s+/g, ' ').trim()).filter((n) => /\p{L}|\p{N}/u.test(n)));
  if (names.length === 0) return undefined;
  const identifiers = new Map<string, Identifier>();
  for (const i of [...(o.identifiers ?? []), ...notes.flatMap(identifiersIn)])
    identifiers.set(`${i.kind}:${i.value}`, i);
  return {
    id: o.id,
    names,
    identifiers: [...identifiers.values()],
    countries: unique(o.countries ?? []),
    programmes: unique(o.programmes ?? []),
    related: o.related ?? [],
  };
}

const idsOf = (values: readonly (string | undefined)[]): Identifier[] =>
  values.flatMap((v) => (v === undefined ? [] : (readIdentifier(v) ?? [])));

/** UK Sanctions List: <Designation>. */
const uk: XmlList = {
  list: 'uk',
  roots: ['Designations'],
  records: ['Designation'],
  date: (root) => root.attributes.DateGenerated,
  reader: () => (d) => {
    if (textOf(d, 'IndividualEntityShip') !== 'Entity') return undefined;
    const id = textOf(d, 'UniqueID');
    if (id === undefined) return undefined;
    const names = all(d, 'Name').filter((n) => n.children.length > 0);
    return organisation(
      {
        id,
        names: [
          ...names.map((n) =>
            [...[1, 2, 3, 4, 5].map((i) => textOf(n, `Name${i}`)), textOf(n, 'Name6')].filter(Boolean).join(' '),
          ),
          ...texts(d, 'NameNonLatinScript'),
        ],
        identifiers: idsOf(texts(d, 'BusinessRegistrationNumber')),
        countries: texts(d, 'AddressCountry'),
        programmes: texts(d, 'RegimeName'),
        related: [
          ...texts(d, 'ParentCompany').map((name) => ({ how: 'parent company', name })),
          ...texts(d, 'Subsidiary').map((name) => ({ how: 'subsidiary', name })),
        ],
      },
      [...texts(d, 'OtherInformation'), ...texts(d, 'BusinessRegistrationNumber')],
    );
  },
};

/** EU consolidated list, version 1.1: <sanctionEntity>. */
const eu: XmlList = {
  list: 'eu',
  roots: ['export'],
  records: ['sanctionEntity'],
  date: (root) => root.attributes.generationDate,
  reader: () => (e) => {
    if (child(e, 'subjectType')?.attributes.code !== 'enterprise') return undefined;
    const id = e.attributes.euReferenceNumber || e.attributes.logicalId;
    if (!id) return undefined;
    return organisation(
      {
        id,
        names: children(e, 'nameAlias').flatMap((n) => n.attributes.wholeName ?? []),
        identifiers: idsOf(children(e, 'identification').map((n) => n.attributes.latinNumber || n.attributes.number)),
        countries: children(e, 'address').flatMap((n) => n.attributes.countryDescription ?? []),
        programmes: children(e, 'regulation').flatMap((n) => n.attributes.programme || n.attributes.numberTitle || []),
      },
      [
        ...texts(e, 'remark'),
        ...children(e, 'identification').map((n) => `${n.attributes.identificationTypeCode} ${n.attributes.number}`),
      ],
    );
  },
};

/** Switzerland: <target> with <entity>; programmes come in records before. */
const ch: XmlList = {
  list: 'ch',
  roots: ['swiss-sanctions-list'],
  records: ['target', 'sanctions-program'],
  date: (root) => root.attributes.date,
  reader: () => {
    const programmes = new Map<string, string>();
    return (t) => {
      if (t.name === 'sanctions-program') {
        const title = children(t, 'program-name').find((n) => n.attributes.lang === 'eng') ?? child(t, 'program-name');
        for (const set of children(t, 'sanctions-set'))
          if (set.attributes.ssid && title) programmes.set(set.attributes.ssid, textOf(title) ?? '');
        return undefined;
      }
      const entity = child(t, 'entity');
      const id = t.attributes.ssid;
      if (!entity || !id) return undefined;
      const newest = children(t, 'modification').sort((a, b) =>
        (a.attributes['effective-date'] ?? '') < (b.attributes['effective-date'] ?? '') ? 1 : -1,
      )[0];
      if (newest?.attributes['modification-type'] === 'de-listed') return undefined;
      const names = all(entity, 'name').flatMap((n) => {
        const parts = children(n, 'name-part');
        const whole = parts.flatMap((p) => textOf(p, 'value') ?? []).join(' ');
        return [whole, ...parts.flatMap((p) => children(p, 'spelling-variant').flatMap((v) => textOf(v) ?? []))];
      });
      const sets = [t.attributes['sanctions-set-id'], ...children(t, 'sanctions-set-id').map((n) => textOf(n))];
      return organisation(
        {
          id,
          names,
          identifiers: idsOf(all(entity, 'identification-document').map((n) => textOf(n, 'number'))),
          countries: all(entity, 'country').flatMap((n) => textOf(n) ?? []),
          programmes: sets.flatMap((x) => (x === undefined ? [] : (programmes.get(x) ?? []))),
          related: children(entity, 'relation').map((r) => ({
            how: r.attributes['relation-type'] ?? 'related',
            name: `entry ${r.attributes['target-id'] ?? '?'}`,
          })),
        },
        [...children(entity, 'other-information').flatMap((n) => textOf(n) ?? []), ...texts(entity, 'justification')],
      );
    };
  },
};

/** Canada: flat <record>. */
const ca: XmlList = {
  list: 'ca',
  roots: ['data-set'],
  records: ['record'],
  date: (root) => root.attributes.date,
  reader: () => (r) => {
    if (
      textOf(r, 'GivenName') ||
      textOf(r, 'LastName') ||
      textOf(r, 'DateOfBirthOrShipBuildDate') ||
      textOf(r, 'ShipIMONumber')
    )
      return undefined;
    const name = textOf(r, 'EntityOrShip') ?? textOf(r, 'Entity');
    if (name === undefined) return undefined;
    const country = textOf(r, 'Country');
    const split = (t: string) =>
      t
        .split(/;|\(a\.k\.a\.|\(also known as|\/|(?:Russian|Ukrainian|Belarusian|Belarussian) ?:/)
        .map((x) => x.replace(/\)\s*$/, '').trim());
    return organisation({
      id: [country?.split('/')[0]?.trim(), textOf(r, 'Schedule'), textOf(r, 'Item')].filter(Boolean).join(', '),
      names: [...split(name), ...split(textOf(r, 'Aliases') ?? '')],
      countries: country === undefined ? [] : [country.split('/')[0]?.trim() ?? ''],
      programmes: country === undefined ? [] : [country],
    });
  },
};

/** United Nations: <ENTITY>. */
const un: XmlList = {
  list: 'un',
  roots: ['CONSOLIDATED_LIST'],
  records: ['ENTITY'],
  date: (root) => root.attributes.dateGenerated,
  reader: () => (e) => {
    const id = textOf(e, 'REFERENCE_NUMBER') ?? textOf(e, 'DATAID');
    if (id === undefined) return undefined;
    return organisation(
      {
        id,
        names: [
          ['FIRST_NAME', 'SECOND_NAME', 'THIRD_NAME', 'FOURTH_NAME'].flatMap((n) => textOf(e, n) ?? []).join(' '),
          ...children(e, 'ENTITY_ALIAS').flatMap((a) => (textOf(a, 'ALIAS_NAME') ?? '').split(';')),
          textOf(e, 'NAME_ORIGINAL_SCRIPT') ?? '',
        ],
        countries: children(e, 'ENTITY_ADDRESS').flatMap((a) => textOf(a, 'COUNTRY') ?? []),
        programmes: texts(e, 'UN_LIST_TYPE'),
      },
      texts(e, 'COMMENTS1'),
    );
  },
};

/**
 * OFAC "advanced": vocabulary first, then parties, then their registrations, listings and relations apart. What is said of a party elsewhere is
 * gathered by `finish`; see read-list.ts.
 */
export class OfacReader {
  private readonly words = new Map<string, string>();
  private readonly partyTypes = new Map<string, string>();
  private readonly parties = new Map<string, Organisation>();
  private readonly byIdentity = new Map<string, string>();
  others = 0;

  static readonly records = [
    'AliasType',
    'PartySubType',
    'PartyType',
    'RelationType',
    'SanctionsProgram',
    'Country',
    'DistinctParty',
    'IDRegDocument',
    'SanctionsEntry',
    'ProfileRelationship',
  ] as const;

  take(n: Node): void {
    const id = n.attributes.ID ?? '';
    if (n.name === 'PartySubType')
      this.partyTypes.set(id, n.text.trim() === 'Unknown' ? `type:${n.attributes.PartyTypeID}` : n.text.trim());
    else if (n.name === 'DistinctParty') this.party(n);
    else if (n.name === 'IDRegDocument') this.registration(n);
    else if (n.name === 'SanctionsEntry') this.listing(n);
    else if (n.name === 'ProfileRelationship') this.relation(n);
    else this.words.set(`${n.name}:${id}`, n.text.trim());
  }

  private party(n: Node): void {
    const profile = child(n, 'Profile');
    const identity = profile && child(profile, 'Identity');
    if (!profile || !identity) return;
    const sub = this.partyTypes.get(profile.attributes.PartySubTypeID ?? '') ?? '';
    const type = sub.startsWith('type:') ? this.words.get(`PartyType:${sub.slice(5)}`) : sub;
    if (type !== 'Entity') {
      this.others++;
      return;
    }
    const names = all(identity, 'DocumentedName').map((d) =>
      all(d, 'NamePartValue')
        .flatMap((v) => textOf(v) ?? [])
        .join(' '),
    );
    const made = organisation({ id: profile.attributes.ID ?? '', names }, texts(n, 'Comment'));
    if (!made) return;
    this.parties.set(made.id, made);
    if (identity.attributes.ID) this.byIdentity.set(identity.attributes.ID, made.id);
  }

  private change(id: string | undefined, more: (o: Organisation) => Partial<Organisation>): void {
    const old = id === undefined ? undefined : this.parties.get(id);
    if (old) this.parties.set(old.id, { ...old, ...more(old) });
  }

  private registration(n: Node): void {
    const found = idsOf([textOf(n, 'IDRegistrationNo')]);
    const country = this.words.get(`Country:${n.attributes['IssuedBy-CountryID'] ?? ''}`);
    this.change(this.byIdentity.get(n.attributes.IdentityID ?? ''), (o) => ({
      identifiers: [
        ...o.identifiers,
        ...found.filter((f) => !o.identifiers.some((x) => x.kind === f.kind && x.value === f.value)),
      ],
      countries: unique([...o.countries, ...(country ? [country] : [])]),
    }));
  }

  private listing(n: Node): void {
    const programmes = all(n, 'SanctionsMeasure').flatMap((m) => textOf(m, 'Comment') ?? []);
    this.change(n.attributes.ProfileID, (o) => ({ programmes: unique([...o.programmes, ...programmes]) }));
  }

  private relation(n: Node): void {
    const how = this.words.get(`RelationType:${n.attributes.RelationTypeID ?? ''}`) ?? 'related';
    const to = this.parties.get(n.attributes['To-ProfileID'] ?? '');
    // A relation to a person is not kept: this screens organisations only.
    if (to?.names[0] !== undefined)
      this.change(n.attributes['From-ProfileID'], (o) => ({
        related: [...o.related, { how, name: to.names[0] as string }],
      }));
  }

  finish(): Organisation[] {
    return [...this.parties.values()];
  }
}

export const OFAC_ROOT = 'Sanctions';
export const XML_LISTS: readonly XmlList[] = [uk, eu, ch, ca, un];
