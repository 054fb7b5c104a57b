import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { ownedBy } from '../access/owned-by.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { findOwnCompany } from './company.queries.ts';

interface SecondFactorRule {
  readonly companyCode: string;
  readonly isRequired: boolean;
}

/**
 * Whether the people of a company need a second factor to sign in. They do unless its contract says otherwise; without one
 * they cannot propose anything in production.
 * @throws Problem `permission-denied`, `company-not-found`
 */
export async function setSecondFactorRule(deps: Deps, actor: Actor, input: SecondFactorRule): Promise<void> {
  const owned = ownedBy(actor, 'companies:write');
  const { companyCode, isRequired } = input;
  await inTransaction(deps, async (tx) => {
    const { id } = await findOwnCompany(tx, owned, companyCode);
    await sqlOf(tx.em)
      .updateTable('company')
      .set({ requiresSecondFactor: isRequired })
      .where('id', '=', id)
      .execute();
    await recordAudit(tx, {
      actor: actorName(actor),
      action: 'company.second-factor',
      subject: `company:${companyCode}`,
      facts: { required: isRequired },
    });
  });
}
