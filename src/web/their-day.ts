/**
 * The day where an authority is, beside the day of this device: near midnight, and for who is in another part of the world, they differ. The
 * browser's own table of time zones is asked; where it has none for a country, the answer is that it is not known.
 */

/** So many days before a deadline it is said. */
export const NEAR_DAYS = 7;

type Zoned = Intl.Locale & { getTimeZones?: () => string[]; readonly timeZones?: string[] };

/** The days it is now in a country, earliest first (several where it has several zones); undefined where the browser does not know its zones. */
export function daysIn(country: string, now: Date): readonly string[] | undefined {
  let zones: readonly string[] | undefined;
  try {
    const locale = new Intl.Locale(`und-${country.toUpperCase()}`) as Zoned;
    zones = locale.getTimeZones?.() ?? locale.timeZones;
    if (!zones?.length) return undefined;
    // The Swedish way of writing a day is the one used here: 2026-11-23.
    return [...new Set(zones.map((timeZone) => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(now)))].sort();
  } catch {
    return undefined;
  }
}

/** Days from one day to another, both like 2026-11-23. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T12:00:00Z`) - Date.parse(`${from}T12:00:00Z`)) / 86_400_000);
