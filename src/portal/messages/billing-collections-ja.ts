/** Japanese texts of collections in the console of billing. */
export const billingCollectionsJa = {
  'billing.collections.nav': '回収',
} as const;
