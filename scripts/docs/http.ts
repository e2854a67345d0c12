/** The reference of the HTTP API, from the same routes that the server and its OpenAPI document are made of. */
import { type ApiRoute, type JsonSchema, ROUTES } from '../../src/server/routes.ts';

/** What a value may be, in a few words. */
export function typeText(s: JsonSchema): string {
  if (Array.isArray(s.enum)) return (s.enum as readonly unknown[]).map((v) => `\`${String(v)}\``).join(', ');
  if (Array.isArray(s.anyOf)) return (s.anyOf as readonly JsonSchema[]).map(typeText).join(' or ');
  if (s.type === 'array') return `list${s.items ? ` of ${typeText(s.items as JsonSchema)}` : ''}`;
  if (s.type === 'object' && s.properties)
    return `object (${Object.keys(s.properties as object)
      .map((k) => `\`${k}\``)
      .join(', ')})`;
  const type = String(s.type ?? 'anything');
  return typeof s.pattern === 'string' ? `${type} like \`${s.pattern.replaceAll('|', '\\|')}\`` : type;
}

function rows(schema: JsonSchema, where: string): readonly string[] {
  const required = new Set((schema.required ?? []) as readonly string[]);
  return Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>).map(([name, s]) => {
    const usual = s.default === undefined ? '' : ` (usually \`${String(s.default)}\`)`;
    return `| \`${name}\` | ${where} | ${required.has(name) || where === 'path' ? 'yes' : 'no'} | ${typeText(s)}${usual} | ${String(s.description ?? '')} |`;
  });
}

function route(r: ApiRoute): string {
  const given = [
    ...(r.params ? rows(r.params, 'path') : []),
    ...(r.query ? rows(r.query, 'query') : []),
    ...(r.body ? rows(r.body, 'body') : []),
  ];
  const reply = (r.reply.type === 'array' ? r.reply.items : r.reply) as JsonSchema;
  return `## ${r.method} ${r.path.replace(/:(\w+)/g, '{$1}')}

${r.summary} ${r.personal ? 'Facts of a person: never cached, never kept; on the loopback address, or with the token and through TLS.' : 'May be cached for an hour.'}

${given.length ? `| field | where | needed | what | |\n| --- | --- | --- | --- | --- |\n${given.join('\n')}\n` : 'It takes nothing.\n'}
The answer: ${r.reply.type === 'array' ? 'a list, each with at least' : 'at least'} ${((reply.required ?? []) as readonly string[]).map((k) => `\`${k}\``).join(', ') || 'nothing that is promised'}.
`;
}

/** All routes as one page. */
export const httpMarkdown = (): string => `# The HTTP API, route by route

Made from the schemas that guard the server's door. [The API](../api.md) says how it is started and who may ask; the whole as an [OpenAPI 3.1 document](openapi.json).
Mistakes come back as \`application/problem+json\`, each with its place and how to mend it.

${ROUTES.map(route).join('\n')}`;
