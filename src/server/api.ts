/**
 * The API: reference data that may be cached, and the evaluation of one person's case, which may not. It keeps no log and no state; facts are in
 * the body of one request and nowhere else.
 */
import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { provisionJson, provisionRow } from '../answers/law-json.ts';
import { formatDay, parseDay } from '../calendar/civil.ts';
import { changes } from '../check/changes.ts';
import { type LawBook, writeBook } from '../law/book.ts';
import { coverageOf } from '../law/coverage.ts';
import type { Day } from '../rules/ir.ts';
import type { Question } from './evaluate.ts';
import { Pool } from './pool.ts';
import { type ApiRoute, openApi, ROUTES } from './routes.ts';

export type ApiOptions = {
  readonly book: LawBook;
  readonly version: string;
  readonly today: () => Day;
  /** The file of the worker: `evaluate.ts` in a clone, its built form in a package. */
  readonly worker: URL;
  /** Set where the server can be reached from elsewhere: personal routes then ask for it, and for TLS in front. */
  readonly token?: string;
  /** Names under which the server answers; any other is refused, so that no site reaches it through a name of its own. */
  readonly hosts?: readonly string[];
  /** Answers everything that is not of the API: the page. */
  readonly page?: (request: IncomingMessage, response: ServerResponse) => void;
  readonly workers?: number;
  /** Milliseconds for one question. */
  readonly longest?: number;
  /** Milliseconds within which a request must have arrived whole. */
  readonly slowest?: number;
};

const LARGEST = 256 * 1024;
const LONGEST = 60_000;
const SLOWEST = 15_000;

/** The server, not yet listening. */
export function api(options: ApiOptions): FastifyInstance {
  const { book, today } = options;
  const app = Fastify({
    logger: false,
    bodyLimit: LARGEST,
    requestTimeout: options.slowest ?? SLOWEST,
    // Node looks for requests over their time only this often.
    http: {
      connectionsCheckingInterval: Math.min(1_000, options.slowest ?? SLOWEST),
      headersTimeout: options.slowest ?? SLOWEST,
    },
    // Longer than any answer takes: a socket on which nothing happens is closed after it.
    connectionTimeout: (options.longest ?? LONGEST) + 10_000,
    keepAliveTimeout: 5_000,
    maxRequestsPerSocket: 10_000,
    forceCloseConnections: true,
    // Unknown fields are mistakes to be told, not to be dropped; nothing is turned into another type.
    ajv: {
      customOptions: { removeAdditional: false, coerceTypes: false, useDefaults: true, allErrors: true, strict: false },
    },
  });
  app.removeContentTypeParser('text/plain');
  const pool = new Pool(options.worker, writeBook(book), options.workers ?? 2, 64, options.longest ?? LONGEST);
  app.addHook('onClose', () => pool.close());
  app.addHook('onRequest', async (request, reply) => {
    reply
      .header('X-Content-Type-Options', 'nosniff')
      .header('Referrer-Policy', 'no-referrer')
      .header('Cross-Origin-Resource-Policy', 'same-origin');
    const host = (request.headers.host ?? '').replace(/:\d+$/, '');
    if (options.hosts && !options.hosts.includes(host))
      return problem(reply, 421, 'Not this server', 'This server answers to its own addresses only.');
    return undefined;
  });
  app.setErrorHandler((e: FastifyError, _request, reply) => failed(e, reply));
  app.setNotFoundHandler((request, reply) => {
    if (!options.page || request.url.startsWith('/api/'))
      return problem(reply, 404, 'Nothing is here', 'See /api/v1/openapi.json for what there is.');
    reply.hijack();
    options.page(request.raw, reply.raw);
    return undefined;
  });

  app.get('/api/v1/openapi.json', async (_request, reply) =>
    reply.header('Cache-Control', 'public, max-age=3600').send(openApi(options.version)),
  );
  const handlers: Readonly<Record<string, (request: FastifyRequest, reply: FastifyReply) => unknown>> = {
    law: (request) => {
      const { kind, jurisdiction } = request.query as { kind?: string; jurisdiction?: string };
      return [...book.provisions.values()]
        .filter(
          (p) =>
            (kind === undefined || p.kind === kind) && (jurisdiction === undefined || p.jurisdiction === jurisdiction),
        )
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .map((p) => provisionRow(p, today()));
    },
    provision: (request, reply) => {
      const { jurisdiction, slug } = request.params as { jurisdiction: string; slug: string };
      const p = book.provisions.get(`${jurisdiction}/${slug}`);
      if (!p)
        return problem(
          reply,
          404,
          'No such provision',
          `There is no provision "${jurisdiction}/${slug}". See /api/v1/law.`,
        );
      return provisionJson(book, p, dayOf((request.query as { on?: string }).on, 'on') ?? today());
    },
    changes: (request) => {
      const q = request.query as { from: string; to?: string };
      const [from, to] = span(q);
      return changes(book, from, to, undefined);
    },
    coverage: (request) =>
      coverageOf(book, dayOf((request.query as { on?: string }).on, 'on') ?? today()).map((c) => ({
        ...c,
        oldest: formatDay(c.oldest),
        newest: formatDay(c.newest),
      })),
    check: (request, reply) => {
      const b = request.body as { person: string; on?: string; routes?: string[] };
      return ask(request, reply, {
        ask: 'check',
        person: b.person,
        on: dayOf(b.on, 'on') ?? today(),
        ...(b.routes ? { routes: b.routes } : {}),
      });
    },
    stay: (request, reply) => {
      const b = request.body as { person: string; on?: string; rule: string };
      return ask(request, reply, { ask: 'stay', person: b.person, on: dayOf(b.on, 'on') ?? today(), rule: b.rule });
    },
    plan: (request, reply) => {
      const b = request.body as {
        person: string;
        on?: string;
        goal: string;
        avoid?: string[];
        strict: boolean;
        processing: 'usual' | 'longest';
      };
      const years = /^years:(\d+)$/.exec(b.goal)?.[1];
      const goal =
        years === undefined
          ? { kind: b.goal as 'permanent' | 'citizenship' | 'protection' }
          : { kind: 'years' as const, years: Number(years) };
      return ask(request, reply, {
        ask: 'plan',
        person: b.person,
        on: dayOf(b.on, 'on') ?? today(),
        goal,
        avoid: b.avoid ?? [],
        strict: b.strict,
        processing: b.processing,
      });
    },
    changesForPerson: (request, reply) => {
      const b = request.body as { person: string; from: string; to?: string };
      const [from, to] = span(b);
      return ask(request, reply, { ask: 'changes', person: b.person, from, to });
    },
  };

  async function ask(request: FastifyRequest, reply: FastifyReply, question: Question): Promise<unknown> {
    // Whoever has left needs no answer: the work is stopped.
    const gone = new AbortController();
    const left = () => gone.abort();
    const { socket } = request.raw;
    socket.once('close', left);
    const r = await pool.ask(question, gone.signal);
    // One connection may ask thousands of times: nothing of a question that is answered may stay with it.
    socket.off('close', left);
    if (r.ok) return r.value;
    if (gone.signal.aborted) return reply.hijack();
    return problem(reply, r.status, r.title, r.detail, r.errors);
  }

  function span(q: { readonly from: string; readonly to?: string }): [Day, Day] {
    const from = dayOf(q.from, 'from') as Day;
    const to = dayOf(q.to, 'to') ?? today();
    if (to < from)
      throw Object.assign(new Error(`"to" (${formatDay(to)}) is before "from" (${q.from}). Change them round.`), {
        statusCode: 400,
      });
    return [from, to];
  }

  for (const r of ROUTES) {
    const handler = handlers[r.name];
    if (!handler) throw new Error(`the route ${r.name} has no handler`);
    app.route({
      method: r.method,
      url: r.path,
      schema: {
        ...(r.query ? { querystring: r.query } : {}),
        ...(r.params ? { params: r.params } : {}),
        ...(r.body ? { body: r.body } : {}),
      },
      onRequest: async (request, reply) => guard(r, request, reply, options.token),
      handler: async (request, reply) => {
        reply.header('Cache-Control', r.personal ? 'no-store' : 'public, max-age=3600');
        return handler(request, reply);
      },
    });
  }
  return app;
}

/** Where the server is exposed, facts of a person come with the token and through TLS, or not at all. */
function guard(
  r: ApiRoute,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string | undefined,
): FastifyReply | undefined {
  if (!r.personal || token === undefined) return undefined;
  if (request.headers['x-forwarded-proto'] !== 'https')
    return problem(
      reply,
      403,
      'Only through TLS',
      'Facts of a person are taken only behind a TLS proxy that sets X-Forwarded-Proto: https.',
    );
  const given = Buffer.from((request.headers.authorization ?? '').replace(/^Bearer /i, ''));
  const wanted = Buffer.from(token);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
    return problem(
      reply.header('WWW-Authenticate', 'Bearer'),
      401,
      'The token is missing or wrong',
      'Send it as: Authorization: Bearer …',
    );
  return undefined;
}

function problem(
  reply: FastifyReply,
  status: number,
  title: string,
  detail: string,
  errors?: readonly string[],
): FastifyReply {
  return reply
    .code(status)
    .header('Cache-Control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title, status, detail, ...(errors ? { errors } : {}) }));
}

/** What a caller can mend is told with its place; anything else only as a fault, since a message could quote a person's facts. */
function failed(e: FastifyError, reply: FastifyReply): FastifyReply {
  const status = e.statusCode ?? 500;
  if (e.validation)
    return problem(
      reply,
      400,
      'The request is not of the form described',
      'Each mistake is named with its place. The form is in /api/v1/openapi.json.',
      e.validation.map(
        (v) =>
          `${e.validationContext ?? 'request'}${v.instancePath}: ${v.message ?? ''}${v.keyword === 'additionalProperties' ? ` ("${String((v.params as { additionalProperty?: string }).additionalProperty)}")` : ''}`,
      ),
    );
  if (status === 413) return problem(reply, 413, 'The request is too large', `At most ${LARGEST / 1024} KiB.`);
  if (status === 415) return problem(reply, 415, 'Not JSON', 'Send Content-Type: application/json.');
  if (status >= 400 && status < 500)
    return problem(
      reply,
      status,
      'The request cannot be read',
      e.code === 'FST_ERR_CTP_INVALID_JSON_BODY' || e instanceof SyntaxError ? 'The body is not JSON.' : e.message,
    );
  return problem(
    reply,
    500,
    'A fault of the program',
    'This request could not be answered. Please report it to the project, without the person file.',
  );
}

function dayOf(text: string | undefined, name: string): Day | undefined {
  if (text === undefined) return undefined;
  const d = parseDay(text);
  if (d === undefined)
    throw Object.assign(new Error(`"${name}": "${text}" is not a date. Expected: year-month-day, like 2026-12-01.`), {
      statusCode: 400,
    });
  return d;
}
