import { sql, type RawBuilder } from 'kysely';

/** Condition for refunds in `alias` that are items of the invoice of their own charge: what they give back can be spent again. */
export const ofOwnInvoice = (
  alias: string,
): RawBuilder<boolean> => sql<boolean>`(${sql.ref(`${alias}.kind`)} = 'invoice'
  AND ${sql.ref(`${alias}.billing_period`)} = ${sql.ref(`${alias}.charge_period`)}
  AND ${sql.ref(`${alias}.closing_group`)} = ${sql.ref(`${alias}.charge_group`)})`;

/** Condition that nothing is left of the charge in a column of identifiers. */
export const isRefundedWhole = (chargeId: string): RawBuilder<boolean> => sql<boolean>`EXISTS (
  SELECT 1 FROM charge rc WHERE rc.id = ${sql.ref(chargeId)}
    AND rc.captured_minor = (SELECT SUM(rr.amount_minor) FROM refund rr WHERE rr.charge_id = rc.id))`;
