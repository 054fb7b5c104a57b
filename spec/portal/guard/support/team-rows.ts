import { billingOpeners, type BillingRows } from '../billing/billing-rows.ts';
import { readMatrix } from '../read-matrix.ts';

/** Who sees what the support centre does: its leads, and auditors. */
export const teamRows: BillingRows = {
  opened: readMatrix(
    billingOpeners,
    `
#                                            nobody  agent lead billing approver administrator auditor  other site
support.team     /support/team                303  403 200 403 403 403 200  303
support.team     /support/team?days=7         303  403 200 403 403 403 200  303
`,
  ),
  posted: [],
  acting: [],
};
