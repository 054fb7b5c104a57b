import { billingOpeners, type BillingRows } from './billing-rows.ts';
import { readMatrix } from '../read-matrix.ts';

/** Who opens and posts what of the first page. */
export const todayRows: BillingRows = {
  opened: readMatrix(
    billingOpeners,
    `
#                                                           nobody  agent lead billing approver administrator auditor  other site
billing.today           /billing                          303  403 200 200 200 200 200  303
`,
  ),
  posted: readMatrix(billingOpeners, ``),
  acting: readMatrix(billingOpeners, ``),
};
