/**
 * A person file with the files of the family after it in one text, so that a case stays whole where there is no folder: in a vault, in a pipe,
 * in the page. Each file of a family member begins with a line that bears its name:
 *
 *     --- # file: dmitri.yaml
 *
 * which to any YAML reader is the beginning of another document.
 */
export type Bundle = {
  /** The person's own file. */
  readonly text: string;
  /** Texts of family members' files by name. */
  readonly members: { readonly [name: string]: string };
};

const MARK = /^--- # file: ([^\r\n/\\]{1,200})\r?$/gm;

/** Takes a text apart. A text without such lines is the person's own file alone. */
export function splitBundle(whole: string): Bundle {
  const marks = [...whole.matchAll(MARK)];
  const first = marks[0];
  if (!first) return { text: whole, members: {} };
  return {
    text: whole.slice(0, first.index),
    members: Object.fromEntries(
      marks.map((m, i) => [
        (m[1] as string).trim(),
        whole.slice(m.index + m[0].length + 1, marks[i + 1]?.index ?? whole.length),
      ]),
    ),
  };
}

const ended = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

/** Puts them together again. */
export function joinBundle(b: Bundle): string {
  return (
    ended(b.text) +
    Object.entries(b.members)
      .map(([name, text]) => `--- # file: ${name}\n${ended(text)}`)
      .join('')
  );
}
