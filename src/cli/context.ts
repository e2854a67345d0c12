/** What every command is given: its arguments, the language, where to write, and the day it is. */
import type { Lang } from '../law/say.ts';
import type { Day } from '../rules/ir.ts';

export type Run = {
  readonly args: readonly string[];
  readonly lang: Lang;
  readonly today: Day;
  /** Whether the output may be coloured. */
  readonly colour: boolean;
  /** Columns of the terminal, at most 80. */
  readonly width: number;
  readonly out: (text: string) => void;
  /** What stands for standard input, where the text is there already (a case of the vault). */
  readonly input?: string;
  /** Warnings and errors; never anything of the answer. */
  readonly err: (text: string) => void;
};

/** Writes one JSON value and nothing else. */
export function writeJson(run: Run, value: unknown): void {
  run.out(`${JSON.stringify(value, null, 2)}\n`);
}
