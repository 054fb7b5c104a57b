/** Terms of a contract as a person types them, without the company; specs change what they are about. */
export const contractTerms = {
  tariffCode: 'flets-2011',
  legalModel: 'agency',
  validFrom: '2026-04-01',
  perChargeMaxMinor: 10_000n,
  lateCharges: 'accept',
  authorizationDays: 7,
  payoutMonths: 2,
  payoutDay: 31,
  payoutBankDay: 'previous',
} as const;
