import { sql } from 'kysely';
import type { Actor } from '../access/actor.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { authorizeDesk } from './authorize-desk.ts';

export type CaseOfCompany = Awaited<ReturnType<typeof listOpenCasesOfCompany>>[number];

/** Open cases about what a company sold, the newest first. For people of the support centre. @throws Problem `permission-denied` */
export async function listOpenCasesOfCompany(
  deps: Deps,
  actor: Actor,
  { companyCode, limit }: { readonly companyCode: string; readonly limit: number },
) {
  authorizeDesk(actor);
  return await sqlOf(emOf(deps))
    .selectFrom('company as co')
    .innerJoin('support_case as c', 'c.companyId', 'co.id')
    .innerJoin('service as s', 's.id', 'c.serviceId')
    .select(['c.number', 'c.kind', 'c.state', 'c.openedAt', 's.name as service', 's.nameEn as serviceEn'])
    .where('co.code', '=', companyCode)
    .where(sql<boolean>`c.is_open = TRUE`)
    .orderBy('c.number', 'desc')
    .limit(limit)
    .execute();
}
