import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';

/** Which draft of a settlement: one that is drafted again is another one. */
export interface DraftKey {
  readonly number: string;
  readonly revision: number;
}

/**
 * Locks a settlement, behind its company as the night does, and reads it with its lines. Given a revision, it has to be that
 * draft, and next in the order of its company's months.
 * @throws Problem `settlement-not-found`, `illegal-state`
 */
export async function lockDraft(tx: InTransaction<Deps>, number: string, revision?: number) {
  const sql = sqlOf(tx.em);
  const settlement = await lockSettlement(tx, number);
  if (revision !== undefined) {
    if (settlement.state !== 'draft' || settlement.revision !== revision) {
      const detail = `${number} is ${settlement.state}, draft ${settlement.revision}; this needs draft ${revision}.`;
      throw new Problem('illegal-state', { detail });
    }
    const before = await sql
      .selectFrom('settlement')
      .select('billingPeriod')
      .where('companyId', '=', settlement.companyId)
      .where('billingPeriod', '<', settlement.billingPeriod)
      .where('state', 'in', ['draft', 'rejected'])
      .limit(1)
      .executeTakeFirst();
    if (before)
      throw new Problem('illegal-state', { detail: `${before.billingPeriod} has to be approved first.` });
  }
  const lines = await sql
    .selectFrom('settlement_part')
    .selectAll()
    .where('settlementId', '=', settlement.id)
    .orderBy('closingGroup')
    .orderBy('serviceId')
    .orderBy('taxCode')
    .orderBy('taxRateBps')
    .execute();
  return { settlement, lines };
}

/** Locks a settlement of any state, behind its company. @throws Problem `settlement-not-found` */
export async function lockSettlement(tx: InTransaction<Deps>, number: string) {
  const sql = sqlOf(tx.em);
  await sql
    .selectFrom('company')
    .select('id')
    .where('id', '=', ({ selectFrom }) =>
      selectFrom('settlement as s').select('s.companyId').where('s.number', '=', number),
    )
    .forUpdate()
    .execute();
  const settlement = await sql
    .selectFrom('settlement')
    .selectAll()
    .where('number', '=', number)
    .forUpdate()
    .executeTakeFirst();
  if (!settlement) throw new Problem('settlement-not-found', { detail: `There is no settlement ${number}.` });
  return settlement;
}
