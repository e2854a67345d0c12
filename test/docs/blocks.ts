/** Blocks of code in the documents, each with its place. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Block = { readonly file: string; readonly line: number; readonly lang: string; readonly text: string };

/** Documents that readers see: those at the top of the repository, and all of docs/. */
export const documents = (root: string): readonly string[] =>
  ['*.md', 'docs/**/*.md', 'keys/*.md'].flatMap((g) => globSync(g, { cwd: root })).sort();

export function blocksOf(root: string): readonly Block[] {
  return documents(root).flatMap((file) => {
    const out: Block[] = [];
    const lines = readFileSync(join(root, file), 'utf8').split('\n');
    for (let i = 0; i < lines.length; i++) {
      const open = /^```(\w*)/.exec(lines[i] as string);
      if (!open) continue;
      const from = i + 1;
      while (++i < lines.length && lines[i] !== '```');
      out.push({ file, line: from, lang: open[1] as string, text: lines.slice(from, i).join('\n') });
    }
    return out;
  });
}

/** The commands of a block of shell: comments gone, lines joined, `&&` taken apart. */
export const commandsOf = (block: Block): readonly string[] =>
  block.text
    .replace(/\|\n\s*/g, '| ')
    .split('\n')
    .flatMap((line) => line.replace(/(^|\s)#.*$/, '').split('&&'))
    .map((c) => c.trim())
    .filter(Boolean);
