import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf, inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { RunHandle } from '../runs/run-handle.ts';
import { findCollectedLater } from './bank-refund-decision.rules.ts';
import { readRefundedCharges } from './refunded-charges.queries.ts';

/**
 * Parks, once after each decision about them, refunds by bank that were cancelled because what they give back was not collected, when it is collected after all:
 * what is decided stays, and two people reopen the refund (reopen-refund-approval.ts).
 */
export async function parkCollectedLater(deps: Deps, run: RunHandle, limit: number): Promise<void> {
  for (let after = ''; ;) {
    const refundIds = await listCancelled(deps, run.job, { after, limit });
    const last = refundIds.at(-1);
    if (last === undefined) return;
    const late = await findLate(deps, refundIds, run.businessDate);
    if (late.length > 0) {
      run.announce(late.length);
      await run.inChunk(async (tx) => {
        for (const refundId of late)
          await run.park(tx, {
            subject: subjectOf(refundId),
            reason: 'collected after its refund was cancelled',
          });
        return { parked: late.length };
      });
    }
    after = last;
  }
}

function subjectOf(refundId: string): string {
  return `refund:${refundId}`;
}

/** Refunds cancelled in whole or in part, and not parked by the job since it was decided or reopened, on invoices of which something is collected. */
async function listCancelled(
  deps: Deps,
  job: string,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ refundId: string }>`
    SELECT b.refund_id AS refundId FROM bank_refund b
    JOIN refund r ON r.id = b.refund_id
    JOIN invoice_item i ON i.charge_id = r.charge_id AND i.refund_id = ''
    JOIN line_invoice l ON l.billing_period = i.billing_period AND l.closing_group = i.closing_group AND l.line_id = i.line_id
      AND l.holder_from = i.holder_from
    JOIN invoice_collection c ON c.invoice_number = l.number
    WHERE b.cancelled_minor > 0 AND b.refund_id > ${after} AND c.collected_minor > 0
      AND NOT EXISTS (SELECT 1 FROM parked p WHERE p.job = ${job} AND p.subject = CONCAT(${subjectOf('')}, b.refund_id)
        AND p.business_date >= COALESCE(b.late_on, b.decided_on))
    ORDER BY b.refund_id LIMIT ${limit}`.execute(sqlOf(emOf(deps)));
  return rows.map(({ refundId }) => refundId);
}

async function findLate(deps: Deps, refundIds: readonly string[], today: string): Promise<string[]> {
  const charges = await inTransaction(deps, (tx) =>
    readRefundedCharges(tx, { refundIds, today, lock: false }),
  );
  const late = new Set(charges.flatMap((charge) => [...findCollectedLater(charge).keys()]));
  return refundIds.filter((refundId) => late.has(refundId));
}
