/**
 * Leaving at once: what is shown goes first, then the page's own steps in the history, then the page itself. The history
 * of the browser still says that this address was visited; the page says so before anything is asked.
 */

/** A page that says nothing about anybody, in every language. Without a network: an empty page of our own. */
const ELSEWHERE = 'https://www.wikipedia.org/';
const EMPTY = __ONE_FILE__ ? 'about:blank' : 'blank.html';

/** @param steps how many steps of the page's own lie in the history before this one */
export function leaveNow(steps: number): void {
  const cover = document.createElement('div');
  cover.className = 'cover';
  document.body.replaceChildren(cover);
  const go = () => location.replace(navigator.onLine ? ELSEWHERE : EMPTY);
  if (steps <= 0) {
    go();
    return;
  }
  // Back to the page's first step, so that going back from elsewhere does not come here again.
  addEventListener('popstate', go, { once: true });
  setTimeout(go, 250);
  history.go(-steps);
}

/** Calls back when Shift is pressed three times in two seconds, with nothing else between. */
export function onTripleShift(act: () => void): () => void {
  let times: number[] = [];
  const heard = (e: KeyboardEvent) => {
    if (e.key !== 'Shift') times = [];
    else if (!e.repeat) {
      times = [...times.filter((x) => e.timeStamp - x < 2000), e.timeStamp];
      if (times.length >= 3) act();
    }
  };
  addEventListener('keydown', heard);
  return () => removeEventListener('keydown', heard);
}
