/** Take it away: on paper, as a calendar, as a file; and bring it back. */
import { useState } from 'preact/hooks';
import { isoIn } from '../../answers/say.ts';
import { calendarFile, type Reminder } from '../calendar-file.ts';
import { useApp } from '../context.ts';
import type { PlansView } from '../engine/plan-view.ts';
import { Button, Careful, Go, Title } from '../parts/basics.tsx';
import { handOut, OpenFiles, SaveFile } from '../parts/files.tsx';
import { Check } from '../parts/inputs.tsx';
import { Passphrase } from '../parts/passphrase.tsx';
import { useCall } from '../use-call.ts';
import { t } from '../words.ts';
import { Glance, PlanBody } from './plan.tsx';
import { placeOf, usePlans } from './use-plans.ts';

export function Take() {
  const { state, bring, quick, ask } = useApp();
  const plans = usePlans();
  const stand = useCall(quick, 'stand', ask);
  const [details, wantDetails] = useState(false);
  const [sealing, seal] = useState(false);
  const [opening, open] = useState(false);
  const [done, tell] = useState('');
  const view: PlansView | undefined = plans.value?.ok ? plans.value.value : undefined;
  const plan = view?.plans[state.chosen === undefined ? 0 : placeOf(view.plans, state.chosen)];
  const deadlines = stand.value?.ok ? stand.value.value.deadlines : [];
  const reminders = (): Reminder[] => {
    const days = [
      ...deadlines.filter((d) => !d.passed).map((d) => ({ day: d.day, title: d.what })),
      ...(plan?.legs ?? []).map((l) => ({ day: l.day, title: l.does })),
    ].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
    return days.map((d, i) => ({ day: d.day, title: details ? d.title : t('take.reminder', { n: i + 1 }) }));
  };
  const saveCalendar = () => {
    const stamp = `${ask.on.replaceAll('-', '')}T000000Z`;
    handOut(
      'calendar.ics',
      calendarFile(reminders(), stamp, () => crypto.randomUUID()),
      'text/calendar',
    );
    tell(t('take.saved'));
  };
  return (
    <>
      <div class="noprint">
        <Title>{t('take.title')}</Title>
        <p role="status" class="done">
          {done}
        </p>
        <h2>{t('take.print')}</h2>
        {plan ? (
          <>
            <p>{t('take.print.words', { n: (view?.plans.indexOf(plan) ?? 0) + 1, country: plan.country })}</p>
            <p class="hint">{t('take.print.trace')}</p>
            <Button onClick={() => print()}>{t('take.print.do')}</Button>
          </>
        ) : (
          <p>
            {plans.busy ? t('plans.searching') : t('take.noplan')} <Go to={{ s: 'plans' }}>{t('task.plans')}</Go>
          </p>
        )}
        <h2>{t('take.calendar')}</h2>
        <p>{t('take.calendar.words')}</p>
        <Check checked={details} set={wantDetails}>
          {t('take.calendar.details')}
        </Check>
        {details ? (
          <Careful grave>
            <p>{t('take.calendar.warn')}</p>
          </Careful>
        ) : null}
        <Button onClick={saveCalendar} disabled={reminders().length === 0}>
          {t('take.calendar.do')}
        </Button>
        <h2>{t('take.file')}</h2>
        <p>{t('take.file.words')}</p>
        <div class="actions">
          <SaveFile saved={() => tell(t('take.saved'))} />
          <Button onClick={() => seal(!sealing)}>{t('take.sealed.do')}</Button>
        </div>
        {sealing ? (
          <Passphrase
            fresh
            label={t('take.sealed.save')}
            act={async (passphrase) => {
              const file = await quick.call('seal', { answers: state.answers, origin: state.origin, passphrase }).done;
              handOut('case.age', new Uint8Array(file), 'application/octet-stream');
              tell(t('take.saved'));
              seal(false);
              return undefined;
            }}
          />
        ) : null}
        <h2>{t('take.back')}</h2>
        <p>{t('take.back.words')}</p>
        <Button onClick={() => open(!opening)}>{t('take.back.do')}</Button>
        {opening ? <OpenFiles done={(brought) => void bring(brought)} /> : null}
      </div>
      {plan ? (
        <div class="printonly">
          <h1>
            {t('plan.name', { n: (view?.plans.indexOf(plan) ?? 0) + 1 })}: {plan.country}
          </h1>
          <p>{t('take.asof', { day: isoIn(ask.on, state.lang) })}</p>
          <Glance p={plan} />
          <PlanBody p={plan} paper />
        </div>
      ) : null}
    </>
  );
}
