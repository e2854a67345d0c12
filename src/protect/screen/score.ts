/**
 * How alike two names of organisations are, from 0 to 1. The words of one are paired with the words of the other; a pair counts by how alike it
 * is and by how much its words say ("Trading" says little, "Tactical" more). Numbers that differ weigh heavily. Method of our own, in the manner of
 * the name comparison of public screening tools; measured on their public benchmark (docs/benchmarks.md).
 */
import { soundKey, words } from './fold.ts';
import { type Form, partForms } from './forms.ts';

export type Name = {
  readonly core: readonly string[];
  readonly keys: readonly string[];
  readonly weights: readonly number[];
  readonly total: number;
  readonly forms: ReadonlySet<Form>;
  /** The core without spaces. */
  readonly run: string;
};

/** Words that many organisations share: finding them in both says little. Folded. */
const COMMON: ReadonlySet<string> = new Set(
  `and of the for a an in at on to de la le les du des el los y e i und der die das fuer fur zur von et og och za po na
   company co group gruppa holding holdings international intl global trading trade torgovyy dom industries industry industrial enterprise enterprises services service
   solutions systems technologies technology tech center centre tsentr institute institut organization organisation organizatsiya association foundation fund trust bank
   management investment investments capital finance financial general national state plant zavod factory proizvodstvennoe obedinenie nauchno research production design bureau
   konstruktorskoe byuro nauchnyy issledovatelskiy joint firm firma kompaniya predpriyatie agency ministry department university academy russian rossiyskiy`
    .split(/\s+/)
    .filter(Boolean),
);
const FILLING: ReadonlySet<string> = new Set(
  'and of the for a an in at on to de la le les du des el los y e i und der die das et og och za po na'.split(' '),
);

/** The same word under another name. Folded. */
const SAME: Readonly<Record<string, string>> = {
  intl: 'international',
  int: 'international',
  organisation: 'organization',
  centre: 'center',
  tsentr: 'center',
  bros: 'brothers',
  mfg: 'manufacturing',
  dept: 'department',
  univ: 'university',
  assoc: 'association',
  first: '1',
  second: '2',
  third: '3',
  ten: '10',
  twenty: '20',
  thirty: '30',
  forty: '40',
  fifty: '50',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  ii: '2',
  iii: '3',
  iv: '4',
  vi: '6',
  vii: '7',
  viii: '8',
  ix: '9',
  '1st': '1',
  '2nd': '2',
  '3rd': '3',
  us: 'usa',
  tech: 'technologies',
  technology: 'technologies',
  svc: 'services',
  service: 'services',
  system: 'systems',
  holding: 'holdings',
  group: 'group',
  gruppa: 'group',
  kompaniya: 'company',
};
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/\bunited states of america\b|\bunited states\b/g, 'usa'],
  [/\bunited kingdom\b|\bgreat britain\b/g, 'uk'],
  [/\bu s a\b/g, 'usa'],
];

/** Countries and their adjectives: a branch in another country is another organisation. Folded. */
const COUNTRIES: ReadonlySet<string> = new Set(
  `usa uk england britain british scotland ireland irish france french germany german deutschland italy italian italia spain spanish espana portugal netherlands nederland dutch belgium
   switzerland schweiz suisse swiss austria austrian oesterreich sweden swedish norway norge denmark danmark finland suomi estonia estonian latvia lithuania poland polska czech slovakia
   hungary romania bulgaria serbia croatia greece turkey turkiye turkish ukraine ukraina belarus russia rossiya georgia armenia azerbaijan kazakhstan kyrgyzstan uzbekistan tajikistan
   turkmenistan china chinese hongkong taiwan japan japanese korea korean india indian pakistan iran iranian iraq syria syrian israel lebanon jordan egypt saudi emirates dubai qatar kuwait
   canada canadian mexico brazil brasil argentina chile colombia peru venezuela cuba australia australian zealand singapore malaysia indonesia thailand vietnam philippines africa african
   nigeria kenya ethiopia chad libya algeria tunisia morocco cyprus malta luxembourg liechtenstein monaco panama bermuda moscow moskva petersburg london`
    .split(/\s+/)
    .filter(Boolean),
);

const isNumber = (w: string): boolean => /^\d+$/.test(w);

/** Reads a name once; comparing is then cheap. */
export function readName(text: string): Name {
  let folded = words(text).join(' ');
  for (const [from, to] of PHRASES) folded = folded.replace(from, to);
  const { core, forms } = partForms(folded.split(' ').filter((w) => w !== ''));
  const named = tens(core.map((w) => SAME[w] ?? w));
  // Articles and the like count only where there is nothing else.
  const telling = named.filter((w) => !FILLING.has(w));
  const kept = telling.length ? telling : named;
  const weights = kept.map(weightOf);
  return {
    core: kept,
    keys: kept.map(soundKey),
    weights,
    total: weights.reduce((a, b) => a + b, 0),
    forms,
    run: named.join(''),
  };
}

/** "forty four" as one number. */
function tens(all: readonly string[]): string[] {
  const out: string[] = [];
  for (const w of all) {
    const last = out.at(-1);
    if (last !== undefined && /^[2-9]0$/.test(last) && /^[1-9]$/.test(w))
      out[out.length - 1] = String(Number(last) + Number(w));
    else out.push(w);
  }
  return out;
}

function weightOf(w: string): number {
  if (isNumber(w)) return 0.7;
  if (COUNTRIES.has(w)) return 0.9;
  if (COMMON.has(w)) return 0.45;
  return w.length <= 2 ? 0.7 : 1;
}

/** Fewest insertions, deletions, replacements and swaps of neighbours; gives up above `most`. */
export function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1;
      let d = Math.min((last[j] as number) + 1, (row[j - 1] as number) + 1, (last[j - 1] as number) + same);
      if (i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1))
        d = Math.min(d, (before[j - 2] as number) + 1);
      row.push(d);
      if (d < least) least = d;
    }
    if (least > most) return most + 1;
    before = last;
    last = row;
  }
  return last[b.length] as number;
}

/** How alike two words are: 1 the same; 0 not. Short words must be the same, long ones may differ in a letter in five. */
function wordLikeness(a: string, b: string, ka: string, kb: string): number {
  if (a === b) return 1;
  if (isNumber(a) || isNumber(b)) return 0;
  if (a.length < 3 || b.length < 3) return 0;
  const longest = Math.max(a.length, b.length);
  const most = longest <= 4 ? 1 : Math.floor(longest / 4);
  const d = distance(a, b, most);
  const spelled = d > most ? 0 : 1 - (d / longest) * (a[0] === b[0] ? 1.1 : 1.6);
  if (ka === kb && ka.length >= 3) return Math.max(spelled, 0.94);
  return spelled;
}

export type Likeness = {
  readonly score: number;
  /** Which word was paired with which, and how alike they are: why. */
  readonly pairs: readonly { readonly a: string; readonly b: string; readonly alike: number }[];
  readonly left: readonly string[];
};

export function likeness(a: Name, b: Name): Likeness {
  const cells: { i: number; j: number; alike: number }[] = [];
  for (let i = 0; i < a.core.length; i++)
    for (let j = 0; j < b.core.length; j++) {
      const alike = wordLikeness(a.core[i] as string, b.core[j] as string, a.keys[i] as string, b.keys[j] as string);
      if (alike > 0.5) cells.push({ i, j, alike });
    }
  cells.sort((x, y) => y.alike - x.alike || Math.abs(x.i - x.j) - Math.abs(y.i - y.j));
  const usedA = new Set<number>();
  const usedB = new Set<number>();
  const pairs: { a: string; b: string; alike: number }[] = [];
  let found = 0;
  let order = -1;
  let turned = 0;
  for (const c of cells) {
    if (usedA.has(c.i) || usedB.has(c.j)) continue;
    usedA.add(c.i);
    usedB.add(c.j);
    pairs.push({ a: a.core[c.i] as string, b: b.core[c.j] as string, alike: c.alike });
    // A pair of half likeness is worth less than half: two words that share half their letters are seldom the same name.
    found += ((a.weights[c.i] as number) + (b.weights[c.j] as number)) * shaped(c.alike);
    if (c.j < order) turned++;
    order = c.j;
  }
  const leftA = a.core.filter((_, i) => !usedA.has(i));
  const leftB = b.core.filter((_, j) => !usedB.has(j));
  const left = [...leftA, ...leftB];
  // A word that only one name has may have been left out by the other; a word in the place of another says that they are two.
  const against =
    LEFT_OUT * Math.abs(looseness(leftA) - looseness(leftB)) +
    INSTEAD * 2 * Math.min(looseness(leftA), looseness(leftB));
  const paired = a.total + b.total - left.reduce((sum, w) => sum + weightOf(w), 0);
  let score = paired === 0 ? 0 : found / (paired + against);
  // Written together or apart.
  if (a.run.length >= 6 && b.run.length >= 6) {
    const longest = Math.max(a.run.length, b.run.length);
    const d = distance(a.run, b.run, Math.floor(longest / 6));
    if (d <= Math.floor(longest / 6)) score = Math.max(score, 1 - (d / longest) * 1.6 - 0.03);
  }
  if (pairs.length > 1 && turned > 0) score -= 0.02;
  if (numbersDiffer(a, b)) score *= 0.75;
  if (formsDiffer(a.forms, b.forms)) score *= 0.8;
  return { score: Math.max(0, Math.min(1, score)), pairs, left };
}

const LEFT_OUT = 1.1;
const INSTEAD = 1.6;

/** How much words without a partner say against two names being one. */
const looseness = (left: readonly string[]): number =>
  left.reduce((sum, w) => sum + (COUNTRIES.has(w) ? 1.5 : isNumber(w) ? 1.2 : weightOf(w)), 0);

const shaped = (alike: number): number => alike ** 1.5;

function numbersDiffer(a: Name, b: Name): boolean {
  const na = a.core.filter(isNumber);
  const nb = b.core.filter(isNumber);
  return na.length > 0 && nb.length > 0 && na.join() !== nb.join();
}

/** Both names say what they are, and it is not the same kind of thing. */
function formsDiffer(a: ReadonlySet<Form>, b: ReadonlySet<Form>): boolean {
  return a.size > 0 && b.size > 0 && ![...a].some((f) => b.has(f));
}
