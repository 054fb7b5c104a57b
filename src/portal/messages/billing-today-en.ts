import type { billingTodayJa } from './billing-today-ja.ts';

/** English texts of the first page in the console of billing. */
export const billingTodayEn = {
  'billing.today.nav': 'Today',
  'billing.today.title': 'Today',
} as const satisfies Readonly<Record<keyof typeof billingTodayJa, string>>;
