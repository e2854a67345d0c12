// A table of your own in the lab: who has which kind of home open on a day. The table never leaves this program.
// What may not be concluded from it: docs/lab.md.
//   node examples/own-microdata.mjs [TABLE.csv MAPPING.yaml]
import { readFileSync } from 'node:fs';
import { coverage, readMapping, readMicrodata, readSubgroups } from 'foothold/lab';
import { parseDay } from 'foothold/law';
import { law, packaged } from './read.mjs';

const MAPPING = `
weight: w
facts:
  now.country: country
  person.born: born
  person.sex: {column: sex, values: {F: female, M: male}}
  work.occupation: job
  work.incomeMonth: income
passport: {kind: {column: passport, values: {zagran: passport, vnutr: internal-passport}}, biometric: chip, expires: until}
all: {person.citizenships: [ru], stays: [], statuses: [], offers: [], claims: [], family: []}
`;
const TABLE = `w,country,born,sex,job,income,passport,chip,until
120.5,ge,1990-04-12,F,software-developer,2500 EUR,zagran,no,2028-02-01
80,am,1985-01-01,M,journalist,,vnutr,,
`;

const [table, mapping] = process.argv.slice(2);
const text = (path, example) => (path === undefined ? example : readFileSync(path, 'utf8'));
const book = law();
const columns = readMapping({ file: mapping ?? 'the mapping', text: text(mapping, MAPPING) }, book.schema);
const people = readMicrodata(table ?? 'the table', text(table, TABLE), columns, book.schema);
const groups = readSubgroups(
  { file: 'subgroups.yaml', text: readFileSync(packaged('diaspora/subgroups.yaml'), 'utf8') },
  book.schema,
);

const answer = coverage(book, people, groups, parseDay('2026-11-23'), { brief: true });
for (const group of answer.subgroups) {
  if (group.people === 0) continue;
  const { right, discretion, question, none } = group.home;
  console.log([group.id, group.people, right, discretion, question, none].join('\t'));
}
