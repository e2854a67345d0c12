/**
 * The JSON Schema (draft 2020-12) of the law's files. Editors read the published copies in `schema/`; the loader
 * checks with the same text. What a schema cannot say well (which names exist, whether dates fit) is said by
 * `compile.ts` and `audit.ts`, with better words.
 */
import { explained } from './schema-words.ts';

const ID = '^[a-z]{2,10}/[a-z0-9]+(-[a-z0-9]+)*$';
const ID_OR_GLOB = '^[a-z]{2,10}/([a-z0-9]+(-[a-z0-9]+)*|\\*)$';
const DAY = '^\\d{4}-\\d{2}-\\d{2}$';
const NAME = '^[a-z][a-zA-Z0-9]*$';
const SLUG = '^[a-z0-9]+(-[a-z0-9]+)*$';

const day = { type: 'string', pattern: DAY, description: 'A civil day, YYYY-MM-DD.' };
const text = {
  type: 'object',
  required: ['en', 'ru'],
  properties: {
    en: { type: 'string', minLength: 1 },
    ru: { type: 'string', minLength: 1 },
    native: { type: 'string' },
  },
  additionalProperties: false,
  description: 'The same in English and Russian.',
};
const source = {
  anyOf: [
    { type: 'string', pattern: SLUG },
    { type: 'array', items: { type: 'string', pattern: SLUG }, minItems: 1 },
  ],
  description: 'Id (or ids) of an entry in `sources`.',
};
const paramName = { type: 'string', pattern: NAME, description: 'Name of a parameter of this provision.' };
const clauses = { type: 'array', items: { $ref: '#/$defs/clause' } };
const said = { says: text, source, from: day, to: day };
const object = (properties: object, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const list = (items: object) => ({ type: 'array', items });
const oneOf = (...values: (string | boolean)[]) => ({ enum: values });
const yesNo = oneOf('yes', 'no', 'unknown', true, false);

const clause = object({
  id: { type: 'string', pattern: SLUG },
  ...said,
  judged: oneOf('yes', 'no', true, false),
  when: { type: 'string', minLength: 1, description: 'A condition: see docs/rule-language.md.' },
  all: clauses,
  any: clauses,
  not: { $ref: '#/$defs/clause' },
  of: clauses,
  atLeast: { anyOf: [{ type: 'integer', minimum: 1 }, paramName] },
  points: object(
    {
      atLeast: paramName,
      of: list({ $ref: '#/$defs/pointsItem' }),
    },
    ['atLeast', 'of'],
  ),
  clock: { type: 'string', pattern: ID },
});
const pointsItem = object({ ...clause.properties, worth: paramName }, ['worth']);

const rights = object({
  work: oneOf('any', 'employer', 'occupation', 'self', 'remote', 'limited', 'none', 'unknown'),
  study: yesNo,
  ...said,
});

const askWindow = {
  opens: paramName,
  closes: paramName,
  prolongs: object({ stay: yesNo, work: yesNo, counts: yesNo, limit: paramName, ...said }, ['stay', 'source']),
};

const statusTerms = {
  stands: oneOf('visit', 'pending', 'tolerated', 'visa', 'permit', 'protection', 'permanent', 'citizenship'),
  rights,
  travel: { type: 'string' },
  renew: {
    anyOf: [
      oneOf('no'),
      object({ by: { type: 'string', pattern: ID }, maxTotal: paramName, ...askWindow, source, says: text }),
    ],
  },
  leadsTo: list({ type: 'string', pattern: ID }),
  leadsNowhere: object(said, ['says']),
  ends: list(
    object(
      {
        id: { type: 'string', pattern: SLUG },
        ...said,
        when: { type: 'string' },
        any: clauses,
        all: clauses,
        absence: object({ longest: paramName, total: paramName, per: paramName }),
        claim: yesNo,
      },
      ['id', 'says'],
    ),
  ),
  protectsFromReturn: yesNo,
  leaving: yesNo,
};

const common = {
  $schema: { type: 'string' },
  id: { type: 'string', pattern: ID },
  kind: oneOf('stay', 'restriction', 'document', 'route', 'status', 'clock', 'overstay', 'danger', 'support'),
  title: text,
  summary: text,
  inForce: object({ from: day, to: day, earlier: oneOf(true, false, 'unknown', 'yes', 'no') }, ['from']),
  keyDate: oneOf('entry', 'filing', 'decision', 'presence'),
  params: {
    type: 'object',
    propertyNames: { pattern: NAME },
    additionalProperties: object(
      {
        label: text,
        unit: { type: 'string' },
        range: object({ min: { type: 'number' }, max: { type: 'number' } }, ['min', 'max']),
        values: {
          type: 'object',
          propertyNames: { pattern: DAY },
          minProperties: 1,
          additionalProperties: object(
            { value: {}, source, expected: oneOf(true, false, 'yes', 'no'), awaited: oneOf(true, 'yes'), note: text },
            ['value'],
          ),
        },
      },
      ['unit', 'values'],
    ),
  },
  lists: {
    type: 'object',
    propertyNames: { pattern: NAME },
    additionalProperties: object(
      {
        of: { type: 'string' },
        label: text,
        values: {
          type: 'object',
          propertyNames: { pattern: DAY },
          minProperties: 1,
          additionalProperties: object(
            { codes: { anyOf: [list({ type: 'string' }), { type: 'null' }] }, source, awaited: oneOf(true, 'yes') },
            ['codes'],
          ),
        },
      },
      ['of', 'values'],
    ),
  },
  monthEnd: {
    anyOf: [object({ clamp: { type: 'string' } }, ['clamp']), object({ roll: { type: 'string' } }, ['roll'])],
  },
  all: clauses,
  bars: clauses,
  notes: list(object(said, ['says'])),
  sources: {
    type: 'object',
    propertyNames: { pattern: SLUG },
    minProperties: 1,
    additionalProperties: object(
      {
        url: { type: 'string', pattern: '^https?://' },
        publisher: { type: 'string' },
        title: { type: 'string' },
        date: { type: 'string', pattern: '^\\d{4}(-\\d{2}(-\\d{2})?)?$' },
        read: day,
        official: oneOf(true, false, 'yes', 'no'),
        text: oneOf('official'),
        lang: { type: 'string' },
        quote: { type: 'string', maxLength: 300 },
      },
      ['url', 'publisher', 'read', 'official'],
    ),
  },
  verified: object({ on: day, against: source, confidence: oneOf('official', 'secondary', 'conflicting') }, [
    'on',
    'against',
    'confidence',
  ]),
  expires: day,
  base: { type: 'object' },
  cases: list({
    type: 'object',
    required: ['name', 'on', 'expect'],
    properties: {
      name: { type: ['string'] },
      on: day,
      given: { type: 'object' },
      expect: {},
      missing: list({ type: 'string' }),
      because: list({ type: 'string' }),
      stays: { type: 'array' },
      statuses: { type: 'array' },
      clock: { type: 'object' },
      need: { type: 'string' },
      overstayDays: { type: 'integer' },
      ends: day,
      refused: day,
      why: { type: 'string' },
    },
    additionalProperties: false,
  }),
};

const byKind: Record<string, { properties: object; required: string[] }> = {
  stay: {
    properties: {
      area: { type: 'string' },
      counting: {
        type: 'array',
        minItems: 1,
        items: object(
          {
            kind: oneOf('rolling', 'rollingMonths', 'calendarYear', 'perEntry', 'anchored'),
            limit: paramName,
            window: paramName,
            edges: oneOf('both', 'entryOnly', 'exitOnly', 'neither'),
            lastDay: oneOf('sameDate', 'dayBefore'),
            gapDays: { type: 'integer', minimum: 0 },
            source,
            from: day,
            to: day,
          },
          ['kind', 'limit', 'edges'],
        ),
      },
      excludes: oneOf('permits'),
      passportBound: oneOf('yes', true),
      holdingBound: oneOf('yes', true),
      rights,
      overstay: { type: 'string', pattern: ID },
      register: list(object({ within: paramName, ...said }, ['says'])),
    },
    required: ['all', 'counting'],
  },
  restriction: {
    properties: {
      effect: oneOf('entry', 'visa', 'permit', 'filing', 'transit'),
      countries: list({ type: 'string', pattern: '^[a-z]{2}$' }),
      appliesTo: list({ type: 'string', pattern: ID_OR_GLOB }),
      strength: oneOf('must', 'may'),
      except: clauses,
    },
    required: ['effect', 'all', 'strength'],
  },
  document: {
    properties: {
      purpose: oneOf('entry', 'visa', 'permit', 'renewal'),
      countries: list({ type: 'string', pattern: '^[a-z]{2}$' }),
    },
    required: ['purpose', 'all'],
  },
  route: {
    properties: {
      decision: oneOf('right', 'discretion', 'quota', 'lottery'),
      file: object(
        {
          where: { type: 'array', minItems: 1, items: oneOf('consulate', 'in-country', 'online', 'border', 'abroad') },
          consulate: oneOf('residence', 'anywhere', 'origin', 'unknown'),
          consulateIn: list({ type: 'string', pattern: '^[a-z]{2}$' }),
          from: list({ type: 'string' }),
          notFrom: list({ type: 'string' }),
          ...askWindow,
          source,
          says: text,
        },
        ['where'],
      ),
      processing: object({ usual: paramName, longest: paramName, source, says: text }),
      fee: {
        anyOf: [
          object({ param: paramName, source, says: text }, ['param']),
          object({ params: list(paramName), source, says: text }, ['params']),
        ],
      },
      grants: {
        ...object({
          status: { type: 'string', pattern: ID },
          valid: paramName,
          validAbroad: paramName,
          validRenewed: paramName,
          passportBound: yesNo,
          contract: yesNo,
          document: object(
            {
              kind: { type: 'string' },
              country: { type: 'string', pattern: '^[a-z]{2}$' },
              biometric: yesNo,
              valid: paramName,
            },
            ['kind', 'country'],
          ),
          source,
          says: text,
        }),
        minProperties: 1,
      },
      status: object(statusTerms, ['stands']),
      quota: object({ param: paramName, per: { type: 'string' }, source, says: text }, ['param']),
      practice: list(
        object(
          {
            what: { type: 'string' },
            value: { type: 'number' },
            unit: { type: 'string' },
            of: { type: 'number' },
            period: { type: ['string', 'number'] },
            ...said,
          },
          ['what', 'value', 'unit', 'period'],
        ),
      ),
      claim: oneOf('asylum'),
      papers: object(
        {
          may: oneOf('waived'),
          issues: object({ kind: { type: 'string' }, country: { type: 'string', pattern: '^[a-z]{2}$' } }, [
            'kind',
            'country',
          ]),
          says: text,
          source,
        },
        ['may', 'says', 'source'],
      ),
      pending: object({ mayStay: yesNo, ...said }, ['mayStay']),
      ifRefused: object({ mustLeaveWithin: paramName, appealWithin: paramName, ...said }),
      bring: list(object(said, ['says'])),
      family: object({ may: yesNo, ...said }, ['may']),
    },
    required: ['all', 'decision', 'file', 'grants'],
  },
  status: { properties: statusTerms, required: ['stands'] },
  clock: {
    properties: {
      counts: {
        type: 'array',
        minItems: 1,
        items: object(
          {
            status: { type: 'string', pattern: ID_OR_GLOB },
            weight: { type: 'string' },
            cap: paramName,
            source,
            from: day,
            to: day,
          },
          ['status'],
        ),
      },
      unbroken: yesNo,
      within: paramName,
      absences: object({
        longest: paramName,
        total: paramName,
        per: paramName,
        edges: oneOf('both', 'entryOnly', 'exitOnly', 'neither'),
        source,
      }),
      breaks: oneOf('restart', 'subtract'),
      begins: oneOf('entry'),
      suspended: clauses,
    },
    required: ['counts'],
  },
  overstay: {
    properties: {
      steps: {
        type: 'array',
        minItems: 1,
        items: object(
          {
            from: paramName,
            until: paramName,
            fine: paramName,
            ban: paramName,
            says: text,
            source,
            inForce: object({ from: day, to: day }),
          },
          ['from', 'says'],
        ),
      },
    },
    required: ['steps'],
  },
  danger: {
    properties: {
      concerns: oneOf('presence', 'entry', 'exit', 'transit', 'consulate', 'work', 'notice'),
      avoid: yesNo,
      says: text,
      advice: list(object(said, ['says'])),
      countries: list({ type: 'string', pattern: '^[a-z]{2}$' }),
    },
    required: ['concerns', 'says', 'all'],
  },
  support: {
    properties: {
      what: oneOf(
        'legal-aid',
        'shelter',
        'fellowship',
        'scholarship',
        'evacuation',
        'job',
        'language',
        'media-relocation',
        'psychological',
        'official',
      ),
      says: text,
      contact: object(
        {
          url: { type: 'string', pattern: '^https?://' },
          phone: { type: 'string', pattern: '^\\+?[0-9][0-9 ()/-]+$' },
          email: { type: 'string', pattern: '^[^ @]+@[^ @]+$' },
          languages: list({ type: 'string' }),
        },
        ['url'],
      ),
      everywhere: oneOf('yes', true),
      until: day,
      countries: list({ type: 'string', pattern: '^[a-z]{2}$' }),
    },
    required: ['what', 'says', 'all'],
  },
};

/** The schema of one provision file. */
export const provisionSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://foothold.invalid/schema/provision.schema.json',
  title: 'A provision of the law of Foothold',
  type: 'object',
  required: ['id', 'kind', 'title', 'inForce', 'keyDate', 'sources', 'verified', 'expires', 'cases'],
  properties: explained(common),
  allOf: Object.entries(byKind).map(([kind, k]) => ({
    if: { type: 'object', properties: { kind: { const: kind } }, required: ['kind'] },
    then: { properties: explained(k.properties), required: k.required },
  })),
  unevaluatedProperties: false,
  $defs: { clause, pointsItem },
};

/** The properties a provision of a kind may have: for "did you mean". */
export function propertiesOf(kind: string | undefined): string[] {
  return [...Object.keys(common), ...Object.keys((kind && byKind[kind]?.properties) || {})];
}

/** The schema of `coverage.yaml`. */
export const coverageSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://foothold.invalid/schema/coverage.schema.json',
  title: 'What the law of one jurisdiction covers',
  ...object(
    {
      jurisdiction: { type: 'string', pattern: '^[a-z]{2,10}$' },
      title: text,
      covered: text,
      missing: list(
        object({ what: text, why: oneOf('no-source', 'out-of-date', 'conflicting', 'not-modelled') }, ['what', 'why']),
      ),
    },
    ['jurisdiction', 'title', 'covered', 'missing'],
  ),
};
