import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/** A stored correction of a statement with the statement it replaces; undefined when there is none of that revision. */
export async function findCorrection(deps: Deps, settlementId: string, revision: number) {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('statement_correction as r')
    .innerJoin('settlement as s', 's.id', 'r.settlementId')
    .select(['r.settlementId', 'r.revision', 'r.number', 'r.correctedOn', 'r.content', 'r.checksum'])
    .select(['s.number as settlementNumber', 's.settledOn'])
    .where('r.settlementId', '=', settlementId)
    .where('r.revision', 'in', [revision - 1, revision])
    .execute();
  const correction = rows.find((row) => row.revision === revision);
  if (!correction) return undefined;
  const before = rows.find((row) => row.revision === revision - 1);
  return {
    ...correction,
    replaces: {
      number: before?.number ?? correction.settlementNumber,
      issueDate: before?.correctedOn ?? correction.settledOn,
    },
  };
}
