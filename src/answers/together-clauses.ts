/** What a leg of a plan is for one member of the family, clause by clause, in both languages. */
import { type LawBook, statusTerms } from '../law/book.ts';
import { fillText, type Lang, sayCount } from '../law/say.ts';
import type { Provision, Rights } from '../law/types.ts';
import type { Eligibility } from '../moves/eligible.ts';
import type { Assumption, Doubt, Enter } from '../moves/types.ts';
import type { Situation } from '../person/types.ts';
import type { Birthday, Derived } from '../plan/derived.ts';
import { afterRefusal, havenFor } from '../plan/haven.ts';
import { isUsual } from '../plan/label.ts';
import type { Member } from '../plan/members.ts';
import type { Gate, MemberLeg, MemberWalk, Why } from '../plan/together-types.ts';
import { factLabel } from './change-words.ts';
import { inCountry } from './countries.ts';
import type { WalkedLeg } from './plan-legs.ts';
import { dayIn, say } from './say.ts';
import { against } from './together-json.ts';
import { memberPapers, paperClause } from './together-papers.ts';

/** Reasons and missing answers named in one line; the JSON has them all. */
const NAMED = 3;

function makesCitizen(book: LawBook, route: string): boolean {
  const status = book.provisions.get(route)?.grants?.status;
  return status !== undefined && statusTerms(book, status)?.terms.stands === 'citizenship';
}

/** Somebody of whom only a line of the family list tells. */
export const unwritten = (m: Member): boolean => m.person.documents === undefined;

/** What is to be said of a member on a leg (-1: the start), each as a clause without a full stop. */
export function clauses(book: LawBook, w: MemberWalk, i: number, legs: readonly WalkedLeg[], lang: Lang): string[] {
  const l = i < 0 ? w.start : w.legs[i];
  if (!l) return [];
  const out: string[] = [];
  const leg = legs[i]?.leg;
  if (leg?.kind === 'file' && l.own?.outcome)
    out.push(
      say(
        lang,
        'can ask for the same beside you, in their own right',
        'можно подать на то же вместе с вами, на своих основаниях',
      ),
    );
  else if (leg?.kind === 'file' && l.own && makesCitizen(book, leg.route)) {
    // A right that each has or has not: whoever may have it files with the person, not years after.
    const only = l.own.assumes.filter((a) => !isUsual(book, a));
    const named = only.length
      ? say(lang, ` (only if: ${labels(book, only, lang)})`, ` (только если: ${labels(book, only, lang)})`)
      : '';
    out.push(
      say(
        lang,
        `may have the same right${named}: ask, and file together`,
        `может иметь то же право${named}: узнайте и подавайте вместе`,
      ),
    );
  }
  if (leg?.kind === 'enter' && w.apart?.to === leg.day && !l.why.some((y) => y.kind === 'stays'))
    out.push(say(lang, 'can join you here on this day', 'в этот день можно приехать к вам'));
  if (l.derived?.length) out.push(...derivedClauses(book, l, lang));
  // Said once for the whole plan of who has no file of their own.
  const little = unwritten(w.member) && l.why.every((y) => y.kind === 'open' || y.kind === 'stay-unknown');
  if (!little || l.derived)
    for (const y of l.why) {
      if (l.derived?.length && (y.kind === 'open' || y.kind === 'closed')) continue;
      if (l.derived?.[0]?.outcome && y.kind === 'stay-unknown') continue;
      if (unwritten(w.member) && (y.kind === 'open' || y.kind === 'stay-unknown')) continue;
      out.push(whyClause(book, y, w, legs, i, lang));
    }
  const papers = memberPapers(book, w);
  if (papers?.leg === i) out.push(paperClause(papers, lang));
  return out;
}

export const labels = (book: LawBook, list: readonly Assumption[], lang: Lang): string =>
  named(
    [...new Set(list.map((a) => a.fact))].map((f) => factLabel(book, f, lang)),
    lang,
  );

/** The first few of a list, and how many more. */
function named(list: readonly string[], lang: Lang): string {
  const more = list.length - NAMED;
  const head = list.slice(0, NAMED).join('; ');
  return more > 0 ? say(lang, `${head}; and ${more} more`, `${head}; и ещё ${more}`) : head;
}

/** Why something is closed or open, by the law's own clauses. */
function reasons(book: LawBook, e: Eligibility, s: Situation, main: Provision, lang: Lang): string {
  const list = against(book, e, s, main.id).map((b) => b.says[lang].replace(/\.$/, ''));
  return list.length ? named([...new Set(list)], lang) : fillText(main.title, main, s.on)[lang];
}

function derivedClauses(book: LawBook, l: MemberLeg, lang: Lang): string[] {
  const best = l.derived?.[0];
  if (!best) return [];
  const title = quoted(fillText(best.route.title, best.route, best.asked.on)[lang], lang);
  const papers = l.why.some((y) => y.kind === 'closed' && y.papers);
  const why = reasons(book, best.eligibility, best.asked, best.route, lang);
  if (best.outcome === false) {
    const shut = best.birthday
      ? say(
          lang,
          `${title} is closed: ${birthdayWords(best.birthday, lang)}`,
          `${title}: закрыто, ${birthdayWords(best.birthday, lang)}`,
        )
      : say(lang, `${title} is closed by this condition: ${why}`, `${title}: закрыто условием: ${why}`);
    return [shut, ...(papers ? [anotherPassport(lang)] : [])];
  }
  // Where the leg itself is not certain, it is their being there lawfully on the day that is not.
  const there =
    l.outcome === true || best.place === undefined
      ? ''
      : say(
          lang,
          `, if they are lawfully ${inCountry(best.place, lang)} on that day, which is not known`,
          `, если в тот день можно законно быть ${inCountry(best.place, lang)}, а это неизвестно`,
        );
  const head =
    best.outcome === true
      ? say(
          lang,
          `can ask for ${title}: the conditions that are known are met${there}`,
          `можно подать на ${title}: известные условия выполнены${there}`,
        )
      : say(
          lang,
          `whether ${title} is open is not known${openWords(book, best, lang)}`,
          `открыто ли ${title}, неизвестно${openWords(book, best, lang)}`,
        );
  // The way for children may be the one that has closed: that, and since when, must be heard where another is told.
  const grown = (l.derived ?? []).filter((d) => d !== best && d.outcome === false && d.birthday).slice(0, 1);
  const closed = grown.map((d) =>
    say(
      lang,
      `${quoted(fillText(d.route.title, d.route, d.asked.on).en, lang)} is closed: ${birthdayWords(d.birthday as Birthday, lang)}`,
      `${quoted(fillText(d.route.title, d.route, d.asked.on).ru, lang)}: закрыто, ${birthdayWords(d.birthday as Birthday, lang)}`,
    ),
  );
  return [
    ...closed,
    head,
    ...(best.birthday ? [birthdayWords(best.birthday, lang)] : []),
    ...timesOf(book, best, lang),
  ];
}

/** When and where to apply, when the answer comes, until when it runs, what work it lets one do. */
function timesOf(book: LawBook, d: Derived, lang: Lang): string[] {
  if (d.elsewhere)
    return [
      say(
        lang,
        'it cannot be asked for from where they then are',
        'подать с того места, где семья тогда будет, нельзя',
      ),
    ];
  if (d.file === undefined || d.place === undefined || d.answer === undefined) return [];
  const out = [
    say(
      lang,
      `file from ${dayIn(d.file, lang)} ${inCountry(d.place, lang)}, the answer by ${dayIn(d.answer, lang)}`,
      `подавать с ${dayIn(d.file, lang)} ${inCountry(d.place, lang)}, ответ к ${dayIn(d.answer, lang)}`,
    ),
  ];
  const refused = refusalClause(book, d, lang);
  if (refused) out.push(refused);
  if (d.until !== undefined)
    out.push(say(lang, `it runs until ${dayIn(d.until, lang)}`, `действует до ${dayIn(d.until, lang)}`));
  const work = workWords(d.rights, lang);
  if (work) out.push(work);
  return out;
}

/** What is left to them if it is refused, as far as that is known. */
function refusalClause(book: LawBook, d: Derived, lang: Lang): string | undefined {
  const r = afterRefusal(book, d);
  // That they are no longer there lawfully by then is said beside the stay that ends.
  if (!r?.known || r.until === undefined || d.answer === undefined || r.until < d.answer) return undefined;
  const wait = r.haven ? `; ${waitWords(book, r.haven, lang)}` : '';
  const stay = say(
    lang,
    `if it is refused they may stay where they are until ${dayIn(r.until, lang)}, unless the refusal ends it`,
    `если откажут, можно оставаться на месте до ${dayIn(r.until, lang)}, если отказ этого не отменит`,
  );
  return stay + wait;
}

/** A country that lets them in then. */
function waitWords(book: LawBook, m: Pick<Enter, 'country' | 'under' | 'until'>, lang: Lang): string {
  const rule = book.provisions.get(m.under);
  const title = rule ? ` (${fillText(rule.title, rule, m.until ?? rule.verified.on)[lang]})` : '';
  const until = m.until === undefined ? '' : say(lang, ` until ${dayIn(m.until, lang)}`, ` до ${dayIn(m.until, lang)}`);
  return say(
    lang,
    `they could then wait ${inCountry(m.country, lang)}${until}${title}`,
    `ждать можно ${inCountry(m.country, lang)}${until}${title}`,
  );
}

function workWords(r: Rights | undefined, lang: Lang): string | undefined {
  switch (r?.work) {
    case 'any':
      return say(lang, 'any work is allowed', 'работать можно где угодно');
    case 'none':
      return say(lang, 'no work is allowed', 'работать нельзя');
    case undefined:
    case 'unknown':
      return undefined;
    default:
      return say(lang, 'work is allowed within limits', 'работать можно с ограничениями');
  }
}

function openWords(book: LawBook, d: Derived, lang: Lang): string {
  const facts = named(
    d.missing.map((f) => factLabel(book, f, lang)),
    lang,
  );
  const doubts = d.doubts.flatMap((x) => doubtClause(x, lang) ?? []);
  const all = [...(facts ? [say(lang, `not told: ${facts}`, `не указано: ${facts}`)] : []), ...new Set(doubts)];
  return all.length ? ` (${all.join('; ')})` : '';
}

/** Doubts that leave it open whether the step is lawful, in a clause about somebody else than the reader. */
function doubtClause(d: Doubt, lang: Lang): string | undefined {
  switch (d.kind) {
    case 'filing-place-unknown':
      return say(lang, 'whether it is taken there is not known', 'примут ли там заявление, неизвестно');
    case 'filing-status-unknown':
      return say(
        lang,
        'whether one may apply on what they then hold is not known',
        'можно ли подать с тем, что тогда на руках, неизвестно',
      );
    case 'window-unknown':
      return say(
        lang,
        'from which day it is taken hangs on the end of what they hold',
        'с какого дня можно подать, зависит от конца срока того, что на руках',
      );
    case 'pending-stay-unknown':
      return say(
        lang,
        'whether one may stay while it waits is not known',
        'можно ли ждать ответа на месте, неизвестно',
      );
    case 'papers-waived':
      return say(
        lang,
        'the rules on passports would have to be set aside',
        'нужно, чтобы отступили от правил о паспортах',
      );
    case 'passport-lapsed':
      return say(lang, 'the passport will have run out', 'паспорт к тому времени кончится');
    case 'asked-before':
      return say(lang, 'asylum was asked for there before', 'там уже просили убежища');
    case 'in-force-unknown':
    case 'not-stated':
      return say(lang, 'what the law says on that day is not known', 'что закон говорит на тот день, неизвестно');
    default:
      return undefined;
  }
}

const quoted = (title: string, lang: Lang): string => say(lang, `“${title}”`, `«${title.replace(/[«»]/g, '„')}»`);

function birthdayWords(b: Birthday, lang: Lang): string {
  const turns = say(
    lang,
    `turns ${b.turns} on ${dayIn(b.on, lang)}`,
    `${sayCount(b.turns, 'year', 'ru')} исполнится ${dayIn(b.on, lang)}`,
  );
  switch (b.before) {
    case 'filing':
      return say(lang, `${turns}, before one can apply`, `${turns}, до того как можно подать`);
    case 'answer':
      return say(
        lang,
        `${turns}, before the answer: ask which day counts`,
        `${turns}, до ответа: узнайте, какой день считают`,
      );
    case 'renewal':
      return say(lang, `${turns}, before the renewal`, `${turns}, до продления`);
  }
}

/** A child who is of age by a later answer than the first. */
const grown = (b: Birthday, lang: Lang): string =>
  say(
    lang,
    `turns ${b.turns} on ${dayIn(b.on, lang)}: ask whether they still count as your child after that`,
    `${sayCount(b.turns, 'year', 'ru')} исполнится ${dayIn(b.on, lang)}: узнайте, будут ли и потом считать вашим ребёнком`,
  );

const anotherPassport = (lang: Lang): string =>
  say(lang, 'with another passport it may be open', 'с другим паспортом может быть открыто');

function whyClause(book: LawBook, y: Why, w: MemberWalk, legs: readonly WalkedLeg[], i: number, lang: Lang): string {
  switch (y.kind) {
    case 'entry':
      return entryClause(book, y.gates, y.papers === true, w.legs[i]?.outcome === false, legs[i], lang);
    case 'no-rule':
      return say(
        lang,
        'the law here does not say whether they are let in: ask',
        'пустят ли, из базы не следует: спросите',
      );
    case 'open': {
      const facts = labels(
        book,
        y.assumes.filter((a) => !isUsual(book, a)),
        lang,
      );
      const doubts = y.doubts.flatMap((d) => doubtClause(d, lang) ?? []);
      const all = [...(facts ? [say(lang, `not told: ${facts}`, `не указано: ${facts}`)] : []), ...new Set(doubts)];
      return say(
        lang,
        `not known${all.length ? ` (${all.join('; ')})` : ''}`,
        `неизвестно${all.length ? ` (${all.join('; ')})` : ''}`,
      );
    }
    case 'rests-on':
      return say(
        lang,
        `only if step ${y.leg + 1} works out for them${y.birthday ? `; ${grown(y.birthday, lang)}` : ''}`,
        `только если получится то, о чём шаг ${y.leg + 1}${y.birthday ? `; ${grown(y.birthday, lang)}` : ''}`,
      );
    case 'no-status':
      return say(
        lang,
        'you go there under a status that you hold; they hold none there',
        'у вас там есть статус, здесь его нет',
      );
    case 'ends':
      return endsClause(book, y, lang);
    case 'stay-unknown':
      return y.country === undefined
        ? say(lang, 'where they are is not told', 'где этот человек сейчас, не указано')
        : say(
            lang,
            `until when they may stay ${inCountry(y.country, lang)} is not known`,
            `до какого дня можно оставаться ${inCountry(y.country, lang)}, неизвестно`,
          );
    case 'renewal': {
      const c = y.carried;
      const ends = say(lang, `their permit ends on ${dayIn(c.on, lang)}`, `разрешение закончится ${dayIn(c.on, lang)}`);
      if (c.birthday) return `${ends}; ${birthdayWords(c.birthday, lang)}`;
      const why = reasons(book, c.eligibility, c.asked, c.route, lang);
      return c.outcome === false
        ? say(
            lang,
            `${ends}, and as things are told it is not renewed then: ${why}`,
            `${ends}, и по тому, что указано, его тогда не продлят: ${why}`,
          )
        : say(lang, `${ends}; whether it is renewed is not known`, `${ends}; продлят ли его, неизвестно`) +
            (y.grown ? `; ${grown(y.grown, lang)}` : '');
    }
    case 'barred':
      return say(lang, 'the family may not come under this status', 'с этим статусом семье приехать нельзя');
    case 'closed':
      return say(
        lang,
        'no way for the family that counts this status is open',
        'пути для семьи, которые учитывают этот статус, закрыты',
      );
    case 'silent':
      return (
        say(
          lang,
          'which way to come with you this status opens is not in the law here: ask',
          'какой путь для семьи открывает этот статус, в базе нет: спросите',
        ) + (y.birthday ? `; ${birthdayWords(y.birthday, lang)}` : '')
      );
    case 'later':
      return say(
        lang,
        `can follow on ${dayIn(y.day, lang)}, after the answer on their own application`,
        `приехать можно будет ${dayIn(y.day, lang)}, после ответа на отдельное заявление`,
      );
    case 'own-answer':
      return say(
        lang,
        `what becomes of their own application (${fillText(y.route.title, y.route, y.day)[lang]}) is not known`,
        `чем кончится отдельное заявление («${fillText(y.route.title, y.route, y.day)[lang]}»), неизвестно`,
      );
    case 'stays': {
      const joins = w.legs[i]?.joins;
      return joins === undefined
        ? say(
            lang,
            `stays ${inCountry(y.country, lang)} for now, and follows once a status of yours lets them`,
            `пока остаётся ${inCountry(y.country, lang)}; приехать можно будет, когда это позволит ваш статус`,
          )
        : say(
            lang,
            `stays ${inCountry(y.country, lang)} for now, and follows on ${dayIn(joins, lang)}`,
            `пока остаётся ${inCountry(y.country, lang)}; приехать можно ${dayIn(joins, lang)}`,
          );
    }
    case 'waits':
      return say(
        lang,
        `has to leave by ${dayIn(y.by, lang)}; ${waitWords(book, y, lang)}`,
        `уехать нужно до ${dayIn(y.by, lang)} включительно; ${waitWords(book, y, lang)}`,
      );
    case 'never-follows':
      return say(
        lang,
        'nothing that this plan brings you lets them follow',
        'ничто из того, что даёт этот план, не позволит приехать к вам',
      );
    case 'unsure':
      return say(
        lang,
        'two readings of the law here do not come to the same answer: ask',
        'две проверки по базе расходятся: спросите',
      );
  }
}

function entryClause(
  book: LawBook,
  gates: readonly Gate[],
  papers: boolean,
  surely: boolean,
  at: WalkedLeg | undefined,
  lang: Lang,
): string {
  const under = at?.leg.kind === 'enter' ? at.leg.under : undefined;
  const gate = gates.find((g) => g.rule.id === under) ?? gates.find((g) => g.outcome === undefined) ?? gates[0];
  if (!gate) return say(lang, 'not known', 'неизвестно');
  if (gate.again)
    return say(
      lang,
      `the days there are used up by then; they may come from ${dayIn(gate.again.day, lang)} until ${dayIn(gate.again.upTo, lang)}`,
      `дни там к тому времени кончатся; приехать можно с ${dayIn(gate.again.day, lang)} до ${dayIn(gate.again.upTo, lang)}`,
    );
  const usedUp = gate.outcome === false && gate.eligibility.outcome !== false;
  const why = usedUp
    ? say(lang, 'the days there are used up', 'дни там использованы')
    : reasons(book, gate.eligibility, gate.asked, gate.rule, lang);
  const head = papers
    ? say(lang, 'not let in with the passport they have', 'с нынешним паспортом не пустят')
    : surely
      ? say(lang, 'not let in on this day', 'в этот день не пустят')
      : say(lang, 'whether they are let in on this day is not known', 'пустят ли в этот день, неизвестно');
  return `${head}: ${why}${papers ? `; ${anotherPassport(lang)}` : ''}`;
}

function endsClause(book: LawBook, y: Why & { kind: 'ends' }, lang: Lang): string {
  if (y.held)
    return say(
      lang,
      `their permit ends on ${dayIn(y.by, lang)}, and they would have to be ${inCountry(y.country, lang)} until ${dayIn(y.needed, lang)}; what may follow it the law here does not say: ask`,
      `разрешение закончится ${dayIn(y.by, lang)}, а быть ${inCountry(y.country, lang)} нужно до ${dayIn(y.needed, lang)}; что может быть после него, в базе нет: спросите`,
    );
  const leave = say(
    lang,
    `must leave ${inCountry(y.country, lang).replace(/^in /, '')} by ${dayIn(y.by, lang)}, and would have to be there until ${dayIn(y.needed, lang)}`,
    `оставаться ${inCountry(y.country, lang)} можно до ${dayIn(y.by, lang)} включительно, а нужно до ${dayIn(y.needed, lang)}`,
  );
  const again = y.again
    ? say(
        lang,
        `; may come again on ${dayIn(y.again.day, lang)} and stay until ${dayIn(y.again.upTo, lang)}`,
        `; снова приехать можно ${dayIn(y.again.day, lang)} и быть до ${dayIn(y.again.upTo, lang)}`,
      )
    : '';
  const meanwhile = y.meanwhile
    ? say(
        lang,
        '; whether they may stay while your application waits, or apply together with you, is not known: ask',
        '; можно ли оставаться, пока рассматривают ваше заявление, или подать вместе с вами, неизвестно: спросите',
      )
    : '';
  const haven = y.again || y.meanwhile ? undefined : havenFor(book, y.asked, y.needed);
  return leave + again + meanwhile + (haven ? `; ${waitWords(book, haven, lang)}` : '');
}
