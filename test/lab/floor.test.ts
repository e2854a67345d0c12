import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseDay } from '../../src/calendar/civil.ts';
import { coverRows, HURDLES } from '../../src/lab/cover-rows.ts';
import { coverage } from '../../src/lab/coverage.ts';
import { LawEye } from '../../src/lab/eye.ts';
import { countsAgainst, priceOf, readFloor } from '../../src/lab/floor.ts';
import { filedFirst, type Home, homesOf } from '../../src/lab/homes.ts';
import { membersOf, statusTerms } from '../../src/law/book.ts';
import { filingAt } from '../../src/law/resolve.ts';
import type { Provision } from '../../src/law/types.ts';
import { dangersIn, isGrave } from '../../src/moves/dangers.ts';
import { entryEligibility, routeEligibility } from '../../src/moves/eligible.ts';
import { filingFrom } from '../../src/moves/filing.ts';
import { stayRulesFor } from '../../src/moves/lawful.ts';
import { entryEligibilityUnderStatus } from '../../src/moves/moves.ts';
import { convert } from '../../src/person/view.ts';
import type { Tri } from '../../src/rules/ir.ts';
import { book, figures, floor, labText, peopleOf, problemsOf, subgroups } from '../support/lab.ts';

const on = parseDay('2026-11-23') as number;
const people = peopleOf(1200, 3);
const rows = coverRows(new LawEye(book, people), on, { brief: true, floor });

const both = (...xs: readonly Tri[]): Tri => (xs.includes(false) ? false : xs.includes(undefined) ? undefined : true);
const either = (...xs: readonly Tri[]): Tri => (xs.includes(true) ? true : xs.includes(undefined) ? undefined : false);

/** The same floor for one person, asked of `moves` alone, without groups, memory or bits. */
function openInPractice(h: Home, i: number): Tri {
  const s = people.situation(i, on);
  const { route } = h;
  const country = route.jurisdiction;
  const routes = h.via ? [h.via, route] : [route];
  const first = filedFirst(h);
  const grave = (aim: 'home' | 'protection' | 'visit', arriving: boolean): boolean =>
    dangersIn(book, s, country, on, ['presence', 'entry']).some(
      (d) => isGrave(d) && countsAgainst(book.provisions.get(d.provision) as Provision, aim, arriving, floor),
    );
  const own = s.cash && convert(book, s.cash, 'EUR', on);
  const pays = (arriving: boolean): Tri => own && own.amount * 100 >= priceOf(book, floor, routes, arriving, on);
  const aim = h.stands === 'protection' ? 'protection' : 'home';
  const open = both(...routes.map((r) => routeEligibility(book, r, s, on).outcome));
  const here = s.place !== undefined && (membersOf(book, country, on) ?? []).includes(s.place);
  const held = statusTerms(book, h.status)?.provision as Provision;
  const arrival =
    here || country.length > 2 ? undefined : entryEligibilityUnderStatus(book, held, country, s, on).outcome;
  const direct = both(
    open,
    filingFrom(book, first, s, on, undefined, 'any').may,
    here ? true : arrival,
    pays(!here),
    !grave(aim, !here),
  );
  const where = filingAt(first, on)?.where ?? [];
  let visit: Tri = false;
  if (country.length === 2 && (where.includes('in-country') || where.includes('online'))) {
    const rules = stayRulesFor(book, country, on);
    const rule = rules[0];
    if (rule) {
      const there = people.situation(i, on, { place: country, since: on, under: rule.id, holdings: [] });
      const lawful = { until: on, known: true, under: rule.id, doubts: [] };
      visit = both(
        either(...rules.map((r) => entryEligibility(book, r, country, s, on).outcome)),
        filingFrom(book, first, there, on, lawful, 'any').may,
        ...routes.map((r) => routeEligibility(book, r, there, on).outcome),
        pays(true),
        !grave(aim, true),
        !grave('visit', true),
      );
    }
  }
  return either(direct, visit);
}

describe('the practical floor', () => {
  const homes = homesOf(book, on);
  it('says of each person what moves says of them: dangers, arrival, money', () => {
    const { practice } = rows;
    assert.ok(practice);
    let differs = 0;
    const chosen = Array.from({ length: 1200 }, (_, i) => i).filter(
      (i) => i % 149 === 0 || (practice.nothing[i] === 1 && i % 9 === 0),
    );
    assert.ok(chosen.length > 8);
    for (const i of chosen) {
      let level = 3;
      for (const h of homes) {
        const open = openInPractice(h, i);
        const l = open === true ? (h.decision === 'right' ? 0 : 1) : open === undefined ? 2 : 3;
        level = Math.min(level, l);
      }
      assert.equal(practice.home[i], level, `row ${i}`);
      if (level !== rows.home[i]) differs++;
    }
    assert.ok(differs > 0);
  });
  it('never counts as open what the letter closes', () => {
    const { practice } = rows;
    assert.ok(practice);
    for (let i = 0; i < people.n; i++) {
      assert.ok((practice.home[i] as number) >= (rows.home[i] as number));
      assert.ok((practice.stable[i] as number) >= (practice.home[i] as number));
      assert.ok((practice.visits[i] as number) <= (rows.visits[i] as number));
      assert.ok((practice.nothing[i] as number) >= (rows.nothing[i] as number));
      for (const h of HURDLES) {
        assert.ok((practice.without[h][i] as number) <= (practice.home[i] as number));
        assert.ok((practice.without[h][i] as number) >= (rows.home[i] as number));
      }
      for (const [host, level] of practice.byHost)
        assert.ok((level[i] as number) >= (rows.byHost.get(host)?.[i] as number));
    }
  });
  it('tells both figures side by side, and they add up', () => {
    const c = coverage(book, people, subgroups, on, { brief: true, floor });
    for (const g of c.subgroups) {
      const p = g.practice;
      assert.ok(p, g.id);
      const sum = (x: object) => Object.values(x).reduce((a: number, b: number) => a + b, 0);
      assert.ok(Math.abs(sum(p.home) - g.people) < 1e-3 && Math.abs(sum(p.stable) - g.people) < 1e-3, g.id);
      const sure = (x: typeof g.home) => x.right + x.discretion;
      assert.ok(Math.abs(sure(g.home) - sure(p.home) - p.lost) < 1e-3, g.id);
      for (const h of HURDLES) assert.ok(p.lostTo[h] <= p.lost + 1e-6, g.id);
      assert.ok(p.nothing >= g.nothing, g.id);
    }
    const wanted = c.subgroups.find((g) => g.id === 'wanted');
    assert.ok((wanted?.practice?.nothing as number) > (wanted?.nothing as number));
    const without = coverage(book, people, subgroups, on, { brief: true });
    assert.equal(without.subgroups[0]?.practice, undefined);
    assert.deepEqual(without.subgroups[0]?.home, c.subgroups[0]?.home);
  });
});

describe('the file of the floor', () => {
  const read = (from: string | RegExp, to: string) =>
    problemsOf(() => readFloor(labText('diaspora/floor.yaml', from, to), book, figures)).join();
  it('refuses a danger that the law does not have, one named twice, a journey that is no sum', () => {
    assert.match(read('danger: mx/border', 'danger: mx/bordr'), /"mx\/bordr" \/ a danger of the law/);
    assert.match(read('danger: fi/eastern-border', 'danger: mx/border'), /a second time/);
    assert.match(read('300 EUR', '300'), /a sum in euro/);
    assert.match(read('300 EUR', '-5 EUR'), /a sum in euro/);
    assert.match(read(/against: visits/, 'against: visit'), /one of: nothing, protection, visits/);
  });
  it('counts a danger that it does not name against every home and visit', () => {
    const p = book.provisions.get('kz/handover-to-russia') as Provision;
    for (const aim of ['home', 'protection', 'visit', 'stay'] as const)
      assert.equal(countsAgainst(p, aim, false, floor), true);
    const border = book.provisions.get('kz/entry-danger') as Provision;
    assert.equal(countsAgainst(border, 'home', false, floor), false);
    assert.equal(countsAgainst(border, 'home', true, floor), true);
    const court = book.provisions.get('us/detention') as Provision;
    assert.equal(countsAgainst(court, 'home', true, floor), false);
    assert.equal(countsAgainst(court, 'protection', true, floor), true);
  });
});
