import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/** A contract that names a tariff, whenever it holds. */
export interface TariffUse {
  readonly tariffCode: string;
  readonly companyCode: string;
  readonly company: string;
  readonly companyEn: string;
  readonly validFrom: string;
  readonly validTo: string | null;
}

const LISTED = 1_000;

/** The contracts that name a tariff, or any; at most 1,000, by company and day. @throws Problem `permission-denied` */
export async function listTariffUses(
  deps: Deps,
  actor: Actor,
  { code }: { readonly code?: string | undefined },
): Promise<TariffUse[]> {
  authorize(actor, 'tariffs:read');
  return await sqlOf(emOf(deps))
    .selectFrom('contract as k')
    .innerJoin('company as c', 'c.id', 'k.companyId')
    .select(['k.tariffCode', 'c.code as companyCode', 'c.name as company', 'c.nameEn as companyEn'])
    .select(['k.validFrom', 'k.validTo'])
    .$if(code !== undefined, (query) => query.where('k.tariffCode', '=', code!))
    .orderBy('c.code')
    .orderBy('k.validFrom')
    .limit(LISTED)
    .execute();
}
