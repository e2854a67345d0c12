/** Money in a kernel: an amount in major units (NaN is unknown) and the id of its currency. */
import { ANY_CURRENCY, CURRENCY } from './columns.ts';
import { centsColumn } from './derive.ts';
import type { Expr, Money } from './ir.ts';
import { constant, type Making, numberText, overRecords, type Source, sourceOf } from './kernel-making.ts';
import { numberCode } from './kernel-values.ts';

type MoneyCode = {
  readonly amount: string;
  readonly currency: string;
  /** Set where the money is a column as it is, so that a derived column can tell it in another currency. */
  readonly source?: Source;
  /** Set where it is the same for everyone. */
  readonly constant?: Money;
};

/** Codes of both sides of a comparison in whole minor units of the right side's currency; NaN is unknown. */
export function centsOfBoth(m: Making, left: Expr, right: Expr): readonly [string, string] {
  const to = moneyCode(m, right);
  return [centsCode(m, moneyCode(m, left), to), ownCents(m, to)];
}

/** `left / right`, both told in the currency of the right. */
export function ratioCode(m: Making, left: Expr, right: Expr): string {
  const [a, b] = centsOfBoth(m, left, right);
  return m.writer.call('finite', `${a} / ${b}`);
}

function moneyCode(m: Making, expr: Expr): MoneyCode {
  const fixed = constant(m, expr);
  if (fixed !== undefined) {
    const money = fixed.value as Money | undefined;
    if (money === undefined) return { amount: 'NaN', currency: `${ANY_CURRENCY}` };
    return { amount: numberText(money.amount), currency: currencyCode(m, money.currency), constant: money };
  }
  const source = sourceOf(m, expr);
  if (source !== undefined) {
    // Loaded only where it is not replaced by a derived column.
    return {
      get amount() {
        return m.writer.load(`${source.key}#amount`, source.index);
      },
      get currency() {
        return m.writer.load(`${source.key}#currency`, source.index);
      },
      source,
    };
  }
  switch (expr.k) {
    case 'if':
      return choice(m, expr);
    case 'arith':
      return expr.op === '+' || expr.op === '-' ? sum(m, expr) : product(m, expr);
    case 'call':
      return expr.fn === 'min' || expr.fn === 'max' ? extreme(m, expr) : otherPeriod(m, expr);
    case 'sum':
      return total(m, expr);
    default:
      throw new Error(`No kernel for money of kind "${expr.k}".`);
  }
}

/** Whole minor units of `money` in the currency of `to`. */
function centsCode(m: Making, money: MoneyCode, to: MoneyCode): string {
  const currency = to.constant?.currency;
  if (currency === '') return ownCents(m, money);
  if (money.source !== undefined && currency !== undefined) {
    const column = centsColumn(money.source.key, currency);
    m.derived.set(column.key, column);
    return m.writer.load(column.key, money.source.index);
  }
  return m.writer.keep('cents', convert(m, 'centsIn', money.amount, money.currency, to.currency));
}

function ownCents(m: Making, money: MoneyCode): string {
  if (money.constant !== undefined) return numberText(Math.round(money.constant.amount * 100));
  return m.writer.keep('cents', `Math.round(${money.amount} * 100)`);
}

function convert(m: Making, helper: 'centsIn' | 'amountIn', amount: string, from: string, to: string): string {
  return m.writer.call(helper, amount, from, to);
}

function currencyCode(m: Making, currency: string): string {
  return `${m.codebook.codes(CURRENCY).id(currency)}`;
}

function choice(m: Making, expr: Expr & { k: 'if' }): MoneyCode {
  const { writer } = m;
  const cond = writer.keep('cond', m.condition(expr.cond));
  const yes = moneyCode(m, expr.then);
  const no = moneyCode(m, expr.else);
  const amount = writer.keep('amount', `${cond} === 3 ? ${yes.amount} : ${cond} === 0 ? ${no.amount} : NaN`);
  return { amount, currency: writer.keep('currency', `${cond} === 3 ? ${yes.currency} : ${no.currency}`) };
}

/** The right side is told in the currency of the left; nothing (0) takes the currency of the other side. */
function sum(m: Making, expr: Expr & { k: 'arith' }): MoneyCode {
  const { writer } = m;
  const left = kept(m, moneyCode(m, expr.left));
  const right = kept(m, moneyCode(m, expr.right));
  const told = convert(m, 'amountIn', right.amount, right.currency, left.currency);
  const amount = writer.keep('amount', `${left.amount} ${expr.op} ${told}`);
  return {
    amount,
    currency: writer.keep('currency', `${left.currency} === ANY ? ${right.currency} : ${left.currency}`),
  };
}

function product(m: Making, expr: Expr & { k: 'arith' }): MoneyCode {
  const { writer } = m;
  const [moneySide, numberSide] = expr.left.ty.t === 'money' ? [expr.left, expr.right] : [expr.right, expr.left];
  const money = moneyCode(m, moneySide);
  const by = numberCode(m, numberSide);
  const code = expr.op === '*' ? `${money.amount} * ${by}` : writer.call('finite', `${money.amount} * (1 / ${by})`);
  return { amount: writer.keep('amount', code), currency: money.currency };
}

function otherPeriod(m: Making, expr: Expr & { k: 'call' }): MoneyCode {
  const money = moneyCode(m, expr.args[0]!);
  const by = expr.fn === 'perYear' ? '12' : '(1 / 12)';
  return { amount: m.writer.keep('amount', `${money.amount} * ${by}`), currency: money.currency };
}

/** The least or most of several, each compared in the currency of the best so far. */
function extreme(m: Making, expr: Expr & { k: 'call' }): MoneyCode {
  const { writer } = m;
  const [first, ...others] = expr.args.map((arg) => kept(m, moneyCode(m, arg)));
  const amount = writer.name(expr.fn === 'min' ? 'least' : 'most');
  const currency = writer.name('currency');
  writer.line(`let ${amount} = ${first!.amount};`);
  writer.line(`let ${currency} = ${first!.currency};`);
  for (const other of others) {
    const told = convert(m, 'centsIn', other.amount, other.currency, currency);
    const difference = writer.keep('difference', `${told} - Math.round(${amount} * 100)`);
    writer.line(`if (${difference} !== ${difference}) ${amount} = NaN;`);
    writer.block(`if (${difference} ${expr.fn === 'min' ? '<' : '>'} 0)`, () => {
      writer.line(`${amount} = ${other.amount};`);
      writer.line(`${currency} = ${other.currency};`);
    });
  }
  return { amount, currency };
}

/** The sum over records, told in the currency of the first that passes. */
function total(m: Making, expr: Expr & { k: 'sum' }): MoneyCode {
  const { writer } = m;
  const amount = writer.name('sum');
  const currency = writer.name('currency');
  const known = writer.load(`${expr.list}#known`, 'i');
  writer.line(`let ${amount} = ${known} === 1 ? 0 : NaN;`);
  writer.line(`let ${currency} = ${ANY_CURRENCY};`);
  overRecords(m, expr.list, expr.var, () => {
    const passes = expr.where === null ? '3' : writer.keep('passes', m.condition(expr.where));
    const field = kept(m, moneyCode(m, expr.field));
    const told = convert(m, 'amountIn', field.amount, field.currency, currency);
    const add = (): void => {
      writer.line(`${amount} += ${passes === '3' ? told : `${passes} === 3 ? ${told} : NaN`};`);
      writer.line(`if (${currency} === ANY) ${currency} = ${field.currency};`);
    };
    if (passes === '3') add();
    else writer.block(`if (${passes} !== 0)`, add);
  });
  return { amount, currency };
}

/** Both parts under names, since they are used more than once. */
function kept(m: Making, money: MoneyCode): MoneyCode {
  return { amount: m.writer.keep('amount', money.amount), currency: m.writer.keep('currency', money.currency) };
}
