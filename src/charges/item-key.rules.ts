import type { TaxCode } from '../shared/tax.rules.ts';

/** The content of a use under a consent, without its key. */
export interface UseContent {
  /** Tax included. */
  readonly amountMinor: bigint;
  readonly taxCode: TaxCode;
  readonly description: string;
  readonly reference?: string | null | undefined;
  readonly partnerCode?: string | null | undefined;
  /** Of a use: when it happened; if left out, now. */
  readonly occurredAt?: Date | undefined;
  /** Of a charge. */
  readonly capturedAt?: Date | null | undefined;
}

/** Whether a use has the content of the charge under the same key. Without `occurredAt`, the time is not compared. */
export function isSameUse(charge: UseContent, use: UseContent): boolean {
  return (
    charge.amountMinor === use.amountMinor &&
    charge.taxCode === use.taxCode &&
    charge.description === use.description &&
    (charge.reference ?? null) === (use.reference ?? null) &&
    (charge.partnerCode ?? null) === (use.partnerCode ?? null) &&
    (use.occurredAt === undefined || charge.capturedAt?.getTime() === use.occurredAt.getTime())
  );
}
