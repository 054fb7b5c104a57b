import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  allocate,
  allocateUncollected,
  type InvoicedAmount,
} from '../../src/collections/allocation.rules.ts';

const [A, B, C] = [1, 2, 3];

function charge(companyId: number, chargeId: string, amountMinor: bigint): InvoicedAmount {
  return { companyId, chargeId, isRefund: false, amountMinor };
}

function refund(companyId: number, chargeId: string, amountMinor: bigint): InvoicedAmount {
  return { companyId, chargeId, isRefund: true, amountMinor: -amountMinor };
}

/** The shares by company and charge, without those that are zero. */
function sharesOf(uncollectedMinor: bigint, items: readonly InvoicedAmount[]): Record<string, bigint> {
  const shares = allocateUncollected(uncollectedMinor, items);
  return Object.fromEntries(
    shares.flatMap(({ companyId, amountMinor, charges }) =>
      [[String(companyId), amountMinor] as const, ...charges].filter(([, amount]) => amount !== 0n),
    ),
  );
}

describe('dividing what is uncollected', () => {
  it('divides 500 of 1,003 over nets of 300, 500 and 203 as 150, 249 and 101', () => {
    const items = [charge(A, 'a', 300n), charge(B, 'b', 500n), charge(C, 'c', 203n)];
    assert.deepEqual(sharesOf(500n, items), { 1: 150n, a: 150n, 2: 249n, b: 249n, 3: 101n, c: 101n });
  });

  it('gives the yen that is left to the smaller id when remainders are equal', () => {
    const weights = [3, 1, 2].map((id) => ({ id, weightMinor: 100n }));
    assert.deepEqual(
      [...allocate(100n, weights)].toSorted(([left], [right]) => left - right),
      [
        [1, 34n],
        [2, 33n],
        [3, 33n],
      ],
    );
  });

  it('divides by what refunds leave, and gives nothing to a company that the invoice credits', () => {
    const items = [
      charge(A, 'a1', 200n),
      charge(A, 'a2', 200n),
      refund(A, 'a2', 100n),
      charge(B, 'b1', 100n),
      refund(B, 'earlier', 150n),
      charge(C, 'c1', 100n),
    ];
    assert.deepEqual(sharesOf(200n, items), { 1: 150n, a1: 100n, a2: 50n, 3: 50n, c1: 50n });
  });

  it('lowers the share of a company by refunds of charges on earlier invoices', () => {
    const items = [charge(A, 'a1', 200n), refund(A, 'earlier', 100n), charge(B, 'b1', 100n)];
    assert.deepEqual(sharesOf(100n, items), { 1: 50n, a1: 50n, 2: 50n, b1: 50n });
  });

  it('divides no more than the total', () => {
    assert.throws(() => allocateUncollected(101n, [charge(A, 'a', 100n)]), RangeError);
    assert.throws(() => allocate(1n, [{ id: 1, weightMinor: 0n }]), RangeError);
    assert.throws(() => allocate(-1n, [{ id: 1, weightMinor: 1n }]), RangeError);
  });

  it('is exact, in whole yen, and never above what a charge has on the invoice', () => {
    const items = fc
      .uniqueArray(
        fc.record({
          id: fc.integer({ min: 1, max: 99 }),
          companyId: fc.integer({ min: 1, max: 4 }),
          amount: fc.bigInt({ min: 1n, max: 5_000n }),
          refunded: fc.bigInt({ min: 0n, max: 100n }),
          earlier: fc.bigInt({ min: 0n, max: 3_000n }),
        }),
        { selector: ({ id }) => id, minLength: 1, maxLength: 12 },
      )
      .map((list) =>
        list.flatMap(({ id, companyId, amount, refunded, earlier }) => {
          const own = (amount * refunded) / 100n;
          const all = [
            charge(companyId, `c${id}`, amount),
            ...(own > 0n ? [refund(companyId, `c${id}`, own)] : []),
            ...(id % 5 === 0 && earlier > 0n ? [refund(companyId, `x${id}`, earlier)] : []),
          ];
          return all;
        }),
      );
    fc.assert(
      fc.property(items, fc.nat(1_000), fc.infiniteStream(fc.nat()), (given, permille, noise) => {
        const total = given.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
        if (total <= 0n) return;
        const uncollected = (total * BigInt(permille)) / 1_000n;
        const shares = allocateUncollected(uncollected, given);
        assert.equal(
          shares.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
          uncollected,
        );
        for (const { companyId, amountMinor, charges } of shares) {
          assert.equal(
            [...charges.values()].reduce((sum, share) => sum + share, 0n),
            amountMinor,
          );
          for (const [chargeId, share] of charges) {
            const own = given.filter((item) => item.companyId === companyId && item.chargeId === chargeId);
            const kept = own.reduce((sum, item) => sum + item.amountMinor, 0n);
            assert.ok(share >= 0n && share <= kept, `${share} of ${kept}`);
          }
        }
        // Items have no order.
        const shuffled = given
          .map((item) => [noise.next().value ?? 0, item] as const)
          .sort(([l], [r]) => l - r);
        assert.deepEqual(
          sharesOf(
            uncollected,
            shuffled.map(([, item]) => item),
          ),
          sharesOf(uncollected, given),
        );
      }),
    );
  });
});
