import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  checkRegistrationNumber,
  corporateCheckDigit,
} from '../../src/companies/registration-number.rules.ts';

test('accepts corporate numbers with their check digit', () => {
  for (const corporate of ['4011001098993', '7010705000725', '7123456789012', '8011101028104']) {
    assert.deepEqual(checkRegistrationNumber(`T${corporate}`), { valid: true });
  }
});

test('only warns where the check digit is another, for sole proprietors have another series', () => {
  const warned = { valid: true, warning: 'not-corporate-series' };
  for (const other of ['5011001098993', '4011001098994', '0000000000000']) {
    assert.deepEqual(checkRegistrationNumber(`T${other}`), warned, other);
  }
});

test('refuses what is not T and thirteen digits', () => {
  const table = ['', 'T401100109899', 'T40110010989933', '4011001098993', 't4011001098993', 'T401100109899X'];
  for (const text of [...table, 'T4011001098993\n', ' T4011001098993', 'T４011001098993']) {
    assert.deepEqual(checkRegistrationNumber(text), { valid: false }, JSON.stringify(text));
  }
});

test('notices every single mistyped digit of a corporate number', () => {
  const digits = Array.from('4011001098993');
  for (const [place, right] of digits.entries()) {
    for (let wrong = 0; wrong <= 9; wrong++) {
      // Modulo 9 cannot tell 0 from 9: that pair passes by construction of the check digit.
      if (wrong === Number(right) || Math.abs(wrong - Number(right)) === 9) continue;
      const mistyped = digits.with(place, String(wrong)).join('');
      assert.equal(checkRegistrationNumber(`T${mistyped}`).warning, 'not-corporate-series', mistyped);
    }
  }
});

test('computes check digits for twelve digits only', () => {
  assert.equal(corporateCheckDigit('123456789012'), 7);
  assert.throws(() => corporateCheckDigit('12345'), RangeError);
});
