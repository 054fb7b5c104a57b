import type { Actor } from '../../../src/access/actor.ts';
import { approveChange } from '../../../src/access/approvals/decide-approval.ts';
import { proposeChange } from '../../../src/access/approvals/propose-change.ts';
import { acceptInvitation } from '../../../src/accounts/accept-invitation.ts';
import { accountInviteApproval } from '../../../src/accounts/account-approvals.ts';
import { findSignedIn } from '../../../src/accounts/account-proof.ts';
import { findAccountByEmail } from '../../../src/accounts/account.queries.ts';
import { rolesForTwo, type AccountRoleName } from '../../../src/accounts/account.rules.ts';
import { inviteAccount } from '../../../src/accounts/invite-account.ts';
import { inviteFirstAccount } from '../../../src/accounts/invite-first-account.ts';
import { finishTotpEnrolment, startTotpEnrolment } from '../../../src/accounts/totp-enrolment.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { emOf } from '../../../src/database/transaction.ts';
import type { Deps } from '../../../src/deps.ts';
import { totpCodeAt } from '../../../src/identity/totp.rules.ts';
import { openSecrets } from '../../../src/mails/seal-secrets.ts';
import { demoStaff } from '../demo-staff.ts';
import type { PlannedAccount } from '../plan/plan-accounts.ts';

/** Invites the first two without anybody's approval. */
const FIRST: readonly AccountRoleName[] = ['administrator', 'billing-approver'];
const LOOPBACK = '127.0.0.1';

/**
 * Creates the accounts of a world as people do: two first ones, who then invite the others, by two where a role takes two. Each
 * person opens the mail, chooses a password and registers an app.
 */
export async function createAccounts(deps: Deps, accounts: readonly PlannedAccount[]): Promise<void> {
  const firsts = FIRST.map((role) => accounts.find((one) => one.role === role)!);
  for (const { email, displayName, role } of firsts)
    await inviteFirstAccount(deps, demoStaff, { email, displayName, language: 'ja', roles: [role] });
  const [administrator, approver] = [await accept(deps, firsts[0]!), await accept(deps, firsts[1]!)];
  for (const planned of accounts.filter((one) => !firsts.includes(one))) {
    await invite(deps, { administrator, approver }, planned);
    await accept(deps, planned);
  }
}

async function invite(
  deps: Deps,
  { administrator, approver }: { readonly administrator: Actor; readonly approver: Actor },
  { audience, companyCode, email, displayName, role }: PlannedAccount,
): Promise<void> {
  const input = { audience, companyCode, email, displayName, language: 'ja', roles: [role] } as const;
  if (rolesForTwo(input.roles).length === 0) {
    await inviteAccount(deps, administrator, input);
    return;
  }
  const proposal = { input, reason: `joins as ${role}` };
  const approvalId = await proposeChange(deps, administrator, accountInviteApproval, proposal);
  await approveChange(deps, approver, [accountInviteApproval], { approvalId });
}

/** Opens the mail and signs up. Returns the person as who acts. */
async function accept(deps: Deps, planned: PlannedAccount): Promise<Actor> {
  const { password, totpSeed } = planned;
  const seed = Buffer.from(totpSeed, 'hex');
  const step = await acceptInvitation(deps, { token: await readToken(deps, planned), password });
  if (step.step !== 'enrolment') throw new Error(`${planned.email} needs no second factor`);
  await startTotpEnrolment(deps, step, seed);
  const code = totpCodeAt(seed, deps.clock.now());
  const { proof } = await finishTotpEnrolment(deps, step, { code, source: LOOPBACK });
  const signedIn = await findSignedIn(deps, proof);
  if (!signedIn) throw new Error(`${planned.email} is not signed in`);
  return signedIn.actor;
}

async function readToken(deps: Deps, planned: PlannedAccount): Promise<string> {
  const account = await findAccountByEmail(deps, planned);
  const mail = await sqlOf(emOf(deps))
    .selectFrom('mail')
    .select(['id', 'secrets'])
    .where('accountId', '=', String(account?.id))
    .where('kind', '=', 'account-invitation')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  const { link } = openSecrets(deps.config, mail.id, mail.secrets ?? '');
  return String(link).split('/').at(-1)!;
}
