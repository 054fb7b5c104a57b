import { runStatement } from '../../../src/database/statement-pipeline.ts';
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../../batch/demo/random.ts';
import { inTransaction } from '../../../src/database/transaction.ts';
import type { Deps } from '../../../src/deps.ts';
import { assignBillingPeriods } from '../../../src/limits/assign-billing-period.ts';
import { bookSpending } from '../../../src/limits/line-spending.ts';
import { capture, makeMarket, type Market } from '../../invoices/captured-charges.ts';
import { closeNight, closeUnderIntake } from './close-under-intake.ts';
import type { Cluster } from './cluster.ts';
import { ClusterSite } from './cluster-site.ts';
import { assertNodesAgree } from './equal-nodes.ts';
import { holdBack } from './hold-back.ts';

const LINES = 40;

/**
 * Closes periods on one node while others capture charges into them. In any order of the commits, a charge is in the
 * proof of its period.
 */
export async function raceCloses(cluster: Cluster, random: Random) {
  const site = await ClusterSite.create(cluster, 'race', { LINE_MONTHLY_LIMIT: '1000000000' });
  site.clock.set(new Date('2026-11-20T03:00:00.000Z'));
  try {
    const [a, b, c] = [
      await site.depsAt(cluster.a),
      await site.depsAt(cluster.b),
      await site.depsAt(cluster.c),
    ];
    const market = await makeMarket(a, { lineCount: LINES });
    await closeAroundCharge(cluster, { intake: a, nights: b, market });
    const raced = await closeUnderIntake({ intakes: [a, c], nights: b, market, random });
    await assertNodesAgree(site);
    return raced;
  } finally {
    await site.close();
  }
}

interface Around {
  readonly intake: Deps;
  readonly nights: Deps;
  readonly market: Market;
}

/**
 * A charge finds its period open; before it commits, the period closes on another node whose commits its own does not
 * receive. The charge must not commit, but go to the next period.
 */
async function closeAroundCharge(cluster: Cluster, { intake, nights, market }: Around): Promise<void> {
  const holderFrom = '2026-01-01'; // as the market's charges have it
  const request = {
    lineId: market.lines[0]!,
    holderFrom,
    closingGroup: 31 as const,
    businessDate: '2025-12-31',
  };
  await inTransaction(intake, (tx) => assignBillingPeriods(tx, [request]));
  const found = Promise.withResolvers<void>();
  // Started outside the transaction: work inside one joins it, for any node.
  const closing = found.promise.then(async () => {
    const release = await holdBack(cluster.a, cluster.b);
    await closeNight(nights, request.businessDate);
    return release;
  });
  let released: Promise<void> | undefined;
  const { period, late } = await inTransaction(intake, async (tx) => {
    const [assigned] = await assignBillingPeriods(tx, [request]);
    assert.ok(assigned);
    if (!released) {
      assert.deepEqual([assigned.period, assigned.late], ['2025-12', false], 'the period is found open');
      found.resolve();
      const release = await closing;
      // Received in time for the second attempt, and too late for the first.
      released = pause(300).then(release);
    }
    const { period, closingGroup, late } = assigned;
    const { lineId, businessDate } = request;
    const charge = { ...market.registered, lineId, amountMinor: 70n, businessDate };
    await capture(tx, [{ ...charge, period, closingGroup, late }]);
    await runStatement(
      tx.em,
      bookSpending([{ lineId, holderFrom, period, amountMinor: charge.amountMinor }]),
    );
    return assigned;
  });
  await released;
  assert.deepEqual([period, late], ['2026-01', true], 'the charge has gone to the next period');
}
