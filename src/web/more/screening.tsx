/** An employer, bank or counterparty against official lists: evidence, never a clearance. Organisations only, never persons. */
import { useState } from 'preact/hooks';
import { LISTS } from '../../protect/screen/entries.ts';
import { useApp } from '../context.ts';
import type { ScreenView, TakenLists } from '../engine/screen-calls.ts';
import { Button, Careful, Fact, Go, Title } from '../parts/basics.tsx';
import { Check, FileField, TextField } from '../parts/inputs.tsx';
import { useCall } from '../use-call.ts';
import { t } from '../words.ts';
import { Outcome } from './use-vault.tsx';

export function Screening() {
  const { screener, state, today } = useApp();
  const { lang } = state;
  const [at, moved] = useState(0);
  const taken = useCall(screener, 'screenLists', { lang, on: today, at });
  const [busy, work] = useState('');
  const [problem, complain] = useState<string | undefined>(undefined);
  const [done, tell] = useState('');
  const [text, type] = useState('');
  const [answer, show] = useState<ScreenView | undefined>(undefined);
  const lists = taken.value?.lists ?? [];
  const said = (v: TakenLists) => {
    if (v.notKept !== undefined) complain(`${t('screen.keep.failed')} ${v.notKept}`);
  };
  /** What was just asked for; as it really is as soon as the worker has answered. */
  const [keeping, wish] = useState<boolean | undefined>(undefined);
  const keep = async (wanted: boolean) => {
    complain(undefined);
    tell('');
    wish(wanted);
    try {
      const v = await screener.call('screenKeep', { keep: wanted, on: today, lang }).done;
      said(v);
      wish(v.kept);
      if (v.kept === wanted) tell(t(wanted ? 'screen.keep.on' : 'screen.keep.off'));
    } catch (e) {
      wish(undefined);
      complain((e as Error).message);
    }
    moved((n) => n + 1);
  };
  const take = async (files: readonly File[]) => {
    complain(undefined);
    for (const file of files) {
      work(t('screen.reading', { name: file.name }));
      try {
        said(await screener.call('screenTake', { file, on: today, lang }).done);
        tell(t('screen.taken', { name: file.name }));
      } catch (e) {
        complain(`${t('screen.nottaken', { name: file.name })} ${(e as Error).message}`);
      }
    }
    work('');
    show(undefined);
    moved((n) => n + 1);
  };
  const ask = async (all: boolean) => {
    complain(undefined);
    tell('');
    if (text.trim() === '') return complain(t('screen.empty'));
    if (lists.length === 0) return complain(t('screen.nolists'));
    work(t('screen.comparing'));
    try {
      show(await screener.call('screenAsk', { text, on: today, lang, all }).done);
    } catch (e) {
      complain((e as Error).message);
    }
    work('');
  };
  return (
    <>
      <Title>{t('screen.title')}</Title>
      <p class="lead">{t('screen.lead')}</p>
      <ul>
        <li>{t('screen.here')}</li>
        <li>{t('screen.orgs')}</li>
        <li>{t('screen.evidence')}</li>
      </ul>
      <h2>{t('screen.lists')}</h2>
      <p>{t('screen.lists.words')}</p>
      {lists.length ? (
        <ul>
          {lists.map((l) => (
            <li key={l.list} class={l.old ? 'verify' : ''}>
              <strong>{l.title}</strong>: {l.about}. {l.limits}{' '}
              <Button
                look="link"
                onClick={() =>
                  void screener.call('screenDrop', { list: l.list, on: today, lang }).done.then(() => {
                    show(undefined);
                    moved((n) => n + 1);
                  })
                }
              >
                {t('screen.drop')}
                <span class="hidden"> {l.title}</span>
              </Button>
            </li>
          ))}
        </ul>
      ) : (
        <p class="muted">{t('screen.lists.none')}</p>
      )}
      <FileField
        label={t('screen.choose')}
        hint={t('screen.choose.hint')}
        multiple
        accept=".xml,.json,.csv"
        emptied
        take={take}
      />
      <Check
        checked={keeping ?? taken.value?.kept ?? false}
        disabled={taken.value === undefined}
        set={(on) => void keep(on)}
        hint={t('screen.keep.hint')}
      >
        {t('screen.keep')}
      </Check>
      <details>
        <summary>{t('screen.where')}</summary>
        <p>{t('screen.where.words')}</p>
        <ul>
          {Object.values(LISTS).map((l) => (
            <li key={l.address}>
              {l.title[lang]} <span class="muted">({l.file})</span>
              <span class="address">{l.address}</span>
            </li>
          ))}
        </ul>
      </details>
      <h2>{t('screen.ask')}</h2>
      <form
        autocomplete="off"
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          void ask(false);
        }}
      >
        <TextField label={t('screen.name')} hint={t('screen.name.hint')} rows={3} value={text} set={type} />
        <button type="submit" class="b main" disabled={busy !== ''}>
          {t('screen.do')}
        </button>
      </form>
      <p role="status">{busy}</p>
      <Outcome of={{ problem, done }} />
      {answer ? <Answer v={answer} more={() => void ask(true)} /> : null}
      <p>
        <Go to={{ s: 'stand' }}>{t('go.stand')}</Go>
      </p>
    </>
  );
}

function Answer({ v, more }: { readonly v: ScreenView; readonly more: () => void }) {
  return (
    <section aria-live="polite">
      <h2>{t('screen.found')}</h2>
      <Careful grave={v.answer !== 'not-found'}>
        <p>{v.verdict}</p>
      </Careful>
      {v.slips.map((x) => (
        <p key={x}>{x}</p>
      ))}
      {v.found.map((f, i) => (
        <article key={f.list + f.id + i} class="box">
          <h3>{f.name}</h3>
          <dl class="facts">
            <Fact name={t('screen.f.list')}>
              {f.list}; {f.id}
            </Fact>
            <Fact name={t('screen.f.fits')}>{f.fits}</Fact>
            <Fact name={t('screen.f.but')}>{f.but}</Fact>
            <Fact name={t('screen.f.numbers')}>{f.numbers}</Fact>
            <Fact name={t('screen.f.countries')}>{f.countries}</Fact>
            <Fact name={t('screen.f.programmes')}>{f.programmes}</Fact>
            <Fact name={t('screen.f.related')}>{f.related.join('; ')}</Fact>
          </dl>
        </article>
      ))}
      {v.more ? <Button onClick={more}>{t('screen.more', { n: v.more })}</Button> : null}
      <h3>{t('screen.looked')}</h3>
      <ul>
        {v.looked.map((l) => (
          <li key={l.list} class={l.old ? 'verify' : ''}>
            {l.title}: {l.about}. {l.limits}
          </li>
        ))}
      </ul>
      {v.missing.length ? (
        <p>
          {t('screen.missing')} {v.missing.join('; ')}.
        </p>
      ) : null}
      <Careful>
        <p>{v.askFirst}</p>
      </Careful>
    </section>
  );
}
