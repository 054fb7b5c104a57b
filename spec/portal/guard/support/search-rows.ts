import { billingOpeners, type BillingRows } from '../billing/billing-rows.ts';
import { readMatrix } from '../read-matrix.ts';

/** Who opens the search of the support desk. */
export const searchRows: BillingRows = {
  opened: readMatrix(
    billingOpeners,
    `
#                                                  nobody  agent lead billing approver administrator auditor  other site
support.search   /support                           303  200 200 403 403 200 200  303
support.search   /support?q={line}                  303  200 200 403 403 200 200  303
support.search   /support?q=nobody                  303  200 200 403 403 200 200  303
`,
  ),
  posted: [],
  acting: [],
};
