import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { getCurrentTenure } from './current-tenure.queries.ts';

interface AskedTenure {
  readonly lineId: string;
  /** First day of the tenure; today's or the last one without it. */
  readonly holderFrom?: string | undefined;
}

/** A tenure of a line by its first day, or today's or the last one (`getCurrentTenure`). @throws Problem `permission-denied`, `line-not-found` for a line or tenure that is not there. */
export async function getTenure(
  deps: Deps,
  actor: Actor,
  { lineId, holderFrom }: AskedTenure,
): Promise<{ readonly lineId: string; readonly holderFrom: string }> {
  authorize(actor, 'lines:read');
  if (holderFrom === undefined) return await getCurrentTenure(deps, lineId);
  const row = await sqlOf(emOf(deps))
    .selectFrom('line_holder')
    .select('validFrom')
    .where('lineId', '=', lineId)
    .where('validFrom', '=', holderFrom)
    .executeTakeFirst();
  if (!row) throw new Problem('line-not-found');
  return { lineId, holderFrom: row.validFrom };
}
