import type { billingSettlementsJa } from './billing-settlements-ja.ts';

/** English texts of settlements in the console of billing. */
export const billingSettlementsEn = {
  'billing.settlements.nav': 'Settlements',
} as const satisfies Readonly<Record<keyof typeof billingSettlementsJa, string>>;
