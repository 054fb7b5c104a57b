import type { billingReportsJa } from './billing-reports-ja.ts';

/** English texts of reports in the console of billing. */
export const billingReportsEn = {
  'billing.reports.nav': 'Reports',
} as const satisfies Readonly<Record<keyof typeof billingReportsJa, string>>;
