import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';
import type { ClosingGroup } from '../shared/calendar.rules.ts';

/** The closing group a line has in the line master now. */
export async function getClosingGroup(deps: Deps, lineId: string): Promise<ClosingGroup> {
  const line = await sqlOf(emOf(deps))
    .selectFrom('line')
    .select('closingGroup')
    .where('lineId', '=', lineId)
    .executeTakeFirstOrThrow();
  return line.closingGroup;
}
