/**
 * The carrier's own accounts. `subscriber-receivable` is what lines owe; `fee-revenue` and `tax-payable` are the fee
 * and its tax; `payout-clearing` is what is settled and not yet paid by the bank, `bank` what the bank was ordered to pay;
 * `refund-payable` is what former holders get back, `cash` what lines have paid, `uncollected-receivable` what they have not,
 * `credit-loss` what of it the carrier bears, `transfer-fee-revenue` what companies bear of transfers,
 * `partner-payable` what sales partners get. The two
 * `authorization-*` accounts are memoranda: reserved, not yet sold.
 */
export const carrierAccounts = [
  'subscriber-receivable',
  'fee-revenue',
  'tax-payable',
  'payout-clearing',
  'refund-payable',
  'cash',
  'uncollected-receivable',
  'credit-loss',
  'transfer-fee-revenue',
  'bank',
  'partner-payable',
  'authorization-held',
  'authorization-owed',
] as const;

export type CarrierAccount = (typeof carrierAccounts)[number];

/** Code of the payable account of a company: what the carrier owes it. */
export function companyPayableCode(companyCode: string): string {
  return `company-payable:${companyCode}`;
}
