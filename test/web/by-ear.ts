/** "When is my next deadline?", found with the accessibility tree alone: what is heard is compared with the records in docs. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ROOT } from './built.ts';

/** The accessibility tree as somebody hears it: one line a node, from the heading that has the focus on. */
type Node = { role: string; name: string };
async function heard(page: Page): Promise<Node[]> {
  const cdp = await page.context().newCDPSession(page);
  const { nodes } = (await cdp.send('Accessibility.getFullAXTree')) as {
    nodes: {
      ignored: boolean;
      role?: { value: string };
      name?: { value: string };
      childIds?: string[];
      nodeId: string;
    }[];
  };
  await cdp.detach();
  const byId = new Map(nodes.map((n) => [n.nodeId, n]));
  const out: Node[] = [];
  const walk = (id: string) => {
    const n = byId.get(id);
    if (!n) return;
    const role = n.role?.value ?? '';
    const name = (n.name?.value ?? '').trim();
    if (!n.ignored && name && !['InlineTextBox', 'RootWebArea', 'ListMarker'].includes(role)) out.push({ role, name });
    if (['button', 'heading'].includes(role) && !n.ignored) return;
    for (const c of n.childIds ?? []) walk(c);
  };
  if (nodes[0]) walk(nodes[0].nodeId);
  return out;
}

const EXPECTED = {
  en: ['Next deadline', 'Last lawful day in Georgia', '19 December 2026', 'Saturday', '27 days left, today included'],
  ru: [
    'Ближайший срок',
    'Последний законный день в Грузии',
    '19 декабря 2026 года',
    'суббота',
    'Осталось 27 дней, считая сегодня',
  ],
} as const;

/** On "Where I stand", with the example person: the next deadline is the first thing after the heading, in words. */
export async function deadlineByEar(page: Page, lang: 'en' | 'ru'): Promise<void> {
  const [first, ...expected] = EXPECTED[lang];
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'title');
  const all = await heard(page);
  const title = all.findIndex((n) => n.role === 'heading');
  const after = all.slice(title);
  assert.equal(after.find((n, i) => i > 0 && n.role === 'heading')?.name, first);
  const at = after.findIndex((n) => n.name === first);
  const text = after
    .slice(at, at + 10)
    .map((n) => n.name)
    .join(' ');
  for (const e of expected) assert.ok(text.includes(e), `${e} in: ${text}`);
  // Pictures are not heard; what they show is said by the list.
  assert.equal(
    all.some((n) => ['image', 'graphics-document', 'SvgRoot'].includes(n.role)),
    false,
  );
  const file = join(ROOT, 'docs', `next-deadline-by-ear.${lang}.txt`);
  const lines = `${after
    .slice(0, at + 9)
    .map((n) => `${n.role}: ${n.name}`)
    .join('\n')}\n`;
  if (process.env.FOOTHOLD_WRITE) writeFileSync(file, lines);
  else
    assert.equal(
      lines,
      readFileSync(file, 'utf8'),
      'what is heard has changed; to write it down anew: FOOTHOLD_WRITE=1 node --test test/web/journey.test.ts',
    );
}
