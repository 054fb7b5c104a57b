import type { billingPayoutsJa } from './billing-payouts-ja.ts';

/** English texts of payouts in the console of billing. */
export const billingPayoutsEn = {
  'billing.payouts.nav': 'Money out',
} as const satisfies Readonly<Record<keyof typeof billingPayoutsJa, string>>;
