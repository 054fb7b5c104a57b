import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import { queryRows } from '../database/statement-pipeline.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { holdersForReader } from '../personal-data/personal-data.queries.ts';
import { Problem } from '../shared/problem.ts';

/** A claim that has returned to a company: it may ask the holder of the line itself. */
export interface HandedOffClaim {
  readonly invoiceNumber: string;
  readonly billingPeriod: string;
  readonly lineId: string;
  /** First day of the tenure of the invoice. */
  readonly holderFrom: string;
  /**
   * As named on the invoice, who held the line at that time; masked for a reader who reads no names without asking and has not asked for
   * this one.
   */
  readonly holder: string;
  readonly chargeId: string;
  readonly reference: string | null;
  readonly description: string;
  /** What is clawed back of the charge, less what was recovered. */
  readonly amountMinor: bigint;
  /** The result, and the carrier's code of it: why it is uncollected. */
  readonly reason: string;
}

export interface ListHandOff {
  readonly companyCode: string;
  /** Only invoices of this billing period. */
  readonly period?: string | undefined;
}

/**
 * The claims that have returned to a company, with what it needs to collect them: they hold personal data, so every look at them is
 * in the audit trail before it is shown.
 * @throws Problem `company-not-found`
 */
export async function listHandOff(
  deps: Deps,
  actor: Actor,
  { companyCode, period }: ListHandOff,
): Promise<readonly HandedOffClaim[]> {
  authorize(actor, 'collections:read');
  return await inTransaction(deps, async (tx) => {
    const [company] = await queryRows<{ id: number }>(tx.em, 'SELECT id FROM company WHERE code = ?', [
      companyCode,
    ]);
    if (!company) throw new Problem('company-not-found');
    const rows = await queryRows<Omit<HandedOffClaim, 'amountMinor'> & { amount: string | number }>(
      tx.em,
      `SELECT k.invoice_number AS invoiceNumber, k.billing_period AS billingPeriod, k.line_id AS lineId, k.holder_from AS holderFrom,
         COALESCE(l.holder, h.holder, '') AS holder, k.charge_id AS chargeId, c.reference, c.description,
         SUM(IF(k.kind = 'clawback', k.amount_minor, -k.amount_minor)) AS amount,
         TRIM(CONCAT(n.state, ' ', COALESCE((SELECT r.result_code FROM collection_result r WHERE r.invoice_number = k.invoice_number
           AND r.result = n.state ORDER BY r.result_date DESC, r.sequence DESC LIMIT 1), ''))) AS reason
       FROM clawback k
       JOIN charge c ON c.id = k.charge_id
       JOIN line_invoice l ON l.number = k.invoice_number
       JOIN invoice_collection n ON n.invoice_number = k.invoice_number
       LEFT JOIN line_holder h ON h.line_id = k.line_id AND h.valid_from = k.holder_from
       WHERE k.company_id = ? AND (? IS NULL OR k.billing_period = ?)
       GROUP BY k.charge_id HAVING amount > 0 ORDER BY k.invoice_number, k.charge_id`,
      [company.id, period ?? null, period ?? null],
    );
    await recordAudit(tx, {
      actor: actorName(actor),
      action: 'collection.hand-off',
      subject: `company:${companyCode}`,
      facts: { period: period ?? null, claims: rows.length },
    });
    const claims = rows.map(({ amount, ...row }) => ({ ...row, amountMinor: BigInt(amount) }));
    return await holdersForReader(tx, actor, claims);
  });
}
