import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  decideWaiting,
  findCollectedLater,
  type RefundInTurn,
} from '../../src/refunds/bank-refund-decision.rules.ts';

const byBank = (refundId: string, amountMinor: bigint, payableMinor?: bigint): RefundInTurn => ({
  refundId,
  paidBy: 'bank',
  amountMinor,
  payableMinor,
});

const first = byBank('first', 400n, 100n);
const second = byBank('second', 300n, 0n);

const late = (collectedMinor: bigint, ...refunds: RefundInTurn[]) => [
  ...findCollectedLater({ collectedMinor, refunds }).keys(),
];

describe('what is collected after a refund by bank was cancelled', () => {
  it('is nothing as long as no more is collected, or less', () => {
    for (const collectedMinor of [0n, 99n, 100n]) assert.deepEqual(late(collectedMinor, first, second), []);
  });

  it('belongs to the earlier refund first', () => {
    assert.deepEqual(
      [101n, 400n, 401n].map((collectedMinor) => late(collectedMinor, first, second)),
      [['first'], ['first'], ['first', 'second']],
    );
  });

  it('is what is left after refunds on other invoices, and after those that still wait', () => {
    const onInvoice = { ...byBank('other', 600n), paidBy: 'other-invoice' } as const;
    const own = { ...byBank('own', 600n), paidBy: 'own-invoice' } as const;
    const waiting = byBank('waiting', 200n);
    assert.deepEqual([late(600n, onInvoice, second), late(601n, onInvoice, second)], [[], ['second']]);
    assert.deepEqual([late(200n, waiting, second), late(201n, waiting, second)], [[], ['second']]);
    assert.deepEqual([late(0n, own, second), late(1n, own, second)], [[], ['second']]);
  });

  it('never pays more in all than was collected, however the refunds were decided before', () => {
    assert.deepEqual(late(400n, byBank('first', 400n, 100n), byBank('second', 300n, 300n)), []);
    for (let collectedMinor = 0n; collectedMinor <= 1_000n; collectedMinor += 100n)
      for (let a = 0n; a <= 400n; a += 100n)
        for (let b = 0n; b <= 300n; b += 100n) {
          const refunds = [byBank('first', 400n, a), byBank('second', 300n, b), byBank('third', 300n, 0n)];
          const more = [...findCollectedLater({ collectedMinor, refunds }).values()];
          const paid = more.reduce((sum, each) => sum + each, a + b);
          assert.ok(more.length === 0 || paid <= collectedMinor, `${collectedMinor}: ${a}, ${b}`);
        }
  });

  it('never is of a refund that has just been decided', () => {
    for (let collectedMinor = 0n; collectedMinor <= 1_000n; collectedMinor += 50n) {
      const refunds = [byBank('a', 400n), byBank('b', 300n), byBank('c', 300n)];
      const decisions = new Map(
        decideWaiting({ collectedMinor, isFinal: true, refunds }).map((each) => [
          each.refundId,
          each.payableMinor,
        ]),
      );
      const decided = refunds.map((each) => ({ ...each, payableMinor: decisions.get(each.refundId) }));
      assert.deepEqual(late(collectedMinor, ...decided), []);
    }
  });
});
