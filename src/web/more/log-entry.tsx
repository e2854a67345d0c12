/** One entry of the log of pressure, as it is read; the log itself; and that it does not fit together. */
import { isoIn, minuteIn } from '../../answers/say.ts';
import { CHANNELS, KINDS, type Logged } from '../../protect/log/types.ts';
import { useApp } from '../context.ts';
import type { LogView } from '../engine/vault-protocol.ts';
import { Careful, Fact } from '../parts/basics.tsx';
import { useCall } from '../use-call.ts';
import { t } from '../words.ts';

/** The log of a case, as last saved. */
export function useLog(number: number) {
  const { door, today, state } = useApp();
  return useCall(door.engine, 'logRead', { number, on: today, lang: state.lang, at: door.info?.counter ?? 0 });
}

export function Broke({ v }: { readonly v: LogView }) {
  return v.broken === undefined ? null : (
    <Careful grave>
      <p>{t('log.broken', { n: v.broken })}</p>
    </Careful>
  );
}

const whenWords = (when: string, lang: 'en' | 'ru'): string =>
  when === 'unknown' ? t('log.when.unknown') : /^\d{4}-\d\d-\d\d$/.test(when) ? isoIn(when, lang) : when;

export function EntryBody({ e }: { readonly e: Logged }) {
  const { state } = useApp();
  const { lang } = state;
  const country = (code: string) =>
    new Intl.DisplayNames([lang], { type: 'region' }).of(code.toUpperCase()) ?? code.toUpperCase();
  return (
    <>
      <h2 class="h3">
        {whenWords(e.when, lang)}: {e.kinds.map((k) => KINDS[k][lang]).join('; ')}
      </h2>
      <p class="muted small">
        {t('log.number', { n: e.number, written: minuteIn(e.written, lang) })}
        {e.corrects ? ` ${t('log.corrects', { n: e.corrects })}` : ''}
      </p>
      <dl class="facts">
        <Fact name={t('log.f.country')}>{e.country && country(e.country)}</Fact>
        <Fact name={t('log.f.place')}>{e.place}</Fact>
        <Fact name={t('log.f.channel')}>{e.channel && CHANNELS[e.channel][lang]}</Fact>
        <Fact name={t('log.f.words')}>{e.words}</Fact>
        <Fact name={t('log.f.saw')}>{e.saw}</Fact>
        <Fact name={t('log.f.infer')}>{e.infer}</Fact>
        <Fact name={t('log.f.by')}>{e.by}</Fact>
        <Fact name={t('log.f.witnesses')}>{e.witnesses?.join(', ')}</Fact>
        <Fact name={t('log.f.evidence')}>
          {e.evidence?.map((x) => `${x.name} (SHA-256 ${x.sha256}${x.kept ? `; ${x.kept}` : ''})`).join('; ')}
        </Fact>
        <Fact name={t('log.f.told')}>
          {e.told
            ?.map((x) => [x.whom, whenWords(x.when, lang), x.reference, x.answer].filter(Boolean).join(', '))
            .join('; ')}
        </Fact>
        <Fact name={t('log.f.effect')}>{e.effect}</Fact>
      </dl>
    </>
  );
}
