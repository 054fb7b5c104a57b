import { billingOpeners, type BillingRows } from './billing-rows.ts';
import { readMatrix } from '../read-matrix.ts';

/** Who opens explanations of figures. */
export const explainRows: BillingRows = {
  opened: readMatrix(
    billingOpeners,
    `
#                                                                        nobody  agent lead billing approver administrator auditor  other site
billing.explain    /billing/explain/settlement/{settlement}/payout          303  403 200 200 200 403 200  303
billing.explain    /billing/explain/settlement/{settlement}/fee             303  403 200 200 200 403 200  303
billing.explain    /billing/explain/invoice/{invoice}/total                 303  403 200 200 200 403 200  303
billing.explain    /billing/explain/charge/{charge}/captured                303  403 200 200 200 403 200  303
billing.explain    /billing/explain/settlement/S202601-999999/payout        303  403 404 404 404 403 404  303
`,
  ),
  posted: readMatrix(billingOpeners, ``),
  acting: readMatrix(billingOpeners, ``),
};
