import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { doubtWords } from '../../src/answers/plan-words.ts';
import { formatDay, parseDay } from '../../src/calendar/civil.ts';
import type { LawBook } from '../../src/law/book.ts';
import { lawfulUntil } from '../../src/moves/lawful.ts';
import { apply, moves } from '../../src/moves/moves.ts';
import { Outlook } from '../../src/moves/outlook.ts';
import { stayAnswer } from '../../src/moves/stay.ts';
import type { Enter, File, Move } from '../../src/moves/types.ts';
import { readPerson } from '../../src/person/file.ts';
import { situationOf } from '../../src/person/situation.ts';
import type { Situation } from '../../src/person/types.ts';
import { soundLaw, TAIL, WORK_ROUTE } from '../support/small-law.ts';

const day = (t: string) => parseDay(t) as number;

const stay = (c: string, counting: string, params: string) => `id: ${c}/visa-free
kind: stay
title: {en: Visa-free, ru: Без визы}
inForce: {from: 2022-02-24, earlier: true}
keyDate: entry
monthEnd: {clamp: unstated}
params:
${params}
counting: [${counting}]
all: [{id: citizen, says: {en: A Russian passport, ru: Российский паспорт}, when: 'passport.country = "ru"', source: s}]
cases: [{name: yes, on: 2026-01-01, given: {passport.country: ru}, expect: yes}]
${TAIL}`;

const LAW: Record<string, string> = {
  'xa/visa-free': stay(
    'xa',
    '{kind: perEntry, limit: stayMax, edges: both, lastDay: dayBefore, gapDays: 0, source: s}',
    '  stayMax: {unit: duration, values: {2022-02-24: {value: P1Y, source: s}}}',
  ),
  'xb/visa-free': stay(
    'xb',
    '{kind: rolling, limit: daysMax, window: windowDays, edges: both, source: s}',
    '  daysMax: {unit: days, range: {min: 1, max: 180}, values: {2022-02-24: {value: 90, source: s}}}\n  windowDays: {unit: days, range: {min: 90, max: 366}, values: {2022-02-24: {value: 180, source: s}}}',
  ),
  'xa/work': WORK_ROUTE.replace(
    'leadsNowhere: {says: {en: Nowhere, ru: Никуда}, source: s}',
    'renew: {by: xa/work, source: s}, leadsTo: [xa/permanent]',
  ).replace(
    'params:',
    'processing: {usual: usualTime, source: s}\nparams:\n  usualTime: {unit: duration, values: {2024-01-01: {value: P30D, source: s}}}',
  ),
  'xa/clock': `id: xa/clock
kind: clock
title: {en: Years, ru: Годы}
inForce: {from: 2022-02-24}
keyDate: filing
counts: [{status: xa/work, source: s}]
unbroken: yes
cases:
  - {name: the day before, on: 2027-01-14, statuses: [{status: xa/work, from: 2024-01-15}], need: P3Y, expect: {reached: no, reachedOn: 2027-01-15}}
  - {name: the day, on: 2027-01-15, statuses: [{status: xa/work, from: 2024-01-15}], need: P3Y, expect: {reached: yes}}
${TAIL}`,
  'xa/permanent': `id: xa/permanent
kind: route
title: {en: Permanent, ru: Постоянный}
inForce: {from: 2022-02-24}
keyDate: filing
decision: right
params: {years: {unit: duration, values: {2022-02-24: {value: P3Y, source: s}}}}
all: [{id: residence, says: {en: Three years, ru: Три года}, clock: xa/clock, atLeast: years, source: s}]
file: {where: [in-country], from: [xa/work], source: s}
grants: {status: xa/permanent, source: s}
status: {stands: permanent}
cases: [{name: not told, on: 2026-01-01, expect: unknown, missing: [statuses]}]
${TAIL}`,
  'xb/closed': `id: xb/closed
kind: restriction
title: {en: Border closed, ru: Граница закрыта}
inForce: {from: 2026-07-01}
keyDate: entry
effect: entry
strength: must
all: [{id: citizen, says: {en: A Russian passport, ru: Российский паспорт}, when: 'passport.country = "ru"', source: s}]
cases: [{name: hit, on: 2026-07-01, given: {passport.country: ru}, expect: yes}]
${TAIL}`,
};
const book: LawBook = soundLaw(LAW);

const person = (extra = '') => {
  const r = readPerson(
    'p.yaml',
    `person: {born: 1990-01-01, citizenships: [ru]}\ndocuments: [{kind: passport, country: ru, expires: 2035-01-01}]\nnow: {country: xa, since: 2026-01-10, status: xa/visa-free}\nstays: []\nstatuses: []\noffers: [{country: xa, salaryYear: 45000 EUR}]\nsavings: 1000 EUR\n${extra}`,
    book.schema,
  );
  assert.deepEqual(r.problems, []);
  return r.person as never;
};
const at = (on: string): Situation => situationOf(person(), day(on));
const pick = <K extends Move['kind']>(s: Situation, kind: K, what: string): Extract<Move, { kind: K }> | undefined =>
  moves(book, s).find(
    (m): m is Extract<Move, { kind: K }> => m.kind === kind && (m.kind === 'enter' ? m.country : m.route) === what,
  );
const USUAL = { processing: 'usual', granted: true } as const;

describe('staying under a stay rule', () => {
  it('a year from the entry ends the day before the anniversary', () => {
    assert.equal(formatDay(lawfulUntil(book, at('2026-03-01')).until as number), '2027-01-09');
    const rule = book.provisions.get('xa/visa-free') as never;
    assert.equal(stayAnswer(book, rule, at('2027-01-09'), day('2027-01-09')).left, 1);
    const over = stayAnswer(book, rule, at('2027-01-10'), day('2027-01-10'));
    assert.equal(over.left, 0);
    assert.equal(over.overstayDays, 1);
    assert.equal(formatDay(over.firstUnlawful as number), '2027-01-10');
  });

  it('whoever is over their time may still leave, but not wait', () => {
    const late = at('2027-02-01');
    for (const m of moves(book, late)) assert.equal(m.latest, late.on, `${m.kind} must not be put off`);
    const lawful = lawfulUntil(book, late);
    assert.equal(formatDay(lawful.until as number), '2027-01-09');
    assert.equal(lawful.known, true);
    // There is no status left from which to ask for a permit in the country.
    assert.equal(pick(late, 'file', 'xa/work'), undefined);
  });
});

describe('a stay that began with a passport that has run out since', () => {
  const rule = (margin: string) =>
    soundLaw({
      'xa/visa-free': LAW['xa/visa-free']
        ?.replace(
          'when: \'passport.country = "ru"\'',
          `when: 'passport.country = "ru" and passport.expires >= on + ${margin}'`,
        )
        .replace(
          '  stayMax:',
          '  margin: {unit: duration, values: {2022-02-24: {value: P60D, source: s}}}\n  none: {unit: duration, values: {2022-02-24: {value: P0D, source: s}}}\n  stayMax:',
        )
        .replace(
          'cases: [{name: yes, on: 2026-01-01, given: {passport.country: ru}, expect: yes}]',
          'cases: [{name: yes, on: 2026-01-01, given: {passport.country: ru, passport.expires: 2030-01-01}, expect: yes}]',
        ) as string,
    });
  const traveller = (law: LawBook, since: string, expires: string) => {
    const r = readPerson(
      'p.yaml',
      `person: {citizenships: [ru]}\ndocuments: [{kind: passport, country: ru, expires: ${expires}}]\nnow: {country: xa, since: ${since}, status: xa/visa-free}\nstays: []\nstatuses: []`,
      law.schema,
    );
    assert.deepEqual(r.problems, []);
    return situationOf(r.person as never, day('2026-06-01'));
  };
  it('is lawful as long as the rule says: the day of entry decides', () => {
    const law = rule('none');
    const lawful = lawfulUntil(law, traveller(law, '2026-01-10', '2026-05-31'));
    assert.equal(formatDay(lawful.until as number), '2027-01-09');
    assert.equal(lawful.known, true);
  });
  it('where by the law here they could not have come in so, the day is counted and not certain, and why is said', () => {
    const law = rule('margin');
    const lawful = lawfulUntil(law, traveller(law, '2026-04-10', '2026-05-31'));
    assert.equal(formatDay(lawful.until as number), '2027-04-09');
    assert.equal(lawful.known, false);
    assert.deepEqual(lawful.doubts, [{ kind: 'let-in-as-told', provision: 'xa/visa-free' }]);
    assert.match(doubtWords(law, lawful.doubts[0] as never, day('2026-06-01')).en, /taken from what you told/);
  });
  it('without the day of entry nothing is counted', () => {
    const law = rule('none');
    const s = { ...traveller(law, '2026-01-10', '2026-05-31'), since: undefined };
    assert.equal(lawfulUntil(law, s).until, undefined);
  });
});

describe('a stay that ends with the passport', () => {
  const law = soundLaw({
    'xa/visa-free': LAW['xa/visa-free'] as string,
    'xb/visa-free': (LAW['xb/visa-free'] as string).replace('counting:', 'passportBound: yes\ncounting:'),
  });
  const s = (expires: string, place = 'xa') => {
    const base = situationOf(person(), day('2026-03-01'));
    const under = `${place}/visa-free`;
    return { ...base, place, under, documents: [{ kind: 'passport', country: 'ru', expires: day(expires) }] };
  };
  const into = (expires: string) =>
    moves(law, s(expires)).find((m) => m.kind === 'enter' && m.country === 'xb') as Enter | undefined;
  it('lasts no longer than it, in `moves` and for a search alike', () => {
    const look = new Outlook(law, [], day('2026-03-01'), day('2027-03-01'));
    for (const [expires, until] of [
      ['2026-04-10', '2026-04-10'],
      ['2026-05-29', '2026-05-29'],
      ['2030-01-01', '2026-05-29'],
    ] as const) {
      assert.equal(formatDay(into(expires)?.until as number), until);
      const [entry] = look.entries(s(expires), 'xb', day('2026-03-01'), day('2026-03-01'), true);
      assert.equal(formatDay(entry?.until as number), until);
    }
    assert.equal(into('2026-02-28'), undefined);
  });
  it('whoever is there when it ends is over their time from the next day on', () => {
    const there = { ...s('2026-02-20', 'xb'), since: day('2026-02-01'), visits: [] };
    assert.equal(formatDay(lawfulUntil(law, there).until as number), '2026-02-20');
    const before = { ...there, on: day('2026-02-20') };
    assert.equal(formatDay(lawfulUntil(law, before).until as number), '2026-02-20');
  });
});

describe('moves', () => {
  it('offers to enter what is open, for as long as it is, and with the last lawful day there', () => {
    const m = pick(at('2026-03-01'), 'enter', 'xb');
    // The border of xb closes on 1 July, before the stay in xa ends.
    assert.equal(formatDay(m?.latest as number), '2026-06-30');
    assert.equal(formatDay(m?.until as number), '2026-05-29');
  });

  it('does not offer a country whose border closes from its day on', () => {
    assert.equal(formatDay(pick(at('2026-06-30'), 'enter', 'xb')?.latest as number), '2026-06-30');
    assert.equal(pick(at('2026-07-01'), 'enter', 'xb'), undefined);
  });

  it('never offers the country of origin', () => {
    assert.equal(pick(at('2026-03-01'), 'enter', 'ru'), undefined);
  });

  it('files, waits for the answer, holds the status for as long as the law says', () => {
    const s = at('2026-03-01');
    const file = pick(s, 'file', 'xa/work') as File;
    const filed = apply(book, s, file, s.on, USUAL);
    assert.equal(filed.pending.length, 1);
    const wait = pick(filed, 'await', 'xa/work') as Move;
    assert.equal(formatDay(wait.earliest), '2026-03-31');
    const granted = apply(book, filed, wait, wait.earliest, USUAL);
    assert.deepEqual(
      granted.holdings?.map((h) => [h.status, formatDay(h.from), formatDay(h.to as number)]),
      [['xa/work', '2026-03-31', '2028-03-30']],
    );
    assert.equal(granted.under, 'xa/work');
    assert.equal(formatDay(lawfulUntil(book, granted).until as number), '2028-03-30');
  });

  it('after a refusal nothing is held and the old stay goes on', () => {
    const s = at('2026-03-01');
    const filed = apply(book, s, pick(s, 'file', 'xa/work') as File, s.on, { ...USUAL, granted: false });
    const refused = apply(book, filed, pick(filed, 'await', 'xa/work') as Move, day('2026-03-31'), USUAL);
    assert.deepEqual(refused.holdings, []);
    assert.deepEqual(refused.refused, [{ route: 'xa/work', on: day('2026-03-31') }]);
    assert.equal(formatDay(lawfulUntil(book, refused).until as number), '2027-01-09');
  });

  it('derives when the clock opens permanence, which the permit does not outlast: a renewal comes first', () => {
    const s = at('2026-03-01');
    const filed = apply(book, s, pick(s, 'file', 'xa/work') as File, s.on, USUAL);
    const held = apply(book, filed, pick(filed, 'await', 'xa/work') as Move, day('2026-03-31'), USUAL);
    assert.equal(pick(held, 'file', 'xa/permanent'), undefined);
    const renew = pick(held, 'file', 'xa/work') as File;
    const again = apply(book, held, renew, day('2028-03-01'), USUAL);
    const renewed = apply(book, again, pick(again, 'await', 'xa/work') as Move, day('2028-03-31'), USUAL);
    const permanent = pick(renewed, 'file', 'xa/permanent') as File;
    assert.equal(formatDay(permanent.earliest), '2029-03-31');
  });

  it('renews no further than the law allows in all, and not at all once that is reached', () => {
    const capped = soundLaw({
      ...LAW,
      'xa/work': (LAW['xa/work'] as string)
        .replace('renew: {by: xa/work, source: s}', 'renew: {by: xa/work, maxTotal: inAll, source: s}')
        .replace('params:', 'params:\n  inAll: {unit: duration, values: {2024-01-01: {value: P3Y, source: s}}}'),
    });
    const file = (s: Situation) =>
      moves(capped, s).find((m): m is File => m.kind === 'file' && m.route === 'xa/work') as File;
    const answer = (s: Situation) => moves(capped, s).find((m) => m.kind === 'await') as Move;
    const ends = (s: Situation) => s.holdings?.map((h) => formatDay(h.to as number));
    const s = at('2026-03-01');
    const filed = apply(capped, s, file(s), s.on, USUAL);
    const held = apply(capped, filed, answer(filed), day('2026-03-31'), USUAL);
    const again = apply(capped, held, file(held), day('2028-02-28'), USUAL);
    const renewed = apply(capped, again, answer(again), day('2028-03-29'), USUAL);
    assert.deepEqual(ends(renewed), ['2028-03-30', '2029-03-30']);
    assert.equal(file(renewed), undefined);
    // Where the law sets no such end, the second permit runs its full two years and may be renewed.
    const free = (t: Situation) => pick(t, 'file', 'xa/work') as File;
    const more = apply(book, held, free(held), day('2028-02-28'), USUAL);
    const longer = apply(book, more, pick(more, 'await', 'xa/work') as Move, day('2028-03-29'), USUAL);
    assert.deepEqual(ends(longer), ['2028-03-30', '2030-03-28']);
    assert.notEqual(free(longer), undefined);
  });

  it('refuses to be made outside its dates', () => {
    const s = at('2026-03-01');
    const m = pick(s, 'enter', 'xb') as Move;
    assert.throws(() => apply(book, s, m, m.latest + 1, USUAL), RangeError);
    assert.throws(() => apply(book, s, m, m.earliest - 1, USUAL), RangeError);
  });

  it('an unknown fact is an assumption, not a refusal; a known one stands', () => {
    const noOffers = situationOf(
      readPerson(
        'p.yaml',
        'person: {born: 1990-01-01, citizenships: [ru]}\ndocuments: [{kind: passport, country: ru}]\nnow: {country: xa, since: 2026-01-10, status: xa/visa-free}\nstays: []\nstatuses: []\n',
        book.schema,
      ).person as never,
      day('2026-03-01'),
    );
    const m = pick(noOffers, 'file', 'xa/work') as File;
    assert.deepEqual(m.assumes.map((a) => a.key).sort(), ['offer.exists@xa', 'offer.salaryYear@xa']);
    assert.equal(
      moves(book, noOffers, { strict: true }).some((x) => x.kind === 'file' && x.route === 'xa/work'),
      false,
    );
  });
});

describe('properties of moves and apply', () => {
  it('days never go backwards, every move keeps the person lawful on the day it is made, and both are pure', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(200), fc.boolean()), { maxLength: 6 }), (choices) => {
        let s = at('2026-03-01');
        for (const [which, wait, granted] of choices) {
          const list = moves(book, s);
          assert.deepEqual(
            list.map((m) => [m.kind, m.earliest, m.latest]),
            moves(book, s).map((m) => [m.kind, m.earliest, m.latest]),
          );
          const m = list[which % Math.max(1, list.length)];
          if (!m) return;
          const on = Math.min(m.latest, m.earliest + wait);
          const draw = { processing: 'usual' as const, granted };
          const next = apply(book, s, m, on, draw);
          assert.deepEqual(next, apply(book, s, m, on, draw));
          assert.ok(next.on >= s.on);
          const until = lawfulUntil(book, next).until;
          if (m.kind === 'enter')
            assert.ok(
              until === undefined || until >= on,
              `entered ${m.country} on ${formatDay(on)}, lawful until ${until}`,
            );
          s = next;
        }
      }),
      { numRuns: 150 },
    );
  });
});
