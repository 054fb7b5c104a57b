import { sql } from 'kysely';
import { bookShares } from '../collections/book-shares.ts';
import { findCutoffs } from '../collections/collection-cutoff.queries.ts';
import type { StandingInvoice } from '../collections/determine-shares.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

interface RefundedClaim {
  readonly chargeId: string;
  readonly companyId: number;
  readonly bookedOn: string;
}

/**
 * Lowers what the carrier bears of an assigned claim by what was just refunded of its charge: the carrier bears no more of a charge
 * than is left of it. A company with recourse is never refunded more than what was not clawed back, so nothing of its own changes.
 * The charge is locked, which an import of results waits for: whichever comes first, the other books the difference.
 */
export async function lowerLoss(tx: InTransaction<Deps>, claim: RefundedClaim): Promise<void> {
  const { companyId, bookedOn } = claim;
  const invoice = await findBorneInvoice(tx, claim);
  if (!invoice) return;
  const cutFor =
    (await findCutoffs(tx, [invoice.billingPeriod])).get(invoice.billingPeriod) ?? new Set<number>();
  await bookShares(tx, { invoices: [{ ...invoice, cutFor }], bookedOn, companyId });
}

/** The invoice that a charge is on, if the carrier bears something of it in place of the company. */
async function findBorneInvoice(
  tx: InTransaction<Deps>,
  { chargeId, companyId }: RefundedClaim,
): Promise<Omit<StandingInvoice, 'cutFor'> | undefined> {
  const { rows } = await sql<{
    number: string;
    billingPeriod: string;
    total: number | string;
    collected: number | string;
    uncollected: number | string;
  }>`
    SELECT n.invoice_number AS number, n.billing_period AS billingPeriod, n.total_minor AS total, n.collected_minor AS collected,
      n.uncollected_minor AS uncollected
    FROM invoice_item i
    JOIN line_invoice l ON l.billing_period = i.billing_period AND l.closing_group = i.closing_group AND l.line_id = i.line_id
      AND l.holder_from = i.holder_from
    JOIN invoice_collection n ON n.invoice_number = l.number
    JOIN company_collection s ON s.invoice_number = n.invoice_number AND s.company_id = ${companyId}
    WHERE i.charge_id = ${chargeId} AND i.refund_id = '' AND s.legal_model = 'assignment' AND s.lost_minor > s.recovered_minor`.execute(
    sqlOf(tx.em),
  );
  const [row] = rows;
  if (!row) return undefined;
  const { number, billingPeriod, total, collected, uncollected } = row;
  return {
    number,
    billingPeriod,
    totalMinor: BigInt(total),
    collectedMinor: BigInt(collected),
    uncollectedMinor: BigInt(uncollected),
  };
}
