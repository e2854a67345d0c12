/**
 * What is wrong with a person file, in Russian. Messages are made in English where the mistake is seen (src/person/file.ts, src/law/values.ts,
 * src/law/yaml.ts); here each form of them has its Russian. A form that is not here comes out in English: test/answers/problem-words.test.ts
 * makes every mistake there is a message for.
 */
import type { Lang } from '../law/say.ts';

type Form = readonly [en: RegExp, ru: string];

const UNITS: Readonly<Record<string, string>> = { years: 'лет', months: 'месяцев', days: 'дней' };

const FORMS: readonly Form[] = [
  // values
  [/^a number of (\w+), or a duration of whole \w+ like (\S+)$/, 'число ($u1) или срок вида $2'],
  [/^a number \((\w+)\)$/, 'число ($u1)'],
  [/^a number$/, 'число'],
  [
    /^write digits with a point for decimals, without a unit$/,
    'пишите цифрами, дробную часть через точку, без единицы измерения',
  ],
  [/^write ([a-z0-9-]+)$/, 'напишите $1'],
  [/^yes, no or unknown$/, 'yes (да), no (нет) или unknown (неизвестно)'],
  [/^an amount with its currency, like (.+)$/, 'сумма с валютой, например $1'],
  [
    /^write the amount, a space and three capital letters$/,
    'напишите сумму, пробел и три заглавные латинские буквы валюты',
  ],
  [/^a date that exists, like (\S+) \(1900 to 2199\)$/, 'существующая дата, например $1 (с 1900 по 2199 год)'],
  [/^a duration like P3M, P1Y6M or P10D$/, 'срок вида P3M, P1Y6M или P10D'],
  [/^one code of "(.+)"$/, 'одно значение из набора «$1»'],
  [/^codes of "(.+)"$/, 'значения из набора «$1»'],
  [/^a code of the set "(.+)", which does not exist$/, 'значение из набора «$1», которого нет'],
  [/^a country as two small letters, like de$/, 'страна двумя маленькими латинскими буквами, например de'],
  [/^a status like (\S+)$/, 'статус вида $1'],
  [
    /^a (\w+) in small letters with hyphens, like (\S+)$/,
    'значение маленькими латинскими буквами через дефис, например $2',
  ],
  [/^one of: (.+)$/, 'одно из: $1'],
  [/^a list of (\w+), or \[\] for none$/, 'список ($1) или [], если ничего нет'],
  [/^records of "(.+)", which do not exist$/, 'записи «$1», которых не бывает'],
  [/^one of (\w+), with its fields$/, 'запись ($1) с полями'],
  [/^one of the fields (.+)$/, 'одно из полей: $1'],
  // the person
  [/^no answers$/, 'ответов нет'],
  [/^a mapping: person, documents, now, …$/, 'разделы: person, documents, now и другие'],
  [/^look at people\/ for examples$/, 'примеры — в папке people/'],
  [/^(.+) for `([\w.-]+)`$/s, '$1 в поле $2'],
  [/^nothing below zero$/, 'число не меньше нуля'],
  [/^use 0 for none, or leave it out if not known$/, 'напишите 0, если этого нет, или ничего, если неизвестно'],
  [/^between (\S+) and (\S+)$/, 'число от $1 до $2'],
  [/^`([\w.-]+)`$/, 'поле $1'],
  [/^it is computed from (.+)$/, 'оно вычисляется из: $1'],
  [/^answer those instead and delete this line$/, 'ответьте на них и удалите эту строку'],
  [/^documents and offers are written as lists: `(.+)`$/, 'документы и предложения пишут списком: $1'],
  [/^a text$/, 'текст'],
  [/^a mapping with (.+)$/, 'раздел с полями: $1'],
  [/^the key `(.+)`, which no rule asks about$/, 'поле $1, о котором не спрашивает ни одно правило'],
  [/^a fact of facts\.yaml$/, 'поле из списка facts.yaml'],
  [/^did you mean `(.+)`\?$/, 'может быть, $1?'],
  [
    /^delete it: no rule here asks for that language$/,
    'удалите эту запись: этот язык здесь не спрашивает ни одно правило',
  ],
  [/^the file "(.+)"$/, 'файл «$1»'],
  [/^a person file beside this one$/, 'файл человека рядом с этим'],
  [
    /^correct the name, or write the facts here: born, citizenships, country$/,
    'исправьте имя файла или впишите сведения сюда: born, citizenships, country',
  ],
  [/^the path "(.+)"$/, 'путь «$1»'],
  [/^the name of a file in the same folder$/, 'имя файла из той же папки'],
  [/^expires (\S+), not after it was issued \((\S+)\)$/, 'действует до $1, а выдан $2, то есть не раньше'],
  [/^a day after the day of issue$/, 'день после дня выдачи'],
  [/^ends (\S+), before it began \((\S+)\)$/, 'кончается $1, раньше, чем началось ($2)'],
  [/^an end on or after the beginning$/, 'конец не раньше начала'],
  [/^check whether the two dates are swapped$/, 'проверьте, не переставлены ли даты'],
  [/^(\S+), before the day of birth$/, '$1, раньше дня рождения'],
  [/^a later day$/, 'более поздний день'],
  [/^a stay without country or first day$/, 'пребывание без страны или первого дня'],
  [/^country and from \(and to\)$/, 'страна и первый день (и последний)'],
  [/^leave the whole stay out if you do not know them$/, 'если они неизвестны, уберите это пребывание целиком'],
  [/^an earlier stay without its last day$/, 'прежнее пребывание без последнего дня'],
  [
    /^`to:`; the present stay is written under `now:`$/,
    'последний день; нынешнее пребывание указывают в разделе «где вы сейчас»',
  ],
  [/^in (\w+) from (\S+) while still in (\w+) until (\S+)$/, 'с $2 в стране $1, хотя до $4 ещё в стране $3'],
  [
    /^stays that follow one another \(the day of crossing may be in both\)$/,
    'пребывания одно за другим (день переезда может входить в оба)',
  ],
  [/^correct one of the dates$/, 'исправьте одну из дат'],
  [/^since (\S+), while an earlier stay lasts until (\S+)$/, 'с $1, хотя прежнее пребывание длится до $2'],
  [/^a day on or after the end of the last stay$/, 'день не раньше конца последнего пребывания'],
  [/^a status without its name or first day$/, 'статус без названия или первого дня'],
  [/^status and from \(and to\)$/, 'статус и первый день (и последний)'],
  // the file
  [/^the file has (\d+) characters$/, 'в файле $1 знаков'],
  [/^at most (\d+)$/, 'не больше $1'],
  [/^split it$/, 'разделите его'],
  [/^this is not readable as YAML \((.+)\)$/s, 'это не читается как YAML ($1)'],
  [/^a YAML file$/, 'файл YAML'],
  [
    /^YAML 1\.2: mappings with two-space indents, texts with ": " or "#" in quotes$/,
    'YAML 1.2: отступы в два пробела, тексты с «: » или «#» — в кавычках',
  ],
  [/^the file uses anchors or aliases \(& and \*\)$/, 'в файле ссылки YAML (& и *)'],
  [/^every value written out$/, 'каждое значение выписано'],
  [/^copy the value$/, 'скопируйте значение'],
  [/^nothing$/, 'ничего'],
];

/** One part of a message (what was found, what was expected, how to mend it) in a language. */
export function problemWords(text: string, lang: Lang): string {
  if (lang === 'en') return text;
  for (const [en, ru] of FORMS) {
    const m = en.exec(text);
    if (m)
      return ru.replaceAll(/\$(u?)(\d)/g, (_, unit: string, n: string) => {
        const part = m[Number(n)] ?? '';
        return unit ? (UNITS[part] ?? part) : part;
      });
  }
  return text;
}

/** Whether a part of a message has Russian words: for the test. */
export const hasProblemWords = (text: string): boolean => FORMS.some(([en]) => en.test(text));
