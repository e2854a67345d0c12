/** A command called in this process, as the face calls it: what it said, and how it ended. */
import { InputError, UsageError } from '../../src/cli/args.ts';
import type { Run } from '../../src/cli/context.ts';

export type Said = { readonly code: number; readonly out: string; readonly err: string };

export async function called(command: (run: Run) => Promise<number>, ...args: readonly string[]): Promise<Said> {
  let out = '';
  let err = '';
  const run: Run = {
    args,
    lang: 'en',
    today: 20_780,
    colour: false,
    width: 80,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  };
  try {
    return { code: await command(run), out, err };
  } catch (e) {
    if (e instanceof InputError || e instanceof UsageError) return { code: e.code, out, err: `${err}${e.message}\n` };
    throw e;
  }
}
