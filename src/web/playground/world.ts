/** The facts, codes and areas of the law as the playground carries them. */
import type { LawBook } from '../../law/book.ts';
import { membersOf } from '../../law/book.ts';
import type { Day, FactDef, Schema, Type } from '../../rules/ir.ts';
import type { World } from './answer.ts';

export type WorldJson = {
  readonly facts: readonly FactDef[];
  readonly records: readonly (readonly [string, readonly (readonly [string, Type])[]])[];
  readonly sets: readonly (readonly [
    string,
    { readonly codes: readonly string[]; readonly ordered: boolean; readonly open: boolean },
  ])[];
  readonly codeLists: readonly (readonly [string, string])[];
  readonly areas: readonly (readonly [string, LawBook['areas'] extends ReadonlyMap<string, infer A> ? A : never])[];
};

/** What a law gives the playground: facts without the words of the questionnaire. */
export function worldJson(book: LawBook): WorldJson {
  const { schema } = book;
  return {
    facts: [...schema.facts.values()].map(({ question: _, why: __, ...rest }) => rest),
    records: [...schema.records].map(([name, fields]) => [name, [...fields]] as const),
    sets: [...schema.sets],
    codeLists: [...schema.codeLists],
    areas: [...book.areas],
  };
}

export function worldFrom(json: WorldJson): World {
  const schema: Schema = {
    facts: new Map(json.facts.map((f) => [f.name, f])),
    records: new Map(json.records.map(([name, fields]) => [name, new Map(fields)])),
    sets: new Map(json.sets),
    codeLists: new Map(json.codeLists),
  };
  const areas = new Map(json.areas);
  return { schema, members: (area: string, on: Day) => membersOf({ areas } as unknown as LawBook, area, on) };
}
