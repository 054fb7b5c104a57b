/** Japanese texts of the first page in the console of billing. */
export const billingTodayJa = {
  'billing.today.nav': '今日',
  'billing.today.title': '今日',
} as const;
