import { billingOpeners, type BillingRows } from '../billing/billing-rows.ts';
import { readMatrix } from '../read-matrix.ts';

/** Who opens and posts what of a line at the support desk. */
export const linesRows: BillingRows = {
  opened: readMatrix(
    billingOpeners,
    `
#                                                                   nobody  agent lead billing approver administrator auditor  other site
support.line     /support/lines/{line}                               303  200 200 403 403 200 200  303
support.line     /support/lines/NONE0000000                          303  404 404 403 403 404 404  303
support.line-charges /support/lines/{line}/charges 303  200 200 200 200 403 200  303
support.line-invoices /support/lines/{line}/invoices 303  200 200 200 200 403 200  303
support.line-subscriptions /support/lines/{line}/subscriptions 303  200 200 200 200 403 200  303
support.line-consents /support/lines/{line}/consents 303  200 200 200 200 403 200  303
support.line-refunds /support/lines/{line}/refunds 303  200 200 200 200 403 200  303
support.line-cases /support/lines/{line}/cases 303  200 200 403 403 403 200  303
support.line-mails /support/lines/{line}/mails 303  200 200 403 403 200 200  303
support.line-history /support/lines/{line}/history 303  200 200 403 403 200 200  303
support.line-charges /support/lines/{line}/charges?from=2026/4/1&amount=550 303 200 200 200 200 403 200 303
support.line-charges /support/lines/{line}/charges?tenure=2020-01-01 303 404 404 404 404 403 404 303
support.reveal   /support/lines/{line}/tenures/{tenure}/personal-data  303  200 200 403 403 200 200  303
`,
  ),
  posted: readMatrix(
    billingOpeners,
    `
support.reveal-form /support/lines/{line}/tenures/{tenure}/personal-data 303 422 422 403 403 422 422 303
`,
  ),
  acting: [],
};
