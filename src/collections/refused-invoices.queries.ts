import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { ClosingGroup } from '../shared/calendar.rules.ts';

/** An invoice that the carrier refuses. */
export interface RefusedInvoice {
  readonly number: string;
  readonly billingPeriod: string;
  readonly closingGroup: ClosingGroup;
  readonly reason: string;
  readonly answeredOn: string;
}

/** The invoices whose newest answer refuses them, in the order of their numbers; answers that contradict each other do not count. */
export async function findRefusedInvoices(
  deps: Deps,
  period: string | undefined,
): Promise<readonly RefusedInvoice[]> {
  const ofPeriod = period === undefined ? sql`TRUE` : sql`l.billing_period = ${period}`;
  const { rows } = await sql<RefusedInvoice>`
    SELECT l.number, l.billing_period AS billingPeriod, l.closing_group AS closingGroup, n.reason, n.answer_date AS answeredOn FROM (
      SELECT a.*, ROW_NUMBER() OVER (PARTITION BY invoice_number ORDER BY answer_date DESC, sequence DESC) AS age FROM (
        SELECT a.*, COUNT(*) OVER (PARTITION BY invoice_number, answer_date, sequence) AS of_place FROM invoice_answer a
        WHERE a.invoice_number IN (SELECT r.invoice_number FROM invoice_answer r WHERE r.answer = 'refused')
      ) a WHERE of_place = 1
    ) n JOIN line_invoice l ON l.number = n.invoice_number
    WHERE n.age = 1 AND n.answer = 'refused' AND ${ofPeriod} ORDER BY l.number`.execute(sqlOf(emOf(deps)));
  return rows;
}
