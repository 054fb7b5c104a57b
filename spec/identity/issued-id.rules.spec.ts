import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  composeIssuedId,
  formatIssuedId,
  isIssuedId,
  normaliseIssuedId,
} from '../../src/identity/issued-id.rules.ts';

const issuedIds = fc.nat().map(() => composeIssuedId(randomInt));

describe('issued ID', () => {
  it('has the check digit of Damm: 572 gives 4', () => {
    const digits = [0, 0, 0, 0, 0, 0, 0, 5, 7, 2];
    assert.equal(
      composeIssuedId(() => digits.shift() ?? 0),
      'F00000005724',
    );
  });

  it('is invalid when any one digit is wrong', () => {
    fc.assert(
      fc.property(
        issuedIds,
        fc.integer({ min: 1, max: 11 }),
        fc.integer({ min: 1, max: 9 }),
        (id, place, by) => {
          const digit = (Number(id[place]) + by) % 10;
          assert.equal(isIssuedId(id), true);
          assert.equal(isIssuedId(`${id.slice(0, place)}${digit}${id.slice(place + 1)}`), false);
        },
      ),
    );
  });

  it('is invalid when two adjacent digits are swapped', () => {
    fc.assert(
      fc.property(issuedIds, fc.integer({ min: 1, max: 10 }), (id, place) => {
        fc.pre(id[place] !== id[place + 1]);
        const swapped = `${id.slice(0, place)}${id[place + 1]}${id[place]}${id.slice(place + 2)}`;
        assert.equal(isIssuedId(swapped), false);
      }),
    );
  });

  for (const typed of [
    'F12345678901',
    'f12345678901',
    ' F123 4567 8901 ',
    'F123-4567-8901',
    'Ｆ１２３　４５６７　８９０１',
    'f1234ー5678－901',
  ]) {
    it(`is accepted when typed as ${JSON.stringify(typed)}`, () => {
      assert.equal(normaliseIssuedId(typed), 'F12345678901');
    });
  }

  it('is shown in groups', () => {
    assert.equal(formatIssuedId('F12345678901'), 'F123 4567 8901');
    assert.equal(formatIssuedId('LEGACY-1'), 'LEGACY-1');
  });
});
