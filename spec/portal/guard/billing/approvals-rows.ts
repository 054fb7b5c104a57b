import { billingOpeners, type BillingRows } from './billing-rows.ts';
import { readMatrix } from '../read-matrix.ts';

/** Who opens and posts what of approvals. */
export const approvalsRows: BillingRows = {
  opened: readMatrix(
    billingOpeners,
    `
#                                                                 nobody  agent lead billing approver administrator auditor  other site
billing.approvals        /billing/approvals                         303  403 200 200 200 200 200  303
billing.approvals        /billing/approvals?list=own                303  403 200 200 200 200 200  303
billing.approvals        /billing/approvals?list=decided            303  403 200 200 200 200 200  303
billing.approval         /billing/approvals/{approval}              303  403 200 200 200 200 200  303
billing.approval         /billing/approvals/ap_01JV0000000000000000000000  303  403 404 404 404 404 404  303
billing.approve          /billing/approvals/{approval}/approve      303  403 200 200 200 200 200  303
billing.reject           /billing/approvals/{approval}/reject       303  403 200 200 200 200 200  303
billing.approve-month    /billing/approvals/settlements/2026-03     303  403 403 403 200 403 403  303
billing.approve-month    /billing/approvals/settlements/2026-13     303  403 403 403 404 403 403  303
`,
  ),
  posted: readMatrix(
    billingOpeners,
    `
billing.approve-form       /billing/approvals/ap_01JV0000000000000000000000/approve  303  403 404 404 404 404 404  303
billing.reject-form        /billing/approvals/{approval}/reject                      303  403 422 422 422 422 422  303
billing.approve-month-form /billing/approvals/settlements/2026-03                    303  403 403 403 422 403 403  303
`,
  ),
  acting: readMatrix(billingOpeners, ``),
};
