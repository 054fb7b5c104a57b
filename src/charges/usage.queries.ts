import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { aliasedMinor, sqlOf } from '../database/sql.ts';
import type { ContractTerms, UsageTerms } from './usage.rules.ts';

/** What is known of each consent of a company: the line, who holds it, and everything that may forbid a use. */
export async function findUsageTerms(
  deps: Deps,
  companyId: number,
  consentIds: readonly string[],
): Promise<ReadonlyMap<string, UsageTerms>> {
  if (consentIds.length === 0) return new Map();
  const rows = await sqlOf(emOf(deps))
    .selectFrom('consent as a')
    .innerJoin('service as s', 's.id', 'a.serviceId')
    .innerJoin('company as c', 'c.id', 'a.companyId')
    .leftJoin('subscriber as p', 'p.id', 'a.subscriberId')
    .leftJoin('line as l', 'l.lineId', 'a.lineId')
    .leftJoin('line_holder as h', (join) =>
      join.onRef('h.lineId', '=', 'a.lineId').onRef('h.validFrom', '=', 'a.holderFrom'),
    )
    .select(['a.id as consentId', 'a.serviceId', 'a.state as consentState', 'a.perChargeMaxMinor'])
    .select(['s.state as serviceState', 'c.state as companyState'])
    .select(['a.subscriberId', 'p.state as subscriberState', 'p.monthlyLimitMinor as subscriberLimitMinor'])
    .select(['a.lineId', 'l.status as lineStatus', 'l.closingGroup', 'l.monthlyLimitMinor as lineLimitMinor'])
    .select(['a.holderFrom', 'h.validTo as holderTo', 'h.birthDate'])
    .where('a.id', 'in', [...new Set(consentIds)])
    .where('a.companyId', '=', companyId)
    .execute();
  return new Map(
    rows.map((row) => [
      row.consentId,
      {
        ...row,
        lineLimitMinor: aliasedMinor(row.lineLimitMinor),
        subscriberLimitMinor: aliasedMinor(row.subscriberLimitMinor),
      },
    ]),
  );
}

/** All contracts of a company, for finding the one in force on each business date. */
export function findContractTerms(deps: Deps, companyId: number): Promise<ContractTerms[]> {
  return sqlOf(emOf(deps))
    .selectFrom('contract')
    .select(['validFrom', 'validTo', 'perChargeMaxMinor', 'lateCharges'])
    .where('companyId', '=', companyId)
    .execute();
}
