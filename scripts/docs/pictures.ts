/** Pictures of the tour, taken of the page as it is built, with the invented person of the examples, in both languages. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openBrowser, openPage, serveFolder } from '../../test/web/browser.ts';
import { walkScreens } from '../../test/web/screens.ts';

/** Screens that the tour shows. */
export const TOUR: readonly string[] = ['start', 'question', 'stand', 'routes', 'route', 'plan', 'changes'];

/** Takes them into a folder, `NAME.LANG.png`. `web` is the built page. */
export async function takePictures(web: string, folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const served = await serveFolder(web);
  try {
    for (const lang of ['en', 'ru'] as const) {
      const browser = await openBrowser({ lang, viewport: { width: 390, height: 700 } });
      const page = await openPage(browser.context, served.url);
      await walkScreens(page, async (screen) => {
        if (TOUR.includes(screen)) await page.screenshot({ path: join(folder, `${screen}.${lang}.png`) });
      });
      await browser.close();
    }
  } finally {
    await served.close();
  }
}
