import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type LegRemark, legRemarks, noteWords, remarkWords } from '../../src/answers/leg-remarks.ts';
import { answerPlan } from '../../src/answers/plan-answer.ts';
import { planJson } from '../../src/answers/plan-json.ts';
import type { WalkedLeg } from '../../src/answers/plan-legs.ts';
import { termsOf } from '../../src/answers/terms.ts';
import { formatDay, parseDay } from '../../src/calendar/civil.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import { planPage } from '../../src/cli/plan-page.ts';
import { startOf } from '../../src/moves/claims.ts';
import { readPerson } from '../../src/person/file.ts';

const ALL = { all: true, oneFront: false, still: undefined };

const book = await loadLaw();
const ON = parseDay('2026-11-27') as number;
const leg = (kind: 'enter' | 'file' | 'await', id: string, filed = false): WalkedLeg =>
  ({
    leg: { kind, day: ON, ...(kind === 'enter' ? { under: id, country: id.slice(0, 2) } : { route: id }) },
    provision: book.provisions.get(id),
    filed,
  }) as unknown as WalkedLeg;

describe('what the law says around a leg', () => {
  it('what is said of waiting in a country is not said to whoever waits elsewhere', () => {
    const away = {
      ...leg('file', 'rs/single-permit-self-employment'),
      after: { pending: [{ route: 'rs/single-permit-self-employment', place: 'me', inCountry: false }] },
    } as unknown as WalkedLeg;
    const words = (lang: 'en' | 'ru') => remarkWords(legRemarks(away), lang)[0] ?? '';
    assert.match(words('en'), /^While it waits, of those who are then in Serbia: /);
    assert.match(words('ru'), /^Пока рассматривают \(о тех, кто в Сербии\): /);
  });
  it('an application for asylum in Montenegro says that leaving ends it, what of a refusal, and its notes', () => {
    const remarks = legRemarks(leg('file', 'me/asylum'));
    const lines = remarkWords(remarks, 'en');
    const [how, pending, refused] = lines.filter((x) => !x.startsWith('Published figures: '));
    assert.ok(lines.length > 3 && /^Published figures: .*Russia/.test(lines[1] ?? ''));
    assert.match(how ?? '', /^How to ask for it: .*the Directorate for Asylum .*, which decides\.$/);
    assert.match(pending ?? '', /^While it waits: .*Do not leave Montenegro: the procedure ends if you do\./);
    assert.match(refused ?? '', /^What the law says of a refusal: .*Administrative Court/);
    assert.match(noteWords(remarks, 'en').notes.join(' '), /within those 15 days/);
    for (const line of remarkWords(remarks, 'ru'))
      assert.match(
        line,
        /^(Как подать|Что известно в цифрах|Пока рассматривают|Что закон говорит об отказе): [А-Я0-9]/,
      );
    assert.ok(remarks.every((r) => r.urls.length > 0));
  });
  it('it is said where one files; of what was filed before, where its answer is awaited', () => {
    assert.deepEqual(legRemarks(leg('await', 'me/asylum', true)), []);
    // How it was to be asked for is told no more.
    const asked = legRemarks(leg('file', 'me/asylum')).filter((r) => r.about !== 'how');
    assert.deepEqual(legRemarks(leg('await', 'me/asylum')), asked);
  });
  it('how it is asked for is said first; of an extension what the law says of extending', () => {
    const first = remarkWords(legRemarks(leg('file', 'es/asylum')), 'en')[0] ?? '';
    assert.match(first, /^How to ask for it: In person: at the asylum office \(OAR\)/);
    assert.match(remarkWords(legRemarks(leg('file', 'es/asylum')), 'ru')[0] ?? '', /^Как подать: Лично/);
    const held = { holdings: [{ status: 'es/humanitarian', country: 'es', from: ON - 300, to: ON + 60 }], pending: [] };
    const again = { ...leg('file', 'es/humanitarian'), before: held } as unknown as WalkedLeg;
    const words = remarkWords(legRemarks(again), 'en');
    assert.match(words[0] ?? '', /^Extension: In Spain, in the last two months before the end/);
    assert.ok(!words.some((w) => w.startsWith('How to ask')));
    assert.match(remarkWords(legRemarks(again), 'ru')[0] ?? '', /^Продление: В Испании, в последние два месяца/);
    assert.ok(legRemarks(again).every((r) => r.urls.length > 0));
  });
  it('the way of filing and of extending is told with the provision as well', () => {
    const titled = (lang: 'en' | 'ru') =>
      new Map(termsOf(book, book.provisions.get('us/h-1b') as never, ON, lang).map((x) => [x.title, x.lines]));
    assert.match(titled('en').get('Where to file')?.[1]?.says ?? '', /^The employer registers you in March/);
    assert.match(titled('en').get('Extension')?.[0]?.says ?? '', /no draw/);
    assert.match(titled('ru').get('Продление')?.[0]?.says ?? '', /розыгрыша нет/);
  });
  it('an entry tells the duties on arrival with their figures', () => {
    assert.match(
      remarkWords(legRemarks(leg('enter', 'rs/visa-free')), 'en')[0] ?? '',
      /^After arrival: .* within 24 hours/,
    );
  });
  it('what to bring is one sentence', () => {
    const route = [...book.provisions.values()].find((p) => p.kind === 'route' && (p.bring?.length ?? 0) > 2);
    const lines = remarkWords(legRemarks(leg('file', route?.id ?? '')), 'en').filter((l) => l.startsWith('To bring: '));
    assert.equal(lines.length, 1);
    assert.ok((lines[0]?.match(/; /g) ?? []).length >= 2);
  });
  it('a note of another time is left out', () => {
    const old = leg('file', 'fr/asylum');
    const notes = noteWords(legRemarks(old), 'en', Number.POSITIVE_INFINITY).notes.join(' ');
    assert.match(notes, /Since 12 June 2026/);
    assert.doesNotMatch(notes, /SPADA/);
  });
  it('many notes are cut to what stays readable, the first always whole, and the rest counted', () => {
    const note = (n: number): LegRemark => ({ about: 'note', says: { en: 'x'.repeat(n), ru: 'x' }, urls: [] });
    assert.deepEqual(noteWords([note(900), note(5)], 'en'), { notes: ['x'.repeat(900)], more: 1 });
    assert.equal(noteWords([note(300), note(300), note(100)], 'en').more, 0);
  });
});

describe('a plan with them', () => {
  const { person } = readPerson(
    'p.yaml',
    `person: {born: 1990-01-01, citizenships: [ru], married: no}
documents: [{kind: passport, country: ru, biometric: no, issued: 2023-01-01, expires: 2028-01-01, issuedInOccupiedTerritory: no}]
now: {country: me, since: 2026-11-20, status: me/visa-free}
stays: []
statuses: []
claims: [{country: me, filed: 2026-11-21, decision: pending}]
exposure: {fearOfReturn: yes}`,
    book.schema,
  );
  assert.ok(person);
  const answer = answerPlan(book, startOf(book, person, ON), { kind: 'protection' }, { processing: 'longest' });
  const run = (lang: 'en' | 'ru') => ({ lang, width: 400, colour: false }) as never;

  it('on the page of the command line, once in full, in both languages', () => {
    const page = planPage(book, answer, person, run('en'), ALL);
    assert.match(page, /You have asked already \(21 November 2026\): nothing is to be filed\./);
    assert.equal(page.split('Do not leave Montenegro').length - 1, 1);
    assert.match(
      page,
      /You wait for an answer\. A plan that goes to another country before it comes does not count on it any more/,
    );
    assert.match(planPage(book, answer, person, run('ru'), ALL), /Пока рассматривают: .*Не выезжайте из Черногории/);
  });
  it('and in the JSON', () => {
    const json = JSON.parse(JSON.stringify(planJson(book, answer))) as {
      plans: { legs: { move: string; route?: string; remarks: LegRemark[] }[] }[];
    };
    const first = json.plans[0]?.legs[0];
    assert.equal(first?.route, 'me/asylum');
    assert.ok(first?.remarks.some((r) => r.about === 'pending' && /Do not leave Montenegro/.test(r.says.en)));
  });
  it('awaits the answer by the day the law or the plan counts with', () => {
    assert.equal(formatDay(answer.plans[0]?.plan.legs[0]?.day ?? 0), '2027-02-19');
  });
});
