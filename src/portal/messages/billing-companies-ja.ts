/** Japanese texts of companies in the console of billing. */
export const billingCompaniesJa = {
  'billing.companies.nav': '会社',
} as const;
