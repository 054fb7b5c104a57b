import { billingOpeners, type BillingRows } from './billing-rows.ts';
import { readMatrix } from '../read-matrix.ts';

/** Who opens and posts what of collections. */
export const collectionsRows: BillingRows = {
  opened: readMatrix(
    billingOpeners,
    `
#                                                           nobody  agent lead billing approver administrator auditor  other site
billing.collections         /billing/collections                              303  403 200 200 200 403 200  303
billing.collection-invoice  /billing/collections/invoices/{invoice}           303  403 200 200 200 403 200  303
billing.collection-files    /billing/collections/files                        303  403 200 200 200 403 200  303
billing.collection-file     /billing/collections/files/2026-05-12-results-2026-03.csv  303  403 200 200 200 403 200  303
billing.collection-mend     /billing/collections/files/2026-05-12-results-2026-03.csv/mend  303  403 200 200 200 403 200  303
billing.collection-errors   /billing/collections/files/2026-05-12-results-2026-03.csv/errors  303  403 200 200 200 403 200  303
billing.clawbacks           /billing/collections/clawbacks                    303  403 200 200 200 403 200  303
billing.settlement-clawbacks  /billing/collections/clawbacks/{settlement}     303  403 200 200 200 403 200  303
billing.settlement-clawbacks-csv  /billing/collections/clawbacks/{settlement}/csv  303  403 200 200 200 403 200  303
billing.bank-refunds        /billing/collections/refunds                      303  403 200 200 200 403 200  303
# no refund by bank is in the world
billing.bank-refund         /billing/collections/refunds/rf_01J00000000000000000000000  303  403 404 404 404 403 404  303
billing.aging               /billing/collections/aging                        303  403 200 200 200 403 200  303
`,
  ),
  posted: readMatrix(
    billingOpeners,
    `
#                                                           nobody  agent lead billing approver administrator auditor  other site
billing.collection-upload   /billing/collections/files                        303  403 403 422 403 403 403  303
# the refund is not there, and agents do not open its page
billing.refund-reopen       /billing/collections/refunds/rf_01J00000000000000000000000  303  403 404 404 403 403 403  303
`,
  ),
  acting: readMatrix(billingOpeners, ``),
};
