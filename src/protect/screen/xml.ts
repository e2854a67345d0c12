/** Reads the records of an XML file one at a time, in bounded memory, and trusts nothing of it: no document types, no entities of its own. */
import { SaxesParser } from 'saxes';
import { ListError } from './entries.ts';

export type Node = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
  readonly children: Node[];
};

const DEEPEST = 60;
/** Signs of text and attributes in one record. The largest of real lists are below a tenth of it. */
const LARGEST = 4_000_000;

/**
 * Calls `onRecord` with every element of one of the names, as a tree, and `onRoot` with the first element. Names are told without their
 * prefix. Throws ListError, with the line, where the file is not well formed or larger in one place than any list.
 */
export async function readRecords(
  chunks: AsyncIterable<string>,
  names: ReadonlySet<string>,
  onRecord: (node: Node) => void,
  onRoot: (node: Node) => void = () => undefined,
): Promise<void> {
  const parser = new SaxesParser({ xmlns: false });
  let failed: ListError | undefined;
  const fail = (en: string, ru: string) => {
    failed ??= new ListError(`line ${parser.line}: ${en}`, `строка ${parser.line}: ${ru}`);
  };
  const tooLarge = () => fail('one record is larger than any list has.', 'одна запись больше, чем бывает в списках.');
  const open: Node[] = [];
  let depth = 0;
  let size = 0;
  /** Signs read since the last beginning or end of an element: the parser keeps them all until the next. */
  let since = 0;
  parser.on('error', (e) => {
    const reason = e.message.replace(/^[^ ]* /, '');
    fail(
      `not well-formed XML (${reason}). The file may be cut short: download it again.`,
      `XML составлен неправильно (${reason}). Файл мог скачаться не целиком: скачайте его заново.`,
    );
  });
  parser.on('doctype', () =>
    fail(
      'the file declares a document type. Official lists do not; it is not read.',
      'файл объявляет тип документа. В официальных списках этого нет; мы его не читаем.',
    ),
  );
  parser.on('opentag', (tag) => {
    since = 0;
    depth++;
    if (depth > DEEPEST)
      fail(
        `more than ${DEEPEST} elements inside each other; no list is built like this.`,
        `больше ${DEEPEST} вложенных элементов; списки так не устроены.`,
      );
    const name = local(tag.name);
    const attributes: Record<string, string> = {};
    for (const [k, v] of Object.entries(tag.attributes)) {
      attributes[local(k)] = String(v);
      size += String(v).length;
    }
    const node: Node = { name, attributes, text: '', children: [] };
    if (depth === 1) onRoot(node);
    const parent = open.at(-1);
    if (parent) parent.children.push(node);
    if (parent || names.has(name)) open.push(node);
    if (size > LARGEST) tooLarge();
  });
  parser.on('text', (t) => {
    const node = open.at(-1);
    if (!node) return;
    node.text += t;
    size += t.length;
    if (size > LARGEST) tooLarge();
  });
  parser.on('cdata', (t) => {
    const node = open.at(-1);
    if (node) node.text += t;
    size += t.length;
  });
  parser.on('closetag', () => {
    since = 0;
    depth--;
    const node = open.pop();
    if (node && open.length === 0) {
      size = 0;
      if (!failed) onRecord(node);
    }
  });
  for await (const chunk of chunks) {
    since += chunk.length;
    parser.write(chunk);
    if (since > LARGEST) tooLarge();
    if (failed) throw failed;
  }
  parser.close();
  if (failed) throw failed;
  if (depth !== 0)
    throw new ListError(
      `line ${parser.line}: the file ends too early. Download it again.`,
      `строка ${parser.line}: файл обрывается. Скачайте его заново.`,
    );
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** All elements of a name below a node, at any depth. */
export function all(node: Node, name: string): Node[] {
  return node.children.flatMap((c) => (c.name === name ? [c, ...all(c, name)] : all(c, name)));
}
export const child = (node: Node, name: string): Node | undefined => node.children.find((c) => c.name === name);
export const children = (node: Node, name: string): Node[] => node.children.filter((c) => c.name === name);
/** The text of the first child of a name, trimmed; undefined where there is none or it is blank. */
export const textOf = (node: Node | undefined, name?: string): string | undefined => {
  const n = name === undefined ? node : node && child(node, name);
  const t = n?.text.replace(/\s+/g, ' ').trim();
  return t ? t : undefined;
};
export const texts = (node: Node, name: string): string[] => all(node, name).flatMap((n) => textOf(n) ?? []);
