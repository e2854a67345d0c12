/** What surrounds every screen: the way out, the language, the way back; and which screen is shown. */
import { Component, type ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { isoIn } from '../answers/say.ts';
import { parseDay } from '../calendar/civil.ts';
import { useApp } from './context.ts';
import { More, MoreLocked } from './more-screens.tsx';
import { Broken, Button, Careful, Go, Title, toTitle } from './parts/basics.tsx';
import { SaveFile } from './parts/files.tsx';
import { AskScreen, Next } from './screens/ask.tsx';
import { Locked } from './screens/locked.tsx';
import { Stand } from './screens/stand.tsx';
import { Safety, Start } from './screens/start.tsx';
import { shown } from './state/reducer.ts';
import type { Screen } from './state/screens.ts';
import { useCall } from './use-call.ts';
import { t } from './words.ts';

function Shown({ screen }: { readonly screen: Screen }) {
  switch (screen.s) {
    case 'start':
      return <Start />;
    case 'safety':
      return <Safety />;
    case 'stand':
      return <Stand />;
    case 'next':
      return <Next />;
    case 'ask':
      return <AskScreen fact={screen.fact} />;
    default:
      return <More screen={screen} />;
  }
}

/** After so many days since the law was last read, every screen says so. */
const OLD_DAYS = 30;

function OldCopy() {
  const { quick, today, state } = useApp();
  const info = useCall(quick, 'info', {});
  const [read, now] = [parseDay(info.value?.read ?? ''), parseDay(today)];
  if (read === undefined || now === undefined || now - read <= OLD_DAYS) return null;
  return (
    <div class="noprint">
      <Careful>
        <p>
          {t('shell.old', { n: now - read, day: isoIn(info.value?.read ?? '', state.lang) })}{' '}
          <Go to={{ s: 'about' }}>{t('about.renew')}</Go>
        </p>
      </Careful>
    </div>
  );
}

/** Which case of the vault is in use, on every screen; and if its last change is not in the vault, that before anything else. */
function CaseInUse() {
  const { door, state, go, closeCase, openCase } = useApp();
  const { current } = door;
  if (door.state !== 'open') return null;
  if (!current)
    return shown(state).s.startsWith('vault') ? null : (
      <p class="incase noprint">
        <Go to={{ s: 'vault' }}>{t('case.all')}</Go>
      </p>
    );
  return (
    <>
      <p class="incase noprint">
        {t('case.inuse', { n: current.number })} <strong>{current.label}</strong>
        <span class="acts">
          <Go to={{ s: 'vault-case', number: current.number }}>{t('case.about')}</Go>{' '}
          <Button look="link" onClick={() => void closeCase().catch(() => undefined)}>
            {t('case.close')}
          </Button>
        </span>
      </p>
      {current.trouble ? (
        <div class="noprint" role="alert">
          <Careful grave>
            <p>{t(current.trouble.fault === 'conflict' ? 'case.conflict' : 'case.unsaved')}</p>
            {current.trouble.fault === 'conflict' ? null : (
              <p class="small" lang="en">
                {current.trouble.message}
              </p>
            )}
            <div class="actions">
              {current.trouble.fault === 'conflict' ? (
                <>
                  <Button
                    look="main"
                    onClick={() =>
                      void door.addCase(`${current.label} (2)`, state).then((number) => go({ s: 'vault-case', number }))
                    }
                  >
                    {t('case.mine')}
                  </Button>
                  <Button onClick={() => void openCase(current.number, true)}>{t('case.theirs')}</Button>
                </>
              ) : (
                <Button look="main" onClick={() => void door.again(state)}>
                  {t('case.again')}
                </Button>
              )}
              <SaveFile />
            </div>
          </Careful>
        </div>
      ) : null}
    </>
  );
}

/** A screen that breaks takes nothing with it: the answers are there, and can be saved. */
class Guard extends Component<
  { readonly children: ComponentChildren; readonly at: string },
  { why?: string; at?: string }
> {
  override componentDidCatch(e: unknown): void {
    this.setState({ why: String((e as Error).message ?? e), at: this.props.at });
  }

  override render() {
    // Another screen gets its own chance.
    if (this.state.why === undefined || this.state.at !== this.props.at) return this.props.children;
    return (
      <>
        <Title>{t('broken.title')}</Title>
        <Broken why={this.state.why} />
        <SaveFile />
      </>
    );
  }
}

export function Shell() {
  const { state, step, go, back, leave, lock, keeper, quick, door } = useApp();
  const screen = shown(state);
  const key = state.locked ? 'locked' : JSON.stringify(screen);
  const first = useRef(true);
  useLayoutEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    // With the frame that draws the screen, which lays it out anyway: not a second time for this.
    const frame = requestAnimationFrame(() => {
      scrollTo(0, 0);
      toTitle();
    });
    return () => cancelAnimationFrame(frame);
  }, [key]);
  const other = state.lang === 'ru' ? 'en' : 'ru';
  const begun = Object.keys(state.answers).length > 0;
  return (
    <>
      <button type="button" class="b skip" onClick={toMain}>
        {t('shell.skip')}
      </button>
      <header class="top noprint">
        <button type="button" class="b brand" onClick={() => go({ s: 'start' })}>
          {t('shell.name')}
        </button>
        <div class="right">
          <button type="button" class="b link lang" lang={other} onClick={() => step({ t: 'lang', lang: other })}>
            <span class="wide">{other === 'ru' ? 'Русский' : 'English'}</span>
            <span class="narrow" aria-hidden="true">
              {other === 'ru' ? 'Рус' : 'Eng'}
            </span>
          </button>
          {(keeper.state === 'open' || door.state === 'open') && !state.locked ? (
            <button type="button" class="b link lock" onClick={lock}>
              {t('shell.lock')}
            </button>
          ) : null}
          <button type="button" class="b exit" onClick={leave}>
            {t('shell.leave')}
            <span class="hidden"> {t('shell.leave.keys')}</span>
          </button>
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        {state.locked ? (
          <Locked vault={door.state === 'shut' ? <MoreLocked /> : undefined} />
        ) : (
          <>
            {state.at > 0 ? (
              <nav class="ways noprint" aria-label={t('shell.ways')}>
                <button type="button" class="b link back" onClick={back}>
                  ← {t('shell.back')}
                </button>
                {begun && screen.s !== 'stand' ? (
                  <button type="button" class="b link" onClick={() => go({ s: 'stand' })}>
                    {t('go.stand')}
                  </button>
                ) : null}
              </nav>
            ) : null}
            <CaseInUse />
            <OldCopy />
            <Guard at={key}>
              <Shown screen={screen} />
            </Guard>
          </>
        )}
      </main>
      <footer class="foot">
        <p>
          {t('shell.asof', { day: isoIn(useApp().today, state.lang) })}{' '}
          {typeof quick.state === 'object' ? <strong>{t('shell.nolaw')}</strong> : null}
        </p>
      </footer>
    </>
  );
}

function toMain(): void {
  document.getElementById('main')?.focus();
}
