/** Japanese texts of books and records in the console of billing. */
export const billingRecordsJa = {
  'billing.records.nav': '帳簿書類',
} as const;
