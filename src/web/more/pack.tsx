/** Newer law without a newer page: a signed pack chosen as a file, what it changes shown before it is taken, the law before kept. */
import { useState } from 'preact/hooks';
import { isoIn } from '../../answers/say.ts';
import { useApp } from '../context.ts';
import type { PackLook, TurnLine } from '../engine/pack-calls.ts';
import { Broken, Button, Careful, Go, Title } from '../parts/basics.tsx';
import { bytesOf, FileField, TextField } from '../parts/inputs.tsx';
import { useCall } from '../use-call.ts';
import { t } from '../words.ts';
import { Outcome, useAct } from './use-vault.tsx';

const FAULTS = ['no-pack', 'torn', 'bad-signature', 'newer-program', 'backwards'];

function packFault(e: unknown): string {
  const { fault, message } = e as Error & { readonly fault?: string };
  return fault && FAULTS.includes(fault) ? t(`pack.fault.${fault}`) : `${t('broken.words')} (${message})`;
}

type Cases = readonly { readonly number: number; readonly label: string; readonly turns: readonly TurnLine[] }[];

export function Pack() {
  const { quick, door, today, state, ask, relaw } = useApp();
  const [at, moved] = useState(0);
  const call = useCall(quick, 'packState', { on: today, at });
  const [bytes, choose] = useState<Uint8Array<ArrayBuffer> | undefined>(undefined);
  const [key, setKey] = useState('');
  const [look, show] = useState<PackLook | undefined>(undefined);
  const [cases, showCases] = useState<Cases | undefined>(undefined);
  const acting = useAct(packFault);
  const { busy, problem, act } = acting;
  const { lang } = state;
  const see = (pack: Uint8Array<ArrayBuffer>) =>
    act(async () => {
      show(undefined);
      showCases(undefined);
      show(await quick.call('packLook', { ...ask, bytes: pack, key }).done);
      if (door.state === 'open')
        showCases(await door.engine.call('packCases', { bytes: pack, key, on: today, lang }).done);
      return undefined;
    });
  const v = call.value;
  if (call.error) return <Broken why={call.error} />;
  return (
    <>
      <Title>{t('pack.title')}</Title>
      <p class="lead">{t('pack.lead')}</p>
      {v ? (
        <>
          <p>
            {v.current
              ? t('pack.current', {
                  n: v.current.serial,
                  issued: isoIn(v.current.issued, lang),
                  until: isoIn(v.current.validUntil, lang),
                })
              : t('pack.own', { day: isoIn(v.builtDay, lang) })}
          </p>
          {v.current?.expired ? (
            <Careful grave>
              <p>{t('pack.expired')}</p>
            </Careful>
          ) : null}
          {v.idle ? (
            <Careful>
              <p>{t('pack.idle')}</p>
            </Careful>
          ) : null}
        </>
      ) : (
        <p role="status">{t('wait.answer')}</p>
      )}
      <h2>{t('pack.choose')}</h2>
      {v && !v.hasKeys ? <p>{t('pack.nokey')}</p> : null}
      <TextField label={t('pack.key')} hint={t('pack.key.hint')} value={key} set={setKey} />
      <FileField
        label={t('pack.file')}
        take={async (files) => {
          const read = await bytesOf(files);
          choose(read);
          if (read) void see(read);
        }}
      />
      {bytes && problem ? <Button onClick={() => void see(bytes)}>{t('pack.again')}</Button> : null}
      <p role="status">{busy ? t('pack.reading') : ''}</p>
      <Outcome of={acting} />
      {look && bytes ? (
        <section class="box">
          <h2>
            {t('pack.is', {
              n: look.pack.serial,
              issued: isoIn(look.pack.issued, lang),
              until: isoIn(look.pack.validUntil, lang),
            })}
          </h2>
          <p>{t('pack.good')}</p>
          {look.pack.expired ? (
            <Careful grave>
              <p>{t('pack.expired')}</p>
            </Careful>
          ) : null}
          <p>{t('pack.changed', { n: look.changed, gone: look.gone })}</p>
          {look.turns === undefined ? (
            <p>{t('pack.nobody')}</p>
          ) : look.turns.length === 0 ? (
            <p>{t('pack.same')}</p>
          ) : (
            <>
              <h3>{t('pack.turns', { n: look.turns.length })}</h3>
              <Turns of={look.turns} />
            </>
          )}
          {cases?.some((c) => c.turns.length) ? (
            <>
              <h3>{t('pack.cases', { n: cases.filter((c) => c.turns.length).length, all: cases.length })}</h3>
              {cases
                .filter((c) => c.turns.length)
                .map((c) => (
                  <details key={c.number}>
                    <summary>
                      {c.number} {c.label}: {t('pack.turns', { n: c.turns.length })}
                    </summary>
                    <Turns of={c.turns} />
                  </details>
                ))}
            </>
          ) : cases ? (
            <p>{t('pack.cases.same', { n: cases.length })}</p>
          ) : null}
          <div class="actions">
            <Button
              look="main"
              disabled={busy}
              onClick={() =>
                void act(async () => {
                  await quick.call('packTake', { bytes, key }).done;
                  show(undefined);
                  choose(undefined);
                  relaw();
                  moved((n) => n + 1);
                  return t('pack.taken');
                })
              }
            >
              {t('pack.take')}
            </Button>
            <Button
              onClick={() => {
                show(undefined);
                choose(undefined);
              }}
            >
              {t('pack.leave')}
            </Button>
          </div>
        </section>
      ) : null}
      {v?.current || v?.idle ? (
        <>
          <h2>{t('pack.back')}</h2>
          <p>{t(v.hasBefore ? 'pack.back.before' : 'pack.back.own')}</p>
          <Button
            disabled={busy}
            onClick={() =>
              void act(async () => {
                await quick.call('packBack', {}).done;
                relaw();
                moved((n) => n + 1);
                return t('pack.backed');
              })
            }
          >
            {t('pack.back.do')}
          </Button>
        </>
      ) : null}
      <p>
        <Go to={{ s: 'about' }}>{t('task.about')}</Go>
      </p>
    </>
  );
}

function Turns({ of }: { readonly of: readonly TurnLine[] }) {
  return (
    <ul class="turns">
      {of.map((x) => (
        <li key={x.says}>
          {x.says}
          {x.relied ? <span class="verify"> {t('pack.relied')}</span> : null}
        </li>
      ))}
    </ul>
  );
}
