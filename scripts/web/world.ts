/**
 * The map: Natural Earth's outlines (world-atlas, 1:110 million), projected once here. Natural Earth draws Crimea as part
 * of Russia; here that piece is Ukraine's, which it is. Small states have no outline at this scale: they are points.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { geoContains, geoNaturalEarth1, geoPath } from 'd3-geo';
import { type Feature, feature, type Geometry, merge } from 'topojson-client';
import type { WorldMap } from '../../src/web/map/world.ts';

type Topo = {
  objects: {
    countries: { geometries: { id?: string; type: string; arcs: unknown[]; properties: { name: string } }[] };
  };
};

/** A point on the peninsula; the piece of Russia that holds it is moved. */
const SIMFEROPOL: readonly [number, number] = [34.1, 44.95];

/** Countries with their outlines, Crimea with Ukraine. Exported for the test of named points. */
export function countriesOfTheWorld(): Feature[] {
  const file = createRequire(import.meta.url).resolve('world-atlas/countries-110m.json');
  const topo = JSON.parse(readFileSync(file, 'utf8')) as Topo;
  const all = topo.objects.countries.geometries;
  const russia = all.find((g) => g.id === '643');
  const ukraine = all.find((g) => g.id === '804');
  if (russia?.type !== 'MultiPolygon' || !ukraine)
    throw new Error('The map has no Russia or no Ukraine where they were expected.');
  const pieces = russia.arcs.map((arcs) => ({ type: 'Polygon', arcs }));
  const crimea = pieces.filter((p) => geoContains(feature(topo, p), SIMFEROPOL));
  if (crimea.length !== 1)
    throw new Error(`The map has ${crimea.length} pieces of Russia with Simferopol; one was expected.`);
  const rest = merge(
    topo,
    pieces.filter((p) => p !== crimea[0]),
  );
  const whole = merge(topo, [ukraine, ...crimea]);
  return feature(topo, topo.objects.countries).features.map((f) => {
    const geometry: Geometry | undefined = f.id === '643' ? rest : f.id === '804' ? whole : undefined;
    return geometry ? { ...f, geometry } : f;
  });
}

/** ISO 3166 numeric to alpha-2, for what has an outline. */
const ALPHA: Readonly<Record<string, string>> = Object.fromEntries(
  `004af 008al 010aq 012dz 024ao 031az 032ar 036au 040at 044bs 050bd 051am 056be 064bt 068bo 070ba 072bw 076br 084bz 090sb
  096bn 100bg 104mm 108bi 112by 116kh 120cm 124ca 140cf 144lk 148td 152cl 156cn 158tw 170co 178cg 180cd 188cr 191hr 192cu 196cy
  203cz 204bj 208dk 214do 218ec 222sv 226gq 231et 232er 233ee 238fk 242fj 246fi 250fr 260tf 262dj 266ga 268ge 270gm 275ps
  276de 288gh 300gr 304gl 320gt 324gn 328gy 332ht 340hn 348hu 352is 356in 360id 364ir 368iq 372ie 376il 380it 384ci 388jm
  392jp 398kz 400jo 404ke 408kp 410kr 414kw 417kg 418la 422lb 426ls 428lv 430lr 434ly 440lt 442lu 450mg 454mw 458my 466ml
  478mr 484mx 496mn 498md 499me 504ma 508mz 512om 516na 524np 528nl 540nc 548vu 554nz 558ni 562ne 566ng 578no 586pk 591pa
  598pg 600py 604pe 608ph 616pl 620pt 624gw 626tl 630pr 634qa 642ro 643ru 646rw 682sa 686sn 688rs 694sl 703sk 704vn 705si
  706so 710za 716zw 724es 728ss 729sd 732eh 740sr 748sz 752se 756ch 760sy 762tj 764th 768tg 780tt 784ae 788tn 792tr 795tm
  800ug 804ua 807mk 818eg 826gb 834tz 840us 854bf 858uy 860uz 862ve 887ye 894zm`
    .trim()
    .split(/\s+/)
    .map((x) => [x.slice(0, 3), x.slice(3)]),
);

/** Where small states lie: longitude, latitude. They have no outline at this scale. */
export const SMALL: Readonly<Record<string, readonly [number, number]>> = {
  ad: [1.6, 42.55],
  ag: [-61.8, 17.1],
  bb: [-59.55, 13.15],
  bh: [50.55, 26.05],
  cv: [-23.6, 15.1],
  dm: [-61.35, 15.4],
  gd: [-61.7, 12.1],
  hk: [114.15, 22.35],
  kn: [-62.75, 17.3],
  lc: [-60.95, 13.9],
  li: [9.55, 47.15],
  mc: [7.42, 43.74],
  mo: [113.55, 22.2],
  mt: [14.4, 35.9],
  mu: [57.55, -20.25],
  mv: [73.5, 4.2],
  sc: [55.45, -4.6],
  sg: [103.8, 1.35],
  sm: [12.45, 43.94],
  va: [12.45, 41.9],
  vc: [-61.2, 13.25],
};

/** A better place for a mark than the middle of everything a state holds. */
const MARK: Readonly<Record<string, readonly [number, number]>> = {
  fr: [2.5, 46.6],
  us: [-98, 39.5],
  ru: [44, 56],
  no: [9.5, 61.5],
  nl: [5.5, 52.2],
  es: [-3.7, 40.2],
  pt: [-8, 39.6],
  hr: [16.2, 45.5],
  ca: [-97, 53],
};

export function worldMap(): WorldMap {
  const width = 1600;
  const height = 900;
  const features = countriesOfTheWorld().filter((f) => f.id !== '010');
  const projection = geoNaturalEarth1()
    .precision(0.3)
    .fitExtent(
      [
        [0, 0],
        [width, height],
      ],
      { type: 'FeatureCollection', features },
    );
  const path = geoPath(projection).digits(1);
  const shapes: Record<string, string> = {};
  const points: Record<string, [number, number]> = {};
  const put = (code: string, at: readonly [number, number] | null | undefined) => {
    if (at) points[code] = [Math.round(at[0] * 10) / 10, Math.round(at[1] * 10) / 10];
  };
  for (const f of features) {
    const code = (f.id && ALPHA[f.id]) ?? (f.properties.name === 'Kosovo' ? 'xk' : f.properties.name);
    const d = path(f);
    if (d) shapes[code] = d;
    if (code.length !== 2) continue;
    const mark = MARK[code];
    put(code, mark ? projection(mark) : path.centroid(f));
  }
  for (const [code, at] of Object.entries(SMALL)) put(code, projection(at));
  return { width, height, shapes, points };
}
