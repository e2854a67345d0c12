// A change to the law written as a patch, and what it would open or close for one person: what a proposal means, asked of
// the same code as the law in force.
//   node examples/write-a-patch.mjs [PERSON.yaml]
import { checkRoute, startOf } from 'foothold/check';
import { applyPatch, ofKind, parseDay, readPatch } from 'foothold/law';
import { law, packaged, personIn } from './read.mjs';

const PATCH = `
title: {en: "Consulates take applications from anywhere", ru: "Консульства принимают заявления отовсюду"}
why: {en: "An example: a proposal of nobody's.", ru: "Пример: такого никто не предлагал."}
kind: proposed
changes:
  - {file: de/blue-card, where: [consulate, online], consulate: anywhere, from: 2027-01-01}
  - {close: de/opportunity-card, from: 2027-01-01}
`;

const [file = packaged('people/irina.yaml')] = process.argv.slice(2);
const book = law();
const patched = applyPatch(book, readPatch('the patch', PATCH, book));
const person = personIn(file, book);

const on = parseDay('2027-02-01');
for (const id of ['de/blue-card', 'de/opportunity-card']) {
  const [before, after] = [book, patched].map((law) => {
    const route = ofKind(law, 'route').find((r) => r.id === id);
    const check = checkRoute(law, route, startOf(law, person, on), on);
    return `${check.outcome}, may file: ${check.filing.may}`;
  });
  console.log(`${id}\t${before}\t→\t${after}`);
}
