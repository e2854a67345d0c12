/**
 * The search with a family: on random small worlds the front of the plans that part nobody is the one that trying every move on every
 * day finds, each way walked with the family at its end; and small laws in which one knows the answer.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answerPlan } from '../../src/answers/plan-answer.ts';
import { walkPlan } from '../../src/answers/plan-legs.ts';
import { formatDay } from '../../src/calendar/civil.ts';
import type { LawBook } from '../../src/law/book.ts';
import { readPerson } from '../../src/person/file.ts';
import { situationOf } from '../../src/person/situation.ts';
import type { Situation } from '../../src/person/types.ts';
import { Kin } from '../../src/plan/kin.ts';
import { searchPlans } from '../../src/plan/search.ts';
import { walkTogether } from '../../src/plan/together.ts';
import type { WalkedStep } from '../../src/plan/together-types.ts';
import type { Leg } from '../../src/plan/types.ts';
import { verifyPlan } from '../../src/plan/verify.ts';
import { rereadTogether, withdrawn } from '../../src/plan/verify-together.ts';
import { costsOf, sorted } from './costs.ts';
import { type OracleStep, oracle } from './oracle.ts';
import { numbers, smallWorld } from './random-worlds.ts';
import { FIRST, told, worldLaw } from './text-worlds.ts';

const DRAW = { processing: 'longest', granted: true } as const;
const GOAL = { kind: 'permanent' } as const;
const ALL = { roam: true, bridges: true, each: false } as const;
const LONG = process.env.FOOTHOLD_LONG !== undefined;
/** Without FOOTHOLD_LONG: a few worlds in which the family's front is another. */
const SEEDS = LONG ? Array.from({ length: to() - from() }, (_, i) => from() + i) : [9, 12, 13, 38, 100, 106];
const shorter = LONG ? 0 : 5;

function from(): number {
  return Number(process.env.FOOTHOLD_FROM ?? 0);
}
function to(): number {
  return Number(process.env.FOOTHOLD_TO ?? 300);
}

const iso = (n: number): string => formatDay(FIRST + n);
const file = (
  passport: number,
  more: string,
  since = 0,
): string => `person: {born: 1990-01-01, sex: female, citizenships: [ru]}
documents: [{kind: passport, country: ru, issued: 2020-01-01, expires: ${iso(passport)}}]
now: {country: xa, since: ${iso(since)}, status: xa/visit}
statuses: []
savings: 100000 EUR
${more}`;

/** A person in xa since the first day, and a spouse with a file of their own who goes along. */
function couple(book: LawBook, passport: number, member: string, more = ''): Situation {
  const mine = file(passport, `stays: []\nfamily: [{relation: spouse, file: other.yaml, together: yes}]\n${more}`);
  const { person, problems } = readPerson('person.yaml', mine, book.schema, (name) => ({ file: name, text: member }));
  if (!person) throw new Error(JSON.stringify(problems));
  return situationOf(person, FIRST);
}

/** A spouse who came to xa earlier (and may still be there), spent days elsewhere before, and whose passport may end on the way. */
function spouse(seed: number, line: string): string {
  const n = numbers(seed + 7000);
  const stays = ['xb', 'xc'].flatMap((c, i) =>
    n(3) === 0
      ? []
      : [`{country: ${c}, from: ${iso(-9 * i - 6 - n(5))}, to: ${iso(-9 * i - 5 - n(2))}, status: ${c}/visit}`],
  );
  const passport = n(2) === 0 ? 2 + n(12) : 9000;
  return file(
    passport,
    `name: Other\nstays: [${stays.join(', ')}]\nfamily: []`,
    -n(Math.min(4, Number(/xa visit (\d+)/.exec(line)?.[1]))),
  );
}

const keeps = (book: LawBook, start: Situation) => (steps: readonly OracleStep[]) => {
  const walked: WalkedStep[] = steps.map(({ move: m, day, before, after }) => {
    const common = { day, jurisdiction: m.provision.jurisdiction, assumes: [], doubts: m.doubts, dangers: [] };
    const leg: Leg =
      m.kind === 'enter'
        ? { kind: 'enter', country: m.country, under: m.under, ...common }
        : m.kind === 'file'
          ? { kind: 'file', route: m.route, place: m.place, decision: m.decision, ...common }
          : { kind: 'await', route: m.route, decision: m.decision, ...common };
    return { leg, before, after };
  });
  const t = walkTogether(book, start, walked, DRAW);
  return !t || withdrawn(t, rereadTogether(book, t, DRAW)).holds !== false;
};

describe('the front that parts nobody is the one that trying every day finds', () => {
  let other = 0;
  let none = 0;
  for (const seed of SEEDS) {
    it(`world ${seed}`, () => {
      const { line, passport, limits: full } = smallWorld(seed);
      const limits = { ...full, horizon: full.horizon - shorter };
      const book = worldLaw(line);
      const start = couple(book, passport, spouse(seed, line));
      const holds = keeps(book, start);
      const all = oracle(book, start, { ...limits, counts: holds });
      const family = new Kin(book, start, DRAW);
      const { plans, complete } = searchPlans(book, start, GOAL, { ...limits, ...ALL, most: 100_000, family });
      for (const p of plans) {
        const v = verifyPlan(book, start, GOAL, p, { processing: 'longest' });
        assert.ok(v.ok, `${line}\n${told(p)}\n${JSON.stringify(v)}`);
      }
      assert.ok(complete, line);
      assert.deepEqual(
        sorted(plans.map(costsOf)),
        sorted(all.front.map((x) => x.costs)),
        `${line} (${passport})\n${spouse(seed, line)}\n${plans.map(told).join('\n')}\n---\n${all.front.map((x) => x.path).join('\n')}`,
      );
      const alone = searchPlans(book, start, GOAL, { ...limits, ...ALL, most: 100_000 }).plans;
      if (JSON.stringify(sorted(alone.map(costsOf))) !== JSON.stringify(sorted(plans.map(costsOf)))) {
        other++;
        if (plans.length === 0) none++;
      }
    });
  }
  it('in some worlds it is another front than the person’s own, and not only an empty one', () => {
    assert.ok(other >= (LONG ? SEEDS.length / 20 : 5) && none < other, `${other} of ${SEEDS.length}, ${none} empty`);
  });
});

describe('small laws with a family', () => {
  const plansOf = (book: LawBook, start: Situation) =>
    answerPlan(book, start, GOAL, { processing: 'longest' }).plans.map(
      (p) => `${told(p.plan)}${p.plan.parts ? ' PARTS' : p.plan.apart ? ' APART' : ''}`,
    );
  const other = (stays: string) => file(9000, `name: Other\nstays: [${stays}]\nfamily: []`).replace('female', 'male');

  it('whose days are used up: they go on the day on which they come free, and that plan comes first', () => {
    const book = worldLaw('xa visit 60; xb visit 20/60; xb work 3 100; xb home 2 after 5 work');
    const used = other(`{country: xb, from: ${iso(-48)}, to: ${iso(-29)}, status: xb/visit}`);
    assert.deepEqual(plansOf(book, couple(book, 9000, used)), [
      '12 go xb/visit | 12 file xb/work | 15 got xb/work | 20 file xb/home | 22 got xb/home',
      '0 go xb/visit | 0 file xb/work | 3 got xb/work | 8 file xb/home | 10 got xb/home APART',
    ]);
  });
  it('whom no permit of theirs may follow: the dearer permit that says nothing against it comes first', () => {
    const book = worldLaw(
      'xa visit 60; xb visit 60; xb work 3 100 0 nofamily if person.sex~=~"female"; xb skill 3 100 90 if person.sex~=~"female"; xb home 2 after 5 work skill',
    );
    assert.deepEqual(plansOf(book, couple(book, 9000, other(''))), [
      '0 go xb/visit | 0 file xb/skill | 3 got xb/skill | 8 file xb/home | 10 got xb/home',
      '0 go xb/visit | 0 file xb/work | 3 got xb/work | 8 file xb/home | 10 got xb/home PARTS',
    ]);
  });
  it('who must leave sooner than the person: they go by their last day', () => {
    // The permit opens on day 9, and costs less from day 12; the spouse may be in xa until day 10 only.
    const book = worldLaw(
      'xa visit 30 gap 20; xb visit 20; xb shelter 2 9 right 50 stands permanent opens 9; danger xb',
    );
    const stayed = file(9000, 'name: Other\nstays: []\nfamily: []', -25);
    assert.deepEqual(plansOf(book, couple(book, 9000, stayed)), [
      '4 go xb/visit | 9 file xb/shelter | 11 got xb/shelter',
      '9 go xb/visit | 9 file xb/shelter | 11 got xb/shelter APART',
    ]);
  });
  it('which no plan suits: what parts it is still shown, and said', () => {
    const book = worldLaw(
      'xa visit 60; xb visit 60; xb work 3 100 0 nofamily if person.sex~=~"female"; xb home 2 after 5 work',
    );
    const found = answerPlan(book, couple(book, 9000, other('')), GOAL, { processing: 'longest' }).plans;
    assert.deepEqual(
      found.map((p) => [p.plan.parts, p.together?.members[0]?.legs[2]?.why[0]?.kind]),
      [[true, 'barred']],
    );
  });
});

describe('one goes first and the family follows', () => {
  const FOLLOWS = (status: string): string =>
    `xb kin 10 200 abroad if some~f~in~family~satisfies~(f.country~=~"xb"~and~f.status~=~"${status}")`;
  const OWN = 'if person.sex~=~"female"';
  /** A husband who came to xa so many days before; with no passport nobody lets him in but on a permit. */
  const husband = (documents: boolean, since = 0): string => {
    const text = file(9000, 'name: Other\nstays: []\nfamily: []', since).replace('female', 'male');
    return documents ? text : text.replace(/documents: .*/, 'documents: []');
  };
  const answer = (line: string, member: string, more = '') => {
    const book = worldLaw(line);
    const s = couple(book, 9000, member, more);
    return answerPlan(book, s, GOAL, { processing: 'longest' }).plans.map(({ plan, together: t }) => ({
      plan: told(plan),
      order: t?.order,
      marks: `${plan.parts ? 'parts' : ''}${plan.apart ? 'apart' : ''}`,
      holds: t?.holds,
      apart: Object.values(t?.members[0]?.apart ?? {}).map((d) => (d as number) - FIRST),
    }));
  };
  const WAY = '0 go xb/visit | 0 file xb/work | 3 got xb/work | 33 file xb/home | 35 got xb/home';
  const line = `xa visit 400; xb visit 60; xb work 3 100 ${OWN}; xb home 2 after 30 work; ${FOLLOWS('xb/work')}`;

  it('where they cannot go at once: apart until the permit that follows the person’s, and that is said', () => {
    assert.deepEqual(answer(line, husband(false)), [
      { plan: WAY, order: 'first', marks: 'apart', holds: true, apart: [0, 13] },
    ]);
    assert.deepEqual(answer(line, husband(true)), [
      { plan: WAY, order: 'together', marks: '', holds: undefined, apart: [] },
    ]);
  });
  it('where it is told so, although they could go at once', () => {
    const book = worldLaw(line);
    const text = file(9000, 'stays: []\nfamily: [{relation: spouse, file: other.yaml, together: yes, follows: yes}]');
    const { person } = readPerson('person.yaml', text, book.schema, (name) => ({ file: name, text: husband(true) }));
    assert.ok(person);
    const [p] = answerPlan(book, situationOf(person, FIRST), GOAL, { processing: 'longest' }).plans;
    assert.equal(p?.together?.order, 'together');
    assert.deepEqual(p?.together?.members[0]?.apart, { from: FIRST, to: FIRST + 13 });
    assert.equal(p?.together?.holds, true);
    assert.equal(p?.plan.apart, undefined);
  });
  it('is searched for: the cheaper permit lets no family come, the dearer one does', () => {
    const two = `xa visit 400; xb visit 60; xb work 3 100 0 nofamily ${OWN}; xb skill 3 100 90 ${OWN}; xb home 2 after 30 work skill; ${FOLLOWS('xb/skill')}`;
    assert.deepEqual(
      answer(two, husband(false)).map((x) => [x.plan.includes('skill'), x.marks, x.apart]),
      [
        [true, 'apart', [0, 13]],
        [false, 'parts', []],
      ],
    );
  });
  it('and waits in a third country where what they stay on ends before', () => {
    const third = `${line.replace('xa visit 400', 'xa visit 20')}; xc visit 30`;
    const book = worldLaw(third);
    const s = couple(book, 9000, husband(true, -12));
    const [p] = answerPlan(book, s, GOAL, { processing: 'longest' }).plans;
    assert.ok(p);
    const legs = walkPlan(book, s, p.plan, 'longest');
    const walk = walkTogether(book, s, legs, DRAW, 'first');
    assert.ok(walk);
    assert.deepEqual(rereadTogether(book, walk, DRAW), []);
    const waits = walk.members[0]?.legs.flatMap((l) => l.why).find((y) => y.kind === 'waits');
    assert.deepEqual(waits, { kind: 'waits', by: FIRST + 7, country: 'xc', under: 'xc/visit', until: FIRST + 36 });
    assert.deepEqual(walk.members[0]?.apart, { from: FIRST, to: FIRST + 13 });
    assert.equal(walk.holds, true);
  });
});
