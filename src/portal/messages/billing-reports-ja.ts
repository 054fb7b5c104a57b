/** Japanese texts of reports in the console of billing. */
export const billingReportsJa = {
  'billing.reports.nav': '集計',
} as const;
