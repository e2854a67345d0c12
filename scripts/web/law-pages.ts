/** The law as static pages without JavaScript. */
import type { LawBook } from '../../src/law/book.ts';

export async function lawPages(_root: string, _book: LawBook, _style: string): Promise<Map<string, string>> {
  return new Map();
}
