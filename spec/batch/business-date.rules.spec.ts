import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { determineBusinessDate } from '../../batch/business-date.rules.ts';

const on = (businessDate: string | undefined) =>
  determineBusinessDate({ businessDate, today: '2026-06-01', place: 'Asia/Tokyo' });

describe('the business date of a batch', () => {
  it('is yesterday when none is given', () => {
    assert.equal(on(undefined), '2026-05-31');
  });

  it('may be any that has ended', () => {
    assert.equal(on('2026-05-31'), '2026-05-31');
    assert.equal(on('2025-12-31'), '2025-12-31');
  });

  for (const businessDate of ['2026-06-01', '2026-06-02', '2027-01-01']) {
    it(`is not ${businessDate}, which has not ended, and the refusal names the last one that can run`, () => {
      const message = `--business-date ${businessDate} has not ended: it is 2026-06-01 in Asia/Tokyo, so 2026-05-31 is the last one that can run`;
      assert.throws(() => on(businessDate), { name: 'UsageError', message });
    });
  }
});
