import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/** The settlements that a company is shown, as `s`: the approved ones. What the night has drafted may still change. */
export function approvedOf(deps: Deps, companyId: number) {
  return sqlOf(emOf(deps))
    .selectFrom('settlement as s')
    .where('s.companyId', '=', companyId)
    .where('s.state', 'in', ['approved', 'paid']);
}
