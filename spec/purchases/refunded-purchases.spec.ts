import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { SubscriberActor } from '../../src/access/actor.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { can } from '../../src/access/can.rules.ts';
import { translator } from '../../src/portal/messages/translate.ts';
import { formatsOf } from '../../src/portal/kit/format.rules.ts';
import { subscriptionView } from '../../src/portal/my/subscriptions.view.rules.ts';
import { getInvoiceOfLine } from '../../src/purchases/invoice-of-line.queries.ts';
import { listInvoicesOfLine } from '../../src/purchases/invoices-of-line.queries.ts';
import { getMonthSoFar } from '../../src/purchases/month-so-far.queries.ts';
import { getPurchase } from '../../src/purchases/purchase-details.queries.ts';
import { getSubscriptionOfLine } from '../../src/purchases/subscriptions-of-line.queries.ts';
import { refundCharge } from '../../src/refunds/refund-charge.ts';
import { recordRefunds } from '../support/refunds.ts';
import { keyOf } from '../support/actors.ts';
import { createWorld, type World } from '../support/world.ts';
import { asHolder, asMember, makeHousehold, runNight, type Household } from './household.ts';

describe('purchases that are given back', () => {
  let world: World;
  let home: Household;
  let song: string;
  let bread: string;
  let holder: SubscriberActor;
  let taro: SubscriberActor;
  before(async () => {
    world = await createWorld({ LINE_MONTHLY_LIMIT: '5000' });
    home = await makeHousehold(world.deps);
    [holder, taro] = [asHolder(home.holder), asMember(home.taro)];
    song = await home.use(home.taro, 1_100n);
    bread = await home.use(home.holder, 540n, { taxCode: 'reduced', description: 'パン' });
  });
  after(() => world.close());

  const giveBack = (chargeId: string, amountMinor?: bigint) =>
    refundCharge(world.deps, keyOf(home.company.id), { chargeId, amountMinor, reason: 'requested' });
  const purchase = (chargeId: string, actor = holder) => getPurchase(world.deps, actor, chargeId);
  const month = (actor = holder) => getMonthSoFar(world.deps, actor);
  const invoice = (period: string, actor = holder) =>
    getInvoiceOfLine(world.deps, actor, { period, limit: 50 });

  it('say how much of them, when, and on which invoice', async () => {
    assert.deepEqual([(await purchase(song)).refundState, (await purchase(song)).refunds], ['none', []]);
    await giveBack(song, 300n);
    await giveBack(song, 300n);
    const { refundState, refundedMinor, refunds, priceMinor } = await purchase(song, taro);
    assert.deepEqual([refundState, refundedMinor, priceMinor], ['partly', 600n, 1_100n]);
    assert.deepEqual(
      refunds.map(({ amountMinor, businessDate, kind, billingPeriod, periodState }) => [
        amountMinor,
        businessDate,
        kind,
        billingPeriod,
        periodState,
      ]),
      Array.from({ length: 2 }, () => [300n, '2026-05-10', 'invoice', '2026-05', 'open']),
    );
  });

  it('lower the month by person, and leave as much room as a sale finds', async () => {
    const { totals, people, room } = await month();
    assert.deepEqual(
      [totals.booked.minor, totals.refunded, totals.sumMinor],
      [1_640n, { count: 2, minor: 600n }, 1_040n],
    );
    assert.deepEqual(
      people.map(({ booked, refunded }) => booked.minor - refunded.minor),
      [540n, 500n, 0n, 0n, 0n],
    );
    assert.equal(room?.leftMinor, 5_000n - 1_040n);
    assert.equal((await month(taro)).totals.sumMinor, 500n);
  });

  it('give a person back the room of the own limit', async () => {
    await sqlOf(world.deps.orm.em.fork())
      .updateTable('subscriber')
      .set({ monthlyLimitMinor: 2_000n })
      .where('id', '=', taro.subscriberId)
      .execute();
    assert.equal((await month(taro)).room?.leftMinor, 2_000n - 500n);
  });

  it('are items of the open invoice, netted per rate', async () => {
    const { total, refunds, rates, items } = await invoice('2026-05');
    assert.deepEqual(total, { count: 4, minor: 1_040n });
    assert.deepEqual(
      refunds.map(({ chargeId, amountMinor, suppliedOn, person }) => [
        chargeId,
        amountMinor,
        suppliedOn,
        person?.displayName,
      ]),
      Array.from({ length: 2 }, () => [song, 300n, '2026-05-10', '太郎']),
    );
    assert.equal(items.length, 2);
    assert.deepEqual(
      rates.map(({ taxRateBps, totalMinor, taxMinor }) => [taxRateBps, totalMinor, taxMinor]),
      [
        [1_000, 500n, 45n],
        [800, 540n, 40n],
      ],
    );
  });

  it('are on the next invoice after the close, whose total may be below zero', async () => {
    world.clock.set(new Date('2026-06-01T00:10:00+09:00'));
    await runNight(world.deps, '2026-05-31');
    await giveBack(bread);
    const { refundState, status, refunds } = await purchase(bread);
    assert.deepEqual([refundState, status, refunds[0]?.billingPeriod], ['wholly', 'invoiced', '2026-06']);
    const { total, refunds: items, rates } = await invoice('2026-06');
    assert.deepEqual([total, items.length], [{ count: 1, minor: -540n }, 1]);
    assert.deepEqual([rates[0]?.totalMinor, rates[0]?.taxMinor], [-540n, -40n]);
    const { invoices } = await listInvoicesOfLine(world.deps, holder);
    assert.deepEqual(
      invoices.map(({ period, total: sum }) => [period.period, sum.count, sum.minor]),
      [
        ['2026-06', 1, -540n],
        ['2026-05', 4, 1_040n],
      ],
    );
  });

  it('of an earlier month leave the limit of this one as it is', async () => {
    const { totals, room } = await month();
    assert.deepEqual([totals.sumMinor, room?.leftMinor], [-540n, 5_000n]);
  });

  it('of others are not shown to a person, and are no part of the own sums', async () => {
    await assert.rejects(purchase(bread, taro), { code: 'charge-not-found' });
    await assert.rejects(invoice('2026-06', taro), { code: 'not-found' });
    assert.equal((await month(taro)).totals.sumMinor, 0n);
    const { invoices } = await listInvoicesOfLine(world.deps, taro);
    assert.deepEqual(
      invoices.map(({ total }) => total.minor),
      [500n],
    );
  });

  it('are the same once they are invoiced', async () => {
    world.clock.set(new Date('2026-07-01T00:10:00+09:00'));
    await runNight(world.deps, '2026-06-30');
    const { total, number, rates, refunds } = await invoice('2026-06');
    assert.deepEqual([total, refunds.length], [{ count: 1, minor: -540n }, 1]);
    assert.match(number ?? '', /^202606-31-/);
    assert.deepEqual([rates[0]?.totalMinor, rates[0]?.taxMinor], [-540n, -40n]);
    const [refund] = (await purchase(bread)).refunds;
    assert.deepEqual([refund?.periodState, refund?.invoiceNumber], ['closed', number]);
  });

  it('are seen in the months of a subscription', async () => {
    const subscription = await home.subscribe(home.taro, { chargeDay: 1 });
    const read = () => getSubscriptionOfLine(world.deps, holder, subscription);
    const [first] = (await read()).months;
    await giveBack(first!.chargeId!, 200n);
    const view = subscriptionView(await read(), {
      language: 'ja',
      t: translator('ja'),
      format: formatsOf({ language: 'ja', currency: 'JPY', timeZone: 'Asia/Tokyo' }),
      can: (permission) => can(holder, permission),
      nameOf: (named) => named,
      form: undefined,
    });
    assert.deepEqual(
      view.months?.rows.map((row) => row.at(-1)?.text),
      ['500円・ご返金 200円'],
    );
  });

  it('by bank are on no invoice', async () => {
    await recordRefunds(world.deps, [
      { chargeId: song, amountMinor: 500n, businessDate: '2026-07-01', kind: 'bank' },
    ]);
    const { refunds, refundState } = await purchase(song);
    assert.deepEqual(
      [refundState, refunds.at(-1)?.kind, refunds.at(-1)?.invoiceNumber],
      ['wholly', 'bank', null],
    );
    const { invoices } = await listInvoicesOfLine(world.deps, holder);
    assert.deepEqual(
      invoices.map(({ period, total }) => [period.period, total.minor]),
      [
        ['2026-07', 300n],
        ['2026-06', -540n],
        ['2026-05', 1_040n],
      ],
    );
  });
});
