import { LockMode } from '@mikro-orm/mariadb';
import { recordAudit } from '../access/audit/record-audit.ts';
import { inTransaction } from '../database/transaction.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { appendEvents } from '../events/append-events.ts';
import { Problem } from '../shared/problem.ts';
import { CompanySchema, type Company } from './company.entity.ts';

export interface ChangeCompanyState {
  readonly companyCode: string;
  readonly state: Company['state'];
}

/**
 * Suspends a company, which ends its selling at once and leaves what it sold, or lets it sell again. The state
 * it has already changes nothing.
 * @throws Problem `company-not-found`
 */
export async function changeCompanyState(
  deps: Deps,
  actor: Actor,
  input: ChangeCompanyState,
): Promise<Company> {
  const owned = ownedBy(actor, 'companies:write');
  const { companyCode: code, state } = input;
  return inTransaction(deps, async (tx) => {
    const company = await tx.em.findOne(
      CompanySchema,
      { ...owned.companies, code },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (!company) throw new Problem('company-not-found', { detail: `There is no company ${code}.` });
    if (company.state === state) return company;
    tx.em.assign(company, { state });
    await tx.em.flush();
    const type = state === 'active' ? 'company.activated' : 'company.suspended';
    await appendEvents(tx, [{ type, subject: code, companyId: company.id, snapshot: {} }]);
    const action = state === 'active' ? 'company.activate' : 'company.suspend';
    const changed = { table: 'company', key: [company.id] } as const;
    await recordAudit(tx, { actor: actorName(actor), action, subject: `company:${code}`, changed });
    return company;
  });
}
