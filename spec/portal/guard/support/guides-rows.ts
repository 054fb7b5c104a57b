import { billingOpeners, type BillingRows } from '../billing/billing-rows.ts';
import { readMatrix } from '../read-matrix.ts';

/** Who reads the guides for calls. */
export const guidesRows: BillingRows = {
  opened: readMatrix(
    billingOpeners,
    `
#                                                   nobody  agent lead billing approver administrator auditor  other site
support.guides  /support/guides                      303  200 200 403 403 200 200  303
support.guide   /support/guides/01-unknown-charge    303  200 200 403 403 200 200  303
support.guide   /support/guides/none                 303  404 404 403 403 404 404  303
support.line    /support/lines/{line}?guide=08-limit 303  200 200 403 403 200 200  303
`,
  ),
  posted: [],
  acting: [],
};
