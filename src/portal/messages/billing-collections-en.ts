import type { billingCollectionsJa } from './billing-collections-ja.ts';

/** English texts of collections in the console of billing. */
export const billingCollectionsEn = {
  'billing.collections.nav': 'Money in',
} as const satisfies Readonly<Record<keyof typeof billingCollectionsJa, string>>;
