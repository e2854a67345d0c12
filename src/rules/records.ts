/** Which records of a list a condition can see: a rule that counts visits to one country is the same to whoever was in others. */
import type { Expr } from './ir.ts';
import { visit } from './names.ts';

/**
 * The values of a field that a record of `list` must have to be seen by an expression: any other record may be put in or left out
 * and the answer stays the same. `all`: every record may be seen. Empty: the list is not looked at, or only whether it is known.
 */
export function recordsSeen(expr: Expr, list: string, field: string): ReadonlySet<string> | 'all' {
  const seen = new Set<string>();
  let all = false;
  visit(expr, (e) => {
    if (e.k === 'fact' && e.name === list) all = true;
    if (e.k !== 'some' && e.k !== 'every' && e.k !== 'count' && e.k !== 'sum') return;
    if (e.list !== list) return;
    // `every` is true of what its condition does not reach: there a demand of the condition leaves no record out.
    const where = 'where' in e ? e.where : e.k === 'some' ? e.cond : null;
    const values = where === null ? undefined : demanded(where, e.var, field);
    if (values === undefined) all = true;
    else for (const v of values) seen.add(v);
  });
  return all ? 'all' : seen;
}

/** The values of a record's field without which a condition is false; `undefined` where there are no such. */
function demanded(e: Expr, of: string, field: string): readonly string[] | undefined {
  switch (e.k) {
    case 'and':
      for (const part of e.args) {
        const values = demanded(part, of, field);
        if (values !== undefined) return values;
      }
      return undefined;
    case 'or': {
      const parts = e.args.map((part) => demanded(part, of, field));
      return parts.every((p) => p !== undefined) ? parts.flat() : undefined;
    }
    case 'cmp': {
      if (e.op !== '=') return undefined;
      const [value, other] = e.left.k === 'field' ? [e.left, e.right] : [e.right, e.left];
      const its = value.k === 'field' && value.of === of && value.name === field;
      return its && other.k === 'lit' && typeof other.value === 'string' ? [other.value] : undefined;
    }
    case 'in': {
      const its = e.value.k === 'field' && e.value.of === of && e.value.name === field;
      return its && e.list.k === 'codes' ? e.list.values : undefined;
    }
    default:
      return undefined;
  }
}
