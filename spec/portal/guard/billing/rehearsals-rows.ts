import { billingOpeners, type BillingRows } from './billing-rows.ts';
import { readMatrix } from '../read-matrix.ts';

/** Who opens and starts rehearsals. */
export const rehearsalsRows: BillingRows = {
  opened: readMatrix(
    billingOpeners,
    `
#                                                                        nobody  agent lead billing approver administrator auditor  other site
billing.rehearsals             /billing/rehearsals                          303  403 403 200 200 200 200  303
billing.rehearsal              /billing/rehearsals/{rehearsal}              303  403 403 200 200 200 200  303
billing.rehearsal-comparison   /billing/rehearsals/{rehearsal}/comparison   303  403 403 200 200 200 200  303
`,
  ),
  posted: readMatrix(
    billingOpeners,
    `
billing.start-rehearsal        /billing/rehearsals                          303  403 403 422 422 403 403  303
`,
  ),
  acting: readMatrix(billingOpeners, ``),
};
