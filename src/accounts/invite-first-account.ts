import { actorName, type Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import { constraintOf } from '../database/database-error.rules.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { checkInvitation, type Invitation } from './account.rules.ts';
import { createAccount, type InvitedAccount } from './create-account.ts';
import { findInvitingCompany } from './invite-account.ts';

const SLOTS = [1, 2] as const;

/**
 * Invites one of the first two people of the carrier, into any roles: there is nobody yet who could approve it. It works while
 * fewer than two accounts of staff are invited or have ever been used; from then on two people approve. The database
 * has two places for such accounts, so two at once take one each.
 * @throws Problem `permission-denied`, `invalid-request`, `already-exists`, `approval-required`
 */
export async function inviteFirstAccount(
  deps: Deps,
  actor: Actor,
  input: Omit<Invitation, 'audience' | 'companyCode'>,
): Promise<InvitedAccount> {
  const owned = ownedBy(actor, 'accounts:write');
  const invitation = { ...input, audience: 'staff', companyCode: null } as const;
  checkInvitation(invitation);
  const invite = () =>
    inTransaction(deps, async (tx) => {
      await findInvitingCompany(tx, owned, invitation);
      const firstSlot = await findFreeSlot(tx);
      const by = { actor: actorName(actor), approvalId: null, firstSlot };
      return createAccount(tx, by, { ...invitation, companyId: null });
    });
  // Somebody else took the place at the same moment: then the other one is looked for.
  return invite().catch((error: unknown) => {
    if (constraintOf(error) !== 'account_first_two') throw error;
    return invite();
  });
}

async function findFreeSlot(tx: InTransaction<Deps>): Promise<number> {
  const known = await sqlOf(tx.em)
    .selectFrom('account')
    .select(['firstSlot'])
    .where('audience', '=', 'staff')
    .where(({ eb, or }) => or([eb('state', '=', 'invited'), eb('activatedAt', 'is not', null)]))
    .forUpdate()
    .execute();
  const slot = SLOTS.find((candidate) => known.every(({ firstSlot }) => firstSlot !== candidate));
  if (known.length < SLOTS.length && slot !== undefined) return slot;
  const detail = 'The carrier has its first two accounts: two people approve further ones.';
  throw new Problem('approval-required', { detail });
}
