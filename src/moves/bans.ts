/** Countries that a person told have banned them. */
import type { Situation } from '../person/types.ts';

/** The countries and areas that the person said have banned them from entering; none where nothing was told. */
export const bansTold = (s: Situation): readonly string[] =>
  (s.person.facts.get('entryBans') as readonly string[] | undefined) ?? [];

/**
 * Whether the person said that a country has banned them from entering. That is taken at its word, whatever the country's own rules here
 * say of bans: nobody is sent to a border that they know to be closed to them.
 */
export const bannedFrom = (s: Situation, country: string): boolean => bansTold(s).includes(country);
