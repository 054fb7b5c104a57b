import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ageOn, checkLimit, determineLimits } from '../../src/limits/limit.rules.ts';

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
      determineLimits({ ...generous, birthDate }).tenure,
      { limitMinor, source: 'age-band' },
      birthDate,
    );
  }
});

test('knows no age band without a birth date', () => {
  for (const birthDate of [undefined, null]) {
    assert.deepEqual(determineLimits({ ...generous, birthDate }).tenure, {
      limitMinor: 500_000n,
      source: 'carrier-default',
    });
  }
});

test('takes the lowest limit of the tenure, wherever it comes from, and apart from it that of the issued ID', () => {
  const table = [
    [{}, 10_000n, 'carrier-default'],
    [{ birthDate: '2020-01-01' }, 1_500n, 'age-band'],
    [{ birthDate: '1980-01-01' }, 10_000n, 'carrier-default'],
    [{ lineLimitMinor: 3_000n }, 3_000n, 'line'],
    [{ lineLimitMinor: 0n, birthDate: '2020-01-01' }, 0n, 'line'],
    [{ lineLimitMinor: 50_000n }, 10_000n, 'carrier-default'],
  ] as const;
  for (const [sources, limitMinor, source] of table) {
    const tenure = { limitMinor, source };
    assert.deepEqual(determineLimits({ ...carrier, ...sources, subscriberLimitMinor: null }), {
      tenure,
      own: undefined,
    });
    assert.deepEqual(determineLimits({ ...carrier, ...sources, subscriberLimitMinor: 700n }), {
      tenure,
      own: { limitMinor: 700n, source: 'subscriber' },
    });
  }
});

test('adds a year on the birthday, for leap day children on 1 March of a common year', () => {
  assert.equal(ageOn('2008-02-29', '2026-02-28'), 17);
  assert.equal(ageOn('2008-02-29', '2026-03-01'), 18);
  assert.equal(ageOn('2008-02-29', '2028-02-29'), 20);
  assert.equal(ageOn('2026-05-31', '2026-05-31'), 0);
});

/** Spending that only the tenure has a limit for. */
const spent = (tenureMinor: bigint, ownMinor = 0n) => ({ tenureMinor, ownMinor });

test('allows a charge that reaches the limit exactly and refuses one yen more', () => {
  const month = { limits: determineLimits(carrier), spent: spent(9_000n) };
  assert.deepEqual(checkLimit({ ...month, amountMinor: 1_000n }), { allowed: true, remainingMinor: 0n });
  assert.deepEqual(checkLimit({ ...month, amountMinor: 1_001n }), {
    allowed: false,
    reason: 'monthly-limit',
    limitMinor: 10_000n,
    source: 'carrier-default',
    remainingMinor: 1_000n,
  });
});

test("counts an issued ID's own purchases against its own limit, and everybody's against the others", () => {
  const limits = determineLimits({ ...carrier, subscriberLimitMinor: 3_000n });
  const byOthers = { limits, spent: spent(6_000n, 0n) };
  assert.equal(checkLimit({ ...byOthers, amountMinor: 3_000n }).allowed, true);
  assert.deepEqual(checkLimit({ ...byOthers, amountMinor: 3_001n }), {
    allowed: false,
    reason: 'monthly-limit',
    limitMinor: 3_000n,
    source: 'subscriber',
    remainingMinor: 3_000n,
  });
  assert.deepEqual(checkLimit({ limits, spent: spent(8_000n, 1_000n), amountMinor: 2_001n }), {
    allowed: false,
    reason: 'monthly-limit',
    limitMinor: 10_000n,
    source: 'carrier-default',
    remainingMinor: 2_000n,
  });
});

test("refuses a charge above the contract's maximum whatever is left of the month", () => {
  const month = { limits: determineLimits(carrier), spent: spent(0n), perChargeMaxMinor: 2_000n };
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
  const month = { limits: determineLimits({ ...carrier, lineLimitMinor: 1_000n }), spent: spent(4_000n) };
  const outcome = checkLimit({ ...month, amountMinor: 1n });
  assert.equal(outcome.allowed, false);
  assert.equal(outcome.remainingMinor, 0n);
  assert.throws(() => checkLimit({ ...month, amountMinor: 0n }), RangeError);
});

test('never lets a month be spent beyond a limit, by any subscriber of the line', () => {
  const charges = fc.array(
    fc.record({ amountMinor: fc.bigInt({ min: 1n, max: 4_000n }), byOther: fc.boolean() }),
  );
  fc.assert(
    fc.property(charges, fc.bigInt({ min: 0n, max: 20_000n }), (bought, subscriberLimitMinor) => {
      let [tenureMinor, ownMinor] = [0n, 0n];
      for (const { amountMinor, byOther } of bought) {
        const limits = determineLimits({
          ...carrier,
          subscriberLimitMinor: byOther ? null : subscriberLimitMinor,
        });
        const { allowed } = checkLimit({ limits, spent: { tenureMinor, ownMinor }, amountMinor });
        const fits = tenureMinor + amountMinor <= 10_000n;
        assert.equal(allowed, fits && (byOther || ownMinor + amountMinor <= subscriberLimitMinor));
        if (!allowed) continue;
        tenureMinor += amountMinor;
        if (!byOther) ownMinor += amountMinor;
      }
    }),
  );
});
