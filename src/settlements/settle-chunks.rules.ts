/** Companies settled in one transaction, unless the run sets another number. */
const COMPANIES_PER_CHUNK = 50;
/** Lines and clawbacks of the companies of a transaction. */
const ROWS_PER_CHUNK = 4_000;

/**
 * Companies by transaction, in their order, so that none grows large: a company with very many rows is alone in its own.
 * `rowsOf` counts what a company's settlement writes.
 */
export function* chunksOf(
  companyIds: readonly number[],
  rowsOf: (companyId: number) => number,
  limit: number = COMPANIES_PER_CHUNK,
): Generator<readonly number[]> {
  let chunk: number[] = [];
  let rows = 0;
  for (const companyId of companyIds) {
    const own = rowsOf(companyId);
    if (chunk.length > 0 && (chunk.length >= limit || rows + own > ROWS_PER_CHUNK)) {
      yield chunk;
      chunk = [];
      rows = 0;
    }
    chunk.push(companyId);
    rows += own;
  }
  if (chunk.length > 0) yield chunk;
}
