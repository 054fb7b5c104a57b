import type { NewEntry } from '../ledger/post-entries.ts';
import type { PartnerCommission } from './partner-commission.entity.ts';

type PostedCommission = Pick<
  PartnerCommission,
  'id' | 'companyId' | 'billingPeriod' | 'paidBy' | 'exTaxMinor' | 'taxMinor'
>;

/**
 * The ledger entries of a commission, booked on the business date of its settlement's approval: owed to partners, by the company or
 * out of the carrier's fee. The tax that the carrier pays a partner lowers what it owes the tax office. An amount of zero has no entry.
 */
export function commissionEntries(commission: PostedCommission, bookedOn: string): NewEntry[] {
  const { id, companyId, billingPeriod, paidBy, exTaxMinor, taxMinor } = commission;
  const journal = {
    businessDate: bookedOn,
    journalId: id,
    billingPeriod,
    credit: 'partner-payable',
  } as const;
  const company = { company: companyId };
  const entries: NewEntry[] = [
    {
      ...journal,
      kind: 'commission',
      debit: paidBy === 'company' ? company : 'fee-revenue',
      amountMinor: exTaxMinor,
    },
    {
      ...journal,
      kind: 'commission-tax',
      debit: paidBy === 'company' ? company : 'tax-payable',
      amountMinor: taxMinor,
    },
  ];
  return entries.filter((entry) => entry.amountMinor > 0n);
}
