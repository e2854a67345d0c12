/**
 * The closed world in which a condition is read: what a name, a code or a list means here, and whether two types
 * agree. Whatever does not fit is noted as a fault, with the nearest thing that would.
 */
import type { AstList } from './ast.ts';
import { nearestName, type RuleError, type RuleErrorCode } from './errors.ts';
import type { CodesExpr, Expr, Locals, Schema, Span, Type } from './ir.ts';
import { describe, sameType } from './types.ts';

/** Variables of quantifiers and filters: name to record type. */
export type Scope = ReadonlyMap<string, string>;

/** `undefined` stands for a part that was refused; the fault is already noted. */
export type Typed = Expr | undefined;

export class Resolver {
  readonly errors: RuleError[] = [];
  protected readonly schema: Schema;
  protected readonly locals: Locals;

  constructor(schema: Schema, locals: Locals) {
    this.schema = schema;
    this.locals = locals;
  }

  protected fault(code: RuleErrorCode, at: Span, found: string, expected: string, mend: string): undefined {
    this.errors.push({ code, at, found, expected, mend });
    return undefined;
  }

  protected code(value: string, at: Span, expected: Type | undefined): Typed {
    if (expected?.t !== 'code') {
      const other = expected === undefined ? 'a code beside a fact that has a set of codes' : describe(expected);
      return this.fault(
        'type-mismatch',
        at,
        `the code "${value}"`,
        other,
        expected?.t === 'codes'
          ? `The other side holds several codes: write "${value}" in it.`
          : 'A code is compared with a fact or field whose answers are codes; dates and numbers are parameters.',
      );
    }
    return this.inSet(value, expected.set, at) ? { k: 'lit', ty: expected, at, value } : undefined;
  }

  protected inSet(value: string, set: string, at: Span): boolean {
    const declared = this.schema.sets.get(set);
    if (declared?.codes.includes(value)) return true;
    if (declared?.open && /^[a-z0-9]+(?:[-./][a-z0-9]+)*$/.test(value)) return true;
    if (declared?.open) {
      this.fault(
        'unknown-code',
        at,
        `"${value}"`,
        `a code of the set ${set}`,
        'Codes are lower-case Latin letters, digits and hyphens.',
      );
      return false;
    }
    const codes = declared?.codes ?? [];
    const near = nearestName(value, codes);
    const some = codes.slice(0, 12).join(', ') + (codes.length > 12 ? ', …' : '');
    this.fault(
      'unknown-code',
      at,
      `"${value}"`,
      `a code of the set ${set}`,
      near === undefined ? `The set has: ${some}.` : `Did you mean "${near}"?`,
    );
    return false;
  }

  protected name(name: string, at: Span, scope: Scope): Typed {
    const dot = name.indexOf('.');
    const of = dot === -1 ? name : name.slice(0, dot);
    if (scope.has(of)) return this.field(of, dot === -1 ? undefined : name.slice(dot + 1), at, scope);
    const param = this.locals.params.get(name);
    const fact = this.schema.facts.get(name);
    if (param !== undefined && fact !== undefined) {
      return this.fault(
        'shadowed-name',
        at,
        `"${name}", which is both a fact and a parameter`,
        'one meaning for a name',
        'Rename the parameter.',
      );
    }
    if (param !== undefined) return { k: 'param', ty: param, at, name };
    if (fact?.type.t === 'records') {
      return this.fault(
        'type-mismatch',
        at,
        `"${name}", ${describe(fact.type)}`,
        'a single value',
        `Write some x in ${name} satisfies …, or count(${name}[ … ]).`,
      );
    }
    if (fact !== undefined) return { k: 'fact', ty: fact.type, at, name };
    return this.unknownName(name, at, scope);
  }

  protected unknownName(name: string, at: Span, scope: Scope): undefined {
    if (this.locals.codeLists.has(name) || this.schema.codeLists.has(name)) {
      return this.fault(
        'type-mismatch',
        at,
        `"${name}", a list of codes`,
        'a single value',
        `Write x in ${name}, or overlaps(x, ${name}).`,
      );
    }
    const dot = name.indexOf('.');
    const list = this.schema.facts.get(name.slice(0, Math.max(dot, 0)));
    if (list?.type.t === 'records') {
      return this.fault(
        'unknown-name',
        at,
        `"${name}"`,
        'a fact or a parameter',
        `${list.name} is a list: write some x in ${list.name} satisfies x${name.slice(dot)} …`,
      );
    }
    if (/^item\./.test(name)) {
      return this.fault(
        'unknown-name',
        at,
        `"${name}" outside a filter`,
        'a fact or a parameter',
        'item stands only inside count(list[ … ]) and sum(list[ … ].field).',
      );
    }
    const lists = [...this.schema.facts.values()].flatMap(({ name, type }) =>
      type.t === 'records' ? [[name, type.of] as const] : [],
    );
    const fields = [...scope, ...lists].flatMap(([v, of]) =>
      [...(this.schema.records.get(of)?.keys() ?? [])].map((f) => `${v}.${f}`),
    );
    const near = nearestName(name, [...this.locals.params.keys(), ...this.schema.facts.keys(), ...fields]);
    return this.fault(
      'unknown-name',
      at,
      `"${name}"`,
      'a fact of facts.yaml or a parameter of this provision',
      near === undefined
        ? 'Declare it under params: if it is a number, date or duration of the law, in facts.yaml if it is asked of the person.'
        : `Did you mean ${near}?`,
    );
  }

  protected field(of: string, name: string | undefined, at: Span, scope: Scope): Typed {
    const record = scope.get(of)!;
    const fields = this.schema.records.get(record) ?? new Map<string, Type>();
    if (name === undefined) {
      return this.fault(
        'type-mismatch',
        at,
        `"${of}", a whole record`,
        'one of its fields',
        `Write ${of}.field; fields: ${[...fields.keys()].join(', ')}.`,
      );
    }
    const type = fields.get(name);
    if (type === undefined) {
      const near = nearestName(name, fields.keys());
      return this.fault(
        'unknown-field',
        at,
        `"${of}.${name}"`,
        `a field of ${record}`,
        near === undefined ? `Fields: ${[...fields.keys()].join(', ')}.` : `Did you mean ${of}.${near}?`,
      );
    }
    if (type.t === 'records') {
      return this.fault(
        'type-mismatch',
        at,
        `"${of}.${name}", ${describe(type)}`,
        'a single value',
        'Lists inside records cannot be asked about.',
      );
    }
    return { k: 'field', ty: type, at, of, name };
  }

  protected list(ast: AstList, scope: Scope, set: string | undefined): CodesExpr | undefined {
    if (ast.k === 'codes') {
      if (set === undefined) return undefined;
      const fit = ast.values.map((v) => this.inSet(v.text, set, v.at));
      return fit.every(Boolean)
        ? { k: 'codes', ty: { t: 'codes', set }, at: ast.at, values: ast.values.map((v) => v.text) }
        : undefined;
    }
    const codeList = this.locals.codeLists.get(ast.name) ?? this.schema.codeLists.get(ast.name);
    if (codeList !== undefined) return { k: 'codeList', ty: { t: 'codes', set: codeList }, at: ast.at, name: ast.name };
    const fact = this.schema.facts.get(ast.name);
    if (fact?.type.t === 'records') {
      return this.fault(
        'not-a-list',
        ast.at,
        `"${ast.name}", ${describe(fact.type)}`,
        'a list of codes',
        `Write some x in ${ast.name} satisfies x.field = …`,
      );
    }
    const before = this.errors.length;
    const expr = this.name(ast.name, ast.at, scope);
    if (expr?.ty.t === 'codes' && (expr.k === 'fact' || expr.k === 'field')) return expr;
    if (expr !== undefined) {
      return this.fault(
        'not-a-list',
        ast.at,
        `"${ast.name}", ${describe(expr.ty)}`,
        'a list of codes',
        'Write = for a single value, or name a list of the law.',
      );
    }
    const lists = [...this.locals.codeLists.keys(), ...this.schema.codeLists.keys()];
    const near = nearestName(ast.name, lists);
    const last = this.errors[before];
    if (near !== undefined && last?.code === 'unknown-name') {
      this.errors[before] = { ...last, expected: 'a list of codes', mend: `Did you mean ${near}?` };
    }
    return undefined;
  }

  protected records(name: string, at: Span): string | undefined {
    const fact = this.schema.facts.get(name);
    if (fact?.type.t === 'records') return fact.type.of;
    const lists = [...this.schema.facts.values()].filter((f) => f.type.t === 'records').map((f) => f.name);
    const near = nearestName(name, lists);
    if (fact?.type.t === 'codes' || this.schema.codeLists.has(name) || this.locals.codeLists.has(name)) {
      return this.fault(
        'not-a-list',
        at,
        `"${name}", a list of codes`,
        'a list of records',
        `Write overlaps(${name}, otherList), or "code" in ${name}.`,
      );
    }
    return this.fault(
      fact ? 'not-a-list' : 'unknown-name',
      at,
      `"${name}"`,
      'a list of records',
      near === undefined ? `Lists: ${lists.join(', ')}.` : `Did you mean ${near}?`,
    );
  }

  protected freshVariable(name: string, at: Span, scope: Scope): boolean {
    const taken =
      scope.has(name) ||
      this.locals.params.has(name) ||
      this.locals.codeLists.has(name) ||
      this.schema.codeLists.has(name);
    const prefix = [...this.schema.facts.keys(), ...this.schema.codeLists.keys()].some(
      (f) => f === name || f.startsWith(`${name}.`),
    );
    if (!taken && !prefix) return true;
    this.fault(
      'shadowed-name',
      at,
      `"${name}" as a variable`,
      'a name that means nothing else here',
      'Choose another short name.',
    );
    return false;
  }

  /** The order of an ordered set, null where order goes without saying, undefined (and a fault) where there is none. */
  protected order(type: Type, at: Span, what: string): readonly string[] | null | undefined {
    if (type.t === 'number' || type.t === 'money' || type.t === 'date' || type.t === 'duration') return null;
    if (type.t !== 'code') {
      return this.fault('not-ordered', at, `${what} between yes and no`, '= or !=', 'Write = yes, or the fact alone.');
    }
    const set = this.schema.sets.get(type.set);
    if (set?.ordered) return set.codes;
    return this.fault(
      'not-ordered',
      at,
      `${what} on ${describe(type)}`,
      '=, != or in',
      `The codes of ${type.set} have no order.`,
    );
  }

  /** Both sides of one type and one that can be compared at all. */
  protected agree(left: Expr, right: Expr, at: Span): boolean {
    const a = left.ty;
    const b = right.ty;
    if (a.t === 'codes' || b.t === 'codes') {
      this.fault(
        'type-mismatch',
        at,
        `${describe(a)} beside ${describe(b)}`,
        'two single values',
        'Write code in list, or overlaps(list, list).',
      );
      return false;
    }
    if (sameType(a, b)) return true;
    const found = `${describe(a)} beside ${describe(b)}`;
    if (a.t === 'money' && b.t === 'money') {
      this.fault(
        'period-mismatch',
        at,
        found,
        'money of one period',
        'Write perYear(…) around the monthly amount, or perMonth(…) around the yearly one.',
      );
    } else if (a.t === 'number' && b.t === 'number') {
      this.fault(
        'unit-mismatch',
        at,
        found,
        'numbers of one unit',
        'Correct the unit of the parameter, or choose the other fact.',
      );
    } else {
      this.fault(
        'type-mismatch',
        at,
        found,
        'both sides of one type',
        'Correct one side; nothing is converted silently.',
      );
    }
    return false;
  }
}

/** The longest beginning of a dotted name that is a list of records: `stays` of `stays.days`. */
export function longestList(name: string, schema: Schema): string | undefined {
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    const list = name.slice(0, dot);
    if (schema.facts.get(list)?.type.t === 'records') return list;
  }
  return undefined;
}
