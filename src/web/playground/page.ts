/** The playground in a page: what is typed stays in it. Text is only ever put in as text. */

import { type Answered, type Asked, answer } from './answer.ts';
import { EXAMPLES } from './examples.ts';
import type { WorldJson } from './world.ts';
import { worldFrom } from './world.ts';

const OUTCOME = { true: 'yes', false: 'no', undefined: 'unknown' } as const;

const field = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;

/** Puts an example into the fields and answers it, then answers anew whenever something is typed. */
export function start(json: WorldJson): void {
  const world = worldFrom(json);
  const [condition, facts, params] = ['condition', 'facts', 'params'].map((id) => field<HTMLTextAreaElement>(id)) as [
    HTMLTextAreaElement,
    HTMLTextAreaElement,
    HTMLTextAreaElement,
  ];
  const on = field<HTMLInputElement>('on');
  const monthEnd = field<HTMLSelectElement>('month-end');
  const examples = field<HTMLSelectElement>('examples');
  const out = field('answer');
  const read = (): Asked => ({
    condition: condition.value,
    facts: facts.value,
    params: params.value,
    on: on.value.trim(),
    monthEnd: monthEnd.value === 'clamp' || monthEnd.value === 'roll' ? monthEnd.value : undefined,
  });
  const show = () => {
    const said = answer(world, read());
    for (const [where, box] of Object.entries({ condition, facts, params, on }))
      box.setAttribute('aria-invalid', String(!said.ok && said.where === where));
    out.replaceChildren(...told(said));
  };
  for (const [i, e] of EXAMPLES.entries()) examples.append(new Option(e.title, String(i)));
  const take = () => {
    const e = EXAMPLES[Number(examples.value)] ?? EXAMPLES[0];
    if (!e) return;
    condition.value = e.condition;
    facts.value = e.facts;
    params.value = e.params;
    on.value = e.on;
    monthEnd.value = e.monthEnd ?? '';
    show();
  };
  examples.addEventListener('change', take);
  let waiting = 0;
  for (const box of [condition, facts, params, on, monthEnd])
    box.addEventListener('input', () => {
      clearTimeout(waiting);
      waiting = window.setTimeout(show, 250);
    });
  for (const e of document.querySelectorAll('[data-script]')) e.removeAttribute('hidden');
  take();
}

function part(tag: string, text: string, className = ''): HTMLElement {
  const e = document.createElement(tag);
  e.textContent = text;
  if (className) e.className = className;
  return e;
}

const WHERE = {
  condition: 'The condition',
  facts: 'The facts',
  params: 'The numbers of the law',
  on: 'The day',
} as const;

function told(said: Answered): HTMLElement[] {
  if (!said.ok) return [part('p', `${WHERE[said.where]}: this cannot be read.`), part('pre', said.problem)];
  const out = [part('p', OUTCOME[String(said.outcome) as keyof typeof OUTCOME], 'outcome')];
  const list = document.createElement('ul');
  for (const line of said.lines) {
    const item = part(
      'li',
      `${'— '.repeat(line.depth)}${line.text}: ${OUTCOME[String(line.outcome) as keyof typeof OUTCOME]}${line.values ? ` (${line.values})` : ''}`,
    );
    list.append(item);
  }
  out.push(list);
  if (said.stillNeeded.length) out.push(part('p', `Still needed: ${said.stillNeeded.join(', ')}.`));
  if (said.lacks.length) out.push(part('p', `The law states no value of: ${said.lacks.join(', ')}.`));
  if (said.outcome !== true)
    out.push(
      part(
        'p',
        said.nearest.length
          ? `Smallest change that would make it yes: ${said.nearest.join('; ')}.${said.exact ? '' : ' A smaller one cannot be ruled out.'}`
          : 'No change of one’s own answers would make it yes.',
      ),
    );
  return out;
}
