/** A row of a file of the carrier, in its place among the rows of one invoice. */
export interface PlacedRow {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** Orders the rows of one date; 0 for none. */
  readonly sequence: number;
}

/** Whether two rows of one invoice are one row that arrived twice. */
export type IsSame<Row> = (left: Row, right: Row) => boolean;

/**
 * The row of the greatest (date, sequence), from the set of rows of one invoice: equal rows are one, and different rows of one
 * place contradict each other, so that none of them counts. It does not matter in which order or how often rows arrive.
 */
export function findNewest<Row extends PlacedRow>(
  rows: readonly Row[],
  isSame: IsSame<Row>,
): Row | undefined {
  const contradictory = listContradictory(rows, isSame);
  let newest: Row | undefined;
  for (const row of rows) {
    if (contradictory.has(placeOf(row))) continue;
    if (!newest || comparePlaces(newest, row) < 0) newest = row;
  }
  return newest;
}

/** The places at which an invoice has different rows. */
export function listContradictory<Row extends PlacedRow>(
  rows: readonly Row[],
  isSame: IsSame<Row>,
): ReadonlySet<string> {
  const first = new Map<string, Row>();
  const contradictory = new Set<string>();
  for (const row of rows) {
    const place = placeOf(row);
    const other = first.get(place);
    if (!other) first.set(place, row);
    else if (!isSame(other, row)) contradictory.add(place);
  }
  return contradictory;
}

/** The place of a row, as a key. */
export function placeOf({ date, sequence }: PlacedRow): string {
  return `${date}/${sequence}`;
}

function comparePlaces(left: PlacedRow, right: PlacedRow): number {
  if (left.date !== right.date) return left.date < right.date ? -1 : 1;
  return left.sequence - right.sequence;
}
