/** The family on the way of a plan, as the JSON of the contract: the field `family` of a plan, with a member's legs beside the plan's. */
import { formatDay } from '../calendar/civil.ts';
import { type Because, reasonsOf } from '../check/because.ts';
import { answerOf } from '../check/plain.ts';
import type { LawBook } from '../law/book.ts';
import { fillText } from '../law/say.ts';
import type { Danger } from '../moves/dangers.ts';
import type { Eligibility } from '../moves/eligible.ts';
import type { Enter } from '../moves/types.ts';
import type { Situation } from '../person/types.ts';
import type { Birthday, Derived } from '../plan/derived.ts';
import { afterRefusal, havenFor } from '../plan/haven.ts';
import type { Gate, MemberLeg, MemberWalk, Together, Why } from '../plan/together-types.ts';
import type { Day } from '../rules/ir.ts';
import { type MemberPapers, memberPapers } from './together-papers.ts';

/** What stands in the way of an eligibility, the law's own clauses first: those that say no, else those that are open. */
export function against(book: LawBook, e: Eligibility, s: Situation, main: string): Because[] {
  const all = reasonsOf(book, e, s, s.on, main)
    .flatMap((r) => r.because)
    .filter((b) => b.under === undefined);
  const no = all.filter((b) => b.outcome === 'no');
  return no.length ? no : all.filter((b) => b.outcome === 'unknown');
}

/** `family` of a plan in the JSON. Days are ISO texts; steps are numbered from 0 like `legs`, -1 is before the first. */
export function togetherJson(book: LawBook, t: Together): object {
  return {
    holds: answerOf(t.holds),
    order: t.order,
    ...(t.atOnce ? { atOnce: t.atOnce.map((w) => memberJson(book, w)) } : {}),
    members: t.members.map((w) => memberJson(book, w)),
  };
}

function memberJson(book: LawBook, w: MemberWalk): object {
  const { member } = w;
  const papers = memberPapers(book, w);
  return {
    member: member.index,
    name: member.name ?? null,
    relation: member.relation ?? null,
    born: member.born === undefined ? null : formatDay(member.born),
    goesAlong: member.along ? 'yes' : 'unknown',
    holds: answerOf(w.holds),
    ...(w.apart ? { apart: { from: formatDay(w.apart.from), to: day(w.apart.to) } } : {}),
    ...(papers ? { papers: papersJson(papers) } : {}),
    ...(w.first === undefined ? {} : { first: w.first }),
    assumes: [...new Set(w.assumes.map((a) => a.fact))],
    start: legJson(book, w.start),
    legs: w.legs.map((l) => legJson(book, l)),
  };
}

const papersJson = (p: MemberPapers): object => ({
  until: formatDay(p.until),
  leg: p.leg,
  place: p.place ?? null,
  ways: p.ways.map((x) => ({ route: x.route.id, outcome: answerOf(x.open), askBy: formatDay(x.by) })),
  dangers: dangersJson(p.dangers),
});

const day = (d: Day | undefined): string | null => (d === undefined ? null : formatDay(d));

function legJson(book: LawBook, l: MemberLeg): object {
  return {
    outcome: answerOf(l.outcome),
    ...(l.under === undefined ? {} : { under: l.under }),
    ...(l.until === undefined ? {} : { until: formatDay(l.until) }),
    ...(l.joins === undefined ? {} : { joins: formatDay(l.joins) }),
    why: l.why.map((y) => whyJson(book, y)),
    ...(l.own ? { own: { outcome: answerOf(l.own.outcome), assumes: l.own.assumes.map((a) => a.fact) } } : {}),
    ...(l.derived ? { routes: l.derived.map((d) => derivedJson(book, d)) } : {}),
    dangers: dangersJson(l.dangers),
  };
}

const dangersJson = (ds: readonly Danger[]): object[] =>
  ds.map((d) => ({ provision: d.provision, outcome: d.outcome === true ? 'yes' : 'unknown' }));

const birthdayJson = (b: Birthday): object => ({ turns: b.turns, on: formatDay(b.on), before: b.before });

const waitJson = (m: Enter | undefined): object | null =>
  m ? { country: m.country, under: m.under, from: formatDay(m.earliest), until: day(m.until) } : null;

function derivedJson(book: LawBook, d: Derived): object {
  const refused = afterRefusal(book, d);
  return {
    route: d.route.id,
    title: fillText(d.route.title, d.route, d.asked.on),
    outcome: answerOf(d.outcome),
    decision: d.decision ?? null,
    file: day(d.file),
    place: d.place ?? null,
    answer: day(d.answer),
    until: day(d.until),
    work: d.rights?.work ?? null,
    study: d.rights?.study ?? null,
    elsewhere: d.elsewhere === true,
    ...(refused
      ? { refused: { stayUntil: day(refused.until), known: refused.known, wait: waitJson(refused.haven) } }
      : {}),
    missing: d.missing,
    doubts: d.doubts,
    ...(d.birthday ? { birthday: birthdayJson(d.birthday) } : {}),
    because: d.outcome === true ? [] : becauseJson(against(book, d.eligibility, d.asked, d.route.id)),
    dangers: dangersJson(d.dangers),
  };
}

const becauseJson = (list: readonly Because[]): object[] =>
  list.map((b) => ({ id: b.id, outcome: b.outcome, says: b.says, source: b.source }));

function gateJson(book: LawBook, g: Gate): object {
  return {
    rule: g.rule.id,
    outcome: answerOf(g.outcome),
    ...(g.again ? { again: { day: formatDay(g.again.day), upTo: formatDay(g.again.upTo) } } : {}),
    because: becauseJson(against(book, g.eligibility, g.asked, g.rule.id)),
  };
}

function whyJson(book: LawBook, y: Why): object {
  switch (y.kind) {
    case 'entry':
      return { kind: y.kind, papers: y.papers === true, rules: y.gates.map((g) => gateJson(book, g)) };
    case 'open':
      return { kind: y.kind, missing: [...new Set(y.assumes.map((a) => a.fact))], doubts: y.doubts };
    case 'rests-on':
      return { kind: y.kind, leg: y.leg, ...(y.birthday ? { birthday: birthdayJson(y.birthday) } : {}) };
    case 'ends':
      return {
        kind: y.kind,
        from: y.from,
        country: y.country,
        leaveBy: formatDay(y.by),
        needed: formatDay(y.needed),
        again: y.again ? { day: formatDay(y.again.day), upTo: formatDay(y.again.upTo) } : null,
        meanwhile: y.meanwhile === true,
        permit: y.held === true,
        wait: waitJson(havenFor(book, y.asked, y.needed)),
      };
    case 'stays':
      return { kind: y.kind, country: y.country };
    case 'waits':
      return { kind: y.kind, from: formatDay(y.by), country: y.country, under: y.under, until: day(y.until) };
    case 'stay-unknown':
      return { kind: y.kind, from: y.from, country: y.country ?? null, needed: formatDay(y.needed) };
    case 'renewal':
      return {
        kind: y.kind,
        route: y.carried.route.id,
        on: formatDay(y.carried.on),
        outcome: answerOf(y.carried.outcome),
        ...(y.grown ? { grown: birthdayJson(y.grown) } : {}),
        ...(y.carried.birthday ? { birthday: birthdayJson(y.carried.birthday) } : {}),
      };
    case 'closed':
      return { kind: y.kind, papers: y.papers === true };
    case 'silent':
      return { kind: y.kind, ...(y.birthday ? { birthday: birthdayJson(y.birthday) } : {}) };
    case 'later':
      return { kind: y.kind, day: formatDay(y.day) };
    case 'own-answer':
      return { kind: y.kind, route: y.route.id, day: formatDay(y.day) };
    case 'no-rule':
    case 'no-status':
    case 'barred':
    case 'never-follows':
    case 'unsure':
      return { kind: y.kind };
  }
}
