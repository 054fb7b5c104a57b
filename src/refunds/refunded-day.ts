import { runStatement } from '../database/statement-pipeline.ts';
import { selectStatement } from '../database/statement.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { RefundSums } from './refund-limits.rules.ts';
import type { RefundPlan } from './plan-refund.ts';

/**
 * Adds a refund to what its line got back today and, unless two people made it, to what its refunder gave back; the sums with
 * it. The rows stay locked until this transaction ends: refunds of one refunder, or to one line, take turns here, so that
 * small ones at once do not pass by a limit. They are the last locks of a refund.
 * Throws when the database does not answer with a sum: a limit is never compared with less than was given back.
 */
export async function addToDay(
  tx: InTransaction<Deps>,
  { charge, businessDate, amountMinor, before }: RefundPlan,
  refunder: string | undefined,
): Promise<RefundSums> {
  const line = `line:${charge.lineId}`;
  const subjects = [line, ...(refunder === undefined ? [] : [refunder])].sort();
  const rows = await runStatement(
    tx.em,
    selectStatement<{ subject: string; refundedMinor: number | string }>(
      `INSERT INTO refunded_day (subject, business_date, refunded_minor) VALUES ?
       ON DUPLICATE KEY UPDATE refunded_minor = refunded_minor + VALUES(refunded_minor)
       RETURNING subject, refunded_minor AS refundedMinor`,
      [subjects.map((subject) => [subject, businessDate, amountMinor])],
    ),
  );
  const sums = new Map(rows.map(({ subject, refundedMinor }) => [subject, BigInt(refundedMinor)]));
  const sumOf = (subject: string): bigint => {
    const sum = sums.get(subject);
    if (sum === undefined) throw new Error(`the sum of ${subject} on ${businessDate} is not there`);
    return sum;
  };
  return {
    chargeMinor: before.refundedMinor + amountMinor,
    lineDayMinor: sumOf(line),
    refunderDayMinor: refunder === undefined ? 0n : sumOf(refunder),
  };
}
