import { Problem } from '../shared/problem.ts';
import type { SafeguardRow } from './safeguard.rules.ts';

/** A purchase that safeguards may forbid. */
export interface Purchase {
  readonly companyId: number;
  readonly serviceId: number;
  /** Undefined for a consent, whose uses have their amounts later. */
  readonly amountMinor?: bigint;
}

/** Who buys, with what is in force for the line and for the issued ID. */
export interface Safeguarded {
  readonly subscriberId: number;
  /** In force on the day of the decision; empty for nearly all. */
  readonly safeguards: readonly SafeguardRow[];
}

export type PurchaseRefusal =
  | { readonly reason: 'company-blocked' | 'service-blocked' | 'not-listed' }
  | { readonly reason: 'charge-limit'; readonly limitMinor: bigint };

/**
 * Why the holder of the line, or the issued ID itself, does not permit a purchase; undefined when nothing forbids it. The one
 * place that decides it, for an authorization, a joining, a consent and each use under one. Months of a subscription that runs
 * are no new purchase (our decision): a block does not end it, and the pages offer to cancel.
 */
export function findPurchaseRefusal(
  { subscriberId, safeguards }: Safeguarded,
  { companyId, serviceId, amountMinor }: Purchase,
): PurchaseRefusal | undefined {
  if (safeguards.length === 0) return undefined;
  const own = safeguards.filter((row) => row.subscriberId === null || row.subscriberId === subscriberId);
  const names = (row: SafeguardRow) =>
    row.companyId === companyId && (row.serviceId === null || row.serviceId === serviceId);
  const block = own.find((row) => row.kind === 'block' && names(row));
  if (block) return { reason: block.serviceId === null ? 'company-blocked' : 'service-blocked' };
  const isListed = own.some((row) => row.kind === 'allow' && names(row));
  if (!isListed && own.some(({ kind }) => kind === 'only-listed')) return { reason: 'not-listed' };
  const limitMinor = lowestLimit(own, 'charge-limit');
  if (amountMinor === undefined || limitMinor === null || amountMinor <= limitMinor) return undefined;
  return { reason: 'charge-limit', limitMinor };
}

/** The lowest limit of a kind among settings in force; null when there is none. */
export function lowestLimit(
  rows: readonly SafeguardRow[],
  kind: 'monthly-limit' | 'charge-limit',
): bigint | null {
  let lowest: bigint | null = null;
  for (const { kind: rowKind, limitMinor } of rows) {
    if (rowKind !== kind || limitMinor === null) continue;
    if (lowest === null || limitMinor < lowest) lowest = limitMinor;
  }
  return lowest;
}

/** The refusal as the subscriber reads it on the checkout page. */
export class PurchaseNotPermitted extends Problem {
  readonly refusal: PurchaseRefusal;

  constructor(refusal: PurchaseRefusal) {
    super(refusal.reason === 'charge-limit' ? 'amount-above-own-limit' : 'company-blocked');
    this.refusal = refusal;
  }
}

/** Refuses a purchase on a page of the subscriber. @throws Problem `company-blocked`, `amount-above-own-limit`. */
export function assertPermitted(buyer: Safeguarded, purchase: Purchase): void {
  const refusal = findPurchaseRefusal(buyer, purchase);
  if (refusal) throw new PurchaseNotPermitted(refusal);
}
