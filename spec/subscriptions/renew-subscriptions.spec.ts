import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { openOrm } from '../../config/database/orm.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { ensureBillingPeriods } from '../../src/billing-periods/ensure-billing-period.ts';
import type { ClosingGroup } from '../../src/shared/calendar.rules.ts';
import { cancelSubscription } from '../../src/subscriptions/cancel-subscription.ts';
import { makeLine, makeSale, makeSubscriber } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';
import {
  chargesOf,
  monthsOf,
  noonOf,
  picture,
  renew,
  renewNightly,
  subscribe,
  subscriptionOf,
} from './subscribing.ts';
import { keyOf, staff } from '../support/actors.ts';

type Terms = NonNullable<Parameters<typeof subscribe>[2]>;

describe('the nightly renewal of subscriptions', () => {
  let world: World;
  let deps: World['deps'];
  before(async () => {
    world = await createWorld();
    deps = world.deps;
  });
  after(() => world.close());
  beforeEach(async () => {
    // What earlier tests left behind is none of this test's nights.
    const sql = sqlOf(deps.orm.em.fork());
    await sql
      .updateTable('subscription')
      .set({ state: 'ended', leftOn: '2026-01-01', nextDueOn: null })
      .where('joinedOn', 'is not', null)
      .execute();
  });

  async function joinOn(date: string, terms: Terms = {}, closingGroup: ClosingGroup = 31) {
    world.clock.set(noonOf(date));
    const sale = await makeSale(deps, { closingGroup });
    const { id } = await subscribe(deps, sale, terms);
    return { ...sale, id, lineId: sale.line.lineId };
  }

  async function leaveOn(date: string, subscriptionId: string) {
    world.clock.set(noonOf(date));
    return cancelSubscription(deps, staff(), { subscriptionId });
  }

  test('charges each month once, on its charge day', async () => {
    const { lineId, id } = await joinOn('2026-03-03', { chargeDay: 25 });
    await renewNightly(world, '2026-03-03', '2026-05-26');
    assert.deepEqual(await monthsOf(deps, lineId), [
      ['2026-03', '2026-03-25'],
      ['2026-04', '2026-04-25'],
      ['2026-05', '2026-05-25'],
    ]);
    assert.equal((await subscriptionOf(deps, id)).renewedThrough, '2026-05');
  });

  test('charges at the month end in February, leap or not, and in the months of 30 and 31 days', async () => {
    const { lineId } = await joinOn('2027-12-31', { chargeDay: 31 });
    await renewNightly(world, '2028-01-30', '2028-02-29');
    await renewNightly(world, '2028-03-31', '2028-04-30');
    const { lineId: common } = await joinOn('2027-01-31', { chargeDay: 31 });
    await renewNightly(world, '2027-02-27', '2027-03-01');
    assert.deepEqual(
      (await monthsOf(deps, lineId)).map(([, dueOn]) => dueOn),
      ['2027-12-31', '2028-01-31', '2028-02-29', '2028-03-31', '2028-04-30'],
    );
    assert.deepEqual(
      (await monthsOf(deps, common)).map(([, dueOn]) => dueOn),
      ['2027-01-31', '2027-02-28'],
    );
  });

  test('bills a month once that is joined, left and joined again, whatever order its days come in', async () => {
    const sale = await joinOn('2026-05-03', { chargeDay: 10 });
    assert.equal((await leaveOn('2026-05-05', sale.id)).state, 'leaving');
    world.clock.set(noonOf('2026-05-05'));
    const again = await subscribe(deps, sale, { chargeDay: 2 });
    assert.equal(again.renewedThrough, '2026-05');
    await renewNightly(world, '2026-05-05', '2026-05-31');
    assert.deepEqual(await monthsOf(deps, sale.lineId), [['2026-05', '2026-05-05']]);
    assert.equal((await subscriptionOf(deps, sale.id)).state, 'ended');
    await leaveOn('2026-05-31', again.id);
    world.clock.set(noonOf('2026-05-31'));
    const third = await subscribe(deps, sale, { chargeDay: 31 });
    assert.equal(third.renewedThrough, '2026-05');
    await renewNightly(world, '2026-05-31', '2026-06-30');
    assert.deepEqual(await monthsOf(deps, sale.lineId), [
      ['2026-05', '2026-05-05'],
      ['2026-06', '2026-06-30'],
    ]);
  });

  test('keeps a subscription leaving until its last month is charged on the day of leaving', async () => {
    const { id, lineId, company } = await joinOn('2026-05-03', { chargeDay: 20 });
    const left = await leaveOn('2026-05-12', id);
    assert.deepEqual([left.state, left.leftOn], ['leaving', '2026-05-12']);
    const again = await cancelSubscription(deps, keyOf(company.id), { subscriptionId: id });
    assert.deepEqual([again.state, again.leftAt], ['leaving', noonOf('2026-05-12')]);
    await renewNightly(world, '2026-05-11', '2026-05-11');
    assert.equal((await subscriptionOf(deps, id)).state, 'leaving');
    await renewNightly(world, '2026-05-12', '2026-06-30');
    const [charge, ...more] = await chargesOf(deps, lineId);
    assert.equal(more.length, 0);
    assert.deepEqual([charge?.businessDate, charge?.capturedAt], ['2026-05-12', noonOf('2026-05-12')]);
    assert.equal((await subscriptionOf(deps, id)).state, 'ended');
  });

  test('ends at once when the month of leaving is charged already', async () => {
    const { id, lineId } = await joinOn('2026-05-12', { chargeDay: 10 });
    assert.equal((await leaveOn('2026-05-31', id)).state, 'ended');
    await renewNightly(world, '2026-05-31', '2026-06-11');
    assert.deepEqual(await monthsOf(deps, lineId), [['2026-05', '2026-05-12']]);
  });

  test('gives the first and the last month for nothing where the terms say so', async () => {
    const terms = { chargeDay: 20, firstMonthFree: true, lastMonthFree: true };
    const { id, lineId } = await joinOn('2026-03-05', terms);
    await renewNightly(world, '2026-03-05', '2026-05-07');
    await leaveOn('2026-05-08', id);
    await renewNightly(world, '2026-05-08', '2026-05-31');
    assert.deepEqual(await monthsOf(deps, lineId), [['2026-04', '2026-04-20']]);
    const months = await sqlOf(deps.orm.em.fork())
      .selectFrom('subscription_month')
      .select(['month', 'outcome'])
      .where('subscriptionId', '=', id)
      .orderBy('month')
      .execute();
    assert.deepEqual(
      months.map(({ month, outcome }) => [month, outcome]),
      [
        ['2026-03', 'free'],
        ['2026-04', 'charged'],
        ['2026-05', 'free'],
      ],
    );
    assert.equal((await subscriptionOf(deps, id)).state, 'ended');
  });

  test('changes nothing when a night runs again', async () => {
    await joinOn('2026-05-03', { chargeDay: 10 });
    const first = await renew(deps, '2026-05-10');
    assert.deepEqual([first.expected, first.done, first.skipped, first.parkedCount], [1, 1, 0, 0]);
    assert.deepEqual(first.facts, {
      charged: 1,
      chargedMinor: '1100',
      free: 0,
      taken: 0,
      refused: 0,
      waiting: 0,
      ended: 0,
    });
    const once = await picture(deps);
    const second = await renew(deps, '2026-05-10');
    assert.deepEqual([second.expected, second.done, second.chunks], [0, 0, 0]);
    assert.deepEqual(await picture(deps), once);
  });

  test('records a month above the limit as refused, says so, and continues with the next', async () => {
    const { id, lineId, subscriber } = await joinOn('2026-04-12', { chargeDay: 10, amountMinor: 3_000n });
    const sql = sqlOf(deps.orm.em.fork());
    await sql
      .updateTable('subscriber')
      .set({ monthlyLimitMinor: 2_999n })
      .where('id', '=', subscriber.id)
      .execute();
    const refused = await renew(deps, '2026-05-10');
    assert.deepEqual([refused.expected, refused.parkedCount, refused.facts['refused']], [1, 1, 1]);
    assert.equal(refused.parked[0]?.subject, `sb_${id}/2026-05`);
    assert.match(refused.parked[0]?.reason ?? '', /limit-exceeded/);
    assert.equal((await renew(deps, '2026-05-11')).expected, 0);
    await sql
      .updateTable('subscriber')
      .set({ monthlyLimitMinor: 3_000n })
      .where('id', '=', subscriber.id)
      .execute();
    await renew(deps, '2026-06-10');
    assert.deepEqual(
      (await monthsOf(deps, lineId)).map(([month]) => month),
      ['2026-04', '2026-06'],
    );
  });

  test('lets the limit of a line hold for several subscriptions in one chunk', async () => {
    const sale = await joinOn('2026-05-03', { chargeDay: 20, itemCode: 'a', amountMinor: 6_000n });
    await subscribe(deps, sale, { chargeDay: 20, itemCode: 'b', amountMinor: 4_000n });
    await subscribe(deps, sale, { chargeDay: 20, itemCode: 'c', amountMinor: 1n });
    const night = await renew(deps, '2026-05-20');
    assert.deepEqual([night.expected, night.done, night.parkedCount], [3, 2, 1]);
    const charges = await chargesOf(deps, sale.lineId);
    assert.deepEqual(
      charges.map(({ amountMinor }) => amountMinor),
      [6_000n, 4_000n],
    );
    const [spent] = await sqlOf(deps.orm.em.fork())
      .selectFrom('line_period')
      .selectAll()
      .where('lineId', '=', sale.lineId)
      .execute();
    assert.equal(spent?.spentMinor, 10_000n);
  });

  test('ends with a line that moves to another holder: what fell due before stays with the former one', async () => {
    const early = await joinOn('2026-04-12', { chargeDay: 10 });
    const late = await joinOn('2026-04-12', { chargeDay: 20 });
    const sql = sqlOf(deps.orm.em.fork());
    for (const { lineId } of [early, late]) {
      await sql
        .updateTable('line_holder')
        .set({ validTo: '2026-05-15' })
        .where('lineId', '=', lineId)
        .execute();
      await sql
        .insertInto('line_holder')
        .values({
          lineId,
          validFrom: '2026-05-15',
          validTo: null,
          holder: '西東 次郎',
          birthDate: null,
          email: null,
          updatedAt: noonOf('2026-05-15'),
        })
        .execute();
    }
    await renewNightly(world, '2026-05-14', '2026-05-14');
    assert.equal((await subscriptionOf(deps, early.id)).state, 'active');
    await renewNightly(world, '2026-05-15', '2026-06-30');
    for (const { id } of [early, late]) {
      const ended = await subscriptionOf(deps, id);
      assert.deepEqual([ended.state, ended.leftOn, ended.leftAt], ['ended', '2026-05-14', null]);
    }
    assert.deepEqual(
      (await monthsOf(deps, early.lineId)).map(([month]) => month),
      ['2026-04', '2026-05'],
    );
    assert.deepEqual(
      (await monthsOf(deps, late.lineId)).map(([month]) => month),
      ['2026-04'],
    );
    assert.deepEqual(
      [...new Set((await chargesOf(deps, early.lineId)).map(({ holderFrom }) => holderFrom))],
      ['2026-01-01'],
    );
  });

  test('ends with a line that is closed or suspended and with an issued ID that is ended', async () => {
    const closed = await joinOn('2026-04-12', { chargeDay: 10 });
    const suspended = await joinOn('2026-04-12', { chargeDay: 10 });
    const nameless = await joinOn('2026-04-12', { chargeDay: 10 });
    const sql = sqlOf(deps.orm.em.fork());
    await sql.updateTable('line').set({ status: 'closed' }).where('lineId', '=', closed.lineId).execute();
    await sql
      .updateTable('line')
      .set({ status: 'suspended' })
      .where('lineId', '=', suspended.lineId)
      .execute();
    await sql
      .updateTable('subscriber')
      .set({ state: 'ended', slot: null, endedAt: noonOf('2026-05-02') })
      .where('id', '=', nameless.subscriber.id)
      .execute();
    const night = await renew(deps, '2026-05-10');
    assert.deepEqual([night.expected, night.done, night.facts['ended']], [3, 3, 3]);
    const ends = [];
    for (const { id, lineId } of [closed, suspended, nameless]) {
      const { state, leftOn } = await subscriptionOf(deps, id);
      ends.push([state, leftOn, (await monthsOf(deps, lineId)).length]);
    }
    assert.deepEqual(ends, [
      ['ended', '2026-05-09', 1],
      ['ended', '2026-05-09', 1],
      ['ended', '2026-05-02', 1],
    ]);
  });

  test('waits where no contract is on record for the day, and charges that day once there is one', async () => {
    const { id, lineId, contract } = await joinOn('2026-04-12', { chargeDay: 10 });
    const sql = sqlOf(deps.orm.em.fork());
    await sql.updateTable('contract').set({ validTo: '2026-05-01' }).where('id', '=', contract.id).execute();
    const waiting = await renew(deps, '2026-06-10');
    assert.deepEqual([waiting.parkedCount, waiting.facts['waiting']], [1, 1]);
    assert.equal((await subscriptionOf(deps, id)).renewedThrough, '2026-04');
    await sql.updateTable('contract').set({ validTo: null }).where('id', '=', contract.id).execute();
    await renew(deps, '2026-06-11');
    assert.deepEqual((await monthsOf(deps, lineId)).slice(1), [
      ['2026-05', '2026-05-10'],
      ['2026-06', '2026-06-10'],
    ]);
  });

  test('puts each closing group’s charge in its own billing period, on the closing day and the day after', async () => {
    const cases: [ClosingGroup, number, string][] = [
      [5, 5, '2026-05'],
      [5, 6, '2026-06'],
      [10, 10, '2026-05'],
      [10, 11, '2026-06'],
      [15, 15, '2026-05'],
      [15, 16, '2026-06'],
      [20, 20, '2026-05'],
      [20, 21, '2026-06'],
      [25, 25, '2026-05'],
      [25, 31, '2026-06'],
      [31, 1, '2026-06'],
      [31, 31, '2026-06'],
    ];
    const sales = [];
    for (const [group, chargeDay, period] of cases)
      sales.push({ ...(await joinOn('2026-05-31', { chargeDay }, group)), period });
    await renew(deps, '2026-06-30');
    for (const { lineId, period, line } of sales) {
      const charge = (await chargesOf(deps, lineId)).find(
        ({ subscriptionMonth }) => subscriptionMonth === '2026-06',
      );
      assert.deepEqual(
        [charge?.billingPeriod, charge?.closingGroup, charge?.late],
        [period, line.closingGroup, false],
      );
      assert.equal(charge?.capturedOn, charge?.businessDate);
    }
  });

  test('takes a month whose period has closed into the next open one as late, or refuses it as the contract says', async () => {
    const accepts = await joinOn('2035-03-12', { chargeDay: 10 });
    const refuses = await joinOn('2035-03-12', { chargeDay: 10 });
    const sql = sqlOf(deps.orm.em.fork());
    await sql
      .updateTable('contract')
      .set({ lateCharges: 'refuse' })
      .where('id', '=', refuses.contract.id)
      .execute();
    await ensureBillingPeriods(deps, [{ period: '2035-04', closingGroup: 31 }]);
    await sql
      .updateTable('billing_period')
      .set({ state: 'closing' })
      .where('period', '=', '2035-04')
      .execute();
    const night = await renew(deps, '2035-04-30');
    assert.match(night.parked[0]?.reason ?? '', /period-closed/);
    const [, late] = await chargesOf(deps, accepts.lineId);
    assert.deepEqual([late?.businessDate, late?.billingPeriod, late?.late], ['2035-04-10', '2035-05', true]);
    assert.equal((await chargesOf(deps, refuses.lineId)).length, 1);
  });

  test('sets a broken subscription aside and renews its neighbours', async () => {
    const broken = await joinOn('2026-04-12', { chargeDay: 10 });
    const sound = await joinOn('2026-04-12', { chargeDay: 10 });
    const sql = sqlOf(deps.orm.em.fork());
    await sql.deleteFrom('ledger_account').where('companyId', '=', broken.company.id).execute();
    // Another process, which has never seen the account.
    const orm = await openOrm({ databaseUrl: world.database.url, poolSize: 5 });
    try {
      const night = await renew({ ...deps, orm }, '2026-05-10');
      assert.deepEqual([night.expected, night.done, night.parkedCount], [2, 1, 1]);
      assert.equal(night.parked[0]?.subject, `sb_${broken.id}`);
    } finally {
      await orm.close();
    }
    assert.equal((await monthsOf(deps, sound.lineId)).length, 2);
    assert.equal((await subscriptionOf(deps, broken.id)).renewedThrough, '2026-04');
  });

  test('charges nobody who joined in the hours between the end of the day and its night', async () => {
    world.clock.set(new Date('2026-05-10T00:30:00+09:00'));
    const sale = await makeSale(deps);
    await subscribe(deps, sale, { chargeDay: 20 });
    const night = await renew(deps, '2026-05-09');
    assert.deepEqual([night.expected, night.done], [0, 0]);
    const line = await makeLine(deps);
    await makeSubscriber(deps, { lineId: line.lineId });
    assert.deepEqual(await monthsOf(deps, sale.line.lineId), []);
  });
});
