import type { NewEntry } from '../ledger/post-entries.ts';

interface PostedPayout {
  readonly id: string;
  readonly kind: 'settlement' | 'refund';
  readonly amountMinor: bigint;
  readonly billingPeriod: string | null;
  readonly replacesId: string | null;
}

/**
 * A payout that is ordered leaves `payout-clearing`. What a former holder is paid enters it at that moment; a repeated payout finds
 * there what was returned.
 */
export function sentEntries(payout: PostedPayout, businessDate: string): NewEntry[] {
  const { id: journalId, kind, amountMinor, billingPeriod, replacesId } = payout;
  const journal = { businessDate, journalId, amountMinor, billingPeriod };
  const sent: NewEntry = { ...journal, kind: 'payout-sent', debit: 'payout-clearing', credit: 'bank' };
  if (kind === 'settlement' || replacesId !== null) return [sent];
  return [{ ...journal, kind: 'refund-paid', debit: 'refund-payable', credit: 'payout-clearing' }, sent];
}

/** A payout that the bank returned waits in `payout-clearing` to be sent again. */
export function returnedEntry(payout: PostedPayout, businessDate: string): NewEntry {
  const { id: journalId, amountMinor, billingPeriod } = payout;
  const journal = { businessDate, journalId, amountMinor, billingPeriod };
  return { ...journal, kind: 'payout-returned', debit: 'bank', credit: 'payout-clearing' };
}
