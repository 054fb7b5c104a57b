import { billingOpeners, type BillingRows } from '../billing/billing-rows.ts';
import { readMatrix } from '../read-matrix.ts';

/** Who sets limits and blocks of a line at the support desk. */
export const guardsRows: BillingRows = {
  opened: readMatrix(
    billingOpeners,
    `
#                                                     nobody  agent lead billing approver administrator auditor  other site
support.limits   /support/lines/{line}/limits          303  200 200 403 403 403 403  303
support.blocks   /support/lines/{line}/blocks          303  200 200 403 403 403 403  303
support.blocks   /support/lines/{line}/blocks?company={company}&service=music  303  200 200 403 403 403 403  303
support.listed   /support/lines/{line}/listed          303  200 200 403 403 403 403  303
support.support-limit /support/lines/{line}/support-limit 303 200 200 403 403 200 403 303
support.undo-guard /support/lines/{line}/settings/1/undo 303  404 404 403 403 403 403  303
support.undo-guard /support/lines/{line}/settings/x/undo 303  404 404 403 403 403 403  303
support.line-check  /support/lines/{line}/check       303  200 200 403 403 403 403  303
support.blocks   /support/lines/NONE0000000/blocks     303  404 404 403 403 403 403  303
`,
  ),
  posted: readMatrix(
    billingOpeners,
    `
support.limit-form   /support/lines/{line}/limits      303  422 422 403 403 403 403  303
support.line-check-form /support/lines/{line}/check    303  422 422 403 403 403 403  303
support.listed-form  /support/lines/{line}/listed      303  422 422 403 403 403 403  303
support.support-limit-form /support/lines/{line}/support-limit 303 422 422 403 403 422 403 303
support.undo-guard-form /support/lines/{line}/settings/1/undo 303 404 404 403 403 403 403 303
support.block-form   /support/lines/{line}/blocks      303  422 422 403 403 403 403  303
`,
  ),
  acting: [],
};
