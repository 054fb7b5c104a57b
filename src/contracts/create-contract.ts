import type { Actor } from '../access/actor.ts';
import { ChangeAuthority } from '../access/approvals/change-authority.ts';
import { authorize } from '../access/authorize.ts';
import { isTwoPeopleRule } from '../access/approvals/proposer-rights.queries.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { concludeContract } from './conclude-contract.ts';
import type { Contract } from './contract.entity.ts';
import type { ContractInput } from './contract-input.rules.ts';
import { lockContracts } from './lock-contracts.ts';

/**
 * Creates a contract that one person decides: the first contract of a company until the carrier has two accounts, or in
 * development any. Every other contract is proposed and approved.
 * @throws Problem `permission-denied`, `approval-required`, and what `concludeContract` throws
 */
export async function createContract(deps: Deps, actor: Actor, input: ContractInput): Promise<Contract> {
  authorize(actor, 'contracts:propose');
  return await inTransaction(deps, async (tx) => {
    const { contracts } = await lockContracts(tx, input.companyCode);
    const isFirst = contracts.length === 0 && !(await isTwoPeopleRule(tx));
    const isEnough = isFirst || tx.config.mode === 'development';
    return concludeContract(tx, ChangeAuthority.ofOnePerson(actor, isEnough), input);
  });
}
