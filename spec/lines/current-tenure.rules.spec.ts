import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { currentTenure } from '../../src/lines/current-tenure.rules.ts';

describe('the tenure that a line is spoken of by', () => {
  const past = { validFrom: '2025-01-01', validTo: '2026-04-01' };
  const now = { validFrom: '2026-04-01', validTo: '2026-06-01' };
  const next = { validFrom: '2026-06-01', validTo: null };
  const later = { validFrom: '2026-09-01', validTo: null };

  it('is the one in force, although the next holder is known', () => {
    assert.equal(currentTenure([past, now, next], '2026-05-14'), now);
    assert.equal(currentTenure([past, now, next], '2026-06-01'), next);
  });

  it('is the last that ended while nobody holds the line', () => {
    assert.equal(currentTenure([past, next], '2026-05-14'), past);
  });

  it('is the first to come of a line that nobody has held', () => {
    assert.equal(currentTenure([next, later], '2026-05-14'), next);
    assert.equal(currentTenure([], '2026-05-14'), undefined);
  });
});
