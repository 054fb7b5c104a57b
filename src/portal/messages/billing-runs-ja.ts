/** Japanese texts of runs in the console of billing. */
export const billingRunsJa = {
  'billing.runs.nav': '実行',
} as const;
