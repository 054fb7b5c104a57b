import { billingOpeners, type BillingRows } from '../billing/billing-rows.ts';
import { readMatrix } from '../read-matrix.ts';

/** Who opens the page of a purchase at the support desk, and who has its figures explained. */
export const chargesRows: BillingRows = {
  opened: readMatrix(
    billingOpeners,
    `
#                                                                   nobody  agent lead billing approver administrator auditor  other site
support.charge   /support/charges/{charge}                           303  200 200 200 200 403 200  303
support.charge   /support/charges/{reserved}                         303  200 200 200 200 403 200  303
support.charge   /support/charges/ch_01JV5Q8Z3M7N2X4K6T9W1B0C5D      303  404 404 404 404 403 404  303
support.explain  /support/explain/charge/{charge}/captured           303  200 200 200 200 403 200  303
support.explain  /support/explain/invoice/{invoice}/total            303  200 200 200 200 403 200  303
support.explain  /support/explain/settlement/S202601-999999/payout   303  403 404 404 404 403 404  303
`,
  ),
  posted: [],
  acting: [],
};
