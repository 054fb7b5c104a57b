import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { assignBillingPeriods } from '../../src/limits/assign-billing-period.ts';
import { closeToWriters } from '../../src/billing-periods/period-write-barrier.ts';
import { makeSale } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
before(async () => (world = await createWorld()));
after(() => world.close());

const MAY = { period: '2026-05', closingGroup: 31 } as const;
const query = () => sqlOf(world.deps.orm.em.fork());

// What lanes are for needs a cluster: `npm run faults -- cluster` closes periods while other nodes capture.
test('shutting the lanes of a period waits for the charge that is in one, and writes all of them', async () => {
  const { line } = await makeSale(world.deps);
  const request = {
    lineId: line.lineId,
    holderFrom: '2026-01-01',
    closingGroup: 31 as const,
    businessDate: '2026-05-10',
  };
  const shutting = await inTransaction(world.deps, async (tx) => {
    const [assigned] = await assignBillingPeriods(tx, [request]);
    assert.equal(assigned?.period, MAY.period);
    const shutting = inTransaction(world.deps, (other) => closeToWriters(other, MAY));
    await untilBlocked();
    return { shutting };
  });
  await shutting.shutting;
  const lanes = await query().selectFrom('billing_period_lane').select('passed').orderBy('passed').execute();
  assert.deepEqual(
    lanes.map(({ passed }) => passed),
    [...Array.from({ length: 255 }, () => 1n), 2n],
  );
});

/** Until the statement over all lanes has stood still for a while. */
async function untilBlocked(): Promise<void> {
  const giveUpAtMs = performance.now() + 5_000;
  while (performance.now() < giveUpAtMs) {
    const { rows } = await sql<{ n: number }>`
      SELECT COUNT(*) AS n FROM information_schema.processlist
      WHERE db = DATABASE() AND info LIKE 'INSERT INTO billing_period_lane %' AND time_ms > 50`.execute(
      query(),
    );
    if (Number(rows[0]?.n) > 0) return;
  }
  assert.fail('nobody waits');
}
