import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findForm } from '../../../batch/demo/site/page-form.ts';

const page = `<h1>Order &amp; pay</h1>
  <form method="post" action="/checkout/a/b/sign-in"><input type="hidden" name="token" value="a&quot;b&#39;c">
    <input id="x" name="issued_id" value="" required><button>go</button></form>
  <form action="/checkout/a/b/decline"><input name="token" value="t"></form>`;

describe('a form of a page', () => {
  it('is found by where it leads, with what is filled in', () => {
    assert.deepEqual(findForm(page, 'sign-in'), {
      action: '/checkout/a/b/sign-in',
      fields: { token: `a"b'c`, issued_id: '' },
    });
    assert.deepEqual(findForm(page, 'decline').fields, { token: 't' });
  });

  it('is missed with the headings that are there instead', () => {
    assert.throws(() => findForm(page, 'confirm'), /no form to confirm: Order/);
  });
});
