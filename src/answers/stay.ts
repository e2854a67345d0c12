/** Days under a stay rule: which rule is meant by a name, and the answer as the JSON of the contract. */
import { formatDay } from '../calendar/civil.ts';
import { type LawBook, ofKind } from '../law/book.ts';
import type { Provision } from '../law/types.ts';
import { stayRulesFor } from '../moves/lawful.ts';
import type { StayAnswer } from '../moves/stay.ts';
import type { Situation } from '../person/types.ts';

/**
 * The stay rules that a name may mean (the id of a rule, an area, a country), the one the person is under first; none if
 * there is no such rule.
 */
export function stayRulesNamed(book: LawBook, name: string, s: Situation): Provision[] {
  const exact = book.provisions.get(name);
  if (exact?.kind === 'stay') return [exact];
  const rules = ofKind(book, 'stay');
  const code = name.toLowerCase();
  const ofArea = rules.filter((r) => (r.area ?? r.jurisdiction) === code || r.jurisdiction === code);
  const found = ofArea.length ? ofArea : stayRulesFor(book, code, s.on);
  const mine = found.find((r) => r.id === s.under) ?? found[0];
  return mine ? [mine, ...found.filter((r) => r !== mine)] : [];
}

/** The answer as `foothold stay --json` and the API give it. Days are ISO texts; `null` is not known. */
export function stayJson(rule: Provision, a: StayAnswer): object {
  const day = (d: number | undefined) => (d === undefined ? null : formatDay(d));
  return {
    rule: a.rule,
    on: formatDay(a.on),
    used: a.used ?? null,
    left: a.left ?? null,
    lastDay: day(a.lastDay),
    overstayDays: a.overstayDays ?? null,
    firstUnlawful: day(a.firstUnlawful),
    nextEntry: a.nextEntry ? { day: formatDay(a.nextEntry.day), upTo: formatDay(a.nextEntry.upTo) } : null,
    present: a.present,
    missing: a.missing,
    ruleChanges: day(a.ruleChanges),
    verify: a.on > rule.expires || rule.verified.confidence === 'conflicting' || a.ruleChanges !== undefined,
    verifiedOn: formatDay(rule.verified.on),
    title: { en: rule.title.en, ru: rule.title.ru },
    sources: countingSources(rule).flatMap((id) => (rule.sources[id] ? [{ id, ...rule.sources[id] }] : [])),
  };
}

/** The sources a rule counts by. */
export const countingSources = (rule: Provision): string[] => [
  ...new Set([...(rule.counting ?? []).flatMap((c) => c.source ?? []), ...rule.verified.against]),
];
