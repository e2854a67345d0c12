/** What a provision says beside its conditions: rights, duties, terms, what to bring, what follows a refusal, ladders, who to turn to. */
import type { LawBook } from '../law/book.ts';
import { datedAt } from '../law/resolve.ts';
import { fillText, type Lang, sayValue } from '../law/say.ts';
import type { AskWindow, Provision, Said } from '../law/types.ts';
import type { Day } from '../rules/ir.ts';
import { countryName } from './countries.ts';
import { say } from './say.ts';
import { statedWindow } from './window-words.ts';

export type TermLine = { readonly says: string; readonly source: readonly string[] };
export type TermSection = { readonly title: string; readonly lines: readonly TermLine[] };

/** Sections in the order a person asks for them; those without a line are left out. */
export function termsOf(book: LawBook, p: Provision, on: Day, lang: Lang): TermSection[] {
  const line = (s: Partial<Said> | undefined): TermLine[] =>
    s?.says && (s.from ?? on) <= on && on <= (s.to ?? on)
      ? [{ says: fillText(s.says, p, on)[lang], source: s.source ?? [] }]
      : [];
  const lines = (all: readonly Partial<Said>[] | undefined): TermLine[] => (all ?? []).flatMap(line);
  const figure = (name: string | undefined): string | undefined => {
    const x = name === undefined ? undefined : p.params[name];
    return x && sayValue(datedAt(x.values, on)?.value ?? undefined, x.type, lang);
  };
  const terms = p.status;
  const renew = terms?.renew === 'no' ? undefined : terms?.renew;
  const window = (w: AskWindow | undefined, source: readonly string[] | undefined): TermLine[] =>
    w ? statedWindow(p, w, on, lang).map((says) => ({ says, source: source ?? [] })) : [];
  const where: TermLine[] = p.filing
    ? [
        {
          says: `${p.filing.where.map((w) => PLACES[w]?.[lang] ?? w).join(', ')}${p.filing.consulateIn?.length ? ` (${p.filing.consulateIn.map((c) => countryName(c, lang, book)).join(', ')})` : ''}`,
          source: p.filing.source ?? [],
        },
        ...(p.filing.says ? line({ says: p.filing.says, source: p.filing.source ?? [] }) : []),
        ...window(p.filing, p.filing.source),
      ]
    : [];
  // What a time is the time of, its label says: the wait for protection is told by averages, limits of the law and parts of the way.
  const measured = terms?.stands === 'protection' || p.claim !== undefined;
  const time = [p.processing?.usual, p.processing?.longest].flatMap((n) => {
    const says = figure(n);
    const label = measured && n !== undefined ? p.params[n]?.label?.[lang] : undefined;
    return says === undefined ? [] : [label === undefined ? says : `${label}: ${says}`];
  });
  const steps: TermLine[] = (p.steps ?? []).flatMap((s) =>
    line({ ...s }).map((l) => ({
      ...l,
      says: [
        l.says,
        s.fine && `${say(lang, 'fine', 'штраф')}: ${figure(s.fine)}`,
        s.ban && `${say(lang, 'ban', 'запрет')}: ${figure(s.ban)}`,
      ]
        .filter(Boolean)
        .join('; '),
    })),
  );
  const sections: readonly (readonly [string, readonly TermLine[]])[] = [
    [say(lang, 'Where to file', 'Где подавать'), where],
    [
      say(lang, 'Fees', 'Пошлины'),
      (p.fee ?? []).flatMap((n) =>
        p.params[n] ? [{ says: `${p.params[n]?.label?.[lang] ?? n}: ${figure(n)}`, source: [] }] : [],
      ),
    ],
    [say(lang, 'Time to decide', 'Срок решения'), time.map((t) => ({ says: t, source: p.processing?.source ?? [] }))],
    [say(lang, 'While it waits', 'Пока рассматривают'), line(p.pending)],
    [say(lang, 'If refused', 'При отказе'), line(p.ifRefused)],
    [say(lang, 'What to bring', 'Что принести'), lines(p.bring)],
    [
      say(lang, 'What it allows', 'Что разрешает'),
      [...line(terms?.rights), ...line((p as { rights?: Partial<Said> }).rights)],
    ],
    [say(lang, 'Family', 'Семья'), line(p.family)],
    [
      say(lang, 'Duties on arrival', 'Обязанности по прибытии'),
      lines((p as { register?: readonly Partial<Said>[] }).register),
    ],
    [say(lang, 'Extension', 'Продление'), [...line(renew), ...window(renew, renew?.source)]],
    [say(lang, 'What ends it', 'Что прекращает'), lines(terms?.ends)],
    [say(lang, 'After so many days too many', 'После стольких лишних дней'), steps],
    [say(lang, 'How often yes', 'Как часто соглашаются'), lines(p.practice)],
    [say(lang, 'What can be done', 'Что можно сделать'), lines(p.advice)],
    [say(lang, 'Whom to turn to', 'Куда обратиться'), p.contact ? [{ says: p.contact.url, source: [] }] : []],
  ];
  return sections.filter(([, l]) => l.length > 0).map(([title, l]) => ({ title, lines: l }));
}

const PLACES: Readonly<Record<string, { readonly en: string; readonly ru: string }>> = {
  consulate: { en: 'at a consulate', ru: 'в консульстве' },
  'in-country': { en: 'in the country', ru: 'в самой стране' },
  online: { en: 'on the net', ru: 'через интернет' },
  border: { en: 'at the border', ru: 'на границе' },
  abroad: { en: 'from abroad', ru: 'из-за границы' },
};
