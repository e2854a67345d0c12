/**
 * Text of a condition → syntax tree. Recursive descent, one function a level of precedence:
 * `or`/`and` (not side by side) < comparison (never chained) < `+ -` < `* /` < names, codes, parentheses, calls.
 * `if`, `some` and `every` reach as far to the right as they can. Stops at the first fault.
 */
import type { Ast, AstList } from './ast.ts';
import { Cursor } from './cursor.ts';
import { refuse } from './errors.ts';
import type { CompareOp, Span } from './ir.ts';
import type { Token } from './lex.ts';

/** Deepest nesting accepted, so that no text can exhaust the stack. */
export const MAX_DEPTH = 60;

/** Parses a condition's text. Throws RuleFault; looks no name up. */
export function parseText(text: string): Ast {
  return new Parser(text).whole();
}

const FUNCTIONS = ['monthsBetween', 'yearsBetween', 'perYear', 'perMonth', 'min', 'max', 'known'];

class Parser extends Cursor {
  private depth = 0;

  whole(): Ast {
    const tree = this.condition();
    const rest = this.peek();
    if (rest.t !== 'end') this.unexpected(rest, 'the end of the condition, "and" or "or"');
    return tree;
  }

  private condition(): Ast {
    if (++this.depth > MAX_DEPTH) {
      refuse(
        'too-deep',
        this.peek().at,
        `parentheses more than ${MAX_DEPTH} deep`,
        'a shorter condition',
        'Split the condition into leaves under all: or any:.',
      );
    }
    const tree = this.logic();
    this.depth--;
    return tree;
  }

  /** One run of `and`s or one run of `or`s; both side by side would leave the reader guessing. */
  private logic(): Ast {
    const first = this.comparison();
    const word = this.peek().text;
    if (!this.isWord('and') && !this.isWord('or')) return first;
    const args = [first];
    while (this.isWord('and') || this.isWord('or')) {
      const here = this.peek();
      if (here.text !== word) {
        refuse(
          'mixed-and-or',
          here.at,
          `"${here.text}" beside "${word}"`,
          'parentheses around one of them',
          'Write (a and b) or c, or a and (b or c); better, use all: and any:.',
        );
      }
      this.take();
      args.push(this.comparison());
    }
    this.refuseTextOperands(args, word as 'and' | 'or');
    return { k: word as 'and' | 'or', at: [first.at[0], this.lastEnd()], args };
  }

  /** `x = "a" or "b"` says something in English and nothing here. */
  private refuseTextOperands(args: readonly Ast[], word: string): void {
    args.forEach((arg, i) => {
      if (arg.k !== 'text') return;
      const before = args[i - 1];
      const subject = before?.k === 'cmp' && before.right.k === 'text' ? before : undefined;
      const codes = [subject?.right, ...args.slice(i)].filter((a) => a?.k === 'text').map((a) => `"${a!.value}"`);
      const name = subject ? this.text.slice(subject.left.at[0], subject.left.at[1]) : 'x';
      const list = `${name} in (${codes.length > 1 ? codes.join(', ') : `"a", "b"`})`;
      refuse(
        'text-operand',
        arg.at,
        `the code "${arg.value}" as an operand of "${word}"`,
        'a condition',
        `To compare with several codes, write ${subject?.op === '!=' ? `not(${list})` : list}.`,
      );
    });
  }

  private comparison(): Ast {
    const left = this.sum();
    const tree = this.relation(left);
    if (tree === left) return left;
    const after = this.peek();
    if (after.t === 'op' || this.isWord('in') || this.isWord('between')) {
      refuse(
        'chained-comparison',
        after.at,
        `a second comparison ("${after.text}")`,
        '"and", "or" or the end',
        'Write x between a and b, or two comparisons joined by "and".',
      );
    }
    return tree;
  }

  private relation(left: Ast): Ast {
    const here = this.peek();
    if (here.t === 'op' && isCompare(here.text)) {
      this.take();
      const right = this.sum();
      return { k: 'cmp', at: [left.at[0], this.lastEnd()], op: here.text, left, right };
    }
    if (this.isWord('between')) {
      this.take();
      const low = this.sum();
      this.expectWord('and', 'write x between a and b');
      const high = this.sum();
      return { k: 'between', at: [left.at[0], this.lastEnd()], value: left, low, high };
    }
    if (this.isWord('in')) {
      this.take();
      return this.membership(left);
    }
    return left;
  }

  /** After `in`: a list of codes in parentheses, a list's name, or a range in brackets (which is a `between`). */
  private membership(value: Ast): Ast {
    const here = this.peek();
    if (here.text === '[' && here.t === 'mark') {
      this.take();
      const low = this.sum();
      if (this.peek().text === ',') {
        refuse(
          'unexpected-token',
          this.peek().at,
          '","',
          '".." of a range [a..b]',
          'A list of codes stands in parentheses: ("a", "b").',
        );
      }
      this.expectMark('..', 'a range is written [a..b], both ends included');
      const high = this.sum();
      if (this.peek().text === ')' || this.peek().text === '[') {
        refuse(
          'unexpected-token',
          this.peek().at,
          `"${this.peek().text}"`,
          '"]"',
          'A range includes both ends; for a half-open one write a <= x and x < b.',
        );
      }
      this.expectMark(']', 'a range is written [a..b]');
      return { k: 'between', at: [value.at[0], this.lastEnd()], value, low, high };
    }
    if (here.t === 'op') {
      refuse(
        'unexpected-token',
        here.at,
        `"${here.text}" after "in"`,
        'a list or a range',
        `Leave out "in": write x ${here.text} a.`,
      );
    }
    const list = this.list('after "in"');
    return { k: 'in', at: [value.at[0], this.lastEnd()], value, list };
  }

  private list(where: string): AstList {
    const here = this.peek();
    if (here.t === 'name') {
      this.take();
      this.refuseSecondName(here);
      return { k: 'name', at: here.at, name: here.text };
    }
    if (here.t === 'text') {
      refuse(
        'not-a-list',
        here.at,
        `the code "${here.text}" ${where}`,
        'a list',
        `Write = "${here.text}", or a list in parentheses: ("${here.text}", …).`,
      );
    }
    if (here.text !== '(' || here.t !== 'mark') this.unexpected(here, `a list ${where}`);
    this.take();
    const values: { text: string; at: Span }[] = [];
    do {
      const code = this.take();
      if (code.t !== 'text') {
        this.unexpected(
          code,
          'a code in quotation marks',
          code.t === 'name' ? `Without parentheses: in ${code.text}.` : '',
        );
      }
      values.push({ text: code.text, at: code.at });
    } while (this.skipMark(','));
    if (this.isWord('or')) {
      refuse('text-operand', this.peek().at, '"or" between codes', '","', 'Separate the codes by commas: ("a", "b").');
    }
    this.expectMark(')', 'a list of codes ends with a closing parenthesis');
    return { k: 'codes', at: [here.at[0], this.lastEnd()], values };
  }

  private sum(): Ast {
    let left = this.product();
    for (let here = this.peek(); here.t === 'op' && (here.text === '+' || here.text === '-'); here = this.peek()) {
      this.take();
      const right = this.product();
      left = { k: 'arith', at: [left.at[0], this.lastEnd()], op: here.text, left, right };
    }
    return left;
  }

  private product(): Ast {
    let left = this.operand();
    for (let here = this.peek(); here.t === 'op' && (here.text === '*' || here.text === '/'); here = this.peek()) {
      this.take();
      const right = this.operand();
      left = { k: 'arith', at: [left.at[0], this.lastEnd()], op: here.text, left, right };
    }
    return left;
  }

  private operand(): Ast {
    const here = this.take();
    switch (here.t) {
      case 'number':
        return { k: 'num', at: here.at, value: here.value };
      case 'text':
        return { k: 'text', at: here.at, value: here.text };
      case 'name':
        return this.nameOrUnknownCall(here);
      case 'word':
        return this.word(here);
      case 'mark':
        if (here.text === '(') return this.parenthesised(here.at);
        return this.unexpected(here, 'a name, a code or "("');
      case 'op':
        if (here.text === '-') {
          refuse(
            'minus-sign',
            here.at,
            'a minus sign before a value',
            'a name',
            'A parameter may be negative by itself; to turn the sign of a value write 0 - x.',
          );
        }
        return this.unexpected(here, 'a name, a code or "("');
      default:
        return this.unexpected(here, 'a name, a code or "("');
    }
  }

  private parenthesised(start: Span): Ast {
    const inner = this.condition();
    this.expectMark(')', 'every "(" needs its ")"');
    // The place of a parenthesised tree includes its parentheses, so that parents' places enclose their text.
    return { ...inner, at: [start[0], this.lastEnd()] };
  }

  private nameOrUnknownCall(here: Token): Ast {
    if (this.peek().text === '(' && this.peek().t === 'mark') {
      refuse(
        'unknown-function',
        here.at,
        `"${here.text}(…)"`,
        `one of the functions ${FUNCTIONS.join(', ')}, count, sum, overlaps`,
        'If a list was meant, write x in list; if a product was meant, write *.',
      );
    }
    this.refuseSecondName(here);
    return { k: 'name', at: here.at, name: here.text };
  }

  /** `monthly income`: two names with nothing between them. */
  private refuseSecondName(first: Token): void {
    const second = this.peek();
    if (second.t !== 'name') return;
    const camel = first.text + second.text[0]!.toUpperCase() + second.text.slice(1);
    refuse(
      'space-in-name',
      [first.at[0], second.at[1]],
      `two names side by side, "${first.text} ${second.text}"`,
      'an operator between them, or one name',
      `Names have no spaces: if it is one name, write ${camel}.`,
    );
  }

  private word(here: Token): Ast {
    switch (here.text) {
      case 'yes':
      case 'no':
        return { k: 'bool', at: here.at, value: here.text === 'yes' };
      case 'on':
        return { k: 'on', at: here.at };
      case 'true':
      case 'false': {
        const meant = here.text === 'true' ? 'yes' : 'no';
        return refuse('true-or-false', here.at, `"${here.text}"`, `"${meant}"`, `Write ${meant}.`);
      }
      case 'null':
        return refuse(
          'null',
          here.at,
          '"null"',
          'a value',
          'A blank answer is unknown and spreads by itself; to ask whether an answer was given write known(fact).',
        );
      case 'not':
        return this.negation(here.at);
      case 'if':
        return this.choice(here.at);
      case 'some':
      case 'every':
        return this.quantifier(here.text, here.at);
      case 'count':
      case 'sum':
        return this.aggregate(here.text, here.at);
      case 'overlaps': {
        this.expectMark('(', 'write overlaps(list, list)');
        const left = this.list('in overlaps');
        this.expectMark(',', 'overlaps compares two lists');
        const right = this.list('in overlaps');
        this.expectMark(')', 'overlaps compares two lists');
        return { k: 'overlaps', at: [here.at[0], this.lastEnd()], left, right };
      }
      case 'item':
        return refuse(
          'nested-item',
          here.at,
          '"item" alone',
          'a field of it',
          'Write item.field inside count(list[…]) or sum(list[…].field).',
        );
      default:
        if (FUNCTIONS.includes(here.text)) return this.call(here.text, here.at);
        return this.unexpected(here, 'a name, a code or "("');
    }
  }

  private negation(at: Span): Ast {
    if (this.peek().text !== '(' || this.peek().t !== 'mark') {
      refuse(
        'not-without-parentheses',
        at,
        '"not" without parentheses',
        '"not("',
        'Write not( … ) around what is denied.',
      );
    }
    this.take();
    const arg = this.condition();
    this.expectMark(')', 'not( … ) ends with a closing parenthesis');
    return { k: 'not', at: [at[0], this.lastEnd()], arg };
  }

  private choice(at: Span): Ast {
    const cond = this.condition();
    this.expectWord('then', 'write if c then a else b');
    const then = this.condition();
    this.expectWord('else', 'write if c then a else b; both branches are needed');
    const otherwise = this.condition();
    return { k: 'if', at: [at[0], this.lastEnd()], cond, then, else: otherwise };
  }

  private quantifier(word: 'some' | 'every', at: Span): Ast {
    const variable = this.take();
    if (variable.t === 'word' || (variable.t === 'name' && variable.text.includes('.'))) {
      refuse(
        'shadowed-name',
        variable.at,
        `"${variable.text}" as a variable`,
        'a short name of your own',
        `Write, for example, ${word} f in family satisfies …`,
      );
    }
    if (variable.t !== 'name') this.unexpected(variable, 'a variable', `Write ${word} f in family satisfies …`);
    this.expectWord('in', `write ${word} f in family satisfies …`);
    const list = this.take();
    if (list.t !== 'name') this.unexpected(list, 'the name of a list of records');
    this.expectWord('satisfies', `write ${word} f in family satisfies …`);
    const cond = this.condition();
    return {
      k: word,
      at: [at[0], this.lastEnd()],
      var: variable.text,
      varAt: variable.at,
      list: list.text,
      listAt: list.at,
      cond,
    };
  }

  private aggregate(word: 'count' | 'sum', at: Span): Ast {
    this.expectMark('(', `write ${word}(list)`);
    const list = this.take();
    if (list.t !== 'name') this.unexpected(list, 'the name of a list of records');
    let where: Ast | null = null;
    let field: { name: string; at: Span } | null = null;
    if (this.skipMark('[')) {
      where = this.condition();
      this.expectMark(']', 'the filter ends with a closing bracket');
      if (this.skipMark('.')) {
        const name = this.take();
        if (name.t !== 'name') this.unexpected(name, 'the name of a field');
        field = { name: name.text, at: name.at };
      }
    }
    this.expectMark(')', `${word}( … ) ends with a closing parenthesis`);
    return { k: word, at: [at[0], this.lastEnd()], list: list.text, listAt: list.at, where, field };
  }

  private call(fn: string, at: Span): Ast {
    this.expectMark('(', `write ${fn}( … )`);
    const args = [this.condition()];
    while (this.skipMark(',')) args.push(this.condition());
    this.expectMark(')', `${fn}( … ) ends with a closing parenthesis`);
    return { k: 'call', at: [at[0], this.lastEnd()], fn, args };
  }
}

function isCompare(op: string): op is CompareOp {
  return op === '=' || op === '!=' || op === '<' || op === '<=' || op === '>' || op === '>=';
}
