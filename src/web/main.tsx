/** The page begins here. */
import './harden.ts';
import './style/style.css';
import { render } from 'preact';
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import type { Lang } from '../law/say.ts';
import { type App, AppProvider, GoProvider } from './context.ts';
import { Engine } from './engine/client.ts';
import { eraseLists } from './engine/list-store.ts';
import { erasePacks } from './engine/pack-store.ts';
import type { Ask, Brought } from './engine/protocol.ts';
import { leaveNow, onTripleShift } from './exit.ts';
import { Keeper } from './keep/keeper.ts';
import { more } from './more-screens.tsx';
import { Offline } from './offline.ts';
import { Shell } from './shell.tsx';
import { reduce, type Step, shown, startState } from './state/reducer.ts';
import type { Screen } from './state/screens.ts';
import { askAhead, forget, wasAsked } from './use-call.ts';
import { Door } from './vault/door.ts';
import { speak } from './words.ts';

/** The day where the person is. */
function todayHere(): string {
  const now = new Date();
  const two = (n: number) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

const firstLang = (): Lang =>
  navigator.languages
    .find((l) => /^(ru|en)/i.test(l))
    ?.toLowerCase()
    .startsWith('ru')
    ? 'ru'
    : 'en';

/** Steps after which a whole screen is drawn anew. */
const HEAVY: ReadonlySet<Step['t']> = new Set<Step['t']>(['filter', 'goal', 'avoid', 'since', 'lang']);

/** So long nothing more is answered before plans are looked for that nobody has asked for yet. */
const SETTLED_MS = 300;

/** A case that was out of sight for so long locks, where it is kept. */
const HIDDEN_FOR = 120_000;

function Page() {
  const [state, step] = useReducer(reduce, undefined, () => startState(firstLang()));
  const [, redraw] = useState(0);
  const [today, setToday] = useState(todayHere);
  const changed = () => redraw((n) => n + 1);
  const { quick, planner, screener, keeper, offline, door } = useMemo(() => {
    const engine = new Engine(changed);
    return {
      quick: engine,
      planner: new Engine(changed),
      screener: new Engine(changed, true),
      keeper: new Keeper(engine, changed),
      offline: new Offline(changed),
      door: new Door(new Engine(changed), changed),
    };
  }, []);
  const latest = useRef(state);
  latest.current = state;
  speak(state.lang);

  // Drawing another screen is a task of its own, after the press that asked for it: the last one asked for is drawn.
  const going = useRef<Screen | undefined>(undefined);
  const go = useCallback((screen: Screen) => {
    const asked = going.current !== undefined;
    going.current = screen;
    if (asked) return;
    setTimeout(() => {
      const to = going.current;
      going.current = undefined;
      if (to === undefined || JSON.stringify(shown(latest.current)) === JSON.stringify(to)) return;
      step({ t: 'go', screen: to });
      const at = Math.min(latest.current.at + 1, 499);
      // The address stays the same: a step in the history carries a number and nothing else.
      history.pushState({ at }, '');
    });
  }, []);
  const back = () => history.back();
  const wipe = () => {
    for (const e of [quick, planner]) {
      forget(e);
      e.end();
    }
    changed();
  };
  /** Whether something is open here that a passphrase locks. */
  const openHere = () => keeper.state === 'open' || door.state === 'open';
  const shut = () => {
    forget(door.engine);
    forget(screener);
    screener.end();
    return Promise.all([keeper.lock(), door.lock()]);
  };
  const leave = () => {
    going.current = undefined;
    const { at } = latest.current;
    const kept = shut();
    step({ t: 'erase' });
    void kept.then(wipe);
    leaveNow(at);
  };
  const lock = () => {
    going.current = undefined;
    const kept = shut();
    step({ t: 'lock' });
    // The last change is kept before the workers end; what was shown is gone at once.
    void kept.then(() => {
      wipe();
      quick.warm();
    });
  };
  const relaw = () => {
    for (const e of [quick, planner, door.engine]) forget(e);
    planner.end();
    quick.relaw();
    door.engine.relaw();
  };
  const bring = async ({ answers, origin }: Brought) => {
    await door.close();
    // It may be somebody else's case: plans of the one before are not its earlier plans.
    forget(planner);
    planner.end();
    step({ t: 'open', answers, origin });
    go({ s: 'stand' });
  };
  const openCase = async (number: number, drop = false) => {
    // What is kept for one person alone is locked: nothing of a case may be written there.
    await keeper.lock();
    const opened = await door.openCase(number, latest.current.lang, drop);
    if (opened.read.ok) {
      wipe();
      quick.warm();
      step({ t: 'unlock', answers: opened.read.answers, origin: opened.read.origin });
    }
    return opened;
  };
  const closeCase = async () => {
    await door.close();
    step({ t: 'erase' });
    wipe();
    quick.warm();
    go({ s: 'vault' });
  };
  const erase = async (also: { readonly offline: boolean }) => {
    await keeper.erase();
    await door.erase();
    await erasePacks();
    forget(screener);
    screener.end();
    await eraseLists();
    if (also.offline) await offline.remove();
    step({ t: 'erase' });
    wipe();
    quick.warm();
  };

  useEffect(() => {
    history.replaceState({ at: 0 }, '');
    const popped = (e: PopStateEvent) => {
      const at = (e.state as { at?: number } | null)?.at;
      if (typeof at === 'number') step({ t: 'at', at });
    };
    let hiddenSince = 0;
    let hiddenTimer: ReturnType<typeof setTimeout> | undefined;
    const sight = () => {
      document.body.classList.toggle('veil', document.visibilityState === 'hidden');
      clearTimeout(hiddenTimer);
      if (document.visibilityState === 'hidden') {
        hiddenSince = Date.now();
        // While nobody looks, too: the keys must not wait for somebody to come back.
        hiddenTimer = setTimeout(() => {
          if (openHere()) lock();
        }, HIDDEN_FOR);
      } else {
        setToday(todayHere());
        if (hiddenSince && Date.now() - hiddenSince > HIDDEN_FOR && openHere()) lock();
      }
    };
    const left = () => {
      if (openHere()) lock();
    };
    // A page that comes back from the browser's memory shows nothing of a case.
    const shownAgain = (e: PageTransitionEvent) => {
      if (!e.persisted) return;
      if (openHere()) lock();
      else step({ t: 'at', at: 0 });
    };
    const unshift = onTripleShift(leave);
    addEventListener('popstate', popped);
    addEventListener('pageshow', shownAgain);
    addEventListener('pagehide', left);
    document.addEventListener('visibilitychange', sight);
    // What is needed next is fetched once the first view stands.
    const soon = setTimeout(() => {
      quick.warm();
      void keeper.look();
      void door.look();
      void more();
      void offline.begin();
    }, 50);
    return () => {
      unshift();
      clearTimeout(soon);
      removeEventListener('popstate', popped);
      removeEventListener('pageshow', shownAgain);
      removeEventListener('pagehide', left);
      clearTimeout(hiddenTimer);
      document.removeEventListener('visibilitychange', sight);
    };
  }, []);
  useEffect(() => {
    document.documentElement.lang = state.lang;
  }, [state.lang]);
  useEffect(() => {
    const what = { answers: state.answers, origin: state.origin };
    keeper.soon(what);
    door.keep(what);
  }, [state.answers, state.origin]);

  const ask: Ask = {
    answers: state.answers,
    on: today,
    lang: state.lang,
    ...(state.origin && Object.keys(state.origin.members).length ? { members: state.origin.members } : {}),
  };
  // Who has seen plans and changes an answer will want to see what became of them: by the time they look, it is known.
  useEffect(() => {
    if (state.locked || !wasAsked(planner)) return;
    const soon = setTimeout(
      () => askAhead(planner, 'plans', { ...ask, goal: state.goal, avoid: state.avoid }),
      SETTLED_MS,
    );
    return () => clearTimeout(soon);
  }, [state.answers]);

  const app: App = {
    state,
    step: useCallback((next: Step) => {
      // What draws much anew is a task of its own, as going somewhere is; what is typed is taken at once.
      if (HEAVY.has(next.t)) setTimeout(() => step(next));
      else step(next);
    }, []),
    go,
    back,
    quick,
    planner,
    screener,
    today,
    ask,
    relaw,
    leave,
    keeper,
    door,
    bring,
    openCase,
    closeCase,
    offline,
    lock,
    erase,
  };
  return (
    <AppProvider value={app}>
      <GoProvider value={go}>
        <Shell />
      </GoProvider>
    </AppProvider>
  );
}

const root = document.getElementById('page');
if (root) render(<Page />, root);
