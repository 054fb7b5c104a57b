import type { ProblemCode } from '../shared/problem.ts';

/**
 * Why a buyer was refused on the purchase page, as the company may know it: nothing about the buyer, no amount, and no
 * difference that only the buyer's own settings make.
 */
export const storedRefusals = [
  'limit-reached',
  'not-permitted',
  'line-not-proved',
  'line-not-checked',
  'person-not-proved',
  'line-not-eligible',
  'already-subscribed',
  'not-for-sale',
] as const;
export type StoredRefusal = (typeof storedRefusals)[number];

/** Besides, how a sale ended that nobody bought. */
export const refusals = [...storedRefusals, 'declined', 'expired'] as const;
export type Refusal = (typeof refusals)[number];

const refusalOfProblem: Partial<Record<ProblemCode, StoredRefusal>> = {
  'limit-exceeded': 'limit-reached',
  'amount-above-own-limit': 'limit-reached',
  'company-blocked': 'not-permitted',
  'purchase-not-permitted': 'not-permitted',
  'line-refused': 'line-not-proved',
  'line-unproven': 'line-not-checked',
  'sign-in-refused': 'person-not-proved',
  'sign-in-locked': 'person-not-proved',
  'passkey-refused': 'person-not-proved',
  'line-not-eligible': 'line-not-eligible',
  'entitlement-ended': 'line-not-eligible',
  'already-subscribed': 'already-subscribed',
  'company-suspended': 'not-for-sale',
  'contract-missing': 'not-for-sale',
  'service-incomplete': 'not-for-sale',
  'amount-above-contract': 'not-for-sale',
  'period-closed': 'not-for-sale',
};

/** The refusal that a problem of the purchase page is; undefined for what refuses no buyer, such as a changed order. */
export function refusalOf(code: ProblemCode): StoredRefusal | undefined {
  return refusalOfProblem[code];
}

/** The last refusal that is stored with a checkout. */
export interface LastRefusal {
  readonly refusedAs: StoredRefusal;
  readonly refusedAt: Date;
}

interface EndedSale {
  /** The effective state. */
  readonly state: string;
  readonly endedAt?: Date | null | undefined;
  readonly isDeclined: boolean;
  /** When a subscriber confirmed. */
  readonly confirmedAt?: Date | null | undefined;
}

/** Why a sale was not bought: `null` while nobody was refused, and for one that a subscriber has confirmed. */
export function refusalOfSale(
  { state, endedAt, isDeclined, confirmedAt }: EndedSale,
  last: LastRefusal | undefined,
): { readonly refusal: Refusal | null; readonly refused_at: string | null } {
  if (confirmedAt) return { refusal: null, refused_at: null };
  if (isDeclined) return shown('declined', endedAt);
  if (last) return shown(last.refusedAs, last.refusedAt);
  return state === 'expired' ? shown('expired', endedAt) : { refusal: null, refused_at: null };
}

function shown(refusal: Refusal, at: Date | null | undefined) {
  return { refusal, refused_at: at?.toISOString() ?? null };
}
