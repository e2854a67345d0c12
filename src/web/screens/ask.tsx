/** One question at a time. What is typed is kept; going on without an answer takes none away. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import type { Question } from '../engine/questions.ts';
import { Answered, Button, Go, Title, Waiting } from '../parts/basics.tsx';
import { FieldInput } from '../parts/fields.tsx';
import { Problems } from '../parts/inputs.tsx';
import { ListInput } from '../parts/list-input.tsx';
import { type Answer, answerTo, type Entry, settled } from '../state/answers.ts';
import {
  type Draft,
  draftOf,
  type ListDraft,
  listDraftOf,
  type Understood,
  understand,
  understandList,
} from '../state/drafts.ts';
import { useCall } from '../use-call.ts';
import { t } from '../words.ts';

/** Looks for the question that would tell most, and puts it in its own place. */
export function Next() {
  const { ask, quick, step, state } = useApp();
  const overview = useCall(quick, 'overview', ask);
  const value = !overview.busy && overview.value?.ok ? overview.value.value : undefined;
  const next = value?.ask.find((x) => !settled(state.answers, x.fact));
  useEffect(() => {
    if (next) step({ t: 'turn', screen: { s: 'ask', fact: next.fact } });
  }, [next?.fact]);
  return (
    <>
      <Title>{value && !next ? t('next.none') : t('next.looking')}</Title>
      <Answered call={overview}>
        {() =>
          value && !next ? (
            <>
              <p class="lead">{t('next.none.words')}</p>
              <div class="actions">
                <Go to={{ s: 'stand' }} look="main">
                  {t('go.stand')}
                </Go>
                <Go to={{ s: 'summary' }} look="plain">
                  {t('go.summary')}
                </Go>
              </div>
            </>
          ) : (
            <Waiting />
          )
        }
      </Answered>
    </>
  );
}

export function AskScreen({ fact }: { readonly fact: string }) {
  const { ask, quick } = useApp();
  // The question itself does not hang on every answer: only on where the person is.
  const question = useCall(quick, 'question', { ...ask, fact });
  const q = question.value;
  if (!q || q.fact !== fact)
    return (
      <>
        <Title>{t('next.looking')}</Title>
        <Waiting />
      </>
    );
  return <Asking key={fact} q={q} />;
}

function Asking({ q }: { readonly q: Question }) {
  const { state, step, go, ask, quick } = useApp();
  const overview = useCall(quick, 'overview', ask);
  const [problem, complain] = useState<Understood | undefined>(undefined);
  const [wrongList, complainList] = useState<readonly { entry: number; field: string; is: Understood }[]>([]);
  const given = answerTo(state.answers, q.fact);
  const stored = state.drafts[q.fact];
  const set = (draft: unknown) => step({ t: 'draft', fact: q.fact, draft });
  const on = () => {
    complain(undefined);
    complainList([]);
    go({ s: 'next' });
  };
  const give = (answer: Answer) => {
    step({ t: 'answer', fact: q.fact, answer });
    on();
  };
  const single: Draft =
    (stored as Draft | undefined) ?? (q.field && given?.k === 'value' ? draftOf(q.field, given.v) : {});
  const list: ListDraft =
    (stored as ListDraft | undefined) ??
    (q.list
      ? listDraftOf(q.list, given?.k === 'value' ? (given.v as readonly Entry[]) : undefined)
      : { entries: [], none: false });
  const submit = () => {
    if (q.field) {
      const is = understand(q.field, single);
      if (is.k === 'wrong') complain(is);
      else if (is.k === 'value') give({ k: 'value', v: is.v });
      else {
        step({ t: 'blank', fact: q.fact });
        if (given) on();
        else complain({ k: 'wrong', why: 'wrong.blank' });
      }
    } else {
      const is = understandList(q.list ?? [], list);
      if (is.k === 'wrong') complainList(is.at);
      else if (is.k === 'value') give({ k: 'value', v: is.v });
      else {
        step({ t: 'blank', fact: q.fact });
        if (given) on();
        else complain({ k: 'wrong', why: 'wrong.blank' });
      }
    }
  };
  const value = overview.value?.ok ? overview.value.value : undefined;
  const open = value?.ask.filter((x) => !settled(state.answers, x.fact)).length;
  const hangs = value?.ask.find((x) => x.fact === q.fact)?.routes;
  // The same list until another is complained of: each complaint takes the focus once.
  const problems = useMemo(
    () =>
      problem?.k === 'wrong'
        ? [t(problem.why, { min: problem.min ?? 0, max: problem.max ?? 0 })]
        : wrongList.length
          ? [t('wrong.list')]
          : [],
    [problem, wrongList, state.lang],
  );
  return (
    <form
      class="ask"
      autocomplete="off"
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        submit();
      }}
    >
      <Problems list={problems} />
      <Title>{q.ask}</Title>
      {q.why ? (
        <p class="why">
          <strong>{t('ask.why')}</strong> {q.why}
          {hangs ? ` ${t('ask.hangs', { n: hangs })}` : ''}
        </p>
      ) : null}
      {q.sensitivity === 'critical' || q.sensitivity === 'high' ? <p class="hint">{t('ask.sensitive')}</p> : null}
      {q.field ? (
        <FieldInput field={q.field} draft={single} set={set} bare error={undefined} />
      ) : (
        <ListInput fields={q.list ?? []} draft={list} set={set} wrong={wrongList} />
      )}
      {given && given.k !== 'value' ? (
        <p class="hint">{given.k === 'unknown' ? t('ask.was.unknown') : t('ask.was.withheld')}</p>
      ) : null}
      <div class="actions">
        <button type="submit" class="b main">
          {t('ask.on')}
        </button>
        <Button onClick={() => give({ k: 'unknown' })}>{t('ask.unknown')}</Button>
        <Button onClick={() => give({ k: 'withheld' })}>{t('ask.withheld')}</Button>
      </div>
      <p class="muted progress">
        {open === undefined ? '' : t('ask.progress', { n: open })}{' '}
        {value
          ? t('ask.routes', { yes: value.yes, elsewhere: value.elsewhere, unknown: value.unknown, no: value.no })
          : ''}
      </p>
      <p>
        <Go to={{ s: 'stand' }}>{t('ask.enough')}</Go>
      </p>
    </form>
  );
}
