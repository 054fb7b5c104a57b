import { billingOpeners, type BillingRows } from './billing-rows.ts';
import { readMatrix } from '../read-matrix.ts';

/** Who opens and posts what of settlements. */
export const settlementsRows: BillingRows = {
  opened: readMatrix(
    billingOpeners,
    `
#                                                                          nobody  agent lead billing approver administrator auditor  other site
billing.settlements         /billing/settlements                             303  403 200 200 200 403 200  303
billing.settlements         /billing/settlements?period=2026-01&state=paid   303  403 200 200 200 403 200  303
billing.settlements         /billing/settlements?period=2019-01              303  403 200 200 200 403 200  303
billing.settlement          /billing/settlements/{settlement}                303  403 200 200 200 403 200  303
billing.settlement          /billing/settlements/{paid}                      303  403 200 200 200 403 200  303
billing.settlement          /billing/settlements/S202603-999999              303  403 404 404 404 403 404  303
billing.propose-settlement  /billing/settlements/{draft}/propose             303  403 403 200 403 403 403  303
billing.reject-settlement   /billing/settlements/{draft}/reject              303  403 403 200 200 403 403  303
billing.hold-settlement     /billing/settlements/{draft}/hold                303  403 403 403 200 403 403  303
billing.release-settlement  /billing/settlements/{draft}/release             303  403 403 403 200 403 403  303
billing.correct-statement   /billing/settlements/{draft}/correct             303  403 403 200 403 403 403  303
billing.propose-month       /billing/settlements/months/2026-03/propose      303  403 403 200 403 403 403  303
billing.statement           /billing/settlements/{draft}/statement.pdf       303  403 200 200 200 403 200  303
billing.fee-invoice         /billing/settlements/{draft}/fee-invoice.xml     303  403 409 409 409 403 409  303
`,
  ),
  posted: readMatrix(
    billingOpeners,
    `
billing.propose-settlement-form  /billing/settlements/{draft}/propose          303  403 403 422 403 403 403  303
billing.reject-settlement-form   /billing/settlements/{draft}/reject           303  403 403 422 422 403 403  303
billing.hold-settlement-form     /billing/settlements/{draft}/hold             303  403 403 403 422 403 403  303
billing.release-settlement-form  /billing/settlements/{draft}/release          303  403 403 403 422 403 403  303
billing.correct-statement-form   /billing/settlements/{draft}/correct          303  403 403 422 403 403 403  303
billing.propose-month-form       /billing/settlements/months/2026-03/propose   303  403 403 422 403 403 403  303
`,
  ),
  acting: readMatrix(billingOpeners, ``),
};
