/** What the API offers, as data: the server is built from it, and so is the OpenAPI document. */

export type JsonSchema = { readonly [key: string]: unknown };

const day = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'A day, like 2026-12-01.' } as const;
const text = {
  type: 'object',
  required: ['en', 'ru'],
  properties: { en: { type: 'string' }, ru: { type: 'string' } },
} as const;
const answer = { enum: ['yes', 'no', 'unknown'] } as const;
const decision = { enum: ['right', 'discretion', 'quota', 'lottery'] } as const;
const nullable = (s: JsonSchema): JsonSchema => ({ anyOf: [s, { type: 'null' }] });
const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items });
const source = {
  type: 'object',
  required: ['url', 'publisher'],
  properties: { id: { type: 'string' }, url: { type: 'string' }, publisher: { type: 'string' } },
} as const;

const person = {
  type: 'string',
  minLength: 1,
  maxLength: 100_000,
  description:
    'A person file as text (YAML; JSON is YAML too). Whatever is left out is unknown. Members of the family are written out in it.',
} as const;

export const PROBLEM: JsonSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    errors: list({ type: 'string' }),
  },
};

export type ApiRoute = {
  readonly method: 'GET' | 'POST';
  /** As Fastify writes it; OpenAPI's form is made from it. */
  readonly path: string;
  readonly name: string;
  readonly summary: string;
  /** Facts of a person are in it: only on the loopback address, or exposed with a token; never kept. */
  readonly personal: boolean;
  readonly query?: JsonSchema;
  readonly params?: JsonSchema;
  readonly body?: JsonSchema;
  readonly reply: JsonSchema;
};

const object = (required: readonly string[], properties: Readonly<Record<string, unknown>>): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});
const shape = (required: readonly string[], properties: Readonly<Record<string, unknown>>): JsonSchema => ({
  type: 'object',
  required,
  properties,
});

export const ROUTES: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: '/api/v1/law',
    name: 'law',
    summary: 'All provisions, with the day of their evidence.',
    personal: false,
    query: object([], {
      kind: { enum: ['stay', 'restriction', 'document', 'route', 'status', 'clock', 'overstay', 'danger', 'support'] },
      jurisdiction: { type: 'string', pattern: '^[a-z]{2,10}$' },
    }),
    reply: list(
      shape(['id', 'kind', 'jurisdiction', 'title', 'verifiedOn', 'confidence', 'expires'], {
        id: { type: 'string' },
        kind: { type: 'string' },
        jurisdiction: { type: 'string' },
        title: text,
        verifiedOn: day,
        confidence: { enum: ['official', 'secondary', 'conflicting'] },
        expires: day,
      }),
    ),
  },
  {
    method: 'GET',
    path: '/api/v1/law/:jurisdiction/:slug',
    name: 'provision',
    summary: 'One provision as of a day: figures, conditions, sources.',
    personal: false,
    params: object(['jurisdiction', 'slug'], {
      jurisdiction: { type: 'string', pattern: '^[a-z]{2,10}$' },
      slug: { type: 'string', pattern: '^[a-z0-9-]{1,80}$' },
    }),
    query: object([], { on: day }),
    reply: shape(['id', 'kind', 'title', 'verifiedOn', 'expires', 'sources'], {
      id: { type: 'string' },
      kind: { type: 'string' },
      title: text,
      verifiedOn: day,
      expires: day,
    }),
  },
  {
    method: 'GET',
    path: '/api/v1/changes',
    name: 'changes',
    summary: 'What changed in the law between two days.',
    personal: false,
    query: object(['from'], { from: day, to: day }),
    reply: list(
      shape(['provision', 'day', 'what'], {
        provision: { type: 'string' },
        day,
        what: text,
        before: nullable(text),
        after: nullable(text),
      }),
    ),
  },
  {
    method: 'GET',
    path: '/api/v1/coverage',
    name: 'coverage',
    summary: 'Host by host: what is covered, how well sourced, how old.',
    personal: false,
    query: object([], { on: day }),
    reply: list(
      shape(['jurisdiction', 'provisions', 'official', 'secondary', 'conflicting', 'oldest', 'newest', 'stale'], {
        jurisdiction: { type: 'string' },
        provisions: { type: 'integer' },
        oldest: day,
        newest: day,
        stale: { type: 'integer' },
      }),
    ),
  },
  {
    method: 'POST',
    path: '/api/v1/check',
    name: 'check',
    summary: 'Every route for one person on one day, or the routes named.',
    personal: true,
    body: object(['person'], {
      person,
      on: day,
      routes: { type: 'array', maxItems: 50, items: { type: 'string', maxLength: 120 } },
    }),
    reply: list(
      shape(['route', 'jurisdiction', 'outcome', 'decision', 'because', 'missing', 'nearest', 'verify', 'sources'], {
        route: { type: 'string' },
        jurisdiction: { type: 'string' },
        outcome: answer,
        decision,
        because: list(shape(['outcome', 'source'], { outcome: answer })),
        missing: list({ type: 'string' }),
        nearest: list(shape(['change', 'cost'], {})),
        verify: { type: 'boolean' },
        sources: list(source),
      }),
    ),
  },
  {
    method: 'POST',
    path: '/api/v1/stay',
    name: 'stay',
    summary: 'Days used and left under a stay rule.',
    personal: true,
    body: object(['person', 'rule'], {
      person,
      on: day,
      rule: { type: 'string', minLength: 2, maxLength: 120, description: 'A stay rule, an area or a country.' },
    }),
    reply: shape(['rule', 'on', 'used', 'left', 'lastDay', 'overstayDays', 'nextEntry', 'sources'], {
      rule: { type: 'string' },
      on: day,
      used: nullable({ type: 'integer' }),
      left: nullable({ type: 'integer' }),
      lastDay: nullable(day),
      overstayDays: nullable({ type: 'integer' }),
      nextEntry: nullable(shape(['day', 'upTo'], { day, upTo: day })),
      sources: list(source),
    }),
  },
  {
    method: 'POST',
    path: '/api/v1/plan',
    name: 'plan',
    summary: 'Dated, verified ways to a goal.',
    personal: true,
    body: object(['person'], {
      person,
      on: day,
      goal: { type: 'string', pattern: '^(permanent|citizenship|protection|years:([1-9]|10))$', default: 'permanent' },
      avoid: { type: 'array', maxItems: 60, items: { type: 'string', pattern: '^[a-z]{2}$' } },
      strict: { type: 'boolean', default: false },
      processing: { enum: ['usual', 'longest'], default: 'longest' },
    }),
    reply: shape(['on', 'goal', 'plans', 'uncovered'], {
      on: day,
      goal: { type: 'string' },
      plans: list(
        shape(['legs', 'metrics', 'assumes', 'survivesAnyOneRefusal'], {
          legs: list(shape(['move', 'jurisdiction', 'day', 'because', 'dangers', 'sources'], { day })),
          assumes: { type: 'array' },
          survivesAnyOneRefusal: { type: 'boolean' },
          short: {
            type: 'object',
            description:
              'By how much the savings told fall short of the fees that are known: `by`, from which leg on, and whether an income was told that might cover it. Missing where they do not, or no savings were told.',
          },
          family: {
            type: 'object',
            description:
              'Whether those of the family who go along can follow, leg by leg. Missing where nobody goes along, or nothing was told of a family.',
          },
        }),
      ),
      uncovered: { type: 'array' },
    }),
  },
  {
    method: 'POST',
    path: '/api/v1/changes',
    name: 'changesForPerson',
    summary: 'What changed in the law between two days, and what that did to one person.',
    personal: true,
    body: object(['person', 'from'], { person, from: day, to: day }),
    reply: list(
      shape(['provision', 'day', 'what', 'affects'], {
        provision: { type: 'string' },
        day,
        what: text,
        affects: { enum: ['opens', 'closes', 'alters', 'none', 'unknown'] },
      }),
    ),
  },
];

/** The OpenAPI 3.1 document of the routes. */
export function openApi(version: string): JsonSchema {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const r of ROUTES) {
    const path = r.path.replace(/:(\w+)/g, '{$1}');
    const parameters = [...parametersOf(r.params, 'path'), ...parametersOf(r.query, 'query')];
    const problem = (description: string) => ({
      description,
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    });
    paths[path] ??= {};
    paths[path][r.method.toLowerCase()] = {
      operationId: r.name,
      summary: r.summary,
      ...(parameters.length ? { parameters } : {}),
      ...(r.body ? { requestBody: { required: true, content: { 'application/json': { schema: r.body } } } } : {}),
      ...(r.personal ? { security: [{}, { token: [] }] } : {}),
      responses: {
        200: { description: 'The answer.', content: { 'application/json': { schema: r.reply } } },
        400: problem('The request is not of the form described.'),
        ...(r.personal
          ? {
              401: problem('The server is exposed and the token is missing or wrong.'),
              413: problem('The request is too large.'),
              422: problem('The person file has mistakes; each is named with its line.'),
              503: problem('Busy, or the question took too long.'),
            }
          : { 404: problem('There is no such provision.') }),
      },
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Foothold',
      version,
      description:
        'The same answers as the command line and the page. Facts of a person are evaluated on the loopback address only, unless the server was told otherwise; nothing is kept or logged.',
      license: { name: 'Apache-2.0 (code), CC BY 4.0 (law data)', identifier: 'Apache-2.0' },
    },
    paths,
    components: { schemas: { Problem: PROBLEM }, securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  };
}

function parametersOf(schema: JsonSchema | undefined, where: 'path' | 'query'): object[] {
  if (!schema) return [];
  const required = new Set(schema.required as readonly string[]);
  return Object.entries(schema.properties as Record<string, unknown>).map(([name, s]) => ({
    name,
    in: where,
    required: where === 'path' || required.has(name),
    schema: s,
  }));
}
