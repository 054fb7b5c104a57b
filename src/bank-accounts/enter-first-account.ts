import type { Actor } from '../access/actor.ts';
import { assertProvenPerson } from '../access/approvals/approval.rules.ts';
import { ChangeAuthority } from '../access/approvals/change-authority.ts';
import { authorize } from '../access/authorize.ts';
import { isTwoPeopleRule } from '../access/approvals/proposer-rights.queries.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { lockBankAccount } from './bank-account.queries.ts';
import type { BankAccountInput } from './bank-account.rules.ts';
import { recordBankAccount } from './record-bank-account.ts';

/**
 * Enters the first bank account of a company, which one person may do until the carrier has two accounts: nothing is paid
 * anywhere else yet. Every other account is proposed and approved. In production the person is proven: who entered an account does not
 * approve the first payout to it.
 * @throws Problem `permission-denied`, `approval-needs-person`, `invalid-request`, `company-not-found`, `approval-required`
 */
export async function enterFirstAccount(deps: Deps, actor: Actor, input: BankAccountInput): Promise<number> {
  authorize(actor, 'bank-accounts:propose');
  assertProvenPerson(actor, deps.config.mode);
  return await inTransaction(deps, async (tx) => {
    const { current } = await lockBankAccount(tx, input.companyCode);
    if (current) {
      const detail = `${input.companyCode} has a bank account: propose another one for approval.`;
      throw new Problem('approval-required', { detail });
    }
    const isEnough = !(await isTwoPeopleRule(tx));
    return recordBankAccount(tx, ChangeAuthority.ofOnePerson(actor, isEnough), input);
  });
}
