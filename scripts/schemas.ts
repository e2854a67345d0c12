/** `npm run schemas`: writes the JSON Schemas that editors read, from the ones the loader checks with. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { coverageSchema, provisionSchema } from '../src/law/schema.ts';

const dir = join(import.meta.dirname, '..', 'schema');
mkdirSync(dir, { recursive: true });
writeFileSync(join(dir, 'provision.schema.json'), `${JSON.stringify(provisionSchema, null, 2)}\n`);
writeFileSync(join(dir, 'coverage.schema.json'), `${JSON.stringify(coverageSchema, null, 2)}\n`);
