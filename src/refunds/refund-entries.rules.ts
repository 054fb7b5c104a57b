import type { NewEntry } from '../ledger/post-entries.ts';

interface BookedRefund {
  readonly id: string;
  readonly companyId: number;
  readonly kind: 'invoice' | 'bank';
  readonly businessDate: string;
  readonly billingPeriod: string;
  readonly amountMinor: bigint;
}

/** A refund: the company gets less; the line owes less, or the carrier owes the former holder. */
export function refundEntry(refund: BookedRefund): NewEntry {
  const { id, companyId, kind, businessDate, billingPeriod, amountMinor } = refund;
  return {
    businessDate,
    journalId: id,
    kind: kind === 'invoice' ? 'refund' : 'bank-refund',
    debit: { company: companyId },
    credit: kind === 'invoice' ? 'subscriber-receivable' : 'refund-payable',
    amountMinor,
    billingPeriod,
  };
}
