/**
 * The tables of a run: a line each scenario, draw, subgroup or country, day and figure. Thousands of draws are more lines than a text can
 * hold, so they are made and written one after the other.
 */
import { join } from 'node:path';
import { formatDay } from '../calendar/civil.ts';
import { MEASURES, measure } from '../lab/compare.ts';
import { STATES, UNITS } from '../lab/counters.ts';
import type { Lang } from '../law/say.ts';
import { csv } from './columns.ts';
import { type ColumnTypes, writeLines, writeParquet } from './lab-parquet.ts';
import type { Ran } from './lab-run.ts';

/** The tables of a run in a folder, as CSV and, if asked for, as Parquet. */
export async function writeTables(out: string, ran: Ran, parquet: boolean, lang: Lang): Promise<void> {
  writeLines(join(out, 'results.csv'), resultsLines(ran));
  writeLines(join(out, 'hosts.csv'), hostsLines(ran));
  if (!parquet) return;
  await writeParquet(join(out, 'counters.parquet'), countersLines(ran), COUNTERS, lang);
  await writeParquet(join(out, 'stock.parquet'), hostsLines(ran), STOCK, lang);
}

/** One line a scenario, draw, subgroup, period and measure. */
function* resultsLines(ran: Ran): Generator<string> {
  yield csv(['scenario', 'draw', 'parameters', 'subgroup', 'day', 'measure', 'people']);
  for (const [s, list] of ran.outcomes.entries()) {
    const id = s === 0 ? 'law' : (ran.plan.scenarios[s - 1] as string);
    for (const [d, o] of list.entries()) {
      for (const [k, g] of ran.groups.entries()) {
        for (const [period, day] of o.days.entries()) {
          for (const m of MEASURES)
            yield csv([
              id,
              d,
              d < ran.plan.replicates ? 'centre' : 'drawn',
              g,
              formatDay(day),
              m,
              measure(o, m, k, period, false).toFixed(3),
            ]);
        }
      }
    }
  }
}

const COUNTERS: ColumnTypes = {
  scenario: 'VARCHAR',
  draw: 'INTEGER',
  subgroup: 'VARCHAR',
  day: 'DATE',
  state: 'VARCHAR',
  units: 'BIGINT',
};

/** The whole numbers themselves, in thousandths of a person: one line a scenario, draw, subgroup, period and state. */
function* countersLines(ran: Ran): Generator<string> {
  yield csv(Object.keys(COUNTERS));
  for (const [s, list] of ran.outcomes.entries()) {
    const id = s === 0 ? 'law' : (ran.plan.scenarios[s - 1] as string);
    for (const [d, o] of list.entries()) {
      for (const [k, g] of ran.groups.entries()) {
        for (const [period, day] of o.days.entries()) {
          for (const [x, state] of STATES.entries()) {
            const people = o.states[(k * o.days.length + period) * STATES.length + x] as number;
            yield csv([id, d, g, formatDay(day), state, Math.round(people * UNITS)]);
          }
        }
      }
    }
  }
}

const STOCK: ColumnTypes = {
  scenario: 'VARCHAR',
  draw: 'INTEGER',
  country: 'VARCHAR',
  month: 'VARCHAR',
  people: 'DOUBLE',
};

/** One line a scenario, draw, country and month. */
function* hostsLines(ran: Ran): Generator<string> {
  yield csv(['scenario', 'draw', 'country', 'month', 'people']);
  for (const [s, list] of ran.outcomes.entries()) {
    const id = s === 0 ? 'law' : (ran.plan.scenarios[s - 1] as string);
    for (const [d, o] of list.entries()) {
      for (const [k, h] of [...ran.hosts, 'other'].entries()) {
        for (let m = 0; m < o.months; m++) {
          const total = 2022 * 12 + 1 + m;
          yield csv([
            id,
            d,
            h,
            `${Math.floor(total / 12)}-${String((total % 12) + 1).padStart(2, '0')}`,
            (o.stock[k * o.months + m] as number).toFixed(3),
          ]);
        }
      }
    }
  }
}
