/** The truth about what a browser stores, and when a copy was last made. */
import { isoIn, minuteIn } from '../../answers/say.ts';
import { useApp } from '../context.ts';
import { Button, Careful, Go } from '../parts/basics.tsx';
import { t } from '../words.ts';
import { Outcome, useAct } from './use-vault.tsx';

export function CopyNotice() {
  const { door, state } = useApp();
  const asking = useAct();
  const { info, copy, lasting } = door;
  if (!info) return null;
  const since = copy ? info.counter - copy.counter : undefined;
  const fresh = since === 0;
  const words = (
    <>
      <p>
        {copy === undefined
          ? t('copy.never')
          : fresh
            ? t('copy.fresh', { day: isoIn(copy.day, state.lang) })
            : t('copy.since', { n: since ?? 0, day: isoIn(copy.day, state.lang) })}{' '}
        <Go to={{ s: 'vault-leave' }}>{t('copy.do')}</Go>
      </p>
      <p class="small">{t(lasting === true ? 'copy.lasting' : 'copy.notlasting')}</p>
      {lasting === true ? null : (
        <p>
          <Button
            look="link"
            disabled={asking.busy}
            onClick={() =>
              void asking.act(async () => t((await door.askToLast()) ? 'copy.asked.yes' : 'copy.asked.no'))
            }
          >
            {t('copy.ask')}
          </Button>
        </p>
      )}
      <Outcome of={asking} />
    </>
  );
  return (
    <>
      <p class="muted small">{t('vault.counter', { n: info.counter, saved: minuteIn(info.saved, state.lang) })}</p>
      {fresh ? <div class="box">{words}</div> : <Careful>{words}</Careful>}
    </>
  );
}
