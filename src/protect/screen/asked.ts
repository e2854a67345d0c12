/** What somebody typed, one name or number a line, as a question to the lists. */
import { identifiersIn, readIdentifier } from './identifiers.ts';
import type { Asked } from './screen.ts';

export type Question = {
  readonly asked: Asked;
  /** What looks like an INN or OGRN whose control digits do not fit: a slip, or an ordinary number. */
  readonly doubtful: readonly string[];
};

/** Blank lines are passed over; nothing at all is an empty question. */
export function questionOf(lines: readonly string[]): Question {
  const names: string[] = [];
  const identifiers: Asked['identifiers'][number][] = [];
  const doubtful: string[] = [];
  for (const raw of lines) {
    const text = raw.trim();
    if (text === '') continue;
    const number = readIdentifier(text);
    const within = identifiersIn(text);
    if (within.length) identifiers.push(...within);
    else if (number && (number.kind !== 'registration' || /^[\d\s.\-/]+$/.test(text))) identifiers.push(number);
    else names.push(text);
    const bare = text.replace(/\D/g, '');
    if (
      /^(?:inn|инн|ogrn|огрн)?\W*[\d\s]+$/iu.test(text) &&
      [10, 12, 13, 15].includes(bare.length) &&
      !within.length &&
      (!number || number.kind === 'registration')
    )
      doubtful.push(text);
  }
  return { asked: { names, identifiers }, doubtful };
}
