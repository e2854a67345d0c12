/**
 * JavaScript functions that a kernel's text may need beside its loop, as text. Only those that a kernel calls are
 * put into it. The calendar ones do in whole numbers what `src/calendar/civil.ts` does; a test compares the two.
 */

/** Each helper's text and the helpers it calls. `RATES` and `ANY` are declared by whoever assembles the text. */
export const HELPERS = {
  monthOf: {
    needs: [],
    text: `\
/** Months since March of year 0, times 32, plus the day of the month counted from 0. Good for years 0 to 9999. */
function monthOf(day) {
  const quarters = (day * 4 + 2877875) | 0;
  const century = (quarters / 146097) | 0;
  const inCentury = (quarters - Math.imul(century, 146097)) | 3;
  const year = (inCentury / 1461) | 0;
  const place = (Math.imul((inCentury - Math.imul(year, 1461)) >> 2, 2141) + 197913) | 0;
  const month = (Math.imul(century, 1200) + Math.imul(year, 12) + (place >> 16) - 3) | 0;
  return (month << 5) | (((place & 65535) / 2141) | 0);
}`,
  },
  monthStart: {
    needs: [],
    text: `\
/** The first day of a month counted from March of year 0. */
function monthStart(month) {
  const year = (month / 12) | 0;
  const century = (year / 100) | 0;
  const days = (Math.imul(year, 1461) >> 2) - century + (century >> 2);
  return (days + ((Math.imul(month - Math.imul(year, 12), 979) + 16) >> 5) - 719468) | 0;
}`,
  },
  addMonths: {
    needs: ['monthOf', 'monthStart'],
    text: `\
/** A day so many months later; a day the month does not have becomes its last (roll 0) or the one after it (roll 1). */
function addMonths(day, months, roll) {
  const at = monthOf(day);
  const month = ((at >> 5) + months) | 0;
  const there = (monthStart(month) + (at & 31)) | 0;
  if ((at & 31) < 28) return there;
  const last = (monthStart(month + 1) - 1 + roll) | 0;
  return there < last ? there : last;
}`,
  },
  monthsBetween: {
    needs: ['monthOf', 'monthStart'],
    text: `\
/** Months completed from a to b; begun on a day that a month lacks, a month is complete on its last day. */
function monthsBetween(a, b) {
  const first = a < b ? a : b;
  const last = a < b ? b : a;
  const from = monthOf(first);
  const to = monthOf(last);
  const begun = (to >> 5) - (from >> 5);
  const complete = (to & 31) >= (from & 31) || last + 1 === monthStart((to >> 5) + 1);
  const months = complete ? begun : begun - 1;
  return a <= b ? months : -months;
}`,
  },
  yearsBetween: {
    needs: ['monthsBetween'],
    text: `\
/** Years completed from a to b. */
function yearsBetween(a, b) {
  return (monthsBetween(a, b) / 12) | 0;
}`,
  },
  compareDurations: {
    needs: [],
    text: `\
/** Negative, 0 or positive as a is shorter, equal or longer than b; NaN where it hangs on which months are meant. */
function compareDurations(aMonths, aDays, bMonths, bDays) {
  const months = aMonths - bMonths;
  const days = aDays - bDays;
  if (months === 0) return days;
  const size = Math.abs(months);
  const years = Math.floor(size / 12);
  const least = years * 365 + (size % 12) * 28;
  const most = years * 366 + (size % 12) * 31;
  if (days + (months > 0 ? least : -most) > 0) return 1;
  return days + (months > 0 ? most : -least) < 0 ? -1 : NaN;
}`,
  },
  finite: {
    needs: [],
    text: `\
/** A division by nothing is unknown. */
function finite(number) {
  return number - number === 0 ? number : NaN;
}`,
  },
  centsIn: {
    needs: [],
    text: `\
/** Whole minor units of an amount, told in another currency. */
function centsIn(amount, from, to) {
  const cents = Math.round(amount * 100);
  return from === to || from === ANY || to === ANY ? cents : Math.round(cents * RATES[from * 256 + to]);
}`,
  },
  amountIn: {
    needs: ['centsIn'],
    text: `\
/** An amount told in another currency, as it is where the currency is the same. */
function amountIn(amount, from, to) {
  return from === to || to === ANY ? amount : centsIn(amount, from, to) / 100;
}`,
  },
  lookup: {
    needs: [],
    text: `\
/** A table by code id: 3 for the codes of a list, 0 for the others, 1 for an unknown code (id 0). */
function lookup(size, ids) {
  const table = new Uint8Array(size);
  for (const id of ids) table[id] = 3;
  table[0] = 1;
  return table;
}`,
  },
} as const satisfies { readonly [name: string]: { readonly needs: readonly string[]; readonly text: string } };

export type HelperName = keyof typeof HELPERS;

/** The texts of the given helpers and of those they call, each once, in the order of the list above. */
export function helperTexts(used: ReadonlySet<HelperName>): string[] {
  const wanted = new Set<string>();
  const want = (name: HelperName): void => {
    if (wanted.has(name)) return;
    wanted.add(name);
    for (const other of HELPERS[name].needs) want(other);
  };
  for (const name of used) want(name);
  return Object.entries(HELPERS).flatMap(([name, helper]) => (wanted.has(name) ? [helper.text] : []));
}
