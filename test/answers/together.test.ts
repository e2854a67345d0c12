/** The family in the JSON and in words, on the law as it is and on persons of `people/`. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { answerPlan, type PlanAnswer } from '../../src/answers/plan-answer.ts';
import { planJson } from '../../src/answers/plan-json.ts';
import { walkPlan } from '../../src/answers/plan-legs.ts';
import { type MemberPapers, memberPapers, paperClause } from '../../src/answers/together-papers.ts';
import { type FamilyLine, familyDangers, familyLines, familySummary } from '../../src/answers/together-words.ts';
import { formatDay, parseDay } from '../../src/calendar/civil.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import type { LawBook } from '../../src/law/book.ts';
import { startOf } from '../../src/moves/claims.ts';
import { readPerson } from '../../src/person/file.ts';
import type { Situation } from '../../src/person/types.ts';
import { walkTogether } from '../../src/plan/together.ts';
import type { MemberLeg, MemberWalk } from '../../src/plan/together-types.ts';
import type { Leg, Plan } from '../../src/plan/types.ts';
import { rereadTogether } from '../../src/plan/verify-together.ts';

const people = join(import.meta.dirname, '..', '..', 'people');
const ON = parseDay('2026-11-27') as number;
const DRAW = { processing: 'longest', granted: true } as const;
let book: LawBook;
before(async () => {
  book = await loadLaw();
});

function personOf(file: string): Situation {
  const read = (name: string) => readFileSync(join(people, name), 'utf8');
  const { person, problems } = readPerson(file, read(file), book.schema, (name) => ({ file: name, text: read(name) }));
  assert.ok(person, JSON.stringify(problems));
  return startOf(book, person, ON);
}

/** What a status that the person is given on a day, where they now are, opens for their members. */
function given(s: Situation, status: string, country: string, day: number): (readonly MemberLeg[])[] {
  const leg: Leg = {
    kind: 'await',
    day,
    route: status,
    jurisdiction: country,
    decision: 'right',
    assumes: [],
    doubts: [],
    dangers: [],
  };
  const after: Situation = {
    ...s,
    on: day,
    holdings: [...(s.holdings ?? []), { status, country, from: day, to: day + 900 }],
  };
  const t = walkTogether(book, s, [{ leg, before: s, after }], DRAW);
  assert.ok(t);
  assert.deepEqual(rereadTogether(book, t, DRAW), []);
  return t.members.map((m) => m.legs);
}

describe('a husband with another passport (people/irina.yaml)', () => {
  it('in Germany by the route for spouses, where the law here leaves means and the consulate open', () => {
    const [legs] = given(personOf('irina.yaml'), 'de/blue-card', 'de', ON + 10);
    const spouse = legs?.[0]?.derived?.find((d) => d.route.id === 'de/spouse-of-resident');
    assert.equal(spouse?.outcome, undefined);
    assert.ok(spouse?.missing.includes('de.livelihood'));
    assert.equal(spouse?.file, ON + 10);
    assert.equal(spouse?.rights?.work, 'any');
    assert.equal(legs?.[0]?.outcome, undefined);
  });
  it('in France by the card for families of talents', () => {
    const [legs] = given(personOf('irina.yaml'), 'fr/talent-blue-card', 'fr', ON + 10);
    assert.ok(legs?.[0]?.derived?.some((d) => d.route.id === 'fr/talent-family' && d.outcome !== false));
    assert.notEqual(legs?.[0]?.outcome, false);
  });
  it('is told of what concerns him as a man liable for service, and not her', () => {
    const s = personOf('irina.yaml');
    const leg: Leg = {
      kind: 'enter',
      day: ON + 5,
      country: 'tr',
      under: 'tr/visa-free',
      jurisdiction: 'tr',
      assumes: [],
      doubts: [],
      dangers: [],
    };
    const after: Situation = { ...s, on: ON + 5, place: 'tr', since: ON + 5, under: 'tr/visa-free' };
    const step = { leg, before: s, after };
    const t = walkTogether(book, s, [step], DRAW);
    assert.ok(t && t.members[0]?.legs[0]?.outcome === true);
    const walked = [
      { ...step, provision: undefined, reasons: [], supposed: new Set<string>(), move: undefined, filed: false },
    ];
    const lines = familyDangers(book, t, walked, 0, 'en');
    assert.equal(lines.length, t.members[0].legs[0].dangers.length);
    for (const l of lines) assert.match(l.says, /concern.*Dmitri/);
  });
});

describe('the answer for a family', () => {
  const answers = new Map<string, PlanAnswer>();
  const answer = (file: string): PlanAnswer => {
    const have =
      answers.get(file) ??
      answerPlan(book, personOf(file), { kind: 'permanent' }, { processing: 'longest', most: 500 });
    answers.set(file, have);
    return have;
  };
  for (const file of ['irina.yaml', 'marina.yaml'])
    it(`says of each leg and each member what holds: ${file}`, () => {
      const a = answer(file);
      assert.ok(a.plans.length > 0);
      const members = (a.start.person.facts.get('family') as readonly unknown[]).length;
      const json = planJson(book, a) as {
        plans: {
          legs: unknown[];
          family: { holds: string; members: { holds: string; legs: { outcome: string }[] }[] };
        }[];
      };
      for (const [n, p] of a.plans.entries()) {
        const t = p.together;
        assert.ok(t);
        assert.equal(t.members.length, members);
        const family = json.plans[n]?.family;
        assert.equal(family?.members.length, members);
        for (const m of family?.members ?? []) {
          assert.equal(m.legs.length, p.legs.length);
          if (m.holds === 'yes') assert.ok(m.legs.every((l) => l.outcome === 'yes'));
          if (m.holds === 'no')
            assert.ok(m.legs.some((l) => l.outcome === 'no') || t.members.some((x) => x.start.outcome === false));
        }
        for (const lang of ['en', 'ru'] as const) {
          const lines: string[] = [
            ...familySummary(book, t, p.legs, lang),
            ...p.legs.flatMap((_, i) => [
              ...familyLines(book, t, p.legs, i, lang),
              ...familyDangers(book, t, p.legs, i, lang),
            ]),
          ].map((l: FamilyLine) => l.says);
          assert.ok(lines.length > 0);
          for (const l of lines) {
            assert.match(l, /^\p{Lu}.*\.$/u, l);
            assert.doesNotMatch(l, /undefined|NaN|\{|\[object|\.\./, l);
            if (lang === 'ru') assert.match(l, /[а-я]/);
          }
        }
      }
      // Whoever surely cannot follow is told so before the legs, and such plans come last among the equally safe.
      const parts = a.plans.map((p) => p.plan.parts === true);
      assert.deepEqual(
        parts,
        a.plans.map((p) => p.together?.holds === false),
      );
    });
  it('promises nothing of children of whom no passport is told', () => {
    for (const p of answer('marina.yaml').plans) assert.notEqual(p.together?.holds, true);
  });
});

describe('a passport of a member that ends on the way', () => {
  it('is said on the last step taken with it, with the ways to a new one there and by when to ask', () => {
    const s = personOf('irina.yaml');
    const day = (text: string) => parseDay(text) as number;
    const enter = (on: string, country: string): Leg => ({
      kind: 'enter',
      day: day(on),
      country,
      under: `${country}/visa-free`,
      jurisdiction: country,
      assumes: [],
      doubts: [],
      dangers: [],
    });
    const walked = (...legs: readonly Leg[]) => {
      const t = walkTogether(book, s, walkPlan(book, s, { legs } as unknown as Plan, 'longest'), DRAW);
      assert.ok(t);
      return memberPapers(book, t.members[0] as MemberWalk);
    };
    // Dmitri's passport: until 10 June 2031 (people/dmitri.yaml).
    const p = walked(enter('2026-12-05', 'am'), enter('2031-06-10', 'ge'), enter('2031-06-11', 'am'));
    assert.equal(p?.leg, 1);
    assert.equal(formatDay(p?.until ?? 0), '2031-06-10');
    assert.equal(walked(enter('2026-12-05', 'am'), enter('2031-06-10', 'ge')), undefined);
    const early = walked(enter('2026-12-05', 'am'), enter('2031-06-11', 'ge'));
    assert.equal(early?.place, 'am');
    const abroad = early?.ways.find((x) => x.route.id.startsWith('ru/'));
    assert.ok(abroad && abroad.by < day('2031-06-10') && abroad.open !== false);
    assert.match(
      paperClause(early as MemberPapers, 'en'),
      /runs out on 10 June 2031, .*\(ask by 12 March 2031; .* known danger for them/,
    );
  });
});
