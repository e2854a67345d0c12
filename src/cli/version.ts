/** The version of the package, as its own file states it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './law-files.ts';

export function version(): string {
  return (JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as { version: string }).version;
}
