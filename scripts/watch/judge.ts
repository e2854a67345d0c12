/** What a visit says of a source: unchanged, moved, changed, gone, or not told. */
import { isSoftMissing, isWall, NotReadable, textOf } from './extract.ts';
import { findPassage } from './passage.ts';
import type { Visit } from './visit.ts';

export type Verdict =
  | { readonly state: 'unchanged' }
  /** The passage stands at another address now. */
  | { readonly state: 'moved'; readonly to: string }
  /** The page is there and its passage reads otherwise. */
  | { readonly state: 'changed'; readonly was: string; readonly is: string }
  /** The page, or the passage in it, is not there any more. */
  | { readonly state: 'gone'; readonly why: string }
  /** Nothing was learnt: no answer, a login, a picture. A person must look. */
  | { readonly state: 'not-told'; readonly why: string };

/** Judges a source with its quotation by what a visit brought. Nothing that is doubtful is called unchanged. */
export async function judge(
  source: { readonly url: string; readonly quote: string | undefined },
  visit: Visit,
): Promise<Verdict> {
  if (visit.kind === 'not-modified') return { state: 'unchanged' };
  if (visit.kind === 'refused') return { state: 'not-told', why: visit.why };
  if (visit.kind === 'failed') return { state: 'not-told', why: visit.why };
  if (visit.status === 404 || visit.status === 410) return { state: 'gone', why: `status ${visit.status}` };
  if (visit.status === 401 || visit.status === 403 || visit.status === 451)
    return { state: 'not-told', why: `status ${visit.status}: not shown to everybody` };
  if (visit.status >= 400) return { state: 'not-told', why: `status ${visit.status}` };
  let text: string;
  let raw = '';
  try {
    const read = await textOf(visit.bytes, visit.type);
    text = read.text;
    if (read.html) raw = new TextDecoder('latin1').decode(visit.bytes);
  } catch (e) {
    if (e instanceof NotReadable) return { state: 'not-told', why: e.message };
    throw e;
  }
  if (source.quote === undefined)
    return { state: 'not-told', why: 'no quotation is kept with this source: nothing to look for' };
  const found = findPassage(text, source.quote);
  if (found.state === 'unchanged')
    return sameAddress(source.url, visit.url) ? { state: 'unchanged' } : { state: 'moved', to: visit.url };
  if (isWall(raw, text)) return { state: 'not-told', why: 'the page asks who one is' };
  if (found.state === 'changed') return found;
  if (isSoftMissing(text)) return { state: 'gone', why: 'the page says that it is not there, with status 200' };
  if (text.length < 300) return { state: 'not-told', why: 'the page is all but empty: it may be built by a script' };
  return { state: 'gone', why: 'the passage is not in the page' };
}

/** Whether two addresses are the same but for what redirects always change: http or https, www, a slash at the end, a fragment. */
export function sameAddress(a: string, b: string): boolean {
  const bare = (u: string) =>
    u
      .replace(/^https?:\/\/(www\.)?/, '')
      .replace(/#.*$/, '')
      .replace(/\/(?=$|\?)/, '');
  return bare(a) === bare(b);
}

/**
 * Where to look for a source: statutes in a public mirror are kept with the commit that was read; what is looked at is the newest version of the
 * same file.
 */
export function addressOf(url: string): { readonly visit: string; readonly pinned: boolean } {
  const m = /^https:\/\/github\.com\/([^/]+\/[^/]+)\/blob\/[0-9a-f]{7,40}\/([^#?]+)/.exec(url);
  return m
    ? { visit: `https://raw.githubusercontent.com/${m[1]}/HEAD/${m[2]}`, pinned: true }
    : { visit: url, pinned: false };
}
