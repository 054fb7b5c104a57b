import { billingOpeners, type BillingRows } from './billing-rows.ts';
import { readMatrix } from '../read-matrix.ts';

/** Who opens and posts what of the watch. */
export const watchRows: BillingRows = {
  opened: readMatrix(
    billingOpeners,
    `
#                                                           nobody  agent lead billing approver administrator auditor  other site
billing.watch             /billing/watch                  303  403 200 200 200 403 200  303
billing.watch             /billing/watch?days=90          303  403 200 200 200 403 200  303
billing.watched-company   /billing/watch/{company}        303  403 200 200 200 403 200  303
billing.watch-hold        /billing/watch/{company}/hold   303  403 200 200 403 403 403  303
billing.watch-release     /billing/watch/{company}/payouts/{settlement}/release  303  403 404 404 403 403 403  303
billing.watch-suspend     /billing/watch/{company}/services/{service}/suspend  303  403 200 200 403 403 403  303
billing.watch-resume      /billing/watch/{company}/services/{service}/resume  303  403 200 200 403 403 403  303
`,
  ),
  posted: readMatrix(
    billingOpeners,
    `
billing.watch-hold-form     /billing/watch/{company}/hold  303  403 422 422 403 403 403  303
billing.watch-release-form  /billing/watch/{company}/payouts/{settlement}/release  303  403 404 404 403 403 403  303
billing.watch-suspend-form  /billing/watch/{company}/services/{service}/suspend  303  403 422 422 403 403 403  303
billing.watch-resume-form   /billing/watch/{company}/services/{service}/resume  303  403 422 422 403 403 403  303
`,
  ),
  acting: readMatrix(billingOpeners, ``),
};
