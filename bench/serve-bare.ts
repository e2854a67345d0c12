/** The peer of `serve.ts`: Fastify alone, answering every request with the bytes of one file. What more Foothold costs is its own. */
import { readFileSync } from 'node:fs';
import Fastify from 'fastify';

const [file, type] = process.argv.slice(2) as [string, string];
const bytes = readFileSync(file);
const app = Fastify();
app.get('*', (_, reply) => reply.type(type).send(bytes));
process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}\n`);
