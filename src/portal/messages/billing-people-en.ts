import type { billingPeopleJa } from './billing-people-ja.ts';

/** English texts of staff accounts in the console of billing. */
export const billingPeopleEn = {
  'billing.people.nav': 'People',
} as const satisfies Readonly<Record<keyof typeof billingPeopleJa, string>>;
