/** The sample rule for other rule engines, each in its own words; every function returns how many persons are eligible. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { evaluate as evaluateFeel } from 'feelin';
import { LogicEngine } from 'json-logic-engine';
import Publicodes from 'publicodes';
import { formatDay } from '../src/calendar/civil.ts';
import { ACCEPTED, SHORTAGE } from './sample-rule.ts';

/** One person with every fact known. `threshold` is `travel` plus six months, for engines that cannot add months. */
export type Applicant = {
  readonly age: number;
  readonly income: number;
  readonly passportExpires: number;
  readonly travel: number;
  readonly threshold: number;
  readonly residence: number;
  readonly absences: number;
  readonly occupation: string;
  readonly language: string;
  readonly experience: number;
};

type Count = (people: readonly Applicant[]) => number;

const at = (name: string): { readonly var: string } => ({ var: name });

/** json-logic-engine, compiled once. */
export function jsonLogic(): Count {
  const eligible = new LogicEngine().build({
    and: [
      { '>=': [at('age'), 18] },
      { '<=': [at('age'), 60] },
      { '>=': [at('income'), 30000] },
      { '>=': [at('passportExpires'), at('threshold')] },
      {
        or: [
          { and: [{ '>=': [at('residence'), 60] }, { '<=': [at('absences'), 300] }] },
          {
            and: [
              { in: [at('occupation'), SHORTAGE] },
              { or: [{ in: [at('language'), ACCEPTED] }, { '>=': [at('experience'), 3] }] },
            ],
          },
        ],
      },
    ],
  }) as (person: Applicant) => unknown;
  return (people) => {
    let count = 0;
    for (const person of people) if (eligible(person)) count++;
    return count;
  };
}

/** publicodes, parsed once; a situation a person. */
export function publicodes(): Count {
  const asked = [
    'age',
    'income',
    'passport',
    'threshold',
    'residence',
    'absences',
    'occupation',
    'language',
    'experience',
  ];
  const oneOf = (fact: string, codes: readonly string[]): object => ({
    'une de ces conditions': codes.map((code) => `${fact} = '${code}'`),
  });
  const rules = {
    ...Object.fromEntries(asked.map((name) => [name, { question: name }])),
    eligible: {
      'toutes ces conditions': [
        'age >= 18',
        'age <= 60',
        'income >= 30000',
        'passport >= threshold',
        {
          'une de ces conditions': [
            { 'toutes ces conditions': ['residence >= 60', 'absences <= 300'] },
            {
              'toutes ces conditions': [
                oneOf('occupation', SHORTAGE),
                { 'une de ces conditions': [oneOf('language', ACCEPTED), 'experience >= 3'] },
              ],
            },
          ],
        },
      ],
    },
  };
  const engine = new Publicodes(rules as ConstructorParameters<typeof Publicodes>[0]);
  return (people) => {
    let count = 0;
    for (const person of people) {
      engine.setSituation({
        age: person.age,
        income: person.income,
        passport: person.passportExpires,
        threshold: person.threshold,
        residence: person.residence,
        absences: person.absences,
        occupation: `'${person.occupation}'`,
        language: `'${person.language}'`,
        experience: person.experience,
      });
      if (engine.evaluate('eligible').nodeValue === true) count++;
    }
    return count;
  };
}

/** feelin, which has no way to compile an expression once. It adds the months itself. */
export function feelin(): Count {
  const listed = (codes: readonly string[], name: string): string =>
    `list contains([${codes.map((code) => `"${code}"`).join(', ')}], ${name})`;
  const text =
    'age >= 18 and age <= 60 and income >= 30000 and date(passportExpires) >= date(travel) + duration("P6M") and ' +
    `((residence >= 60 and absences <= 300) or (${listed(SHORTAGE, 'occupation')} and ` +
    `(${listed(ACCEPTED, 'language')} or experience >= 3)))`;
  return (people) => {
    let count = 0;
    for (const person of people) {
      const dates = { passportExpires: formatDay(person.passportExpires), travel: formatDay(person.travel) };
      if (evaluateFeel(text, { ...person, ...dates }).value === true) count++;
    }
    return count;
  };
}

/** DuckDB: how many of a table's persons are not eligible, are, and cannot be told. */
export async function countInDuckDb(
  connection: DuckDBConnection,
  sql: string,
  name: string,
): Promise<[number, number, number]> {
  const answer = `coalesce((${sql})::INTEGER, 2)`;
  const counts = [0, 1, 2].map((code) => `count(*) FILTER (answer = ${code})::INTEGER`).join(', ');
  const result = await connection.runAndReadAll(`SELECT ${counts} FROM (SELECT ${answer} AS answer FROM ${name})`);
  return result.getRows()[0] as [number, number, number];
}
