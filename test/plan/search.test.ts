/** The search on small invented worlds (one idea each), and on the example persons with the whole law. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { formatDay, parseDay } from '../../src/calendar/civil.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import type { LawBook } from '../../src/law/book.ts';
import { startOf } from '../../src/moves/claims.ts';
import { readPerson } from '../../src/person/file.ts';
import { situationOf } from '../../src/person/situation.ts';
import type { Situation } from '../../src/person/types.ts';
import { searchPlans } from '../../src/plan/search.ts';
import type { Goal, Plan } from '../../src/plan/types.ts';
import { verifyPlan } from '../../src/plan/verify.ts';
import { soundLaw, TAIL } from '../support/small-law.ts';

const book = await loadLaw();

const root = join(import.meta.dirname, '..', '..');
const day = (t: string) => parseDay(t) as number;
const PERMANENT: Goal = { kind: 'permanent' };

const visit = (c: string, days: number) => `id: ${c}/visa-free
kind: stay
title: {en: Visa-free, ru: Без визы}
inForce: {from: 2022-02-24, earlier: true}
keyDate: entry
params: {daysMax: {unit: days, range: {min: 1, max: 400}, values: {2022-02-24: {value: ${days}, source: s}}}}
counting: [{kind: perEntry, limit: daysMax, edges: both, source: s}]
all: [{id: citizen, says: {en: A Russian passport, ru: Российский паспорт}, when: 'passport.country = "ru"', source: s}]
cases: [{name: yes, on: 2026-01-01, given: {passport.country: ru}, expect: yes}]
${TAIL}`;

const permit = (
  id: string,
  more: { decision?: string; valid?: string; takes?: string; when?: string; renew?: boolean },
) => `id: ${id}
kind: route
title: {en: Permit, ru: Разрешение}
inForce: {from: 2022-02-24}
keyDate: filing
decision: ${more.decision ?? 'right'}
params:
  takes: {unit: duration, values: {2022-02-24: {value: ${more.takes ?? 'P30D'}, source: s}}}
  lasts: {unit: duration, values: {2022-02-24: {value: ${more.valid ?? 'P5Y'}, source: s}}}
all: [{id: reason, says: {en: A reason, ru: Причина}, when: '${more.when ?? 'passport.country = "ru"'}', source: s}]
file: {where: [in-country], from: [any], source: s}
processing: {longest: takes, source: s}
pending: {mayStay: yes, says: {en: You may stay, ru: Можно остаться}, source: s}
grants: {status: ${id}, valid: lasts, source: s}
status: {stands: permit, ${more.renew ? `renew: {by: ${id}, source: s}, ` : ''}leadsTo: [${id.split('/')[0]}/permanent]}
cases: [{name: yes, on: 2026-01-01, given: {passport.country: ru, work.remote: yes}, expect: yes}]
${TAIL}`;

const permanent = (c: string, years: string) => `id: ${c}/permanent
kind: route
title: {en: Permanent, ru: Постоянный}
inForce: {from: 2022-02-24}
keyDate: filing
decision: right
params:
  years: {unit: duration, values: {2022-02-24: {value: ${years}, source: s}}}
  takes: {unit: duration, values: {2022-02-24: {value: P60D, source: s}}}
all: [{id: residence, says: {en: Residence, ru: Проживание}, clock: ${c}/clock, atLeast: years, source: s}]
file: {where: [in-country], from: [permit], source: s}
processing: {longest: takes, source: s}
pending: {mayStay: yes, says: {en: You may stay, ru: Можно остаться}, source: s}
grants: {status: ${c}/permanent, source: s}
status: {stands: permanent}
cases: [{name: unknown, on: 2026-01-01, expect: unknown, missing: [statuses]}]
${TAIL}`;

const clock = (c: string) => `id: ${c}/clock
kind: clock
title: {en: Years, ru: Годы}
inForce: {from: 2022-02-24}
keyDate: filing
counts: [{status: ${c}/work, source: s}]
unbroken: yes
cases: [{name: the day, on: 2027-01-15, statuses: [{status: ${c}/work, from: 2024-01-15}], need: P3Y, expect: {reached: yes}}]
${TAIL}`;

function start(book: LawBook, on: string, extra = ''): Situation {
  const r = readPerson(
    'p.yaml',
    `person: {born: 1990-01-01, citizenships: [ru]}\ndocuments: [{kind: passport, country: ru, expires: 2045-01-01}]\nnow: {country: xa, since: ${on}, status: xa/visa-free}\nstays: []\nstatuses: []\nsavings: 9000 EUR\n${extra}`,
    book.schema,
  );
  assert.deepEqual(r.problems, []);
  return situationOf(r.person as never, day(on));
}

/** A plan in one line, as a person would say it. */
const told = (p: Plan): string =>
  p.legs
    .map((l) => `${formatDay(l.day)} ${l.kind === 'enter' ? `go ${l.country}` : `${l.kind} ${l.route}`}`)
    .join(' | ');
const plans = (book: LawBook, s: Situation, goal: Goal = PERMANENT, options = {}): Plan[] => {
  const found = searchPlans(book, s, goal, options).plans;
  for (const p of found) {
    const v = verifyPlan(book, s, goal, p, { processing: 'longest' });
    assert.ok(v.ok, `not verified: ${told(p)}\n${JSON.stringify(v)}`);
  }
  return [...found];
};

describe('A: one country, one permit', () => {
  const book = soundLaw({
    'xa/visa-free': visit('xa', 90),
    'xa/work': permit('xa/work', {}),
    'xa/permanent': permanent('xa', 'P3Y'),
    'xa/clock': clock('xa'),
  });
  it('files today, counts the years to the day, files for permanence', () => {
    assert.deepEqual(plans(book, start(book, '2026-01-01')).map(told), [
      '2026-01-01 file xa/work | 2026-01-31 await xa/work | 2029-01-31 file xa/permanent | 2029-04-01 await xa/permanent',
    ]);
  });
  it('says nothing where the country is to be avoided', () => {
    assert.deepEqual(plans(book, start(book, '2026-01-01'), PERMANENT, { avoid: new Set(['xa']) }), []);
  });
});

describe('B: the permit ends before the years are full', () => {
  const files = { 'xa/visa-free': visit('xa', 90), 'xa/permanent': permanent('xa', 'P3Y'), 'xa/clock': clock('xa') };
  it('renews it in time', () => {
    const book = soundLaw({ ...files, 'xa/work': permit('xa/work', { valid: 'P2Y', renew: true }) });
    assert.deepEqual(plans(book, start(book, '2026-01-01')).map(told), [
      '2026-01-01 file xa/work | 2026-01-31 await xa/work | 2027-12-31 file xa/work | 2028-01-30 await xa/work | 2029-01-31 file xa/permanent | 2029-04-01 await xa/permanent',
    ]);
  });
  it('finds no plan where it cannot be renewed', () => {
    const book = soundLaw({
      ...files,
      'xa/work': permit('xa/work', { valid: 'P2Y' }).replace('status: {', 'status: {renew: no, '),
    });
    assert.deepEqual(plans(book, start(book, '2026-01-01')), []);
  });
});

describe('C: the way is in another country', () => {
  const files = {
    'xa/visa-free': visit('xa', 90),
    'xb/visa-free': visit('xb', 30),
    'xb/work': permit('xb/work', { decision: 'discretion' }),
    'xb/permanent': permanent('xb', 'P3Y'),
    'xb/clock': clock('xb'),
  };
  const book = soundLaw(files);
  it('goes there, and a refusal leaves a lawful way back', () => {
    const [p] = plans(book, start(book, '2026-01-01'));
    assert.equal(
      told(p as Plan),
      '2026-01-01 go xb | 2026-01-01 file xb/work | 2026-01-31 await xb/work | 2029-01-31 file xb/permanent | 2029-04-01 await xb/permanent',
    );
    assert.equal(p?.metrics.discretionarySteps, 1);
    assert.equal(p?.survivesAnyOneRefusal, true);
    assert.deepEqual(
      p?.legs[2]?.fallback?.steps.map((x) => x.kind === 'enter' && x.country),
      ['xa'],
    );
  });
  it('without anywhere to go back to, it does not survive a refusal, and says so', () => {
    const { 'xa/visa-free': _none, ...only } = files;
    const lonely = soundLaw(only);
    const [p] = plans(lonely, { ...start(book, '2026-01-01'), place: 'xc', under: undefined });
    assert.equal(p?.survivesAnyOneRefusal, false);
    assert.equal(p?.legs.find((l) => l.kind === 'await')?.fallback?.none, true);
  });
});

describe('D: what is not known', () => {
  const book = soundLaw({
    'xa/visa-free': visit('xa', 90),
    'xa/work': permit('xa/work', { when: 'work.remote' }),
    'xa/permanent': permanent('xa', 'P3Y'),
    'xa/clock': clock('xa'),
  });
  it('is assumed and named; what is known to be otherwise is not', () => {
    const [p] = plans(book, start(book, '2026-01-01'));
    assert.deepEqual(
      p?.assumes.map((a) => [a.key, a.value]),
      [['work.remote', true]],
    );
    assert.deepEqual(plans(book, start(book, '2026-01-01', 'work: {remote: no}\n')), []);
    assert.deepEqual(plans(book, start(book, '2026-01-01'), PERMANENT, { strict: true }), []);
  });
});

describe('E: metamorphic', () => {
  const base = {
    'xa/visa-free': visit('xa', 90),
    'xa/work': permit('xa/work', {}),
    'xa/permanent': permanent('xa', 'P3Y'),
    'xa/clock': clock('xa'),
  };
  const best = (book: LawBook) => Math.min(...plans(book, start(book, '2026-01-01')).map((p) => p.metrics.daysToGoal));
  it('another route never makes the best plan later', () => {
    const more = soundLaw({
      ...base,
      'xb/visa-free': visit('xb', 30),
      'xb/work': permit('xb/work', { takes: 'P10D' }),
      'xb/permanent': permanent('xb', 'P2Y'),
      'xb/clock': clock('xb'),
    });
    assert.ok(best(more) <= best(soundLaw(base)));
  });
  it('renaming a country changes nothing but the name', () => {
    const renamed = soundLaw(
      Object.fromEntries(Object.entries(base).map(([k, v]) => [k.replace('xa/', 'xq/'), v.replaceAll('xa/', 'xq/')])),
    );
    const s = start(soundLaw(base), '2026-01-01');
    const there = plans(renamed, { ...s, place: 'xq', under: 'xq/visa-free' }).map((p) =>
      told(p).replaceAll('xq', 'xa'),
    );
    assert.deepEqual(there, plans(soundLaw(base), s).map(told));
  });
  it('shifting the day shifts the answer', () => {
    const book = soundLaw(base);
    const days = ['2026-01-01', '2026-05-01'].map((d) => plans(book, start(book, d))[0]?.metrics.daysToGoal);
    assert.ok(Math.abs((days[0] as number) - (days[1] as number)) <= 3, `${days}`);
  });
});

describe('the example persons, the whole law', () => {
  for (const file of globSync('people/*.yaml', { cwd: root }).sort()) {
    it(`${file}: every plan is replayed by the verifier`, () => {
      const members = (name: string) => ({ file: name, text: readFileSync(join(root, 'people', name), 'utf8') });
      const r = readPerson(file, readFileSync(join(root, file), 'utf8'), book.schema, members);
      assert.deepEqual(r.problems, []);
      const s = situationOf(r.person as never, day('2026-11-23'));
      // Whoever may not stay for an answer and has no passport to go on with can only ask for protection.
      const goal: Goal = file.endsWith('anton.yaml') ? { kind: 'protection' } : PERMANENT;
      assert.ok(plans(book, s, goal, { most: 320 }).length > 0, 'no plan at all for an example person is worth a look');
    });
  }
});

describe('the long ways, on the whole law', () => {
  const members = (name: string) => ({ file: name, text: readFileSync(join(root, 'people', name), 'utf8') });
  const text = readFileSync(join(root, 'people', 'irina.yaml'), 'utf8');
  const found = (more: string, goal: Goal) => {
    const r = readPerson('irina.yaml', text.replace('jewish: unknown', `jewish: no`) + more, book.schema, members);
    assert.deepEqual(r.problems, []);
    return plans(book, situationOf(r.person as never, day('2026-11-23')), goal);
  };
  const legs = (p: Plan): string =>
    p.legs.flatMap((l) => (l.kind === 'file' ? [l.route] : l.kind === 'enter' ? [`> ${l.country}`] : [])).join(' ');
  it('a passport with a chip first, then the offer held: the Blue Card and the settlement permit', () => {
    const all = found('ee: {parentCitizen: no}\n', PERMANENT);
    const way = all.find((p) =>
      /ru\/biometric-passport-abroad.* de\/blue-card.* > de de\/settlement-blue-card$/.test(legs(p)),
    );
    assert.ok(way, all.map(legs).join('\n'));
    assert.notEqual(way.rare, true);
    assert.ok(way.survivesAnyOneRefusal);
    assert.ok(way.legs.some((l) => l.kind === 'await' && l.route === 'de/settlement-blue-card' && l.fallback));
  });
  it('a passport whose end nobody told is assumed to reach as far as the day asks: no plan falls for a date', () => {
    const file = readFileSync(join(root, 'people', 'maksim.yaml'), 'utf8').replace(
      'kind: internal-passport, country: ru, issued: 2021-04-20',
      'kind: passport, country: ru, biometric: yes, issuedInOccupiedTerritory: no',
    );
    const r = readPerson('maksim.yaml', file, book.schema, members);
    assert.deepEqual(r.problems, []);
    const all = plans(book, startOf(book, r.person as never, day('2026-11-23')), PERMANENT);
    assert.ok(all.some((p) => p.assumes.some((a) => a.fact === 'passport.expires')));
  });
  it('a permit that is only asked for at a consulate is renewed where it is held', () => {
    // Which of such permits is found within the limits is of no matter here.
    const only = [...book.provisions.values()].filter((p) => p.filing?.where.join() === 'consulate').map((p) => p.id);
    assert.ok(only.includes('pt/passive-income') && only.includes('it/digital-nomad'));
    const all = found('', PERMANENT).map(legs);
    assert.ok(
      all.some((way) =>
        only.some((id) => new RegExp(`${id} .*> ${id.slice(0, 2)} .*${id} .*${id.slice(0, 2)}/`).test(`${way} `)),
      ),
      all.join('\n'),
    );
  });
  it('three lawful years, and none of them ends with an application', () => {
    const years = found('', { kind: 'years', years: 3 });
    assert.ok(years.length >= 5, `${years.length}`);
    for (const p of years) assert.notEqual(p.legs.at(-1)?.kind, 'file');
    // Who has not said that they fear to return is told so where a plan asks for asylum, and other ways come first.
    const claims = years.filter((p) => p.legs.some((l) => l.kind === 'file' && book.provisions.get(l.route)?.claim));
    for (const p of claims) {
      assert.ok(
        p.assumes.some((a) => a.fact === 'exposure.fearOfReturn' && a.value === true),
        legs(p),
      );
      assert.equal(p.rare, true, legs(p));
    }
    const toGermany = /ru\/biometric-passport-abroad de\/.*> de$/;
    assert.ok(
      years.some((p) => toGermany.test(legs(p))),
      years.map(legs).join('\n'),
    );
  });
});
