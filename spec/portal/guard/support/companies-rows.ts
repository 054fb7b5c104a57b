import { billingOpeners, type BillingRows } from '../billing/billing-rows.ts';
import { readMatrix } from '../read-matrix.ts';

/** Who opens the page of a company at the support desk. */
export const companiesRows: BillingRows = {
  opened: readMatrix(
    billingOpeners,
    `
#                                                      nobody  agent lead billing approver administrator auditor  other site
support.company   /support/companies/{company}          303  200 200 403 403 200 200  303
support.company   /support/companies/nobody-here        303  404 404 403 403 404 404  303
`,
  ),
  posted: [],
  acting: [],
};
