/** What plans say in words, in both languages: doubts, decisions, goals, and why there is no plan. */

import type { LawBook } from '../law/book.ts';
import { fillText, plural, sayCount, sayDay } from '../law/say.ts';
import type { Decision } from '../law/types.ts';
import type { Doubt } from '../moves/types.ts';
import type { Goal } from '../plan/types.ts';
import type { Day, Text } from '../rules/ir.ts';
import { countryName } from './countries.ts';

/** A goal as the command line and the JSON write it: `permanent`, `years:5`. */
export const goalText = (g: Goal): string => (g.kind === 'years' ? `years:${g.years}` : g.kind);

export function goalWords(g: Goal): Text {
  switch (g.kind) {
    case 'permanent':
      return { en: 'permanent residence', ru: 'постоянный статус' };
    case 'citizenship':
      return { en: 'citizenship', ru: 'гражданство' };
    case 'protection':
      return { en: 'recognised protection', ru: 'признанная защита (убежище)' };
    case 'years':
      return {
        en: `${sayCount(g.years, 'year', 'en')} of lawful stay`,
        ru: `${sayCount(g.years, 'year', 'ru')} законного пребывания`,
      };
  }
}

/** What kind of decision it is, in words. `weighs`: a right on a condition that the authority weighs. */
export function decisionWords(d: Decision, weighs = false): Text {
  if (weighs && d === 'discretion')
    return {
      en: 'A right, but only if the authority finds the conditions met, and some of them it weighs: it may say no.',
      ru: 'Это право, но только если власти сочтут условия выполненными, а часть из них они оценивают сами: могут отказать.',
    };
  switch (d) {
    case 'right':
      return {
        en: 'A right: if you meet the conditions, it must be granted.',
        ru: 'Это право: если условия выполнены, отказать не могут.',
      };
    case 'discretion':
      return {
        en: 'At their discretion: the authority may say no even if you meet the conditions.',
        ru: 'На усмотрение властей: могут отказать, даже если условия выполнены.',
      };
    case 'quota':
      return {
        en: 'Within a quota: places are limited and may be gone.',
        ru: 'В пределах квоты: места ограничены и могут закончиться.',
      };
    case 'lottery':
      return { en: 'By lot: the draw decides.', ru: 'По жребию: решает случай.' };
  }
}

const titleOf = (book: LawBook, id: string, on: Day): Text => {
  const p = book.provisions.get(id);
  return p ? fillText(p.title, p, on) : { en: id, ru: id };
};

/** A doubt in words. Ids of provisions become their titles, names of parameters their labels. */
export function doubtWords(book: LawBook, d: Doubt, on: Day): Text {
  switch (d.kind) {
    case 'processing-not-stated':
      return {
        en: `No source states how long the decision takes; ${sayCount(d.taken, 'day', 'en')} are taken here.`,
        ru: `Сколько рассматривают заявление, ни один источник не говорит; здесь принято: ${sayCount(d.taken, 'day', 'ru')}.`,
      };
    case 'pending-stay-unknown':
      return {
        en: 'Whether you may stay while the application is pending is not known: ask before your present stay ends.',
        ru: 'Можно ли оставаться, пока заявление рассматривают, неизвестно: спросите до конца нынешнего срока.',
      };
    case 'filing-place-unknown':
      return {
        en: `Whether the consulate takes your application where you then are (${countryName(d.place, 'en', book)}) is not known: ask it first.`,
        ru: `Примет ли консульство ваше заявление там, где вы будете (${countryName(d.place, 'ru', book)}), неизвестно: сначала спросите.`,
      };
    case 'filing-status-unknown': {
      const held = d.status === '' ? undefined : titleOf(book, d.status.split(', ')[0] as string, on);
      return {
        en: held
          ? `Whether one may apply while on this basis (${held.en}) is not known: ask first.`
          : 'On what basis you will be there is not known, and it decides whether you may apply there.',
        ru: held
          ? `Можно ли подавать, находясь на этом основании («${held.ru}»), неизвестно: сначала спросите.`
          : 'На каком основании вы будете там, неизвестно, а от этого зависит, можно ли там подать.',
      };
    }
    case 'window-unknown':
      return {
        en: 'It is taken only on certain days before the end of what you hold, and when that ends is not told.',
        ru: 'Подать можно только в определённые дни до окончания нынешнего разрешения, а когда оно кончается, не указано.',
      };
    case 'answer-after-end':
      return {
        en: `It is not taken soon enough for an answer before what you hold ends (${sayDay(d.ends, 'en')}), and no source says whether that goes on until the answer. Ask before you count on it; here the days in between count for nothing.`,
        ru: `Подать так рано, чтобы ответ пришёл до конца нынешнего срока (${sayDay(d.ends, 'ru')} года), нельзя, а действует ли разрешение до ответа, ни один источник не говорит. Спросите заранее; здесь дни между ними не засчитаны.`,
      };
    case 'passport-lapsed':
      return {
        en: `Your passport has run out by then (${sayDay(d.expired, 'en')}), and the law here does not say whether an application is taken with it: ask first.`,
        ru: `Паспорт к тому времени уже кончился (${sayDay(d.expired, 'ru')} года), и примут ли с ним заявление, из базы не следует: сначала спросите.`,
      };
    case 'renewed-early':
      return {
        en: `What you hold runs until ${sayDay(d.ends, 'en')}: many authorities take a renewal only in its last two or three months. Ask first; a new passport in time may serve better.`,
        ru: `Нынешнее разрешение действует до ${sayDay(d.ends, 'ru')} года: продление часто принимают только в последние два-три месяца. Сначала спросите; может быть, лучше вовремя получить новый паспорт.`,
      };
    case 'granted-away':
      return {
        en: 'It was asked for there and granted while you were away: whether the decision alone lets you in, without a visa or a card, is not in the law here. Ask before you leave.',
        ru: 'Заявление подано там, а решение пришло без вас: пустят ли по одному решению, без визы или карты, из базы не следует. Спросите до отъезда.',
      };
    case 'taken-at-start':
      return {
        en: `The same can be asked for in ${countryName(d.place, 'en', book)}, where you are now. Before you leave on a guess ask there, and ask whether you may stay until the answer.`,
        ru: `О том же можно просить и там, где вы сейчас (${countryName(d.place, 'ru', book)}). Прежде чем уезжать наугад, спросите там, и спросите, можно ли остаться до ответа.`,
      };
    case 'papers-waived': {
      const p = book.provisions.get(d.route);
      const says = p?.papers ? fillText(p.papers.says, p, on) : { en: '', ru: '' };
      return {
        en: `By the general rules your papers are not accepted for this. ${says.en}`,
        ru: `По общим правилам ваши документы для этого не подходят. ${says.ru}`,
      };
    }
    case 'asked-before': {
      const t = titleOf(book, d.route, on);
      const [en, ru] = {
        refused: ['You were refused there before', 'Вам там уже отказали'],
        withdrawn: ['You withdrew a claim there before', 'Вы там уже отзывали заявление'],
        pending: ['You asked there before and the answer is not told', 'Вы там уже просили, ответа пока нет'],
      }[d.decision] ?? ['You asked there before', 'Вы там уже просили'];
      return {
        en: `${en} (${t.en}): whether a second claim is looked at, and whether you may stay for it, hangs on what is new in it. Speak to a lawyer before you file.`,
        ru: `${ru} («${t.ru}»): рассмотрят ли повторное заявление и можно ли остаться, пока его рассматривают, зависит от новых обстоятельств. До подачи поговорите с юристом.`,
      };
    }
    case 'validity-not-stated':
      return {
        en: 'For how long the status is granted is not stated by the sources.',
        ru: 'На какой срок дают этот статус, источники не говорят.',
      };
    case 'fee-not-known':
      return { en: 'The fee is not known and is not in the sum.', ru: 'Пошлина неизвестна, в сумму она не вошла.' };
    case 'let-in-as-told': {
      const t = titleOf(book, d.provision, on);
      return {
        en: `By the law here you did not meet all conditions of this stay on the day you came (${t.en}); that you were let in under it is taken from what you told. Look at the stamp, and ask.`,
        ru: `По праву, которое есть в базе, в день въезда у вас были не все условия для этого пребывания («${t.ru}»); что вас по нему пустили, взято из ваших слов. Посмотрите на штамп и спросите.`,
      };
    }
    case 'in-force-unknown': {
      const t = titleOf(book, d.provision, on);
      return {
        en: `Whether this was already in force on that day is not known: ${t.en}.`,
        ru: `Действовало ли это уже в тот день, неизвестно: «${t.ru}».`,
      };
    }
    case 'not-stated': {
      const t = titleOf(book, d.provision, on);
      const label = book.provisions.get(d.provision)?.params[d.what]?.label;
      const [en, ru] = d.awaited
        ? [
            'The figure for that day is not here yet; the last one is taken, and the new one may be higher',
            'Числа на тот день здесь ещё нет; взято последнее, новое может быть выше',
          ]
        : [
            'The law changed, and the figure for that day is not known here: ask before you count on this',
            'Закон изменился, и число на тот день здесь неизвестно: спросите, прежде чем на это рассчитывать',
          ];
      return {
        en: `${en}${label ? ` (${label.en})` : ''}: ${t.en}.`,
        ru: `${ru}${label ? ` («${label.ru}»)` : ''}: «${t.ru}».`,
      };
    }
    default: {
      // A kind of doubt that this page does not know yet must still be seen.
      const kind = String((d as { kind: string }).kind);
      return { en: `Something is not certain here (${kind}).`, ru: `Здесь есть неясность (${kind}).` };
    }
  }
}

/** Why there is no plan, in words: what was looked for, and what was not looked at. */
export function nothingWhy(a: {
  readonly goal: Goal;
  readonly complete: boolean;
  readonly refused: readonly string[];
  readonly nearest: readonly unknown[];
  readonly nothing?: 'past' | 'avoided' | 'unknown' | 'unreached';
}): Text {
  const g = goalWords(a.goal);
  const n = a.nearest.length;
  if (a.nothing === 'past')
    return {
      en: `The day by which the goal (${g.en}) is to be reached lies before the day the plan begins: nothing can be planned for the past. Take a later day, or an earlier --on.`,
      ru: `День, к которому нужна цель (${g.ru}), раньше дня, с которого начинается план: прошлое не планируют. Возьмите день позже или более раннее --on.`,
    };
  if (a.nothing === 'avoided')
    return {
      en: `Every country in which the law here knows a way to the goal (${g.en}) is among those not to be in. Take one of them off the list: nothing else was looked at.`,
      ru: `Все страны, где программа знает путь к цели (${g.ru}), в списке тех, где не хочется быть. Уберите из списка хотя бы одну: больше ничего не искали.`,
    };
  if (a.nothing === 'unknown')
    return {
      en: `The law that this program knows has no route at all to the goal (${g.en}). That says nothing about the world: ask a lawyer.`,
      ru: `В праве, которое знает программа, нет ни одного пути к цели (${g.ru}). Это не значит, что его нет на свете: спросите юриста.`,
    };
  const en = [
    `No lawful way to the goal (${g.en}) was found in the law that this program knows, within ten years and with what you told.`,
    ...(a.complete ? [] : ['The search was stopped before everything was looked at: there may be a way.']),
    ...(a.refused.length
      ? ['Ways that were found did not stand up when checked a second time, and are not shown.']
      : []),
    n
      ? `${n === 1 ? 'One route comes' : `${n} routes come`} nearest; each says what would have to change.`
      : 'No change of what you told would open a route by itself. That is the answer of this program, not of every lawyer: ask one.',
    ...(a.goal.kind === 'protection' ? [] : ['If you fear return, look at plans to protection as well (asylum).']),
  ];
  const ru = [
    `Законного пути к цели (${g.ru}) не нашлось: по тому праву, которое знает программа, за десять лет и с тем, что вы рассказали.`,
    ...(a.complete ? [] : ['Поиск остановлен раньше, чем просмотрено всё: путь может быть.']),
    ...(a.refused.length ? ['Найденные пути не выдержали повторной проверки и не показаны.'] : []),
    n
      ? `Ближе всего — ${n} ${plural(n, 'ru', ['основание', 'основания', 'оснований'])}; у каждого сказано, что должно измениться.`
      : 'Никакая перемена в том, что вы рассказали, сама по себе ничего не открывает. Так отвечает программа, а не всякий юрист: спросите юриста.',
    ...(a.goal.kind === 'protection' ? [] : ['Если вы боитесь возвращения, посмотрите и планы к защите (убежищу).']),
  ];
  return { en: en.join(' '), ru: ru.join(' ') };
}

/** A plan that has nothing to do: the goal holds already. */
export const alreadyThere = (g: Goal): Text => ({
  en: `What you hold already is the goal (${goalWords(g).en}): there is nothing to apply for.`,
  ru: `Цель (${goalWords(g).ru}) у вас уже есть: подавать ничего не нужно.`,
});
