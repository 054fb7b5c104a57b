/** Japanese texts of staff accounts in the console of billing. */
export const billingPeopleJa = {
  'billing.people.nav': '担当者',
} as const;
