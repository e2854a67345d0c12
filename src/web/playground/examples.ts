/** What the playground begins with. Invented, but of the shapes that the law has. */
import type { Asked } from './answer.ts';

export type Example = Asked & { readonly title: string };

const ON = '2026-11-23';

export const EXAMPLES: readonly Example[] = [
  {
    title: 'A salary floor, just missed',
    condition: 'offer.salaryYear >= salaryMin',
    facts: 'offer.salaryYear: 48299 EUR',
    params: 'salaryMin: {unit: EUR/year, value: 48300}',
    on: ON,
    monthEnd: undefined,
  },
  {
    title: 'A blank is unknown, not "no"',
    condition: 'not(exposure.wanted) and passport.biometric = yes',
    facts: 'passport.biometric: yes',
    params: '',
    on: ON,
    monthEnd: undefined,
  },
  {
    title: 'A passport that must outlast the day by six months',
    condition: 'passport.expires >= on + passportMargin',
    facts: 'passport.expires: 2027-05-22',
    params: 'passportMargin: {unit: duration, value: P6M}',
    on: ON,
    monthEnd: 'clamp',
  },
  {
    title: 'A spouse from the European Union',
    condition: 'some f in family satisfies f.relation = "spouse" and overlaps(f.citizenships, area.eu)',
    facts: 'family:\n  - {relation: spouse, citizenships: [fr]}\n  - {relation: child, citizenships: [ru]}',
    params: '',
    on: ON,
    monthEnd: undefined,
  },
  {
    title: 'What is refused: a number in a condition',
    condition: 'age between 18 and ageMax',
    facts: 'age: 30',
    params: 'ageMax: {unit: years, value: 35}',
    on: ON,
    monthEnd: undefined,
  },
];
