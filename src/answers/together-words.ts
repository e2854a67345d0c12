/** What a plan is for the family, in words: one line a member and leg, where it is not simply "yes", and the whole before the legs. */
import { formatDay } from '../calendar/civil.ts';
import type { LawBook } from '../law/book.ts';
import { fillText, type Lang, sayDay } from '../law/say.ts';
import type { Provision } from '../law/types.ts';
import { type Danger, isGrave } from '../moves/dangers.ts';
import type { Member } from '../plan/members.ts';
import type { MemberWalk, Together } from '../plan/together-types.ts';
import { adviceWords } from './leg-words.ts';
import type { WalkedLeg } from './plan-legs.ts';
import { dayIn, say } from './say.ts';
import { clauses, labels, unwritten } from './together-clauses.ts';

/** A line about members of the family. `grave`: it surely does not hold for somebody, or a known danger concerns them. */
export type FamilyLine = { readonly says: string; readonly grave: boolean };

/** Who somebody is within a sentence: the name of their own file, else what they are to the person. */
export function memberName(m: Member, lang: Lang): string {
  if (m.name) return m.name;
  const year = m.born === undefined ? undefined : formatDay(m.born).slice(0, 4);
  const born = year === undefined ? '' : say(lang, ` (born ${year})`, ` (${year} г. р.)`);
  switch (m.relation) {
    case 'spouse':
      return say(lang, 'your spouse', 'супруг(а)');
    case 'partner':
      return say(lang, 'your partner', 'партнёр');
    case 'child':
    case 'stepchild':
      return say(lang, 'your child', 'ребёнок') + born;
    case 'parent':
      return say(lang, 'your parent', 'родитель') + born;
    default:
      return say(lang, 'a relative', 'родственник') + born;
  }
}

/** Before the legs: for whom the plan holds, for whom not, and from which step on. Empty where nobody goes along. */
export function familySummary(book: LawBook, t: Together, legs: readonly WalkedLeg[], lang: Lang): FamilyLine[] {
  const atOnce = (t.atOnce ?? []).map((w): Told => {
    const why = w.first === undefined ? undefined : clauses(book, w, w.first, legs, lang)[0];
    const where = whereOf(w, legs, lang);
    return {
      name: memberName(w.member, lang),
      says: `${say(lang, `cannot go together with you (${where})`, `поехать вместе с вами нельзя (${where})`)}${why ? `: ${why}` : ''}`,
      grave: false,
    };
  });
  const lines = t.members.flatMap((w): Told[] => {
    const name = memberName(w.member, lang);
    const out: Told[] = [];
    if (w.apart) out.push({ name, says: apartWords(w.apart, t.order, lang), grave: false });
    if (w.holds === true) {
      const rests = labels(book, w.assumes, lang);
      out.push({
        name,
        says:
          (w.apart
            ? say(lang, 'the way to follow is open to them', 'путь приехать следом открыт')
            : say(lang, 'every step is open to them, too', 'все шаги возможны и здесь')) +
          (rests ? say(lang, ` (taken for granted: ${rests})`, ` (принято на веру: ${rests})`) : ''),
        grave: false,
      });
    } else if (w.first !== undefined) {
      out.push(
        w.holds === false
          ? { name, says: notFor(book, w, legs, lang), grave: true }
          : {
              name,
              says: unwritten(w.member)
                ? say(
                    lang,
                    'passport and earlier stays are not told, so whether this plan holds is not known: write a file of their own and name it in the family list (file)',
                    'паспорт и прошлые поездки не указаны, поэтому подойдёт ли этот план, неизвестно: заведите отдельный файл и укажите его в списке семьи (file)',
                  )
                : say(
                    lang,
                    `whether this plan holds is not known: see ${whereOf(w, legs, lang)}`,
                    `подойдёт ли этот план, неизвестно: см. ${whereOf(w, legs, lang)}`,
                  ),
              grave: false,
            },
      );
    }
    const start = clauses(book, w, -1, legs, lang);
    if (start.length && w.first !== -1)
      out.push({
        name,
        says: `${say(lang, 'before step 1', 'до шага 1')}: ${start.join('; ')}`,
        grave: w.start.outcome === false,
      });
    return out;
  });
  return merged([...atOnce, ...lines]);
}

/** The step of the first leg on which it does not hold, or is not known. */
function whereOf(w: MemberWalk, legs: readonly WalkedLeg[], lang: Lang): string {
  const first = w.first ?? -1;
  const at = legs[first]?.leg.day;
  return first < 0 || at === undefined
    ? say(lang, 'before step 1', 'до шага 1')
    : say(lang, `step ${first + 1}, ${sayDay(at, lang)}`, `шаг ${first + 1}, ${sayDay(at, lang)} года`);
}

/** That the plan surely does not hold for somebody, and which rule stands in the way. */
function notFor(book: LawBook, w: MemberWalk, legs: readonly WalkedLeg[], lang: Lang): string {
  const where = whereOf(w, legs, lang);
  const why = clauses(book, w, w.first ?? -1, legs, lang)[0];
  return say(lang, `this plan does not hold (${where})`, `этот план не подходит (${where})`) + (why ? `: ${why}` : '');
}

/** That somebody goes later, and how long the family is apart. */
function apartWords(
  a: NonNullable<Together['members'][number]['apart']>,
  order: Together['order'],
  lang: Lang,
): string {
  const why =
    order === 'first'
      ? say(lang, 'the order here is: you first, they follow', 'порядок здесь такой: сначала вы, потом семья')
      : say(lang, 'follows later, as you told', 'едет позже, как вы указали');
  const days =
    a.to === undefined
      ? say(
          lang,
          `apart from ${dayIn(a.from, lang)}, and until when is not known`,
          `врозь с ${dayIn(a.from, lang)}, до какого дня, неизвестно`,
        )
      : say(
          lang,
          `apart from ${dayIn(a.from, lang)} until ${dayIn(a.to, lang)}`,
          `врозь с ${dayIn(a.from, lang)} до ${dayIn(a.to, lang)}`,
        );
  return `${why}: ${days}`;
}

/** Beside a leg: one line for each member to whom it is not simply open, and what the law here says of the family. */
export function familyLines(
  book: LawBook,
  t: Together,
  legs: readonly WalkedLeg[],
  i: number,
  lang: Lang,
): FamilyLine[] {
  const lines = t.members.flatMap((w): Told[] => {
    const says = clauses(book, w, i, legs, lang);
    return says.length
      ? [{ name: memberName(w.member, lang), says: says.join('; '), grave: w.legs[i]?.outcome === false }]
      : [];
  });
  const leg = legs[i]?.leg;
  const route = leg?.kind === 'await' ? book.provisions.get(leg.route) : undefined;
  const law = route?.family?.says && t.members.some((w) => w.legs[i]?.derived) ? route : undefined;
  const out = merged(lines);
  if (!law?.family?.says || !leg) return out;
  const words = fillText(law.family.says, law, leg.day)[lang];
  return [
    ...out,
    { says: `${say(lang, 'The family, as the law here has it', 'О семье в базе сказано')}: ${words}`, grave: false },
  ];
}

/** Dangers that concern a member on a leg, or may, and are not those of the person. `key` is the same for the same words. */
export function familyDangers(
  book: LawBook,
  t: Together,
  legs: readonly WalkedLeg[],
  i: number,
  lang: Lang,
): (FamilyLine & { readonly key: string; readonly provision: Provision })[] {
  const own = legs[i]?.leg;
  if (!own) return [];
  const same = (d: Danger): boolean =>
    own.dangers.some((x) => x.provision === d.provision && (isGrave(x) || !isGrave(d)));
  const found = new Map<string, { names: string[]; d: Danger; p: Provision }>();
  for (const w of t.members) {
    const l = w.legs[i];
    for (const d of [...(l?.dangers ?? []), ...(l?.derived?.[0]?.dangers ?? [])]) {
      const p = book.provisions.get(d.provision);
      // Of somebody of whom little is told everything may be; only what is certain is worth a line.
      if (!p || same(d) || (!isGrave(d) && unwritten(w.member))) continue;
      const key = `${d.provision} ${d.outcome} ${d.once === true}`;
      const row = found.get(key) ?? { names: [], d, p };
      row.names.push(memberName(w.member, lang));
      found.set(key, row);
    }
  }
  return [...found].map(([key, { names, d, p }]) => {
    const who = [...new Set(names)].join(', ');
    const head =
      d.outcome === true
        ? say(lang, `Danger, it concerns ${who}`, `Опасность, она касается тех, кто едет с вами (${who})`)
        : d.once
          ? say(
              lang,
              `Danger, it concerned people in their position when it was last known (${who})`,
              `Опасность, по последним известным сведениям она касалась таких людей (${who})`,
            )
          : say(lang, `Danger, it may concern ${who}`, `Опасность, может касаться тех, кто едет с вами (${who})`);
    const says = fillText(p.says ?? p.title, p, own.day)[lang].replace(/\.$/, '');
    const evidence = say(
      lang,
      `Evidence of ${dayIn(p.verified.on, lang)}`,
      `Сведения на ${dayIn(p.verified.on, lang)}`,
    );
    const past = own.day > p.expires ? say(lang, ', past its day: verify', ', срок прошёл: проверьте') : '';
    const advice = isGrave(d) ? adviceWords(p, own.day, lang) : undefined;
    return {
      key: `${key} ${who}`,
      provision: p,
      says: `${head}: ${says}. ${evidence}${past}.${advice ? ` ${advice}` : ''}`,
      grave: isGrave(d),
    };
  });
}

type Told = { readonly name: string; readonly says: string; readonly grave: boolean };

/** The same said of several becomes one line. */
function merged(lines: readonly Told[]): FamilyLine[] {
  const by = new Map<string, { names: string[]; grave: boolean }>();
  for (const l of lines) {
    const row = by.get(l.says) ?? { names: [], grave: false };
    if (!row.names.includes(l.name)) row.names.push(l.name);
    by.set(l.says, { names: row.names, grave: row.grave || l.grave });
  }
  return [...by].map(([says, { names, grave }]) => ({ says: capital(`${names.join(', ')}: ${says}.`), grave }));
}

/** The beginning of a sentence. */
const capital = (text: string): string => text.replace(/^\p{Ll}/u, (x) => x.toUpperCase());
