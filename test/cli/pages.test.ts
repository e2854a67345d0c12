import assert from 'node:assert/strict';
import { test } from 'node:test';
import { file, foothold, ON, PERSONS } from './run.ts';

const COMMANDS = ['plan', 'check', 'stay', 'changes', 'law', 'screen', 'lab', 'vault'];
/** Texts of the law may quote another tongue; the words of the pages themselves are told from these. */
const ENGLISH_OF_PAGES =
  /\b(Where you stand|Country|Basis|Last day|Sources|What is not covered|Please note|Not told|Would open it|Fee|If refused|Why it is open|verify: evidence)\b/;
const RUSSIAN = /[а-яё]/i;

/** Addresses and titles of sources stay in their own tongue. */
const withoutSources = (page: string): string => page.replace(/^ *(\[\d+\].*|https?:.*)$/gm, '');

/** What no page may hold: a value that was not there, a placeholder not filled, a date that is none, too long a line. */
function sound(page: string, what: string): void {
  assert.doesNotMatch(page, /\bundefined\b|\bNaN\b|\[object /, what);
  assert.doesNotMatch(page, /\{[a-zA-Z0-9]+\}/, what);
  assert.ok(!page.includes('\u001b'), `${what}: colours where nobody looks`);
  for (const line of page.split('\n'))
    assert.ok(line.length <= 80 || /\S{60,}/.test(line), `${what}: ${line.length} columns: ${line}`);
}

test('pages of every command in both languages are whole, and in one language', () => {
  const pages: (readonly string[])[] = [
    ['plan', file('irina'), ...ON, '--all'],
    ['check', file('irina'), 'de/blue-card', 'ge/it-residence', ...ON],
    ['stay', file('irina'), 'ge', ...ON],
    ['changes', file('irina'), '--from', '2026-01-01', '--to', '2026-11-23'],
    ['law', 'show', 'ge/visa-free', ...ON],
    ['law', 'list', 'rs', ...ON],
    ['check', file('vera'), '--all', ...ON],
    ...(process.env.FOOTHOLD_LONG ? PERSONS.map((p) => ['check', file(p), '--all', ...ON]) : []),
  ];
  for (const args of pages)
    for (const lang of ['en', 'ru']) {
      const r = foothold([...args, '--lang', lang]);
      const what = `${args.join(' ')} (${lang})`;
      assert.equal(r.code, 0, `${what}\n${r.err}`);
      sound(r.out, what);
      if (lang === 'ru') assert.doesNotMatch(withoutSources(r.out), ENGLISH_OF_PAGES, what);
      // Names of publishers and titles of sources stay in their own tongue.
      else
        for (const line of r.out.split('\n'))
          if (/^ {2}(Country|Basis|Last day|Documents|You are there|Days used)/.test(line))
            assert.doesNotMatch(line, RUSSIAN, what);
    }
});

test('a plan tells where one stands, what it rests on, its sources, and that it is no lawyer', () => {
  const en = foothold(['plan', file('irina'), ...ON]).out;
  assert.match(en, /^Plan for Irina, as of 23 November 2026\nGoal: permanent residence\n\nWhere you stand\n/);
  assert.match(en, /Country +Georgia, since 20 December 2025\n/);
  assert.match(
    en,
    /Last day +19 December 2026 \(27 days left, today included\); verify: evidence\n {15}of 17 August 2026\n/,
  );
  assert.match(en, /Documents +passport \(Russia\), without a chip, valid until 1 February 2028\n/);
  assert.match(en, /\n {2}\[1\] .*\n/);
  assert.match(en, /Foothold is not a lawyer\./);
  const ru = foothold(['plan', file('irina'), ...ON, '--lang', 'ru']).out;
  assert.match(ru, /Страна +Грузия, с 20 декабря 2025 года\n/);
  assert.match(
    ru,
    /Крайний день +19 декабря 2026 года \(осталось 27 дней, считая сегодня\);\n {15}проверьте: сведения на 17 августа 2026 года\n/,
  );
  assert.match(ru, /«Опора» — не юрист\./);
});

test('help in both languages; the language is that of the system unless told', () => {
  for (const command of COMMANDS) {
    const en = foothold([command, '--help']);
    assert.equal(en.code, 0);
    assert.match(en.out, new RegExp(`^foothold ${command}`));
    assert.doesNotMatch(en.out, RUSSIAN);
    const ru = foothold([command, '--help'], { env: { LANG: 'ru_RU.UTF-8' } });
    assert.match(ru.out, RUSSIAN);
    for (const line of [...en.out.split('\n'), ...ru.out.split('\n')])
      assert.ok(line.length <= 80 || /https?:/.test(line), line);
  }
  assert.match(foothold(['--help'], { env: { LC_ALL: 'ru_RU.UTF-8' } }).out, /^«Опора» \(foothold\)/);
  assert.match(foothold(['--help', '--lang', 'en'], { env: { LC_ALL: 'ru_RU.UTF-8' } }).out, /^Foothold finds/);
});

test('stay tells what one must know of the rule beside its days', () => {
  const en = foothold(['stay', file('irina'), 'ge/visa-free', ...ON]).out;
  assert.match(en, /\nTo know\n {2}- Sources differ on the length\./);
  assert.match(en.replace(/\s+/g, ' '), /leave by the 360th day/);
});

test('stay calls nobody over their time who is there on a permit', () => {
  const input = (status: string, statuses: string) => `now: {country: tr, since: 2022-11-02, status: ${status}}
stays: []
statuses: ${statuses}
`;
  const permit = input(
    'tr/residence-tourism',
    '[{status: tr/residence-tourism, country: tr, from: 2024-12-05, to: 2026-12-04}]',
  );
  for (const [lang, over, told] of [
    [
      'en',
      /Days too many|it has passed/,
      /on another basis: Short-term residence for tourism \(Turkey\), until 4 December 2026/,
    ],
    ['ru', /Просрочено|уже прошёл/, /Это не просрочка/],
  ] as const) {
    const { out } = foothold(['stay', '-', 'tr', ...ON, '--lang', lang], { input: permit });
    assert.doesNotMatch(out, over);
    assert.match(out.replace(/\s+/g, ' '), told);
    const visitor = foothold(['stay', '-', 'tr', ...ON, '--lang', lang], { input: input('tr/visa-free', '[]') }).out;
    assert.match(visitor, over);
    assert.doesNotMatch(visitor.replace(/\s+/g, ' '), told);
  }
});
