/** Typed expression → canonical text. Parsing the text gives the expression back, places aside. */
import type { CodesExpr, Expr } from './ir.ts';

/** The canonical text of a condition: single spaces, parentheses only where they are needed or help the reader. */
export function printExpr(e: Expr): string {
  switch (e.k) {
    case 'lit':
      return typeof e.value === 'boolean'
        ? e.value
          ? 'yes'
          : 'no'
        : typeof e.value === 'string'
          ? `"${e.value}"`
          : `${e.value}`;
    case 'fact':
    case 'param':
      return e.name;
    case 'on':
      return 'on';
    case 'field':
      return `${e.of}.${e.name}`;
    case 'cmp':
      return `${operand(e.left)} ${e.op} ${operand(e.right)}`;
    case 'between':
      return `${operand(e.value)} between ${operand(e.low)} and ${operand(e.high)}`;
    case 'in':
      return `${operand(e.value)} in ${printCodes(e.list)}`;
    case 'overlaps':
      return `overlaps(${printCodes(e.left)}, ${printCodes(e.right)})`;
    case 'not':
      return `not(${printExpr(e.arg)})`;
    case 'and':
    case 'or':
      return e.args.map((arg) => (isLoose(arg) ? `(${printExpr(arg)})` : printExpr(arg))).join(` ${e.k} `);
    case 'if':
      return `if ${branch(e.cond)} then ${branch(e.then)} else ${branch(e.else)}`;
    case 'arith':
      return `${factor(e.left, e.op, false)} ${e.op} ${factor(e.right, e.op, true)}`;
    case 'call':
      return `${e.fn}(${e.args.map(printExpr).join(', ')})`;
    case 'known':
      return `known(${e.fact})`;
    case 'some':
    case 'every':
      return `${e.k} ${e.var} in ${e.list} satisfies ${printExpr(e.cond)}`;
    case 'count':
      return e.where ? `count(${e.list}[${printExpr(e.where)}])` : `count(${e.list})`;
    case 'sum': {
      const field = e.field.k === 'field' ? e.field.name : printExpr(e.field);
      return e.where ? `sum(${e.list}[${printExpr(e.where)}].${field})` : `sum(${e.list}.${field})`;
    }
  }
}

/** A list of codes as written after `in`. */
export function printCodes(list: CodesExpr): string {
  if (list.k === 'codes') return `(${list.values.map((v) => `"${v}"`).join(', ')})`;
  return list.k === 'field' ? `${list.of}.${list.name}` : list.name;
}

/** Reaches to the right as far as it can, or joins by `and`/`or`: needs parentheses inside anything. */
function isLoose(e: Expr): boolean {
  return e.k === 'and' || e.k === 'or' || e.k === 'if' || e.k === 'some' || e.k === 'every';
}

function isRelation(e: Expr): boolean {
  return e.k === 'cmp' || e.k === 'between' || e.k === 'in';
}

/** A side of a comparison. */
function operand(e: Expr): string {
  return isLoose(e) || isRelation(e) ? `(${printExpr(e)})` : printExpr(e);
}

function branch(e: Expr): string {
  return e.k === 'if' || e.k === 'some' || e.k === 'every' ? `(${printExpr(e)})` : printExpr(e);
}

/** A side of `+ - * /`; on the right, equal precedence needs parentheses too. */
function factor(e: Expr, within: string, right: boolean): string {
  if (e.k !== 'arith') return operand(e);
  const tight = within === '*' || within === '/';
  const inner = e.op === '*' || e.op === '/';
  return inner && (!tight || !right) ? printExpr(e) : !inner && !tight && !right ? printExpr(e) : `(${printExpr(e)})`;
}
