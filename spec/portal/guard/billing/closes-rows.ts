import { billingOpeners, type BillingRows } from './billing-rows.ts';
import { readMatrix } from '../read-matrix.ts';

/** Who opens and posts what of closes. */
export const closesRows: BillingRows = {
  opened: readMatrix(
    billingOpeners,
    `
#                                                                        nobody  agent lead billing approver administrator auditor  other site
billing.closes           /billing/closes                                   303  403 403 200 200 200 200  303
billing.closes           /billing/closes?state=closed&before=2026-04       303  403 403 200 200 200 200  303
billing.close            /billing/closes/2026-03/end                       303  403 403 200 200 200 200  303
billing.close            /billing/closes/2026-04/25?count=again            303  403 403 200 200 200 200  303
billing.close            /billing/closes/2026-03/7                         303  403 403 404 404 404 404  303
billing.close            /billing/closes/2019-03/5                         303  403 403 404 404 404 404  303
billing.invoice-details  /billing/closes/2026-03/end/invoice-details.csv   303  403 403 409 403 403 403  303
`,
  ),
  posted: readMatrix(billingOpeners, ``),
  acting: readMatrix(billingOpeners, ``),
};
