/**
 * Small worlds in one line, and plans in one line. Days are counted from the start of the world (2026-01-01).
 *
 *     xa visit 10; xb visit 5/20; xb work 3 12 discretion 20 renew; xb home 2 after 15 work; danger xa
 *
 * - `xa visit N`: N days each entry; `N/W`: N days in any W; `N gap G`: N each entry, the next G days later.
 * - `xa NAME P V [right|discretion|lottery] [FEE]`: a permit decided in P days, valid V days. Then any of: `renew`,
 *   `leave` (no waiting in the country), `abroad` (filed from anywhere else), `from STATUS…`, `opens D`, `closes D`,
 *   `before O` (asked for again from O days before its end), `by C` (until C days before it), `goes on` (until the decision; `counts`: these days
 *   count; `limit L`: L days at the most), `lapses` (it does not), `nofamily` (no family may come under it), `if FACT` (a condition on the person, `~` for each space in it), `stands permanent|protection|permit|citizenship`, `claim` (a request for asylum).
 * - `xa NAME P after N STATUS…`: permanent residence decided in P days after N days without a break under the statuses.
 * - `xa passport P V`: a new passport, decided in P days, valid V days.
 * - `xa runs K D`: whoever came to it K times in the last D days is not let in as a visitor.
 * - `xa shut D [E]`: nobody enters from day D (to day E).
 * - Permits and homes: `needs EUR` (savings on the day of asking).
 * - `danger xa`, `fee xa NAME D EUR`: from day D another fee.
 */
import { formatDay, parseDay } from '../../src/calendar/civil.ts';
import type { LawBook } from '../../src/law/book.ts';
import type { LawText } from '../../src/law/read.ts';
import type { Situation } from '../../src/person/types.ts';
import type { Plan } from '../../src/plan/types.ts';
import { clause, law, person, provision } from './worlds.ts';

export const FIRST = parseDay('2026-01-01') as number;
const on = (n: string | number): string => formatDay(FIRST + Number(n));
const BEFORE = '2022-01-01';

const dated = (unit: string, value: string, later: readonly (readonly [string, string])[] = []): string =>
  `{unit: ${unit}, ${unit === 'duration' ? '' : 'range: {min: 0, max: 100000}, '}values: {${[[BEFORE, value], ...later]
    .map(([d, v]) => `${d}: {value: ${v}, source: s}`)
    .join(', ')}}}`;

/** The law of a world written in one line. */
export function worldLaw(line: string): LawBook {
  const parts = line
    .split(';')
    .map((x) => x.trim().split(/\s+/))
    .filter((x) => x[0]);
  const fees = new Map<string, [string, string][]>();
  for (const w of parts)
    if (w[0] === 'fee') {
      const id = `${w[1]}/${w[2]}`;
      fees.set(id, [...(fees.get(id) ?? []), [on(w[3] as string), w[4] as string]]);
    }
  return law(parts.flatMap((w) => (w[0] === 'fee' ? [] : provisionsOf(w, fees))));
}

function provisionsOf(w: readonly string[], fees: ReadonlyMap<string, [string, string][]>): LawText[] {
  if (w[0] === 'danger')
    return [
      provision(
        `${w[1]}/pressure`,
        'danger',
        `concerns: presence\nsays: {en: d, ru: d}\nall: [${clause('russian', 'passport.country = "ru"')}]`,
      ),
    ];
  const [country, name] = w as [string, string];
  if (name === 'visit') return [visitOf(country, w)];
  if (name === 'shut')
    return [
      provision(
        `${country}/shut`,
        'restriction',
        `effect: entry\nstrength: must\nall: [${clause('russian', 'passport.country = "ru"')}]`,
        `{from: ${on(w[2] as string)}${w[3] ? `, to: ${on(w[3])}` : ''}}`,
      ),
    ];
  if (name === 'runs')
    return [
      provision(
        `${country}/runs`,
        'restriction',
        `effect: entry
strength: must
appliesTo: [${country}/visit]
params: {most: ${dated('count', w[2] as string)}, within: ${dated('duration', `P${w[3]}D`)}}
monthEnd: {clamp: s}
all: [${clause('often', `count(stays[item.country = "${country}" and item.from >= on - within]) >= most`)}]`,
      ),
    ];
  if (name === 'passport')
    return [
      provision(
        `${country}/passport`,
        'route',
        `decision: right
params: {takes: ${dated('duration', `P${w[2]}D`)}, lasts: ${dated('duration', `P${w[3]}D`)}}
monthEnd: {clamp: s}
all: [${clause('person', 'person.sex in ("female", "male", "other")')}]
file: {where: [in-country, abroad], from: [any], source: s}
processing: {longest: takes, source: s}
pending: {mayStay: no, says: {en: p, ru: p}, source: s}
grants: {document: {kind: passport, country: ru, valid: lasts}, source: s}`,
      ),
    ];
  return w[3] === 'after' ? homeOf(country, name, w) : [permitOf(country, name, w, fees)];
}

function visitOf(country: string, w: readonly string[]): LawText {
  const [limit, window] = (w[2] as string).split('/');
  const gap = w[3] === 'gap' ? w[4] : '0';
  const counting = window
    ? `{kind: rolling, limit: most, window: frame, edges: both, source: s}`
    : `{kind: perEntry, limit: most, edges: both, gapDays: ${gap}, source: s}`;
  return provision(
    `${country}/visit`,
    'stay',
    `params: {most: ${dated('days', limit as string)}${window ? `, frame: ${dated('days', window)}` : ''}}
all: [${clause('passport', 'passport.expires >= on')}]
counting: [${counting}]`,
  );
}

function permitOf(
  country: string,
  name: string,
  w: readonly string[],
  fees: ReadonlyMap<string, [string, string][]>,
): LawText {
  const id = `${country}/${name}`;
  const decision = w.find((x) => x === 'right' || x === 'discretion' || x === 'lottery') ?? 'right';
  const fee = w.find(
    (x, i) =>
      i > 3 && /^\d+$/.test(x) && !['opens', 'closes', 'before', 'by', 'limit', 'needs'].includes(w[i - 1] as string),
  );
  const after = (word: string): string | undefined => (w.includes(word) ? w[w.indexOf(word) + 1] : undefined);
  const stands = after('stands') ?? 'permit';
  const from = w.includes('from')
    ? w.slice(w.indexOf('from') + 1).filter((x) => x.includes('/') || x === 'any')
    : ['any'];
  const ends = stands === 'permit';
  const needs = after('needs');
  const condition = after('if')?.replaceAll('~', ' ') ?? 'person.sex in ("female", "male", "other")';
  const [opens, closes, limit] = [after('before'), after('by'), after('limit')];
  const goes = w.includes('goes') ? 'yes' : w.includes('lapses') ? 'no' : undefined;
  const window = [
    opens && 'opens: opensBefore',
    closes && 'closes: closesBefore',
    goes &&
      `prolongs: {stay: ${goes}${w.includes('counts') ? ', counts: yes' : ''}${limit ? ', limit: goesOnFor' : ''}, source: s}`,
  ]
    .flatMap((x) => (x ? [`${x}, `] : []))
    .join('');
  return provision(
    id,
    'route',
    `decision: ${decision}
${w.includes('claim') ? 'claim: asylum\n' : ''}params:
  takes: ${dated('duration', `P${w[2]}D`)}
  lasts: ${dated('duration', `P${w[3]}D`)}
  fee: ${dated('EUR/once', fee ?? '0', fees.get(id) ?? [])}
${[
  ['opensBefore', opens],
  ['closesBefore', closes],
  ['goesOnFor', limit],
]
  .flatMap(([name, v]) => (v ? [`  ${name}: ${dated('duration', `P${v}D`)}\n`] : []))
  .join('')}${needs ? `  money: ${dated('EUR/once', needs)}\n` : ''}monthEnd: {clamp: s}
all: [${clause('reason', condition)}${needs ? `, ${clause('money', 'savings >= money')}` : ''}]
file: {where: [${w.includes('abroad') ? 'abroad' : 'in-country'}], from: [${from.join(', ')}], source: s}
processing: {longest: takes, source: s}
fee: {param: fee, source: s}
pending: {mayStay: ${w.includes('leave') ? 'no' : 'yes'}, says: {en: p, ru: p}, source: s}
grants: {status: ${id}, ${ends ? 'valid: lasts, ' : ''}source: s}
${w.includes('nofamily') ? 'family: {may: no, says: {en: n, ru: n}, source: s}\n' : ''}status: {stands: ${stands}${ends ? `, ${w.includes('renew') ? `renew: {by: ${id}, ${window}source: s}` : 'renew: no'}, leadsTo: [${id}]` : ''}}`,
    `{from: ${after('opens') ? on(after('opens') as string) : BEFORE}${after('closes') ? `, to: ${on(after('closes') as string)}` : ''}}`,
  );
}

function homeOf(country: string, name: string, w: readonly string[]): LawText[] {
  const id = `${country}/${name}`;
  const at = w.indexOf('needs');
  const needs = at < 0 ? undefined : w[at + 1];
  const rest = at < 0 ? w.slice(5) : w.slice(5, at);
  const statuses = rest.filter((x) => !/^\d+$/.test(x) && x !== 'discretion');
  const fee = rest.find((x) => /^\d+$/.test(x)) ?? '0';
  return [
    provision(
      id,
      'route',
      `decision: ${w.includes('discretion') ? 'discretion' : 'right'}
params:
  takes: ${dated('duration', `P${w[2]}D`)}
  need: ${dated('duration', `P${w[4]}D`)}
  fee: ${dated('EUR/once', fee)}
${needs ? `  money: ${dated('EUR/once', needs)}\n` : ''}monthEnd: {clamp: s}
all: [{id: residence, says: {en: r, ru: r}, clock: ${id}-clock, atLeast: need, source: s}${needs ? `, ${clause('money', 'savings >= money')}` : ''}]
file: {where: [in-country], from: [any], source: s}
processing: {longest: takes, source: s}
fee: {param: fee, source: s}
pending: {mayStay: yes, says: {en: p, ru: p}, source: s}
grants: {status: ${id}, source: s}
status: {stands: permanent}`,
    ),
    provision(
      `${id}-clock`,
      'clock',
      `counts: [${statuses.map((x) => `{status: ${x.includes('/') ? x : `${country}/${x}`}, source: s}`).join(', ')}]\nunbroken: yes`,
    ),
  ];
}

/** Somebody with a Russian passport, in a country of the world since its first day. `passport`: its last day, from the start. */
export function someone(
  book: LawBook,
  place = 'xa',
  passport = 9000,
  more = '',
  savings = 'savings: 100000 EUR',
): Situation {
  return person(
    book,
    on(0),
    `person: {born: 1990-01-01, sex: female, citizenships: [ru]}
documents: [{kind: passport, country: ru, issued: 2020-01-01, expires: ${on(passport)}}]
now: {country: ${place}, since: ${on(0)}, status: ${place}/visit}
stays: []
statuses: []
${savings}
${more}`,
  );
}

/** A plan in one line, days from the start. */
export function told(p: Plan): string {
  const legs = p.legs.map((l) => {
    const d = l.day - FIRST;
    if (l.kind === 'enter') return `${d} go ${l.under}`;
    return `${d} ${l.kind === 'file' ? 'file' : 'got'} ${l.route}`;
  });
  return legs.join(' | ');
}
