import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { CompiledQuery } from 'kysely';
import { sqlOf } from '../../src/database/sql.ts';
import type { NewSubscription } from '../../src/subscriptions/create-subscription.ts';
import { joinSubscription } from '../../src/subscriptions/join-subscription.ts';
import { cancelSubscription } from '../../src/subscriptions/cancel-subscription.ts';
import { findMonthsHad } from '../../src/subscriptions/subscription-month.queries.ts';
import { makeSale, makeSubscriber } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';
import {
  chargesOf,
  monthsOf,
  noonOf,
  offer,
  renew,
  renewNightly,
  subscribe,
  subscriptionOf,
} from './subscribing.ts';
import { signedIn, staff } from '../support/actors.ts';

type Sale = Awaited<ReturnType<typeof makeSale>>;

describe('free months of a monthly subscription', () => {
  let world: World;
  let deps: World['deps'];
  before(async () => {
    world = await createWorld();
    deps = world.deps;
  });
  after(() => world.close());

  const both = { chargeDay: 10, firstMonthFree: true, lastMonthFree: true };
  const joinOn = (date: string, sale: Sale, over: Partial<NewSubscription> = {}) => {
    world.clock.set(noonOf(date));
    return subscribe(deps, sale, { ...both, ...over });
  };
  const leaveOn = (date: string, subscriptionId: string) => {
    world.clock.set(noonOf(date));
    return cancelSubscription(deps, staff(), { subscriptionId });
  };
  /** Another issued ID of the line, or of another tenure of it. */
  const anotherId = async (sale: Sale, slot: number, holderFrom = sale.buyer.holderFrom): Promise<Sale> => {
    const { lineId } = sale.line;
    const { id: subscriberId } = await makeSubscriber(deps, { lineId, holderFrom, slot });
    return { ...sale, buyer: { subscriberId, lineId, holderFrom } };
  };
  const run = (statement: string) => sqlOf(deps.orm.em.fork()).executeQuery(CompiledQuery.raw(statement));
  const outcomesOf = async ({ buyer }: Sale) => {
    const rows = await sqlOf(deps.orm.em.fork())
      .selectFrom('subscription_month')
      .select(['month', 'outcome'])
      .where('subscriberId', '=', buyer.subscriberId)
      .orderBy('month')
      .execute();
    return rows.map(({ month, outcome }) => `${month} ${outcome}`);
  };

  test('leaving on the 2nd and joining again on the 3rd of each month pays every month from the second on', async () => {
    const sale = await makeSale(deps);
    let { id } = await joinOn('2026-03-03', sale);
    await renewNightly(world, '2026-03-03', '2026-04-01');
    for (const month of ['2026-04', '2026-05', '2026-06', '2026-07']) {
      await leaveOn(`${month}-02`, id);
      await renewNightly(world, `${month}-02`, `${month}-02`);
      ({ id } = await joinOn(`${month}-03`, sale));
      await renewNightly(world, `${month}-03`, `${month}-28`);
    }
    const months = await monthsOf(deps, sale.line.lineId);
    assert.deepEqual(
      months.map(([month]) => month),
      ['2026-04', '2026-05', '2026-06', '2026-07'],
    );
  });

  test('the first month is free once in a tenure, whichever issued ID joins, and whatever the price says', async () => {
    const sale = await makeSale(deps);
    const { id } = await joinOn('2026-03-15', sale);
    await leaveOn('2026-03-16', id);
    await renewNightly(world, '2026-03-16', '2026-03-16');
    const other = await anotherId(sale, 2);
    const second = await joinOn('2026-04-15', other, { amountMinor: 900n, description: '別のプラン' });
    assert.equal(second.renewedThrough, '2026-04');
    assert.deepEqual(await monthsOf(deps, sale.line.lineId), [['2026-04', '2026-04-15']]);
    assert.deepEqual(await outcomesOf(sale), ['2026-03 free']);
  });

  test('an ID that has ended has used up the free first month of its line, also when its month was never billed', async () => {
    const sale = await makeSale(deps);
    await joinOn('2026-03-05', sale);
    await run(`UPDATE subscriber SET state = 'ended', slot = NULL, ended_at = '2026-03-06 03:00:00'
      WHERE id = ${sale.buyer.subscriberId}`);
    await renewNightly(world, '2026-03-06', '2026-03-07');
    await joinOn('2026-03-15', await anotherId(sale, 2));
    assert.deepEqual(await monthsOf(deps, sale.line.lineId), [['2026-03', '2026-03-15']]);
  });

  test('another item, another service and another holder have a first month of their own', async () => {
    const sale = await makeSale(deps);
    await joinOn('2026-03-15', sale);
    await joinOn('2026-03-15', sale, { itemCode: 'other' });
    const { lineId } = sale.line;
    await run(`UPDATE line_holder SET valid_to = '2026-03-20' WHERE line_id = '${lineId}'`);
    await run(`INSERT INTO line_holder (line_id, valid_from, holder, updated_at)
      VALUES ('${lineId}', '2026-03-20', '新しい契約者', '2026-03-20')`);
    await joinOn('2026-03-21', await anotherId(sale, 2, '2026-03-20'));
    assert.deepEqual(await monthsOf(deps, lineId), []);
  });

  test('a first month that was paid is the first one too: a later offer of a free one is not for that line', async () => {
    const sale = await makeSale(deps);
    const { id } = await joinOn('2026-03-15', sale, { firstMonthFree: false });
    await leaveOn('2026-03-16', id);
    await joinOn('2026-04-15', sale);
    const months = await monthsOf(deps, sale.line.lineId);
    assert.deepEqual(
      months.map(([month]) => month),
      ['2026-03', '2026-04'],
    );
  });

  test('of five IDs of one line that join at the same moment, one has its first month free', async () => {
    const sale = await makeSale(deps);
    world.clock.set(noonOf('2026-03-15'));
    const buyers = [sale, ...(await Promise.all([2, 3, 4, 5].map((slot) => anotherId(sale, slot))))];
    const joined = await Promise.all(buyers.map((one) => subscribe(deps, one, both)));
    assert.deepEqual([...new Set(joined.map(({ renewedThrough }) => renewedThrough))], ['2026-03']);
    assert.equal((await monthsOf(deps, sale.line.lineId)).length, 4);
  });

  test('who was shown a free first month that another ID takes meanwhile is refused, and charged nothing', async () => {
    const sale = await makeSale(deps);
    world.clock.set(noonOf('2026-03-15'));
    const shown = { first: true, last: true };
    const buyers = [sale.buyer, (await anotherId(sale, 2)).buyer];
    const offers = [await offer(deps, sale, both), await offer(deps, sale, both)];
    const joined = await Promise.allSettled(
      buyers.map((buyer, i) =>
        joinSubscription(deps, signedIn(buyer), { subscriptionId: offers[i]!.id, shown }),
      ),
    );
    const refusals = joined.flatMap((one) => (one.status === 'rejected' ? [one.reason as object] : []));
    assert.equal(refusals.length, 1);
    assert.equal((refusals[0] as { code: string }).code, 'illegal-state');
    assert.deepEqual(await monthsOf(deps, sale.line.lineId), []);
    const states = await Promise.all(offers.map(async ({ id }) => (await subscriptionOf(deps, id)).state));
    assert.deepEqual(states.toSorted(), ['active', 'pending']);
  });

  test('a joining that is refused leaves the free first month to the next', async () => {
    const sale = await makeSale(deps);
    world.clock.set(noonOf('2026-03-15'));
    const { id } = await offer(deps, sale, both);
    await run(`UPDATE contract SET per_charge_max_minor = 500 WHERE company_id = ${sale.company.id}`);
    await assert.rejects(joinSubscription(deps, signedIn(sale.buyer), { subscriptionId: id }), {
      code: 'amount-above-contract',
    });
    await joinOn('2026-03-15', await anotherId(sale, 2), { amountMinor: 500n });
    assert.deepEqual(await monthsOf(deps, sale.line.lineId), []);
  });

  test('who leaves for free and stays away pays nothing for that month', async () => {
    const sale = await makeSale(deps);
    const { id } = await joinOn('2026-03-15', sale, { firstMonthFree: false });
    await leaveOn('2026-04-10', id);
    await renewNightly(world, '2026-04-10', '2026-05-11');
    assert.deepEqual(await monthsOf(deps, sale.line.lineId), [['2026-03', '2026-03-15']]);
    assert.deepEqual(await outcomesOf(sale), ['2026-03 charged', '2026-04 free']);
  });

  test('who comes back in a free last month pays for it after all, once, at the price of the new joining', async () => {
    const sale = await makeSale(deps);
    const { id } = await joinOn('2026-03-15', sale, { firstMonthFree: false });
    await leaveOn('2026-04-02', id);
    await renewNightly(world, '2026-04-02', '2026-04-02');
    const again = await joinOn('2026-04-20', sale, { amountMinor: 800n });
    assert.equal(again.renewedThrough, '2026-04');
    await leaveOn('2026-04-20', again.id);
    const third = await joinOn('2026-04-21', sale);
    await renewNightly(world, '2026-04-20', '2026-04-30');
    assert.equal((await subscriptionOf(deps, third.id)).renewedThrough, '2026-04');
    const charges = await chargesOf(deps, sale.line.lineId);
    assert.deepEqual(
      charges.map((row) => [row.subscriptionMonth, row.businessDate, row.amountMinor]),
      [
        ['2026-03', '2026-03-15', 1_100n],
        ['2026-04', '2026-04-20', 800n],
      ],
    );
    assert.deepEqual(await outcomesOf(sale), ['2026-03 charged', '2026-04 charged']);
  });

  test('who comes back has had the free last month: the next leaving is charged', async () => {
    const sale = await makeSale(deps);
    const { id } = await joinOn('2026-03-15', sale, { firstMonthFree: false });
    await leaveOn('2026-04-02', id);
    await renewNightly(world, '2026-04-02', '2026-04-02');
    const again = await joinOn('2026-04-20', sale);
    await leaveOn('2026-05-02', again.id);
    await renewNightly(world, '2026-05-02', '2026-05-02');
    const months = await monthsOf(deps, sale.line.lineId);
    assert.deepEqual(months, [
      ['2026-03', '2026-03-15'],
      ['2026-04', '2026-04-20'],
      ['2026-05', '2026-05-02'],
    ]);
  });

  test('leaving and coming back are settled alike by nights that come late, in one go', async () => {
    const sale = await makeSale(deps);
    const { id } = await joinOn('2026-03-15', sale, { firstMonthFree: false });
    await leaveOn('2026-04-02', id);
    const again = await joinOn('2026-04-03', sale);
    world.clock.set(noonOf('2026-04-30'));
    await renew(deps, '2026-04-29');
    const months = await monthsOf(deps, sale.line.lineId);
    assert.deepEqual(months, [
      ['2026-03', '2026-03-15'],
      ['2026-04', '2026-04-10'],
    ]);
    assert.equal((await subscriptionOf(deps, id)).state, 'ended');
    assert.equal((await subscriptionOf(deps, again.id)).renewedThrough, '2026-04');
    assert.deepEqual(await outcomesOf(sale), ['2026-03 charged', '2026-04 charged']);
  });

  test('who comes back before the night, on a charge day that has come, pays at once and not again', async () => {
    const sale = await makeSale(deps);
    const { id } = await joinOn('2026-03-15', sale, { firstMonthFree: false });
    await leaveOn('2026-04-02', id);
    await joinOn('2026-04-02', sale, { chargeDay: 1 });
    await renewNightly(world, '2026-04-02', '2026-04-12');
    const months = await monthsOf(deps, sale.line.lineId);
    assert.deepEqual(months, [
      ['2026-03', '2026-03-15'],
      ['2026-04', '2026-04-02'],
    ]);
  });

  test('a free last month whose return is refused stays free', async () => {
    const sale = await makeSale(deps);
    const { id } = await joinOn('2026-03-15', sale, { firstMonthFree: false });
    await leaveOn('2026-04-02', id);
    await renewNightly(world, '2026-04-02', '2026-04-02');
    await run(`UPDATE line SET monthly_limit_minor = 1099 WHERE line_id = '${sale.line.lineId}'`);
    await assert.rejects(joinOn('2026-04-20', sale), { code: 'limit-exceeded' });
    assert.deepEqual(await outcomesOf(sale), ['2026-03 charged', '2026-04 free']);
  });

  test('joining and leaving in one month has the free first month and keeps the free last one', async () => {
    const sale = await makeSale(deps);
    const { id } = await joinOn('2026-03-05', sale);
    await leaveOn('2026-03-06', id);
    await renewNightly(world, '2026-03-06', '2026-03-31');
    const again = await joinOn('2026-04-05', sale);
    await renewNightly(world, '2026-04-05', '2026-05-01');
    await leaveOn('2026-05-02', again.id);
    await renewNightly(world, '2026-05-02', '2026-05-31');
    assert.deepEqual(await monthsOf(deps, sale.line.lineId), [['2026-04', '2026-04-10']]);
    assert.deepEqual(await outcomesOf(sale), ['2026-03 free', '2026-04 charged', '2026-05 free']);
  });

  test('joining and leaving in one month with a free last month alone is charged', async () => {
    const sale = await makeSale(deps);
    const { id } = await joinOn('2026-03-05', sale, { firstMonthFree: false });
    await leaveOn('2026-03-06', id);
    await renewNightly(world, '2026-03-06', '2026-03-31');
    assert.deepEqual(await monthsOf(deps, sale.line.lineId), [['2026-03', '2026-03-06']]);
  });

  test('a free first month is not charged to who leaves in it and comes back in it', async () => {
    const sale = await makeSale(deps);
    const { id } = await joinOn('2026-03-05', sale);
    await leaveOn('2026-03-06', id);
    await renewNightly(world, '2026-03-06', '2026-03-06');
    await joinOn('2026-03-20', sale);
    await renewNightly(world, '2026-03-20', '2026-04-10');
    assert.deepEqual(await monthsOf(deps, sale.line.lineId), [['2026-04', '2026-04-10']]);
  });

  for (const [when, date, over] of [
    ['on the same day, with a charge day that has come', '2026-03-06', { chargeDay: 1 }],
    ['after its charge day, while nights are late', '2026-03-20', {}],
    [
      'without a free month, with a charge day that has come',
      '2026-03-06',
      { chargeDay: 5, firstMonthFree: false },
    ],
  ] as const) {
    test(`a free first month that no night has settled is not charged to who comes back ${when}`, async () => {
      const sale = await makeSale(deps);
      const { id } = await joinOn('2026-03-05', sale);
      await leaveOn('2026-03-06', id);
      world.clock.set(noonOf(date));
      const { subscriberId } = sale.buyer;
      const item = {
        subscriberId,
        serviceId: sale.service.id,
        itemCode: (await subscriptionOf(deps, id)).itemCode,
      };
      const { had } = await findMonthsHad(deps, { ...item, month: '2026-03' });
      assert.deepEqual([...had], ['2026-03']);
      const again = await joinOn(date, sale, over);
      assert.equal(again.renewedThrough, '2026-03');
      await renewNightly(world, date, '2026-04-10');
      assert.equal((await subscriptionOf(deps, id)).state, 'ended');
      assert.deepEqual(await outcomesOf(sale), ['2026-03 free', '2026-04 charged']);
    });
  }

  test('of two IDs of one line that leave at the same moment, one has its last month free', async () => {
    const sale = await makeSale(deps);
    const other = await anotherId(sale, 2);
    const ids = [
      (await joinOn('2026-03-15', sale, { firstMonthFree: false })).id,
      (await joinOn('2026-03-15', other, { firstMonthFree: false })).id,
    ];
    world.clock.set(noonOf('2026-04-02'));
    const leave = (subscriptionId: string) => cancelSubscription(deps, staff(), { subscriptionId });
    await Promise.all(ids.map(leave));
    await renewNightly(world, '2026-04-02', '2026-04-02');
    const inApril = (await monthsOf(deps, sale.line.lineId)).filter(([month]) => month === '2026-04');
    assert.equal(inApril.length, 1);
  });

  test('leaving and joining again at the same moment is charged once, or has left for good', async () => {
    for (let round = 0; round < 6; round += 1) {
      const sale = await makeSale(deps);
      const { id } = await joinOn('2026-03-15', sale, { firstMonthFree: false });
      world.clock.set(noonOf('2026-04-02'));
      const next = await offer(deps, sale, { ...both, chargeDay: round % 2 === 0 ? 1 : 10 });
      const [, joined] = await Promise.allSettled([
        cancelSubscription(deps, staff(), { subscriptionId: id }),
        joinSubscription(deps, signedIn(sale.buyer), { subscriptionId: next.id }),
      ]);
      await renewNightly(world, '2026-04-02', '2026-04-12');
      const inApril = (await monthsOf(deps, sale.line.lineId)).filter(([month]) => month === '2026-04');
      assert.equal(inApril.length, joined.status === 'fulfilled' ? 1 : 0);
    }
  });

  test('the database refuses a second grant, and to change or remove one, or a month that is over', async () => {
    const sale = await makeSale(deps);
    const { id } = await joinOn('2026-03-15', sale, { firstMonthFree: false });
    await leaveOn('2026-04-02', id);
    await renewNightly(world, '2026-04-02', '2026-04-02');
    const of = `WHERE line_id = '${sale.line.lineId}'`;
    const columns = 'line_id, holder_from, service_id, item_code, kind';
    const copy = `INSERT INTO free_month (${columns}, subscription_id, month) SELECT ${columns}, subscription_id, '2026-05' FROM free_month`;
    for (const kind of ['first', 'last'])
      await assert.rejects(run(`${copy} ${of} AND kind = '${kind}'`), /Duplicate entry/);
    await assert.rejects(run(`UPDATE free_month SET month = '2026-05' ${of}`), /free_month_is_final/);
    await assert.rejects(run(`DELETE FROM free_month ${of}`), /free_month_stays/);
    const had = `WHERE subscriber_id = ${sale.buyer.subscriberId}`;
    const paid = `${had} AND month = '2026-03'`;
    const final = /subscription_month_is_final/;
    await assert.rejects(
      run(`UPDATE subscription_month SET outcome = 'free', charge_id = NULL ${paid}`),
      final,
    );
    const free = `${had} AND month = '2026-04'`;
    await assert.rejects(run(`UPDATE subscription_month SET month = '2026-05' ${free}`), final);
    await assert.rejects(run(`DELETE FROM subscription_month ${free}`), /subscription_month_stays/);
  });
});
