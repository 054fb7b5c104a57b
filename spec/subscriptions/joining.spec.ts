import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { declineSubscription } from '../../src/subscriptions/decline-subscription.ts';
import { joinSubscription } from '../../src/subscriptions/join-subscription.ts';
import { cancelSubscription } from '../../src/subscriptions/cancel-subscription.ts';
import { getSubscription, listSubscriptions } from '../../src/subscriptions/subscription.queries.ts';
import { makeCompany, makeLine, makeSale, makeSubscriber } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';
import { chargesOf, monthsOf, noonOf, offer, picture, subscribe, subscriptionOf } from './subscribing.ts';
import { keyOf, signedIn, staff, visitorOf } from '../support/actors.ts';

describe('joining a monthly subscription', () => {
  let world: World;
  let deps: World['deps'];
  before(async () => {
    world = await createWorld();
    deps = world.deps;
  });
  after(() => world.close());

  test('is pending with an open checkout of thirty minutes until somebody joins', async () => {
    world.clock.set(noonOf('2026-05-10'));
    const sale = await makeSale(deps);
    const subscription = await offer(deps, sale, { reference: 'member-77' });
    assert.equal(subscription.state, 'pending');
    const checkout = await sqlOf(deps.orm.em.fork())
      .selectFrom('checkout')
      .selectAll()
      .where('subjectId', '=', subscription.id)
      .executeTakeFirstOrThrow();
    assert.equal(checkout.kind, 'subscription');
    assert.equal(checkout.expiresAt.toISOString(), '2026-05-10T03:30:00.000Z');
    const { companyId } = subscription;
    assert.deepEqual(
      (await listSubscriptions(deps, keyOf(companyId), { limit: 10, reference: 'member-77' })).map(
        ({ id }) => id,
      ),
      [subscription.id],
    );
    assert.deepEqual(
      await listSubscriptions(deps, keyOf(companyId), { limit: 10, after: subscription.id }),
      [],
    );
    assert.deepEqual(await listSubscriptions(deps, keyOf(companyId), { limit: 10, state: 'active' }), []);
  });

  test('refuses an amount above the contract, another site and an unknown service, and writes nothing', async () => {
    const sale = await makeSale(deps);
    const unchanged = await picture(deps);
    await assert.rejects(offer(deps, sale, { amountMinor: 10_001n }), { code: 'amount-above-contract' });
    await assert.rejects(offer(deps, sale, { returnUrl: 'https://evil.example/' }), {
      code: 'return-url-not-allowed',
    });
    await assert.rejects(offer(deps, sale, { serviceCode: 'nothing' }), { code: 'service-not-found' });
    assert.deepEqual(await picture(deps), unchanged);
  });

  test('charges the first month at once when its charge day has come, at the instant of joining', async () => {
    world.clock.set(noonOf('2026-05-15'));
    const sale = await makeSale(deps, { closingGroup: 20 });
    const subscription = await subscribe(deps, sale, { chargeDay: 10 });
    assert.equal(subscription.state, 'active');
    assert.equal(subscription.joinedOn, '2026-05-15');
    assert.equal(subscription.renewedThrough, '2026-05');
    const [charge, ...more] = await chargesOf(deps, sale.line.lineId);
    assert.equal(more.length, 0);
    assert.equal(charge?.businessDate, '2026-05-15');
    assert.deepEqual(charge?.capturedAt, noonOf('2026-05-15'));
    assert.equal(charge?.billingPeriod, '2026-04');
    assert.equal(charge?.taxRateBps, 1_000);
    assert.equal(charge?.subscriptionMonth, '2026-05');
    const sql = sqlOf(deps.orm.em.fork());
    const entries = await sql
      .selectFrom('ledger_entry')
      .selectAll()
      .where('journalId', '=', charge.id)
      .execute();
    assert.deepEqual(
      entries.map(({ kind, amountMinor, billingPeriod }) => [kind, amountMinor, billingPeriod]),
      [['capture', 1_100n, '2026-04']],
    );
    const spent = await sql
      .selectFrom('line_period')
      .selectAll()
      .where('lineId', '=', sale.line.lineId)
      .execute();
    assert.deepEqual(
      spent.map(({ period, spentMinor }) => [period, spentMinor]),
      [['2026-04', 1_100n]],
    );
  });

  test('leaves a first month whose charge day is still to come to the night', async () => {
    world.clock.set(noonOf('2026-05-15'));
    const sale = await makeSale(deps);
    const subscription = await subscribe(deps, sale, { chargeDay: 16 });
    assert.equal(subscription.renewedThrough ?? null, null);
    assert.deepEqual(await monthsOf(deps, sale.line.lineId), []);
  });

  test('costs nothing in a free first month', async () => {
    const sale = await makeSale(deps);
    const subscription = await subscribe(deps, sale, { chargeDay: 1, firstMonthFree: true });
    assert.equal(subscription.renewedThrough, '2026-05');
    assert.deepEqual(await monthsOf(deps, sale.line.lineId), []);
  });

  test('changes nothing when the same subscriber joins again, and refuses anybody else', async () => {
    const sale = await makeSale(deps);
    const { id } = await subscribe(deps, sale);
    const unchanged = await picture(deps);
    await joinSubscription(deps, signedIn(sale.buyer), { subscriptionId: id });
    const line = await makeLine(deps);
    const other = await makeSubscriber(deps, { lineId: line.lineId });
    const buyer = { subscriberId: other.id, lineId: line.lineId, holderFrom: line.holderFrom };
    await assert.rejects(joinSubscription(deps, signedIn(buyer), { subscriptionId: id }), {
      code: 'illegal-state',
    });
    assert.equal((await picture(deps)).charges.length, unchanged.charges.length);
    assert.deepEqual((await picture(deps)).subscriptions, unchanged.subscriptions);
  });

  test('charges once when one subscription is confirmed ten times at the same moment', async () => {
    const sale = await makeSale(deps);
    const { id } = await offer(deps, sale);
    const joined = await Promise.all(
      Array.from({ length: 10 }, () => joinSubscription(deps, signedIn(sale.buyer), { subscriptionId: id })),
    );
    assert.deepEqual([...new Set(joined.map(({ state }) => state))], ['active']);
    assert.equal((await monthsOf(deps, sale.line.lineId)).length, 1);
  });

  test('lets one of two subscriptions to the same item through when both are confirmed at once', async () => {
    const sale = await makeSale(deps);
    const offers = [await offer(deps, sale), await offer(deps, sale)];
    const results = await Promise.allSettled(
      offers.map(({ id }) => joinSubscription(deps, signedIn(sale.buyer), { subscriptionId: id })),
    );
    const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    assert.equal(refusals.length, 1);
    assert.equal((refusals[0] as { code: string }).code, 'already-subscribed');
    assert.equal((await monthsOf(deps, sale.line.lineId)).length, 1);
  });

  test('refuses the joining when the first month is above the limit of the line, and leaves the checkout open', async () => {
    const sale = await makeSale(deps);
    await subscribe(deps, sale, { itemCode: 'large', amountMinor: 9_500n });
    const { id } = await offer(deps, sale, { itemCode: 'small', amountMinor: 501n });
    await assert.rejects(joinSubscription(deps, signedIn(sale.buyer), { subscriptionId: id }), {
      code: 'limit-exceeded',
    });
    assert.equal((await subscriptionOf(deps, id)).state, 'pending');
    assert.equal((await subscribe(deps, sale, { itemCode: 'fits', amountMinor: 500n })).state, 'active');
    assert.equal((await declineSubscription(deps, visitorOf(id), { subscriptionId: id })).state, 'declined');
  });

  test('minds the limits that the line and the subscriber have set', async () => {
    const sql = sqlOf(deps.orm.em.fork());
    const sale = await makeSale(deps);
    const { id } = sale.subscriber;
    await sql.updateTable('subscriber').set({ monthlyLimitMinor: 1_099n }).where('id', '=', id).execute();
    await assert.rejects(subscribe(deps, sale), { code: 'limit-exceeded' });
    await sql.updateTable('subscriber').set({ monthlyLimitMinor: 1_100n }).where('id', '=', id).execute();
    const limit = { monthlyLimitMinor: 1_099n };
    await sql.updateTable('line').set(limit).where('lineId', '=', sale.line.lineId).execute();
    await assert.rejects(subscribe(deps, sale), { code: 'limit-exceeded' });
    await sql
      .updateTable('line')
      .set({ monthlyLimitMinor: 1_100n })
      .where('lineId', '=', sale.line.lineId)
      .execute();
    assert.equal((await subscribe(deps, sale)).renewedThrough, '2026-05');
  });

  test('refuses a line that the buyer no longer holds, a late confirmation and a declined offer', async () => {
    world.clock.set(noonOf('2026-05-15'));
    const sale = await makeSale(deps);
    const { id } = await offer(deps, sale);
    const buyer = { ...sale.buyer, holderFrom: '2025-01-01' };
    await assert.rejects(joinSubscription(deps, signedIn(buyer), { subscriptionId: id }), {
      code: 'entitlement-ended',
    });
    world.clock.advance(30 * 60_000);
    await assert.rejects(joinSubscription(deps, signedIn(sale.buyer), { subscriptionId: id }), {
      code: 'checkout-expired',
    });
    const declined = await offer(deps, sale);
    await declineSubscription(deps, visitorOf(declined.id), { subscriptionId: declined.id });
    await declineSubscription(deps, visitorOf(declined.id), { subscriptionId: declined.id });
    const again = joinSubscription(deps, signedIn(sale.buyer), { subscriptionId: declined.id });
    await assert.rejects(again, { code: 'illegal-state' });
  });

  test('hides another company’s subscription', async () => {
    const sale = await makeSale(deps);
    const { id } = await subscribe(deps, sale);
    const stranger = await makeCompany(deps);
    const missing = { code: 'subscription-not-found', status: 404 };
    await assert.rejects(getSubscription(deps, keyOf(stranger.id), id), missing);
    const leaving = cancelSubscription(deps, keyOf(stranger.id), { subscriptionId: id });
    await assert.rejects(leaving, missing);
    await assert.rejects(
      cancelSubscription(deps, signedIn({ ...sale.buyer, subscriberId: sale.subscriber.id + 1 }), {
        subscriptionId: id,
      }),
      missing,
    );
    assert.equal((await getSubscription(deps, keyOf(sale.company.id), id)).state, 'active');
  });

  test('refuses to be left before anybody has joined', async () => {
    const { id } = await offer(deps, await makeSale(deps));
    await assert.rejects(cancelSubscription(deps, staff(), { subscriptionId: id }), {
      code: 'illegal-state',
    });
  });

  test('refuses a suspended company to sell by the month', async () => {
    const sale = await makeSale(deps);
    const sql = sqlOf(deps.orm.em.fork());
    await sql.updateTable('company').set({ state: 'suspended' }).where('id', '=', sale.company.id).execute();
    await assert.rejects(offer(deps, sale), { code: 'company-suspended' });
  });
});
