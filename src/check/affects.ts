/** What a change of one provision means for one person: asked of the provision the day before, and on the day. */
import { type LawBook, membersOf } from '../law/book.ts';
import type { Provision } from '../law/types.ts';
import { assess, compiledAt } from '../moves/assess.ts';
import { type Eligibility, entryEligibility, routeEligibility } from '../moves/eligible.ts';
import { stayAnswer } from '../moves/stay.ts';
import type { Situation } from '../person/types.ts';
import type { Day, Tri } from '../rules/ir.ts';
import { namesOf } from '../rules/names.ts';
import type { Alteration } from './alterations.ts';

/** What a change of the law does to one person who stays as they are. */
export type Affects = 'opens' | 'closes' | 'alters' | 'none' | 'unknown';

/** What the changes of a provision on a day do for a person who stays as they are. */
export function affectsOn(book: LawBook, p: Provision, s: Situation, day: Day, found: readonly Alteration[]): Affects {
  const before: Situation = { ...s, on: day - 1 };
  const after: Situation = { ...s, on: day };
  switch (p.kind) {
    case 'route': {
      // Only this provision's own turn is told here: what papers or bans do on the same day, they tell themselves.
      const others = passOfOthers(routeEligibility(book, p, after, day));
      const open = (x: Situation) => kleeneAll([assess(book, p, x, x.on).outcome, others]);
      if (found.every((a) => a.kind === 'note')) return open(after) === false ? 'none' : 'unknown';
      // A route that begins, or of which we know from a day on, shuts nobody out.
      if (found.some((a) => a.kind === 'begins')) return turn(false, open(after), () => 'none');
      return turn(open(before), open(after), () => (touchesTerms(p, found) ? 'alters' : 'none'));
    }
    case 'stay': {
      const country = stayCountry(book, p, s, day);
      const others = country === undefined ? true : passOfOthers(entryEligibility(book, p, country, after, day));
      const open = (x: Situation) => kleeneAll([assess(book, p, x, x.on).outcome, others]);
      return turn(open(before), open(after), () => (sameFigures(book, p, before, after) ? 'none' : 'alters'));
    }
    case 'document':
      return turn(assess(book, p, before, day - 1).outcome, assess(book, p, after, day).outcome, () => 'none');
    case 'restriction': {
      const closes = p.strength !== 'may';
      const hit = (x: Situation): Tri => {
        const a = assess(book, p, x, x.on);
        return a.force === 'no' ? false : a.outcome;
      };
      const flip = (t: Tri): Tri => (t === undefined ? undefined : !t);
      const out = turn(flip(hit(before)), flip(hit(after)), () => 'none');
      // Where an officer may refuse but need not, nothing is closed: it becomes harder or easier.
      return closes || out === 'none' || out === 'unknown' ? out : 'alters';
    }
    case 'danger': {
      const hit = (x: Situation): Tri => {
        const a = assess(book, p, x, x.on);
        return a.force === 'no' ? false : a.outcome;
      };
      const [a, b] = [hit(before), hit(after)];
      return a === false && b === false ? 'none' : b === undefined ? 'unknown' : 'alters';
    }
    default: {
      // Terms of a status, a clock, a ladder or a support bear on whoever is there; on others, not yet.
      if (s.place === undefined) return 'unknown';
      const here = p.jurisdiction === s.place || (membersOf(book, p.jurisdiction, day) ?? []).includes(s.place);
      return here ? 'alters' : 'none';
    }
  }
}

/**
 * What one of several changes of a provision on a day does, where together they do `all`. Nobody's way is opened or closed by what is
 * paid, granted or waited for: whom the route is open to, it alters; whom it is not, it does not concern.
 */
export function shareOf(p: Provision, day: Day, one: Alteration, all: Affects): Affects {
  // Something to know changes nobody's answer by itself.
  if (one.kind === 'note') return all === 'unknown' ? all : 'none';
  if (p.kind !== 'route') return all;
  const terms = one.kind === 'figure' && touchesTerms(p, [one]);
  // Whoever meets a new condition, as they met the old ones, has other terms by what else changes that day.
  if (all === 'alters') return terms ? all : 'none';
  if (!terms || (all !== 'opens' && all !== 'closes')) return all;
  if (namesOf(compiledAt(p, day).node).params.includes(one.name as string)) return all;
  return all === 'opens' ? 'alters' : 'none';
}

const kleeneAll = (xs: readonly Tri[]): Tri => (xs.includes(false) ? false : xs.includes(undefined) ? undefined : true);

/** Whether everything else that bears on a provision lets the person through. */
const passOfOthers = (e: Eligibility): Tri => kleeneAll(e.parts.slice(1).map((part) => part.pass));

/** From one answer to another; `same` decides where a yes stays a yes. */
function turn(before: Tri, after: Tri, same: () => Affects): Affects {
  if (before === after) return before === true ? same() : before === undefined ? 'unknown' : 'none';
  if (after === true) return 'opens';
  if (after === false) return 'closes';
  return 'unknown';
}

/** Whether what is granted, asked or paid changes: anything but a threshold that is met before and after. */
function touchesTerms(p: Provision, found: readonly Alteration[]): boolean {
  const terms = new Set<string | undefined>([
    p.grants?.valid,
    p.grants?.validAbroad,
    p.grants?.validRenewed,
    p.grants?.document?.valid,
    p.processing?.usual,
    p.processing?.longest,
    ...(p.fee ?? []),
  ]);
  return found.some((a) => a.kind === 'figure' && terms.has(a.name));
}

/** The country by which entry under a stay rule is asked: where the person is, if it counts there; the only one it has. */
function stayCountry(book: LawBook, p: Provision, s: Situation, on: Day): string | undefined {
  const members = membersOf(book, p.area ?? p.jurisdiction, on) ?? [];
  if (s.place !== undefined && members.includes(s.place)) return s.place;
  return members.length === 1 ? members[0] : undefined;
}

function sameFigures(book: LawBook, p: Provision, before: Situation, after: Situation): boolean {
  const [a, b] = [stayAnswer(book, p, before, before.on), stayAnswer(book, p, after, after.on)];
  // Whoever is there keeps the same last day; whoever is not, the same number of days.
  return a.present && b.present ? a.lastDay === b.lastDay : a.left === b.left && a.present === b.present;
}
