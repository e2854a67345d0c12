/**
 * Syntax tree → typed expression, against the closed world of the schema and the provision.
 * Every name must be declared, both sides must agree in type and unit, codes must belong to their set.
 * Goes on after a fault, so that one reading shows all of them.
 */
import type { Ast } from './ast.ts';
import type { RuleError } from './errors.ts';
import type { Expr, FnName, Locals, Schema, Span, Type } from './ir.ts';
import { longestList, Resolver, type Scope, type Typed } from './resolve.ts';
import { arithType, BOOLEAN, DATE, describe, PLAIN, sameType } from './types.ts';

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

class Checker extends Resolver {
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
