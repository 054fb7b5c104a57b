import assert from 'node:assert/strict';
import { sqlOf } from '../../../src/database/sql.ts';
import { periodsClosingOn } from '../../../src/shared/calendar.rules.ts';
import type { World } from '../../support/world.ts';

/** What is billed of the sales in the end. */
export interface Billed {
  readonly items: number;
  readonly lateItems: number;
  readonly settlements: number;
}

/**
 * Asserts that every captured charge is on one invoice with its amount, that each period that was due has closed, and
 * that the settlement of the month is the sum of its items.
 */
export async function assertAllBilled({ deps }: World, businessDays: readonly string[]): Promise<Billed> {
  const sql = sqlOf(deps.orm.em.fork());
  const sold = await sql
    .selectFrom('charge')
    .select(['id', 'capturedMinor'])
    .where('state', '=', 'captured')
    .execute();
  const items = await sql
    .selectFrom('invoice_item')
    .select(['chargeId', 'amountMinor', 'billingPeriod', 'late'])
    .execute();
  const billed = new Map(items.map(({ chargeId, amountMinor }) => [chargeId, amountMinor]));
  assert.deepEqual([items.length, billed.size], [sold.length, sold.length], 'each charge is billed once');
  for (const { id, capturedMinor } of sold) assert.equal(billed.get(id), capturedMinor);

  const closed = await sql
    .selectFrom('billing_period')
    .select(['period', 'closingGroup as group'])
    .where('state', '=', 'closed')
    .execute();
  for (const due of businessDays.flatMap(periodsClosingOn))
    assert.ok(closed.some(({ period, group }) => period === due.period && group === due.group));

  const settlements = await sql
    .selectFrom('settlement')
    .select('billedMinor')
    .where('billingPeriod', '=', '2026-05')
    .execute();
  const ofMay = items.filter(({ billingPeriod }) => billingPeriod === '2026-05');
  const totalMinor = ofMay.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  assert.deepEqual(settlements, [{ billedMinor: totalMinor }], 'the month is settled');
  return {
    items: items.length,
    lateItems: items.filter(({ late }) => late).length,
    settlements: settlements.length,
  };
}
