/** The small change of SQL text: quoting, literals of the condition language's values, naming a value in the middle of an expression. */

/** A name in double quotes: facts have dots in theirs. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text in single quotes. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A number as a DOUBLE; without the exponent DuckDB would read a decimal fraction as a DECIMAL. */
export function numberLiteral(value: number): string {
  const text = Number.isInteger(value) && Math.abs(value) < 1e15 ? `${value}` : value.toExponential();
  return value < 0 ? `(${text})` : text;
}

export function textListLiteral(texts: readonly string[]): string {
  return texts.length === 0 ? '[]::VARCHAR[]' : `[${texts.map(quoteText).join(', ')}]`;
}

/** Wraps what an operator could tear apart; names, literals, calls and fields of them stay as they are. */
export function grouped(sql: string): string {
  return /^(?:[\w.]+|"[^"]*"|`[^`]*`|DATE '[^']*'|toDate32\('[^']*'\)|'[^']*'|\w+\.(?:"[^"]*"|`[^`]*`)|tupleElement\((?:\w+|"[^"]*"), '\w+'\))(?:\.\w+)?$/.test(
    sql,
  )
    ? sql
    : `(${sql})`;
}

/** Names for the variables of lambdas, none of them used twice in one expression. */
export class SqlNames {
  #next = 0;

  fresh(): string {
    return `v_${++this.#next}`;
  }
}
