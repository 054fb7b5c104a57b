import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { overlaps, type DateRange } from '../shared/date-range.rules.ts';
import { Problem } from '../shared/problem.ts';

interface ContractValidity extends DateRange {
  readonly id: number;
}

/**
 * Locks a company, so that changes of its contracts happen one after another, and reads the dates of each contract: no
 * database constraint can refuse overlapping ranges.
 * @throws Problem `company-not-found`
 */
export async function lockContracts(tx: InTransaction<Deps>, companyCode: string) {
  const sql = sqlOf(tx.em);
  const company = await sql
    .selectFrom('company')
    .select('id')
    .where('code', '=', companyCode)
    .forUpdate()
    .executeTakeFirst();
  if (!company) throw new Problem('company-not-found', { detail: `There is no company ${companyCode}.` });
  // A locking read sees what was committed while this transaction waited for the company.
  const contracts: ContractValidity[] = await sql
    .selectFrom('contract')
    .select(['id', 'validFrom', 'validTo'])
    .where('companyId', '=', company.id)
    .forUpdate()
    .execute();
  return { companyId: company.id, contracts };
}

/** @throws Problem `contract-overlaps` */
export function refuseOverlap(contracts: readonly ContractValidity[], validity: DateRange): void {
  const other = contracts.find((contract) => overlaps(contract, validity));
  if (!other) return;
  const detail = `The contract of ${other.validFrom} holds until ${other.validTo ?? 'further notice'}.`;
  throw new Problem('contract-overlaps', { detail });
}
