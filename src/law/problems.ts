/**
 * What is wrong with a file, told to a person: where, what was found, what was expected, how to mend it.
 */
export type Problem = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly found: string;
  readonly expected: string;
  readonly mend?: string;
  /** `error`: the file does not load. `warning`: it loads, and somebody should look. */
  readonly severity: 'error' | 'warning';
};

/** One problem as text: `law/de/blue-card.yaml:12:9 …`, two to three short lines. */
export function renderProblem(p: Problem): string {
  const head = `${p.file}:${p.line}:${p.column}  ${p.severity === 'warning' ? '(look) ' : ''}${p.found}`;
  const lines = [head, `    expected: ${p.expected}`];
  if (p.mend) lines.push(`    to mend:  ${p.mend}`);
  return lines.join('\n');
}

/** Raised where bad input must stop the work. Carries every problem found, not only the first. */
export class ProblemsError extends Error {
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(problems.map(renderProblem).join('\n'));
    this.name = 'ProblemsError';
    this.problems = problems;
  }
}
