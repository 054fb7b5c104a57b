import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { postEntries } from '../ledger/post-entries.ts';
import type { ClosingGroup } from '../shared/calendar.rules.ts';
import { moveEntries } from './collection-entries.rules.ts';

interface ClosingPeriod {
  readonly period: string;
  readonly closingGroup: ClosingGroup;
  readonly bookedOn: string;
}

/**
 * Collects the numbered invoices of a period whose total is not above zero, in the transaction of its close: there is nothing to
 * wait for. What an invoice credits, the carrier's bill pays (domain.md section 9).
 */
export async function collectNothingDue(
  tx: InTransaction<Deps>,
  { period, closingGroup, bookedOn }: ClosingPeriod,
): Promise<void> {
  const db = sqlOf(tx.em);
  const { numAffectedRows = 0n } = await sql`
    INSERT INTO invoice_collection (invoice_number, billing_period, closing_group, total_minor, state, collected_minor,
      uncollected_minor, result_count, changed_on)
    SELECT number, billing_period, closing_group, total_minor, 'collected', total_minor, 0, 0, ${bookedOn} FROM line_invoice
    WHERE billing_period = ${period} AND closing_group = ${closingGroup} AND total_minor <= 0`.execute(db);
  if (numAffectedRows === 0n) return;
  const { credited } = await db
    .selectFrom('invoice_collection')
    .select(({ fn }) => fn.sum('totalMinor').as('credited'))
    .where('billingPeriod', '=', period)
    .where('closingGroup', '=', closingGroup)
    .where('totalMinor', '<', 0n)
    .executeTakeFirstOrThrow();
  const nothing = { collectedMinor: 0n, uncollectedMinor: 0n };
  const after = { collectedMinor: BigInt(credited ?? 0), uncollectedMinor: 0n };
  const moves = [{ billingPeriod: period, before: nothing, after }];
  await postEntries(tx, moveEntries(moves, { bookedOn, nextId: () => tx.ids.next() }));
}
