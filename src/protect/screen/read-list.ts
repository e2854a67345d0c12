/** Reads a list as it was downloaded, whichever it is. Opens no connection; what is not one of the known forms is refused. */
import { type List, ListError, type ListId, type Organisation } from './entries.ts';
import { readCsvList, readJsonList, type Table } from './table-lists.ts';
import { type Node, readRecords } from './xml.ts';
import { OFAC_ROOT, OfacReader, XML_LISTS } from './xml-lists.ts';

/** Signs of a JSON or CSV list that are held at once. */
const LARGEST_TEXT = 400_000_000;

/** The UK list of the Treasury (OFSI), replaced on 28 January 2026 by the UK Sanctions List: its end would look like "nothing found". */
const DEAD = /OFSI|ConsList|FinancialSanctionsTarget/i;

/** A file larger than any official list is. */
export const tooLarge = (): ListError =>
  new ListError('the file is larger than any list.', 'файл больше любого списка.');

/**
 * `head` is the beginning of the file (some kilobytes), `chunks` all of it again. Throws ListError with what was found and what to do.
 */
export async function readList(head: string, chunks: AsyncIterable<string>, sha256: string): Promise<List> {
  const start = head.replace(/^\uFEFF/, '').trimStart();
  if (start === '') throw new ListError('the file is empty. Download it again.', 'файл пуст. Скачайте его заново.');
  if (/^<!doctype html|^<html/i.test(start))
    throw new ListError(
      'this is a web page, not a list: the download may have failed or asked for something. Download the list itself.',
      'это веб-страница, а не список: скачать могло не получиться, или сайт о чём-то спросил. Скачайте сам список.',
    );
  const table = start.startsWith('<') ? await readXml(start, chunks) : await readTable(start, chunks);
  if (table.organisations.length === 0)
    throw new ListError(
      `no organisation was found in it (${table.others} other entries). A list without any is not taken: it would answer "not found" to everything.`,
      `в нём не нашлось ни одной организации (других записей: ${table.others}). Такой список не берём: на всё он ответил бы «не найдено».`,
    );
  return {
    format: 'foothold-list/1',
    list: table.list,
    date: table.date,
    sha256,
    organisations: table.organisations,
    others: table.others,
  };
}

async function readTable(start: string, chunks: AsyncIterable<string>): Promise<Table> {
  let text = '';
  for await (const c of chunks) {
    text += c;
    if (text.length > LARGEST_TEXT) throw tooLarge();
  }
  text = text.replace(/^\uFEFF/, '');
  if (DEAD.test(start.slice(0, 200)))
    throw new ListError(
      'this is the list of the UK Treasury (OFSI), which ended on 28 January 2026. Download the UK Sanctions List instead.',
      'это список Казначейства Великобритании (OFSI), он прекращён 28 января 2026 года. Скачайте вместо него UK Sanctions List.',
    );
  return start.startsWith('{') || start.startsWith('[') ? readJsonList(text) : readCsvList(text);
}

async function readXml(start: string, chunks: AsyncIterable<string>): Promise<Table> {
  const root = /<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s>/]/.exec(
    start.replace(/<\?[\s\S]*?\?>|<!--[\s\S]*?-->/g, ''),
  )?.[2];
  if (root !== undefined && DEAD.test(root))
    throw new ListError(
      'this is the list of the UK Treasury (OFSI), which ended on 28 January 2026. Download the UK Sanctions List instead.',
      'это список Казначейства Великобритании (OFSI), он прекращён 28 января 2026 года. Скачайте вместо него UK Sanctions List.',
    );
  if (root === OFAC_ROOT) return readOfac(chunks);
  const known = XML_LISTS.find((l) => l.roots.includes(root ?? ''));
  if (!known) {
    const expected = [OFAC_ROOT, ...XML_LISTS.flatMap((l) => l.roots)].join(', ');
    throw new ListError(
      `an XML file whose first element is <${root ?? '?'}>, which is no list known here. Expected one of: ${expected}.`,
      `файл XML, первый элемент — <${root ?? '?'}>; такой список здесь не известен. Ожидается один из: ${expected}.`,
    );
  }
  const read = known.reader();
  const organisations: Organisation[] = [];
  let others = 0;
  let date: string | undefined;
  await readRecords(
    chunks,
    new Set(known.records),
    (node) => {
      const o = read(node);
      if (o) organisations.push(o);
      else others++;
    },
    (r) => {
      date = known.date(r);
    },
  );
  return { list: known.list as ListId, date: date ?? null, organisations, others };
}

async function readOfac(chunks: AsyncIterable<string>): Promise<Table> {
  const reader = new OfacReader();
  let date: string | null = null;
  await readRecords(chunks, new Set([...OfacReader.records, 'DateOfIssue']), (node: Node) => {
    if (node.name === 'DateOfIssue')
      date ??= ['Year', 'Month', 'Day']
        .map((n) =>
          node.children
            .find((c) => c.name === n)
            ?.text.trim()
            .padStart(2, '0'),
        )
        .join('-');
    else reader.take(node);
  });
  return { list: 'us-ofac', date, organisations: reader.finish(), others: reader.others };
}
