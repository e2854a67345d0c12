/** "This rule is wrong": a file about one provision, what was read, where, since when. It has no field for anything about a person. */
import { useId, useState } from 'preact/hooks';
import { parseDay } from '../../calendar/civil.ts';
import { looksPersonal, REPORT_CHANGES, REPORT_SOURCES, type Report, writeReport } from '../../law/report-text.ts';
import { useApp } from '../context.ts';
import { Broken, Button, Careful, Go, Title } from '../parts/basics.tsx';
import { FieldInput } from '../parts/fields.tsx';
import { handOut } from '../parts/files.tsx';
import { PickField, Problems, Radios, TextField } from '../parts/inputs.tsx';
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
  /** What was looked at no longer stands once something else is chosen. */
  const anew =
    <T,>(set: (x: T) => void) =>
    (x: T) => {
      set(x);
      make(undefined);
    };
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
      <Problems list={wrong} />
      <fieldset>
        <legend>{t('wrongrule.kind')}</legend>
        <Radios
          name={`${f}k`}
          of={REPORT_CHANGES}
          at={kind}
          set={anew(setKind)}
          says={(x) => t(`wrongrule.kind.${x}`)}
        />
      </fieldset>
      {kind === 'figure' && v.figures.length ? (
        <>
          <PickField
            label={t('wrongrule.figure')}
            blank={t('wrongrule.figure.none')}
            value={part}
            set={setPart}
            options={v.figures.map((x) => [
              x.name,
              `${x.label}: ${x.rows.find((r) => r.now)?.value ?? x.rows.at(-1)?.value}`,
            ])}
          />
          <TextField label={t('wrongrule.value')} hint={t('wrongrule.value.hint')} value={value} set={setValue} />
        </>
      ) : null}
      <TextField
        label={t('wrongrule.saw')}
        hint={t('wrongrule.saw.hint')}
        rows={4}
        max={500}
        value={saw}
        set={setSaw}
      />
      <TextField label={t('wrongrule.where')} value={where} set={setWhere} />
      {tail ? (
        <p class="hint">
          {t('wrongrule.tail')}{' '}
          <Button look="link" onClick={() => setWhere(where.replace(/[?#].*$/, ''))}>
            {t('wrongrule.cut')}
          </Button>
        </p>
      ) : null}
      {kind === 'clause' ? (
        <PickField
          label={t('wrongrule.clause')}
          blank={t('wrongrule.figure.none')}
          value={part}
          set={setPart}
          options={clauses.map((c) => [c.id as string, c.says])}
        />
      ) : null}
      <fieldset>
        <legend>{t('wrongrule.source')}</legend>
        <Radios
          name={`${f}s`}
          of={REPORT_SOURCES}
          at={source}
          set={anew(setSource)}
          says={(x) => t(`wrongrule.source.${x}`)}
        />
      </fieldset>
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
