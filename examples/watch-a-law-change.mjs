// What changed in the law between two days, and what each change means for one person: for a feed or a reminder of your own.
//   node examples/watch-a-law-change.mjs [PERSON.yaml] [FROM] [TO]
import { changes, startOf } from 'foothold/check';
import { parseDay } from 'foothold/law';
import { law, packaged, personIn } from './read.mjs';

const [file = packaged('people/dmitri.yaml'), first = '2026-01-01', last = '2026-11-23'] = process.argv.slice(2);
const book = law();
const person = personIn(file, book);
const [from, to] = [parseDay(first), parseDay(last)];
if (from === undefined || to === undefined) throw new Error('Expected: two days, like 2026-01-01 2026-11-23.');

for (const change of changes(book, from, to, startOf(book, person, to)))
  if (change.affects !== 'none')
    console.log(`${change.day}\t${change.affects}\t${change.provision}\t${change.what.en}`);
