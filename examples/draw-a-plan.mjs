// Verified, dated ways to permanent residence for one person: the same answer as `foothold plan`.
//   node examples/draw-a-plan.mjs [PERSON.yaml]
import { answerPlan } from 'foothold/answers';
import { startOf } from 'foothold/check';
import { formatDay, parseDay } from 'foothold/law';
import { law, packaged, personIn } from './read.mjs';

const [file = packaged('people/irina.yaml')] = process.argv.slice(2);
const book = law();
const person = personIn(file, book);

const start = startOf(book, person, parseDay('2026-11-23'));
const answer = answerPlan(book, start, { kind: 'permanent' }, { processing: 'longest' });
// A plan that the second reader cannot justify is not among them.
for (const { plan } of answer.plans) {
  console.log(`Plan of ${plan.metrics.daysToGoal} days, EUR ${plan.metrics.costEur}`);
  for (const leg of plan.legs)
    console.log(`  ${formatDay(leg.day)}\t${leg.kind}\t${leg.kind === 'enter' ? leg.under : leg.route}`);
}
