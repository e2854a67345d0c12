/** An entry for the log of pressure: what was seen apart from what is thought; nothing that was typed is lost on the way. */
import { useState } from 'preact/hooks';
import { countryName } from '../../answers/countries.ts';
import { CHANNELS, type Channel, type Entry, type Evidence, KINDS, type Kind } from '../../protect/log/types.ts';
import { useApp } from '../context.ts';
import { Button, Title } from '../parts/basics.tsx';
import { FieldInput } from '../parts/fields.tsx';
import { Check, FileField, PickField, Problems, TextField } from '../parts/inputs.tsx';
import { useCall } from '../use-call.ts';
import { clock } from '../vault/door.ts';
import { t } from '../words.ts';
import { Open, Outcome, useAct } from './use-vault.tsx';

export function LogAdd(p: { readonly number: number; readonly corrects: number | undefined }) {
  return <Open title={t('log.add')}>{() => <Adding {...p} />}</Open>;
}

/** Fields of words, in the order of the form. What was seen and what is thought stand apart. */
const TEXTS = ['words', 'saw', 'infer', 'by', 'witnesses', 'place', 'effect'] as const;
const HINTED: ReadonlySet<string> = new Set(['words', 'saw', 'infer', 'witnesses']);

async function hashOf(file: File): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  return Array.from(digest, (b) => b.toString(16).padStart(2, '0')).join('');
}

function Adding({ number, corrects }: { readonly number: number; readonly corrects: number | undefined }) {
  const { door, quick, today, state, go, step } = useApp();
  const key = `log.${number}.${corrects ?? ''}`;
  // Kept while the page is open: going to look something up loses nothing that was typed.
  const draft = (state.drafts[key] as Draft | undefined) ?? EMPTY;
  const set = (d: Partial<Draft>) => step({ t: 'draft', fact: key, draft: { ...draft, ...d } });
  const [wrong, tell] = useState<readonly string[]>([]);
  const adding = useAct();
  const { lang } = state;
  const countries = useCall(quick, 'law', { lang, on: today });
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
      <Problems list={wrong} />
      <When label={t('log.f.when')} value={draft.when} set={(when) => set({ when })} />
      <fieldset>
        <legend>{t('log.f.kinds')}</legend>
        {(Object.keys(KINDS) as Kind[]).map((k) => (
          <Check
            key={k}
            checked={draft.kinds.includes(k)}
            set={(on) => set({ kinds: on ? [...draft.kinds, k] : draft.kinds.filter((x) => x !== k) })}
          >
            {KINDS[k][lang]}
          </Check>
        ))}
      </fieldset>
      <PickField
        label={t('log.f.country')}
        blank={t('log.notsaid')}
        value={draft.country}
        set={(country) => set({ country })}
        options={[
          ...(countries.value?.countries ?? [])
            .filter((c) => c.code.length === 2)
            .map((c) => [c.code, c.name] as const),
          ['ru', countryName('ru', lang)],
        ]}
      />
      <PickField
        label={t('log.f.channel')}
        blank={t('log.notsaid')}
        value={draft.channel}
        set={(channel) => set({ channel })}
        options={(Object.keys(CHANNELS) as Channel[]).map((c) => [c, CHANNELS[c][lang]])}
      />
      {TEXTS.map((name) => (
        <TextField
          key={name}
          label={t(`log.f.${name}`)}
          hint={HINTED.has(name) ? t(`log.hint.${name}`) : undefined}
          rows={name === 'saw' || name === 'words' ? 4 : 2}
          value={draft.texts[name] ?? ''}
          set={(text) => set({ texts: { ...draft.texts, [name]: text } })}
        />
      ))}
      <FileField
        label={t('log.f.evidence')}
        hint={t('log.hint.evidence')}
        multiple
        emptied
        take={async (files) => {
          const added = await Promise.all(files.map(async (f) => ({ name: f.name, sha256: await hashOf(f) })));
          set({ evidence: [...draft.evidence, ...added] });
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
      <TextField label={t('log.f.told')} hint={t('log.hint.told')} value={draft.told} set={(told) => set({ told })} />
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
