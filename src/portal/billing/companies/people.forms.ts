import { proposeChange } from '../../../access/approvals/propose-change.ts';
import { companyRoles } from '../../../access/permissions.ts';
import { accountInviteApproval, accountRolesApproval } from '../../../accounts/account-approvals.ts';
import { rolesForTwo } from '../../../accounts/account.rules.ts';
import { endAccount, resumeAccount, suspendAccount } from '../../../accounts/change-account-state.ts';
import { inviteAccount, resendInvitation } from '../../../accounts/invite-account.ts';
import { addedRoles, setAccountRoles } from '../../../accounts/set-account-roles.ts';
import { Problem } from '../../../shared/problem.ts';
import { defineForm } from '../../kit/define-form.ts';
import { checkField, choiceField, optional, textField } from '../../kit/form-fields.ts';
import { companyHref } from './company-words.rules.ts';
import { labelKey } from './form-words.rules.ts';
import { findPerson, invitePage, moveOf, movePersonPage, rolesPage } from './people.pages.ts';

const roleFields = Object.fromEntries(
  companyRoles.map((role) => [`role_${role}`, checkField(labelKey('roles'))]),
);
const reason = optional(textField({ label: labelKey('reason'), maxLength: 300 }));

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

/** Invites a person; into roles that take two people, it proposes the invitation. */
export const inviteForm = defineForm({
  name: 'billing.invite-form',
  path: '/billing/companies/:company/people/invite',
  permission: 'accounts:propose',
  stepUp: true,
  fields: {
    displayName: textField({ label: labelKey('displayName'), maxLength: 60 }),
    email: textField({ label: labelKey('email'), maxLength: 254 }),
    language: choiceField(labelKey('language'), ['ja', 'en']),
    reason,
    ...roleFields,
  },
  submit: async (deps, { actor, params: { company: companyCode = '' }, input }) => {
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
    return { companyCode, isProposal };
  },
  done: ({ companyCode, isProposal }) => ({
    to: companyHref(companyCode, 'people'),
    flash: isProposal ? 'billing.companies.proposed' : 'billing.companies.is-invited',
  }),
  page: invitePage,
});

/** Changes the roles of a person; further ones that take two people are proposed. */
export const rolesForm = defineForm({
  name: 'billing.roles-form',
  path: '/billing/companies/:company/people/:account/roles',
  permission: 'accounts:write',
  stepUp: true,
  fields: {
    seen: optional(textField({ label: 'billing.companies.seen', maxLength: 120 })),
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
    return { to: companyHref(params['company'] ?? '', `people/${account.id}`), isProposal };
  },
  done: ({ to, isProposal }) => ({
    to,
    flash: isProposal ? 'billing.companies.proposed' : 'billing.companies.roles-changed',
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
  name: 'billing.move-person-form',
  path: '/billing/companies/:company/people/:account/:move',
  permission: 'accounts:write',
  stepUp: true,
  fields: {},
  submit: async (deps, { actor, params }) => {
    const move = moveOf(params['move']);
    const { id: accountId } = await findPerson(deps, { actor, params });
    await moves[move](deps, actor, { accountId });
    return { to: companyHref(params['company'] ?? '', `people/${accountId}`), move };
  },
  done: ({ to, move }) => ({ to, flash: `billing.companies.${move}-done` }),
  page: movePersonPage,
});
