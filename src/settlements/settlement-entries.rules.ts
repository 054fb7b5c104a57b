import type { NewEntry } from '../ledger/post-entries.ts';
import type { SettlementFigures } from './settlement.rules.ts';

type PostedFigures = Pick<
  SettlementFigures,
  | 'companyId'
  | 'billingPeriod'
  | 'feeExTaxMinor'
  | 'feeTaxMinor'
  | 'setUpExTaxMinor'
  | 'setUpTaxMinor'
  | 'transferFeeMinor'
  | 'payoutMinor'
>;

/**
 * The ledger entries of a settlement, booked on the business date of its approval. Each debits the company's payable account: fee and set-up fee become revenue, their tax
 * is payable to the tax office, the transfer fee (tax included) is what the company bears of the transfer, the payout waits for
 * the bank. Clawbacks and recoveries are posted when the line does not pay, or pays. What is carried, and sales in periods that are not settled yet,
 * remain on the company's account. An amount of zero has no entry.
 */
export function settlementEntries(id: string, figures: PostedFigures, bookedOn: string): NewEntry[] {
  const { companyId, billingPeriod } = figures;
  const journal = { businessDate: bookedOn, journalId: id, billingPeriod, debit: { company: companyId } };
  const entries: NewEntry[] = [
    { ...journal, kind: 'fee', credit: 'fee-revenue', amountMinor: figures.feeExTaxMinor },
    { ...journal, kind: 'tax', credit: 'tax-payable', amountMinor: figures.feeTaxMinor },
    { ...journal, kind: 'set-up', credit: 'fee-revenue', amountMinor: figures.setUpExTaxMinor },
    { ...journal, kind: 'set-up-tax', credit: 'tax-payable', amountMinor: figures.setUpTaxMinor },
    {
      ...journal,
      kind: 'transfer-fee',
      credit: 'transfer-fee-revenue',
      amountMinor: figures.transferFeeMinor,
    },
    { ...journal, kind: 'payout', credit: 'payout-clearing', amountMinor: figures.payoutMinor },
  ];
  return entries.filter((entry) => entry.amountMinor > 0n);
}
