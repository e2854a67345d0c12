/** The page of the playground: its fields, and its script in one file. */
import { createHash } from 'node:crypto';
import { build } from 'esbuild';
import type { LawBook } from '../../src/law/book.ts';
import { worldJson } from '../../src/web/playground/world.ts';

/** Fields that the script fills; hidden until it runs, so that who has no script is told instead of shown what does nothing. */
export const PLAYGROUND = `<noscript><p>The playground needs a script, which is part of this site and reaches no other place. Without it, the examples of the page
about the language stand for it.</p></noscript>
<div data-script hidden>
<label for="examples">Begin with</label><select id="examples"></select>
<label for="condition">Condition</label><textarea id="condition" rows="3" spellcheck="false" autocapitalize="off"></textarea>
<label for="facts">Facts about the person (what is left out is unknown)</label><textarea id="facts" rows="4" spellcheck="false" autocapitalize="off"></textarea>
<label for="params">Numbers of the law, each with its unit</label><textarea id="params" rows="3" spellcheck="false" autocapitalize="off"></textarea>
<label for="on">The day that decides</label><input id="on" size="12" inputmode="numeric">
<label for="month-end">Where months are added, the 31st becomes</label><select id="month-end"><option value="">not declared</option><option value="clamp">the last day of the month (clamp)</option><option value="roll">the first day after it (roll)</option></select>
<h2 id="the-answer">The answer</h2>
<div id="answer" class="answer" role="status" aria-live="polite"></div>
</div>
`;

/** The script, named by its content. */
export async function playgroundScript(
  root: string,
  book: LawBook,
): Promise<{ readonly path: string; readonly text: string }> {
  const out = await build({
    stdin: {
      contents: `import { start } from './src/web/playground/page.ts';\nstart(${JSON.stringify(worldJson(book))});\n`,
      resolveDir: root,
      loader: 'ts',
    },
    absWorkingDir: root,
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'warning',
  });
  const text = out.outputFiles[0]?.text ?? '';
  return { path: `playground-${createHash('sha256').update(text).digest('hex').slice(0, 10)}.js`, text };
}
