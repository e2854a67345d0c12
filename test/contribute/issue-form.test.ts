/** The form for "a rule is wrong" asks what, where read, since when, and nothing about a person. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';

type Field = {
  type: string;
  id?: string;
  attributes: { label?: string; value?: string; options?: (string | { label: string; required: boolean })[] };
  validations?: { required: boolean };
};
const root = join(import.meta.dirname, '..', '..');
const form = parse(readFileSync(join(root, '.github', 'ISSUE_TEMPLATE', 'a-rule-is-wrong.yml'), 'utf8')) as {
  name: string;
  description: string;
  body: Field[];
};

test('the form asks which rule, what is right, where it was read and since when', () => {
  assert.ok(form.name && form.description);
  assert.ok(form.body.every((f) => ['markdown', 'input', 'textarea', 'dropdown', 'checkboxes'].includes(f.type)));
  const ids = form.body.flatMap((f) => f.id ?? []);
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(ids, ['provision', 'says', 'right', 'source', 'since', 'kind', 'nobody']);
  for (const f of form.body.filter((x) => x.id && x.id !== 'nobody'))
    assert.equal(f.validations?.required, true, String(f.id));
});

test('the form warns before its first field, in both languages, and asks no personal facts', () => {
  assert.equal(form.body[0]?.type, 'markdown');
  assert.match(form.body[0]?.attributes.value ?? '', /nothing about yourself[\s\S]*ничего о себе/);
  const last = form.body.at(-1)?.attributes.options?.[0] as { required: boolean };
  assert.equal(last.required, true);
  const asked = form.body.filter((f) => f.id && f.id !== 'nobody').map((f) => f.attributes.label ?? '');
  for (const label of asked) {
    assert.match(label, / · .*[а-я]/, `${label}: in both languages`);
    assert.doesNotMatch(label, /\b(your|my|name|e-?mail|contact|passport|born|age)\b|ваш|имя|почт|паспорт/i, label);
  }
});
