import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { getMonthSoFar } from '../../src/purchases/month-so-far.queries.ts';
import { changeLine } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';
import { asHolder, asMember, makeHousehold, runNight, type Household } from './household.ts';

const HOUR_MS = 60 * 60_000;

describe('the month so far', () => {
  let world: World;
  let home: Household;
  before(async () => {
    world = await createWorld({ LINE_MONTHLY_LIMIT: '5000' });
    home = await makeHousehold(world.deps);
  });
  after(() => world.close());

  it('is empty before the first purchase, with its dates and the whole limit', async () => {
    const month = await getMonthSoFar(world.deps, asHolder(home.holder));
    const { period, startsOn, closesOn, issueOn, dueOn } = month.period;
    assert.deepEqual(
      [period, startsOn, closesOn, issueOn, dueOn],
      ['2026-05', '2026-05-01', '2026-05-31', '2026-06-13', '2026-06-30'],
    );
    assert.deepEqual(month.totals.booked, { count: 0, minor: 0n });
    assert.deepEqual(month.room, {
      limit: { limitMinor: 5_000n, source: 'carrier-default' },
      leftMinor: 5_000n,
    });
    assert.equal(month.people.length, 5);
  });

  it('is what is on the open invoice, what waits for tonight, and what is reserved', async () => {
    await home.use(home.holder, 1_000n);
    await home.use(home.taro, 300n);
    world.clock.advance(24 * HOUR_MS);
    await runNight(world.deps, '2026-05-10');
    await home.use(home.taro, 50n);
    await home.reserve(home.taro, 400n);
    const { totals, room, people } = await getMonthSoFar(world.deps, asHolder(home.holder));
    assert.deepEqual(totals, {
      booked: { count: 3, minor: 1_350n },
      onInvoice: { count: 2, minor: 1_300n },
      waiting: { count: 1, minor: 50n },
      reserved: { count: 1, minor: 400n },
      refunded: { count: 0, minor: 0n },
      sumMinor: 1_350n,
    });
    assert.equal(room?.leftMinor, 5_000n - 1_350n - 400n);
    assert.deepEqual(
      people.map(({ booked, reserved }) => [booked.minor, reserved.minor]),
      [[1_000n, 0n], [350n, 400n], ...Array.from({ length: 3 }, () => [0n, 0n])],
    );
  });

  it('of another person is what they bought, with what the line leaves them', async () => {
    const { totals, room, people, isHolder } = await getMonthSoFar(world.deps, asMember(home.taro));
    assert.deepEqual([isHolder, people.length, totals.booked.minor], [false, 1, 350n]);
    assert.equal(room?.leftMinor, 3_250n);
  });

  it('counts an authorization no longer once its time has run out, before the night has noted it', async () => {
    const now = world.clock.now();
    world.clock.advance(7 * 24 * HOUR_MS);
    const { totals, room } = await getMonthSoFar(world.deps, asHolder(home.holder));
    world.clock.set(now);
    assert.deepEqual([totals.reserved.count, room?.leftMinor], [0, 3_650n]);
  });

  it('is the next period on the day after the close, while the night still closes the last one', async () => {
    const now = world.clock.now();
    world.clock.set(new Date('2026-06-01T00:30:00+09:00'));
    const { period, totals } = await getMonthSoFar(world.deps, asHolder(home.holder));
    world.clock.set(now);
    assert.deepEqual([period.period, totals.booked.count], ['2026-06', 0]);
  });

  it('has no limit to use while the line is suspended', async () => {
    await changeLine(world.deps, home.line.lineId, { status: 'suspended' });
    const { room, totals } = await getMonthSoFar(world.deps, asHolder(home.holder));
    assert.deepEqual([room, totals.booked.count], [undefined, 3]);
  });
});
