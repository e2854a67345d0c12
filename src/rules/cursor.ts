/** Walks over the tokens of a condition, and says what was expected where something else stands. */
import { refuse } from './errors.ts';
import { lex, RESERVED, type Token } from './lex.ts';

export class Cursor {
  protected readonly text: string;
  private readonly tokens: readonly Token[];
  private next = 0;

  constructor(text: string) {
    this.text = text;
    this.tokens = lex(text);
  }

  protected peek(): Token {
    return this.tokens[this.next]!;
  }

  protected take(): Token {
    const token = this.tokens[this.next]!;
    if (token.t !== 'end') this.next++;
    return token;
  }

  protected lastEnd(): number {
    return this.tokens[this.next - 1]!.at[1];
  }

  protected isWord(word: string): boolean {
    const here = this.peek();
    return here.t === 'word' && here.text === word;
  }

  protected skipMark(mark: string): boolean {
    const here = this.peek();
    if (here.t !== 'mark' || here.text !== mark) return false;
    this.next++;
    return true;
  }

  protected expectMark(mark: string, mend: string): void {
    if (!this.skipMark(mark)) this.unexpected(this.peek(), `"${mark}"`, sentence(mend));
  }

  protected expectWord(word: string, mend: string): void {
    if (!this.isWord(word)) this.unexpected(this.peek(), `"${word}"`, sentence(mend));
    this.next++;
  }

  protected unexpected(found: Token, expected: string, mend = ''): never {
    if (found.t === 'end') {
      return refuse('unexpected-end', found.at, 'the end of the condition', expected, mend || 'Finish the condition.');
    }
    if (found.t === 'word' && RESERVED.has(found.text) && !mend) {
      mend = `"${found.text}" is a word of the language; a fact or parameter cannot bear this name.`;
    }
    const shown = found.t === 'text' ? `the code "${found.text}"` : `"${found.text}"`;
    return refuse(
      'unexpected-token',
      found.at,
      shown,
      expected,
      mend || 'See docs/rule-language.md for what may stand here.',
    );
  }
}

function sentence(mend: string): string {
  return `${mend[0]!.toUpperCase()}${mend.slice(1)}.`;
}
