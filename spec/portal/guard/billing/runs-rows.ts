import { billingOpeners, type BillingRows } from './billing-rows.ts';
import { readMatrix } from '../read-matrix.ts';

/** Who opens and posts what of runs. */
export const runsRows: BillingRows = {
  opened: readMatrix(
    billingOpeners,
    `
#                                                           nobody  agent lead billing approver administrator auditor  other site
billing.runs            /billing/runs                             303  403 403 200 200 200 200  303
billing.start-run       /billing/runs/start                       303  403 403 200 403 403 403  303
billing.run             /billing/runs/2026-05-12/renew-subscriptions  303  403 403 200 200 200 200  303
billing.stop-run        /billing/runs/2026-05-13/fold-charges/stop    303  403 403 200 403 403 403  303
billing.retry-parked    /billing/runs/2026-05-12/import-collections/retry  303  403 403 200 403 403 403  303
billing.retry-one       /billing/runs/2026-05-12/import-collections/retry/results  303  403 403 200 403 403 403  303
`,
  ),
  posted: readMatrix(
    billingOpeners,
    `
billing.start-run-form  /billing/runs/start                       303  403 403 422 403 403 403  303
billing.stop-run-form   /billing/runs/2026-05-13/unknown/stop     303  403 403 404 403 403 403  303
billing.retry-parked-form  /billing/runs/2026-05-13/unknown/retry  303  403 403 404 403 403 403  303
billing.retry-one-form  /billing/runs/2026-05-13/unknown/retry/x    303  403 403 404 403 403 403  303
`,
  ),
  acting: readMatrix(billingOpeners, ``),
};
