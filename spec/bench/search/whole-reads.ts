import type { RowDataPacket } from 'mysql2/promise';
import type { Deps } from '../../../src/deps.ts';
import { onDatabase } from '../harness/bench-database.ts';
import { recordStatements } from '../pages/explain.ts';

/** Tables of fewer rows, such as that of the companies, may be read whole. */
const FEW_ROWS = 10_000;

/** How many tables or indexes the statements of `work` read from one end to the other, as the database explains them. */
export async function countWholeReads(
  { deps, url }: { readonly deps: Deps; readonly url: string },
  work: () => Promise<unknown>,
): Promise<number> {
  const statements = await recordStatements(deps, work);
  return await onDatabase(url, async (connection) => {
    let count = 0;
    for (const statement of statements.filter((text) => /^\s*SELECT/i.test(text))) {
      const [rows] = await connection.query<RowDataPacket[]>(`EXPLAIN ${statement}`);
      count += rows.filter(isWhole).length;
    }
    return count;
  });
}

const isWhole = ({ type, rows }: RowDataPacket) =>
  (type === 'ALL' || type === 'index') && Number(rows) > FEW_ROWS;
