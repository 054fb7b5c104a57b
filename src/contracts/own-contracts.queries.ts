import type { Actor } from '../access/actor.ts';
import { actingCompany } from '../access/owned-by.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/** Contracts of the actor's own company, newest first, with their tariff. @throws Problem `permission-denied` */
export async function listOwnContracts(deps: Deps, actor: Actor) {
  const companyId = actingCompany(actor, 'settlement-figures:read');
  const rows = await sqlOf(emOf(deps))
    .selectFrom('contract as k')
    .select(['k.id', 'k.tariffCode', 'k.legalModel', 'k.validFrom', 'k.validTo', 'k.perChargeMaxMinor'])
    .select(['k.authorizationDays', 'k.payoutMonths', 'k.payoutDay', 'k.minimumPayoutMinor', 'k.refundDays'])
    .select(['k.partialRefunds', 'k.settlementBasis', 'k.transferFeeMinor', 'k.signedRequests'])
    .where('k.companyId', '=', companyId)
    .orderBy('k.validFrom', 'desc')
    .execute();
  const tariffs = await sqlOf(emOf(deps))
    .selectFrom('tariff')
    .select(['code', 'validFrom', 'name', 'nameEn'])
    .orderBy('validFrom')
    .execute();
  return rows.map((row) => {
    const tariff = tariffs.findLast(({ code }) => code === row.tariffCode);
    return {
      ...row,
      tariff: tariff && { name: tariff.name, nameEn: tariff.nameEn },
    };
  });
}

export type OwnContract = Awaited<ReturnType<typeof listOwnContracts>>[number];
