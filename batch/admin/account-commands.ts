import type { Actor } from '../../src/access/actor.ts';
import {
  accountFactorResetApproval,
  accountInviteApproval,
  accountRolesApproval,
} from '../../src/accounts/account-approvals.ts';
import { getAccountFactors } from '../../src/accounts/account-factors.queries.ts';
import { getAccount, listAccounts } from '../../src/accounts/account.queries.ts';
import { rolesForTwo, type Invitation } from '../../src/accounts/account.rules.ts';
import { inviteAccount, resendInvitation } from '../../src/accounts/invite-account.ts';
import { inviteFirstAccount } from '../../src/accounts/invite-first-account.ts';
import { addedRoles, setAccountRoles } from '../../src/accounts/set-account-roles.ts';
import type { Deps } from '../../src/deps.ts';
import { defineCommand, type Command, type ItemResult } from '../cli/command.ts';
import { flag, oneOf, optional, required, text, withDefault } from '../cli/options.ts';
import {
  account,
  checkReasonForTwo,
  presentAccount,
  reasonForTwo,
  resolveAccount,
  roles,
} from './account-options.ts';
import { propose, reason } from './propose.ts';

const MAILED = 'A mail with a link is on its way to its person; the link opens for seven days.';
const example = '--account hanako@carrier.example';

export const accountCommands: readonly Command[] = [
  defineCommand({
    name: 'account invite',
    summary: 'invite a person by mail; a role that may propose or approve is proposed for approval',
    changes: true,
    options: {
      email: required(text('E-MAIL'), 'where the invitation goes, and how its person signs in'),
      name: required(text('NAME'), 'name of the person', { field: 'displayName' }),
      roles,
      company: optional(text('CODE'), 'company of the person; left out, the carrier', {
        field: 'companyCode',
      }),
      language: withDefault(oneOf('LANGUAGE', ['ja', 'en']), 'ja', 'ja or en'),
      reason: reasonForTwo,
      first: flag('one of the first two people of the carrier, whom nobody could approve'),
    },
    example: '--email hanako@carrier.example --name "山田 花子" --roles agent',
    check: checkReasonForTwo,
    run: (deps, { company, first, name, reason: why, ...person }, { actor }) => {
      const audience = company === undefined ? 'staff' : 'company';
      const input = { ...person, displayName: name, audience, companyCode: company ?? null } as const;
      if (!first && rolesForTwo(input.roles).length > 0)
        return propose(deps, actor, accountInviteApproval, { input, reason: why ?? '' });
      return invite(deps, actor, { input, first });
    },
  }),
  defineCommand({
    name: 'account invite-again',
    summary: 'send another link to somebody who has not accepted yet; the earlier one opens nothing any more',
    changes: true,
    options: { account },
    example,
    run: async (deps, { account: typed }, { actor }) => {
      const accountId = await resolveAccount(deps, actor, typed);
      await resendInvitation(deps, actor, { accountId });
      return showAccount(deps, actor, accountId, [MAILED]);
    },
  }),
  defineCommand({
    name: 'account list',
    summary: 'list accounts by address, at most 500',
    changes: false,
    options: {
      company: optional(text('CODE'), 'only people of this company'),
      audience: optional(oneOf('AUDIENCE', ['staff', 'company']), 'staff or company'),
      state: optional(
        oneOf('STATE', ['invited', 'active', 'suspended', 'ended']),
        'invited, active, suspended or ended',
      ),
    },
    example: '--audience staff',
    run: async (deps, { company, ...filter }, { actor }) => {
      const rows = await listAccounts(deps, actor, { ...filter, companyCode: company });
      return { list: rows.map(presentAccount), none: 'No such account: invite one with "account invite".' };
    },
  }),
  defineCommand({
    name: 'account show',
    summary: 'show an account with its roles and second factors',
    changes: false,
    options: { account },
    example,
    run: async (deps, { account: typed }, { actor }) =>
      showAccount(deps, actor, await resolveAccount(deps, actor, typed)),
  }),
  defineCommand({
    name: 'account roles',
    summary: 'set the roles of an account; one that may propose or approve is proposed for approval',
    changes: true,
    options: { account, roles, reason: reasonForTwo },
    example: `${example} --roles agent`,
    run: async (deps, { account: typed, roles: wanted, reason: why }, { actor }) => {
      const accountId = await resolveAccount(deps, actor, typed);
      const input = { accountId, roles: wanted };
      const added = addedRoles(await getAccount(deps, actor, accountId), wanted);
      if (rolesForTwo(added).length > 0) {
        checkReasonForTwo({ roles: added, ...(why !== undefined && { reason: why }) });
        return propose(deps, actor, accountRolesApproval, { input, reason: why ?? '' });
      }
      await setAccountRoles(deps, actor, input);
      return showAccount(deps, actor, accountId);
    },
  }),
  defineCommand({
    name: 'account reset-factor',
    summary: 'propose that a person who has lost the second factor begins again with a mail',
    changes: true,
    options: { account, reason },
    example: `${example} --reason "lost her phone, met at the desk"`,
    run: async (deps, { account: typed, reason: why }, { actor }) => {
      const accountId = await resolveAccount(deps, actor, typed);
      return propose(deps, actor, accountFactorResetApproval, { input: { accountId }, reason: why });
    },
  }),
];

async function invite(
  deps: Deps,
  actor: Actor,
  { input, first }: { readonly input: Invitation; readonly first: boolean },
): Promise<ItemResult> {
  const invited = await (first ? inviteFirstAccount : inviteAccount)(deps, actor, input);
  return showAccount(deps, actor, invited.accountId, [MAILED]);
}

export async function showAccount(
  deps: Deps,
  actor: Actor,
  accountId: number,
  notes: readonly string[] = [],
): Promise<ItemResult> {
  const row = await getAccount(deps, actor, accountId);
  const { totp, passkeys, recoveryCodes } = await getAccountFactors(deps, actor, accountId);
  return { item: { ...presentAccount(row), authenticatorApp: totp, passkeys, recoveryCodes }, notes };
}
