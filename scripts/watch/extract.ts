/** The text of a page as a person reads it: HTML in any encoding that browsers know, PDF, plain text. Scripts, styles and menus are left out. */
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { extractText, getDocumentProxy } from 'unpdf';

const LEFT_OUT = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'svg',
  'iframe',
  'head',
  'nav',
  'form',
  'select',
  'button',
]);
const BLOCKS = new Set([
  'p',
  'div',
  'li',
  'tr',
  'td',
  'th',
  'br',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'section',
  'article',
  'table',
  'ul',
  'ol',
  'dd',
  'dt',
  'blockquote',
  'pre',
  'main',
  'header',
  'footer',
]);

export class NotReadable extends Error {}

/** `type` is the Content-Type of the answer. Throws NotReadable for what has no text. */
export async function textOf(bytes: Uint8Array, type: string): Promise<{ text: string; html: boolean }> {
  if (/application\/pdf/i.test(type) || startsWith(bytes, '%PDF-')) return { text: await pdfText(bytes), html: false };
  if (/^(image|video|audio|font)\//i.test(type) || /zip|octet-stream|msword|officedocument/i.test(type))
    if (!looksLikeText(bytes)) throw new NotReadable(`a file of type ${type}, which has no text that can be read here`);
  const text = decode(bytes, type);
  const html = /html|xml/i.test(type) || /^\s*<(?:!doctype|html|\?xml)/i.test(text);
  return { text: html ? htmlText(text) : text, html };
}

async function pdfText(bytes: Uint8Array): Promise<string> {
  try {
    const { text } = await extractText(await getDocumentProxy(bytes.slice(), { verbosity: 0 }), { mergePages: true });
    if (text.trim() === '') throw new NotReadable('a PDF of pictures: it has no text');
    return text;
  } catch (e) {
    if (e instanceof NotReadable) throw e;
    throw new NotReadable(`a PDF that cannot be opened (${e instanceof Error ? e.message : String(e)})`);
  }
}

const startsWith = (bytes: Uint8Array, text: string): boolean =>
  new TextDecoder('latin1').decode(bytes.subarray(0, text.length)) === text;
const looksLikeText = (bytes: Uint8Array): boolean => !bytes.subarray(0, 4096).includes(0);

/** The mark at the beginning, then the header, then the page's own word, then UTF-8 where it fits, then windows-1252: as browsers do. */
export function decode(bytes: Uint8Array, type: string): string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4096));
  const bom =
    bytes[0] === 0xef && bytes[1] === 0xbb
      ? 'utf-8'
      : bytes[0] === 0xff && bytes[1] === 0xfe
        ? 'utf-16le'
        : bytes[0] === 0xfe && bytes[1] === 0xff
          ? 'utf-16be'
          : undefined;
  const named =
    bom ??
    /charset\s*=\s*["']?([\w-]+)/i.exec(type)?.[1] ??
    /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i.exec(head)?.[1] ??
    /<\?xml[^>]+encoding\s*=\s*["']([\w-]+)/i.exec(head)?.[1];
  if (named !== undefined) {
    try {
      return new TextDecoder(named).decode(bytes);
    } catch {
      // A name that no browser knows: as if there were none.
    }
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

export function htmlText(html: string): string {
  const out: string[] = [];
  const walk = (node: DefaultTreeAdapterTypes.Node) => {
    if (node.nodeName === '#text') {
      out.push((node as DefaultTreeAdapterTypes.TextNode).value);
      return;
    }
    if (LEFT_OUT.has(node.nodeName)) return;
    const block = BLOCKS.has(node.nodeName);
    if (block) out.push(' ');
    for (const child of 'childNodes' in node ? node.childNodes : []) walk(child);
    if (block) out.push(' ');
  };
  walk(parse(html));
  return out.join('').replace(/\s+/g, ' ').trim();
}

/** Whether a page asks who one is instead of showing what was asked for. */
export function isWall(html: string, text: string): boolean {
  return (
    /<input[^>]+type\s*=\s*["']?password/i.test(html) ||
    (text.length < 2_000 &&
      /(captcha|are you (a )?(human|robot)|enable javascript|access denied|just a moment|checking your browser|log ?in to continue|sign in to continue|войдите|подтвердите, что вы не робот|доступ (ограничен|запрещ[её]н))/i.test(
        `${text} ${html.slice(0, 4000)}`,
      ))
  );
}

/** Whether a page with status 200 says that there is no page. */
export function isSoftMissing(text: string): boolean {
  return (
    text.length < 3_000 &&
    /(page (was )?not found|error 404|\b404\b|no longer (available|exists)|does not exist|страница не найдена|не существует|ошибка 404|sayfa bulunamadı|seite (wurde )?nicht gefunden|page introuvable|página no encontrada|გვერდი (ვერ მოიძებნა|არ არსებობს)|էջը չի գտնվել|הדף לא נמצא|ไม่พบหน้า|nie znaleziono strony)/iu.test(
      text,
    )
  );
}
