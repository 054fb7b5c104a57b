import { actorName, type Actor } from '../access/actor.ts';
import { assertProvenPerson } from '../access/approvals/approval.rules.ts';
import { ownedBy } from '../access/owned-by.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { lockOwnAccount, type AccountRow } from './account.queries.ts';
import { assertAccountTransition } from './account.rules.ts';
import { changeAccount } from './change-account.ts';
import { refuseLastOfRole } from './last-of-role.ts';

interface OneAccount {
  readonly accountId: number;
}

/**
 * Suspends an account at once: its sessions end, and what it has proposed cannot be approved any more. A name is enough to
 * take a right away, also in production.
 * @throws Problem `permission-denied`, `account-not-found`, `illegal-state`
 */
export async function suspendAccount(deps: Deps, actor: Actor, input: OneAccount): Promise<void> {
  await moveAccount(deps, actor, input, async (tx, account) => {
    assertAccountTransition(account.state, 'suspended');
    await refuseLastOfRole(tx, account, account.roles);
    await changeAccount(tx, account, { state: 'suspended' }, act(actor, 'account.suspend'));
  });
}

/**
 * Opens a suspended account again, with the password, the factors and the roles that it had.
 * @throws Problem `permission-denied`, `approval-needs-person`, `account-not-found`, `illegal-state`
 */
export async function resumeAccount(deps: Deps, actor: Actor, input: OneAccount): Promise<void> {
  await moveAccount(deps, actor, input, async (tx, account) => {
    assertProvenPerson(actor, tx.config.mode);
    // An invitation becomes active by its person alone.
    if (account.state !== 'suspended')
      throw new Problem('illegal-state', { facts: { state: account.state } });
    await changeAccount(tx, account, { state: 'active' }, act(actor, 'account.resume'));
  });
}

/**
 * Ends an account for good; its address is free for a new one. An invitation that nobody has accepted ends in the same way.
 * @throws Problem `permission-denied`, `account-not-found`, `illegal-state`
 */
export async function endAccount(deps: Deps, actor: Actor, input: OneAccount): Promise<void> {
  await moveAccount(deps, actor, input, async (tx, account) => {
    assertAccountTransition(account.state, 'ended');
    await refuseLastOfRole(tx, account, account.roles);
    const ended = { state: 'ended', emailKey: null, passwordHash: null, endedAt: tx.clock.now() } as const;
    // A first account that nobody has used gives its place back: its address may have been mistyped.
    const firstSlot = account.activatedAt === null ? { firstSlot: null } : {};
    await changeAccount(tx, account, { ...ended, ...firstSlot }, act(actor, 'account.end'));
  });
}

/**
 * Ends all sessions of an account, wherever it is signed in.
 * @throws Problem `permission-denied`, `account-not-found`
 */
export async function signOutAccount(deps: Deps, actor: Actor, input: OneAccount): Promise<void> {
  await moveAccount(deps, actor, input, async (tx, account) => {
    await changeAccount(tx, account, {}, act(actor, 'account.sign-out'));
  });
}

async function moveAccount(
  deps: Deps,
  actor: Actor,
  { accountId }: OneAccount,
  move: (tx: InTransaction<Deps>, account: AccountRow) => Promise<void>,
): Promise<void> {
  const owned = ownedBy(actor, 'accounts:write');
  await inTransaction(deps, async (tx) => move(tx, await lockOwnAccount(tx, owned, accountId)));
}

function act(actor: Actor, action: `account.${string}`) {
  return { actor: actorName(actor), action };
}
