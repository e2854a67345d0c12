/** What each property of a provision is for, in a sentence: editors show it where one writes. docs/law-format.md has the whole. */

export const EXPLAINED: { readonly [property: string]: string } = {
  id: 'jurisdiction/slug, as the file lies below law/: de/blue-card.',
  kind: 'stay, restriction, document, route, status, clock, overstay, danger or support: it decides which other properties there are.',
  title: 'What people call it, in English and Russian; `native`: its official name in its own language.',
  summary: 'A sentence or two on what it is, in English and Russian.',
  inForce:
    'From which day it holds, to which (the last day included). `earlier`: whether it held before `from`, if that is known.',
  keyDate: 'The day whose law decides: of entry, filing, decision, or each day of presence.',
  params:
    'Numbers of the law, each with unit, range and values by the day they began; conditions name them, never the number itself.',
  lists: 'Lists of codes (countries, occupations) by the day they began; conditions say `in` of them.',
  monthEnd:
    'How adding months ends in a shorter month: {clamp: source} keeps to its last day, {roll: source} goes to the next day. Demanded wherever months are added.',
  all: 'What must hold, clause by clause: each with id, words in both languages, a condition and its source.',
  bars: 'Who may not, whatever else holds.',
  notes: 'What a person should be told and a condition cannot say; dated where it ends.',
  sources: 'Where it was read: address, publisher, day it was read, whether it is official, the decisive words.',
  verified: 'The last day on which somebody saw that it still holds, against which source, and how sure that is.',
  expires: 'After this day the answer is shown as "verify", never as certain.',
  base: 'Facts that all cases share.',
  cases:
    'Worked examples: given these facts on this day, this outcome and these missing facts. Every number needs one on either side of it.',
  area: 'The area whose days it counts, if it is not the jurisdiction itself: schengen.',
  counting: 'How days are counted: the window, which edge days count, the limit.',
  excludes: 'Days under a permit are not counted.',
  holdingBound: 'Whether it ends when the visa or permit does that let one in.',
  passportBound: 'Whether it ends when the passport does.',
  rights: 'What work and study it allows.',
  overstay: 'The id of the ladder of sanctions.',
  register: 'Duties after arrival, with their days.',
  effect: 'What is barred: entry, a visa, a permit, filing or transit.',
  countries: 'Countries (two small letters) in which it holds, if it is not the whole jurisdiction.',
  appliesTo: 'The provisions that it bars; `de/*` for all of a jurisdiction.',
  strength: 'must: whoever it hits may not. may: the office can refuse, and the person is warned.',
  except: 'Whom it does not hit after all.',
  purpose: 'What the papers are for: entry, visa, permit or renewal.',
  decision: 'right: must be granted to who meets it. discretion, quota, lottery: may be refused.',
  file: 'Where and from which status one may file.',
  processing: 'How long the answer takes as a rule, and at the longest.',
  fee: 'What it costs: one parameter, or several that add up.',
  grants: 'The status that is granted, and for how long.',
  status: 'The status itself, if it has no file of its own.',
  quota: 'Places a year; 0 where none is given.',
  practice: 'How offices decide in fact: a figure with its source and period.',
  claim: 'That the application is one for protection.',
  papers: 'Where missing papers are waived, or issued with the permit.',
  pending: 'Whether one may stay until the answer.',
  ifRefused: 'How long one has to leave or to appeal.',
  bring: 'What to bring when filing.',
  family: 'Whether the family may come along, and how.',
  stands: 'What the status is: from visit to citizenship. It decides whether it is a home, and a stable one.',
  travel: 'Where its holder may travel.',
  renew: 'The route that renews it, up to when; `no` where it cannot be renewed.',
  leadsTo: 'Clocks to which its time counts.',
  leadsNowhere: 'That it leads to nothing permanent, and why.',
  ends: 'What ends it: absences, other events, a claim taken back.',
  protectsFromReturn: 'Whether its holder may not be sent to Russia.',
  leaving:
    'Whether it is time to leave only, after which one has to be gone; no permit is known to be asked for from it.',
  counts: 'Which statuses count, with what weight and up to which cap.',
  begins: 'entry: time counts from the first day in the country, where a permit is granted before one comes.',
  unbroken: 'Whether any gap starts it anew.',
  within: 'The window in which the time must lie.',
  absences: 'How long one may be away without loss: the longest at once, the total.',
  breaks: 'What a longer absence does: restart, or subtract its days.',
  suspended: 'When it stands still.',
  steps: 'The ladder: from which day over, what it costs, how long the ban is.',
  concerns: 'What is dangerous: being there, entering, leaving, transit, the consulate, work; or a notice.',
  avoid: 'Whether plans go around it unless the person says otherwise.',
  says: 'What the person reads, in English and Russian.',
  advice: 'What to do about it.',
  what: 'The kind of help.',
  contact: 'How to reach them, and in which languages.',
  everywhere: 'That it is there for people in any country.',
  until: 'The last day on which it can be asked for.',
};

/** Properties with their sentences. */
export const explained = (properties: object): object =>
  Object.fromEntries(
    Object.entries(properties).map(([name, form]) => {
      const words = EXPLAINED[name];
      return [name, words === undefined ? form : { ...(form as object), description: words }];
    }),
  );
