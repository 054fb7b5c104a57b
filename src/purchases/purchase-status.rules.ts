import { effectiveState } from '../charges/effective-state.rules.ts';
import type { ChargeState } from '../charges/charge.rules.ts';

/**
 * What has become of a purchase, for the person who pays it. `reserved`: confirmed and not charged yet. `waiting`: charged,
 * and put on the line's invoice tonight. `on-invoice`: on the invoice that is still open. `invoiced`: on an invoice that has
 * been issued. `cancelled` and `expired`: nothing is charged.
 */
export const purchaseStatuses = [
  'reserved',
  'waiting',
  'on-invoice',
  'invoiced',
  'cancelled',
  'expired',
] as const;
export type PurchaseStatus = (typeof purchaseStatuses)[number];

interface StatusFacts {
  readonly state: ChargeState;
  readonly openUntil: Date | null;
  /** It is an item of a line invoice. */
  readonly isOnInvoice: boolean;
  readonly periodState: 'open' | 'closing' | 'closed' | null;
}

/** The status of a purchase at an instant. A pending charge is none: nobody has confirmed it. */
export function purchaseStatus(facts: StatusFacts, now: Date): PurchaseStatus {
  const state = effectiveState(facts, now);
  switch (state) {
    case 'captured':
      if (!facts.isOnInvoice) return 'waiting';
      return facts.periodState === 'closed' ? 'invoiced' : 'on-invoice';
    case 'authorized':
      return 'reserved';
    case 'cancelled':
    case 'expired':
      return state;
    case 'pending':
      throw new Error('a charge that nobody has confirmed is no purchase');
    default:
      return state satisfies never;
  }
}

/** Whether a purchase costs anything, now or when it is charged. */
export const isPaid = (status: PurchaseStatus): boolean => status !== 'cancelled' && status !== 'expired';
