import type { Actor } from '../access/actor.ts';
import type { Deps } from '../deps.ts';
import { getAccount } from './account.queries.ts';
import { findFactors, type FactorsOfAccount } from './sign-in-step.ts';

/** Which second factors an account has. @throws Problem `permission-denied`, `account-not-found` */
export async function getAccountFactors(
  deps: Deps,
  actor: Actor,
  accountId: number,
): Promise<FactorsOfAccount> {
  const { id } = await getAccount(deps, actor, accountId);
  return findFactors(deps, id);
}
