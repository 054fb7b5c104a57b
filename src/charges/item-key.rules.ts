import type { TaxCode } from '../shared/tax.rules.ts';

/** What a use under a consent says, but its key. */
export interface UseContent {
  /** Tax included. */
  readonly amountMinor: bigint;
  readonly taxCode: TaxCode;
  readonly description: string;
  readonly reference?: string | null | undefined;
  /** Of a use that says when it was; now, when left out. */
  readonly occurredAt?: Date | undefined;
  /** Of a charge. */
  readonly capturedAt?: Date | null | undefined;
}

/** Whether a use says what a charge under the same key says. One that does not say when it was may come at any time. */
export function isSameUse(charge: UseContent, use: UseContent): boolean {
  return (
    charge.amountMinor === use.amountMinor &&
    charge.taxCode === use.taxCode &&
    charge.description === use.description &&
    (charge.reference ?? null) === (use.reference ?? null) &&
    (use.occurredAt === undefined || charge.capturedAt?.getTime() === use.occurredAt.getTime())
  );
}
