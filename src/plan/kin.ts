/**
 * The family in the search. A label along which somebody who goes along surely cannot follow is put out, so that what is found holds for
 * all: the front is then that of the plans which part nobody.
 *
 * Why that loses nothing. "Surely cannot" is said of what no later leg changes: a day on which every rule of entry is closed to the
 * member, a stay that ended before the plan went on (a longer plan needs it no shorter). Of what a status opens for the family it is said
 * only when the plan has gone on to another one, since it may be asked for again from where the person comes to. At the goal the whole
 * walk decides, read twice like every plan that is shown. Of two labels one makes the other superfluous only if each member stands in
 * the same way in both (`Trail.standing`): then whatever holds for all after the one holds for all after the other.
 *
 * Days are derived from what fails: an entry closed to a member is tried on the day it opens to them, a stay too short for them is begun
 * so much later, a place they must leave is left by that day.
 */
import type { LawBook } from '../law/book.ts';
import { moves } from '../moves/moves.ts';
import type { Draw } from '../moves/types.ts';
import type { Situation } from '../person/types.ts';
import type { Day } from '../rules/ir.ts';
import type { Label } from './label.ts';
import { goingAlong, type Member } from './members.ts';
import { MemberWalker } from './together.ts';
import { type MemberWalk, togetherOf, type WalkedStep, type Why } from './together-types.ts';
import type { Leg } from './types.ts';
import { rereadTogether, withdrawn } from './verify-together.ts';

/** A move of a label to be tried on another day, from the same label before it. */
export type Again = { readonly label: Label; readonly day: Day };

/** What the search asks of the family: see above. */
export type FamilySight = {
  /** Whether somebody surely cannot follow to a label; `whole`: it is the end of the plan. If so, what to try on other days. */
  parted(l: Label, whole: boolean): readonly Again[] | undefined;
  /** Where the members stand: only labels with the same are compared. */
  standing(l: Label): string;
};

type Sofar = { readonly again: readonly Again[] | undefined; readonly standing: string };

export class Kin implements FamilySight {
  private readonly book: LawBook;
  private readonly start: Situation;
  private readonly draw: Draw;
  private readonly members: readonly Member[];
  private readonly known = new WeakMap<Label, Sofar>();
  private readonly tried = new WeakMap<Label, Set<string>>();

  /** Of everybody told to go along; of whom that is not told no plan is put out. `first`: the person goes first, they follow. */
  constructor(book: LawBook, start: Situation, draw: Draw, first = false) {
    this.book = book;
    this.start = start;
    this.draw = draw;
    this.members = goingAlong(start.person, first).filter((m) => m.along === true);
  }

  parted(l: Label, whole: boolean): readonly Again[] | undefined {
    const so = this.sofar(l).again;
    if (so || !whole) return so;
    const steps = stepsTo(l);
    const walks = this.members.map((m) => new MemberWalker(this.book, m, this.start, steps, this.draw).walk());
    return this.partedBy(walks, l, () => undefined);
  }

  standing(l: Label): string {
    return this.sofar(l).standing;
  }

  private sofar(l: Label): Sofar {
    let made = this.known.get(l);
    if (!made) {
      const steps = stepsTo(l);
      const found = this.members.map((m) => new MemberWalker(this.book, m, this.start, steps, this.draw).sofar());
      const open = new Map(found.map((f) => [f.walk, f.open]));
      made = {
        again: this.partedBy(
          found.map((f) => f.walk),
          l,
          (w) => open.get(w),
        ),
        standing: found.map((f) => f.standing).join(),
      };
      this.known.set(l, made);
    }
    return made;
  }

  /** What to try instead where somebody surely cannot follow, by both readings; `open`: the leg of which that is not yet said. */
  private partedBy(
    walks: readonly MemberWalk[],
    l: Label,
    open: (w: MemberWalk) => number | undefined,
  ): readonly Again[] | undefined {
    const surely = (w: MemberWalk, no: number | undefined): boolean =>
      w.start.outcome === false || w.legs.some((x, i) => x.outcome === false && i !== no);
    if (!walks.some((w) => surely(w, open(w)))) return undefined;
    const t = togetherOf(walks);
    const twice = withdrawn(t, rereadTogether(this.book, t, this.draw)).members;
    const out = walks.filter((w, i) => surely(twice[i] as MemberWalk, open(w)));
    if (out.length === 0) return undefined;
    const labels = chainOf(l);
    return out.flatMap((w) =>
      [w.start, ...w.legs].flatMap((leg, i) =>
        leg.outcome === false ? leg.why.flatMap((y) => this.otherDays(w, y, i - 1, labels)) : [],
      ),
    );
  }

  private otherDays(w: MemberWalk, y: Why, leg: number, labels: readonly Label[]): Again[] {
    const at = (i: number, day: Day): Again[] => {
      const label = labels[i];
      return label?.parent && day > label.parent.s.on - 1 && day !== label.s.on && this.first(label, day)
        ? [{ label, day }]
        : [];
    };
    const on = labels[leg]?.s.on;
    if (y.kind === 'entry' && on !== undefined) {
      const shut = w.track.find((t) => t.kind === 'shut' && t.leg === leg);
      const move = labels[leg]?.move;
      if (shut?.kind !== 'shut' || move?.kind !== 'enter') return [];
      const only = { countries: new Set([shut.country]), routes: new Set<string>(), horizon: move.latest };
      const opens = moves(this.book, { ...shut.from, on }, only).flatMap((m) =>
        m.kind === 'enter' && m.earliest > on ? [m.earliest] : [],
      );
      return opens.length ? at(leg, Math.min(...opens)) : [];
    }
    if (y.kind !== 'ends') return [];
    const begun = labels[y.from]?.s.on;
    return [
      ...(begun === undefined ? [] : at(y.from, begun + (y.needed - y.by))),
      ...at(
        labels.findIndex((x) => x.s.on > y.by && x.move?.kind !== 'await'),
        y.by,
      ),
    ];
  }

  /** Each day is tried once. */
  private first(l: Label, day: Day): boolean {
    const from = l.parent as Label;
    const tried = this.tried.get(from) ?? new Set<string>();
    this.tried.set(from, tried);
    const key = `${l.move?.kind} ${l.move?.provision.id} ${l.s.place} ${day}`;
    if (tried.has(key)) return false;
    tried.add(key);
    return true;
  }
}

/** The labels from the first move to a label. */
function chainOf(l: Label): Label[] {
  const out: Label[] = [];
  for (let x: Label | undefined = l; x?.parent; x = x.parent) out.unshift(x);
  return out;
}

/** The way to a label as a walk along it needs it. */
const stepsTo = (l: Label): WalkedStep[] =>
  chainOf(l).map((x) => ({ leg: legOf(x), before: (x.parent as Label).s, after: x.s }));

function legOf(l: Label): Leg {
  const move = l.move as NonNullable<Label['move']>;
  const common = {
    day: l.s.on,
    jurisdiction: move.provision.jurisdiction,
    assumes: l.assumes,
    doubts: l.doubts,
    dangers: [],
  };
  switch (move.kind) {
    case 'enter':
      return { kind: 'enter', country: move.country, under: move.under, ...common };
    case 'file':
      return { kind: 'file', route: move.route, place: move.place, decision: move.decision, ...common };
    case 'await':
      return { kind: 'await', route: move.route, decision: move.decision, ...common };
  }
}
