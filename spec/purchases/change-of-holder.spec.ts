import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { SubscriberActor } from '../../src/access/actor.ts';
import { listConsentsOfLine } from '../../src/purchases/consents-of-line.queries.ts';
import { getInvoiceOfLine } from '../../src/purchases/invoice-of-line.queries.ts';
import { listInvoicesOfLine } from '../../src/purchases/invoices-of-line.queries.ts';
import { getMonthSoFar } from '../../src/purchases/month-so-far.queries.ts';
import { getPurchase } from '../../src/purchases/purchase-details.queries.ts';
import { listPurchases } from '../../src/purchases/purchase.queries.ts';
import { listSubscriptionsOfLine } from '../../src/purchases/subscriptions-of-line.queries.ts';
import { createWorld, type World } from '../support/world.ts';
import { changeHolder } from './change-holder.ts';
import { addMember, asHolder, makeHousehold, runNight, type Household, type Member } from './household.ts';

const NEXT = '2026-05-16';

describe('a line that changes its holder in the middle of a month', () => {
  let world: World;
  let home: Household;
  let former: SubscriberActor;
  let next: SubscriberActor;
  let newcomer: Member;
  before(async () => {
    world = await createWorld();
    home = await makeHousehold(world.deps);
    await home.use(home.holder, 1_000n);
    await home.use(home.taro, 200n);
    await home.subscribe(home.taro, { chargeDay: 20 });
    world.clock.set(new Date(`${NEXT}T09:00:00+09:00`));
    await changeHolder(world.deps, home.line.lineId, NEXT);
    const seller = { companyId: home.company.id, serviceId: home.service.id };
    const tenure = { lineId: home.line.lineId, holderFrom: NEXT };
    newcomer = await addMember(world.deps, seller, { ...tenure, slot: 1, displayName: '新子' });
    await home.use(newcomer, 40n);
    former = asHolder(home.holder);
    next = asHolder(newcomer);
  });
  after(() => world.close());

  const pricesOf = async (actor: SubscriberActor) => {
    const { purchases } = await listPurchases(world.deps, actor, { limit: 50 });
    return purchases.map(({ priceMinor }) => priceMinor);
  };

  it('shows each holder the purchases of the own tenure', async () => {
    assert.deepEqual([await pricesOf(former), await pricesOf(next)], [[200n, 1_000n], [40n]]);
  });

  it('shows nobody a purchase of the other', async () => {
    const [ofNext] = (await listPurchases(world.deps, next, { limit: 1 })).purchases;
    const [ofFormer] = (await listPurchases(world.deps, former, { limit: 1 })).purchases;
    await assert.rejects(getPurchase(world.deps, former, ofNext!.id), { code: 'charge-not-found' });
    await assert.rejects(getPurchase(world.deps, next, ofFormer!.id), { code: 'charge-not-found' });
  });

  it('begins the month of the new holder with nothing spent, and leaves the former nothing to buy', async () => {
    const [ofFormer, ofNext] = [
      await getMonthSoFar(world.deps, former),
      await getMonthSoFar(world.deps, next),
    ];
    assert.deepEqual([ofFormer.totals.booked.minor, ofNext.totals.booked.minor], [1_200n, 40n]);
    assert.equal(ofFormer.room, undefined);
    assert.equal(ofNext.room!.limit.limitMinor - ofNext.room!.leftMinor, 40n);
    assert.deepEqual(
      ofNext.people.map(({ person }) => person.displayName),
      ['新子'],
    );
  });

  it('shows each holder the own subscriptions and consents', async () => {
    const subscriptions = await Promise.all(
      [former, next].map((actor) => listSubscriptionsOfLine(world.deps, actor)),
    );
    assert.deepEqual(
      subscriptions.map((list) => list.map(({ description }) => description)),
      [['動画見放題'], []],
    );
    const consents = await Promise.all([former, next].map((actor) => listConsentsOfLine(world.deps, actor)));
    assert.deepEqual(
      consents.map(({ length }) => length),
      [5, 1],
    );
  });

  it('has an invoice for each, also after the close', async () => {
    world.clock.set(new Date('2026-06-01T00:10:00+09:00'));
    await runNight(world.deps, '2026-05-31');
    const invoices = async (actor: SubscriberActor) =>
      (await listInvoicesOfLine(world.deps, actor)).invoices.map(({ number, total }) => [
        number,
        total.minor,
      ]);
    assert.deepEqual(
      [await invoices(former), await invoices(next)],
      [[['202605-31-0000001', 1_200n]], [['202605-31-0000002', 40n]]],
    );
    const { items, holder } = await getInvoiceOfLine(world.deps, next, { period: '2026-05', limit: 50 });
    assert.deepEqual([items.length, holder], [1, '新しい保有者']);
  });
});
