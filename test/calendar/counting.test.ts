import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { freeSteps, left, maxStayFrom, nextEntry, overstay, usedOn } from '../../src/calendar/allowance.ts';
import { LAST_DAY } from '../../src/calendar/civil.ts';
import type { Anchored, Counting, Edges, PerEntry, Visit } from '../../src/calendar/counting.ts';
import { countingProblems } from '../../src/calendar/counting.ts';
import { daySet } from '../../src/calendar/intervals.ts';
import { poolVisits } from '../../src/calendar/stays.ts';
import { day, SCHENGEN, text, v } from './helpers.ts';
import { plusMonths } from './naive.ts';

const used = (countings: readonly Counting[], visits: readonly Visit[], on: string): readonly number[] =>
  usedOn(countings, visits, day(on)).map((use) => use.used);
const last = (countings: readonly Counting[], visits: readonly Visit[], on: string): string | undefined =>
  text(maxStayFrom(countings, visits, day(on)));

/**
 * Worked examples of the Swiss State Secretariat for Migration for the Commission's short-stay calculator:
 * https://www.sem.admin.ch/sem/en/home/themen/einreise/aufenthaltsrechner/bsp-1.html to bsp-6.html (of 2014-12-01,
 * read in stored copies on 2026-11-23). Example 3 is left out: the stamps in its table cannot be read (a departure
 * before the entry). The 180 days of a control on day d run from d − 179 to d in all of them.
 */
describe('official examples for 90 days in any 180', () => {
  test('1: 47 days used; a return on 1 January allows 90 days', () => {
    const visits = [v('2014-08-15', '2014-09-30')];
    assert.deepEqual(used([SCHENGEN], visits, '2014-09-30'), [47]);
    assert.equal(left([SCHENGEN], visits, day('2015-01-01')), 90);
  });

  test('2: two lawful stays; the second could have gone on until 13 December', () => {
    const visits = [v('2014-08-15', '2014-09-30'), v('2014-11-01', '2014-11-30')];
    assert.equal(overstay([SCHENGEN], visits, day('2014-11-30')).days, 0);
    const stillThere = [v('2014-08-15', '2014-09-30'), v('2014-11-01')];
    assert.equal(last([SCHENGEN], stillThere, '2014-11-30'), '2014-12-13');
  });

  test('4: a stay outside the window is forgotten; the last could have gone on until 31 March', () => {
    const visits = [v('2013-06-01', '2013-07-13'), v('2013-08-15', '2013-09-30'), v('2014-01-01')];
    assert.deepEqual(used([SCHENGEN], visits, '2014-01-30'), [47 + 30]);
    assert.equal(overstay([SCHENGEN], visits, day('2014-01-30')).days, 0);
    assert.equal(last([SCHENGEN], visits, '2014-01-30'), '2014-03-31');
  });

  test('5: nine days too long, and 50 days from 30 August', () => {
    const visits = [v('2013-09-01', '2013-09-30'), v('2014-02-21', '2014-04-20'), v('2014-05-01', '2014-06-09')];
    const found = overstay([SCHENGEN], visits, day('2014-06-09'));
    assert.equal(found.days, 9);
    assert.equal(found.excess, 9);
    assert.equal(text(found.first), '2014-06-01');
    assert.equal(left([SCHENGEN], visits, day('2014-08-30')), 50);
    assert.equal(text(usedOn([SCHENGEN], visits, day('2014-08-30'))[0]?.since), '2014-03-04');
  });

  test('6: 74 days over the limit in the 180 days before the exit, whatever lies before them', () => {
    const visits = [v('2013-06-28', '2013-08-09'), v('2013-09-19', '2014-03-01')];
    const [use] = usedOn([SCHENGEN], visits, day('2014-03-01'));
    assert.equal(text(use?.since), '2013-09-03');
    assert.equal(use!.used - use!.limit!, 74);
    const found = overstay([SCHENGEN], visits, day('2014-03-01'));
    assert.equal(found.excess, 74);
    // Looking back day by day, the summer's 43 days still weighed in November: 47 days were left on 19 September.
    assert.equal(text(found.first), '2013-11-05');
    assert.equal(found.days, 117);
  });

  test("the Commission's manual: 90 days of absence always allow a new stay of up to 90 days", () => {
    const visits = [v('2024-01-01', '2024-03-30')];
    assert.equal(left([SCHENGEN], visits, day('2024-03-30') + 91), 90);
    assert.equal(left([SCHENGEN], visits, day('2024-03-30') + 90), 0);
  });
});

describe('90 in 180 at its limits', () => {
  test('90 days are lawful, the 91st is not; none left is no breach', () => {
    assert.equal(last([SCHENGEN], [], '2024-01-01'), '2024-03-30');
    assert.deepEqual(used([SCHENGEN], [v('2024-01-01')], '2024-03-30'), [90]);
    assert.equal(left([SCHENGEN], [v('2024-01-01')], day('2024-03-30')), 1);
    assert.equal(left([SCHENGEN], [v('2024-01-01')], day('2024-03-31')), 0);
    assert.equal(overstay([SCHENGEN], [v('2024-01-01', '2024-03-30')], day('2025-01-01')).first, undefined);
    const found = overstay([SCHENGEN], [v('2024-01-01')], day('2024-03-31'));
    assert.deepEqual(found.unlawful, [{ from: day('2024-03-31'), to: day('2024-03-31') }]);
  });

  test('the window is [d − 179, d]: a day is given back on the 180th day after it', () => {
    const visits = [v('2024-01-01', '2024-01-01')];
    assert.deepEqual(used([SCHENGEN], visits, '2024-06-28'), [1]);
    assert.deepEqual(used([SCHENGEN], visits, '2024-06-29'), [0]);
  });

  test('a day already spent costs nothing more: exit and return on one day, overlaps, visits told twice', () => {
    const sameDay = [v('2024-01-01', '2024-01-10'), v('2024-01-10', '2024-01-20')];
    assert.deepEqual(used([SCHENGEN], sameDay, '2024-02-01'), [20]);
    const overlapping = [v('2024-01-05', '2024-01-20'), v('2024-01-01', '2024-01-10'), v('2024-01-03', '2024-01-03')];
    assert.deepEqual(used([SCHENGEN], overlapping, '2024-02-01'), [20]);
    assert.deepEqual(used([SCHENGEN], [...sameDay, ...sameDay], '2024-02-01'), [20]);
    // With all 90 days spent one may still come back on the day of exit, which is counted already, and no later.
    const spent = [v('2024-01-01', '2024-03-30')];
    assert.equal(last([SCHENGEN], spent, '2024-03-30'), '2024-03-30');
    assert.equal(last([SCHENGEN], spent, '2024-03-31'), undefined);
  });

  test('what is planned later does not count today', () => {
    const visits = [v('2024-01-01', '2024-01-10'), v('2024-03-01', '2024-03-20')];
    assert.deepEqual(used([SCHENGEN], visits, '2024-02-01'), [10]);
    assert.equal(last([SCHENGEN], visits, '2024-02-01'), '2024-04-20');
    assert.equal(overstay([SCHENGEN], visits, day('2024-02-01')).days, 0);
  });

  test('next entry, for one day and for more', () => {
    const visits = [v('2024-01-01', '2024-03-30')];
    const show = (want?: number) => {
      const entry = nextEntry([SCHENGEN], visits, day('2024-04-01'), want);
      return entry && [text(entry.day), text(entry.upTo)];
    };
    assert.deepEqual(show(), ['2024-06-29', '2024-09-26']);
    assert.deepEqual(show(90), ['2024-06-29', '2024-09-26']);
    assert.equal(show(91), undefined);
    const scattered = [v('2024-01-01', '2024-02-14'), v('2024-03-01', '2024-04-14')];
    const entry = nextEntry([SCHENGEN], scattered, day('2024-04-15'), 60);
    // From 29 June the first visit is given back, 45 days; 60 days need part of the second, given back from 28 August.
    assert.deepEqual([text(entry?.day), text(entry?.upTo)], ['2024-07-14', '2024-10-11']);
    assert.equal(left([SCHENGEN], scattered, day('2024-07-13')), 45);
  });

  test('steps of the allowance of a new entry', () => {
    const visits = [v('2024-01-01', '2024-01-30'), v('2024-03-01', '2024-04-29')];
    const steps = freeSteps([SCHENGEN], visits, day('2024-05-01'), day('2024-12-31'));
    assert.deepEqual(
      steps.map((step) => [text(step.day), step.days]),
      [
        ['2024-05-01', 0],
        ['2024-06-29', 30],
        ['2024-07-29', 90],
      ],
    );
  });
});

describe('which end days count', () => {
  // One visit of ten days, one of a single day, and exit and return on one day (1st–5th, 5th–9th).
  const ten = [v('2024-01-01', '2024-01-10')];
  const one = [v('2024-01-01', '2024-01-01')];
  const return5 = [v('2024-01-01', '2024-01-05'), v('2024-01-05', '2024-01-09')];
  const limit10 = (edges: Edges): Counting => ({ kind: 'rolling', limitDays: 10, windowDays: 100, edges });
  const perEntry10 = (edges: Edges): Counting => ({
    kind: 'perEntry',
    limit: { months: 0, days: 10 },
    edges,
    reset: 'exit',
  });
  const table: [Edges, number, number, number, string][] = [
    // edges, ten days, one day, 1st–5th and 5th–9th, last day of a first stay limited to ten days
    ['both', 10, 1, 9, '2024-01-10'],
    ['entryOnly', 9, 1, 8, '2024-01-11'],
    ['exitOnly', 9, 1, 8, '2024-01-11'],
    ['neither', 8, 0, 6, '2024-01-12'],
  ];
  for (const [edges, tenDays, oneDay, back, until] of table) {
    test(edges, () => {
      const counting = limit10(edges);
      assert.deepEqual(used([counting], ten, '2024-02-01'), [tenDays]);
      assert.deepEqual(used([counting], one, '2024-02-01'), [oneDay]);
      assert.deepEqual(used([counting], return5, '2024-02-01'), [back]);
      assert.equal(last([counting], [], '2024-01-01'), until);
      assert.equal(last([perEntry10(edges)], [], '2024-01-01'), until);
      // On the last lawful day one could have left lawfully; one day more is one day too much.
      assert.equal(overstay([counting], [v('2024-01-01', until)], day('2024-03-01')).days, 0);
      const tooLong = overstay([counting], [{ from: day('2024-01-01'), to: day(until) + 1 }], day('2024-03-01'));
      assert.equal(tooLong.days, 1);
    });
  }

  test('absences with neither end day: 180 days away in any 12 months', () => {
    const absences: Counting = {
      kind: 'rollingMonths',
      limitDays: 180,
      windowMonths: 12,
      monthEnd: 'clamp',
      edges: 'neither',
    };
    // Left on 1 January, back on 30 June: 2 January to 29 June are whole days away.
    assert.deepEqual(used([absences], [v('2023-01-01', '2023-06-30')], '2023-12-31'), [179]);
    assert.equal(last([absences], [], '2023-01-01'), '2023-07-01');
  });
});

describe('windows in months', () => {
  const counting: Counting = {
    kind: 'rollingMonths',
    limitDays: 30,
    windowMonths: 6,
    monthEnd: 'clamp',
    edges: 'both',
  };
  const since = (on: string) => text(usedOn([counting], [], day(on))[0]?.since);

  test('six months are not 180 days', () => {
    assert.equal(since('2024-12-31'), '2024-07-01');
    assert.equal(since('2023-08-31'), '2023-03-01');
    assert.equal(since('2023-08-28'), '2023-03-01');
    assert.equal(since('2024-08-31'), '2024-03-01');
    assert.equal(since('2024-08-29'), '2024-03-01');
    assert.equal(since('2024-08-28'), '2024-02-29');
    const rolled: Counting = { ...counting, monthEnd: 'roll' };
    assert.equal(text(usedOn([rolled], [], day('2023-08-31'))[0]?.since), '2023-03-02');
  });

  test('a day spent is given back on the first day whose window no longer holds it', () => {
    for (const monthEnd of ['clamp', 'roll'] as const) {
      for (const windowMonths of [1, 2, 6, 12]) {
        const once: Counting = { ...counting, limitDays: 1, windowMonths, monthEnd };
        for (let spent = day('2023-11-01'); spent <= day('2025-03-31'); spent++) {
          const entry: number = nextEntry([once], [{ from: spent, to: spent }], spent + 1)?.day ?? 0;
          assert.ok(plusMonths(entry, -windowMonths, monthEnd) >= spent, `${text(spent)}: too early`);
          assert.ok(plusMonths(entry - 1, -windowMonths, monthEnd) < spent, `${text(spent)}: too late`);
        }
      }
    }
  });

  test('a window the limit can never fill leaves the stay without end', () => {
    assert.equal(maxStayFrom([{ ...counting, limitDays: 184 }], [], day('2024-01-01')), LAST_DAY);
    assert.equal(last([{ ...counting, limitDays: 183 }], [], '2024-01-01'), '2024-08-30');
    assert.equal(maxStayFrom([{ ...SCHENGEN, limitDays: 180 }], [], day('2024-01-01')), LAST_DAY);
    assert.equal(last([{ ...SCHENGEN, limitDays: 179 }], [], '2024-01-01'), '2024-06-27');
    assert.equal(maxStayFrom([{ kind: 'calendarYear', limitDays: 366, edges: 'both' }], [], 19000), LAST_DAY);
    assert.equal(last([{ kind: 'calendarYear', limitDays: 365, edges: 'both' }], [], '2025-06-01'), '2028-12-30');
    assert.equal(maxStayFrom([], [], day('2024-01-01')), LAST_DAY);
  });
});

describe('180 days in a calendar year', () => {
  const armenia: Counting = { kind: 'calendarYear', limitDays: 180, edges: 'both' };

  test('a stay over New Year is split', () => {
    const visits = [v('2024-03-01', '2024-08-27'), v('2024-12-20')];
    assert.deepEqual(used([armenia], visits, '2024-08-27'), [180]);
    assert.equal(overstay([armenia], visits, day('2024-12-31')).days, 12);
    assert.deepEqual(used([armenia], visits, '2025-01-10'), [10]);
    assert.equal(last([armenia], visits, '2025-01-01'), '2025-06-29');
    assert.equal(last([armenia], visits, '2024-12-25'), undefined);
    // Each day looks back on its own: the days of the old year do not taint those of the new one.
    assert.equal(overstay([armenia], visits, day('2025-06-29')).days, 12);
    assert.equal(overstay([armenia], visits, day('2025-06-30')).days, 13);
  });

  test('spent for the year, one comes back on 1 January', () => {
    const visits = [v('2024-03-01', '2024-08-27')];
    const entry = nextEntry([armenia], visits, day('2024-08-28'));
    assert.deepEqual([text(entry?.day), text(entry?.upTo)], ['2025-01-01', '2025-06-29']);
  });

  test('a stay longer than the yearly limit is only found across New Year', () => {
    const entry = nextEntry([armenia], [], day('2024-01-15'), 300);
    // From 5 July to New Year is 180 days, and 180 more follow.
    assert.deepEqual([text(entry?.day), text(entry?.upTo)], ['2024-07-05', '2025-06-29']);
    // With 51 days spent, the 129 left in 2024 begin on 25 August at the earliest.
    const fewer = nextEntry([armenia], [v('2024-01-01', '2024-02-20')], day('2024-03-02'), 300);
    assert.deepEqual([text(fewer?.day), text(fewer?.upTo)], ['2024-08-25', '2025-06-29']);
    // With 61 spent, 119 and 180 are not enough: not before the next year is over.
    const none = nextEntry([armenia], [v('2024-01-01', '2024-03-01')], day('2024-03-02'), 300);
    assert.deepEqual([text(none?.day), text(none?.upTo)], ['2025-07-05', '2026-06-29']);
    assert.equal(nextEntry([armenia], [], day('2024-01-15'), 361), undefined);
  });
});

describe('a limit for each entry', () => {
  const year = (lastDay: 'sameDate' | 'dayBefore', gapDays?: number): PerEntry => ({
    kind: 'perEntry',
    limit: { months: 12, days: 0 },
    monthEnd: 'clamp',
    lastDay,
    edges: 'both',
    reset: 'exit',
    gapDays,
  });
  const days30 = (gapDays?: number): PerEntry => ({
    kind: 'perEntry',
    limit: { months: 0, days: 30 },
    edges: 'both',
    reset: 'exit',
    gapDays,
  });

  test('one year from 20 December 2025: the last day is declared', () => {
    const visits = [v('2025-12-20')];
    assert.equal(last([year('sameDate')], visits, '2026-03-01'), '2026-12-20');
    assert.equal(last([year('dayBefore')], visits, '2026-03-01'), '2026-12-19');
    assert.equal(last([year('dayBefore')], visits, '2026-12-20'), undefined);
    assert.equal(left([year('sameDate')], visits, day('2026-12-20')), 1);
    const found = overstay([year('dayBefore')], visits, day('2026-12-22'));
    assert.deepEqual([text(found.first), found.days, found.excess], ['2026-12-20', 3, 3]);
    const [use] = usedOn([year('dayBefore')], visits, day('2026-12-19'));
    assert.deepEqual(use, { used: 365, limit: undefined, since: day('2025-12-20') });
  });

  test('one year from 29 February', () => {
    assert.equal(last([year('sameDate')], [], '2024-02-29'), '2025-02-28');
    assert.equal(last([{ ...year('sameDate'), monthEnd: 'roll' }], [], '2024-02-29'), '2025-03-01');
    assert.equal(last([{ ...year('dayBefore'), monthEnd: 'roll' }], [], '2024-02-29'), '2025-02-28');
  });

  test('a visa run on the same day begins a new count only where the rule lets it', () => {
    const visits = [v('2025-01-01', '2025-06-01')];
    assert.equal(last([year('dayBefore')], visits, '2025-06-01'), '2026-05-31');
    assert.equal(last([year('dayBefore', 1)], visits, '2025-06-01'), '2025-12-31');
    assert.equal(last([year('dayBefore', 1)], visits, '2025-06-02'), '2026-06-01');
    const again = [v('2025-01-01', '2025-06-01'), v('2025-06-01')];
    assert.equal(last([year('dayBefore')], again, '2025-06-10'), '2026-05-31');
    assert.equal(last([year('dayBefore', 1)], again, '2025-06-10'), '2025-12-31');
  });

  test('with a longer gap, days of presence add up until it has passed', () => {
    const visits = [v('2025-01-01', '2025-01-20'), v('2025-01-25', '2025-01-29')];
    assert.deepEqual(used([days30(7)], visits, '2025-01-29'), [25]);
    assert.deepEqual(used([days30(7)], visits, '2025-02-04'), [25]);
    assert.deepEqual(used([days30(7)], visits, '2025-02-05'), [0]);
    assert.equal(last([days30(7)], visits, '2025-02-04'), '2025-02-08');
    assert.equal(last([days30(7)], visits, '2025-02-05'), '2025-03-06');
    assert.deepEqual(used([days30()], visits, '2025-01-29'), [5]);
    assert.deepEqual(used([days30()], visits, '2025-01-30'), [0]);
    const entry = nextEntry([days30(7)], visits, day('2025-01-30'), 10);
    assert.deepEqual([text(entry?.day), text(entry?.upTo)], ['2025-02-05', '2025-03-06']);
    assert.equal(text(nextEntry([days30(7)], visits, day('2025-01-30'), 5)?.day), '2025-01-30');
    assert.equal(nextEntry([days30(7)], visits, day('2025-01-30'), 31), undefined);
  });

  test('a limit in months is longer in some months than in others', () => {
    const month: PerEntry = { ...year('dayBefore'), limit: { months: 1, days: 0 } };
    assert.equal(text(nextEntry([month], [], day('2025-02-01'), 31)?.day), '2025-03-01');
    assert.equal(text(nextEntry([month], [], day('2025-02-01'), 28)?.day), '2025-02-01');
    assert.equal(nextEntry([month], [], day('2025-02-01'), 32), undefined);
    // 1 March to 1 April, both included.
    const sameDate: PerEntry = { ...month, lastDay: 'sameDate' };
    assert.equal(text(nextEntry([sameDate], [], day('2025-02-01'), 32)?.day), '2025-03-01');
  });

  test('a limit with months and no declared last day or rounding is a programming error', () => {
    assert.throws(() => maxStayFrom([{ ...year('sameDate'), lastDay: undefined }], [], 0), /lastDay/);
    assert.throws(() => maxStayFrom([{ ...year('sameDate'), monthEnd: undefined }], [], 0), /monthEnd/);
  });
});

describe('two limits at once', () => {
  // The shape of Turkey's rule: at most 60 days in one stay and 90 in 180, return on another day.
  const stay60: PerEntry = {
    kind: 'perEntry',
    limit: { months: 0, days: 60 },
    edges: 'both',
    reset: 'exit',
    gapDays: 1,
  };
  const both: Counting[] = [stay60, SCHENGEN];

  test('the strictest decides', () => {
    assert.equal(last(both, [], '2025-01-01'), '2025-03-01');
    const visits = [v('2025-01-01', '2025-03-01')];
    assert.deepEqual(used(both, visits, '2025-03-01'), [60, 60]);
    assert.equal(last(both, visits, '2025-03-01'), '2025-03-01');
    assert.equal(last(both, visits, '2025-03-02'), '2025-03-31');
    const spent = [...visits, v('2025-03-02', '2025-03-31')];
    assert.equal(last(both, spent, '2025-04-01'), undefined);
    const entry = nextEntry(both, spent, day('2025-04-01'));
    assert.deepEqual([text(entry?.day), text(entry?.upTo)], ['2025-06-30', '2025-08-28']);
    assert.equal(nextEntry(both, spent, day('2025-04-01'), 61), undefined);
  });

  test('a day unlawful under both is one unlawful day', () => {
    const visits = [v('2025-01-01', '2025-03-05'), v('2025-03-10', '2025-04-08')];
    // 2–5 March exceed the single stay; 5 April is the 91st day of the window.
    const found = overstay(both, visits, day('2025-12-31'));
    assert.deepEqual(
      found.unlawful.map(({ from, to }) => [text(from), text(to)]),
      [
        ['2025-03-02', '2025-03-05'],
        ['2025-04-05', '2025-04-08'],
      ],
    );
    assert.equal(found.days, 8);
    const long = overstay(both, [v('2025-01-01', '2025-04-10')], day('2025-12-31'));
    assert.equal(text(long.first), '2025-03-02');
    assert.equal(long.days, 40);
    assert.equal(long.excess, 40);
  });
});

describe('windows that open with the first entry', () => {
  const mongolia: Anchored = { kind: 'anchored', limitDays: 90, windowDays: 180, edges: 'both' };

  test('the first entry after the end of a window opens the next', () => {
    const visits = [v('2025-01-01', '2025-01-30'), v('2025-05-01', '2025-06-14')];
    assert.deepEqual(usedOn([mongolia], visits, day('2025-06-20')), [
      { used: 75, limit: 90, since: day('2025-01-01') },
    ]);
    // The window of 1 January ends on 29 June.
    assert.equal(last([mongolia], visits, '2025-06-29'), '2025-07-13');
    assert.equal(last([mongolia], visits, '2025-06-30'), '2025-09-27');
    assert.deepEqual(used([mongolia], visits, '2025-06-30'), [0]);
    const entry = nextEntry([mongolia], visits, day('2025-06-15'), 20);
    assert.deepEqual([text(entry?.day), text(entry?.upTo)], ['2025-06-30', '2025-09-27']);
  });

  test('a stay that outlasts its window stays charged to it, and does not open the next', () => {
    const visits = [v('2025-01-01', '2025-01-30'), v('2025-06-20', '2025-07-10')];
    assert.deepEqual(used([mongolia], visits, '2025-07-10'), [51]);
    assert.deepEqual(used([mongolia], visits, '2025-07-11'), [0]);
    assert.equal(last([mongolia], [visits[0]!, v('2025-06-20')], '2025-07-10'), '2025-08-18');
    assert.equal(last([mongolia], visits, '2025-07-11'), '2025-10-08');
  });

  test('one more visit can lengthen what is left: an early window ends early', () => {
    const late = [v('2025-06-01', '2025-08-20')];
    const withEarly = [v('2025-02-10', '2025-02-10'), ...late];
    // Alone, the visit from June opened a window until 27 November; 81 days are used.
    assert.equal(left([mongolia], late, day('2025-08-21')), 9);
    // With one day in February its window ended on 8 August, so the entry on 21 August opens a new one.
    assert.equal(left([mongolia], withEarly, day('2025-08-21')), 90);
  });
});

describe('from what a person tells to what a rule counts', () => {
  const placed = (place: string, from: string, to?: string) => ({ place, ...v(from, to) });

  test('a border crossed inside the area is one stay and one day', () => {
    const pooled = poolVisits([placed('fr', '2024-01-05', '2024-01-09'), placed('de', '2024-01-01', '2024-01-05')], []);
    assert.deepEqual(pooled, [v('2024-01-01', '2024-01-09')]);
    assert.deepEqual(used([SCHENGEN], pooled, '2024-01-09'), [9]);
  });

  test('a day trip to a third member, and back on the same day', () => {
    const pooled = poolVisits(
      [
        placed('de', '2024-01-05', '2024-01-09'),
        placed('fr', '2024-01-05', '2024-01-05'),
        placed('de', '2024-01-01', '2024-01-05'),
      ],
      [],
    );
    assert.deepEqual(pooled, [v('2024-01-01', '2024-01-09')]);
  });

  test('the same place twice on one day is exit and return', () => {
    const pooled = poolVisits([placed('ge', '2024-01-01', '2024-01-05'), placed('ge', '2024-01-05')], []);
    assert.deepEqual(pooled, [v('2024-01-01', '2024-01-05'), v('2024-01-05')]);
  });

  test('a shorter visit told within a longer one does not end it', () => {
    const pooled = poolVisits([placed('de', '2024-01-01', '2024-01-20'), placed('fr', '2024-01-05', '2024-01-08')], []);
    assert.deepEqual(pooled, [v('2024-01-01', '2024-01-20')]);
    const open = poolVisits([placed('de', '2024-01-01'), placed('fr', '2024-01-05', '2024-01-08')], []);
    assert.deepEqual(open, [v('2024-01-01')]);
  });

  test('days under a permit are not counted, on either side of a visit that goes on', () => {
    const permit = daySet([{ from: day('2024-02-01'), to: day('2024-12-31') }]);
    const pooled = poolVisits([placed('de', '2024-01-01')], permit);
    assert.deepEqual(pooled, [v('2024-01-01', '2024-01-31'), v('2025-01-01')]);
    assert.deepEqual(used([SCHENGEN], pooled, '2024-06-01'), [31]);
    assert.deepEqual(used([SCHENGEN], pooled, '2025-01-10'), [10]);
    assert.equal(last([SCHENGEN], pooled, '2025-01-10'), '2025-03-31');
    assert.deepEqual(poolVisits([placed('de', '2024-03-01', '2024-04-01')], permit), []);
  });
});

describe('input that makes no sense', () => {
  test('a visit that ends before it begins', () => {
    assert.throws(() => usedOn([SCHENGEN], [{ from: 10, to: 9 }], 20), /end is before the beginning/);
    assert.throws(() => usedOn([SCHENGEN], [{ from: 0.5, to: 9 }], 20), RangeError);
    assert.throws(() => poolVisits([{ place: 'de', from: 10, to: 9 }], []), RangeError);
  });

  test('a day that is none', () => {
    assert.throws(() => maxStayFrom([SCHENGEN], [], Number.NaN), /maxStayFrom: expected a whole number of days/);
    assert.throws(() => nextEntry([SCHENGEN], [], Number.POSITIVE_INFINITY), RangeError);
    assert.throws(() => usedOn([SCHENGEN], [], 0.5), RangeError);
  });

  test('countingProblems says what was found and what was expected', () => {
    assert.deepEqual(countingProblems(SCHENGEN), []);
    const problems = (counting: unknown): string => countingProblems(counting as Counting).join('\n');
    assert.match(problems({ ...SCHENGEN, limitDays: 90.5 }), /limitDays is 90.5; expected a whole number/);
    assert.match(problems({ ...SCHENGEN, windowDays: 0 }), /windowDays is 0; expected a whole number, at least 1/);
    assert.match(problems({ ...SCHENGEN, edges: undefined }), /edges is missing; expected both or entryOnly/);
    assert.match(
      problems({ kind: 'rollingMonths', limitDays: 1, windowMonths: 6, edges: 'both' }),
      /monthEnd is missing/,
    );
    assert.match(problems({ kind: 'calendarYear', limitDays: -1, edges: 'both' }), /limitDays is -1/);
    assert.match(problems({ kind: 'weekly' }), /kind is weekly; expected rolling/);
    const perEntry = { kind: 'perEntry', edges: 'both', reset: 'exit' };
    assert.match(
      problems({ ...perEntry, limit: { months: 1, days: 0 } }),
      /monthEnd is missing[\s\S]*lastDay is missing/,
    );
    assert.match(
      problems({ ...perEntry, limit: { months: 0, days: 30 }, lastDay: 'sameDate' }),
      /the limit is in days/,
    );
    assert.match(problems({ ...perEntry, limit: { months: 0, days: 30 }, reset: 'never' }), /reset is never/);
    assert.deepEqual(countingProblems({ ...perEntry, limit: { months: 0, days: 30 } } as Counting), []);
  });
});
