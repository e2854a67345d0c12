/** Whose day counts, said where a deadline is near. */
import { isoIn } from '../../answers/say.ts';
import { useApp } from '../context.ts';
import { daysBetween, daysIn, NEAR_DAYS } from '../their-day.ts';
import { t } from '../words.ts';

/** @param country where the authority is, if that is known; @param day the deadline */
export function TheirDay({ country, day }: { readonly country: string | undefined; readonly day: string }) {
  const { today, state } = useApp();
  const left = daysBetween(today, day);
  if (left > NEAR_DAYS || left < -1) return null;
  const there = country?.length === 2 ? daysIn(country, new Date()) : undefined;
  const other = there?.filter((d) => d !== today) ?? [];
  return (
    <p class="small theirday">
      {t('day.device', { day: isoIn(today, state.lang) })}{' '}
      {there === undefined || there.length > 1
        ? t('day.theirs')
        : other.length === 0
          ? t('day.same')
          : t('day.other', { day: isoIn(other[0] as string, state.lang) })}
    </p>
  );
}
