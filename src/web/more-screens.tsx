/** Screens beyond the first view. Everybody's page fetches them, always, a moment after the first view stands: nobody can tell from it who wants them. */
import { useEffect, useState } from 'preact/hooks';
import type * as Screens from './more/index.tsx';
import { Broken, Title } from './parts/basics.tsx';
import type { MoreScreen } from './state/screens.ts';
import { t } from './words.ts';

let here: typeof Screens | undefined;
let coming: Promise<typeof Screens> | undefined;

export function more(): Promise<typeof Screens> {
  coming ??= import('./more/index.tsx').then((m) => {
    here = m;
    return m;
  });
  // One that did not come may come when it is asked for again.
  coming.catch(() => {
    coming = undefined;
  });
  return coming;
}

function useMore(): { readonly screens: typeof Screens | undefined; readonly failed: string | undefined } {
  const [, redraw] = useState(0);
  const [failed, fail] = useState<string | undefined>(undefined);
  useEffect(() => {
    if (here) return;
    more().then(
      () => redraw((n) => n + 1),
      (e: Error) => fail(e.message),
    );
  }, []);
  return { screens: here, failed };
}

export function More({ screen }: { readonly screen: MoreScreen }) {
  const { screens, failed } = useMore();
  if (screens) return <screens.MoreBody screen={screen} />;
  return (
    <>
      <Title>{t('shell.name')}</Title>
      {failed ? <Broken why={failed} /> : <p role="status">{t('wait.answer')}</p>}
    </>
  );
}

/** What opens the vault again while the page is locked. */
export function MoreLocked() {
  const { screens } = useMore();
  return screens ? <screens.Unlock /> : null;
}
