/** What the law says around a leg beside its conditions: while it waits, after a refusal, what to bring, duties, notes. */
import { fillText, type Lang } from '../law/say.ts';
import type { Provision, Said } from '../law/types.ts';
import { isCurrent } from '../person/situation.ts';
import type { Day, Text } from '../rules/ir.ts';
import { inCountry } from './countries.ts';
import type { WalkedLeg } from './plan-legs.ts';
import { say } from './say.ts';

export type LegRemark = {
  readonly about: 'how' | 'renewal' | 'practice' | 'pending' | 'refused' | 'bring' | 'register' | 'note';
  readonly says: Text;
  readonly urls: readonly string[];
  /** Of what is said of waiting: the country it is said of, where the person waits elsewhere. */
  readonly where?: string;
};

/**
 * The remarks of a leg on its day. An application has them where it is filed; one that was filed before the plan began, where its
 * answer is awaited.
 */
export function legRemarks(w: WalkedLeg): LegRemark[] {
  const { leg, provision } = w;
  if (!provision || (leg.kind === 'await' && w.filed)) return [];
  const on = leg.day;
  // Asked for at a consulate or from afar, it lets nobody stay where they wait: what the law says is of those who are there.
  const asked = (leg.kind === 'file' ? w.after : w.before)?.pending.find(
    (p) => leg.kind !== 'enter' && p.route === leg.route,
  );
  const where = asked && !asked.inCountry ? provision.jurisdiction : undefined;
  return leg.kind === 'enter'
    ? [...of('register', provision.register, provision, on), ...of('note', provision.notes, provision, on)]
    : [
        ...(leg.kind === 'file' ? asking(w, provision) : []),
        ...of('practice', provision.practice, provision, on),
        ...of('pending', [provision.pending ?? {}], provision, on).map((r) => (where ? { ...r, where } : r)),
        ...of('refused', [provision.ifRefused ?? {}], provision, on),
        ...(leg.kind === 'file' ? of('bring', provision.bring, provision, on) : []),
        ...of('note', provision.notes, provision, on),
      ];
}

/** How it is asked for; of an extension of what the same route granted, what the law says of extending. */
function asking(w: WalkedLeg, p: Provision): LegRemark[] {
  const on = w.leg.day;
  const status = p.grants?.status;
  const held = (w.before?.holdings ?? []).some((h) => h.status === status && isCurrent(h, on));
  const renew = p.status?.renew;
  return held && p.status
    ? of('renewal', [renew === undefined || renew === 'no' ? {} : renew], p, on)
    : of('how', [p.filing?.says ? { says: p.filing.says, source: p.filing.source ?? [] } : {}], p, on);
}

function of(about: LegRemark['about'], list: readonly Partial<Said>[] | undefined, p: Provision, on: Day): LegRemark[] {
  return (list ?? []).flatMap((x) =>
    x.says && (x.from ?? on) <= on && on <= (x.to ?? on)
      ? [
          {
            about,
            says: fillText(x.says, p, on),
            urls: (x.source ?? []).flatMap((id) => p.sources[id]?.url ?? []),
          },
        ]
      : [],
  );
}

/** The remarks but for the notes, a sentence or two each; what to bring in one. */
export function remarkWords(remarks: readonly LegRemark[], lang: Lang): string[] {
  const words = (about: LegRemark['about']): string[] =>
    remarks.flatMap((r) => (r.about === about ? [r.says[lang]] : []));
  const bring = words('bring').map((b) => b.replace(/\.$/, ''));
  return [
    ...words('how').map((x) => `${say(lang, 'How to ask for it', 'Как подать')}: ${x}`),
    ...words('renewal').map((x) => `${say(lang, 'Extension', 'Продление')}: ${x}`),
    ...words('register').map((x) => `${say(lang, 'After arrival', 'После приезда')}: ${x}`),
    ...words('practice').map((x) => `${say(lang, 'Published figures', 'Что известно в цифрах')}: ${x}`),
    ...remarks.flatMap((r) => (r.about === 'pending' ? [`${waitingHead(r.where, lang)}: ${r.says[lang]}`] : [])),
    ...words('refused').map(
      (x) => `${say(lang, 'What the law says of a refusal', 'Что закон говорит об отказе')}: ${x}`,
    ),
    ...(bring.length ? [`${say(lang, 'To bring', 'Что принести')}: ${bring.join('; ')}.`] : []),
  ];
}

const waitingHead = (where: string | undefined, lang: Lang): string =>
  where === undefined
    ? say(lang, 'While it waits', 'Пока рассматривают')
    : say(
        lang,
        `While it waits, of those who are then ${inCountry(where, 'en')}`,
        `Пока рассматривают (о тех, кто ${inCountry(where, 'ru')})`,
      );

/** Characters of notes shown beside one leg; what is beyond them is counted, and can be read with the provision. */
const ROOM = 800;

/** The notes of a leg, as many as stay readable in a list of legs, and how many more there are. */
export function noteWords(
  remarks: readonly LegRemark[],
  lang: Lang,
  room = ROOM,
): { readonly notes: readonly string[]; readonly more: number } {
  const all = remarks.flatMap((r) => (r.about === 'note' ? [r.says[lang]] : []));
  const notes: string[] = [];
  let used = 0;
  for (const n of all) {
    used += n.length;
    if (notes.length && used > room) break;
    notes.push(n);
  }
  return { notes, more: all.length - notes.length };
}
