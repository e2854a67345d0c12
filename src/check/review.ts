/**
 * How many people must look at a change of the law before it lands: two where it could harm who relies on it, if it is wrong; one where not.
 * What the example persons show is one part of that. What they cannot show counts as harmful: unknown is not "no".
 */
import type { LawBook } from '../law/book.ts';
import type { Provision } from '../law/types.ts';
import { couldHarm, type Turn } from './outcomes.ts';

/** One reason why a change needs two. */
export type Reason = {
  readonly provision: string | undefined;
  readonly why: 'turns' | 'unseen' | 'trusted-longer' | 'gone' | 'surer';
  /** Of `turns`: what turned. */
  readonly turn?: Turn;
};

export type Needed = {
  readonly reviewers: 0 | 1 | 2;
  readonly reasons: readonly Reason[];
  /** Ids of provisions that are not the same, and `areas`, `rates`, `facts`, `codes` where these are not; in order. */
  readonly changed: readonly string[];
};

/** Words, titles and evidence: they change what is said, not what follows from it. */
const WORDS: ReadonlySet<string> = new Set([
  'title',
  'label',
  'says',
  'source',
  'sources',
  'notes',
  'verified',
  'expires',
  'cases',
  'file',
  'line',
  'bring',
  'advice',
  'contact',
  'practice',
  'question',
  'why',
]);

/** What of a provision decides answers, as text; two that are equal answer alike. */
const substance = (p: Provision): string => JSON.stringify(p, withoutWords);

function withoutWords(key: string, value: unknown): unknown {
  return WORDS.has(key) ? undefined : value;
}

const SURE = { official: 2, secondary: 1, conflicting: 0 } as const;

/** Compares two laws, given what turned between them for the example persons (`turns`). */
export function reviewersFor(before: LawBook, after: LawBook, found: readonly Turn[]): Needed {
  const reasons: Reason[] = found
    .filter(couldHarm)
    .map((turn) => ({ provision: turn.asked.split(' ')[1], why: 'turns', turn }) as const);
  const turned = new Set(found.map((t) => t.asked));
  const changed: string[] = [];
  for (const id of new Set([...before.provisions.keys(), ...after.provisions.keys()])) {
    const [a, b] = [before.provisions.get(id), after.provisions.get(id)];
    if (a && b && JSON.stringify(a) === JSON.stringify(b)) continue;
    changed.push(id);
    if (!b) {
      // A route that is gone closes; a danger, a ban or a rule on papers that is gone opens.
      if (a?.kind !== 'route' && a?.kind !== 'support') reasons.push({ provision: id, why: 'gone' });
      continue;
    }
    if (!a) {
      // New law that opens something to no example person may still open it to somebody.
      if ((b.kind === 'route' || b.kind === 'stay') && !turned.has(`route ${id}`))
        reasons.push({ provision: id, why: 'unseen' });
      continue;
    }
    if (b.expires > a.expires && b.verified.on <= a.verified.on) reasons.push({ provision: id, why: 'trusted-longer' });
    if (SURE[b.verified.confidence] > SURE[a.verified.confidence]) reasons.push({ provision: id, why: 'surer' });
    if (substance(a) === substance(b)) continue;
    const seen =
      a.kind === 'route' || a.kind === 'danger'
        ? turned.has(`${a.kind} ${id}`)
        : a.kind === 'support' || found.length > 0;
    if (!seen) reasons.push({ provision: id, why: 'unseen' });
  }
  // What all provisions share: which countries are in an area, rates, the questions themselves.
  for (const [name, a, b] of [
    ['areas', [...before.areas], [...after.areas]],
    ['rates', before.rates, after.rates],
    ['facts', [...before.schema.facts], [...after.schema.facts]],
    ['codes', [...before.schema.sets], [...after.schema.sets]],
  ] as const) {
    const same = (x: unknown, y: unknown) => JSON.stringify(x, withoutWords) === JSON.stringify(y, withoutWords);
    if (JSON.stringify(a) === JSON.stringify(b)) continue;
    changed.push(name);
    if (found.length === 0 && !same(a, b)) reasons.push({ provision: name, why: 'unseen' });
  }
  changed.sort();
  // One reason a provision and kind is enough.
  const once = new Map(
    reasons.map((r) => [`${r.provision}|${r.why}|${r.turn?.asked ?? ''}|${r.turn?.after ?? ''}`, r]),
  );
  return { reviewers: once.size ? 2 : changed.length ? 1 : 0, reasons: [...once.values()], changed };
}

/** What a person said of the change, as a forge tells it. */
export type Approval = { readonly who: string; readonly commit: string };

/** Who counts: those on the list who are not the author and who have seen this very commit. Names are compared without case. */
export function counted(
  approvals: readonly Approval[],
  reviewers: readonly string[],
  author: string,
  commit: string,
): readonly string[] {
  const may = new Set(reviewers.map((r) => r.toLowerCase()));
  may.delete(author.toLowerCase());
  return [
    ...new Set(
      approvals
        .filter((a) => a.commit === commit)
        .map((a) => a.who.toLowerCase())
        .filter((who) => may.has(who)),
    ),
  ].sort();
}
