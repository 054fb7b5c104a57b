/** Charges that one transaction divides an uncollected amount over: some 100 ms of work, however many items invoices have. */
export const MAX_CHARGES = 5_000;

/**
 * Cuts a list into slices of at most `max` charges, in its order. An item with more than that is a slice of its own: what is booked
 * of one invoice is booked at once.
 */
export function sliceByCharges<T>(
  items: readonly T[],
  chargesOf: (item: T) => number,
  max = MAX_CHARGES,
): T[][] {
  const slices: T[][] = [];
  let slice: T[] = [];
  let charges = 0;
  for (const item of items) {
    const own = chargesOf(item);
    if (slice.length > 0 && charges + own > max) {
      slices.push(slice);
      [slice, charges] = [[], 0];
    }
    slice.push(item);
    charges += own;
  }
  if (slice.length > 0) slices.push(slice);
  return slices;
}
