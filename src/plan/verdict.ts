/** What the routes that count a status come to for a member, beside what the law here says of the family under it. */
import type { Day, Tri } from '../rules/ir.ts';
import { birthdayOf, type Derived } from './derived.ts';
import type { Member } from './members.ts';
import type { Why } from './together-types.ts';

/** Whether a status lets a member come, and why not simply. */
export type Verdict = { readonly outcome: Tri; readonly why?: Why };

/**
 * The verdict on the routes found, the surest first. "No" is said only where the law says so, where papers or bans close every
 * route, or where somebody of age meets the terms of none and the law does not promise the family to come. `may`: what the law here
 * says of the family under the status; `renewable`: only the passport stands in the way, and another can be had.
 */
export function verdictOn(
  m: Member,
  found: readonly Derived[],
  may: boolean | 'unknown' | undefined,
  begin: Day,
  day: Day,
  renewable: boolean,
): Verdict {
  const best = found[0];
  if (best?.outcome) return { outcome: true };
  if (best && best.outcome === undefined)
    return { outcome: undefined, why: { kind: 'open', assumes: best.assumes, doubts: best.doubts } };
  if (may === false) return { outcome: false, why: { kind: 'barred' } };
  const of18 = m.born === undefined ? undefined : birthdayOf(m.born, 18);
  if (best) {
    // Papers and bans close whatever else the law promises; a route's own terms may be those of another relative.
    const shut = found.every((x) => x.eligibility.parts.some((p) => p.pass === false && p.role !== 'route'));
    const adult = of18 !== undefined && of18 <= day;
    return {
      outcome: !renewable && (shut || (may !== true && adult)) ? false : undefined,
      why: { kind: 'closed', ...(renewable ? { papers: true as const } : {}) },
    };
  }
  const grown = m.relation === 'child' && of18 !== undefined && of18 > begin && of18 <= day;
  return {
    outcome: undefined,
    why: { kind: 'silent', ...(grown ? { birthday: { turns: 18, on: of18, before: 'filing' as const } } : {}) },
  };
}
