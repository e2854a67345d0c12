/** The passports of invented persons over time. */
import type { Document } from '../person/types.ts';
import type { Day } from '../rules/ir.ts';
import type { Attribute } from './population-file.ts';

/** In how many steps the ends of passports are spread over their validity. */
export const DOC_STEPS = 20;
/** Days before a passport ends on which a person who can goes for a new one. */
const RENEW_AHEAD = 180;

/**
 * Passports on a day, of the kind known for the day `described`. Whoever can deal with a consulate (`canRenew`) gets the next one
 * half a year before the last ends, with a chip; before the known one was issued there was one of the same kind.
 */
export function passportsOn(
  d: Attribute['categories'][number]['special']['document'],
  step: number,
  described: Day,
  canRenew: () => boolean,
  on: Day,
): Document[] {
  if (!d) return [];
  if (d.years === undefined) return [{ kind: d.kind, country: 'ru', issuedInOccupiedTerritory: false }];
  const days = Math.round(d.years * 365.25);
  let expires = d.expired
    ? described - 30 - step * 20
    : described + 60 + Math.round(((days - 60) * (step + 0.5)) / DOC_STEPS);
  let issued = expires - days;
  let biometric = d.biometric === true;
  while (on < issued) {
    expires = issued + RENEW_AHEAD;
    issued = expires - days;
  }
  while (!d.expired && on >= expires - RENEW_AHEAD && canRenew()) {
    issued = expires - RENEW_AHEAD;
    biometric = true;
    expires = issued + 3652;
  }
  return [{ kind: d.kind, country: 'ru', biometric, issued, expires, issuedInOccupiedTerritory: false }];
}
