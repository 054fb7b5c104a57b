import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Eta } from 'eta';
import { pagesDir } from '../../../src/portal/kit/assets.ts';

const eta = new Eta({ views: pagesDir, cache: true, autoEscape: true });
const render = (field: object) => eta.render('/kit/check', { field, form: undefined, formName: 'kit.form' });

describe('a box to tick', () => {
  it('is described by its hint', () => {
    const html = render({ name: 'scope', label: 'charges:read', hint: 'Read purchases' });
    assert.match(html, /<input id="scope"[^>]* aria-describedby="scope-hint">/);
    assert.match(html, /<p class="hint" id="scope-hint">Read purchases<\/p>/);
  });

  it('points at nothing without one', () => {
    assert.doesNotMatch(render({ name: 'scope', label: 'charges:read' }), /aria-describedby|hint/);
  });
});
