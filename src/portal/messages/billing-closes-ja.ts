/** Japanese texts of closes in the console of billing. */
export const billingClosesJa = {
  'billing.closes.nav': '月締め',
} as const;
