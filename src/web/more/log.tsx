/** The pressure log of a case: read, added to, and taken out for a lawyer, the police or an organisation. It lives in the vault only. */
import { useEffect, useId, useState } from 'preact/hooks';
import { isoIn } from '../../answers/say.ts';
import { STRIKEABLE, type Strikeable } from '../../protect/log/export.ts';
import {
  CHANNELS,
  type Channel,
  type Entry,
  type Evidence,
  KINDS,
  type Kind,
  type Logged,
} from '../../protect/log/types.ts';
import { useApp } from '../context.ts';
import type { LogView } from '../engine/vault-protocol.ts';
import { Broken, Button, Careful, Go, Title } from '../parts/basics.tsx';
import { FieldInput } from '../parts/fields.tsx';
import { handOut } from '../parts/files.tsx';
import { useCall } from '../use-call.ts';
import { clock } from '../vault/door.ts';
import { t } from '../words.ts';
import { Open, Outcome, useAct } from './use-vault.tsx';

function useLog(number: number) {
  const { door, today, state } = useApp();
  return useCall(door.engine, 'logRead', { number, on: today, lang: state.lang, at: door.info?.counter ?? 0 });
}

export function Log({ number }: { readonly number: number }) {
  return <Open title={t('log.title')}>{() => <Reading number={number} />}</Open>;
}

function Broke({ v }: { readonly v: LogView }) {
  return v.broken === undefined ? null : (
    <Careful grave>
      <p>{t('log.broken', { n: v.broken })}</p>
    </Careful>
  );
}

function Reading({ number }: { readonly number: number }) {
  const call = useLog(number);
  const v = call.value;
  if (call.error) return <Broken why={call.error} />;
  if (!v) return <p role="status">{t('wait.answer')}</p>;
  return (
    <>
      <Title>
        {t('log.title')}: {v.label}
      </Title>
      <p class="lead">{t('log.lead')}</p>
      <Broke v={v} />
      <div class="actions">
        <Go to={{ s: 'log-add', number }} look="main">
          {t('log.add')}
        </Go>
        {v.entries.length ? (
          <Go to={{ s: 'log-out', number }} look="plain">
            {t('log.out')}
          </Go>
        ) : null}
      </div>
      {v.entries.length === 0 ? <p>{t('log.none')}</p> : null}
      {[...v.entries].reverse().map((e) => (
        <article key={e.number} class="entry box">
          <EntryBody e={e} />
          <p>
            <Go to={{ s: 'log-add', number, corrects: e.number }}>
              {t('log.correct')}
              <span class="hidden"> {e.number}</span>
            </Go>
          </p>
        </article>
      ))}
      {v.tell.length ? (
        <>
          <h2>{t('log.tell')}</h2>
          <ul>
            {v.tell.map((x) => (
              <li key={x.country}>
                {x.country}:{' '}
                {x.id ? (
                  <>
                    <Go to={{ s: 'provision', id: x.id }}>{x.title}</Go>
                    {x.old ? <span class="verify"> {t('log.tell.old')}</span> : null}
                  </>
                ) : (
                  t('log.tell.none')
                )}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <details>
        <summary>{t('log.advice')}</summary>
        <ul>
          {(['danger', 'now', 'proof', 'recruit', 'tell', 'not'] as const).map((x) => (
            <li key={x}>{t(`log.advice.${x}`)}</li>
          ))}
        </ul>
      </details>
      <p>
        <Go to={{ s: 'vault-case', number }}>{t('hand.back')}</Go>
      </p>
    </>
  );
}

const whenWords = (when: string, lang: 'en' | 'ru'): string =>
  when === 'unknown' ? t('log.when.unknown') : /^\d{4}-\d\d-\d\d$/.test(when) ? isoIn(when, lang) : when;

function EntryBody({ e }: { readonly e: Logged }) {
  const { state } = useApp();
  const { lang } = state;
  const country = (code: string) =>
    new Intl.DisplayNames([lang], { type: 'region' }).of(code.toUpperCase()) ?? code.toUpperCase();
  const row = (name: string, text: string | undefined) =>
    text ? (
      <>
        <dt>{t(`log.f.${name}`)}</dt>
        <dd>{text}</dd>
      </>
    ) : null;
  return (
    <>
      <h2 class="h3">
        {whenWords(e.when, lang)}: {e.kinds.map((k) => KINDS[k][lang]).join('; ')}
      </h2>
      <p class="muted small">
        {t('log.number', { n: e.number, written: e.written })}
        {e.corrects ? ` ${t('log.corrects', { n: e.corrects })}` : ''}
      </p>
      <dl class="facts">
        {row('country', e.country && country(e.country))}
        {row('place', e.place)}
        {row('channel', e.channel && CHANNELS[e.channel][lang])}
        {row('words', e.words)}
        {row('saw', e.saw)}
        {row('infer', e.infer)}
        {row('by', e.by)}
        {row('witnesses', e.witnesses?.join(', '))}
        {row(
          'evidence',
          e.evidence?.map((x) => `${x.name} (SHA-256 ${x.sha256}${x.kept ? `; ${x.kept}` : ''})`).join('; '),
        )}
        {row(
          'told',
          e.told
            ?.map((x) => [x.whom, whenWords(x.when, lang), x.reference, x.answer].filter(Boolean).join(', '))
            .join('; '),
        )}
        {row('effect', e.effect)}
      </dl>
    </>
  );
}

export function LogAdd(p: { readonly number: number; readonly corrects: number | undefined }) {
  return <Open title={t('log.add')}>{() => <Adding {...p} />}</Open>;
}

/** Fields of words, in the order of the form. What was seen and what is thought stand apart. */
const TEXTS = ['words', 'saw', 'infer', 'by', 'witnesses', 'place', 'effect'] as const;

async function hashOf(file: File): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  return Array.from(digest, (b) => b.toString(16).padStart(2, '0')).join('');
}

function Adding({ number, corrects }: { readonly number: number; readonly corrects: number | undefined }) {
  const { door, state, go, step } = useApp();
  const key = `log.${number}.${corrects ?? ''}`;
  // Kept while the page is open: going to look something up loses nothing that was typed.
  const draft = (state.drafts[key] as Draft | undefined) ?? EMPTY;
  const set = (d: Partial<Draft>) => step({ t: 'draft', fact: key, draft: { ...draft, ...d } });
  const [wrong, tell] = useState<readonly string[]>([]);
  const adding = useAct();
  const id = useId();
  const { lang } = state;
  const countries = useCall(useApp().quick, 'law', { lang, on: useApp().today });
  useEffect(() => {
    if (wrong.length) document.getElementById('problem')?.focus();
  }, [wrong]);
  const save = () =>
    adding.act(async () => {
      const problems = [
        ...(draft.kinds.length ? [] : [t('log.wrong.kinds')]),
        ...(draft.texts.saw?.trim() ? [] : [t('log.wrong.saw')]),
        ...(whenOf(draft.when) === undefined ? [t('log.wrong.when')] : []),
      ];
      tell(problems);
      if (problems.length) {
        return undefined;
      }
      const text = (name: (typeof TEXTS)[number]) => draft.texts[name]?.trim() || undefined;
      const witnesses = text('witnesses')
        ?.split(/[,;]/)
        .map((x) => x.trim())
        .filter(Boolean);
      const entry: Partial<Entry> = {
        when: whenOf(draft.when) ?? 'unknown',
        kinds: draft.kinds,
        saw: text('saw') as string,
        ...(draft.country ? { country: draft.country } : {}),
        ...(text('place') ? { place: text('place') as string } : {}),
        ...(draft.channel ? { channel: draft.channel } : {}),
        ...(text('words') ? { words: text('words') as string } : {}),
        ...(text('infer') ? { infer: text('infer') as string } : {}),
        ...(text('by') ? { by: text('by') as string } : {}),
        ...(text('effect') ? { effect: text('effect') as string } : {}),
        ...(witnesses?.length ? { witnesses } : {}),
        ...(draft.evidence.length ? { evidence: draft.evidence } : {}),
        ...(draft.told.trim()
          ? { told: [{ whom: draft.told.trim(), when: whenOf(draft.toldWhen) ?? 'unknown' }] }
          : {}),
        ...(corrects === undefined ? {} : { corrects }),
      };
      await door.settle();
      const r = await door.engine.call('logAdd', { number, entry, now: clock() }).done;
      if (r.wrong.length) {
        tell(r.wrong);
        return undefined;
      }
      await door.refresh();
      door.moved(number, r.versions);
      step({ t: 'draft', fact: key, draft: undefined });
      go({ s: 'log', number });
      return undefined;
    });
  return (
    <form
      class="ask"
      autocomplete="off"
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        void save();
      }}
    >
      <Title>{corrects === undefined ? t('log.add') : t('log.correct.title', { n: corrects })}</Title>
      <p class="lead">{t('log.add.lead')}</p>
      {wrong.length ? (
        <div id="problem" class="note grave" tabIndex={-1} role="alert">
          <span class="mark" aria-hidden="true">
            !
          </span>
          <ul>
            {wrong.map((w) => (
              <li key={w}>{w}</li>
            ))}
          </ul>
        </div>
      ) : null}
      <When label={t('log.f.when')} value={draft.when} set={(when) => set({ when })} />
      <fieldset>
        <legend>{t('log.f.kinds')}</legend>
        {(Object.keys(KINDS) as Kind[]).map((k) => (
          <label key={k} class="choice">
            <input
              type="checkbox"
              autocomplete="off"
              checked={draft.kinds.includes(k)}
              onChange={(e) =>
                set({
                  kinds: (e.target as HTMLInputElement).checked
                    ? [...draft.kinds, k]
                    : draft.kinds.filter((x) => x !== k),
                })
              }
            />
            <span>{KINDS[k][lang]}</span>
          </label>
        ))}
      </fieldset>
      <div class="field">
        <label for={`${id}c`}>{t('log.f.country')}</label>
        <select
          id={`${id}c`}
          value={draft.country}
          onChange={(e) => set({ country: (e.target as HTMLSelectElement).value })}
        >
          <option value="">{t('log.notsaid')}</option>
          {countries.value?.countries
            .filter((c) => c.code.length === 2)
            .map((c) => (
              <option key={c.code} value={c.code}>
                {c.name}
              </option>
            ))}
          <option value="ru">{new Intl.DisplayNames([lang], { type: 'region' }).of('RU')}</option>
        </select>
      </div>
      <div class="field">
        <label for={`${id}h`}>{t('log.f.channel')}</label>
        <select
          id={`${id}h`}
          value={draft.channel}
          onChange={(e) => set({ channel: (e.target as HTMLSelectElement).value as Channel | '' })}
        >
          <option value="">{t('log.notsaid')}</option>
          {(Object.keys(CHANNELS) as Channel[]).map((c) => (
            <option key={c} value={c}>
              {CHANNELS[c][lang]}
            </option>
          ))}
        </select>
      </div>
      {TEXTS.map((name) => (
        <div key={name} class="field">
          <label for={id + name}>{t(`log.f.${name}`)}</label>
          {name === 'words' || name === 'saw' || name === 'infer' || name === 'witnesses' ? (
            <p class="hint" id={`${id}${name}h`}>
              {t(`log.hint.${name}`)}
            </p>
          ) : null}
          <textarea
            id={id + name}
            rows={name === 'saw' || name === 'words' ? 4 : 2}
            autocomplete="off"
            spellcheck={false}
            translate={false}
            value={draft.texts[name] ?? ''}
            onInput={(e) => set({ texts: { ...draft.texts, [name]: (e.target as HTMLTextAreaElement).value } })}
          />
        </div>
      ))}
      <div class="field">
        <label for={`${id}e`}>{t('log.f.evidence')}</label>
        <p class="hint">{t('log.hint.evidence')}</p>
        <input
          id={`${id}e`}
          type="file"
          multiple
          onChange={async (e) => {
            const input = e.target as HTMLInputElement;
            const files = [...(input.files ?? [])];
            const added = await Promise.all(files.map(async (f) => ({ name: f.name, sha256: await hashOf(f) })));
            set({ evidence: [...draft.evidence, ...added] });
            input.value = '';
          }}
        />
        {draft.evidence.length ? (
          <ul>
            {draft.evidence.map((x, i) => (
              <li key={x.sha256 + i}>
                {x.name} <code class="address">{x.sha256}</code>{' '}
                <Button look="link" onClick={() => set({ evidence: draft.evidence.filter((_, k) => k !== i) })}>
                  {t('log.evidence.remove')}
                  <span class="hidden"> {x.name}</span>
                </Button>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
      <div class="field">
        <label for={`${id}t`}>{t('log.f.told')}</label>
        <p class="hint">{t('log.hint.told')}</p>
        <input
          id={`${id}t`}
          type="text"
          autocomplete="off"
          spellcheck={false}
          value={draft.told}
          onInput={(e) => set({ told: (e.target as HTMLInputElement).value })}
        />
      </div>
      {draft.told.trim() ? (
        <When label={t('log.f.toldwhen')} value={draft.toldWhen} set={(toldWhen) => set({ toldWhen })} />
      ) : null}
      <div class="actions">
        <button type="submit" class="b main" disabled={adding.busy}>
          {t('log.add.do')}
        </button>
      </div>
      <Outcome of={adding} />
    </form>
  );
}

type Draft = {
  readonly when: string;
  readonly kinds: readonly Kind[];
  readonly country: string;
  readonly channel: Channel | '';
  readonly texts: { readonly [K in (typeof TEXTS)[number]]?: string };
  readonly evidence: readonly Evidence[];
  readonly told: string;
  readonly toldWhen: string;
};
const EMPTY: Draft = { when: '', kinds: [], country: '', channel: '', texts: {}, evidence: [], told: '', toldWhen: '' };

/** A day as well as it is known, from `2026-11-3` as typed: blank is unknown, a year or a month alone will do; undefined: no day. */
function whenOf(text: string): string | undefined {
  const [y = '', m = '', d = ''] = text.split('-').map((x) => x.trim());
  if (y === '' && m === '' && d === '') return 'unknown';
  if (!/^\d{4}$/.test(y) || !/^\d{0,2}$/.test(m) || !/^\d{0,2}$/.test(d)) return undefined;
  if (m === '') return d === '' ? y : undefined;
  const month = `${y}-${m.padStart(2, '0')}`;
  if (Number(m) < 1 || Number(m) > 12) return undefined;
  if (d === '') return month;
  const day = `${month}-${d.padStart(2, '0')}`;
  return new Date(`${day}T12:00:00Z`).toISOString().slice(0, 10) === day ? day : undefined;
}

function When(p: { readonly label: string; readonly value: string; readonly set: (v: string) => void }) {
  return (
    <FieldInput
      field={{ name: 'when', label: `${p.label} (${t('log.when.hint')})`, kind: 'date' }}
      draft={{ text: p.value }}
      set={(d) => p.set(d.text ?? '')}
    />
  );
}

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
            <label key={f} class="choice">
              <input
                type="checkbox"
                autocomplete="off"
                checked={!struck.includes(f)}
                onChange={(e) =>
                  strike((e.target as HTMLInputElement).checked ? struck.filter((x) => x !== f) : [...struck, f])
                }
              />
              <span>{label(f)}</span>
            </label>
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
        <p>{t('log.out.made', { now, fields: v.fields.map(name).join(', ') })}</p>
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
