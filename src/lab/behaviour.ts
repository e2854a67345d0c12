/** Behaviour as data (`diaspora/behaviour.yaml`): parameters with ranges, each sourced or marked as guessed. */
import type { Text } from '../rules/ir.ts';
import type { Figures } from './figures.ts';
import { Stream } from './random.ts';
import { type LabText, Reading, show } from './reading.ts';

export const PARAMETERS = [
  'reconsider',
  'shock',
  'homePull',
  'network',
  'stable',
  'permit',
  'certainty',
  'protection',
  'russianSpeaking',
  'english',
  'moveCost',
  'visaRun',
  'returning',
  'returnShock',
  'returnNoHome',
  'dangerLiable',
  'dangerExposed',
  'irregular',
  'grantRight',
  'grantDiscretion',
  'grantProtection',
  'renewal',
  'openQuestion',
  'papers',
  'drawback',
  'arrivesWithPermit',
  'processingSpread',
  'asksOnArrival',
] as const;
export type ParameterName = (typeof PARAMETERS)[number];
export type Parameters = { readonly [P in ParameterName]: number };

export type ParameterInfo = {
  readonly value: number;
  readonly range: readonly [number, number];
  readonly unit: string;
  readonly says: Text;
  readonly guessed?: string;
  readonly figures?: readonly string[];
};

/** What is assumed of how people choose: each parameter with its range and basis. */
export type Behaviour = {
  readonly parameters: { readonly [P in ParameterName]: ParameterInfo };
  readonly russianSpeaking: ReadonlySet<string>;
  readonly richer: ReadonlySet<string>;
  /** Countries to which people come to ask for protection at the border: the parameter `asksOnArrival` says how many. */
  readonly askedAtBorder: ReadonlySet<string>;
  /** What countries lack beside their law (prices, banks, refusals at the border), in logits; fitted to who left them. */
  readonly drawbacks: ReadonlyMap<string, number>;
  readonly leadVisit: number;
  readonly leadPermit: number;
  readonly firstLook: number;
};

/** @throws ProblemsError for a parameter without a range, one outside it, one that rests on nothing, or one nobody knows. */
export function readBehaviour(text: LabText, figures: Figures): Behaviour {
  const r = new Reading(text);
  const top = r.top;
  r.keys(
    top,
    [],
    ['parameters', 'russianSpeaking', 'richer', 'askedAtBorder', 'drawbacks', 'leadVisit', 'leadPermit', 'firstLook'],
  );
  const raw = r.map(top.parameters, ['parameters'], 'parameters');
  r.keys(raw, ['parameters'], PARAMETERS);
  const parameters: Record<string, ParameterInfo> = {};
  for (const name of PARAMETERS) {
    const path = ['parameters', name];
    const m = r.map(raw[name], path, `the parameter "${name}"`);
    r.keys(m, path, ['value', 'range', 'unit', 'says', 'guessed', 'figure']);
    const value = r.number(m.value, [...path, 'value'], 'value');
    const pair = r.list(m.range, [...path, 'range'], 'range');
    const range: [number, number] = [
      r.number(pair[0], [...path, 'range', 0], 'lower end'),
      r.number(pair[1], [...path, 'range', 1], 'upper end'),
    ];
    if (!(range[0] <= value && value <= range[1]))
      r.problem([...path, 'range'], `${value} outside ${range[0]} to ${range[1]}`, 'a range that holds the value');
    const unit = r.text(m.unit, [...path, 'unit'], 'unit');
    if (unit === 'share' && (range[0] < 0 || range[1] > 1))
      r.problem([...path, 'range'], show(m.range), 'shares from 0 to 1');
    if (unit === 'times a year' && range[0] < 0) r.problem([...path, 'range'], show(m.range), 'rates of 0 or more');
    const ids =
      m.figure === undefined ? undefined : Array.isArray(m.figure) ? m.figure.map(String) : [String(m.figure)];
    for (const id of ids ?? []) {
      const f = figures.figures.get(id);
      if (!f) r.problem([...path, 'figure'], `the figure "${id}"`, 'a figure of diaspora/figures.yaml');
      else if (f.use !== 'fit')
        r.problem(
          [...path, 'figure'],
          `the figure "${id}" (use: ${f.use})`,
          'a figure with use: fit; what is held out is never fitted to',
        );
    }
    if (!ids && typeof m.guessed !== 'string')
      r.problem(path, 'a number that rests on nothing', '`figure:` or `guessed: why`');
    parameters[name] = {
      value,
      range,
      unit,
      says: r.both(m.says, [...path, 'says'], 'says'),
      ...(typeof m.guessed === 'string' ? { guessed: m.guessed } : {}),
      ...(ids ? { figures: ids } : {}),
    };
  }
  const set = (key: 'russianSpeaking' | 'richer' | 'askedAtBorder') =>
    new Set(r.list(top[key], [key], key).map(String));
  const drawbacks = new Map<string, number>();
  for (const [host, d] of Object.entries(r.map(top.drawbacks ?? {}, ['drawbacks'], 'drawbacks'))) {
    const path = ['drawbacks', host];
    const m = r.map(d, path, 'a drawback');
    r.keys(m, path, ['value', 'figure']);
    const figure = String(m.figure);
    if (figures.figures.get(figure)?.use !== 'fit')
      r.problem([...path, 'figure'], `the figure "${figure}"`, 'a figure with use: fit, of who left the country');
    drawbacks.set(host, r.number(m.value, [...path, 'value'], 'value', -5, 5));
  }
  const out = {
    parameters: parameters as Behaviour['parameters'],
    russianSpeaking: set('russianSpeaking'),
    richer: set('richer'),
    askedAtBorder: set('askedAtBorder'),
    drawbacks,
    leadVisit: r.number(top.leadVisit, ['leadVisit'], 'days', 0, 365),
    leadPermit: r.number(top.leadPermit, ['leadPermit'], 'days', 0, 365),
    firstLook: r.number(top.firstLook, ['firstLook'], 'days', 1, 365),
  };
  r.done();
  return out;
}

export function centre(b: Behaviour): Parameters {
  return Object.fromEntries(PARAMETERS.map((p) => [p, b.parameters[p].value])) as Parameters;
}

/**
 * Draws of all parameters by Latin hypercube (McKay, Beckman and Conover 1979): each range is cut into as many equal slices as
 * there are draws, and each slice is used once.
 */
export function hypercube(b: Behaviour, draws: number, seed: number): Parameters[] {
  const stream = new Stream(seed, 'hypercube');
  const columns = PARAMETERS.map((p, k) => {
    const [low, high] = b.parameters[p].range;
    const order = Array.from({ length: draws }, (_, i) => i);
    for (let i = draws - 1; i > 0; i--) {
      const j = Math.floor(stream.at(i, k) * (i + 1));
      [order[i], order[j]] = [order[j] as number, order[i] as number];
    }
    return order.map((slice, i) => low + ((slice + stream.at(i, k + 1000)) / draws) * (high - low));
  });
  return Array.from(
    { length: draws },
    (_, i) => Object.fromEntries(PARAMETERS.map((p, k) => [p, (columns[k] as number[])[i] as number])) as Parameters,
  );
}
