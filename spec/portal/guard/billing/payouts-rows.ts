import { billingOpeners, type BillingRows } from './billing-rows.ts';
import { readMatrix } from '../read-matrix.ts';

/** Who opens and posts what of payouts. */
export const payoutsRows: BillingRows = {
  opened: readMatrix(
    billingOpeners,
    `
#                                                           nobody  agent lead billing approver administrator auditor  other site
billing.payouts           /billing/payouts                                   303  403 403 200 200 403 200  303
billing.payout-prepare    /billing/payouts/prepare                           303  403 403 200 403 403 403  303
billing.payout-runs       /billing/payouts/runs                              303  403 403 200 200 403 200  303
billing.payout-run        /billing/payouts/runs/{payout-run}                 303  403 403 200 200 403 200  303
billing.payout-propose    /billing/payouts/runs/{payout-run}/propose         303  403 403 200 403 403 403  303
billing.payout-discard    /billing/payouts/runs/{payout-run}/discard         303  403 403 200 403 403 403  303
billing.payout-write      /billing/payouts/runs/{payout-run}/write           303  403 403 200 403 403 403  303
billing.payout-file       /billing/payouts/runs/{payout-run}/file            303  403 403 200 403 403 403  303
billing.payouts-returned  /billing/payouts/returned                          303  403 403 200 200 403 200  303
billing.payout-correct    /billing/payouts/returned/{returned-payout}/account  303  403 403 200 403 403 403  303
billing.payout-results    /billing/payouts/results                           303  403 403 200 200 403 200  303
billing.payout-report     /billing/payouts/results/{payout-report}           303  403 403 200 200 403 200  303
billing.payout-mend       /billing/payouts/results/{payout-report}/mend      303  403 403 200 200 403 200  303
billing.payout-reconcile  /billing/payouts/reconcile?date=2026-05-11         303  403 403 200 200 403 200  303
`,
  ),
  posted: readMatrix(
    billingOpeners,
    `
#                                                           nobody  agent lead billing approver administrator auditor  other site
billing.payout-prepare-form  /billing/payouts/prepare                        303  403 403 422 403 403 403  303
billing.payout-propose-form  /billing/payouts/runs/{payout-run}/propose      303  403 403 422 403 403 403  303
billing.payout-discard-form  /billing/payouts/runs/2026010199/discard        303  403 403 404 403 403 403  303
billing.payout-write-form    /billing/payouts/runs/2026010199/write          303  403 403 404 403 403 403  303
billing.payout-correct-form  /billing/payouts/returned/{returned-payout}/account  303  403 403 422 403 403 403  303
billing.payout-results-form  /billing/payouts/results                        303  403 403 422 403 403 403  303
billing.payout-import-form   /billing/payouts/results/import                 303  403 403 422 403 403 403  303
`,
  ),
  acting: readMatrix(billingOpeners, ``),
};
