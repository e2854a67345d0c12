/**
 * The members of a family who go along, each as a person of their own: with their own file where there is one, else with the little
 * that the person's file tells of them. To the law a member has relatives too: the person, with the place and status of that day.
 */
import { type LawBook, statusTerms } from '../law/book.ts';
import { isCurrent } from '../person/situation.ts';
import type { Person, Situation } from '../person/types.ts';
import type { Day, Rec, Value } from '../rules/ir.ts';

/** Somebody of the family who goes along, or of whom that is not told. */
export type Member = {
  /** Place in the person's list `family`, from 0. */
  readonly index: number;
  /** What they are to the person: `spouse`, `child`, …; `undefined` = not told. */
  readonly relation: string | undefined;
  /** The name in their own file; `undefined` where they have none. */
  readonly name: string | undefined;
  readonly born: Day | undefined;
  /** Whether they go along: told, or not told. Who is told not to go is no member of a plan. */
  readonly along: true | undefined;
  /** They do not go when the person goes, but stay where they are until a status of the person lets them follow. */
  readonly later: boolean;
  /** What was told of them; relatives as in their own file. */
  readonly person: Person;
};

/** What the person is to somebody who is this to the person. A relation that has no name of its own in the law here is left open. */
const BACK: Readonly<Record<string, string>> = {
  spouse: 'spouse',
  partner: 'partner',
  child: 'parent',
  parent: 'child',
  sibling: 'sibling',
};

/** Asked of both spouses in one question: what was told of the one holds for the other, who told nothing of it. */
const OF_THE_COUPLE = ['ancestry.jewish'];

function asCouple(person: Person, spouse: Person): Person {
  const shared = OF_THE_COUPLE.filter((f) => person.facts.get(f) === true && !spouse.facts.has(f));
  return shared.length === 0
    ? spouse
    : { ...spouse, facts: new Map([...spouse.facts, ...shared.map((f): [string, Value] => [f, true])]) };
}

/**
 * Everybody of the family but those told not to go along. Empty where nothing was told of a family. Later comes who is told to
 * (`follows`); with `first` the person goes first and everybody follows.
 */
export function goingAlong(person: Person, first = false): Member[] {
  const family = (person.facts.get('family') as readonly Rec[] | undefined) ?? [];
  return family.flatMap((rec, index): Member[] => {
    if (rec.together === false) return [];
    const own = person.members.get(index);
    return [
      {
        index,
        relation: rec.relation as string | undefined,
        name: own?.name,
        born: (own?.facts.get('person.born') ?? rec.born) as Day | undefined,
        along: rec.together === true || rec.follows === true ? true : undefined,
        later: first || rec.follows === true,
        person: rec.relation === 'spouse' ? asCouple(person, own ?? ofRecord(rec)) : (own ?? ofRecord(rec)),
      },
    ];
  });
}

/** A person of whom only a line of the family list tells. What it does not tell (passport, stays, permits) is unknown. */
function ofRecord(rec: Rec): Person {
  const facts = new Map<string, Value>();
  if (rec.born !== undefined) facts.set('person.born', rec.born);
  if (rec.citizenships !== undefined) facts.set('person.citizenships', rec.citizenships);
  if (rec.relation === 'spouse') facts.set('person.married', true);
  return {
    name: '',
    facts,
    documents: undefined,
    offers: undefined,
    visits: undefined,
    holdings: undefined,
    now: {
      ...(rec.country !== undefined ? { country: rec.country as string } : {}),
      ...(rec.status !== undefined ? { status: rec.status as string } : {}),
    },
    members: new Map(),
  };
}

/** As what the person counts for a member, where that is not simply what they hold and where they are. */
export type Standing = { readonly status: string; readonly country: string };

/** The person as a line in a member's list of relatives, on the day of a situation of the person. */
export function relativeOf(book: LawBook, m: Member, s: Situation, as?: Standing): Rec {
  const held = (s.holdings ?? []).filter((h) => isCurrent(h, s.on) && statusTerms(book, h.status));
  const status = as?.status ?? held.at(-1)?.status ?? s.under;
  const citizenships = citizenshipsOf(book, s);
  const told = (s.person.facts.get('family') as readonly Rec[] | undefined)?.[m.index];
  const relation = BACK[m.relation ?? ''];
  const born = s.person.facts.get('person.born');
  const country = as?.country ?? s.place;
  return {
    ...(relation === undefined ? {} : { relation }),
    ...(born === undefined ? {} : { born }),
    ...(citizenships === undefined ? {} : { citizenships }),
    ...(country === undefined ? {} : { country }),
    ...(status === undefined ? {} : { status }),
    ...(m.along === undefined ? {} : { together: m.along }),
    ...(told?.married === undefined ? {} : { married: told.married }),
  };
}

/** Citizenships told, and those that a plan has brought by the day. */
function citizenshipsOf(book: LawBook, s: Situation): readonly string[] | undefined {
  const told = s.person.facts.get('person.citizenships') as readonly string[] | undefined;
  const won = (s.holdings ?? []).flatMap((h) => {
    const t = isCurrent(h, s.on) ? statusTerms(book, h.status) : undefined;
    return t?.terms.stands === 'citizenship' ? [t.provision.jurisdiction] : [];
  });
  return told && [...new Set([...told, ...won])];
}

/**
 * A member with the person among their relatives. Where the member's own relatives were not told there may be others: a relative
 * of whom nothing is known stands for them, so that no rule takes the list for whole.
 */
export function withRelative(m: Member, relative: Rec): Person {
  const told = m.person.facts.get('family') as readonly Rec[] | undefined;
  const family = told ? [...others(told, relative), relative] : [relative, {} as Rec];
  return { ...m.person, facts: new Map([...m.person.facts, ['family', family as unknown as Value]]) };
}

/** The same with nobody else: what a route says of a member as the person's relative, and not as somebody else's. */
export function onlyRelative(m: Member, relative: Rec | undefined): Person {
  const family = relative ? [relative] : [];
  return { ...m.person, facts: new Map([...m.person.facts, ['family', family as unknown as Value]]) };
}

/** The relatives of a member's own list who are not the person: one has one spouse, and of others the first that may be the person. */
function others(list: readonly Rec[], person: Rec): readonly Rec[] {
  const pair = person.relation === 'spouse' || person.relation === 'partner';
  if (pair) return list.filter((r) => r.relation !== person.relation);
  const at = list.findIndex(
    (r) =>
      r.relation === person.relation && (r.born === undefined || person.born === undefined || r.born === person.born),
  );
  return at < 0 ? list : list.filter((_, i) => i !== at);
}
