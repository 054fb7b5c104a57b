import type { billingClosesJa } from './billing-closes-ja.ts';

/** English texts of closes in the console of billing. */
export const billingClosesEn = {
  'billing.closes.nav': 'Closes',
} as const satisfies Readonly<Record<keyof typeof billingClosesJa, string>>;
