import type { NewEntry } from '../ledger/post-entries.ts';

interface Captured {
  readonly id: string;
  readonly companyId: number;
  readonly businessDate: string;
  readonly billingPeriod: string;
  readonly amountMinor: bigint;
  /** Amount of the authorization to be released, 0 when none was posted. */
  readonly heldMinor: bigint;
}

/** A capture: the line owes the carrier, the carrier owes the company; the memo of the authorization is undone. */
export function captureEntries({ id, companyId, heldMinor, ...captured }: Captured): NewEntry[] {
  const { businessDate, billingPeriod, amountMinor } = captured;
  const journal = { businessDate, journalId: id, billingPeriod };
  const capture: NewEntry = {
    ...journal,
    kind: 'capture',
    debit: 'subscriber-receivable',
    credit: { company: companyId },
    amountMinor,
  };
  return heldMinor === 0n ? [capture] : [capture, { ...journal, ...reverseMemo('release', heldMinor) }];
}

/** An authorization is only a memo: nobody owes anything yet. */
export function authorizationEntry(authorized: {
  id: string;
  businessDate: string;
  amountMinor: bigint;
}): NewEntry {
  const { id, businessDate, amountMinor } = authorized;
  return {
    businessDate,
    journalId: id,
    kind: 'authorization',
    debit: 'authorization-held',
    credit: 'authorization-owed',
    amountMinor,
    billingPeriod: null,
  };
}

/** An authorization that ends without a capture undoes its memo. */
export function releaseEntry(
  kind: 'cancellation' | 'expiry',
  ended: { id: string; businessDate: string; amountMinor: bigint },
): NewEntry {
  const { id, businessDate, amountMinor } = ended;
  return { businessDate, journalId: id, billingPeriod: null, ...reverseMemo(kind, amountMinor) };
}

function reverseMemo(kind: 'release' | 'cancellation' | 'expiry', amountMinor: bigint) {
  return { kind, debit: 'authorization-owed', credit: 'authorization-held', amountMinor } as const;
}
