/** axe, put into a page past its policy. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { layOut } from './browser.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Tags must be named one by one: one level does not include those below it. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

type Axe = {
  run(
    where: unknown,
    options: object,
  ): Promise<{ violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[] }>;
};

/** What axe finds on a page as it is now, one text a violation. */
export async function axe(page: Page): Promise<string[]> {
  await layOut(page);
  // The tool is put in past the page's policy; what it looks at is the page as it is.
  await page.evaluate(AXE);
  return page.evaluate(async (tags) => {
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run(document, {
      runOnly: { type: 'tag', values: tags },
      resultTypes: ['violations'],
    });
    return violations.map(
      (v) =>
        `${v.id}: ${v.nodes
          .map((n) => `${n.target.join(' ')} (${n.failureSummary})`)
          .slice(0, 3)
          .join('; ')}`,
    );
  }, TAGS);
}
