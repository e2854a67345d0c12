/** From when to when something is asked for from what is held, and what becomes of that until the decision. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { filingWords } from '../../src/answers/route-words.ts';
import { daysWords, goesOnWords } from '../../src/answers/window-words.ts';
import { formatDay, parseDay } from '../../src/calendar/civil.ts';
import { unpinned } from '../../src/check/boundaries.ts';
import { runCases } from '../../src/check/cases.ts';
import { checkRoute } from '../../src/check/check.ts';
import { auditBook } from '../../src/law/audit.ts';
import type { LawBook } from '../../src/law/book.ts';
import type { Provision } from '../../src/law/types.ts';
import { filingFrom } from '../../src/moves/filing.ts';
import { lawfulUntil } from '../../src/moves/lawful.ts';
import { apply, enterMoves, moves } from '../../src/moves/moves.ts';
import type { Draw, File } from '../../src/moves/types.ts';
import { windowFor } from '../../src/moves/windows.ts';
import { clockAnswer } from '../../src/person/clock.ts';
import type { Situation } from '../../src/person/types.ts';
import { View } from '../../src/person/view.ts';
import { verifyPlan } from '../../src/plan/verify.ts';
import { FIRST, someone, worldLaw } from '../plan/text-worlds.ts';
import { clause, law, provision } from '../plan/worlds.ts';

const DRAW: Draw = { processing: 'longest', granted: true };
const day = (n: number) => FIRST + n;
const routeOf = (book: LawBook): Provision => book.provisions.get('xa/work') as Provision;

/** Somebody with `xa/work` until day 20. */
function holder(book: LawBook, on: number, to = 20): Situation {
  return {
    ...someone(book),
    on: day(on),
    under: 'xa/work',
    holdings: [{ status: 'xa/work', country: 'xa', from: day(0), to: day(to) }],
  };
}

const fileOn = (book: LawBook, s: Situation, n: number): Situation => {
  const m = moves(book, { ...s, on: day(n) }, { countries: new Set(), routes: new Set(['xa/work']) })[0] as File;
  return apply(book, s, m, day(n), DRAW);
};

describe('the days on which an extension is asked for', () => {
  const book = worldLaw('xa visit 30; xb visit 30; xa work 5 40 right renew before 9 by 2');
  const may = (n: number) => filingFrom(book, routeOf(book), holder(book, n), day(n)).may;
  it('begin and end with the numbers of the law, and not a day beside', () => {
    assert.deepEqual([10, 11, 18, 19].map(may), [false, true, true, false]);
  });
  it('are the days of the move, seen from an earlier day', () => {
    const [m] = moves(book, holder(book, 0), { countries: new Set(), routes: new Set(['xa/work']) });
    assert.deepEqual([m?.earliest, m?.latest], [day(11), day(18)]);
  });
  it('are said by check, early and late', () => {
    const words = (n: number) =>
      filingWords(book, checkRoute(book, routeOf(book), holder(book, n), day(n)), 'en') as string;
    assert.match(words(10), /^Not yet: .* from 12 January 2026 until 19 January 2026/);
    assert.match(words(12), /^You may apply/);
    assert.match(words(19), /^Too late: .* by 19 January 2026/);
  });
  it('are said by the verifier', () => {
    const s = holder(book, 0);
    const plan = {
      legs: [
        {
          kind: 'file',
          day: day(10),
          route: 'xa/work',
          place: 'xa',
          jurisdiction: 'xa',
          because: [],
          assumes: [],
          doubts: [],
          dangers: [],
          sources: [],
        },
      ],
      metrics: {},
      assumes: [],
      survivesAnyOneRefusal: true,
    };
    const v = verifyPlan(book, s, { kind: 'permanent' }, plan as never, { processing: 'longest' });
    assert.ok(
      !v.ok && /expected a day from 2026-01-12 to 2026-01-19/.test(v.refusals[0]?.reason ?? ''),
      JSON.stringify(v),
    );
  });
  it('are not known where the end of what is held is not told', () => {
    const s = holder(book, 12);
    const p = filingFrom(
      book,
      routeOf(book),
      { ...s, holdings: [{ status: 'xa/work', country: 'xa', from: day(0) }] },
      s.on,
    );
    assert.deepEqual([p.may, p.doubts.map((d) => d.kind)], [undefined, ['window-unknown']]);
  });
  it('hold for the last of several grants', () => {
    const s = holder(book, 12);
    const held = [...(s.holdings ?? []), { status: 'xa/work', country: 'xa', from: day(10), to: day(50) }];
    assert.equal(filingFrom(book, routeOf(book), { ...s, holdings: held }, s.on).may, false);
  });
});

describe('months before the end', () => {
  const made = (monthEnd: string) =>
    law([
      provision(
        'xa/work',
        'route',
        `decision: right
params: {lasts: {unit: duration, values: {2022-01-01: {value: P1Y, source: s}}}, last: {unit: duration, values: {2022-01-01: {value: P2M, source: s}}}}
monthEnd: {clamp: ${monthEnd}}
all: [${clause('passport', 'passport.country = "ru"')}]
file: {where: [in-country], from: [any], source: s}
grants: {status: xa/work, valid: lasts, source: s}
status: {stands: permit, renew: {by: xa/work, opens: last, source: s}, leadsTo: [xa/work]}`,
      ),
    ]);
  const opens = (monthEnd: string, ends: string) => {
    const book = made(monthEnd);
    const w = windowFor(book, routeOf(book), 'xa/work', parseDay(ends), parseDay(ends) as number);
    return w?.opens === undefined ? undefined : formatDay(w.opens);
  };
  it('are counted as the law says, and where it says nothing, later', () => {
    assert.equal(opens('s', '2026-04-30'), '2026-02-28');
    assert.equal(opens('unstated', '2026-04-30'), '2026-03-01');
    assert.equal(opens('unstated', '2026-05-15'), '2026-03-15');
  });
});

describe('until the decision', () => {
  const filed = (rest: string, n = 18) => {
    const book = worldLaw(`xa visit 30; xb visit 30; xa work 5 40 right ${rest}; xa home 1 after 30 work`);
    return { book, s: fileOn(book, holder(book, n), n) };
  };
  const through = (rest: string): { until: number | undefined; known: boolean } => {
    const { book, s } = filed(rest);
    const l = lawfulUntil(book, s);
    return { until: l.until === undefined ? undefined : l.until - FIRST, known: l.known };
  };
  it('what is held goes on where the law says so, and no longer than it says', () => {
    assert.deepEqual(through('leave renew before 9 goes on'), { until: 23, known: true });
    assert.deepEqual(through('leave renew before 9 goes on limit 1'), { until: 21, known: true });
    assert.deepEqual(through('leave renew before 9 lapses'), { until: 20, known: true });
    assert.deepEqual(through('leave renew before 9'), { until: 20, known: true });
  });
  it('nothing goes on that the answer finds still running', () => {
    const book = worldLaw('xa visit 30; xa work 5 40 right renew before 9 goes on');
    assert.equal(fileOn(book, holder(book, 12), 12).holdings?.[0]?.goesOn, undefined);
  });
  it('a refusal ends what only went on', () => {
    const { book, s } = filed('leave renew before 9 goes on');
    const refused = { ...s, pending: s.pending.map((p) => ({ ...p, granted: false })) };
    const [m] = moves(book, refused, { countries: new Set(), routes: new Set() });
    const after = apply(book, refused, m as never, day(23), { ...DRAW, granted: false });
    assert.deepEqual(lawfulUntil(book, after).until, day(23));
    assert.equal(lawfulUntil(book, { ...after, on: day(24) }).until, day(23));
  });
  it('these days do not count unless the law counts them, and break nothing', () => {
    const full = (rest: string) => {
      const { book, s } = filed(rest);
      const [m] = moves(book, s, { countries: new Set(), routes: new Set() });
      const after = apply(book, s, m as never, day(23), DRAW);
      const clock = book.provisions.get('xa/home-clock') as Provision;
      const a = clockAnswer(
        book,
        clock,
        after,
        day(23),
        { months: 0, days: 30 },
        (p) => new View(book, p, after, day(23)),
      );
      return (a.on as number) - FIRST;
    };
    assert.equal(full('renew before 9 goes on counts'), 30);
    assert.equal(full('renew before 9 goes on'), 32);
  });
  it('nobody is let in again on what only goes on', () => {
    const { book, s } = filed('renew before 9 goes on');
    const abroad: Situation = { ...s, place: 'xb', since: day(18), under: 'xb/visit' };
    const under = (n: number) =>
      enterMoves(book, { ...abroad, on: day(n) }, 'xa', day(n), day(40), false).map((m) => m.under);
    assert.ok(under(20).includes('xa/work'));
    assert.ok(!under(21).includes('xa/work'));
  });
  it('where no source says it and no answer can come in time, that is a doubt, and nothing is lost by it', () => {
    const { book, s } = filed('renew before 3', 17);
    const place = filingFrom(book, routeOf(book), holder(book, 17), day(17));
    assert.deepEqual(place.doubts, [{ kind: 'answer-after-end', route: 'xa/work', ends: day(20) }]);
    assert.equal(s.holdings?.[0]?.goesOn?.unsure, true);
    const early = worldLaw('xa visit 30; xa work 5 40 right renew before 4');
    assert.deepEqual(filingFrom(early, routeOf(early), holder(early, 17), day(17)).doubts, []);
  });
});

describe('the law that states such days', () => {
  const file = (
    renew: string,
    cases: string,
    params = 'last: {unit: days, range: {min: 1, max: 90}, values: {2022-01-01: {value: 60, source: s}}}',
  ) =>
    law(
      [
        provision(
          'xa/work',
          'route',
          `decision: right
params: {lasts: {unit: duration, values: {2022-01-01: {value: P1Y, source: s}}}, ${params}}
monthEnd: {clamp: s}
all: [${clause('passport', 'passport.country = "ru"')}]
file: {where: [in-country], from: [any], source: s}
grants: {status: xa/work, valid: lasts, source: s}
status: {stands: permit, renew: {by: xa/work, ${renew}}, leadsTo: [xa/work]}`,
        ).text.replace(/cases: \[.*\]/s, `cases: [${cases}]`),
      ].map((text) => ({ path: 'law/xa/work.yaml', text })) as never,
    );
  const CASES = `
  {name: a day early, on: 2026-10-31, ends: 2026-12-31, expect: early},
  {name: the first day, on: 2026-11-01, ends: 2026-12-31, expect: open},
  {name: the last day, on: 2026-12-31, ends: 2026-12-31, expect: {window: open, goesOn: yes}},
  {name: a day late, on: 2027-01-01, ends: 2026-12-31, expect: late}`;
  const GOOD = 'opens: last, prolongs: {stay: yes, source: s}, source: s';
  it('has cases for the days on both sides, which pin its numbers', () => {
    const book = file(GOOD, CASES);
    assert.deepEqual(runCases(book, routeOf(book)), []);
    assert.deepEqual(unpinned(book, routeOf(book)), []);
    const loose = file(GOOD, '{name: the first day, on: 2026-11-01, ends: 2026-12-31, expect: open}');
    assert.match(unpinned(loose, routeOf(loose))[0]?.found ?? '', /"last".* more/);
  });
  it('fails a case that is not so', () => {
    const book = file(GOOD, CASES.replace('2026-10-31', '2026-11-01'));
    assert.match(runCases(book, routeOf(book))[0]?.found ?? '', /window: open/);
  });
  it('is refused where its figures cannot be', () => {
    const wrong = file(
      'opens: last, closes: close, source: s',
      '',
      'last: {unit: days, range: {min: 1, max: 900}, values: {2022-01-01: {value: 600, source: s}}}, close: {unit: duration, values: {2022-01-01: {value: P2Y, source: s}}}',
    );
    const codes = auditBook(wrong).map((x) => x.code);
    assert.ok(codes.includes('out-of-range') && codes.includes('window-empty'), codes.join());
  });
});

describe('the words', () => {
  it('are there in both languages', () => {
    const w = {
      status: 'x',
      ends: day(20),
      opens: day(11),
      closes: day(20),
      open: true,
      prolongs: undefined,
      until: undefined,
    };
    assert.equal(
      daysWords(w, 'en'),
      'It may be asked for from 12 January 2026 until 21 January 2026, the last day of what you hold.',
    );
    assert.match(daysWords(w, 'ru') ?? '', /^Подать можно с 12 января 2026/);
    assert.match(
      goesOnWords({ stay: true, work: true }, day(30), 'en') ?? '',
      /not beyond 31 January 2026; you may go on working/,
    );
    assert.match(goesOnWords({ stay: 'unknown' }, undefined, 'ru') ?? '', /ни один источник/);
    assert.equal(goesOnWords(undefined, undefined, 'en'), undefined);
  });
});
