import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatDay, parseDay } from '../../src/calendar/civil.ts';
import { checkRoutes, type RouteCheck } from '../../src/check/check.ts';
import { answerOf } from '../../src/check/plain.ts';
import { coverRows } from '../../src/lab/cover-rows.ts';
import { coverage, EVERYBODY, membership } from '../../src/lab/coverage.ts';
import { LawEye } from '../../src/lab/eye.ts';
import { homesOf } from '../../src/lab/homes.ts';
import { NO_BOUND, TURNED, visaBound, visitMonth } from '../../src/lab/month.ts';
import { personYaml } from '../../src/lab/person-yaml.ts';
import { Reach } from '../../src/lab/reach.ts';
import { ofKind } from '../../src/law/book.ts';
import { applyPatch, readPatch } from '../../src/law/patch.ts';
import type { Provision } from '../../src/law/types.ts';
import { entryEligibility } from '../../src/moves/eligible.ts';
import { filingFrom } from '../../src/moves/filing.ts';
import { readPerson } from '../../src/person/file.ts';
import { situationOf } from '../../src/person/situation.ts';
import { book, peopleOf, subgroups } from '../support/lab.ts';

const day = (t: string) => parseDay(t) as number;
const N = 1500;
const people = peopleOf(N);
const routes = ofKind(book, 'route');
const WORD = ['no', 'unknown', '', 'yes'];

/** The answer by the letter: where a passport has run out and no rule looks at that, check says that it is not known. */
const byLetter = (c: RouteCheck): string =>
  c.outcome === 'unknown' &&
  !c.missing.length &&
  !c.lacks.length &&
  !c.verifyBecause.some((v) => v.why === 'in-force-unknown') &&
  !c.filing.doubts.some((d) => d.kind === 'papers-waived') &&
  c.filing.doubts.some((d) => d.kind === 'passport-lapsed')
    ? 'yes'
    : c.outcome;

describe('what the eye sees', () => {
  for (const [on, step] of [
    ['2026-11-23', 61],
    ['2023-05-01', 149],
  ] as const)
    it(`equals check, person by person and route by route, and says alike where they may file (${on})`, () => {
      const eye = new LawEye(book, people);
      const rows = routes.map((r) => eye.route(r, day(on)));
      const reach = new Reach(eye, day(on));
      const filing = routes.map((r) => reach.filing(r));
      let compared = 0;
      for (let i = 0; i < N; i += step) {
        checkRoutes(book, people.situation(i, day(on)), day(on)).forEach((c, k) => {
          assert.equal(WORD[rows[k]?.[i] as number], byLetter(c), `${c.route}, row ${i}`);
          // Whether it is open on some day: on which days it is taken from what is held, the lab does not ask.
          const route = routes[k] as Provision;
          const s = people.situation(i, day(on));
          const may = c.filing.window ? filingFrom(book, route, s, day(on), undefined, 'any').may : undefined;
          const expected = c.filing.window ? answerOf(may) : c.filing.may;
          assert.equal(WORD[filing[k]?.[i] as number], expected, `${c.route}, filing, row ${i}`);
          compared++;
        });
      }
      assert.ok(compared > 1000);
    });
  it('asked on one day after another, says the same as asked anew', () => {
    const eye = new LawEye(book, people);
    for (const on of ['2022-06-01', '2024-01-01', '2026-03-01'])
      for (const r of routes.slice(0, 60)) eye.route(r, day(on));
    const fresh = new LawEye(book, people);
    for (const r of routes.slice(0, 60))
      assert.deepEqual(eye.route(r, day('2025-01-01')), fresh.route(r, day('2025-01-01')), r.id);
  });
});

describe('a row as a person file', () => {
  it('is read by the planner, and gives the same answers', () => {
    const on = day('2026-11-23');
    const eye = new LawEye(book, people);
    for (let i = 3; i < N; i += 211) {
      const text = personYaml(people.situation(i, on), book.schema, 'row');
      const { person, problems } = readPerson(`row-${i}.yaml`, text, book.schema);
      assert.ok(person, `${problems.map((p) => `${p.line} ${p.found} ${p.expected}`).join('\n')}\n${text}`);
      checkRoutes(book, situationOf(person, on), on).forEach((c, k) => {
        assert.equal(
          WORD[eye.route(routes[k] as never, on)[i] as number],
          byLetter(c),
          `${c.route}, row ${i} on ${formatDay(on)}`,
        );
      });
    }
  });
});

describe('visas held', () => {
  const holds = (attribute: string, category: string) =>
    Array.from({ length: N }, (_, i) => i).filter(
      (i) => people.category(attribute, i).id === category && people.placeOf(i) !== undefined,
    );
  it('open the border until their last day, as they do to the same person of a file', () => {
    const tbilisi = { place: 'ge', since: day('2024-12-01'), under: 'ge/visa-free', holdings: [] };
    const eye = new LawEye(book, people, () => tbilisi);
    for (const [rule, country, attribute, last] of [
      ['schengen/short-stay', 'de', 'schengenVisa', '2024-12-31'],
      ['us/visitor', 'us', 'usVisa', '2025-06-30'],
    ] as const) {
      const rows = holds(attribute, last.startsWith('2024') ? 'until-2024' : 'until-2025');
      const stay = book.provisions.get(rule) as Provision;
      let may = 0;
      for (const [on, held] of [
        [day(last), true],
        [day(last) + 1, false],
      ] as const) {
        const entry = eye.entry(stay, country, on);
        for (const i of rows) {
          const text = personYaml(people.situation(i, on, tbilisi), book.schema, 'row');
          const { person, problems } = readPerson('row.yaml', text, book.schema);
          assert.ok(person && /visa-c-multiple|visitor-visa/.test(text), problems.map((p) => p.found).join());
          const { outcome } = entryEligibility(book, stay, country, situationOf(person, on), on);
          assert.equal(
            WORD[entry[i] as number],
            outcome === undefined ? 'unknown' : outcome ? 'yes' : 'no',
            `row ${i}`,
          );
          if (!held) assert.equal(outcome, false);
          else if (outcome) may++;
        }
      }
      assert.ok(may > 0, rule);
    }
  });
  it('bound a visit, which counts in all of the area; nobody sets out where all are turned away', () => {
    const on = day('2022-11-01');
    const [germany, finland, georgia] = ['de', 'fi', 'ge'].map((h) => visitMonth(book, people, h, on));
    assert.deepEqual([germany?.free, finland?.free, georgia?.free], [false, false, true]);
    assert.equal(germany?.shared, finland?.shared);
    assert.ok(germany?.shared && !georgia?.shared);
    assert.deepEqual([germany?.gap, finland?.gap], [91, TURNED]);
    assert.equal(visitMonth(book, people, 'fi', day('2022-07-01')).gap, 91);
    const [soon] = holds('schengenVisa', 'until-2022');
    const [none] = holds('schengenVisa', 'none');
    assert.equal(visaBound(book, people, soon as number, 'de', on), day('2022-12-31'));
    assert.equal(visaBound(book, people, none as number, 'de', on), NO_BOUND);
    assert.equal(visaBound(book, people, soon as number, 'ge', on), NO_BOUND);
  });
});

describe('coverage', () => {
  const on = day('2026-11-23');
  const c = coverage(book, people, subgroups, on);
  it('counts everybody once', () => {
    const all = c.subgroups[0];
    assert.equal(all?.id, EVERYBODY);
    const sum = (x: object) => Object.values(x).reduce((a: number, b: number) => a + b, 0);
    assert.ok(Math.abs(sum(all?.home ?? {}) - c.people) < 1e-3 && Math.abs(sum(all?.stable ?? {}) - c.people) < 1e-3);
    for (const g of c.subgroups) {
      assert.ok(Math.abs(g.from.reduce((a, f) => a + f.people, 0) - g.people) < 1e-3, g.id);
      assert.ok(g.home.none >= g.nothing + g.visitOnly - 1e-6 && g.stable.none >= g.home.none - 1e-6, g.id);
    }
  });
  it('puts people into the subgroups that their facts say', () => {
    const eye = new LawEye(book, people);
    const bits = membership(book, eye, subgroups, on);
    const k = subgroups.findIndex((s) => s.id === 'deserters') + 1;
    let some = 0;
    for (let i = 0; i < N; i++) {
      const is = people.situation(i, on).person.facts.get('exposure.deserter') === true;
      assert.equal(((bits[i] as number) >> k) & 1, is ? 1 : 0);
      if (is) some++;
    }
    assert.ok(some > 0);
  });
  it('is the same twice', () => assert.deepEqual(coverage(book, people, subgroups, on), c));
  it('finds nobody better off where every route to a home is closed, and all of them where it is nowhere to go', () => {
    const ids = homesOf(book, 20780).map((h) => h.route.id);
    const text = `title: {en: x, ru: x}\nwhy: {en: x, ru: x}\nchanges:\n${ids.map((id) => `  - {close: ${id}, from: 2026-01-01}`).join('\n')}\n`;
    const closed = applyPatch(book, readPatch('all.yaml', text, book));
    const rows = coverRows(new LawEye(closed, people), on, { brief: true });
    assert.ok(rows.home.every((l) => l === 3));
    const before = coverRows(new LawEye(book, people), on, { brief: true });
    assert.ok(before.home.some((l) => l < 3));
    const stays = ofKind(book, 'stay').map((r) => `  - {close: ${r.id}, from: 2026-01-01}`);
    const shut = applyPatch(
      closed,
      readPatch('stays.yaml', `title: {en: x, ru: x}\nwhy: {en: x, ru: x}\nchanges:\n${stays.join('\n')}\n`, closed),
    );
    const none = coverRows(new LawEye(shut, people), on, { brief: true });
    assert.ok(none.visits.every((v) => v === 0));
    assert.ok(none.nothing.reduce((a, b) => a + b, 0) > before.nothing.reduce((a, b) => a + b, 0));
  });
  it('a rule that alone shuts a row out is one whose fall opens the route', () => {
    const eye = new LawEye(book, people);
    const { closed } = coverRows(eye, on);
    let tried = 0;
    for (const r of closed) {
      for (let k = 0; k < r.names.length && tried < 40; k++) {
        const clause = (r.names[k] as string).split('#')[1];
        const i = r.rule.indexOf(k);
        if (i < 0 || clause === undefined || clause === 'filing' || clause === 'in-force') continue;
        const p = book.provisions.get(r.home.route.id);
        if (!p?.all.some((x) => x.id === clause)) continue;
        const text = `title: {en: x, ru: x}\nwhy: {en: x, ru: x}\nchanges: [{drop: ${p.id}, clause: ${clause}, from: 2020-01-01}]\n`;
        const without = applyPatch(book, readPatch('drop.yaml', text, book));
        const route = without.provisions.get(p.id);
        assert.notEqual(new LawEye(without, people).route(route as never, on)[i], 0, `${r.names[k]}, row ${i}`);
        tried++;
      }
    }
    assert.ok(tried >= 20, String(tried));
  });
});
