/** Tax and registration numbers. A number that fits is far better evidence than a name. */

export type IdentifierKind = 'inn' | 'ogrn' | 'registration';
export type Identifier = { readonly kind: IdentifierKind; readonly value: string };

const digitsOf = (text: string): string => text.replace(/[\s.\-–/]/g, '');

const control = (digits: string, weights: readonly number[]): number =>
  (weights.reduce((sum, w, i) => sum + w * Number(digits[i]), 0) % 11) % 10;

/** Russian taxpayer number: 10 digits of an organisation or 12 of a person or sole trader, with its control digits. */
export function isInn(text: string): boolean {
  if (/^\d{10}$/.test(text)) return control(text, [2, 4, 10, 3, 5, 9, 4, 6, 8]) === Number(text[9]);
  if (/^\d{12}$/.test(text))
    return (
      control(text, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) === Number(text[10]) &&
      control(text, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) === Number(text[11])
    );
  return false;
}

/** Russian registration number: 13 digits of an organisation or 15 of a sole trader; the last is the rest of the others by 11 or 13. */
export function isOgrn(text: string): boolean {
  if (!/^(\d{13}|\d{15})$/.test(text)) return false;
  const by = text.length === 13 ? 11n : 13n;
  return Number((BigInt(text.slice(0, -1)) % by) % 10n) === Number(text.at(-1));
}

/** A number as somebody typed or a list printed it. Undefined where it has fewer than five signs that tell one from another. */
export function readIdentifier(text: string): Identifier | undefined {
  const digits = digitsOf(text);
  if (isInn(digits)) return { kind: 'inn', value: digits };
  if (isOgrn(digits)) return { kind: 'ogrn', value: digits };
  const plain = text.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');
  return /\d/.test(plain) && plain.length >= 5 && plain.length <= 40
    ? { kind: 'registration', value: plain }
    : undefined;
}

/** The Russian numbers named as such in running text ("INN 7707083893", "ОГРН: 1027700132195"). Others are not guessed at. */
export function identifiersIn(text: string): Identifier[] {
  const out: Identifier[] = [];
  for (const m of text.matchAll(
    /(?:INN|ИНН|ІПН|Tax(?:payer)? ?(?:ID|No|Identification)[^:\d]{0,30}|OGRN|ОГРН)\D{0,20}(\d{10}(?:\d{2,5})?)(?!\d)/giu,
  )) {
    const id = readIdentifier(m[1] as string);
    if (id && id.kind !== 'registration') out.push(id);
  }
  return out;
}
