/**
 * The carrier's own accounts. `subscriber-receivable` is what lines owe, `fee-revenue` and `tax-payable` what
 * the fee leaves behind, `payout-clearing` what has been settled and not yet left the bank. The two
 * `authorization-*` accounts are memoranda: reserved, not yet sold.
 */
export const carrierAccounts = [
  'subscriber-receivable',
  'fee-revenue',
  'tax-payable',
  'payout-clearing',
  'authorization-held',
  'authorization-owed',
] as const;

export type CarrierAccount = (typeof carrierAccounts)[number];

/** Code of the account of what the carrier owes one company. */
export function companyPayableCode(companyCode: string): string {
  return `company-payable:${companyCode}`;
}
