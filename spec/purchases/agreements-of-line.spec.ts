import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { revokeConsent } from '../../src/consents/grant-consent.ts';
import { getConsentOfLine, listConsentsOfLine } from '../../src/purchases/consents-of-line.queries.ts';
import {
  getSubscriptionOfLine,
  listSubscriptionsOfLine,
} from '../../src/purchases/subscriptions-of-line.queries.ts';
import { refundCharge } from '../../src/refunds/refund-charge.ts';
import { cancelSubscription } from '../../src/subscriptions/cancel-subscription.ts';
import { staff } from '../support/actors.ts';
import { createWorld, type World } from '../support/world.ts';
import { asHolder, asMember, makeHousehold, runNight, type Household } from './household.ts';

const inTokyo = (text: string) => new Date(`${text}:00+09:00`);

describe('the subscriptions of a line', () => {
  let world: World;
  let home: Household;
  before(async () => {
    world = await createWorld();
    home = await makeHousehold(world.deps);
  });
  after(() => world.close());

  const ofHolder = (id: string) => getSubscriptionOfLine(world.deps, asHolder(home.holder), id);
  const leave = (id: string) => cancelSubscription(world.deps, asMember(home.taro), { subscriptionId: id });

  it('say the next charge, and the months that were charged with their invoices', async () => {
    const id = await home.subscribe(home.taro, { chargeDay: 5, itemCode: 'paid' });
    const { next, months, person, cancel } = await ofHolder(id);
    // The charge day of this month has come: it was charged on joining.
    assert.deepEqual([next?.month, next?.dueOn], ['2026-06', '2026-06-05']);
    assert.deepEqual(
      months.map(({ month, outcome, capturedMinor, businessDate, billingPeriod }) => [
        month,
        outcome,
        capturedMinor,
        businessDate,
        billingPeriod,
      ]),
      [['2026-05', 'charged', 500n, '2026-05-10', '2026-05']],
    );
    assert.equal(person?.displayName, '太郎');
    assert.deepEqual(
      [cancel?.thisMonth, cancel?.charged, cancel?.usableThrough],
      ['billed', [], '2026-05-31'],
    );
  });

  it('end at once where this month is charged already, and are listed after those that run', async () => {
    const [running] = await listSubscriptionsOfLine(world.deps, asMember(home.taro));
    const kept = await home.subscribe(home.taro, { itemCode: 'kept' });
    await leave(running!.id);
    const all = await listSubscriptionsOfLine(world.deps, asHolder(home.holder));
    assert.deepEqual(
      all.map(({ id, state }) => [id, state]),
      [
        [kept, 'active'],
        [running!.id, 'ended'],
      ],
    );
    assert.equal(all[1]!.next, undefined);
  });

  it('state before the cancelling what the night then charges', async () => {
    const id = await home.subscribe(home.taro, { chargeDay: 20, itemCode: 'charged' });
    const { cancel, next } = await ofHolder(id);
    assert.deepEqual(
      [cancel?.thisMonth, cancel?.charged.map(({ month }) => month)],
      ['charged', ['2026-05']],
    );
    assert.equal(next?.dueOn, '2026-05-20');
    await leave(id);
    assert.equal((await ofHolder(id)).next?.dueOn, '2026-05-10');
    world.clock.set(inTokyo('2026-05-11T00:30'));
    await runNight(world.deps, '2026-05-10');
    const { state, months, next: none } = await ofHolder(id);
    assert.deepEqual([state, months.map(({ outcome }) => outcome), none], ['ended', ['charged'], undefined]);
  });

  it('say a free first month, and state that cancelling in it costs nothing', async () => {
    const id = await home.subscribe(home.taro, { chargeDay: 20, itemCode: 'free', firstMonthFree: true });
    const { cancel, next, freeMonth } = await ofHolder(id);
    assert.deepEqual([freeMonth?.month, next?.dueOn, cancel?.thisMonth], ['2026-05', '2026-06-20', 'free']);
    await leave(id);
    world.clock.set(inTokyo('2026-05-12T00:30'));
    await runNight(world.deps, '2026-05-11');
    const { months } = await ofHolder(id);
    assert.deepEqual(
      months.map(({ month, outcome, capturedMinor }) => [month, outcome, capturedMinor]),
      [['2026-05', 'free', null]],
    );
  });

  it('state a free last month once for the tenure and item', async () => {
    const item = { chargeDay: 20, itemCode: 'last', lastMonthFree: true };
    const [first, second] = [await home.subscribe(home.taro, item), await home.subscribe(home.holder, item)];
    world.clock.set(inTokyo('2026-06-02T12:00'));
    await runNight(world.deps, '2026-06-01');
    assert.deepEqual(
      [(await ofHolder(first)).cancel?.thisMonth, (await ofHolder(second)).cancel?.thisMonth],
      ['free', 'free'],
    );
    await leave(first);
    const { cancel } = await ofHolder(second);
    assert.deepEqual(
      [cancel?.thisMonth, cancel?.charged.map(({ month }) => month)],
      ['charged', ['2026-06']],
    );
    assert.equal((await ofHolder(first)).next, undefined, 'its last month is free');
  });

  it('are their own to another person, and not found from another line', async () => {
    const [, , third] = home.people;
    assert.deepEqual(await listSubscriptionsOfLine(world.deps, asMember(third!)), []);
    const [one] = await listSubscriptionsOfLine(world.deps, asHolder(home.holder));
    const other = await makeHousehold(world.deps);
    for (const actor of [asMember(third!), asHolder(other.holder)])
      await assert.rejects(getSubscriptionOfLine(world.deps, actor, one!.id), {
        code: 'subscription-not-found',
      });
  });
});

describe('the consents of a line', () => {
  let world: World;
  let home: Household;
  let refunded: string;
  before(async () => {
    world = await createWorld();
    home = await makeHousehold(world.deps);
    refunded = await home.use(home.taro, 100n);
    world.clock.set(inTokyo('2026-06-03T12:00'));
    await home.use(home.taro, 150n);
    await home.use(home.holder, 700n);
  });
  after(() => world.close());

  it('say what was used under each, over all periods', async () => {
    const consents = await listConsentsOfLine(world.deps, asHolder(home.holder));
    const used = new Map(consents.map(({ id, use }) => [id, use]));
    assert.deepEqual(used.get(home.taro.consentId), { count: 2, minor: 250n, lastOn: '2026-06-03' });
    assert.deepEqual(used.get(home.people[4]!.consentId), { count: 0, minor: 0n, lastOn: null });
  });

  it('have what was refunded taken off the sum', async () => {
    await refundCharge(world.deps, staff(), { chargeId: refunded, amountMinor: 40n, reason: 'requested' });
    const { use } = await getConsentOfLine(world.deps, asMember(home.taro), home.taro.consentId);
    assert.deepEqual(use, { count: 2, minor: 210n, lastOn: '2026-06-03' });
  });

  it('are their own to another person', async () => {
    const mine = await listConsentsOfLine(world.deps, asMember(home.taro));
    assert.deepEqual(
      mine.map(({ id }) => id),
      [home.taro.consentId],
    );
    await assert.rejects(getConsentOfLine(world.deps, asMember(home.taro), home.holder.consentId), {
      code: 'consent-not-found',
    });
  });

  it('are listed last once they are revoked, with what was used', async () => {
    await revokeConsent(world.deps, asMember(home.taro), { consentId: home.taro.consentId });
    const consents = await listConsentsOfLine(world.deps, asHolder(home.holder));
    const last = consents.at(-1)!;
    assert.deepEqual([last.id, last.state, last.use.count], [home.taro.consentId, 'ended', 2]);
  });
});
