import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ageOn, checkLimit, determineLimit } from '../../src/charges/limit.rules.ts';

const carrier = { carrierDefaultMinor: 10_000n, businessDate: '2026-05-31' };
const generous = { carrierDefaultMinor: 500_000n, businessDate: '2026-05-31' };

test('limits by age from the birthday on', () => {
  const table = [
    ['2013-06-01', 1_500n],
    ['2013-05-31', 10_000n],
    ['2008-06-01', 10_000n],
    ['2008-05-31', 20_000n],
    ['2006-06-01', 20_000n],
    ['2006-05-31', 100_000n],
    ['1950-01-01', 100_000n],
    ['2027-01-01', 1_500n],
  ] as const;
  for (const [birthDate, limitMinor] of table) {
    assert.deepEqual(
      determineLimit({ ...generous, birthDate }),
      { limitMinor, source: 'age-band' },
      birthDate,
    );
  }
});

test('knows no age band without a birth date', () => {
  for (const birthDate of [undefined, null]) {
    assert.deepEqual(determineLimit({ ...generous, birthDate }), {
      limitMinor: 500_000n,
      source: 'carrier-default',
    });
  }
});

test('takes the lowest limit, wherever it comes from', () => {
  const table = [
    [{}, 10_000n, 'carrier-default'],
    [{ birthDate: '2020-01-01' }, 1_500n, 'age-band'],
    [{ birthDate: '1980-01-01' }, 10_000n, 'carrier-default'],
    [{ lineLimitMinor: 3_000n, subscriberLimitMinor: 5_000n }, 3_000n, 'line'],
    [{ lineLimitMinor: 5_000n, subscriberLimitMinor: 3_000n }, 3_000n, 'subscriber'],
    [{ birthDate: '2020-01-01', subscriberLimitMinor: 0n }, 0n, 'subscriber'],
    [{ lineLimitMinor: 50_000n, subscriberLimitMinor: null }, 10_000n, 'carrier-default'],
  ] as const;
  for (const [sources, limitMinor, source] of table) {
    assert.deepEqual(determineLimit({ ...carrier, ...sources }), { limitMinor, source });
  }
});

test('adds a year on the birthday, for leap day children on 1 March of a common year', () => {
  assert.equal(ageOn('2008-02-29', '2026-02-28'), 17);
  assert.equal(ageOn('2008-02-29', '2026-03-01'), 18);
  assert.equal(ageOn('2008-02-29', '2028-02-29'), 20);
  assert.equal(ageOn('2026-05-31', '2026-05-31'), 0);
});

test('allows a charge that reaches the limit exactly and refuses one yen more', () => {
  const month = { limit: determineLimit(carrier), spentMinor: 9_000n };
  assert.deepEqual(checkLimit({ ...month, amountMinor: 1_000n }), { allowed: true, remainingMinor: 0n });
  assert.deepEqual(checkLimit({ ...month, amountMinor: 1_001n }), {
    allowed: false,
    reason: 'monthly-limit',
    limitMinor: 10_000n,
    source: 'carrier-default',
    remainingMinor: 1_000n,
  });
});

test("refuses a charge above the contract's maximum whatever is left of the month", () => {
  const month = { limit: determineLimit(carrier), spentMinor: 0n, perChargeMaxMinor: 2_000n };
  assert.equal(checkLimit({ ...month, amountMinor: 2_000n }).allowed, true);
  assert.deepEqual(checkLimit({ ...month, amountMinor: 2_001n }), {
    allowed: false,
    reason: 'per-charge-max',
    limitMinor: 2_000n,
    source: 'contract',
    remainingMinor: 10_000n,
  });
});

test('refuses everything once a lowered limit is overspent', () => {
  const month = { limit: { limitMinor: 1_000n, source: 'subscriber' }, spentMinor: 4_000n } as const;
  const outcome = checkLimit({ ...month, amountMinor: 1n });
  assert.equal(outcome.allowed, false);
  assert.equal(outcome.remainingMinor, 0n);
  assert.throws(() => checkLimit({ ...month, amountMinor: 0n }), RangeError);
});

test('never lets a month be spent beyond its limit', () => {
  const amounts = fc.array(fc.bigInt({ min: 1n, max: 4_000n }), { maxLength: 30 });
  fc.assert(
    fc.property(amounts, fc.bigInt({ min: 0n, max: 20_000n }), (charges, subscriberLimitMinor) => {
      const limit = determineLimit({ ...carrier, subscriberLimitMinor });
      let spentMinor = 0n;
      for (const amountMinor of charges) {
        const outcome = checkLimit({ limit, spentMinor, amountMinor });
        assert.equal(outcome.allowed, spentMinor + amountMinor <= limit.limitMinor);
        if (outcome.allowed) spentMinor += amountMinor;
      }
      assert.ok(spentMinor <= limit.limitMinor && limit.limitMinor <= 10_000n);
    }),
  );
});
