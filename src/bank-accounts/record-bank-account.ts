import type { ChangeAuthority } from '../access/approvals/change-authority.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { appendEvents } from '../events/append-events.ts';
import { accountTermsOf, ownTermsOf, type BankAccountInput } from './bank-account.rules.ts';
import { checkListedAccount } from './check-account.ts';
import { lockBankAccount } from './bank-account.queries.ts';

/**
 * Records the account that a company is paid to from now on. The database refuses all but a first account without an
 * approval of its own.
 * @returns its version
 * @throws Problem `invalid-request`, `company-not-found`
 */
export async function recordBankAccount(
  tx: InTransaction<Deps>,
  authority: ChangeAuthority,
  input: BankAccountInput,
): Promise<number> {
  await checkListedAccount(tx.config, input);
  const { companyId, current } = await lockBankAccount(tx, input.companyCode);
  const terms = accountTermsOf(input);
  const version = (current?.version ?? 0) + 1;
  const { approvalId } = authority;
  await sqlOf(tx.em)
    .insertInto('bank_account')
    .values({ ...terms, companyId, version, approvalId, createdAt: tx.clock.now() })
    .execute();
  await recordAudit(tx, {
    actor: authority.actorName,
    action: 'bank-account.record',
    subject: `company:${input.companyCode}`,
    facts: { ...ownTermsOf(input), version, ...authority.facts },
    changed: { table: 'bank_account', key: [companyId, version] },
  });
  const subject = `${input.companyCode}/${version}`;
  const snapshot = { approval: approvalId };
  await appendEvents(tx, [{ type: 'bank-account.recorded', subject, companyId, snapshot }]);
  return version;
}
