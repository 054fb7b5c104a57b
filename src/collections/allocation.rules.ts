/** One of those among whom an amount is divided. */
export interface Weight<Id extends string | number> {
  readonly id: Id;
  /** Above zero, or it gets nothing. */
  readonly weightMinor: bigint;
}

/**
 * Divides a whole amount in proportion to weights, exactly: each gets its proportion rounded down, and what is left goes one by
 * one to the largest remainders; of equal ones to the smaller id. No share is above its weight while the amount is not above
 * their sum.
 * @throws RangeError for an amount below zero, or above zero without a weight above zero
 */
export function allocate<Id extends string | number>(
  amountMinor: bigint,
  weights: readonly Weight<Id>[],
): Map<Id, bigint> {
  const above = weights.filter(({ weightMinor }) => weightMinor > 0n);
  const sum = above.reduce((total, { weightMinor }) => total + weightMinor, 0n);
  if (amountMinor < 0n || (amountMinor > 0n && sum === 0n))
    throw new RangeError(`${amountMinor} cannot be divided among weights of ${sum}`);
  const shares = new Map(weights.map(({ id }) => [id, 0n]));
  if (amountMinor === 0n) return shares;
  const parts = above.map(({ id, weightMinor }) => ({
    id,
    share: (amountMinor * weightMinor) / sum,
    remainder: (amountMinor * weightMinor) % sum,
  }));
  let left = amountMinor - parts.reduce((total, { share }) => total + share, 0n);
  for (const { id, share } of parts.toSorted(byRemainder)) {
    shares.set(id, left > 0n ? share + 1n : share);
    if (left > 0n) left -= 1n;
  }
  return shares;
}

interface Part<Id> {
  readonly id: Id;
  readonly remainder: bigint;
}

function byRemainder<Id extends string | number>(left: Part<Id>, right: Part<Id>): number {
  if (left.remainder !== right.remainder) return left.remainder > right.remainder ? -1 : 1;
  return left.id < right.id ? -1 : 1;
}

/** One item of an invoice: a charge, or a refund of a charge with a negative amount. */
export interface InvoicedAmount {
  readonly companyId: number;
  readonly chargeId: string;
  readonly isRefund: boolean;
  readonly amountMinor: bigint;
}

/** What of an uncollected amount falls on one company, and on each of its charges on the invoice. */
export interface UncollectedShare {
  readonly companyId: number;
  readonly amountMinor: bigint;
  readonly charges: ReadonlyMap<string, bigint>;
}

/**
 * Divides the uncollected amount of an invoice (domain.md section 4): over the companies by their net on it, charges minus
 * refunds, and none for a net that is not above zero; within a company over its charges on it, each less its own refunds on it.
 * One share for each company with a charge on the invoice. The shares of the companies sum to the amount, those of a company's
 * charges to its share, and none is above what its charge has on the invoice.
 * @throws RangeError for an amount above the total
 */
export function allocateUncollected(
  uncollectedMinor: bigint,
  items: readonly InvoicedAmount[],
): readonly UncollectedShare[] {
  const total = items.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  if (uncollectedMinor > 0n && uncollectedMinor > total)
    throw new RangeError(`${uncollectedMinor} is uncollected of ${total}`);
  const companies = Map.groupBy(items, ({ companyId }) => companyId);
  const nets = [...companies].map(([id, own]) => ({
    id,
    weightMinor: own.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
  }));
  const shares = allocate(uncollectedMinor, nets);
  return [...companies].flatMap(([companyId, own]) => {
    const weights = weighCharges(own);
    if (weights.length === 0) return [];
    const amountMinor = shares.get(companyId) ?? 0n;
    return [{ companyId, amountMinor, charges: allocate(amountMinor, weights) }];
  });
}

/** The charges among some items, each less its refunds among them. A refund whose charge is on another invoice weighs on none. */
function weighCharges(items: readonly InvoicedAmount[]): Weight<string>[] {
  const weights = new Map<string, bigint>();
  for (const { chargeId, isRefund, amountMinor } of items) if (!isRefund) weights.set(chargeId, amountMinor);
  for (const { chargeId, isRefund, amountMinor } of items) {
    const weight = weights.get(chargeId);
    if (isRefund && weight !== undefined) weights.set(chargeId, weight + amountMinor);
  }
  return [...weights].map(([id, weightMinor]) => ({ id, weightMinor }));
}
