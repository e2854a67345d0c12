/**
 * The timeline of a plan: an image of what the list of steps says, for those who see it. It is hidden from readers of
 * the page by ear, who have the list. Danger is a pattern, not a colour.
 */
import type { PlanView } from '../engine/plan-view.ts';
import { t } from '../words.ts';

/** On a small screen it is drawn smaller, not shrunk: its words stay as large as the others. */
const WIDE = 640;
const NARROW = 350;
const ROW = 34;
/** Asked of the browser once: to ask for the width itself lays the page out. */
const small = matchMedia('(max-width: 40rem)');
/** Days between two marks of time, and the room that the words of one need. */
const STEPS = [30.4375, 91.3125, 182.625, 365.25, 730.5, 1826.25];
const ROOM = 80;

export function Timeline({ p }: { readonly p: PlanView }) {
  const WIDTH = small.matches ? NARROW : WIDE;
  const span = Math.max(1, p.facts.days);
  const left = 4;
  const x = (day: number) => left + ((WIDTH - 2 * left) * Math.max(0, Math.min(span, day))) / span;
  const height = p.stretches.length * ROW + 44;
  const step = STEPS.find((s) => (s / span) * WIDTH >= ROOM) ?? (STEPS.at(-1) as number);
  const ticks: number[] = [];
  for (let d = 0; d <= span; d += step) ticks.push(d);
  const months = (d: number) => Math.round(d / 30.44);
  return (
    <figure class="timeline">
      <figcaption>{t('timeline.caption', { time: p.facts.time })}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${height}`} aria-hidden="true" focusable="false">
        <defs>
          <pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="7" height="7" class="hatch-ground" />
            <line x1="0" y1="0" x2="0" y2="7" class="hatch-line" />
          </pattern>
        </defs>
        {ticks.map((d) => (
          <g key={d}>
            <line class="tick" x1={x(d)} x2={x(d)} y1={0} y2={height - 26} />
            <text
              class="tick-text"
              x={Math.min(x(d), WIDTH - left)}
              text-anchor={x(d) > WIDTH - ROOM ? 'end' : 'start'}
              y={height - 10}
            >
              {months(d) === 0 ? t('timeline.now') : t('timeline.months', { n: months(d) })}
            </text>
          </g>
        ))}
        {p.stretches.map((s, i) => {
          const y = i * ROW + 4;
          const w = Math.max(3, x(s.to) - x(s.from));
          const inside = w > Math.min(130, s.name.length * 9 + 20);
          const right = x(s.from) + w + 6 > WIDTH - 150;
          return (
            <g key={i}>
              <rect
                class={`bar ${s.danger ? 'danger' : ''}`}
                x={x(s.from)}
                y={y}
                width={w}
                height={ROW - 12}
                rx={3}
                fill={s.danger ? 'url(#hatch)' : undefined}
              />
              <text
                class={`bar-text ${inside && !s.danger ? 'inside' : ''}`}
                x={inside && !s.danger ? x(s.from) + 8 : right ? x(s.from) - 6 : x(s.from) + w + 6}
                text-anchor={!inside && right ? 'end' : 'start'}
                y={y + 16}
              >
                {inside && s.danger ? '' : s.name}
              </text>
              {inside && s.danger ? (
                <>
                  <rect
                    class="label-ground"
                    x={x(s.from) + 4}
                    y={y + 2}
                    width={s.name.length * 8 + 12}
                    height={ROW - 16}
                    rx={2}
                  />
                  <text class="bar-text" x={x(s.from) + 10} y={y + 16}>
                    {s.name}
                  </text>
                </>
              ) : null}
            </g>
          );
        })}
        {p.marks
          .filter((m) => m.kind !== 'enter')
          .map((m, i) => (
            <g key={i}>
              {m.kind === 'file' ? (
                <path class="mark-file" d={`M${x(m.at)} ${height - 34} l5 8 h-10z`} />
              ) : (
                <circle class="mark-answer" cx={x(m.at)} cy={height - 30} r={4} />
              )}
            </g>
          ))}
      </svg>
      <p class="hint">
        {t('timeline.key')} {p.stretches.some((s) => s.danger) ? t('timeline.danger') : ''}
      </p>
    </figure>
  );
}
