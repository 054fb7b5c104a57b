import type { billingRunsJa } from './billing-runs-ja.ts';

/** English texts of runs in the console of billing. */
export const billingRunsEn = {
  'billing.runs.nav': 'Runs',
} as const satisfies Readonly<Record<keyof typeof billingRunsJa, string>>;
