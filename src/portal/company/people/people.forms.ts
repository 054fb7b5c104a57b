import { proposeChange } from '../../../access/approvals/propose-change.ts';
import { companyRoles } from '../../../access/permissions.ts';
import { accountInviteApproval, accountRolesApproval } from '../../../accounts/account-approvals.ts';
import { rolesForTwo } from '../../../accounts/account.rules.ts';
import { endAccount, resumeAccount, suspendAccount } from '../../../accounts/change-account-state.ts';
import { inviteAccount, resendInvitation } from '../../../accounts/invite-account.ts';
import { addedRoles, setAccountRoles } from '../../../accounts/set-account-roles.ts';
import { getOwnCompany } from '../../../companies/own-company.queries.ts';
import { Problem } from '../../../shared/problem.ts';
import { defineForm } from '../../kit/define-form.ts';
import { checkField, choiceField, optional, textField } from '../../kit/form-fields.ts';
import { findPerson, invitePage, moveOf, movePersonPage, rolesPage } from './people.pages.ts';

const roleFields = Object.fromEntries(
  companyRoles.map((role) => [`role_${role}`, checkField('company.people.roles')]),
);
const reason = optional(textField({ label: 'company.people.reason', maxLength: 300 }));

/** The ticked roles. @throws Problem `illegal-state` without one */
function tickedRoles(input: Readonly<Record<string, unknown>>) {
  const roles = companyRoles.filter((role) => input[`role_${role}`] === true);
  if (roles.length === 0) throw new Problem('illegal-state', { facts: { reason: 'no-role' } });
  return roles;
}

/** @throws Problem `illegal-state`: for the person who approves it there has to be a reason. */
function requireReason(text: string | undefined): string {
  if (text === undefined) throw new Problem('illegal-state', { facts: { reason: 'no-reason' } });
  return text;
}

/** Invites a colleague; into roles that take two people, it proposes the invitation. */
export const inviteForm = defineForm({
  name: 'company.invite-form',
  path: '/company/people/invite',
  permission: 'accounts:write',
  stepUp: true,
  fields: {
    displayName: textField({ label: 'company.people.name', maxLength: 60 }),
    email: textField({ label: 'company.people.email', maxLength: 254 }),
    language: choiceField('company.people.language', ['ja', 'en']),
    reason,
    ...roleFields,
  },
  submit: async (deps, { actor, input }) => {
    const { code: companyCode } = await getOwnCompany(deps, actor);
    const typed = input as unknown as {
      displayName: string;
      email: string;
      language: 'ja' | 'en';
      reason?: string;
    };
    const { displayName, email, language } = typed;
    const roles = tickedRoles(input);
    const invitation = { audience: 'company', companyCode, displayName, email, language, roles } as const;
    const isProposal = rolesForTwo(roles).length > 0;
    if (isProposal) {
      const proposal = { input: invitation, reason: requireReason(typed.reason) };
      await proposeChange(deps, actor, accountInviteApproval, proposal);
    } else await inviteAccount(deps, actor, invitation);
    return { isProposal };
  },
  done: ({ isProposal }) => ({
    to: '/company/people',
    flash: isProposal ? 'company.people.proposed' : 'company.people.invited',
  }),
  page: invitePage,
});

/** Changes the roles of a person; further ones that take two people are proposed. */
export const rolesForm = defineForm({
  name: 'company.roles-form',
  path: '/company/people/:account/roles',
  permission: 'accounts:write',
  stepUp: true,
  fields: {
    seen: optional(textField({ label: 'company.people.roles', maxLength: 120 })),
    reason,
    ...roleFields,
  },
  submit: async (deps, { actor, params, input }) => {
    const { seen = '', reason: why } = input as unknown as { seen?: string; reason?: string };
    const account = await findPerson(deps, { actor, params });
    if (seen !== account.roles.join(' '))
      throw new Problem('illegal-state', { facts: { reason: 'changed-since' } });
    const change = { accountId: account.id, roles: tickedRoles(input) };
    const isProposal = rolesForTwo(addedRoles(account, change.roles)).length > 0;
    if (isProposal) {
      const proposal = { input: change, reason: requireReason(why) };
      await proposeChange(deps, actor, accountRolesApproval, proposal);
    } else await setAccountRoles(deps, actor, change);
    return { id: account.id, isProposal };
  },
  done: ({ id, isProposal }) => ({
    to: `/company/people/${id}`,
    flash: isProposal ? 'company.people.proposed' : 'company.people.roles-changed',
  }),
  page: rolesPage,
});

const moves = {
  suspend: suspendAccount,
  resume: resumeAccount,
  'invite-again': resendInvitation,
  end: endAccount,
} as const;

/** Suspends an account, opens it again, sends another invitation, or ends it. */
export const movePersonForm = defineForm({
  name: 'company.move-person-form',
  path: '/company/people/:account/:move',
  permission: 'accounts:write',
  stepUp: true,
  fields: {},
  submit: async (deps, { actor, params }) => {
    const move = moveOf(params['move']);
    const { id: accountId } = await findPerson(deps, { actor, params });
    await moves[move](deps, actor, { accountId });
    return { accountId, move };
  },
  done: ({ accountId, move }) => ({
    to: `/company/people/${accountId}`,
    flash: `company.people.${move}-done`,
  }),
  page: movePersonPage,
});
