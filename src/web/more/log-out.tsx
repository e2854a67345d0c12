/** The log of pressure taken out of the vault, for a lawyer, the police or an organisation: field by field, never by itself. */
import { useEffect, useState } from 'preact/hooks';
import { minuteIn } from '../../answers/say.ts';
import { STRIKEABLE, type Strikeable } from '../../protect/log/export.ts';
import type { Logged } from '../../protect/log/types.ts';
import { useApp } from '../context.ts';
import { Broken, Button, Careful, Title } from '../parts/basics.tsx';
import { handOut } from '../parts/files.tsx';
import { Check } from '../parts/inputs.tsx';
import { useCall } from '../use-call.ts';
import { clock } from '../vault/door.ts';
import { t } from '../words.ts';
import { Broke, EntryBody, useLog } from './log-entry.tsx';
import { Open } from './use-vault.tsx';

export function LogOut({ number }: { readonly number: number }) {
  return <Open title={t('log.out')}>{() => <TakingOut number={number} />}</Open>;
}

function TakingOut({ number }: { readonly number: number }) {
  const { door, state } = useApp();
  const log = useLog(number);
  const [struck, strike] = useState<readonly Strikeable[]>([]);
  const [now] = useState(() => clock());
  const call = useCall(door.engine, 'logOut', {
    number,
    without: struck,
    lang: state.lang,
    now,
    at: door.info?.counter ?? 0,
  });
  const [done, tell] = useState('');
  useEffect(() => tell(''), [struck]);
  const v = call.value;
  if (call.error) return <Broken why={call.error} />;
  if (!v || !log.value) return <p role="status">{t('wait.answer')}</p>;
  const there = STRIKEABLE.filter((f) => log.value?.entries.some((e) => e[f] !== undefined));
  const label = (f: string) => t(`log.f.${f}`);
  /** Within a sentence. */
  const name = (f: string) => label(f).charAt(0).toLocaleLowerCase() + label(f).slice(1);
  return (
    <>
      <div class="noprint">
        <Title>{t('log.out')}</Title>
        <p class="lead">{t('log.out.lead')}</p>
        <Broke v={log.value} />
        <fieldset>
          <legend>{t('log.out.fields')}</legend>
          {there.map((f) => (
            <Check
              key={f}
              checked={!struck.includes(f)}
              set={(on) => strike(on ? struck.filter((x) => x !== f) : [...struck, f])}
            >
              {label(f)}
            </Check>
          ))}
        </fieldset>
        <p role="status">{t('log.out.leaves', { n: v.entries.length, fields: v.fields.map(name).join(', ') })}</p>
        <Careful>
          <p>{t('log.out.plain')}</p>
        </Careful>
        <div class="actions">
          <Button look="main" disabled={call.busy} onClick={() => print()}>
            {t('log.out.print')}
          </Button>
          <Button
            disabled={call.busy}
            onClick={() => {
              handOut('notes.html', v.html, 'text/html');
              tell(t('take.saved'));
            }}
          >
            {t('log.out.page')}
          </Button>
          <Button
            disabled={call.busy}
            onClick={() => {
              handOut('notes.json', v.json, 'application/json');
              tell(t('take.saved'));
            }}
          >
            {t('log.out.file')}
          </Button>
        </div>
        <p role="status" class="done">
          {done}
        </p>
        <h2>{t('log.out.preview')}</h2>
      </div>
      <div class={call.stale ? 'stale' : ''} aria-busy={call.busy}>
        <p>{t('log.proves')}</p>
        <p>{t('log.out.made', { now: minuteIn(now, state.lang), fields: v.fields.map(name).join(', ') })}</p>
        {struck.length ? <p>{t('log.out.struck', { fields: struck.map(name).join(', ') })}</p> : null}
        {[...v.entries]
          .sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : a.number - b.number))
          .map((e) => (
            <article key={e.number} class="entry box">
              <EntryBody e={e} />
              <p class="small muted">
                <code class="address">{e.sha256}</code>
              </p>
            </article>
          ))}
      </div>
    </>
  );
}

/** Unknown days last. */
const order = (e: Logged): string => (e.when === 'unknown' ? '~' : e.when);
