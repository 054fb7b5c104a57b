import { LockMode } from '@mikro-orm/mariadb';
import { recordAudit } from '../access/audit/record-audit.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { CompanySchema, type Company } from './company.entity.ts';

export interface ChangeCompanyState {
  readonly companyCode: string;
  readonly state: Company['state'];
  readonly actor: string;
}

/**
 * Suspends a company, which ends its selling at once and leaves what it sold, or lets it sell again. The state
 * it has already changes nothing.
 * @throws Problem `company-not-found`
 */
export async function changeCompanyState(deps: Deps, input: ChangeCompanyState): Promise<Company> {
  const { companyCode: code, state, actor } = input;
  return inTransaction(deps, async (tx) => {
    const company = await tx.em.findOne(CompanySchema, { code }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!company) throw new Problem('company-not-found', { detail: `There is no company ${code}.` });
    if (company.state === state) return company;
    tx.em.assign(company, { state });
    await tx.em.flush();
    const action = state === 'active' ? 'company.activate' : 'company.suspend';
    const changed = { table: 'company', key: [company.id] } as const;
    await recordAudit(tx, { actor, action, subject: `company:${code}`, changed });
    return company;
  });
}
