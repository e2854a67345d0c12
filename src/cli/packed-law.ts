/** The law of a pack that was taken: where it is kept, and how it is read. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type LawBook, readBook } from '../law/book.ts';
import { readHead, until } from '../law/pack.ts';
import { InputError } from './args.ts';

/** Where packs are kept: beside the program, which is what they change. */
export const packFolder = (root: string): string => join(root, '.law');
export const CURRENT = 'current.pack';
export const BEFORE = 'before.pack';

/** The law of the pack that was taken, if there is one that is whole. Its signature was checked when it was taken; its digest is checked here. */
export async function packedLaw(root: string): Promise<LawBook | undefined> {
  const current = join(packFolder(root), CURRENT);
  if (!existsSync(current)) return undefined;
  const { head, body } = readHead(new Uint8Array(readFileSync(current)));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body));
  const hex = Array.from(digest, (b) => b.toString(16).padStart(2, '0')).join('');
  if (hex !== head.sha256)
    throw new InputError(
      `The law pack in "${dirname(current)}" is damaged. Take it again, or go back: foothold law back`,
    );
  return until(readBook(new TextDecoder().decode(body)), head.validUntil);
}
