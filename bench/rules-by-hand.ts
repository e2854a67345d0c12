/**
 * The sample rule written by hand over typed arrays, three-valued, as a programmer who knows the machine would: the
 * yardstick for the generated kernel. Two styles, since which is faster hangs on the data and the machine.
 */
import type { Columns } from '../src/rules/columns.ts';

const NO_DAY = -2147483648;
const MONTHS = 6;

type Loop = (cols: Columns, count: number, out: Uint8Array) => void;

/** Months from March of year 0 and day of the month in one number; integer calendar after Neri and Schneider. */
function monthOf(day: number): number {
  const quarters = (day * 4 + 2877875) | 0;
  const century = (quarters / 146097) | 0;
  const rest = (quarters - Math.imul(century, 146097)) | 3;
  const year = (rest / 1461) | 0;
  const place = (Math.imul((rest - Math.imul(year, 1461)) >> 2, 2141) + 197913) | 0;
  const month = (Math.imul(century, 1200) + Math.imul(year, 12) + (place >> 16) - 3) | 0;
  return (month << 5) | (((place & 65535) / 2141) | 0);
}

function monthStart(month: number): number {
  const year = (month / 12) | 0;
  const century = (year / 100) | 0;
  const days = (Math.imul(year, 1461) >> 2) - century + (century >> 2);
  return (days + ((Math.imul(month - Math.imul(year, 12), 979) + 16) >> 5) - 719468) | 0;
}

function sixMonthsLater(day: number): number {
  const at = monthOf(day);
  const month = (at >> 5) + MONTHS;
  const there = (monthStart(month) + (at & 31)) | 0;
  if ((at & 31) < 28) return there;
  const last = (monthStart(month + 1) - 1) | 0;
  // biome-ignore lint/complexity/useMathMinMax: what the kernel does too, so that only the rest is compared
  return there < last ? there : last;
}

/** A table that holds 3 for codes of a list, 1 for the unknown code 0. */
export function listTable(size: number, ids: readonly number[]): Uint8Array {
  const table = new Uint8Array(size);
  for (const id of ids) table[id] = 3;
  table[0] = 1;
  return table;
}

type Lists = { readonly shortage: Uint8Array; readonly accepted: Uint8Array };

/** Leaves off as soon as the answer cannot be yes any more; the months are counted in the loop. */
export function shortCircuit({ shortage, accepted }: Lists): Loop {
  return (cols, count, out) => {
    const ages = cols.age as Float64Array;
    const incomes = cols['income@EUR'] as Float64Array;
    const passports = cols.passportExpires as Int32Array;
    const travels = cols.travel as Int32Array;
    const residences = cols.residence as Float64Array;
    const absences = cols.absences as Float64Array;
    const occupations = cols.occupation as Uint16Array;
    const languages = cols.language as Uint16Array;
    const experiences = cols.experience as Float64Array;
    for (let i = 0; i < count; i++) {
      const age = ages[i]!;
      const income = incomes[i]!;
      if (age < 18 || age > 60 || income < 3000000) {
        out[i] = 0;
        continue;
      }
      const residence = residences[i]!;
      const absence = absences[i]!;
      const experience = experiences[i]!;
      const occupation = shortage[occupations[i]!]!;
      const language = accepted[languages[i]!]!;
      const maySettle = !(residence < 60 || absence > 300);
      if (!maySettle && (occupation === 0 || (language === 0 && experience < 3))) {
        out[i] = 0;
        continue;
      }
      const passport = passports[i]!;
      const travel = travels[i]!;
      const known = passport !== NO_DAY && travel !== NO_DAY;
      if (known && passport < sixMonthsLater(travel)) {
        out[i] = 0;
        continue;
      }
      const tied = (residence >= 60 && absence <= 300) || (occupation === 3 && (language === 3 || experience >= 3));
      out[i] = known && tied && age >= 18 && income >= 3000000 ? 1 : 2;
    }
  };
}

/**
 * Computes "may" and "surely" of everything without a branch, but for the months, which are counted only for whom they
 * can still matter; with `derived`, the day the passport must reach comes from a column.
 */
export function branchFree({ shortage, accepted }: Lists, derived: boolean): Loop {
  return (cols, count, out) => {
    const ages = cols.age as Float64Array;
    const incomes = cols['income@EUR'] as Float64Array;
    const passports = cols.passportExpires as Int32Array;
    const travels = cols[derived ? 'travel + P6M (clamp)' : 'travel'] as Int32Array;
    const residences = cols.residence as Float64Array;
    const absences = cols.absences as Float64Array;
    const occupations = cols.occupation as Uint16Array;
    const languages = cols.language as Uint16Array;
    const experiences = cols.experience as Float64Array;
    for (let i = 0; i < count; i++) {
      const age = ages[i]!;
      const income = incomes[i]!;
      const residence = residences[i]!;
      const absence = absences[i]!;
      const experience = experiences[i]!;
      const occupation = shortage[occupations[i]!]!;
      const language = accepted[languages[i]!]!;
      const may =
        +!(age < 18) &
        +!(age > 60) &
        +!(income < 3000000) &
        ((+!(residence < 60) & +!(absence > 300)) | (occupation & (language | +!(experience < 3)))); // prettier-ignore
      const sure =
        +(age >= 18) &
        +(age <= 60) &
        +(income >= 3000000) &
        ((+(residence >= 60) & +(absence <= 300)) | ((occupation >> 1) & ((language >> 1) | +(experience >= 3)))); // prettier-ignore
      if (derived || may !== 0) {
        const passport = passports[i]!;
        const travel = travels[i]!;
        const blank = +(passport === NO_DAY) | +(travel === NO_DAY);
        const valid = +(passport >= (derived ? travel : sixMonthsLater(travel)));
        out[i] = ((may & (valid | blank)) << 1) >> (sure & valid & ~blank);
      } else {
        out[i] = 0;
      }
    }
  };
}
