/** Provisions as JSON: a row of the list, and one in full as of a day. The same on the command line and in the API. */
import { formatDay } from '../calendar/civil.ts';
import { plainValue } from '../check/plain.ts';
import type { LawBook } from '../law/book.ts';
import { datedAt, inForce, listAt, resolveClauses } from '../law/resolve.ts';
import { fillText } from '../law/say.ts';
import type { Provision } from '../law/types.ts';
import type { Day, Node } from '../rules/ir.ts';

/** One row of the list of provisions. */
export function provisionRow(p: Provision, on: Day): object {
  return {
    id: p.id,
    kind: p.kind,
    jurisdiction: p.jurisdiction,
    title: { en: p.title.en, ru: p.title.ru },
    inForce: inForce(p, on),
    verifiedOn: formatDay(p.verified.on),
    confidence: p.verified.confidence,
    expires: formatDay(p.expires),
  };
}

/** A provision in full as of a day: figures, conditions with their words, notes, sources. */
export function provisionJson(book: LawBook, p: Provision, on: Day): object {
  const clause = (n: Node): object => ({
    id: n.id ?? null,
    says: n.says ? fillText(n.says, p, on) : null,
    source: n.source ?? [],
    form: n.k,
    ...(n.k === 'leaf' ? { when: n.text } : {}),
    ...(n.k === 'all' || n.k === 'any' || n.k === 'atLeast'
      ? { of: n.of.map(clause) }
      : n.k === 'not'
        ? { of: [clause(n.of)] }
        : {}),
    ...(n.k === 'clock' ? { clock: n.clock, atLeast: n.atLeast } : {}),
    ...(n.k === 'points' ? { atLeast: n.atLeast, of: n.items.map((i) => ({ worth: i.worth, ...clause(i.of) })) } : {}),
  });
  return {
    id: p.id,
    kind: p.kind,
    jurisdiction: p.jurisdiction,
    on: formatDay(on),
    title: p.title,
    inForce: inForce(p, on),
    from: formatDay(p.inForce.from),
    to: p.inForce.to === undefined ? null : formatDay(p.inForce.to),
    params: Object.fromEntries(
      Object.entries(p.params).map(([name, x]) => {
        const now = datedAt(x.values, on);
        return [
          name,
          {
            label: x.label ?? null,
            unit: x.unit,
            value: plainValue(now?.value ?? undefined, x.type, book.schema),
            since: now ? formatDay(now.from) : null,
            source: now?.source ?? null,
            expected: now?.expected === true,
          },
        ];
      }),
    ),
    lists: Object.fromEntries(Object.keys(p.lists).map((name) => [name, listAt(p, name, on) ?? null])),
    all: resolveClauses(p.all, on).map(clause),
    bars: resolveClauses(p.bars, on).map(clause),
    except: resolveClauses(p.except, on).map(clause),
    notes: p.notes.filter((n) => (n.from ?? on) <= on && on <= (n.to ?? on)).map((n) => fillText(n.says, p, on)),
    verifiedOn: formatDay(p.verified.on),
    verified: { ...p.verified, on: formatDay(p.verified.on) },
    expires: formatDay(p.expires),
    verify: on > p.expires || p.verified.confidence === 'conflicting',
    sources: p.sources,
  };
}
