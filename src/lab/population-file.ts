/** The population as data (`diaspora/population.yaml`): attributes, their shares, what they mean as facts, and what is guessed. */
import { parseDay } from '../calendar/civil.ts';
import { readValue } from '../law/values.ts';
import type { Day, Schema, Text, Value } from '../rules/ir.ts';
import { type Basis, type Figures, readBasis } from './figures.ts';
import { isMap, type LabText, type Raw, Reading, show } from './reading.ts';

/** What a category says beyond plain facts: each key is read by one builder in `people.ts`. */
export type Special = {
  readonly leaves?: readonly [Day, Day];
  readonly ages?: readonly [number, number];
  readonly document?: {
    readonly kind: string;
    readonly biometric?: boolean;
    readonly years?: number;
    readonly expired?: boolean;
  };
  /** Visas for visits, held from and to a day, both inclusive. */
  readonly visas?: readonly { readonly status: string; readonly from: Day; readonly to: Day }[];
  readonly salaryYear?: Value;
  readonly language?: string;
  readonly standing?: 'visitor' | 'permit' | 'protected' | 'irregular';
  readonly companyHere?: Record<string, Value>;
  readonly propertyHere?: Record<string, Value>;
  readonly studyHere?: Record<string, Value>;
  readonly employerHere?: boolean;
  readonly sharesHost?: boolean;
  readonly spouseOfHost?: boolean;
};

export type Category = {
  readonly id: string;
  readonly title: Text;
  readonly facts: ReadonlyMap<string, Value>;
  readonly sample: number;
  readonly special: Special;
};

export type Attribute = {
  readonly id: string;
  readonly title: Text;
  readonly categories: readonly Category[];
  readonly index: ReadonlyMap<string, number>;
  readonly defaults: ReadonlyMap<string, Value>;
  /** Persons keep the category they have in an earlier attribute `times` as often. */
  readonly same?: { readonly as: number; readonly times: number };
  /** Every fact that begins with this word and a point, and is not said, is "no". */
  readonly othersNo?: string;
};

/** One margin: a cell is a group of categories of one attribute, or of each of two. */
export type MarginSpec = {
  readonly id: string;
  readonly of: readonly number[];
  /** For every combination of categories (row-major), its group. */
  readonly groupOf: Int32Array;
  readonly names: readonly string[];
  readonly shares: Float64Array;
  readonly basis: Basis;
};

export type Association = {
  readonly when: readonly { readonly attribute: number; readonly categories: ReadonlySet<number> }[];
  readonly attribute: number;
  readonly times: Float64Array;
};

/** The attributes of the invented population, their shares and how they hang together (`diaspora/population.yaml`). */
export type PopulationModel = {
  readonly on: Day;
  readonly total: number;
  readonly attributes: readonly Attribute[];
  readonly byId: ReadonlyMap<string, number>;
  readonly margins: readonly MarginSpec[];
  readonly associations: readonly Association[];
  readonly hostLanguages: Readonly<Record<string, string>>;
};

const SPECIAL = [
  'leaves',
  'ages',
  'document',
  'visas',
  'salaryYear',
  'language',
  'standing',
  'companyHere',
  'propertyHere',
  'studyHere',
  'employerHere',
  'sharesHost',
  'spouseOfHost',
] as const;
/** Attributes that the builders need by name. */
const NEEDED = [
  'first',
  'wave',
  'host',
  'age',
  'occupation',
  'employer',
  'offer',
  'offerIn',
  'family',
  'assets',
  'passport',
  'consulate',
  'standing',
  'study',
  'local',
];
/** How far shares may be from one by rounding. */
const ROUNDING = 0.0051;

/** @throws ProblemsError with every place that does not fit: unknown facts, shares that do not add up, contradictions. */
export function readPopulation(text: LabText, schema: Schema, figures: Figures): PopulationModel {
  const r = new Reading(text);
  const top = r.top;
  r.keys(top, [], ['on', 'total', 'hostLanguages', 'attributes', 'margins', 'associations']);
  const on = typeof top.on === 'string' ? parseDay(top.on) : undefined;
  if (on === undefined) r.problem(['on'], show(top.on), 'the day that the persons are described for');
  const total = r.map(top.total, ['total'], 'total');
  const count = r.number(total.value, ['total', 'value'], 'value: people', 1, 1e8);
  readBasis(r, total, ['total'], figures);
  const attributes: Attribute[] = [];
  const byId = new Map<string, number>();
  for (const [id, raw] of Object.entries(r.map(top.attributes, ['attributes'], 'attributes'))) {
    attributes.push(readAttribute(r, id, raw, schema, byId));
    byId.set(id, attributes.length - 1);
  }
  for (const need of NEEDED)
    if (!byId.has(need)) r.problem(['attributes'], `no attribute "${need}"`, `all of: ${NEEDED.join(', ')}`);
  const margins = r
    .list(top.margins, ['margins'], 'margins')
    .flatMap((m, i) => readMargin(r, m, ['margins', i], attributes, byId, figures) ?? []);
  attributes.forEach((a, k) => {
    if (!margins.some((m) => m.of.includes(k)))
      r.problem(
        ['attributes', a.id],
        `the attribute "${a.id}" without a margin`,
        'at least one margin that gives its shares',
      );
  });
  contradictions(r, margins, attributes);
  const associations = r
    .list(top.associations ?? [], ['associations'], 'associations')
    .flatMap((a, i) => readAssociation(r, a, ['associations', i], attributes, byId) ?? []);
  const hostLanguages = r.map(top.hostLanguages ?? {}, ['hostLanguages'], 'hostLanguages') as Record<string, string>;
  for (const [host, lang] of Object.entries(hostLanguages))
    if (!schema.facts.has(`languages.${lang}`))
      r.problem(['hostLanguages', host], `the language "${lang}"`, 'a language of law/facts.yaml');
  r.done();
  return { on: on as Day, total: count, attributes, byId, margins, associations, hostLanguages };
}

function readAttribute(r: Reading, id: string, raw: unknown, schema: Schema, byId: Map<string, number>): Attribute {
  const path = ['attributes', id];
  const m = r.map(raw, path, 'an attribute');
  r.keys(m, path, ['title', 'categories', 'default', 'same', 'othersNo']);
  const categories = Object.entries(r.map(m.categories, [...path, 'categories'], 'categories')).map(
    ([cat, c]): Category => {
      const at = [...path, 'categories', cat];
      const v = r.map(c, at, 'a category');
      r.keys(v, at, ['title', 'facts', 'sample', ...SPECIAL]);
      return {
        id: cat,
        title: v.title === undefined ? { en: cat, ru: cat } : r.both(v.title, [...at, 'title'], 'title'),
        facts: readFacts(r, v.facts ?? {}, [...at, 'facts'], schema),
        sample: v.sample === undefined ? 1 : r.number(v.sample, [...at, 'sample'], 'sample', 0.01, 100),
        special: readSpecial(r, v, at, schema),
      };
    },
  );
  if (categories.length === 0) r.problem(path, 'no categories', 'at least one');
  if (categories.length > 250) r.problem(path, `${categories.length} categories`, 'at most 250');
  const same = m.same === undefined ? undefined : r.map(m.same, [...path, 'same'], 'same');
  const as = same === undefined ? undefined : byId.get(String(same.as));
  if (same && as === undefined)
    r.problem([...path, 'same', 'as'], show(same.as), 'an attribute written before this one');
  return {
    id,
    title: r.both(m.title, [...path, 'title'], 'title'),
    categories,
    index: new Map(categories.map((c, i) => [c.id, i])),
    defaults: readFacts(r, m.default ?? {}, [...path, 'default'], schema),
    ...(same && as !== undefined
      ? { same: { as, times: r.number(same.times, [...path, 'same', 'times'], 'times', 0, 1e6) } }
      : {}),
    ...(m.othersNo === undefined ? {} : { othersNo: r.text(m.othersNo, [...path, 'othersNo'], 'othersNo') }),
  };
}

function readFacts(r: Reading, raw: unknown, path: readonly (string | number)[], schema: Schema): Map<string, Value> {
  const out = new Map<string, Value>();
  for (const [name, v] of Object.entries(r.map(raw, path, 'facts'))) {
    const def = schema.facts.get(name);
    if (!def || def.derivedFrom) {
      r.problem([...path, name], `the fact "${name}"`, 'a fact that a person file may give (law/facts.yaml)');
      continue;
    }
    const value = readValue(v, def.type, schema);
    if (!value.ok) r.problem([...path, name], value.found, value.expected, value.mend);
    else if (value.value !== undefined) out.set(name, value.value);
  }
  return out;
}

function readSpecial(r: Reading, v: Raw, at: readonly (string | number)[], schema: Schema): Special {
  const out: Record<string, unknown> = {};
  for (const key of ['companyHere', 'propertyHere', 'studyHere'] as const) {
    if (v[key] === undefined) continue;
    const record = schema.records.get(
      key === 'companyHere' ? 'companies' : key === 'propertyHere' ? 'property' : 'studyPlaces',
    );
    const fields: Record<string, Value> = {};
    for (const [f, raw] of Object.entries(r.map(v[key], [...at, key], key))) {
      const type = record?.get(f);
      const value = type && readValue(raw, type, schema);
      if (!value?.ok)
        r.problem(
          [...at, key, f],
          show(raw),
          value?.expected ?? `a field of ${[...(record?.keys() ?? [])].join(', ')}`,
        );
      else if (value.value !== undefined) fields[f] = value.value;
    }
    out[key] = fields;
  }
  for (const key of ['employerHere', 'sharesHost', 'spouseOfHost'] as const)
    if (v[key] === true || v[key] === 'true') out[key] = true;
  if (v.leaves !== undefined) {
    const [a, b] = r
      .list(v.leaves, [...at, 'leaves'], 'leaves')
      .map((d) => (typeof d === 'string' ? parseDay(d) : undefined));
    if (a === undefined || b === undefined || b < a)
      r.problem([...at, 'leaves'], show(v.leaves), '[first day, last day]');
    else out.leaves = [a, b];
  }
  if (v.ages !== undefined) {
    const [a, b] = r.list(v.ages, [...at, 'ages'], 'ages');
    const [from, to] = [
      r.number(a, [...at, 'ages', 0], 'age', 18, 110),
      r.number(b, [...at, 'ages', 1], 'age', 18, 110),
    ];
    if (to < from) r.problem([...at, 'ages'], show(v.ages), '[youngest, oldest]');
    out.ages = [from, to];
  }
  if (v.visas !== undefined)
    out.visas = r.list(v.visas, [...at, 'visas'], 'visas').flatMap((raw, k) => {
      const path = [...at, 'visas', k];
      const m = r.map(raw, path, 'a visa');
      r.keys(m, path, ['status', 'from', 'to']);
      const status = r.text(m.status, [...path, 'status'], 'status: a visa of the law');
      const [from, to] = [m.from, m.to].map((d) => (typeof d === 'string' ? parseDay(d) : undefined));
      if (from !== undefined && to !== undefined && from <= to) return [{ status, from, to }];
      r.problem(path, show(raw), '{status, from: first day, to: last day}');
      return [];
    });
  if (v.salaryYear !== undefined) {
    const value = readValue(v.salaryYear, { t: 'money', per: 'year' }, schema);
    if (!value.ok) r.problem([...at, 'salaryYear'], value.found, value.expected);
    else out.salaryYear = value.value;
  }
  if (v.language !== undefined) {
    if (!schema.sets.get('level')?.codes.includes(String(v.language)))
      r.problem([...at, 'language'], show(v.language), 'a level: none, A1 … native');
    out.language = String(v.language);
  }
  if (v.standing !== undefined) {
    if (!['visitor', 'permit', 'protected', 'irregular'].includes(String(v.standing)))
      r.problem([...at, 'standing'], show(v.standing), 'visitor, permit, protected or irregular');
    out.standing = v.standing;
  }
  if (v.document !== undefined) {
    const d = r.map(v.document, [...at, 'document'], 'document');
    r.keys(d, [...at, 'document'], ['kind', 'biometric', 'years', 'expired']);
    if (!schema.sets.get('documentKind')?.codes.includes(String(d.kind)))
      r.problem([...at, 'document', 'kind'], show(d.kind), 'a kind of document of law/facts.yaml');
    const yes = (x: unknown) => x === true || x === 'yes' || x === 'true';
    out.document = {
      kind: String(d.kind),
      ...(d.biometric === undefined ? {} : { biometric: yes(d.biometric) }),
      ...(d.years === undefined ? {} : { years: r.number(d.years, [...at, 'document', 'years'], 'years', 1, 20) }),
      ...(d.expired === undefined ? {} : { expired: yes(d.expired) }),
    };
  }
  return out as Special;
}

function readMargin(
  r: Reading,
  raw: unknown,
  path: readonly (string | number)[],
  attributes: readonly Attribute[],
  byId: ReadonlyMap<string, number>,
  figures: Figures,
): MarginSpec | undefined {
  const m = r.map(raw, path, 'a margin');
  r.keys(m, path, ['id', 'of', 'figure', 'guessed', 'note', 'range', 'shares']);
  const id = r.text(m.id, [...path, 'id'], 'id');
  const names = Array.isArray(m.of) ? m.of.map(String) : [String(m.of)];
  const of = names.map((n) => byId.get(n));
  if (names.length > 2 || of.some((k) => k === undefined)) {
    return r.problem([...path, 'of'], show(m.of), `one or two attributes: ${[...byId.keys()].join(', ')}`);
  }
  const attrs = of.map((k) => attributes[k as number] as Attribute);
  const basis = readBasis(r, m, path, figures);
  const sizes = attrs.map((a) => a.categories.length);
  const groupOf = new Int32Array(sizes.reduce((a, b) => a * b, 1)).fill(-1);
  const groupNames: string[] = [];
  const shares: number[] = [];
  const walk = (
    node: unknown,
    at: readonly (string | number)[],
    depth: number,
    cells: readonly number[],
    name: string,
  ): void => {
    if (depth === attrs.length) {
      const share = r.number(node, at, 'a share', 0, 1);
      for (const c of cells) {
        if (groupOf[c] !== -1) r.problem(at, `"${name}" a second time`, 'each category in one group');
        groupOf[c] = groupNames.length;
      }
      groupNames.push(name);
      shares.push(share);
      return;
    }
    const attr = attrs[depth] as Attribute;
    for (const [key, below] of Object.entries(r.map(node, at, 'shares'))) {
      const cats = key.split('|').map((c) => attr.index.get(c));
      if (cats.some((c) => c === undefined)) {
        r.problem([...at, key], `"${key}"`, `categories of ${attr.id}: ${[...attr.index.keys()].join(', ')}`);
        continue;
      }
      const size = sizes[depth] as number;
      const next = cells.flatMap((c) => cats.map((k) => c * size + (k as number)));
      walk(below, [...at, key], depth + 1, next, name === '' ? key : `${name} × ${key}`);
    }
  };
  walk(m.shares, [...path, 'shares'], 0, [0], '');
  const missing = groupOf.indexOf(-1);
  if (missing >= 0 && groupNames.length) {
    const second = attrs[1] ? missing % (sizes[1] as number) : 0;
    const first = attrs[1] ? Math.floor(missing / (sizes[1] as number)) : missing;
    const which = [attrs[0]?.categories[first]?.id, attrs[1]?.categories[second]?.id].filter(Boolean).join(' × ');
    r.problem([...path, 'shares'], `no share for "${which}"`, 'a share for every category (0 is a share)');
    return undefined;
  }
  const sum = shares.reduce((a, b) => a + b, 0);
  if (Math.abs(sum - 1) > ROUNDING)
    r.problem([...path, 'shares'], `shares of "${id}" that add up to ${sum.toFixed(4)}`, 'shares that add up to 1');
  return {
    id,
    of: of as number[],
    groupOf,
    names: groupNames,
    shares: Float64Array.from(shares, (s) => s / (sum || 1)),
    basis,
  };
}

/** Margins of one attribute whose groups nest must say the same: else nobody could fit both. */
function contradictions(r: Reading, margins: readonly MarginSpec[], attributes: readonly Attribute[]): void {
  margins.forEach((a, i) => {
    margins.forEach((b, k) => {
      if (i === k) return;
      for (const [pos, attr] of a.of.entries()) {
        if (b.of.length !== 1 || b.of[0] !== attr) continue;
        compare(a, pos, b, attr, k);
      }
    });
  });
  function compare(fine: MarginSpec, pos: number, coarse: MarginSpec, attr: number, k: number): void {
    const size = (attributes[attr] as Attribute).categories.length;
    const other = fine.of.length === 2 ? (attributes[fine.of[1 - pos] as number] as Attribute).categories.length : 1;
    const intoCoarse = new Map<number, Set<number>>();
    for (let c = 0; c < size; c++) {
      for (let o = 0; o < other; o++) {
        const cell = fine.of.length === 1 ? c : pos === 0 ? c * other + o : o * size + c;
        const g = fine.groupOf[cell] as number;
        const set = intoCoarse.get(g) ?? new Set<number>();
        set.add(coarse.groupOf[c] as number);
        intoCoarse.set(g, set);
      }
    }
    if ([...intoCoarse.values()].some((s) => s.size > 1)) return;
    const sums = new Float64Array(coarse.shares.length);
    for (const [g, into] of intoCoarse) {
      const target = [...into][0] as number;
      sums[target] = (sums[target] as number) + (fine.shares[g] as number);
    }
    coarse.shares.forEach((share, g) => {
      if (Math.abs(share - (sums[g] as number)) > ROUNDING)
        r.problem(
          ['margins', k, 'shares'],
          `"${coarse.names[g]}" is ${share.toFixed(3)} in the margin "${coarse.id}" and ${(sums[g] as number).toFixed(3)} in "${fine.id}"`,
          'margins that do not contradict each other',
          'correct one of the two',
        );
    });
  }
}

function readAssociation(
  r: Reading,
  raw: unknown,
  path: readonly (string | number)[],
  attributes: readonly Attribute[],
  byId: ReadonlyMap<string, number>,
): Association | undefined {
  const m = r.map(raw, path, 'an association');
  r.keys(m, path, ['when', 'attribute', 'times', 'note']);
  r.text(m.note, [...path, 'note'], 'note: why');
  const target = byId.get(String(m.attribute));
  if (target === undefined) return r.problem([...path, 'attribute'], show(m.attribute), 'an attribute');
  const attr = attributes[target] as Attribute;
  const times = new Float64Array(attr.categories.length).fill(1);
  for (const [cat, t] of Object.entries(r.map(m.times, [...path, 'times'], 'times'))) {
    const k = attr.index.get(cat);
    if (k === undefined) r.problem([...path, 'times', cat], `"${cat}"`, `a category of ${attr.id}`);
    else times[k] = r.number(t, [...path, 'times', cat], 'times', 0, 1e6);
  }
  const when = Object.entries(r.map(m.when, [...path, 'when'], 'when')).flatMap(([id, cats]) => {
    const k = byId.get(id);
    if (k === undefined || k >= target) {
      r.problem(
        [...path, 'when', id],
        `"${id}"`,
        `an attribute written before "${attr.id}"`,
        'attributes are drawn in the order of the file',
      );
      return [];
    }
    const a = attributes[k] as Attribute;
    const set = new Set<number>();
    for (const [i, c] of r.list(cats, [...path, 'when', id], 'categories').entries()) {
      const index = a.index.get(String(c));
      if (index === undefined) r.problem([...path, 'when', id, i], show(c), `a category of ${a.id}`);
      else set.add(index);
    }
    return [{ attribute: k, categories: set }];
  });
  return isMap(m.when) ? { when, attribute: target, times } : undefined;
}
