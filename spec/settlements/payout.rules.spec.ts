import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  calculatePayout,
  payoutDate,
  type SettlementSums,
  type TransferTerms,
} from '../../src/settlements/payout.rules.ts';
import { transferDate } from '../../src/shared/order-window.rules.ts';

const sums: SettlementSums = {
  billedMinor: 0n,
  refundedMinor: 0n,
  feeExTaxMinor: 0n,
  feeTaxMinor: 0n,
  setUpExTaxMinor: 0n,
  setUpTaxMinor: 0n,
  commissionMinor: 0n,
  clawbackMinor: 0n,
  recoveryMinor: 0n,
  carriedInMinor: 0n,
};
const free: TransferTerms = { minimumPayoutMinor: 0n, transferFeeMinor: 0n };
const pay = (over: Partial<SettlementSums>, transfer: Partial<TransferTerms> = {}) =>
  calculatePayout({ ...sums, ...over }, { ...free, ...transfer });
const paid = (payoutMinor: bigint, transferFeeMinor = 0n) => ({
  transferFeeMinor,
  payoutMinor,
  carriedOutMinor: 0n,
});
const carried = (carriedOutMinor: bigint) => ({ transferFeeMinor: 0n, payoutMinor: 0n, carriedOutMinor });
const amounts = fc.bigInt({ min: 0n, max: 10n ** 12n });

test('pays 80,000 less the fee of 4,400 incl. tax: 75,600', () => {
  assert.deepEqual(pay({ billedMinor: 80_000n, feeExTaxMinor: 4_000n, feeTaxMinor: 400n }), paid(75_600n));
});

test('takes off the set-up fee and clawbacks, and adds recoveries', () => {
  const month = { billedMinor: 80_000n, feeExTaxMinor: 4_000n, feeTaxMinor: 400n };
  const setUp = { setUpExTaxMinor: 50_000n, setUpTaxMinor: 5_000n };
  assert.deepEqual(pay({ ...month, ...setUp }), paid(20_600n));
  assert.deepEqual(pay({ ...month, clawbackMinor: 700n, recoveryMinor: 200n }), paid(75_100n));
});

test('carries a negative balance and takes it off the next month', () => {
  const refundsOnly = pay({ refundedMinor: 1_200n });
  assert.deepEqual(refundsOnly, carried(-1_200n));
  const next = pay({ billedMinor: 1_000n, carriedInMinor: refundsOnly.carriedOutMinor });
  assert.deepEqual(next, carried(-200n));
  assert.deepEqual(pay({ billedMinor: 1_000n, carriedInMinor: next.carriedOutMinor }), paid(800n));
});

test('pays out a single yen and carries a single yen', () => {
  assert.deepEqual(pay({ billedMinor: 1n }), paid(1n));
  assert.deepEqual(pay({ billedMinor: 1n, refundedMinor: 2n }), carried(-1n));
});

test('a net of exactly zero pays and carries nothing', () => {
  assert.deepEqual(pay({ billedMinor: 500n, refundedMinor: 500n }), paid(0n));
});

test('carries the whole net below the minimum, compared before the transfer fee, and pays it with what follows', () => {
  const minimum = { minimumPayoutMinor: 3_000n, transferFeeMinor: 440n };
  const table: [bigint, ReturnType<typeof carried>][] = [
    [2_999n, carried(2_999n)],
    [3_000n, paid(2_560n, 440n)],
    [3_440n, paid(3_000n, 440n)],
    [-1n, carried(-1n)],
  ];
  for (const [billedMinor, payout] of table) {
    const net = billedMinor < 0n ? { refundedMinor: -billedMinor } : { billedMinor };
    assert.deepEqual(pay(net, minimum), payout, String(billedMinor));
  }
  assert.deepEqual(pay({ billedMinor: 100n, carriedInMinor: 2_999n }, minimum), paid(2_659n, 440n));
});

test('bears the transfer fee only when something is transferred: a net not above it is carried', () => {
  const fee = { transferFeeMinor: 440n };
  const table: [bigint, ReturnType<typeof carried>][] = [
    [441n, paid(1n, 440n)],
    [440n, carried(440n)],
    [1n, carried(1n)],
    [0n, carried(0n)],
  ];
  for (const [billedMinor, payout] of table)
    assert.deepEqual(pay({ billedMinor }, fee), payout, String(billedMinor));
});

test('payout, transfer fee and carried balance are always the net; nothing is paid and carried at once', () => {
  const anySums = fc.record({
    billedMinor: amounts,
    refundedMinor: amounts,
    feeExTaxMinor: amounts,
    feeTaxMinor: amounts,
    setUpExTaxMinor: amounts,
    setUpTaxMinor: amounts,
    commissionMinor: amounts,
    clawbackMinor: amounts,
    recoveryMinor: amounts,
    carriedInMinor: fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
  });
  const small = fc.bigInt({ min: 0n, max: 10_000n });
  const anyTransfer = fc.record({ minimumPayoutMinor: small, transferFeeMinor: small });
  fc.assert(
    fc.property(anySums, anyTransfer, (month, transfer) => {
      const { transferFeeMinor, payoutMinor, carriedOutMinor } = calculatePayout(month, transfer);
      const fees = month.feeExTaxMinor + month.feeTaxMinor + month.setUpExTaxMinor + month.setUpTaxMinor;
      const charged = fees + month.commissionMinor;
      const collected = month.recoveryMinor - month.clawbackMinor;
      const net = month.billedMinor - month.refundedMinor - charged + collected + month.carriedInMinor;
      assert.equal(transferFeeMinor + payoutMinor + carriedOutMinor, net);
      assert.ok(payoutMinor >= 0n && payoutMinor * carriedOutMinor === 0n);
      assert.ok(payoutMinor > 0n || transferFeeMinor === 0n);
      if (payoutMinor > 0n) assert.ok(net >= transfer.minimumPayoutMinor);
      else assert.ok(net <= transfer.transferFeeMinor || net < transfer.minimumPayoutMinor);
    }),
  );
});

test('refuses sums with a sign', () => {
  assert.throws(() => pay({ refundedMinor: -1n }), RangeError);
  assert.throws(() => pay({ clawbackMinor: -1n }), RangeError);
  assert.throws(() => pay({}, { transferFeeMinor: -1n }), RangeError);
});

test('pays on the contract day, moved to the bank day it names', () => {
  const table = [
    ['2026-10', 2, 31, '2026-12-30', '2027-01-04'],
    ['2026-08', 2, 31, '2026-10-30', '2026-11-02'],
    ['2026-07', 2, 20, '2026-09-18', '2026-09-24'],
    ['2026-03', 2, 3, '2026-05-01', '2026-05-07'],
    ['2026-12', 2, 31, '2027-02-26', '2027-03-01'],
    ['2026-05', 1, 30, '2026-06-30', '2026-06-30'],
  ] as const;
  for (const [period, months, day, previous, next] of table) {
    const terms = { period, months, day, currency: 'JPY' } as const;
    assert.equal(payoutDate({ ...terms, bankDay: 'previous' }), previous);
    assert.equal(payoutDate({ ...terms, bankDay: 'next' }), next);
  }
});

test('pays euro on days of TARGET, whatever the banks of Japan do', () => {
  const table = [
    // A holiday in Japan alone.
    ['2026-02', 2, 29, '2026-04-29', '2026-04-29'],
    // Open in Japan, closed in TARGET: 1 May, Good Friday and Christmas.
    ['2026-03', 2, 1, '2026-04-30', '2026-05-04'],
    ['2026-02', 2, 3, '2026-04-02', '2026-04-07'],
    ['2026-10', 2, 25, '2026-12-24', '2026-12-28'],
    // The end of the year is open in TARGET.
    ['2026-10', 2, 31, '2026-12-31', '2026-12-31'],
  ] as const;
  for (const [period, months, day, previous, next] of table) {
    const terms = { period, months, day, currency: 'EUR' } as const;
    assert.equal(payoutDate({ ...terms, bankDay: 'previous' }), previous);
    assert.equal(payoutDate({ ...terms, bankDay: 'next' }), next);
    // "Previous" stays previous: the day of the transfer is the day that is due.
    for (const date of [previous, next]) assert.equal(transferDate(date, '2026-01-05', 'EUR'), date);
  }
});
