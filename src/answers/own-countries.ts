/** Countries whose citizen a person is, beside Russia: home there needs no permit, so no plan leads there; it must be said. */
import { type LawBook, membersOf } from '../law/book.ts';
import type { Lang } from '../law/say.ts';
import { type Danger, dangersIn } from '../moves/dangers.ts';
import type { Situation } from '../person/types.ts';
import { countryName, inCountry } from './countries.ts';
import { dangerWords } from './leg-words.ts';
import { dayIn, say } from './say.ts';

export type OwnCountry = {
  readonly country: string;
  /** The last day of the latest passport of that country that the person told of; missing where none was, or none has an end. */
  readonly passportUntil?: number;
  /** Whether a passport of that country was told of. */
  readonly passport: boolean;
  /** Dangers there that concern the person, or may, on the day of the plan. */
  readonly dangers: readonly Danger[];
  /** Whether its citizens may live in the states of the European Union. */
  readonly union: boolean;
};

/** Citizenships other than Russian, in the order told. Empty where none was told, or it is not known. */
export function ownCountries(book: LawBook, s: Situation): readonly OwnCountry[] {
  const told = s.person.facts.get('person.citizenships') as readonly string[] | undefined;
  return (told ?? [])
    .filter((c) => c !== 'ru')
    .map((country) => {
      const papers = (s.documents ?? []).filter((d) => d.kind === 'passport' && d.country === country);
      const last = Math.max(...papers.map((d) => d.expires ?? Number.NEGATIVE_INFINITY));
      return {
        country,
        passport: papers.length > 0,
        ...(Number.isFinite(last) ? { passportUntil: last } : {}),
        dangers: dangersIn(book, { ...s, place: country }, country, s.on, ['presence']),
        union: (membersOf(book, 'eu', s.on) ?? []).includes(country),
      };
    });
}

/** What is said of a country of one's own before any plan: a heading sentence, what to look at, and the dangers there. */
export function ownCountryWords(book: LawBook, own: OwnCountry, s: Situation, lang: Lang): string[] {
  const name = countryName(own.country, lang);
  const there = inCountry(own.country, lang);
  const out = [
    say(
      lang,
      `You are a citizen of ${name}. To live ${there} you need no permit, and no plan below leads there: if you can go, that is a home already.`,
      `У вас гражданство этой страны: ${name}. Чтобы жить ${there}, разрешение не нужно, и планы ниже туда не ведут: если вы можете туда поехать, дом у вас уже есть.`,
    ),
    say(
      lang,
      'What it asks of its citizens (military service, taxes, registration), and whether it hands over its own citizens, the law here does not hold: ask a lawyer there before you go.',
      'Чего страна требует от своих граждан (служба в армии, налоги, регистрация) и выдаёт ли она их другим странам, здесь в базе нет: спросите юриста до поездки.',
    ),
  ];
  if (own.union)
    out.push(
      say(
        lang,
        'Its citizens may also live and work in the other states of the European Union, and their families with them: those rules of free movement are not in the law here.',
        'Её граждане вправе жить и работать и в других странах Европейского союза, их семьи — вместе с ними: этих правил о свободе передвижения здесь в базе нет.',
      ),
    );
  if (!own.passport)
    out.push(say(lang, 'Your file names no passport of it.', 'Паспорт этой страны в файле не указан.'));
  else if (own.passportUntil !== undefined && own.passportUntil < s.on)
    out.push(
      say(
        lang,
        `Your passport of it has been invalid since ${dayIn(own.passportUntil + 1, lang)}: its consulate can tell how to renew it.`,
        `Ваш паспорт этой страны недействителен с ${dayIn(own.passportUntil + 1, lang)}: как его обменять, скажут в её консульстве.`,
      ),
    );
  for (const d of own.dangers) {
    const p = book.provisions.get(d.provision);
    if (p) out.push(dangerWords(p, d, s.on, lang));
  }
  return out;
}
