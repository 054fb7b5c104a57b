/** A page of a list that was asked for one row more than it shows, to know whether more follow. */
export interface Page<T> {
  readonly items: readonly T[];
  /** The last row shown when more follow. */
  readonly last: T | undefined;
}

/** Cuts `limit + 1` rows down to a page. */
export function pageFrom<T>(rows: readonly T[], limit: number): Page<T> {
  const items = rows.slice(0, limit);
  return { items, last: rows.length > limit ? items.at(-1) : undefined };
}
