/**
 * Syntax tree → typed expression, against the closed world of the schema and the provision.
 * Every name must be declared, both sides must agree in type and unit, codes must belong to their set.
 * Goes on after a fault, so that one reading shows all of them.
 */
import type { Ast, AstList } from './ast.ts';
import { nearestName, type RuleError, type RuleErrorCode } from './errors.ts';
import type { CodesExpr, Expr, FnName, Locals, Schema, Span, Type } from './ir.ts';
import { arithType, BOOLEAN, DATE, describe, PLAIN, sameType } from './types.ts';

/** Variables of quantifiers and filters: name to record type. */
type Scope = ReadonlyMap<string, string>;

/** `undefined` stands for a part that was refused; the fault is already noted. */
type Typed = Expr | undefined;

/** Types a condition. The expression is undefined exactly when there are errors. */
export function checkCondition(
  ast: Ast,
  schema: Schema,
  locals: Locals,
): { expr: Typed; errors: readonly RuleError[] } {
  const checker = new Checker(schema, locals);
  const expr = checker.boolean(ast, new Map(), 'the condition');
  return checker.errors.length === 0 ? { expr, errors: [] } : { expr: undefined, errors: checker.errors };
}

class Checker {
  readonly errors: RuleError[] = [];
  private readonly schema: Schema;
  private readonly locals: Locals;

  constructor(schema: Schema, locals: Locals) {
    this.schema = schema;
    this.locals = locals;
  }

  private fault(code: RuleErrorCode, at: Span, found: string, expected: string, mend: string): undefined {
    this.errors.push({ code, at, found, expected, mend });
    return undefined;
  }

  /** A part that must be yes, no or unknown. */
  boolean(ast: Ast, scope: Scope, where: string): Typed {
    const expr = this.infer(ast, scope, BOOLEAN);
    if (expr === undefined || expr.ty.t === 'boolean') return expr;
    return this.fault(
      'not-a-condition',
      ast.at,
      `${describe(expr.ty)} as ${where}`,
      'yes or no',
      'Compare it with something, for example with a parameter.',
    );
  }

  /** Types a part; `expected` lets a bare code, 0 or 1 take the type of what stands beside it. */
  private infer(ast: Ast, scope: Scope, expected?: Type): Typed {
    const at = ast.at;
    switch (ast.k) {
      case 'bool':
        return { k: 'lit', ty: BOOLEAN, at, value: ast.value };
      case 'num':
        return this.number(ast, expected);
      case 'text':
        return this.code(ast.value, at, expected);
      case 'on':
        return { k: 'on', ty: DATE, at };
      case 'name':
        return this.name(ast.name, at, scope);
      case 'cmp':
        return this.comparison(ast, scope);
      case 'between':
        return this.between(ast, scope);
      case 'in':
        return this.membership(ast, scope);
      case 'overlaps':
        return this.overlaps(ast, scope);
      case 'not': {
        const arg = this.boolean(ast.arg, scope, 'what not( … ) denies');
        return arg && { k: 'not', ty: BOOLEAN, at, arg };
      }
      case 'and':
      case 'or': {
        const args = ast.args.map((arg) => this.boolean(arg, scope, `an operand of "${ast.k}"`));
        return all(args) ? { k: ast.k, ty: BOOLEAN, at, args } : undefined;
      }
      case 'if':
        return this.choice(ast, scope, expected);
      case 'arith':
        return this.arith(ast, scope, expected);
      case 'call':
        return this.call(ast, scope, expected);
      case 'some':
      case 'every': {
        const of = this.records(ast.list, ast.listAt);
        if (of === undefined || !this.freshVariable(ast.var, ast.varAt, scope)) return undefined;
        const cond = this.boolean(ast.cond, new Map(scope).set(ast.var, of), `what "satisfies" asks`);
        return cond && { k: ast.k, ty: BOOLEAN, at, var: ast.var, list: ast.list, cond };
      }
      case 'count':
      case 'sum':
        return this.aggregate(ast, scope);
    }
  }

  private number(ast: { value: 0 | 1; at: Span }, expected: Type | undefined): Typed {
    if (expected?.t === 'number') return { k: 'lit', ty: expected, at: ast.at, value: ast.value };
    if (expected?.t === 'money' && ast.value === 0) return { k: 'lit', ty: expected, at: ast.at, value: 0 };
    if (expected === undefined || expected.t === 'boolean')
      return { k: 'lit', ty: PLAIN, at: ast.at, value: ast.value };
    return this.fault(
      'type-mismatch',
      ast.at,
      `the number ${ast.value}`,
      describe(expected),
      'Name a parameter of that type under params: and use it here.',
    );
  }

  private code(value: string, at: Span, expected: Type | undefined): Typed {
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

  private inSet(value: string, set: string, at: Span): boolean {
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

  private name(name: string, at: Span, scope: Scope): Typed {
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

  private unknownName(name: string, at: Span, scope: Scope): undefined {
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
    const fields = [...scope].flatMap(([v, of]) =>
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

  private field(of: string, name: string | undefined, at: Span, scope: Scope): Typed {
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

  /** Types two parts that must agree; a bare literal takes the type of the other. */
  private pair(left: Ast, right: Ast, scope: Scope, expected?: Type): readonly [Typed, Typed] {
    if (isBare(left) && !isBare(right)) {
      const b = this.infer(right, scope, expected);
      return [b && this.infer(left, scope, b.ty), b];
    }
    const a = this.infer(left, scope, expected);
    return [a, isBare(right) ? a && this.infer(right, scope, a.ty) : this.infer(right, scope, expected)];
  }

  private comparison(ast: Ast & { k: 'cmp' }, scope: Scope): Typed {
    const [left, right] = this.pair(ast.left, ast.right, scope);
    if (!left || !right || !this.agree(left, right, ast.at)) return undefined;
    const ordering = ast.op !== '=' && ast.op !== '!=';
    const order = ordering ? this.order(left.ty, ast.at, `"${ast.op}"`) : null;
    if (order === undefined) return undefined;
    return { k: 'cmp', ty: BOOLEAN, at: ast.at, op: ast.op, left, right, ...(order && { order }) };
  }

  private between(ast: Ast & { k: 'between' }, scope: Scope): Typed {
    const [value, low] = this.pair(ast.value, ast.low, scope);
    const high = value && this.infer(ast.high, scope, value.ty);
    if (!value || !low || !high) return undefined;
    if (!this.agree(value, low, ast.at) || !this.agree(value, high, ast.at)) return undefined;
    const order = this.order(value.ty, ast.at, 'a range');
    if (order === undefined) return undefined;
    return { k: 'between', ty: BOOLEAN, at: ast.at, value, low, high, ...(order && { order }) };
  }

  /** The order of an ordered set, null where order goes without saying, undefined (and a fault) where there is none. */
  private order(type: Type, at: Span, what: string): readonly string[] | null | undefined {
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
  private agree(left: Expr, right: Expr, at: Span): boolean {
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

  private list(ast: AstList, scope: Scope, set: string | undefined): CodesExpr | undefined {
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

  private membership(ast: Ast & { k: 'in' }, scope: Scope): Typed {
    // A named list tells a bare code its set; a literal list is told its set by the value.
    const named = ast.list.k === 'name' ? this.list(ast.list, scope, undefined) : undefined;
    if (ast.list.k === 'name' && named === undefined) return undefined;
    const set = named?.ty.t === 'codes' ? named.ty.set : undefined;
    const value = this.infer(ast.value, scope, set === undefined ? undefined : { t: 'code', set });
    if (value === undefined) return undefined;
    if (value.ty.t === 'codes') {
      return this.fault(
        'type-mismatch',
        ast.at,
        `${describe(value.ty)} before "in"`,
        'a single code',
        'To ask whether two lists share a code, write overlaps(list, list).',
      );
    }
    if (value.ty.t !== 'code') {
      return this.fault(
        'type-mismatch',
        ast.at,
        `${describe(value.ty)} before "in"`,
        'a code',
        'For numbers and dates write x in [a..b].',
      );
    }
    const list = named ?? this.list(ast.list, scope, value.ty.set);
    if (list === undefined) return undefined;
    if (list.ty.t === 'codes' && list.ty.set !== value.ty.set) {
      return this.fault(
        'type-mismatch',
        ast.at,
        `${describe(value.ty)} in ${describe(list.ty)}`,
        'codes of one set',
        'Choose the list of that set.',
      );
    }
    return { k: 'in', ty: BOOLEAN, at: ast.at, value, list };
  }

  private overlaps(ast: Ast & { k: 'overlaps' }, scope: Scope): Typed {
    const named = ast.left.k === 'name' ? ast.left : ast.right;
    if (named.k !== 'name') {
      return this.fault(
        'wrong-arguments',
        ast.at,
        'two literal lists',
        'at least one fact or named list',
        'Name the fact that holds several codes.',
      );
    }
    const first = this.list(named, scope, undefined);
    const set = first?.ty.t === 'codes' ? first.ty.set : undefined;
    const other = named === ast.left ? ast.right : ast.left;
    const second = first && this.list(other, scope, set);
    if (!first || !second) return undefined;
    if (!sameType(first.ty, second.ty)) {
      return this.fault(
        'type-mismatch',
        ast.at,
        `${describe(first.ty)} beside ${describe(second.ty)}`,
        'codes of one set',
        'Choose the list of that set.',
      );
    }
    const [left, right] = named === ast.left ? [first, second] : [second, first];
    return { k: 'overlaps', ty: BOOLEAN, at: ast.at, left, right };
  }

  private choice(ast: Ast & { k: 'if' }, scope: Scope, expected: Type | undefined): Typed {
    const cond = this.boolean(ast.cond, scope, 'what "if" asks');
    const [yes, no] = this.pair(ast.then, ast.else, scope, expected);
    if (!cond || !yes || !no) return undefined;
    if (yes.ty.t === 'codes') {
      return this.fault(
        'type-mismatch',
        ast.at,
        describe(yes.ty),
        'single values in the branches',
        'Choose between two conditions instead.',
      );
    }
    return this.agree(yes, no, ast.at) ? { k: 'if', ty: yes.ty, at: ast.at, cond, then: yes, else: no } : undefined;
  }

  private arith(ast: Ast & { k: 'arith' }, scope: Scope, expected: Type | undefined): Typed {
    const scaling = ast.op === '*' || ast.op === '/';
    const [left, right] = scaling
      ? [this.infer(ast.left, scope), this.infer(ast.right, scope)]
      : this.pair(ast.left, ast.right, scope, isBare(ast) ? expected : undefined);
    if (!left || !right) return undefined;
    const type = arithType(ast.op, left.ty, right.ty);
    if (typeof type === 'string') {
      const code =
        left.ty.t === 'money' && right.ty.t === 'money'
          ? 'period-mismatch'
          : left.ty.t === 'number' && right.ty.t === 'number'
            ? 'unit-mismatch'
            : 'type-mismatch';
      return this.fault(
        code,
        ast.at,
        `${describe(left.ty)} ${ast.op} ${describe(right.ty)}`,
        type,
        'Correct the unit of the parameter, or the operator.',
      );
    }
    if (right.ty.t === 'duration' && right.ty.days !== true && this.locals.monthEnd === undefined) {
      return this.fault(
        'missing-month-end',
        ast.at,
        'a duration added to a date',
        'a declared rounding of months',
        'Add monthEnd: clamp (31 January + 1 month = 28 or 29 February) or roll (= 1 March) to the provision, with its source.',
      );
    }
    return { k: 'arith', ty: type, at: ast.at, op: ast.op, left, right };
  }

  private call(ast: Ast & { k: 'call' }, scope: Scope, expected: Type | undefined): Typed {
    const arity = ast.fn === 'known' || ast.fn.startsWith('per') ? 1 : 2;
    if (ast.args.length < arity || (ast.args.length > arity && ast.fn !== 'min' && ast.fn !== 'max')) {
      const wanted = `${arity === 1 ? 'one value' : ast.fn.startsWith('m') && ast.fn.length === 3 ? 'two or more values' : 'two dates'}`;
      return this.fault(
        'wrong-arguments',
        ast.at,
        `${ast.args.length} between the parentheses of ${ast.fn}`,
        wanted,
        `Write ${ast.fn}(${arity === 1 ? 'x' : 'a, b'}).`,
      );
    }
    if (ast.fn === 'known') return this.known(ast.args[0]!, ast.at, scope);
    const subject = ast.args.find((arg) => !isBare(arg)) ?? ast.args[0]!;
    const first = this.infer(subject, scope, expected);
    const args = ast.args.map((arg) => (arg === subject ? first : first && this.infer(arg, scope, first.ty)));
    if (!all(args)) return undefined;
    const type = this.callType(ast.fn as FnName, args, ast.at);
    return type && { k: 'call', ty: type, at: ast.at, fn: ast.fn as FnName, args };
  }

  private callType(fn: FnName, args: readonly Expr[], at: Span): Type | undefined {
    const type = args[0]!.ty;
    if (fn === 'min' || fn === 'max') {
      if (!args.every((arg) => this.agree(args[0]!, arg, at))) return undefined;
      if (type.t === 'number' || type.t === 'money' || type.t === 'date') return type;
      return this.fault(
        'wrong-arguments',
        at,
        `${describe(type)} in ${fn}`,
        'numbers, money or dates',
        `${fn} orders only these.`,
      );
    }
    if (fn === 'perYear' || fn === 'perMonth') {
      const from = fn === 'perYear' ? 'month' : 'year';
      if (type.t === 'money' && type.per === from) return { t: 'money', per: fn === 'perYear' ? 'year' : 'month' };
      return this.fault(
        'wrong-arguments',
        at,
        `${describe(type)} in ${fn}`,
        `money per ${from}`,
        type.t === 'money' && type.per === (fn === 'perYear' ? 'year' : 'month')
          ? `It is per ${type.per} already: leave out ${fn}.`
          : `${fn} tells money of a ${from} for the other period.`,
      );
    }
    if (args.every((arg) => arg.ty.t === 'date'))
      return { t: 'number', unit: fn === 'monthsBetween' ? 'months' : 'years' };
    return this.fault(
      'wrong-arguments',
      at,
      `${args.map((a) => describe(a.ty)).join(' and ')} in ${fn}`,
      'two dates',
      `Write ${fn}(earlier, later).`,
    );
  }

  private known(arg: Ast, at: Span, scope: Scope): Typed {
    if (arg.k === 'name' && !scope.has(arg.name.split('.')[0]!)) {
      if (this.schema.facts.has(arg.name)) return { k: 'known', ty: BOOLEAN, at, fact: arg.name };
      if (!this.locals.params.has(arg.name)) return this.unknownName(arg.name, arg.at, scope);
    }
    return this.fault(
      'wrong-arguments',
      at,
      'something other than a fact in known',
      'the name of a fact',
      'Write known(fact).',
    );
  }

  private records(name: string, at: Span): string | undefined {
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

  private freshVariable(name: string, at: Span, scope: Scope): boolean {
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

  private aggregate(ast: Ast & { k: 'count' | 'sum' }, scope: Scope): Typed {
    const at = ast.at;
    let list = ast.list;
    let field = ast.field;
    if (ast.k === 'sum' && ast.where === null) {
      const split = longestList(list, this.schema);
      if (split !== undefined) {
        field = { name: list.slice(split.length + 1), at: ast.listAt };
        list = split;
      }
    }
    const of = this.records(list, ast.listAt);
    if (of === undefined) return undefined;
    if (ast.where !== null && scope.has('item')) {
      return this.fault(
        'nested-item',
        at,
        'a filter inside a filter',
        'one meaning for "item"',
        'Write some x in list satisfies … for the inner one.',
      );
    }
    const inner = new Map(scope).set('item', of);
    const where = ast.where === null ? null : this.boolean(ast.where, inner, 'a filter');
    if (where === undefined) return undefined;
    if (ast.k === 'count') {
      if (field === null) return { k: 'count', ty: PLAIN, at, list, var: 'item', where };
      return this.fault(
        'wrong-arguments',
        field.at,
        'a field after the list in count',
        'the list alone',
        'Leave out the field, or write sum.',
      );
    }
    if (field === null) {
      return this.fault(
        'wrong-arguments',
        at,
        'sum of whole records',
        'a field to add up',
        `Write sum(${list}[ … ].field).`,
      );
    }
    const value = this.field('item', field.name, field.at, inner);
    if (value === undefined) return undefined;
    if (value.ty.t === 'number' || value.ty.t === 'money')
      return { k: 'sum', ty: value.ty, at, list, var: 'item', where, field: value };
    return this.fault(
      'wrong-arguments',
      field.at,
      `${describe(value.ty)} in sum`,
      'numbers or money',
      'Choose a field that can be added up.',
    );
  }
}

/** Whether a part has no type of its own and takes that of its neighbour. */
function isBare(ast: Ast): boolean {
  if (ast.k === 'num' || ast.k === 'text') return true;
  if (ast.k === 'if') return isBare(ast.then) && isBare(ast.else);
  return ast.k === 'arith' && isBare(ast.left) && isBare(ast.right);
}

function all(parts: readonly Typed[]): parts is readonly Expr[] {
  return parts.every((part) => part !== undefined);
}

function longestList(name: string, schema: Schema): string | undefined {
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    const list = name.slice(0, dot);
    if (schema.facts.get(list)?.type.t === 'records') return list;
  }
  return undefined;
}
