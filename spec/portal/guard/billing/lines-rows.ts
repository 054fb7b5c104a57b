import { billingOpeners, type BillingRows } from './billing-rows.ts';
import { readMatrix } from '../read-matrix.ts';

/** Who opens and posts what of lines. */
export const linesRows: BillingRows = {
  opened: readMatrix(
    billingOpeners,
    `
#                                                           nobody  agent lead billing approver administrator auditor  other site
billing.lines           /billing/lines                    303  200 200 200 200 200 200  303
billing.lines           /billing/lines?line=COP           303  200 200 200 200 200 200  303
billing.line            /billing/lines/{line}             303  200 200 200 200 200 200  303
billing.line-limit      /billing/lines/{line}/limit       303  200 200 403 403 200 403  303
billing.line-files      /billing/lines/files              303  403 403 200 403 200 403  303
billing.line-file       /billing/lines/files/{line-file}  303  403 403 200 403 200 403  303
billing.line-file-mend  /billing/lines/files/{line-file}/mend  303  403 403 200 403 200 403  303
`,
  ),
  posted: readMatrix(
    billingOpeners,
    `
billing.line-files-form /billing/lines/files              303  403 403 422 403 422 403  303
billing.line-limit-form /billing/lines/{line}/limit       303  422 422 403 403 422 403  303
`,
  ),
  acting: readMatrix(
    billingOpeners,
    `
billing.line-limit-remove /billing/lines/{line}/limit/remove  303  303 303 403 403 303 403 303
`,
  ),
};
