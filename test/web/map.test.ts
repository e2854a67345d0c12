import assert from 'node:assert/strict';
import { test } from 'node:test';
import { geoContains } from 'd3-geo';
import { countriesOfTheWorld, SMALL, worldMap } from '../../scripts/web/world.ts';

const inside = (at: readonly [number, number]): string[] =>
  countriesOfTheWorld()
    .filter((f) => geoContains(f, at))
    .map((f) => f.properties.name);

test('named points lie where they lie: Crimea is Ukraine’s', () => {
  const points: readonly (readonly [string, readonly [number, number], string])[] = [
    ['Simferopol', [34.1, 44.95], 'Ukraine'],
    ['Kerch', [36.2, 45.3], 'Ukraine'],
    ['Yalta, inland', [34.2, 44.65], 'Ukraine'],
    ['Donetsk', [37.8, 48.0], 'Ukraine'],
    ['Luhansk', [39.3, 48.57], 'Ukraine'],
    ['Krasnodar', [39.0, 45.0], 'Russia'],
    ['Rostov', [40.0, 47.6], 'Russia'],
    ['Moscow', [37.6, 55.75], 'Russia'],
    ['Sukhumi, inland', [41.3, 43.1], 'Georgia'],
    ['Tskhinvali', [43.97, 42.23], 'Georgia'],
    ['Tiraspol', [29.3, 46.9], 'Moldova'],
    ['Pristina', [21.1, 42.6], 'Kosovo'],
    ['Tbilisi', [44.8, 41.7], 'Georgia'],
    ['Belgrade', [20.5, 44.8], 'Serbia'],
  ];
  for (const [name, at, country] of points) assert.deepEqual(inside(at), [country], name);
});

test('nothing but the peninsula changed hands', () => {
  const names = countriesOfTheWorld().map((f) => f.properties.name);
  assert.equal(new Set(names).size, names.length);
  for (const name of ['Russia', 'Ukraine']) assert.ok(names.includes(name));
});

test('every host has a place on the map; small states are points without an outline', () => {
  const map = worldMap();
  const hosts =
    'ae al am ar az ba be bg br by ca ch cn cy cz de dk ee es fi fr gb ge gr hr hu ie il is it kg kz lt lu lv md me mk mn nl no pl pt ro rs ru se si sk th tj tr ua us uz vn xk'.split(
      ' ',
    );
  for (const code of hosts) {
    assert.ok(map.shapes[code], code);
    assert.ok(map.points[code], code);
  }
  for (const code of Object.keys(SMALL)) {
    assert.ok(map.points[code], code);
    assert.equal(map.shapes[code], undefined, code);
  }
  for (const [code, [x, y]] of Object.entries(map.points))
    assert.ok(x >= 0 && x <= map.width && y >= 0 && y <= map.height, code);
  const [ge, am] = [map.points.ge as readonly [number, number], map.points.am as readonly [number, number]];
  assert.ok(am[1] > ge[1] && Math.abs(am[0] - ge[0]) < 40, 'Armenia lies south of Georgia');
});
