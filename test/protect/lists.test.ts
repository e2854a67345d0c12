/** Lists as they are downloaded: each form, and what is no list. All organisations here are invented. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ListError } from '../../src/protect/screen/entries.ts';
import { readList } from '../../src/protect/screen/read-list.ts';

async function* pieces(text: string, size = 7): AsyncGenerator<string> {
  for (let i = 0; i < text.length; i += size) yield text.slice(i, i + size);
}
const read = (text: string, size?: number) => readList(text.slice(0, 16_384), pieces(text, size), 'f'.repeat(64));

const UK = `<?xml version="1.0"?>
<Designations DateGenerated="20/11/2026">
 <Designation><UniqueID>RUS9001</UniqueID><IndividualEntityShip>Entity</IndividualEntityShip>
  <Names><Name><Name6>VYMYSEL &amp; PARTNERS LLC</Name6><NameType>Primary Name</NameType></Name><Name><Name1>Vymysel</Name1><Name6>Trading</Name6></Name></Names>
  <NonLatinNames><NonLatinName><NameNonLatinScript>ООО «Вымысел и партнёры»</NameNonLatinScript></NonLatinName></NonLatinNames>
  <RegimeName>Invented regime</RegimeName><Addresses><Address><AddressCountry>Russia</AddressCountry></Address></Addresses>
  <EntityDetails><Entity><BusinessRegistrationNumbers><BusinessRegistrationNumber>INN 7707083893</BusinessRegistrationNumber></BusinessRegistrationNumbers>
  <ParentCompanies><ParentCompany>Big Vymysel</ParentCompany></ParentCompanies></Entity></EntityDetails>
 </Designation>
 <Designation><UniqueID>RUS9002</UniqueID><IndividualEntityShip>Individual</IndividualEntityShip><Names><Name><Name6>SOMEBODY</Name6></Name></Names></Designation>
</Designations>`;

const EU = `<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-11-19T10:00:00.000+01:00">
 <sanctionEntity euReferenceNumber="EU.1.1" logicalId="1"><remark>OGRN: 1027700132195</remark><subjectType code="enterprise" classificationCode="E"/>
  <regulation programme="UKR" numberTitle="2014/269"/><nameAlias wholeName="Nichego Bank" strong="true"/><nameAlias wholeName="Банк «Ничего»"/>
  <identification identificationTypeCode="taxid" number="7707083893" latinNumber=""/><address countryDescription="RUSSIAN FEDERATION"/></sanctionEntity>
 <sanctionEntity euReferenceNumber="EU.2.2"><subjectType code="person"/><nameAlias wholeName="A Person"/></sanctionEntity></export>`;

const CH = `<swiss-sanctions-list date="2026-11-18"><sanctions-program><program-name lang="eng">Ordinance X</program-name><sanctions-set ssid="11">a</sanctions-set></sanctions-program>
 <target ssid="5" sanctions-set-id="11"><entity><identity><name><name-part name-part-type="whole-name"><value>Pustota Works</value><spelling-variant lang="rus" script="Cyrl">Завод Пустота</spelling-variant></name-part></name></identity><other-information>INN: 7707083893</other-information></entity><modification modification-type="listed" effective-date="2023-01-01"/></target>
 <target ssid="6" sanctions-set-id="11"><entity><identity><name><name-part><value>Gone Ltd</value></name-part></name></identity></entity><modification modification-type="listed" effective-date="2022-01-01"/><modification modification-type="de-listed" effective-date="2024-01-01"/></target>
 <target ssid="7"><individual/></target></swiss-sanctions-list>`;

const CA = `<data-set><record><Country>Russia / Russie</Country><EntityOrShip>Joint Stock Company Nigde (a.k.a. AO Nigde)</EntityOrShip><Schedule>1, Part 2</Schedule><Item>12</Item><Aliases>Russian: АО Нигде</Aliases></record>
 <record><Country>Russia</Country><LastName>Person</LastName><GivenName>A</GivenName></record></data-set>`;

const UN = `<CONSOLIDATED_LIST dateGenerated="2026-11-01"><INDIVIDUALS><INDIVIDUAL><FIRST_NAME>P</FIRST_NAME></INDIVIDUAL></INDIVIDUALS>
 <ENTITIES><ENTITY><DATAID>1</DATAID><FIRST_NAME>NOWHERE COMMITTEE</FIRST_NAME><REFERENCE_NUMBER>ZZe.001</REFERENCE_NUMBER><ENTITY_ALIAS><ALIAS_NAME>NC</ALIAS_NAME></ENTITY_ALIAS><ENTITY_ADDRESS><COUNTRY>Nowhere</COUNTRY></ENTITY_ADDRESS></ENTITY></ENTITIES></CONSOLIDATED_LIST>`;

const OFAC = `<Sanctions xmlns="http://x"><DateOfIssue CalendarTypeID="1"><Year>2026</Year><Month>11</Month><Day>3</Day></DateOfIssue>
 <ReferenceValueSets><CountryValues><Country ID="1" ISO2="RU">Russia</Country></CountryValues><PartySubTypeValues><PartySubType ID="3" PartyTypeID="2">Entity</PartySubType><PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType></PartySubTypeValues>
  <PartyTypeValues><PartyType ID="1">Individual</PartyType></PartyTypeValues><RelationTypeValues><RelationType ID="15003">Owned or Controlled By</RelationType></RelationTypeValues></ReferenceValueSets>
 <DistinctParties><DistinctParty FixedRef="1"><Comment/><Profile ID="1" PartySubTypeID="3"><Identity ID="101"><Alias AliasTypeID="1"><DocumentedName><DocumentedNamePart><NamePartValue>TOCHKA INSTRUMENTS</NamePartValue></DocumentedNamePart></DocumentedName></Alias></Identity></Profile></DistinctParty>
  <DistinctParty FixedRef="2"><Profile ID="2" PartySubTypeID="3"><Identity ID="102"><Alias><DocumentedName><DocumentedNamePart><NamePartValue>ZAPYATAYA HOLDING</NamePartValue></DocumentedNamePart></DocumentedName></Alias></Identity></Profile></DistinctParty>
  <DistinctParty FixedRef="3"><Profile ID="3" PartySubTypeID="4"><Identity ID="103"><Alias><DocumentedName><DocumentedNamePart><NamePartValue>SOMEBODY</NamePartValue></DocumentedNamePart></DocumentedName></Alias></Identity></Profile></DistinctParty></DistinctParties>
 <IDRegDocuments><IDRegDocument ID="9" IdentityID="101" IDRegDocTypeID="1596" IssuedBy-CountryID="1"><IDRegistrationNo>7707083893</IDRegistrationNo></IDRegDocument></IDRegDocuments>
 <SanctionsEntries><SanctionsEntry ID="1" ProfileID="1" ListID="1550"><SanctionsMeasure SanctionsTypeID="1"><Comment>RUSSIA-EO14024</Comment></SanctionsMeasure></SanctionsEntry></SanctionsEntries>
 <ProfileRelationships><ProfileRelationship ID="1" From-ProfileID="1" To-ProfileID="2" RelationTypeID="15003"/><ProfileRelationship ID="2" From-ProfileID="1" To-ProfileID="3" RelationTypeID="15003"/></ProfileRelationships></Sanctions>`;

const CSL = JSON.stringify({
  search_performed_at: '2026-11-02',
  results: [
    {
      id: 'a',
      name: 'Kosmos Nigde Design Bureau',
      type: null,
      source: 'Entity List (EL) - Bureau of Industry and Security',
      alt_names: ['KB Nigde'],
      addresses: [{ country: 'RU' }],
    },
    { id: 'b', name: 'A Person', type: 'Individual', source: 'SDN' },
    {
      id: 'c',
      entity_number: 77,
      name: 'Entity Two',
      type: 'Entity',
      source: 'SDN',
      ids: [{ type: 'Tax ID No.', number: '7707083893' }],
    },
  ],
});

const UA = JSON.stringify([
  {
    sid: 5,
    name: 'Товариство «Ніде»',
    aliases: ['ООО «Нигде»'],
    translit: 'Tovarystvo Nide',
    identifiers: [
      { id: 'tax:inn', code: '7707083893' },
      { id: 'reg:odrn', code: '1027700132195' },
    ],
    citizenships: ['ru'],
    status: 'active',
  },
]);

const CSV = `Report Date: 20-Nov-2026
Last Updated,Unique ID,Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Name type,Name non-latin script,Regime Name,Designation Type,Other Information,Address Country,Business registration number (s),Parent company
01/01/2024,RUS1,VYMYSEL LLC,,,,,,Primary Name,ООО Вымысел,Invented,Entity,,Russia,"INN 7707083893",
01/01/2024,RUS1,VYMYSEL TRADING,,,,,,Alias,,Invented,Entity,,Russia,,
01/01/2024,RUS2,PERSON,A,,,,,Primary Name,,Invented,Individual,,,,
`;

const EU_CSV = `fileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_Remark;Entity_SubjectType;Entity_SubjectType_ClassificationCode;Entity_Regulation_Programme;NameAlias_WholeName;Address_CountryDescription;Identification_Number
20/11/2026;13;EU.27.28;;person;P;TERR;A Person;;
20/11/2026;42;EU.11.3;OGRN: 1027700132195;enterprise;E;UKR;Nichego Bank, known as "Nichego";;
20/11/2026;42;EU.11.3;OGRN: 1027700132195;enterprise;E;UKR;Банк «Ничего»;RUSSIAN FEDERATION;
20/11/2026;42;EU.11.3;;enterprise;E;UKR;;;7707083893
`;

describe('each list', () => {
  const forms: readonly [string, string, string, readonly string[], readonly string[], string | null][] = [
    [
      'UK',
      UK,
      'uk',
      ['VYMYSEL & PARTNERS LLC', 'Vymysel Trading', 'ООО «Вымысел и партнёры»'],
      ['inn:7707083893'],
      '20/11/2026',
    ],
    [
      'EU',
      EU,
      'eu',
      ['Nichego Bank', 'Банк «Ничего»'],
      ['inn:7707083893', 'ogrn:1027700132195'],
      '2026-11-19T10:00:00.000+01:00',
    ],
    ['Switzerland', CH, 'ch', ['Pustota Works', 'Завод Пустота'], ['inn:7707083893'], '2026-11-18'],
    ['Canada', CA, 'ca', ['Joint Stock Company Nigde', 'AO Nigde', 'АО Нигде'], [], null],
    ['UN', UN, 'un', ['NOWHERE COMMITTEE', 'NC'], [], '2026-11-01'],
    ['OFAC', OFAC, 'us-ofac', ['TOCHKA INSTRUMENTS'], ['inn:7707083893'], '2026-11-03'],
    ['USA, consolidated', CSL, 'us-csl', ['Kosmos Nigde Design Bureau', 'KB Nigde'], [], '2026-11-02'],
    [
      'Ukraine',
      UA,
      'ua',
      ['Товариство «Ніде»', 'ООО «Нигде»', 'Tovarystvo Nide'],
      ['inn:7707083893', 'ogrn:1027700132195'],
      null,
    ],
    ['UK as CSV', CSV, 'uk', ['VYMYSEL LLC', 'ООО Вымысел', 'VYMYSEL TRADING'], ['inn:7707083893'], '20-Nov-2026'],
    [
      'EU as CSV',
      EU_CSV,
      'eu',
      ['Nichego Bank, known as "Nichego"', 'Банк «Ничего»'],
      ['inn:7707083893', 'ogrn:1027700132195'],
      '20/11/2026',
    ],
  ];
  for (const [name, text, list, names, numbers, date] of forms)
    it(name, async () => {
      const got = await read(text);
      assert.equal(got.list, list);
      assert.equal(got.date, date);
      const first = got.organisations[0];
      assert.deepEqual(first?.names, names);
      assert.deepEqual(
        first?.identifiers
          .map((i) => `${i.kind}:${i.value}`)
          .filter((i) => !i.startsWith('registration'))
          .sort(),
        [...numbers].sort(),
      );
      assert.doesNotMatch(JSON.stringify(got), /SOMEBODY|A Person|"PERSON/, 'a person was kept');
    });

  it('passes over what was taken off the list, and counts persons without keeping them', async () => {
    const ch = await read(CH);
    assert.equal(ch.organisations.length, 1);
    const ofac = await read(OFAC);
    assert.equal(ofac.others, 1);
    assert.deepEqual(ofac.organisations[0]?.related, [{ how: 'Owned or Controlled By', name: 'ZAPYATAYA HOLDING' }]);
    assert.deepEqual(ofac.organisations[0]?.programmes, ['RUSSIA-EO14024']);
    const csl = await read(CSL);
    assert.equal(csl.organisations.length, 2);
  });

  it('reads alike in pieces of any size', async () => {
    const whole = await read(OFAC, OFAC.length);
    for (const size of [1, 3, 64, 1000]) assert.deepEqual(await read(OFAC, size), whole);
  });
});

describe('what is no list', () => {
  const refused = (text: string, words: RegExp) =>
    assert.rejects(
      read(text),
      (e) =>
        e instanceof ListError &&
        (words.test(e.message) || assert.fail(`${e.message} does not say ${words}`)) &&
        // The Russian is another sentence, in Russian words, with the same line and the same names of forms.
        /[а-яё]{3}/i.test(e.says.ru) &&
        e.says.en === e.message &&
        (/^line (\d+)/.exec(e.message)?.[1] ?? '') === (/^строка (\d+)/.exec(e.says.ru)?.[1] ?? ''),
    );

  it('is refused in words', async () => {
    await refused('', /empty/);
    await refused('<!DOCTYPE html><html><body>Log in</body></html>', /web page/);
    await refused('<something/>', /no list known here/);
    await refused('{"a":1}', /no form that is known/);
    await refused('a,b\n1,2\n', /no form that is known/);
    await refused(UK.slice(0, UK.length - 30), /well-formed|too early/);
    await refused(CSL.slice(0, -20), /not JSON/);
    await refused('<Designations/>', /no organisation/);
    await refused('<ArrayOfFinancialSanctionsTarget></ArrayOfFinancialSanctionsTarget>', /ended on 28 January 2026/);
  });

  it('an entity of its own making is not unfolded', async () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE Designations [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><Designations><Designation><UniqueID>&b;</UniqueID></Designation></Designations>`;
    await refused(bomb, /document type/);
    await refused(UK.replace('VYMYSEL', '&unknown;'), /well-formed/);
    await refused(`<!DOCTYPE x SYSTEM "file:///etc/passwd">${UK.slice(21)}`, /document type/);
  });

  it('whichever list it pretends to be: no type of document, no outer entity, no depth, no endless text, attributes or records', async () => {
    const openings = {
      UK: '<Designations><Designation>',
      EU: '<export xmlns="http://eu.europa.ec/fpi/fsd/export"><sanctionEntity>',
      CH: '<swiss-sanctions-list><target>',
      CA: '<data-set><record>',
      UN: '<CONSOLIDATED_LIST><ENTITIES><ENTITY>',
      OFAC: '<Sanctions><DistinctParties><DistinctParty>',
    };
    async function* endless(start: string, piece: string) {
      yield start;
      for (;;) yield piece;
    }
    for (const [name, start] of Object.entries(openings)) {
      const root = /<([\w-]+)/.exec(start)?.[1];
      const bomb = `<!DOCTYPE ${root} [<!ENTITY a "${'a'.repeat(50)}"><!ENTITY b "&a;&a;&a;&a;">]>${start}&b;`;
      await refused(bomb, /document type/);
      await refused(`<!DOCTYPE ${root} SYSTEM "file:///etc/passwd">${start}`, /document type/);
      await refused(`${start}&xxe;`, /well-formed/);
      await refused(start + '<a>'.repeat(10_000), /inside each other/);
      await refused(start, /too early|well-formed/);
      for (const piece of ['x'.repeat(1 << 18), `<a b="${'x'.repeat(1 << 16)}"/>`, `<!-- ${'x'.repeat(1 << 18)}`])
        await assert.rejects(
          readList(start, endless(start, piece), ''),
          (e) => e instanceof ListError && /larger than any list|well-formed/.test(e.message),
          `${name}: ${piece.slice(0, 5)}`,
        );
    }
  });

  it('a hostile table: an open quotation mark, a line without end, zero bytes, formulas, thousands of columns', async () => {
    for (const [text, first] of [
      [CSV, 'VYMYSEL LLC'],
      [EU_CSV, 'Nichego Bank, known as "Nichego"'],
    ] as const) {
      const columns = text.split('\n').find((l) => /Unique ID|LogicalId/.test(l)) as string;
      const by = columns.includes(';') ? ';' : ',';
      await refused(`${text}"${'x'.repeat(1_100_000)}`, /not a CSV table/);
      await refused(`${text}${'x'.repeat(1_100_000)}\n`, /not a CSV table/);
      const wide = await read(`${text}${by.repeat(50_000)}\n`, 4096);
      assert.equal(wide.organisations[0]?.names[0], first);
      const odd = await read(text.replaceAll(first.slice(0, 4), `\0=cmd|${first.slice(0, 4)}`));
      // What looks like a formula is a name like any other, and is read as text.
      assert.ok(odd.organisations.length > 0);
      await refused(columns, /no form that is known|no organisation/);
    }
    // The same column twice, and one whose name every object has.
    await refused('Unique ID,Unique ID,__proto__\n1,2,3\n', /no form that is known/);
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
  });

  it('depth and size are bounded', async () => {
    await refused(`<Designations><Designation>${'<a>'.repeat(10_000)}`, /inside each other/);
    async function* endless() {
      yield '<Designations><Designation><UniqueID>';
      for (;;) yield 'x'.repeat(1 << 20);
    }
    await assert.rejects(
      readList('<Designations>', endless(), ''),
      (e) => e instanceof ListError && /larger than any list/.test(e.message),
    );
  });

  it('any damage ends in a list or in words, never in a fall', { timeout: 60_000 }, async () => {
    const texts = [UK, EU, CH, CA, UN, OFAC, CSL, UA, CSV, EU_CSV];
    await fc.assert(
      fc.asyncProperty(
        fc.nat(texts.length - 1),
        fc.nat(2_000),
        fc.nat(40),
        fc.string({ unit: 'binary', maxLength: 6 }),
        async (which, at, gone, put) => {
          const text = texts[which] as string;
          const harmed = text.slice(0, at) + put + text.slice(at + gone);
          try {
            const got = await read(harmed, 50);
            for (const o of got.organisations) for (const n of o.names) assert.match(n, /\p{L}|\p{N}/u);
          } catch (e) {
            assert.ok(e instanceof ListError && /[а-яё]{3}/i.test(e.says.ru), String(e));
          }
        },
      ),
      { numRuns: process.env.FOOTHOLD_LONG === '1' ? 50_000 : 1_500 },
    );
  });
});
