/** Japanese texts of settlements in the console of billing. */
export const billingSettlementsJa = {
  'billing.settlements.nav': '精算',
} as const;
