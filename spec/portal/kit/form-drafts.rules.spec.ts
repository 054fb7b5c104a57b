import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FormDraft } from '../../../src/identity/page-session.ts';
import { carriedOver, formerTokenOf } from '../../../src/identity/session-lineage.rules.ts';
import { addDraft, draftOf, findDraft, withoutDraft } from '../../../src/portal/kit/form-drafts.rules.ts';
import { secretField, textField } from '../../../src/portal/kit/form-fields.ts';

const label = 'accounts.code';
const form = {
  name: 'one',
  fields: { words: textField({ label, maxLength: 9 }), password: secretField(label) },
};
const typed = (texts: Record<string, string>) => draftOf({ form, path: '/a/1', texts, nowMs: 0 });

describe('what is kept of a form', () => {
  it('is what its fields have, but nothing secret, nothing unknown and nothing empty', () => {
    assert.deepEqual(typed({ words: 'hello', password: 'tanuki', other: 'x' })?.values, { words: 'hello' });
    assert.equal(typed({ words: '', password: 'tanuki' }), undefined);
  });

  it('is nothing where it is too large for a session', () => {
    assert.ok(typed({ words: 'あ'.repeat(3_900) }));
    assert.equal(typed({ words: 'あ'.repeat(4_000) }), undefined);
  });

  it('is there for some minutes, for its own page, and only the newest few', () => {
    const draft = typed({ words: 'hello' })!;
    const at = (nowMs: number, path = '/a/1', forms = ['one']) =>
      findDraft([draft], { path, forms, nowMs })?.values;
    assert.deepEqual(at(0), { words: 'hello' });
    assert.deepEqual(at(10 * 60_000 - 1), { words: 'hello' });
    assert.equal(at(10 * 60_000), undefined);
    assert.equal(at(0, '/a/2'), undefined);
    assert.equal(at(0, '/a/1', ['two']), undefined);
    const named = (name: string): FormDraft => ({ ...draft, form: name });
    let drafts: readonly FormDraft[] = [];
    for (const name of ['a', 'b', 'c', 'b', 'd']) drafts = addDraft(drafts, named(name), 0);
    assert.deepEqual(
      drafts.map((one) => one.form),
      ['c', 'b', 'd'],
    );
    assert.deepEqual(
      withoutDraft(drafts, named('b'), 0).map((one) => one.form),
      ['c', 'd'],
    );
    assert.deepEqual(addDraft(drafts, named('e'), 10 * 60_000).length, 1);
  });
});

describe('what a session takes over from the one that it continues', () => {
  it('is the hash of its form token and of those before it, a few at most', () => {
    const { formerTokens } = carriedOver({ formToken: 'second', formerTokens: [formerTokenOf('first')] }, 0);
    assert.deepEqual(formerTokens, [formerTokenOf('first'), formerTokenOf('second')]);
    const many = carriedOver({ formToken: 'last', formerTokens: Array.from({ length: 20 }, String) }, 0);
    assert.equal(many.formerTokens?.length, 8);
    assert.equal(many.formerTokens?.at(-1), formerTokenOf('last'));
    assert.doesNotMatch(JSON.stringify(many), /"last"/);
    const drafts = [5, 6].map((until) => ({ form: 'one', path: '/a', values: {}, until }));
    assert.deepEqual(carriedOver({ drafts }, 5).drafts, [drafts[1]]);
  });
});
