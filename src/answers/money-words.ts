/** What a plan says of money: what is left of the savings when a step asks for them, and by how much they fall short of its fees. */
import type { LawBook } from '../law/book.ts';
import { type Lang, sayCount, sayDay, sayMoney } from '../law/say.ts';
import type { Clause, Provision } from '../law/types.ts';
import { monthsCounted, savedMonthly, savingsOn } from '../person/money.ts';
import type { Plan } from '../plan/types.ts';
import { namesIn } from '../rules/index.ts';
import type { Money } from '../rules/ir.ts';
import type { WalkedLeg } from './plan-legs.ts';
import { say } from './say.ts';

/** That the savings told do not pay for a plan, in one sentence; `undefined` where they do, or are not known. */
export function shortWords(plan: Plan, lang: Lang): string | undefined {
  const { short } = plan;
  const leg = short && plan.legs[short.leg];
  if (!short || !leg) return undefined;
  const [by, day] = [(l: Lang) => sayMoney(short.by, l), (l: Lang) => sayDay(leg.day, l)];
  return say(
    lang,
    `Money: the savings you told of do not pay for this plan. From ${day('en')} on ${by('en')} is missing at the worst, by the fees that are known alone; ${
      short.income
        ? 'whether your income covers that is not known here'
        : 'unless there is money that you did not tell of, it cannot be paid'
    }.`,
    `Деньги: указанных сбережений на этот план не хватает. С ${day('ru')} года недостаёт до ${by('ru')}, считая только известные пошлины; ${
      short.income
        ? 'покроет ли это ваш доход, здесь неизвестно'
        : 'если нет денег, о которых вы не сказали, план не оплатить'
    }.`,
  );
}

/** So soon after the plan begins the savings told are still what there is. */
const SOON = 31;

/**
 * What the savings are reckoned at where an application asks for a sum of them on a later day: what was told less the known fees, and
 * what each month adds or takes, or that this was not told. Empty where there is nothing to say.
 */
export function savingsWords(book: LawBook, w: WalkedLeg, lang: Lang): string[] {
  const { leg, provision, before } = w;
  const told = before.person.facts.get('savings') as Money | undefined;
  if (leg.kind !== 'file' || !provision || !told || !before.cash || !asksForSavings(provision)) return [];
  const paid = Math.round((told.amount - before.cash.amount) * 100) / 100;
  const left = savingsOn(book, before, leg.day);
  const later = leg.day - (before.learnsFrom ?? leg.day) >= SOON;
  if (!left || (paid === 0 && !later)) return [];
  const monthly = savedMonthly(before);
  const months = monthsCounted(before, leg.day);
  const fees = { amount: paid, currency: told.currency };
  const how = (l: Lang): string => {
    const parts = [say(l, `told ${sayMoney(told, l)}`, `указано ${sayMoney(told, l)}`)];
    if (paid) parts.push(say(l, `less fees ${sayMoney(fees, l)}`, `минус пошлины ${sayMoney(fees, l)}`));
    if (monthly && months) {
      const sum = sayMoney({ amount: Math.abs(monthly.amount), currency: monthly.currency }, l);
      const time = sayCount(months, 'month', l);
      parts.push(
        monthly.amount > 0
          ? say(l, `plus ${sum} a month (${time})`, `плюс ${sum} в месяц (${time})`)
          : say(l, `less ${sum} a month (${time})`, `минус ${sum} в месяц (${time})`),
      );
    }
    return parts.join(', ');
  };
  const unsaid =
    monthly === undefined && later
      ? say(
          lang,
          ' What you live on until then, and what you put aside, was not told and is not in it.',
          ' Расходы на жизнь до этого дня и то, что вы откладываете, не указаны и не учтены.',
        )
      : '';
  const says = say(
    lang,
    `Savings on that day are reckoned at ${sayMoney(left, 'en')}: ${how('en')}.`,
    `Сбережения на этот день, по расчёту: ${sayMoney(left, 'ru')} (${how('ru')}).`,
  );
  return [`${says}${unsaid}`];
}

/** Whether a requirement of a route looks at savings and at no income that would do as well. */
function asksForSavings(p: Provision): boolean {
  const looks = (c: Clause): boolean => {
    if (c.k === 'leaf') {
      const { facts } = namesIn(c.expr);
      return facts.includes('savings') && !facts.includes('work.incomeMonth');
    }
    if (c.k === 'clock') return false;
    if (c.k === 'not') return looks(c.of);
    return c.k === 'points' ? c.items.some((i) => looks(i.of)) : c.of.some(looks);
  };
  return p.all.some(looks);
}
