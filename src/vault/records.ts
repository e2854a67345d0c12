/** What is inside the files of cases and attachments. Plain enough to be read in ten years with `age` and an editor. */
import { padded, paddedLength, text, utf8 } from './bytes.ts';
import { VaultError } from './errors.ts';

/** The content of a case: any JSON object. The vault does not look into it. */
export type CaseContent = { readonly [key: string]: unknown };

export type CaseRecord = {
  readonly format: 'foothold-case/1';
  readonly id: string;
  readonly label: string;
  readonly saved: string;
  /** The counter of the saving that this file was written for. */
  readonly written: number;
  readonly content: CaseContent;
};

/** A case is JSON, indented, padded with line feeds. */
export const caseBytes = (record: CaseRecord): Uint8Array => padded(utf8(`${JSON.stringify(record, null, 1)}\n`));

export function readCase(plain: Uint8Array, file: string): CaseRecord {
  let record: CaseRecord;
  try {
    record = JSON.parse(text(plain)) as CaseRecord;
  } catch {
    throw new VaultError('damaged', `${file} opened, but what is in it is no case.`, file);
  }
  if (record?.format !== 'foothold-case/1')
    throw new VaultError('newer-format', `${file} is not of the format foothold-case/1 that this program knows.`, file);
  return record;
}

export type AttachmentHead = {
  readonly format: 'foothold-attachment/1';
  readonly id: string;
  readonly case: string;
  readonly name: string;
  readonly type: string;
  readonly length: number;
  readonly written: number;
};

/** One line of JSON, then the bytes, then padding: `age -d … | tail -n +2 | head -c LENGTH` gives the attachment back. */
export function attachmentBytes(head: AttachmentHead, bytes: Uint8Array): Uint8Array {
  const line = utf8(`${JSON.stringify(head)}\n`);
  const out = new Uint8Array(paddedLength(line.length + bytes.length));
  out.set(line);
  out.set(bytes, line.length);
  return out;
}

export function readAttachment(plain: Uint8Array, file: string): { head: AttachmentHead; bytes: Uint8Array } {
  const cut = plain.indexOf(0x0a);
  try {
    const head = JSON.parse(text(plain.subarray(0, cut))) as AttachmentHead;
    if (head.format === 'foothold-attachment/1' && head.length <= plain.length - cut - 1)
      return { head, bytes: plain.slice(cut + 1, cut + 1 + head.length) };
  } catch {
    // Told below, in words.
  }
  throw new VaultError('damaged', `${file} opened, but what is in it is no attachment.`, file);
}

/** Every path to a value in a content, like `person.documents[0].expires`: what leaves when a case is handed over. */
export function fieldsOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.length ? value.flatMap((v, i) => fieldsOf(v, `${path}[${i}]`)) : [path];
  if (value !== null && typeof value === 'object')
    return Object.entries(value).flatMap(([k, v]) => fieldsOf(v, path ? `${path}.${k}` : k));
  return [path];
}
