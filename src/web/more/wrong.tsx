/** "This rule is wrong": a file about one provision, what was read, where, since when. It has no field for anything about a person. */
import { useEffect, useId, useState } from 'preact/hooks';
import { parseDay } from '../../calendar/civil.ts';
import { looksPersonal, REPORT_CHANGES, REPORT_SOURCES, type Report, writeReport } from '../../law/report-text.ts';
import { useApp } from '../context.ts';
import { Broken, Button, Careful, Go, Title } from '../parts/basics.tsx';
import { FieldInput } from '../parts/fields.tsx';
import { handOut } from '../parts/files.tsx';
import { understand } from '../state/drafts.ts';
import { useCall } from '../use-call.ts';
import { t } from '../words.ts';

export function Wrong({ id }: { readonly id: string }) {
  const { quick, ask } = useApp();
  const call = useCall(quick, 'provision', { lang: ask.lang, on: ask.on, id });
  const info = useCall(quick, 'info', {});
  const [kind, setKind] = useState<Report['change'] | ''>('');
  const [part, setPart] = useState('');
  const [value, setValue] = useState('');
  const [saw, setSaw] = useState('');
  const [where, setWhere] = useState('');
  const [source, setSource] = useState<Report['source'] | ''>('');
  const [since, setSince] = useState<{ text?: string }>({});
  const [made, make] = useState<string | undefined>(undefined);
  const [wrong, tell] = useState<readonly string[]>([]);
  const [done, say] = useState('');
  const f = useId();
  useEffect(() => {
    if (wrong.length) document.getElementById('problem')?.focus();
  }, [wrong]);
  const v = call.value;
  if (call.error) return <Broken why={call.error} />;
  if (!v || v.id !== id)
    return (
      <>
        <Title>{t('wrongrule.title')}</Title>
        <p role="status">{t('wait.answer')}</p>
      </>
    );
  // A report names clauses of the provision itself, those on top.
  const clauses = v.sections.flatMap((x) => x.clauses.filter((c) => c.id !== undefined));
  // What stands behind ? or # often names who opened the page.
  const tail = /[?#]./.test(where);
  const look = () => {
    const day = understand({ name: 'since', label: '', kind: 'date' }, since);
    const problems = [
      ...(kind === '' ? [t('wrongrule.need.kind')] : []),
      ...((kind === 'figure' && !(part && value.trim())) || (kind === 'clause' && !part)
        ? [t(`wrongrule.need.${kind}`)]
        : []),
      ...(saw.trim() === '' ? [t('wrongrule.need.saw')] : []),
      ...([saw, where, value].some((x) => looksPersonal(x) !== undefined) ? [t('wrongrule.need.nobody')] : []),
      ...(/^https?:\/\/[^\s/@]+(\/\S*)?$/.test(where.trim()) ? [] : [t('wrongrule.need.where')]),
      ...(source === '' ? [t('wrongrule.need.source')] : []),
      ...(day.k === 'wrong' ? [t('wrongrule.need.since')] : []),
    ];
    tell(problems);
    say('');
    const on = parseDay(ask.on);
    if (problems.length || kind === '' || source === '' || on === undefined || !info.value) {
      make(undefined);
      return;
    }
    make(
      writeReport({
        provision: v.id,
        change: kind,
        ...(kind === 'figure' || kind === 'clause' ? { part } : {}),
        ...(kind === 'figure' ? { value: value.trim() } : {}),
        saw: saw.trim(),
        where: where.trim(),
        source,
        since: day.k === 'value' ? parseDay(String(day.v)) : undefined,
        on,
        law: info.value.digest,
      }),
    );
  };
  const choices = <T extends string>(
    all: readonly T[],
    at: T | '',
    set: (x: T) => void,
    family: string,
    legend: string,
  ) => (
    <fieldset>
      <legend>{legend}</legend>
      {all.map((k) => (
        <label key={k} class="choice">
          <input
            type="radio"
            name={f + family}
            autocomplete="off"
            checked={at === k}
            onChange={() => {
              set(k);
              make(undefined);
            }}
          />
          <span>{t(`wrongrule.${family}.${k}`)}</span>
        </label>
      ))}
    </fieldset>
  );
  return (
    <form
      autocomplete="off"
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        look();
      }}
    >
      <Title>{t('wrongrule.title')}</Title>
      <p class="lead">
        {v.title} <span class="muted">({v.id})</span>
      </p>
      <Careful grave>
        <p>{t('wrongrule.nobody')}</p>
      </Careful>
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
      {choices(REPORT_CHANGES, kind, setKind, 'kind', t('wrongrule.kind'))}
      {kind === 'figure' && v.figures.length ? (
        <>
          <div class="field">
            <label for={`${f}p`}>{t('wrongrule.figure')}</label>
            <select id={`${f}p`} value={part} onChange={(e) => setPart((e.target as HTMLSelectElement).value)}>
              <option value="">{t('wrongrule.figure.none')}</option>
              {v.figures.map((x) => (
                <option key={x.name} value={x.name}>
                  {x.label}: {x.rows.find((r) => r.now)?.value ?? x.rows.at(-1)?.value}
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for={`${f}v`}>{t('wrongrule.value')}</label>
            <p class="hint">{t('wrongrule.value.hint')}</p>
            <input
              id={`${f}v`}
              type="text"
              autocomplete="off"
              spellcheck={false}
              value={value}
              onInput={(e) => setValue((e.target as HTMLInputElement).value)}
            />
          </div>
        </>
      ) : null}
      <div class="field">
        <label for={`${f}s`}>{t('wrongrule.saw')}</label>
        <p class="hint">{t('wrongrule.saw.hint')}</p>
        <textarea
          id={`${f}s`}
          rows={4}
          autocomplete="off"
          spellcheck={false}
          translate={false}
          maxLength={500}
          value={saw}
          onInput={(e) => setSaw((e.target as HTMLTextAreaElement).value)}
        />
      </div>
      <div class="field">
        <label for={`${f}w`}>{t('wrongrule.where')}</label>
        <input
          id={`${f}w`}
          type="text"
          autocomplete="off"
          spellcheck={false}
          autocapitalize="off"
          value={where}
          onInput={(e) => setWhere((e.target as HTMLInputElement).value)}
        />
        {tail ? (
          <p class="hint">
            {t('wrongrule.tail')}{' '}
            <Button look="link" onClick={() => setWhere(where.replace(/[?#].*$/, ''))}>
              {t('wrongrule.cut')}
            </Button>
          </p>
        ) : null}
      </div>
      {kind === 'clause' ? (
        <div class="field">
          <label for={`${f}c`}>{t('wrongrule.clause')}</label>
          <select id={`${f}c`} value={part} onChange={(e) => setPart((e.target as HTMLSelectElement).value)}>
            <option value="">{t('wrongrule.figure.none')}</option>
            {clauses.map((c) => (
              <option key={c.id} value={c.id}>
                {c.says}
              </option>
            ))}
          </select>
        </div>
      ) : null}
      {choices(REPORT_SOURCES, source, setSource, 'source', t('wrongrule.source'))}
      <FieldInput
        field={{ name: 'since', label: t('wrongrule.since'), kind: 'date' }}
        draft={since}
        set={setSince}
        error={undefined}
      />
      <button type="submit" class="b main">
        {t('wrongrule.look')}
      </button>
      {made ? (
        <section class="box">
          <h2>{t('wrongrule.all')}</h2>
          <p>{t('wrongrule.all.words')}</p>
          <pre class="filetext">{made}</pre>
          <Button
            look="main"
            onClick={() => {
              handOut('report.yaml', made, 'application/yaml');
              say(t('take.saved'));
            }}
          >
            {t('wrongrule.save')}
          </Button>
          <p role="status" class="done">
            {done}
          </p>
          <p class="hint">{t('wrongrule.send')}</p>
        </section>
      ) : null}
      <p>
        <Go to={{ s: 'provision', id: v.id }}>{t('wrongrule.back')}</Go>
      </p>
    </form>
  );
}
