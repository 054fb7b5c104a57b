import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openOrm } from '../../config/database/orm.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { listPartitions } from '../../src/runs/partition.queries.ts';
import { lastDayOfMonth } from '../../src/shared/calendar.rules.ts';
import { cancelSubscription } from '../../src/subscriptions/cancel-subscription.ts';
import { nextDueOn } from '../../src/subscriptions/next-due-on.rules.ts';
import { renewSubscriptions } from '../../src/subscriptions/renew-subscriptions.ts';
import { runAsOwner } from '../support/as-owner.ts';
import { makeSale } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';
import { monthsOf, noonOf, offer, picture, renew, renewNightly, subscribe } from './subscribing.ts';
import { staff } from '../support/actors.ts';

const DAYS = [1, 8, 8, 15, 25, 31];

/** A world in which every charge day, an early leaving and two items on one line come together. Always the same. */
async function createBusyWorld(): Promise<World> {
  const world = await createWorld();
  const { deps, clock } = world;
  clock.set(noonOf('2026-03-03'));
  for (const [index, chargeDay] of DAYS.entries()) {
    const sale = await makeSale(deps, { closingGroup: index % 2 === 0 ? 31 : 10 });
    const free = { firstMonthFree: index === 1, lastMonthFree: index === 2 };
    const { id } = await subscribe(deps, sale, {
      chargeDay,
      itemCode: 'large',
      amountMinor: 6_000n,
      ...free,
    });
    // Later in the month than the large one, and with it above the limit of the line; only the earlier may pass.
    if (chargeDay < 31)
      await subscribe(deps, sale, {
        chargeDay: chargeDay === 25 ? 31 : 25,
        itemCode: 'small',
        amountMinor: 4_001n,
      });
    if (index === 3) await cancelSubscription(deps, staff(), { subscriptionId: id });
  }
  return world;
}

/** What was billed, to whom, when and where, without the names of the rows. */
async function billed({ deps }: World) {
  const { charges, subscriptions, months, spent } = await picture(deps);
  const numbers = new Map(subscriptions.map(({ id }, index) => [id, index]));
  return {
    charges: charges
      .map((c) =>
        [
          numbers.get(c.subscriptionId!),
          c.subscriptionMonth,
          c.businessDate,
          c.capturedAt,
          c.billingPeriod,
          c.late,
        ].join('|'),
      )
      .sort(),
    months: months.map((m) => [numbers.get(m.subscriptionId), m.month, m.outcome].join('|')).sort(),
    subscriptions: subscriptions.map((s) =>
      [numbers.get(s.id), s.state, s.leftOn, s.renewedThrough].join('|'),
    ),
    spent: spent.map(({ period, spentMinor }) => `${period}|${spentMinor}`).sort(),
  };
}

test('one late run after months of missed nights bills what the nights would have billed', async () => {
  const [nightly, late] = [await createBusyWorld(), await createBusyWorld()];
  try {
    await renewNightly(nightly, '2026-03-03', '2026-05-31');
    const run = await renew(late.deps, '2026-05-31', { chunkSize: 3 });
    assert.equal(run.expected, run.done + run.skipped + run.parkedCount);
    assert.ok(Number(run.facts['refused']) > 0 && Number(run.facts['charged']) > 10);
    assert.deepEqual(await billed(late), await billed(nightly));
  } finally {
    await Promise.all([nightly.close(), late.close()]);
  }
});

test('a stored due date is the one that the rule gives, after each joining, cancelling and night', async () => {
  const world = await createBusyWorld();
  const { deps } = world;
  const assertStored = async () => {
    const { subscriptions } = await picture(deps);
    assert.deepEqual(
      subscriptions.map(({ id, nextDueOn: dueOn }) => [id, dueOn]),
      subscriptions.map((row) => [row.id, nextDueOn({ ...row, joinedOn: row.joinedOn! })]),
    );
    return subscriptions;
  };
  try {
    const [first] = await assertStored();
    for (const month of ['2026-03', '2026-04', '2026-05']) {
      await renewNightly(world, `${month}-01`, lastDayOfMonth(month));
      await assertStored();
    }
    world.clock.set(noonOf('2026-06-01'));
    await cancelSubscription(deps, staff(), { subscriptionId: first!.id });
    await assertStored();
    await runAsOwner(world.database, `UPDATE line SET status = 'closed' LIMIT 2`);
    await renew(deps, '2026-06-01');
    const ended = (await assertStored()).filter(({ leftOn }) => leftOn === '2026-05-31');
    assert.ok(ended.length > 1, 'subscriptions of closed lines end before they are due');
  } finally {
    await world.close();
  }
});

test('a subscription left behind by the others is brought up to date in one run', async () => {
  const world = await createWorld();
  const { deps, clock } = world;
  try {
    clock.set(noonOf('2026-06-10'));
    const [behind, current] = [await makeSale(deps), await makeSale(deps)];
    const { id } = await subscribe(deps, behind, { chargeDay: 25 });
    await subscribe(deps, current, { chargeDay: 10 });
    // As it is after months without a contract on record, which was then concluded after all.
    await sqlOf(deps.orm.em.fork())
      .updateTable('subscription')
      .set({ joinedOn: '2026-03-01', renewedThrough: '2026-02', nextDueOn: '2026-03-25' })
      .where('id', '=', id)
      .execute();
    const run = await renew(deps, '2026-06-25');
    assert.equal(run.expected, run.done + run.skipped + run.parkedCount);
    const months = (await monthsOf(deps, behind.line.lineId)).map(([month]) => month);
    assert.deepEqual(months, ['2026-03', '2026-04', '2026-05', '2026-06']);
  } finally {
    await world.close();
  }
});

test('a night shared by lines bills what it bills in one piece, also past the limit of a line', async () => {
  const [whole, shared] = [await createBusyWorld(), await createBusyWorld()];
  const key = { job: 'renew-subscriptions', businessDate: '2026-05-31' };
  try {
    for (const { clock } of [whole, shared]) clock.set(noonOf('2026-06-01'));
    const [one, many] = [
      await executeRun(whole.deps, key, renewSubscriptions),
      await executeRun(shared.deps, { ...key, chunkSize: 1 }, renewSubscriptions),
    ];
    assert.ok(one.kind === 'finished' && many.kind === 'finished');
    assert.deepEqual(await listPartitions(whole.deps, { ...key, prefix: '' }), []);
    const parts = await listPartitions(shared.deps, { ...key, prefix: 'renew/' });
    assert.ok(parts.filter(({ done }) => done > 0n).length > 1, 'several shares had something to do');
    assert.deepEqual([many.counts, many.facts], [one.counts, one.facts]);
    assert.ok(Number(many.facts['refused']) > 0);
    assert.deepEqual(await billed(shared), await billed(whole));
  } finally {
    await Promise.all([whole.close(), shared.close()]);
  }
});

test('a run cut off between chunks, and run again, bills what an undisturbed one bills', async () => {
  const [calm, rough] = [await createBusyWorld(), await createBusyWorld()];
  try {
    await renew(calm.deps, '2026-04-30', { chunkSize: 2 });
    for (const cutOffAfterChunks of [0, 1, 3, 5]) {
      await assert.rejects(renew(rough.deps, '2026-04-30', { chunkSize: 2, cutOffAfterChunks }), /cut off/);
    }
    await renew(rough.deps, '2026-04-30', { chunkSize: 2 });
    assert.deepEqual(await billed(rough), await billed(calm));
    const done = await picture(rough.deps);
    assert.equal((await renew(rough.deps, '2026-04-30')).chunks, 0);
    assert.deepEqual(await picture(rough.deps), done);
  } finally {
    await Promise.all([calm.close(), rough.close()]);
  }
});

test('two processes that renew at once, while people join and leave, bill every month once', async () => {
  const world = await createBusyWorld();
  const { deps } = world;
  const orm = await openOrm({ databaseUrl: world.database.url, poolSize: 10 });
  try {
    const { id } = await offer(deps, await makeSale(deps));
    const sale = await makeSale(deps);
    const leaver = await subscribe(deps, sale, { chargeDay: 8, itemCode: 'both' });
    await cancelSubscription(deps, staff(), { subscriptionId: leaver.id });
    const night = '2026-05-31';
    world.clock.set(noonOf(night));
    const [mine, theirs] = await Promise.all([
      renew(deps, night, { chunkSize: 4 }),
      renew({ ...deps, orm }, night, { chunkSize: 3 }),
      subscribe(deps, sale, { chargeDay: 8, itemCode: 'both' }),
    ]);
    for (const run of [mine, theirs]) {
      assert.equal(run.expected, run.done + run.skipped + run.parkedCount);
      assert.deepEqual(
        run.parked.filter(({ subject }) => !subject.includes('/')),
        [],
      );
    }
    const { charges, entries, spent, months, subscriptions } = await picture(deps);
    const captured = charges.reduce((sum, { capturedMinor }) => sum + capturedMinor!, 0n);
    assert.equal(Number(mine.facts['charged']) + Number(theirs.facts['charged']) > 10, true);
    assert.equal(
      entries.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
      captured,
    );
    assert.equal(
      spent.reduce((sum, { spentMinor }) => sum + spentMinor, 0n),
      captured,
    );
    assert.equal(months.filter(({ outcome }) => outcome === 'charged').length, charges.length);
    assert.equal(subscriptions.find((row) => row.id === id)?.state, 'pending');
    const keys = charges.map(({ subscriberId, serviceId, subscriptionMonth, amountMinor }) =>
      [subscriberId, serviceId, amountMinor, subscriptionMonth].join('|'),
    );
    assert.equal(new Set(keys).size, keys.length);
    assert.equal((await renew(deps, night)).expected, 0);
  } finally {
    await orm.close();
    await world.close();
  }
});

test('the database itself refuses a second billing of a month', async () => {
  const world = await createBusyWorld();
  try {
    const { charges, months } = await picture(world.deps);
    const sql = sqlOf(world.deps.orm.em.fork());
    const again = { ...charges[0]!, id: world.deps.ids.next() };
    await assert.rejects(sql.insertInto('charge').values(again).execute(), /charge_subscription_month/);
    await assert.rejects(
      sql.insertInto('subscription_month').values(months[0]!).execute(),
      /Duplicate entry/,
    );
  } finally {
    await world.close();
  }
});

test('an empty night does nothing', async () => {
  const world = await createWorld();
  try {
    assert.deepEqual(await renew(world.deps, '2026-05-31'), {
      expected: 0,
      done: 0,
      skipped: 0,
      parked: [],
      parkedCount: 0,
      chunks: 0,
      facts: {},
    });
  } finally {
    await world.close();
  }
});

test('as a run it is done once for a night, with a manifest that balances and every refusal listed', async () => {
  const world = await createBusyWorld();
  const { deps } = world;
  try {
    world.clock.set(noonOf('2026-04-01'));
    const request = { job: 'renew-subscriptions', businessDate: '2026-03-31', chunkSize: 4 };
    const run = await executeRun(deps, request, renewSubscriptions);
    assert.ok(run.kind === 'finished');
    const { expected, done, skipped, parked } = run.counts;
    assert.equal(expected, done + skipped + parked);
    assert.ok(parked > 0 && parked === run.facts['refused']);
    const rows = await sqlOf(deps.orm.em.fork()).selectFrom('parked').selectAll().execute();
    assert.equal(rows.length, parked);
    assert.deepEqual([...new Set(rows.map(({ subject }) => subject.slice(-8)))], ['/2026-03']);
    assert.equal((await executeRun(deps, request, renewSubscriptions)).kind, 'already-finished');
  } finally {
    await world.close();
  }
});
