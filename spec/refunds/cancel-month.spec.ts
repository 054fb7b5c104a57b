import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { cancelMonth } from '../../src/refunds/cancel-month.ts';
import { cancelSubscription } from '../../src/subscriptions/cancel-subscription.ts';
import { findMonthsHad } from '../../src/subscriptions/subscription-month.queries.ts';
import { keyOf, staff } from '../support/actors.ts';
import { makeSale } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';
import { chargesOf, noonOf, renew, subscribe, subscriptionOf } from '../subscriptions/subscribing.ts';
import { Refunding, refusalOf } from './refunding.ts';

describe('cancelling a month of a subscription', () => {
  let world: World;
  before(async () => {
    world = await createWorld();
  });
  after(() => world.close());

  const begin = async () => {
    world.clock.set(noonOf('2026-05-15'));
    const sale = await makeSale(world.deps);
    const key = keyOf(sale.company.id);
    return {
      sale,
      key,
      at: new Refunding(world, sale),
      join: () => subscribe(world.deps, sale),
      cancel: (subscriptionId: string) => cancelSubscription(world.deps, key, { subscriptionId }),
      cancelMonth: (subscriptionId: string, month = '2026-05') =>
        cancelMonth(world.deps, key, { subscriptionId, month }),
      charges: () => chargesOf(world.deps, sale.line.lineId),
    };
  };

  it('refunds what is left of its charge; the subscription continues and is not charged for it again', async () => {
    const { at, join, cancelMonth: takeBack, charges } = await begin();
    const { id } = await join();
    const [charge] = await charges();
    await at.refund(charge!.id, 100n);
    const refund = await takeBack(id);
    assert.deepEqual(
      [refund.amountMinor, refund.refundedBeforeMinor, refund.reason],
      [1_000n, 100n, 'month_cancelled'],
    );
    assert.equal((await refusalOf(takeBack(id))).code, 'refund-too-large');
    await renew(world.deps, '2026-05-31');
    assert.equal((await charges()).length, 1);
    assert.equal((await subscriptionOf(world.deps, id)).state, 'active');
  });

  it('of a month without a charge, of another company or of nothing is refused', async () => {
    const { key, join, cancelMonth: takeBack } = await begin();
    const { id } = await join();
    assert.equal((await refusalOf(takeBack(id, '2026-06'))).code, 'month-not-charged');
    const other = await makeSale(world.deps);
    const input = { subscriptionId: id, month: '2026-05' };
    assert.equal(
      (await refusalOf(cancelMonth(world.deps, keyOf(other.company.id), input))).code,
      'subscription-not-found',
    );
    const missing = { ...input, subscriptionId: '01JV0000000000000000000000' };
    assert.equal((await refusalOf(cancelMonth(world.deps, key, missing))).code, 'subscription-not-found');
    assert.equal((await cancelMonth(world.deps, staff('aiko', 'agent'), input)).amountMinor, 1_100n);
  });

  it('makes the month due for who joins again in it, and for nobody while a yen of it is kept', async () => {
    const { at, sale, join, cancel, charges } = await begin();
    const first = await join();
    await cancel(first.id);
    const [charge] = await charges();
    await at.refund(charge!.id, 1_099n);
    const had = {
      subscriberId: sale.buyer.subscriberId,
      serviceId: sale.service.id,
      itemCode: 'unlimited',
      month: '2026-05',
    };
    assert.deepEqual([...(await findMonthsHad(world.deps, had)).had], ['2026-05']);
    const second = await join();
    assert.equal((await charges()).length, 1, 'the month is paid');
    await cancel(second.id);
    await at.refund(charge!.id, 1n);
    assert.deepEqual([...(await findMonthsHad(world.deps, had)).had], []);
    const third = await join();
    const again = (await charges()).find(({ subscriptionId }) => subscriptionId === third.id);
    assert.deepEqual([again?.subscriptionMonth, again?.capturedMinor], ['2026-05', 1_100n]);
    await cancel(third.id);
    const fourth = await join();
    assert.equal((await charges()).length, 2, 'one charge of the month is kept');
    assert.equal((await subscriptionOf(world.deps, fourth.id)).renewedThrough, '2026-05');
  });

  it('leaves a month that is kept as it is, in plain SQL too', async () => {
    const { at, join, charges } = await begin();
    const { id } = await join();
    const change = () =>
      sqlOf(world.deps.orm.em.fork())
        .updateTable('subscription_month')
        .set({ subscriptionId: '01JV0000000000000000000000', outcome: 'refused', chargeId: null })
        .where('subscriptionId', '=', id)
        .execute();
    const [charge] = await charges();
    await at.refund(charge!.id, 1_099n);
    await assert.rejects(change(), /subscription_month_is_final/);
  });
});
