/** The parts that only some kinds of provision have: counting, filing, status terms, clocks, ladders, contacts. */
import type { Text } from '../rules/ir.ts';
import type { Raw, Reader } from './compile.ts';
import type { AskWindow, CountingRule, EndRule, Provision, Rights, Said, StatusTerms } from './types.ts';
import { readBoolean } from './values.ts';
import type { Path } from './yaml.ts';

type Mutable<T> = { -readonly [K in keyof T]?: T[K] };

/** Reads every kind-specific part present in the file. The schema has already refused parts of other kinds. */
export function provisionParts(raw: Raw, r: Reader): Partial<Provision> {
  const out: Mutable<Provision> = {};
  const copy = <K extends keyof Provision>(key: K, from: string = key) => {
    if (raw[from] !== undefined) out[key] = raw[from] as never;
  };
  const saids = (key: string): Said[] => ((raw[key] as unknown[]) ?? []).flatMap((x, i) => r.said(x, [key, i]) ?? []);
  for (const k of [
    'area',
    'excludes',
    'overstay',
    'effect',
    'countries',
    'appliesTo',
    'strength',
    'purpose',
    'decision',
    'concerns',
    'what',
    'contact',
    'breaks',
    'begins',
    'says',
  ] as const)
    copy(k);

  if (readBoolean(raw.passportBound)) out.passportBound = true;
  if (readBoolean(raw.holdingBound)) out.holdingBound = true;
  if (raw.kind === 'support' && readBoolean(raw.everywhere)) out.everywhere = true;
  if (raw.counting) out.counting = counting(raw.counting as Raw[], r);
  if (raw.rights) out.rights = rights(raw.rights as Raw, r, ['rights']);
  if (raw.register) {
    out.register = (raw.register as Raw[]).flatMap((x, i) => {
      const said = r.said(x, ['register', i]);
      const within = r.param(x.within, ['register', i, 'within']);
      return said ? [{ ...said, ...(within ? { within } : {}) }] : [];
    });
  }
  if (raw.file) {
    const f = raw.file as Raw;
    const source = r.sources(f.source, ['file', 'source']);
    out.filing = {
      where: f.where as never,
      ...(f.consulate ? { consulate: f.consulate as never } : {}),
      ...(f.consulateIn ? { consulateIn: f.consulateIn as string[] } : {}),
      ...(f.from ? { from: f.from as string[] } : {}),
      ...(f.notFrom ? { notFrom: f.notFrom as string[] } : {}),
      ...askWindow(f, r, ['file']),
      ...(f.says ? { says: f.says as Text } : {}),
      ...(source ? { source } : {}),
    };
    for (const k of ['from', 'notFrom'] as const) {
      for (const [i, s] of ((f[k] as string[]) ?? []).entries()) {
        if (s !== 'any' && s !== 'permit' && !/^[a-z]{2,10}\/([a-z0-9-]+|\*)$/.test(s))
          r.problem(['file', k, i], 'status-ref', `"${s}"`, 'a status id, an id ending in /*, `any` or `permit`');
      }
    }
  }
  if (raw.processing) {
    const p = raw.processing as Raw;
    const usual = r.param(p.usual, ['processing', 'usual']);
    const longest = r.param(p.longest, ['processing', 'longest']);
    const source = r.sources(p.source, ['processing', 'source']);
    out.processing = { ...(usual ? { usual } : {}), ...(longest ? { longest } : {}), ...(source ? { source } : {}) };
  }
  if (raw.fee) {
    const f = raw.fee as { param?: string; params?: string[]; source?: unknown };
    r.sources(f.source, ['fee', 'source']);
    out.fee = (f.params ?? (f.param ? [f.param] : [])).flatMap((p) => r.param(p, ['fee']) ?? []);
  }
  if (raw.grants) {
    const g = raw.grants as Raw;
    const valid = r.param(g.valid, ['grants', 'valid']);
    const validAbroad = r.param(g.validAbroad, ['grants', 'validAbroad']);
    const validRenewed = r.param(g.validRenewed, ['grants', 'validRenewed']);
    const source = r.sources(g.source, ['grants', 'source']);
    const d = g.document as Raw | undefined;
    const documentValid = d ? r.param(d.valid, ['grants', 'document', 'valid']) : undefined;
    if (!d && !g.status) r.problem(['grants'], 'grants', 'neither a status nor a document', '`status:` or `document:`');
    const document = d && {
      kind: String(d.kind),
      country: String(d.country),
      ...(readBoolean(d.biometric) !== undefined ? { biometric: readBoolean(d.biometric) as boolean } : {}),
      ...(documentValid ? { valid: documentValid } : {}),
    };
    out.grants = {
      ...(g.status ? { status: String(g.status) } : {}),
      ...(document ? { document } : {}),
      ...(valid ? { valid } : {}),
      ...(validAbroad ? { validAbroad } : {}),
      ...(validRenewed ? { validRenewed } : {}),
      ...(readBoolean(g.passportBound) ? { passportBound: true } : {}),
      ...(readBoolean(g.contract) ? { contract: true as const } : {}),
      ...(g.says ? { says: g.says as Text } : {}),
      ...(source ? { source } : {}),
    };
  }
  if (raw.quota) {
    const q = raw.quota as Raw;
    const source = r.sources(q.source, ['quota', 'source']);
    out.quota = {
      param: r.param(q.param, ['quota', 'param']) ?? '',
      ...(q.per ? { per: String(q.per) } : {}),
      ...(source ? { source } : {}),
    };
  }
  if (raw.practice) {
    out.practice = (raw.practice as Raw[]).map((p, i) => ({
      what: String(p.what),
      value: p.value as number,
      unit: String(p.unit),
      ...(p.of !== undefined ? { of: p.of as number } : {}),
      period: String(p.period),
      ...(r.said(p, ['practice', i]) as Said),
    }));
  }
  if (readBoolean(raw.avoid)) out.avoid = true;
  if (raw.claim === 'asylum') out.claim = 'asylum';
  if (raw.papers) {
    const p = raw.papers as Raw;
    const source = r.sources(p.source, ['papers', 'source']);
    const i = p.issues as Raw | undefined;
    out.papers = {
      ...(i ? { issues: { kind: String(i.kind), country: String(i.country) } } : {}),
      says: p.says as Text,
      ...(source ? { source } : {}),
    };
  }
  if (raw.pending) {
    const p = raw.pending as Raw;
    out.pending = {
      mayStay: p.mayStay === 'unknown' ? 'unknown' : readBoolean(p.mayStay) === true,
      ...(r.said(p, ['pending']) as Said),
    };
  }
  if (raw.ifRefused) {
    const p = raw.ifRefused as Raw;
    const must = r.param(p.mustLeaveWithin, ['ifRefused', 'mustLeaveWithin']);
    const appeal = r.param(p.appealWithin, ['ifRefused', 'appealWithin']);
    out.ifRefused = {
      ...(r.said(p, ['ifRefused']) as Said),
      ...(must ? { mustLeaveWithin: must } : {}),
      ...(appeal ? { appealWithin: appeal } : {}),
    };
  }
  if (raw.bring) out.bring = saids('bring');
  if (raw.advice) out.advice = saids('advice');
  if (raw.family) {
    const f = raw.family as Raw;
    out.family = {
      may: f.may === 'unknown' ? 'unknown' : readBoolean(f.may) === true,
      ...(r.said(f, ['family']) as Said),
    };
  }
  if (raw.kind === 'status') out.status = statusTerms(raw, r, []);
  else if (raw.status) out.status = statusTerms(raw.status as Raw, r, ['status']);
  if (raw.kind === 'clock') clock(raw, r, out);
  if (raw.steps) {
    out.steps = (raw.steps as Raw[]).map((s, i) => {
      const path: Path = ['steps', i];
      const inForce = s.inForce as { from?: string; to?: string } | undefined;
      const from = r.day(inForce?.from, [...path, 'inForce', 'from']);
      const to = r.day(inForce?.to, [...path, 'inForce', 'to']);
      const until = r.param(s.until, [...path, 'until']);
      const fine = r.param(s.fine, [...path, 'fine']);
      const ban = r.param(s.ban, [...path, 'ban']);
      const source = r.sources(s.source, [...path, 'source']);
      return {
        fromStep: r.param(s.from, [...path, 'from']) ?? '',
        says: s.says as Text,
        ...(source ? { source } : {}),
        ...(until ? { until } : {}),
        ...(fine ? { fine } : {}),
        ...(ban ? { ban } : {}),
        ...(from !== undefined ? { from } : {}),
        ...(to !== undefined ? { to } : {}),
      };
    });
  }
  const until = r.day(raw.kind === 'support' ? raw.until : undefined, ['until']);
  if (until !== undefined) out.until = until;
  return out as Partial<Provision>;
}

function counting(rows: Raw[], r: Reader): CountingRule[] {
  return rows.map((c, i) => {
    const path: Path = ['counting', i];
    const kind = c.kind as CountingRule['kind'];
    const limit = r.param(c.limit, [...path, 'limit']) ?? '';
    const window = r.param(c.window, [...path, 'window']);
    const needsWindow = kind === 'rolling' || kind === 'rollingMonths' || kind === 'anchored';
    if (needsWindow && !window)
      r.problem(
        path,
        'counting-window',
        `counting of kind ${kind} without a window`,
        'window: the parameter that says how long it is',
      );
    if (!needsWindow && window)
      r.problem(
        [...path, 'window'],
        'counting-window',
        `counting of kind ${kind} with a window`,
        'no window: it has none',
      );
    const source = r.sources(c.source, [...path, 'source']);
    const from = r.day(c.from, [...path, 'from']);
    const to = r.day(c.to, [...path, 'to']);
    return {
      kind,
      limit,
      edges: c.edges as CountingRule['edges'],
      ...(window ? { window } : {}),
      ...(c.lastDay ? { lastDay: c.lastDay as 'sameDate' | 'dayBefore' } : {}),
      ...(c.gapDays !== undefined ? { gapDays: c.gapDays as number } : {}),
      ...(source ? { source } : {}),
      ...(from !== undefined ? { from } : {}),
      ...(to !== undefined ? { to } : {}),
    };
  });
}

function rights(raw: Raw, r: Reader, path: Path): Rights {
  const said = raw.says ? r.said(raw, path) : undefined;
  return {
    ...(raw.work ? { work: raw.work as NonNullable<Rights['work']> } : {}),
    ...(raw.study !== undefined
      ? { study: raw.study === 'unknown' ? ('unknown' as const) : readBoolean(raw.study) === true }
      : {}),
    ...(said ?? {}),
  };
}

/** From when to when something is asked for from what is held, and whether that goes on until the decision. */
function askWindow(raw: Raw, r: Reader, path: Path): AskWindow {
  const opens = r.param(raw.opens, [...path, 'opens']);
  const closes = r.param(raw.closes, [...path, 'closes']);
  const p = raw.prolongs as Raw | undefined;
  const limit = r.param(p?.limit, [...path, 'prolongs', 'limit']);
  for (const [key, name] of [
    ['opens', opens],
    ['closes', closes],
    ['prolongs', limit],
  ] as const) {
    const unit = name === undefined ? undefined : ((r.file.value as Raw).params as Record<string, Raw>)?.[name]?.unit;
    if (unit !== undefined && unit !== 'days' && unit !== 'duration')
      r.problem(
        [...path, key],
        'window-unit',
        `"${name}" in ${String(unit)}`,
        'days or a duration, counted from the last day of what is held',
      );
  }
  if (
    p &&
    p.stay !== undefined &&
    readBoolean(p.stay) !== true &&
    (limit !== undefined || readBoolean(p.work) === true)
  )
    r.problem(
      [...path, 'prolongs'],
      'prolongs',
      `a limit, or work, of what does not surely go on (stay: ${String(p.stay)})`,
      '`stay: yes` with them, or neither',
    );
  const yes = (key: string): boolean | 'unknown' =>
    p?.[key] === 'unknown' ? 'unknown' : readBoolean(p?.[key]) === true;
  return {
    ...(opens ? { opens } : {}),
    ...(closes ? { closes } : {}),
    ...(p
      ? {
          prolongs: {
            stay: yes('stay'),
            ...(p.work !== undefined ? { work: yes('work') } : {}),
            ...(p.counts !== undefined ? { counts: yes('counts') } : {}),
            ...(limit ? { limit } : {}),
            ...prolongsSaid(p, r, [...path, 'prolongs']),
          },
        }
      : {}),
  };
}

function prolongsSaid(p: Raw, r: Reader, path: Path): Partial<Said> {
  const said = r.said(p, path);
  if (!said) return {};
  const { says, ...rest } = said;
  return { ...rest, ...(says ? { says } : {}) };
}

function statusTerms(raw: Raw, r: Reader, path: Path): StatusTerms {
  const renewRaw = raw.renew as 'no' | Raw | undefined;
  let renew: StatusTerms['renew'];
  if (renewRaw === 'no') renew = 'no';
  else if (renewRaw) {
    const source = r.sources(renewRaw.source, [...path, 'renew', 'source']);
    const maxTotal = r.param(renewRaw.maxTotal, [...path, 'renew', 'maxTotal']);
    renew = {
      ...(renewRaw.by ? { by: String(renewRaw.by) } : {}),
      ...(maxTotal ? { maxTotal } : {}),
      ...askWindow(renewRaw, r, [...path, 'renew']),
      ...(renewRaw.says ? { says: renewRaw.says as Text } : {}),
      ...(source ? { source } : {}),
    };
  }
  const ends: EndRule[] = ((raw.ends as Raw[]) ?? []).map((e, i) => {
    const at: Path = [...path, 'ends', i];
    const source = r.sources(e.source, [...at, 'source']);
    const absence = e.absence as Record<string, string> | undefined;
    const limits: Record<string, string> = {};
    for (const k of ['longest', 'total', 'per']) {
      const p = r.param(absence?.[k], [...at, 'absence', k]);
      if (p) limits[k] = p;
    }
    const clause = e.when || e.any || e.all ? r.clauses.one(e, at, false) : undefined;
    return {
      id: String(e.id),
      says: e.says as Text,
      ...(source ? { source } : {}),
      ...(absence ? { absence: limits } : {}),
      ...(readBoolean(e.claim) ? { claim: true as const } : {}),
      ...(clause ? { clause } : {}),
    };
  });
  const nowhere = r.said(raw.leadsNowhere, [...path, 'leadsNowhere']);
  return {
    stands: raw.stands as StatusTerms['stands'],
    ...(raw.rights ? { rights: rights(raw.rights as Raw, r, [...path, 'rights']) } : {}),
    ...(raw.travel ? { travel: String(raw.travel) } : {}),
    ...(renew ? { renew } : {}),
    ...(raw.leadsTo ? { leadsTo: raw.leadsTo as string[] } : {}),
    ...(nowhere ? { leadsNowhere: nowhere } : {}),
    ...(ends.length ? { ends } : {}),
    ...(readBoolean(raw.protectsFromReturn) ? { protectsFromReturn: true } : {}),
    ...(readBoolean(raw.leaving) ? { leaving: true } : {}),
  };
}

function clock(raw: Raw, r: Reader, out: Mutable<Provision>): void {
  out.counts = (raw.counts as Raw[]).map((c, i) => {
    const path: Path = ['counts', i];
    const source = r.sources(c.source, [...path, 'source']);
    const cap = r.param(c.cap, [...path, 'cap']);
    const from = r.day(c.from, [...path, 'from']);
    const to = r.day(c.to, [...path, 'to']);
    const weight = c.weight as string | undefined;
    if (weight && weight !== 'full' && weight !== 'half') r.param(weight, [...path, 'weight']);
    return {
      status: String(c.status),
      ...(weight ? { weight } : {}),
      ...(cap ? { cap } : {}),
      ...(source ? { source } : {}),
      ...(from !== undefined ? { from } : {}),
      ...(to !== undefined ? { to } : {}),
    };
  });
  out.unbroken = readBoolean(raw.unbroken) === true;
  const within = r.param(raw.within, ['within']);
  if (within) out.within = within;
  if (raw.absences) {
    const a = raw.absences as Record<string, unknown>;
    const res: Record<string, unknown> = {};
    for (const k of ['longest', 'total', 'per']) {
      const p = r.param(a[k], ['absences', k]);
      if (p) res[k] = p;
    }
    const source = r.sources(a.source, ['absences', 'source']);
    if (a.edges) res.edges = a.edges;
    out.absences = { ...res, ...(source ? { source } : {}) } as NonNullable<Provision['absences']>;
  }
  if (raw.suspended) out.suspended = r.clauses.list(raw.suspended, ['suspended']);
}
