import type { NewEntry } from '../ledger/post-entries.ts';
import type { SettlementFigures } from './settlement.rules.ts';

/**
 * A settlement in the ledger, all out of what the carrier owes the company: the fee becomes revenue, the tax on
 * it a debt to the tax office, the payout waits for the bank. What is left on the company's account is what is
 * carried, and whatever it sold in periods not yet settled. Nothing is posted for an amount of zero.
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
