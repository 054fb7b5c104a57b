import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { assertSameBillingSettings } from '../../../config/database/assert-same-billing-settings.ts';
import { ConfigError } from '../../../config/config.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { createWorld, type World } from '../../support/world.ts';

const tokyo = { timeZone: 'Asia/Tokyo', currency: 'JPY', mode: 'development' } as const;
const berlin = { timeZone: 'Europe/Berlin', currency: 'EUR', mode: 'development' } as const;

describe('the billing settings of a database', () => {
  let world: World;
  before(async () => void (world = await createWorld()));
  after(() => world.close());
  const query = () => sqlOf(world.deps.orm.em.fork());
  beforeEach(() => query().deleteFrom('books').execute());

  it('are set by the first process that bills, and must be equal for the next', async () => {
    await assertSameBillingSettings(world.deps.orm, berlin);
    await assertSameBillingSettings(world.deps.orm, berlin);
    const [books, ...others] = await query().selectFrom('books').select(['timeZone', 'currency']).execute();
    assert.deepEqual({ ...books, mode: 'development' }, berlin);
    assert.deepEqual(others, []);
  });

  it('refuse another time zone or currency, with both values and what to do', async () => {
    await assertSameBillingSettings(world.deps.orm, tokyo);
    const faults = await assertSameBillingSettings(world.deps.orm, berlin).then(
      () => [],
      (error: unknown) => (error instanceof ConfigError ? error.settings : []),
    );
    assert.equal(faults.length, 2);
    assert.match(
      faults[0]!,
      /^TIME_ZONE is Europe\/Berlin, .* Asia\/Tokyo since .* set TIME_ZONE=Asia\/Tokyo,/,
    );
    assert.match(faults[1]!, /^CURRENCY is EUR, .* JPY since .* set CURRENCY=JPY,/);
    await assert.rejects(
      assertSameBillingSettings(world.deps.orm, { ...tokyo, currency: 'EUR' }),
      /CURRENCY is EUR/,
    );
  });

  it('say that a database has been used in production, which development does not open any more', async () => {
    const { orm } = world.deps;
    await assertSameBillingSettings(orm, tokyo);
    await assertSameBillingSettings(orm, { ...tokyo, mode: 'production' });
    await assert.rejects(
      assertSameBillingSettings(orm, tokyo),
      (error: unknown) => error instanceof ConfigError && /used in production/.test(error.settings.join()),
    );
    await assertSameBillingSettings(orm, { ...tokyo, mode: 'production' });
  });

  it('are of production from the beginning where production is first', async () => {
    await assertSameBillingSettings(world.deps.orm, { ...tokyo, mode: 'production' });
    await assert.rejects(assertSameBillingSettings(world.deps.orm, tokyo), /used in production/);
  });

  it('are set once by processes that start at the same time, and the others must have the same', async () => {
    const starts = Array.from({ length: 8 }, (_, index) =>
      assertSameBillingSettings(world.deps.orm, index % 2 === 0 ? tokyo : berlin),
    );
    const ends = (await Promise.allSettled(starts)).map(({ status }) => status);
    const { timeZone } = await query().selectFrom('books').select('timeZone').executeTakeFirstOrThrow();
    const started = timeZone === tokyo.timeZone ? 0 : 1;
    assert.deepEqual(
      ends,
      ends.map((_, index) => (index % 2 === started ? 'fulfilled' : 'rejected')),
    );
  });
});
