import type { NewEntry } from '../ledger/post-entries.ts';
import type { SettlementFigures } from './settlement.rules.ts';

/**
 * The ledger entries of a settlement. Each debits the company's payable account: the fee becomes revenue, its tax is
 * payable to the tax office, the payout waits for the bank. What is carried, and sales in periods that are not settled yet,
 * remain on the company's account. An amount of zero has no entry.
 */
export function settlementEntries(id: string, figures: SettlementFigures): NewEntry[] {
  const { companyId, billingPeriod, settledOn, feeExTaxMinor, feeTaxMinor, payoutMinor } = figures;
  const journal = { businessDate: settledOn, journalId: id, billingPeriod, debit: { company: companyId } };
  const entries: NewEntry[] = [
    { ...journal, kind: 'fee', credit: 'fee-revenue', amountMinor: feeExTaxMinor },
    { ...journal, kind: 'tax', credit: 'tax-payable', amountMinor: feeTaxMinor },
    { ...journal, kind: 'payout', credit: 'payout-clearing', amountMinor: payoutMinor },
  ];
  return entries.filter((entry) => entry.amountMinor > 0n);
}
