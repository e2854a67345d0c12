/** A danger as the page shows it: what surely concerns the person is read at once, of the rest what it is about. */
import { dangerLead, dangerText } from '../../answers/leg-words.ts';
import { fillText, type Lang } from '../../law/say.ts';
import type { Provision } from '../../law/types.ts';
import type { LegDanger } from '../../plan/types.ts';
import type { Day } from '../../rules/ir.ts';

export type DangerView = {
  readonly id: string;
  /** `Danger, it may concern you`. */
  readonly lead: string;
  readonly title: string;
  readonly says: string;
  readonly advice: readonly string[];
  readonly concerns: boolean;
  /** It concerns the person, or did when it was last known: not to be folded away. */
  readonly open: boolean;
};

export const dangerView = (
  p: Provision,
  d: LegDanger,
  day: Day,
  advice: readonly string[],
  lang: Lang,
): DangerView => ({
  id: p.id,
  lead: dangerLead(d, lang),
  title: fillText(p.title, p, day)[lang],
  says: dangerText(p, day, lang),
  advice,
  concerns: d.outcome === true && d.of !== 'notice',
  open: d.outcome === true || d.once === true,
});
