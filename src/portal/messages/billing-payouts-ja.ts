/** Japanese texts of payouts in the console of billing. */
export const billingPayoutsJa = {
  'billing.payouts.nav': '支払',
} as const;
