import { billingOpeners, type BillingRows } from './billing-rows.ts';
import { readMatrix } from '../read-matrix.ts';

/** Who opens and posts what of reports. */
export const reportsRows: BillingRows = {
  opened: readMatrix(
    billingOpeners,
    `
#                                                           nobody  agent lead billing approver administrator auditor  other site
billing.reports         /billing/reports                  303  403 200 200 200 403 200  303
billing.reports         /billing/reports?compare=previous&by=service&from=2026-01&through=2026-04  303  403 200 200 200 403 200  303
billing.report-csv      /billing/reports/csv              303  403 200 200 200 403 200  303
`,
  ),
  posted: readMatrix(billingOpeners, ``),
  acting: readMatrix(billingOpeners, ``),
};
