import type { ActingCompany } from '../access/owned-by.ts';
import type { Problem } from '../shared/problem.ts';
import type { TaxCode } from '../shared/tax.rules.ts';
import type { CapturedCharge } from './capture-sales.ts';
import type { RecordedUsage } from './item-keys.ts';

/** One use under a standing consent, to be captured at once. */
export interface UsageItem {
  readonly consentId: string;
  /** Tax included. */
  readonly amountMinor: bigint;
  readonly taxCode: TaxCode;
  readonly description: string;
  readonly reference?: string | undefined;
  /** Code of the sales partner who brought the sale. */
  readonly partnerCode?: string | undefined;
  /** The company's own key of this very use: under a consent, a key is charged only once. */
  readonly itemKey?: string | undefined;
  /** When it was used, for files that arrive later; now, when left out. */
  readonly occurredAt?: Date | undefined;
  /** When it was made, for uses that another system recorded as they happened; now, when left out. */
  readonly createdAt?: Date | undefined;
}

/** A use, and the company that charges it. */
export interface Usage extends UsageItem {
  readonly companyId: ActingCompany;
}

export interface UsageBatch {
  readonly items: readonly UsageItem[];
}

export type UsageOutcome = CapturedOutcome | { readonly kind: 'refused'; readonly problem: Problem };

interface CapturedOutcome {
  readonly kind: 'captured';
  readonly charge: CapturedCharge | RecordedUsage;
  /** Its key was charged before, with the same content: that charge, as it is now. */
  readonly replayed?: true;
}
