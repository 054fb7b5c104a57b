import type { billingRecordsJa } from './billing-records-ja.ts';

/** English texts of books and records in the console of billing. */
export const billingRecordsEn = {
  'billing.records.nav': 'Records',
} as const satisfies Readonly<Record<keyof typeof billingRecordsJa, string>>;
