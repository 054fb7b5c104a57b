import type { billingCompaniesJa } from './billing-companies-ja.ts';

/** English texts of companies in the console of billing. */
export const billingCompaniesEn = {
  'billing.companies.nav': 'Companies',
} as const satisfies Readonly<Record<keyof typeof billingCompaniesJa, string>>;
