import { billingOpeners, type BillingRows } from '../billing/billing-rows.ts';
import { readMatrix } from '../read-matrix.ts';

/** Who does what for a caller at the support desk. */
export const actsRows: BillingRows = {
  opened: readMatrix(
    billingOpeners,
    `
#                                                                                   nobody  agent lead billing approver administrator auditor  other site
support.cancel-charge        /support/charges/{reserved}/cancel                       303  200 200 403 403 403 403  303
support.cancel-charge        /support/charges/{charge}/cancel                         303  200 200 403 403 403 403  303
support.refund               /support/charges/{charge}/refund                         303  200 200 200 403 403 403  303
support.refund               /support/charges/{charge}/refund?amount=100              303  200 200 200 403 403 403  303
support.refund               /support/charges/{reserved}/refund                       303  200 200 200 403 403 403  303
support.cancel-subscription  /support/subscriptions/{subscription}/cancel             303  200 200 403 403 403 403  303
support.cancel-month         /support/subscriptions/{subscription}/months/2026-04/cancel  303  200 200 200 403 403 403  303
support.cancel-month         /support/subscriptions/{subscription}/months/2020-01/cancel  303  404 404 404 403 403 403  303
support.revoke-consent       /support/consents/{consent}/revoke                       303  200 200 403 403 403 403  303
support.approvals            /support/approvals                                       303  403 200 403 200 403 403  303
support.approval             /support/approvals/{proposal}                            303  403 200 403 200 403 403  303
support.reject               /support/approvals/{proposal}/reject                     303  403 200 403 200 403 403  303
`,
  ),
  posted: readMatrix(
    billingOpeners,
    `
support.cancel-charge-form        /support/charges/{reserved}/cancel                       303  422 422 403 403 403 403  303
support.refund-form               /support/charges/{charge}/refund                         303  422 422 422 403 403 403  303
support.propose-refund-form       /support/charges/{charge}/refund/propose                 303  422 422 422 403 403 403  303
support.cancel-subscription-form  /support/subscriptions/{subscription}/cancel             303  422 422 403 403 403 403  303
support.cancel-month-form         /support/subscriptions/{subscription}/months/2026-04/cancel  303  422 422 422 403 403 403  303
support.revoke-consent-form       /support/consents/{consent}/revoke                       303  422 422 403 403 403 403  303
support.approve-form              /support/approvals/ap_01JV5Q8Z3M7N2X4K6T9W1B0C5D         303  403 404 403 404 403 403  303
support.reject-form               /support/approvals/{proposal}/reject                     303  403 422 403 422 403 403  303
`,
  ),
  acting: [],
};
