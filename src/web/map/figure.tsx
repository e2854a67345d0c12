/** Where a plan leads, on a map. The list of steps says the same: the map is hidden from readers by ear. */
import { useEffect, useState } from 'preact/hooks';
import type { PlanView } from '../engine/plan-view.ts';
import { t } from '../words.ts';
import type { WorldMap } from './world.ts';

let loaded: WorldMap | undefined;

export function WorldMapFigure({ p }: { readonly p: PlanView }) {
  const [map, set] = useState(loaded);
  useEffect(() => {
    if (!loaded)
      void import('virtual:map').then((m) => {
        loaded = m.default;
        set(loaded);
      });
  }, []);
  const stops = p.path.filter((code, i) => p.path.indexOf(code) === i);
  const points = map
    ? p.path.flatMap((code) => (map.points[code] ? [{ code, at: map.points[code] as readonly [number, number] }] : []))
    : [];
  if (map && points.length === 0) return null;
  const xs = points.map((q) => q.at[0]);
  const ys = points.map((q) => q.at[1]);
  const pad = 60;
  const w = Math.max(260, Math.max(...xs) - Math.min(...xs) + 2 * pad);
  const h = Math.max(150, Math.max(...ys) - Math.min(...ys) + 2 * pad, w / 2.4);
  const cx = (Math.max(...xs) + Math.min(...xs)) / 2;
  const cy = (Math.max(...ys) + Math.min(...ys)) / 2;
  const unit = w / 640;
  return (
    <figure class="map">
      <figcaption>
        {t('map.caption')} {p.pathNames.join(' → ')}
      </figcaption>
      {map ? (
        <svg viewBox={`${cx - w / 2} ${cy - h / 2} ${w} ${h}`} aria-hidden="true" focusable="false">
          {Object.entries(map.shapes).map(([code, d]) => (
            <path key={code} d={d} class={`land ${stops.includes(code) ? 'on' : ''}`} stroke-width={unit} />
          ))}
          <polyline
            class="way"
            points={points.map((q) => q.at.join(',')).join(' ')}
            fill="none"
            stroke-width={2.5 * unit}
          />
          {points.map((q, i) => {
            const last = points.findIndex((o) => o.code === q.code) === i;
            return last ? (
              <g key={`${q.code}${i}`}>
                <circle class="stop" cx={q.at[0]} cy={q.at[1]} r={11 * unit} />
                <text class="stop-n" x={q.at[0]} y={q.at[1] + 4.5 * unit} font-size={13 * unit} text-anchor="middle">
                  {stops.indexOf(q.code) + 1}
                </text>
              </g>
            ) : null;
          })}
        </svg>
      ) : null}
      <p class="hint">{t('map.borders')}</p>
    </figure>
  );
}
