/**
 * Families on the way of a plan. What is said of a member is compared with the person's own plan where both are the same, with days
 * counted one by one by other code, and with small laws in which one knows the answer.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { answerPlan } from '../../src/answers/plan-answer.ts';
import { walkPlan } from '../../src/answers/plan-legs.ts';
import { formatDay } from '../../src/calendar/civil.ts';
import type { LawBook } from '../../src/law/book.ts';
import { readPerson } from '../../src/person/file.ts';
import { situationOf } from '../../src/person/situation.ts';
import type { Situation } from '../../src/person/types.ts';
import { birthdayOf, holdsFirmly } from '../../src/plan/derived.ts';
import { searchPlans } from '../../src/plan/search.ts';
import { walkTogether } from '../../src/plan/together.ts';
import type { Together } from '../../src/plan/together-types.ts';
import { byWorth } from '../../src/plan/told.ts';
import type { Leg, Plan } from '../../src/plan/types.ts';
import { rereadTogether, withdrawn } from '../../src/plan/verify-together.ts';
import { smallWorld } from './random-worlds.ts';
import { FIRST, told as inWords, someone, worldLaw } from './text-worlds.ts';
import { clause, law, provision } from './worlds.ts';

const DRAW = { processing: 'longest', granted: true } as const;
const iso = (n: number): string => formatDay(FIRST + n);

const DOCUMENTS = (to = 9000) => `documents: [{kind: passport, country: ru, issued: 2020-01-01, expires: ${iso(to)}}]`;
const BASE = 'person: {born: 1990-01-01, sex: female, citizenships: [ru]}';

/** A person in `place` since the first day with one member, whose own file is given. */
function couple(book: LawBook, relation: string, member: string, place = 'xa', more = ''): Situation {
  const text = `${BASE}
${DOCUMENTS()}
now: {country: ${place}, since: ${iso(0)}, status: ${place}/visit}
stays: []
statuses: []
savings: 100000 EUR
family: [{relation: ${relation}, file: other.yaml, together: yes}]
${more}`;
  const { person, problems } = readPerson('person.yaml', text, book.schema, (name) =>
    name === 'other.yaml' ? { file: name, text: member } : undefined,
  );
  if (!person) throw new Error(JSON.stringify(problems));
  return situationOf(person, FIRST);
}

const here = (more = '', place = 'xa', documents = DOCUMENTS()): string => `name: Other
${BASE}
${documents}
now: {country: ${place}, since: ${iso(0)}, status: ${place}/visit}
statuses: []
savings: 100000 EUR
family: []
${more.includes('stays:') ? '' : 'stays: []'}
${more}`;

/** Legs as a plan has them, as far as a walk looks at them. */
const enter = (n: number, under: string): Leg => ({
  kind: 'enter',
  day: FIRST + n,
  country: under.slice(0, 2),
  under,
  jurisdiction: under.slice(0, 2),
  assumes: [],
  doubts: [],
  dangers: [],
});
const file = (n: number, route: string, place: string): Leg => ({
  kind: 'file',
  day: FIRST + n,
  route,
  place,
  jurisdiction: route.slice(0, 2),
  assumes: [],
  doubts: [],
  dangers: [],
});
const got = (n: number, route: string): Leg => ({
  kind: 'await',
  day: FIRST + n,
  route,
  jurisdiction: route.slice(0, 2),
  decision: 'right',
  assumes: [],
  doubts: [],
  dangers: [],
});

function walk(book: LawBook, s: Situation, legs: readonly Leg[]): Together {
  const plan = { legs } as unknown as Plan;
  const t = walkTogether(book, s, walkPlan(book, s, plan, 'longest'), DRAW);
  assert.ok(t);
  assert.deepEqual(rereadTogether(book, t, DRAW), []);
  return t;
}

describe('a member who is in the same position as the person', () => {
  it('can follow every leg of every plan, under the same rules to the same days', () => {
    let legs = 0;
    let sure = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const w = smallWorld(seed);
      const book = worldLaw(w.line);
      const alone = someone(book, 'xa', w.passport);
      const { plans } = searchPlans(
        book,
        alone,
        { kind: 'permanent' },
        {
          horizon: FIRST + w.limits.horizon,
          moves: w.limits.moves,
          hops: w.limits.hops,
          most: 150,
        },
      );
      if (plans.length === 0) continue;
      const s = couple(book, 'spouse', here('', 'xa', DOCUMENTS(w.passport)));
      const start = { ...s, documents: alone.documents };
      for (const plan of plans) {
        const walked = walkPlan(book, start, plan, 'longest');
        const t = walkTogether(book, start, walked, DRAW);
        assert.ok(t);
        assert.deepEqual(rereadTogether(book, t, DRAW), [], `world ${seed}: ${w.line}`);
        const m = t.members[0];
        // What the person's own plan leaves open may be open for the member, too; nothing is ever closed.
        const firm = plan.legs.every((l) => holdsFirmly(book, l));
        assert.ok(m?.holds === true || (!firm && m?.holds === undefined), `world ${seed}: ${inWords(plan)}`);
        sure += firm ? 1 : 0;
        plan.legs.forEach((l, i) => {
          if (l.kind !== 'enter') return;
          legs++;
          assert.equal(m?.legs[i]?.under, l.under, `world ${seed}`);
          assert.equal(m?.legs[i]?.until, l.until, `world ${seed}`);
        });
      }
    }
    assert.ok(legs > 20 && sure > 10, `${legs} legs compared, ${sure} plans without a doubt`);
  });
});

describe('days of a member', () => {
  const book = worldLaw('xa visit 400; xb visit 20/60; xc visit 400');
  /** Days are counted one by one: of the window that ends on `d`, those on which the member was in xb. */
  const lastDay = (past: readonly (readonly [number, number])[], from: number): number => {
    const there = (d: number): boolean => d >= from || past.some(([a, b]) => a <= d && d <= b);
    let d = from;
    for (; ; d++) {
      let n = 0;
      for (let x = d - 59; x <= d; x++) if (there(x)) n++;
      if (n > 20) return d - 1;
    }
  };
  it('are counted by their own stays: an entry, its last day, and whether it lasts until the plan goes on', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 2, max: 20 }), fc.integer({ min: 0, max: 9 })), { maxLength: 4 }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 0, max: 25 }),
        (stays, go, length) => {
          // Earlier stays in xb before the first day, apart from one another; xa in between is not told of and not needed.
          const past: [number, number][] = [];
          let end = -1;
          for (const [gap, days] of stays) {
            past.unshift([end - gap - days, end - gap]);
            end = end - gap - days - 1;
          }
          const told = past.map(([a, b]) => `{country: xb, from: ${iso(a)}, to: ${iso(b)}, status: xb/visit}`);
          const s = couple(book, 'spouse', here(`stays: [${told.join(', ')}]`));
          const m = walk(book, s, [enter(go, 'xb/visit'), enter(go + length, 'xc/visit')]).members[0];
          const last = lastDay(past, go);
          const first = m?.legs[0];
          if (last < go) {
            assert.equal(first?.outcome, false);
            assert.equal(first?.why[0]?.kind, 'entry');
            return;
          }
          assert.equal(first?.until, FIRST + last);
          assert.equal(first?.outcome, last >= go + length);
          const ends = first?.why.find((y) => y.kind === 'ends');
          assert.equal(ends?.by, last >= go + length ? undefined : FIRST + last);
        },
      ),
      { numRuns: 150 },
    );
  });
  it('that are used up say from when one may come', () => {
    const s = couple(
      book,
      'spouse',
      here(`stays: [{country: xb, from: ${iso(-21)}, to: ${iso(-2)}, status: xb/visit}]`),
    );
    const why = walk(book, s, [enter(1, 'xb/visit')]).members[0]?.legs[0]?.why[0];
    assert.equal(why?.kind, 'entry');
    // The first of the twenty days leaves the window of sixty on the sixtieth day after it.
    assert.equal(why?.kind === 'entry' ? why.gates[0]?.again?.day : undefined, FIRST - 21 + 60);
  });
});

describe('papers of a member', () => {
  const book = worldLaw('xa visit 400; xb visit 20');
  const leg = (documents: string) =>
    walk(book, couple(book, 'spouse', here('', 'xa', documents)), [enter(1, 'xb/visit')]).members[0]?.legs[0];
  it('none: not let in', () => assert.equal(leg('documents: []')?.outcome, false));
  it('not told: not known', () => assert.equal(leg('')?.outcome, undefined));
  it('run out the day before, on the day, after it', () => {
    assert.equal(leg(DOCUMENTS(0))?.outcome, false);
    assert.equal(leg(DOCUMENTS(1))?.outcome, true);
    assert.equal(leg(DOCUMENTS(2))?.outcome, true);
  });
  it('of a line in the list only: not known, not even where they may stay', () => {
    const { person } = readPerson(
      'p.yaml',
      `${BASE}\n${DOCUMENTS()}\nnow: {country: xa, since: ${iso(0)}, status: xa/visit}\nstays: []\nstatuses: []\nfamily: [{relation: child, born: 2015-05-05, together: yes}]`,
      book.schema,
    );
    assert.ok(person);
    const t = walk(book, situationOf(person, FIRST), [enter(1, 'xb/visit')]);
    assert.equal(t.holds, undefined);
    assert.equal(t.members[0]?.legs[0]?.outcome, undefined);
  });
});

/** xb: a permit for work for whoever is male (so that the member of these tests has none of their own), and one for their children. */
function familyLaw(takes = 10, more = '', workMore = ''): LawBook {
  const dated = (unit: string, v: string) => `{unit: ${unit}, values: {2022-01-01: {value: ${v}, source: s}}}`;
  const permit = (id: string, when: readonly string[], days: string, own: string) =>
    provision(
      id,
      'route',
      `decision: right
params: {takes: ${dated('duration', days)}, lasts: ${dated('duration', 'P100D')}, adult: {unit: years, range: {min: 1, max: 30}, values: {2022-01-01: {value: 18, source: s}}}}
monthEnd: {clamp: s}
all: [${when.map((w, i) => clause(`c${i}`, w)).join(', ')}]
file: {where: [in-country, abroad], from: [any], source: s}
processing: {longest: takes, source: s}
pending: {mayStay: yes, says: {en: p, ru: p}, source: s}
grants: {status: ${id}, valid: lasts, source: s}
status: {stands: permit, rights: {work: any, says: {en: w, ru: w}, source: s}, renew: {by: ${id}, source: s}}
${own}`,
    );
  return law([
    ...['xa', 'xb'].map((c) =>
      provision(
        `${c}/visit`,
        'stay',
        `params: {most: {unit: days, range: {min: 0, max: 100000}, values: {2022-01-01: {value: ${c === 'xa' ? 4000 : 30}, source: s}}}}
all: [${clause('passport', 'passport.expires >= on')}]
counting: [{kind: perEntry, limit: most, edges: both, gapDays: 0, source: s}]`,
      ),
    ),
    permit('xb/work', ['work.remote'], 'P20D', workMore),
    permit(
      'xb/child',
      [
        'some f in family satisfies (f.relation = "parent" and f.country = "xb" and f.status = "xb/work")',
        'age < adult',
      ],
      `P${takes}D`,
      more,
    ),
  ]);
}

describe('a child whose permit follows the parent’s', () => {
  const book = familyLaw();
  /** The parent asks on day 0 and has the permit on day 20; the child may ask from then on. */
  const told = (turns18: number, b = book) => {
    const born = birthOf(FIRST + turns18);
    const child = here('work: {remote: no}').replace('born: 1990-01-01', `born: ${formatDay(born)}`);
    const s = couple(b, 'child', child, 'xa', 'work: {remote: yes}');
    return walk(b, s, [file(0, 'xb/work', 'xa'), got(20, 'xb/work'), enter(20, 'xb/work'), got60()]);
  };
  const got60 = (): Leg => enter(60, 'xa/visit');
  const birthOf = (day: number): number => {
    // The day eighteen years before: found by asking, so that the rounding of months is not assumed here.
    for (let b = day - 6580; ; b++) if (birthdayOf(b, 18) === day) return b;
  };
  it('may come where they stay under age: file when, answer when, until when, what work', () => {
    const [d] = told(400).members[0]?.legs[1]?.derived ?? [];
    assert.equal(d?.outcome, true);
    assert.equal(d?.route.id, 'xb/child');
    assert.deepEqual([d?.file, d?.place, d?.answer, d?.until], [FIRST + 20, 'xa', FIRST + 30, FIRST + 129]);
    assert.equal(d?.rights?.work, 'any');
  });
  it('who turns eighteen the day before one can apply, or on it: closed, and the day is said', () => {
    for (const n of [19, 20]) {
      const leg = told(n).members[0]?.legs[1];
      assert.equal(leg?.outcome, false, `day ${n}`);
      assert.deepEqual(leg?.derived?.[0]?.birthday, { turns: 18, on: FIRST + n, before: 'filing' });
    }
  });
  it('who turns eighteen the day after, up to the day of the answer: not known which day counts', () => {
    for (const n of [21, 30]) {
      const leg = told(n).members[0]?.legs[1];
      assert.equal(leg?.outcome, undefined, `day ${n}`);
      assert.deepEqual(leg?.derived?.[0]?.birthday, { turns: 18, on: FIRST + n, before: 'answer' });
    }
  });
  it('who turns eighteen after the answer: open; before the renewal: not renewed, and the day is said', () => {
    assert.equal(told(31).members[0]?.legs[1]?.outcome, true);
    const child = here('work: {remote: no}').replace('born: 1990-01-01', `born: ${formatDay(birthOf(FIRST + 100))}`);
    const s = couple(book, 'child', child, 'xa', 'work: {remote: yes}');
    const m = walk(book, s, [
      file(0, 'xb/work', 'xa'),
      got(20, 'xb/work'),
      enter(40, 'xb/work'),
      enter(110, 'xa/visit'),
    ]);
    assert.equal(m.members[0]?.holds, true);
    const long = walk(book, s, [
      file(0, 'xb/work', 'xa'),
      got(20, 'xb/work'),
      enter(40, 'xb/work'),
      file(100, 'xb/work', 'xb'),
      got(120, 'xb/work'),
      enter(150, 'xa/visit'),
    ]).members[0];
    const why = long?.legs[4]?.why.find((y) => y.kind === 'renewal');
    assert.deepEqual(why?.kind === 'renewal' ? why.carried.birthday : undefined, {
      turns: 18,
      on: FIRST + 100,
      before: 'renewal',
    });
    assert.equal(long?.holds, undefined);
  });
  it('whose permit looks at no age: that they come of age before the renewal is said, and it is not certain', () => {
    const silent = law([
      provision(
        'xa/visit',
        'stay',
        `params: {most: {unit: days, range: {min: 0, max: 100000}, values: {2022-01-01: {value: 4000, source: s}}}}
all: [${clause('passport', 'passport.expires >= on')}]
counting: [{kind: perEntry, limit: most, edges: both, gapDays: 0, source: s}]`,
      ),
      provision(
        'xa/kin',
        'route',
        `decision: right
params: {takes: {unit: duration, values: {2022-01-01: {value: P1D, source: s}}}, lasts: {unit: duration, values: {2022-01-01: {value: P100D, source: s}}}}
monthEnd: {clamp: s}
all: [${clause('parent', 'some f in family satisfies f.relation = "parent"')}]
file: {where: [in-country], from: [any], source: s}
processing: {longest: takes, source: s}
grants: {status: xa/kin, valid: lasts, source: s}
status: {stands: permit, renew: {by: xa/kin, source: s}}`,
      ),
    ]);
    const renewal = (turns18: number) => {
      const child = here(`statuses: [{status: xa/kin, country: xa, from: ${iso(-50)}, to: ${iso(49)}}]`)
        .replace('statuses: []\n', '')
        .replace('status: xa/visit', 'status: xa/kin')
        .replace('born: 1990-01-01', `born: ${formatDay(birthOf(FIRST + turns18))}`);
      const m = walk(silent, couple(silent, 'child', child), [enter(120, 'xa/visit')]).members[0];
      return m?.start.why.find((y) => y.kind === 'renewal');
    };
    assert.deepEqual(renewal(49)?.grown, { turns: 18, on: FIRST + 49, before: 'renewal' });
    assert.equal(renewal(-50), undefined);
    assert.equal(renewal(200), undefined);
  });
  it('comes as a visitor where the answer comes while the visit lasts', () => {
    const m = told(400).members[0];
    assert.equal(m?.legs[2]?.under, 'xb/visit');
    assert.equal(m?.legs[2]?.joins, undefined);
    assert.equal(m?.holds, true);
  });
  it('follows later where it comes after that, and stays where it is lawful until then', () => {
    const m = told(400, familyLaw(35)).members[0];
    assert.equal(m?.legs[2]?.joins, FIRST + 55);
    assert.equal(m?.legs[2]?.under, 'xb/child');
    assert.equal(m?.holds, true);
  });
  it('who still waits when the plan ends: follows later, if they may be where they are until then', () => {
    const born = formatDay(birthOf(FIRST + 400));
    const child = here('work: {remote: no}').replace('born: 1990-01-01', `born: ${born}`);
    const late = familyLaw(35);
    const s = couple(late, 'child', child, 'xa', 'work: {remote: yes}');
    const legs = [file(0, 'xb/work', 'xa'), got(20, 'xb/work'), enter(20, 'xb/work')];
    const m = walk(late, s, legs).members[0];
    assert.equal(m?.legs[2]?.joins, FIRST + 55);
    assert.equal(m?.holds, true);
    // In xa the child may be until day 40, as somebody who came there long before.
    const short = walk(
      late,
      couple(late, 'child', child.replace(`since: ${iso(0)}`, `since: ${iso(-3959)}`), 'xa', 'work: {remote: yes}'),
      legs,
    );
    const ends = short.members[0]?.legs[2]?.why.find((y) => y.kind === 'ends');
    assert.equal(ends?.by, FIRST + 40);
    assert.equal(short.holds, undefined);
  });
  it('is not let come where the law says so, and not known where it says nothing', () => {
    const barred = familyLaw(10, '', 'family: {may: no, says: {en: n, ru: n}, source: s}');
    assert.equal(told(19, barred).members[0]?.legs[1]?.why[0]?.kind, 'barred');
    const silent = worldLaw('xa visit 400; xb visit 30; xb work 20 100 abroad if work.remote');
    const leg = told(400, silent).members[0]?.legs[1];
    assert.equal(leg?.outcome, undefined);
    assert.equal(leg?.why[0]?.kind, 'silent');
  });
});

describe('the plan for a family', () => {
  it('comes after those that do not part it, and is marked', () => {
    const book = worldLaw(
      'xa visit 60; xb visit 20/60; xb work 3 100; xb home 2 after 5 work; xc visit 20; xc work 3 100; xc home 2 after 25 work',
    );
    const goal = { kind: 'permanent' } as const;
    const alone = answerPlan(book, someone(book), goal, { processing: 'longest' }).plans;
    assert.deepEqual(
      alone.map((p) => [p.plan.legs.at(-1)?.jurisdiction, p.together]),
      [
        ['xb', undefined],
        ['xc', undefined],
      ],
    );
    // The spouse has used up the days of xb: the plan that goes there at once is for one alone, another waits until they come free.
    const used = here(`stays: [{country: xb, from: ${iso(-20)}, to: ${iso(-1)}, status: xb/visit}]`);
    const both = answerPlan(book, couple(book, 'spouse', used), goal, { processing: 'longest' }).plans;
    assert.deepEqual(
      both.map((p) => [p.plan.legs.at(-1)?.jurisdiction, p.together?.order, p.together?.holds]),
      [
        ['xb', 'together', true],
        ['xc', 'together', true],
        // Going first, whether the spouse may follow is not known: no rule of this law speaks of families.
        ['xb', 'first', undefined],
      ],
    );
    assert.equal(both[0]?.plan.legs[0]?.day, FIRST - 20 + 60);
    const [a, b] = [alone[0]?.plan, alone[1]?.plan] as [Plan, Plan];
    assert.ok(byWorth({ ...a, parts: true }, b) > 0 && byWorth(a, b) < 0);
  });
  it('is not marked for somebody of whom it is not told whether they go along', () => {
    const book = worldLaw('xa visit 60; xb visit 20');
    const s = couple(book, 'spouse', here('', 'xa', 'documents: []'));
    const family = (s.person.facts.get('family') as unknown as Record<string, unknown>[]).map(
      ({ together: _, ...r }) => r,
    );
    const open = { ...s, person: { ...s.person, facts: new Map([...s.person.facts, ['family', family as never]]) } };
    assert.equal(walk(book, open, [enter(1, 'xb/visit')]).holds, undefined);
    const no = family.map((r) => ({ ...r, together: false }));
    const left = { ...s, person: { ...s.person, facts: new Map([...s.person.facts, ['family', no as never]]) } };
    assert.equal(walkTogether(book, left, [], DRAW), undefined);
  });
});

describe('the second reading', () => {
  const book = worldLaw('xa visit 400; xb visit 20');
  const s = couple(book, 'spouse', here());
  const t = walk(book, s, [enter(1, 'xb/visit'), enter(15, 'xa/visit')]);
  const m = t.members[0] as Together['members'][number];
  it('takes back a stay that does not last', () => {
    const forged = {
      ...t,
      members: [
        { ...m, track: m.track.map((x) => (x.kind === 'through' && x.leg === 0 ? { ...x, day: FIRST + 30 } : x)) },
      ],
    };
    const found = rereadTogether(book, forged, DRAW);
    assert.deepEqual(
      found.map((x) => x.leg),
      [0],
    );
    const after = withdrawn(forged, found);
    assert.equal(after.holds, undefined);
    assert.equal(after.members[0]?.legs[0]?.why.at(-1)?.kind, 'unsure');
  });
  it('takes back an entry that is not open', () => {
    const other = worldLaw('xa visit 400; xb visit 20; xb shut 0');
    assert.ok(rereadTogether(other, t, DRAW).some((x) => x.leg === 0));
  });
  it('takes back a "no" where something is open', () => {
    const from = { ...s, on: FIRST + 1 };
    const forged = {
      ...t,
      members: [
        {
          ...m,
          legs: m.legs.map((l, i) => (i === 0 ? { ...l, outcome: false as const } : l)),
          track: [...m.track, { leg: 0, kind: 'shut' as const, country: 'xb', from }],
        },
      ],
    };
    assert.deepEqual(
      rereadTogether(book, forged, DRAW).map((x) => x.leg),
      [0],
    );
  });
});
