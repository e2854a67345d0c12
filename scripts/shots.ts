/**
 * `npm run shots`: every screen photographed at phone and desktop width in both languages, into `shots/`, for people to look
 * at. With `-- dark` in dark colours as well; with `-- print` the plan as paper; `-- ru`, `-- phone` and the like: of these alone.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { layOut, openBrowser, openPage, serveFolder } from '../test/web/browser.ts';
import { built, ROOT } from '../test/web/built.ts';
import { walkMore } from '../test/web/more-screens.ts';
import { walkScreens } from '../test/web/screens.ts';

const wanted = process.argv.slice(2);
const out = join(ROOT, 'shots');
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const served = await serveFolder(await built());
const colours = wanted.includes('dark') ? (['light', 'dark'] as const) : (['light'] as const);
let count = 0;
/** Those that were asked for by name, or all. */
const these = <T>(all: readonly T[], name: (x: T) => string): readonly T[] => {
  const some = all.filter((x) => wanted.includes(name(x)));
  return some.length ? some : all;
};
const widths = [
  ['phone', 390],
  ['desktop', 1280],
] as const;
for (const lang of these(['en', 'ru'] as const, (x) => x))
  for (const [name, width] of these(widths, (x) => x[0]))
    for (const colorScheme of colours) {
      const browser = await openBrowser({ lang, viewport: { width, height: 800 }, more: { colorScheme } });
      const page = await openPage(browser.context, served.url);
      await layOut(page);
      const shoot = async (screen: string) => {
        // The header sticks to the top of what is seen: a whole picture is taken from there.
        await page.evaluate(() => scrollTo(0, 0));
        const file = [screen, lang, name, ...(colorScheme === 'dark' ? ['dark'] : [])].join('.');
        await page.screenshot({ path: join(out, `${file}.png`), fullPage: true });
        count++;
        if (screen === 'take' && wanted.includes('print') && name === 'desktop') {
          await page.emulateMedia({ media: 'print' });
          await page.pdf({
            path: join(out, `plan.${lang}.pdf`),
            format: 'A4',
            margin: { top: '18mm', bottom: '18mm', left: '18mm', right: '18mm' },
          });
          await page.setViewportSize({ width: 794, height: 1000 });
          await page.screenshot({ path: join(out, `print.${lang}.png`), fullPage: true });
          await page.setViewportSize({ width, height: 800 });
          await page.emulateMedia({ media: 'screen' });
        }
      };
      await walkScreens(page, shoot);
      await page.locator('nav.ways button').last().click();
      await page.waitForSelector('.tasks');
      await walkMore(page, shoot);
      await browser.close();
    }
await served.close();
process.stdout.write(`${count} pictures in shots/\n`);
