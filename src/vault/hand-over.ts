/** One case for somebody else: a lawyer, another adviser. A single age file that only their key opens. */
import { decryptWith, encryptTo, isRecipient } from './age.ts';
import { padded, text, utf8 } from './bytes.ts';
import { VaultError } from './errors.ts';
import { type CaseContent, fieldsOf } from './records.ts';

type Parcel = {
  readonly format: 'foothold-hand-over/1';
  readonly label: string;
  readonly saved: string;
  readonly content: CaseContent;
};

export type HandOver = {
  readonly bytes: Uint8Array;
  /** Every field that leaves, like `person.documents[0].expires`: to be shown before it does. */
  readonly fields: readonly string[];
};

/** `content` is what leaves and nothing else: the face lets the person strike out fields first. */
export async function handOver(recipient: string, label: string, content: CaseContent, now: string): Promise<HandOver> {
  if (!(await isRecipient(recipient)))
    throw new VaultError(
      'bad-recipient',
      `"${recipient.slice(0, 80)}" is no age recipient. Expected: age1 and 58 more letters and digits. The one who shall receive the case shows it with "foothold vault key".`,
    );
  const parcel: Parcel = { format: 'foothold-hand-over/1', label, saved: now, content };
  return {
    bytes: await encryptTo(padded(utf8(`${JSON.stringify(parcel, null, 1)}\n`)), [recipient]),
    fields: fieldsOf(content),
  };
}

/** Opens a hand-over with the vault's own identity. Age does not say who sent it: ask the sender by another way. */
export async function receive(
  bytes: Uint8Array,
  identity: string,
): Promise<{ label: string; saved: string; content: CaseContent }> {
  let parcel: Parcel;
  try {
    parcel = JSON.parse(text(await decryptWith(bytes, identity))) as Parcel;
  } catch {
    throw new VaultError(
      'damaged',
      'This file was not made for this vault, or is damaged. Ask the sender for which key it was made; yours is shown by "foothold vault key".',
    );
  }
  const content = parcel?.content;
  if (
    parcel?.format !== 'foothold-hand-over/1' ||
    typeof content !== 'object' ||
    content === null ||
    Array.isArray(content) ||
    typeof parcel.label !== 'string'
  )
    throw new VaultError('bad-input', 'The file opened, but is no case that was handed over.');
  return { label: parcel.label, saved: String(parcel.saved), content };
}
