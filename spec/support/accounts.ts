import assert from 'node:assert/strict';
import type { Actor, StaffActor } from '../../src/access/actor.ts';
import { approveChange } from '../../src/access/approvals/decide-approval.ts';
import { proposeChange } from '../../src/access/approvals/propose-change.ts';
import { acceptInvitation } from '../../src/accounts/accept-invitation.ts';
import { accountInviteApproval } from '../../src/accounts/account-approvals.ts';
import { actorOf } from '../../src/accounts/account-proof.ts';
import { findAccountByEmail, type AccountRow } from '../../src/accounts/account.queries.ts';
import { rolesForTwo, type Invitation } from '../../src/accounts/account.rules.ts';
import { inviteAccount } from '../../src/accounts/invite-account.ts';
import { finishTotpEnrolment, startTotpEnrolment } from '../../src/accounts/totp-enrolment.ts';
import type { Deps } from '../../src/deps.ts';
import { totpCodeAt } from '../../src/identity/totp.rules.ts';
import { readMailsOf } from './mailbox.ts';
import { person } from './people.ts';

export const PASSWORD = 'tanuki-under-the-bridge';
/** Of every authenticator app that these make. */
export const SEED = Buffer.from('12345678901234567890');

let made = 0;

/** The people who invite in specs. */
const [inviter, approver] = [person('inviter', 'administrator'), person('approver', 'billing-approver')];

/** Invites a person, by two people where a role takes them; returns the account and the token of its mail. */
export async function makeInvited(deps: Deps, over: Partial<Invitation> = {}) {
  made += 1;
  const invitation: Invitation = {
    audience: over.companyCode ? 'company' : 'staff',
    companyCode: null,
    email: `person${made}@people.example`,
    displayName: `山田 花子${made}`,
    language: 'ja',
    roles: over.companyCode ? ['developer'] : ['agent'],
    ...over,
  };
  if (rolesForTwo(invitation.roles).length === 0) await inviteAccount(deps, inviter, invitation);
  else {
    const approvalId = await proposeChange(deps, inviter, accountInviteApproval, {
      input: invitation,
      reason: 'joins',
    });
    await approveChange(deps, approver, [accountInviteApproval], { approvalId });
  }
  const account = (await findAccountByEmail(deps, invitation))!;
  return { account, token: await mailedToken(deps, 'account-invitation', account.id) };
}

/** The token in the newest mail of a kind to an account, as its page gets it. */
export async function mailedToken(
  deps: Deps,
  kind: 'account-invitation' | 'account-password-reset',
  accountId: number,
): Promise<string> {
  const mails = await readMailsOf(deps, kind);
  const mail = mails.findLast((one) => one.accountId === String(accountId));
  assert.ok(mail, `a mail ${kind}`);
  return mail.facts.link.split('/').at(-1)!;
}

/** An account whose person has accepted, and has an authenticator app unless `app` is false. */
export async function makeAccount(
  deps: Deps,
  { app = true, ...over }: Partial<Invitation> & { readonly app?: boolean } = {},
): Promise<{ account: AccountRow; actor: Actor; recoveryCodes: readonly string[] }> {
  const { account, token } = await makeInvited(deps, over);
  const step = await acceptInvitation(deps, { token, password: PASSWORD });
  let recoveryCodes: readonly string[] = [];
  if (app && step.step === 'enrolment') {
    await startTotpEnrolment(deps, step, SEED);
    ({ recoveryCodes } = await finishTotpEnrolment(deps, step, {
      code: totpCodeAt(SEED, deps.clock.now()),
      source: '192.0.2.1',
    }));
  }
  const now = (await findAccountByEmail(deps, account))!;
  return { account: now, actor: actorOf(now, 'second-factor'), recoveryCodes };
}

/** The same for staff, as who acts. */
export async function makeStaff(deps: Deps, ...roles: StaffActor['roles']) {
  const { account, actor } = await makeAccount(deps, { roles: [...roles] });
  return { account, actor: actor as StaffActor };
}
