import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { refundCharge } from '../../src/refunds/refund-charge.ts';
import { makeSale } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';
import { Refunding, tokyo } from './refunding.ts';

describe('a refund in the last second of a billing period', () => {
  let world: World;
  let at: Refunding;
  before(async () => {
    world = await createWorld();
    world.clock.set(tokyo('2026-05-31', '23:59'));
    at = new Refunding(world, await makeSale(world.deps));
  });
  after(() => world.close());

  /** What the close of a period begins with: from then on nothing enters it. */
  const beginClose = async (period = '2026-05') => {
    const { numUpdatedRows } = await sqlOf(world.deps.orm.em.fork())
      .updateTable('billing_period')
      .set({ state: 'closing' })
      .where('period', '=', period)
      .where('closingGroup', '=', 31)
      .where('state', '=', 'open')
      .executeTakeFirstOrThrow();
    return numUpdatedRows;
  };

  it('is in it, and the close waits; or the close was first, and it is in the next', async () => {
    const chargeId = await at.sell(1_000n);
    const order: string[] = [];
    let closing: Promise<unknown> | undefined;
    await inTransaction(world.deps, async (tx) => {
      const refund = await refundCharge(tx, at.key, { chargeId, amountMinor: 100n, reason: 'requested' });
      assert.equal(refund.billingPeriod, '2026-05');
      closing = beginClose().then(() => order.push('closed'));
      // The close is on its way and cannot be through: the refund has locked the period.
      await sqlOf(tx.em).selectFrom('refund').select('id').execute();
      order.push('refunded');
    });
    await closing;
    assert.deepEqual(order, ['refunded', 'closed']);
    const next = await at.refund(chargeId, 100n);
    assert.equal(next.billingPeriod, '2026-06');
  });

  it('many of them and the close at once: each is in a period that was open, and its sums agree', async () => {
    world.clock.set(tokyo('2026-06-30', '23:59'));
    const chargeId = await at.sell(1_000n);
    const bookedBefore = (await at.booked())['2026-06']!;
    const refunds = Array.from({ length: 12 }, () => at.refund(chargeId, 10n));
    const [, ...made] = await Promise.all([beginClose('2026-06'), ...refunds]);
    const inJune = made.filter(({ billingPeriod }) => billingPeriod === '2026-06').length;
    assert.ok(made.every(({ billingPeriod }) => ['2026-06', '2026-07'].includes(billingPeriod)));
    assert.equal((await at.booked())['2026-06'], bookedBefore - BigInt(inJune) * 10n);
  });
});
