import type { Actor } from '../access/actor.ts';
import { actingCompany } from '../access/owned-by.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { approvedOf } from '../settlements/approved-of-company.queries.ts';
import { listServiceLines, type ServiceLine } from '../settlements/settlement-details.queries.ts';
import { Problem } from '../shared/problem.ts';

interface SettlementPage {
  readonly limit: number;
  /** Month of the last settlement of the previous page. */
  readonly after?: string | undefined;
}

/** A page of the company's approved settlements, the newest month first. Drafts may still change and are not shown. */
export async function listApprovedSettlements(deps: Deps, actor: Actor, { limit, after }: SettlementPage) {
  const companyId = actingCompany(actor, 'own-settlements:read');
  return await approvedOf(deps, companyId)
    .selectAll('s')
    .$if(after !== undefined, (query) => query.where('s.billingPeriod', '<', after!))
    .orderBy('s.billingPeriod', 'desc')
    .limit(limit)
    .execute();
}

export type OwnSettlement = Awaited<ReturnType<typeof listApprovedSettlements>>[number];

/**
 * One of the company's approved settlements by its number.
 * @throws Problem `settlement-not-found` also for a draft and for another company's
 */
export async function getApprovedSettlement(
  deps: Deps,
  actor: Actor,
  number: string,
): Promise<OwnSettlement> {
  const companyId = actingCompany(actor, 'own-settlements:read');
  const row = await approvedOf(deps, companyId)
    .selectAll('s')
    .where('s.number', '=', number)
    .executeTakeFirst();
  if (!row) throw new Problem('settlement-not-found');
  return row;
}

/** What one of the company's approved settlements is made of. @throws Problem `settlement-not-found` */
export async function listApprovedSettlementLines(
  deps: Deps,
  actor: Actor,
  number: string,
): Promise<ServiceLine[]> {
  const { id } = await getApprovedSettlement(deps, actor, number);
  return await listServiceLines(deps, id);
}

/** The transfers of a settlement that the bank was ordered to make, the oldest first. */
export async function listTransfers(deps: Deps, settlementId: string) {
  return await sqlOf(emOf(deps))
    .selectFrom('payout')
    .select(['state', 'amountMinor', 'payOn', 'resultOn'])
    .where('settlementId', '=', settlementId)
    .where('state', 'in', ['sent', 'settled', 'returned'])
    .orderBy('id')
    .execute();
}

/** What lines did not pay, or paid after all, by the month of the charges, the oldest first. */
export async function listClawbacks(deps: Deps, settlementId: string) {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('clawback')
    .select(['kind', 'billingPeriod'])
    .select(({ fn }) => fn.sum('amountMinor').as('amount'))
    .where('settlementId', '=', settlementId)
    .groupBy(['kind', 'billingPeriod'])
    .orderBy('kind')
    .orderBy('billingPeriod')
    .execute();
  return rows.map(({ amount, ...row }) => ({ ...row, amountMinor: BigInt(amount) }));
}
