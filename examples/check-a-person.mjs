// Every route of one country for one person on one day: yes, no or unknown, and what is asked before it can be said.
//   node examples/check-a-person.mjs [PERSON.yaml] [COUNTRY]
import { checkRoutes, startOf } from 'foothold/check';
import { ofKind, parseDay } from 'foothold/law';
import { law, packaged, personIn } from './read.mjs';

const [file = packaged('people/dmitri.yaml'), country = 'rs'] = process.argv.slice(2);
const book = law();
const person = personIn(file, book);

const on = parseDay('2026-11-23');
const ids = ofKind(book, 'route')
  .filter((route) => route.jurisdiction === country)
  .map((route) => route.id);
for (const route of checkRoutes(book, startOf(book, person, on), on, ids))
  console.log(`${route.outcome}\t${route.route}\t${route.title.en}`);
