/** What the vault protects against, and what it does not: both lists alike (docs/security.md says more). */
import { t } from '../words.ts';

const AGAINST = ['taken', 'changed', 'adviser', 'crash', 'time'] as const;
const NOT = ['open', 'forced', 'spied', 'whole', 'seen', 'browser', 'page'] as const;

export function Protects() {
  return (
    <details>
      <summary>{t('protects.title')}</summary>
      <h3>{t('protects.yes')}</h3>
      <ul>
        {AGAINST.map((x) => (
          <li key={x}>{t(`protects.yes.${x}`)}</li>
        ))}
      </ul>
      <h3>{t('protects.no')}</h3>
      <ul>
        {NOT.filter((x) => !(__ONE_FILE__ && x === 'page')).map((x) => (
          <li key={x}>{t(`protects.no.${x}`)}</li>
        ))}
      </ul>
    </details>
  );
}
