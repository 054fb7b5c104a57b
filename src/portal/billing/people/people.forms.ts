import { proposeChange } from '../../../access/approvals/propose-change.ts';
import { accountInviteApproval, accountRolesApproval } from '../../../accounts/account-approvals.ts';
import { getAccount } from '../../../accounts/account.queries.ts';
import { rolesForTwo } from '../../../accounts/account.rules.ts';
import { inviteAccount } from '../../../accounts/invite-account.ts';
import { addedRoles, setAccountRoles } from '../../../accounts/set-account-roles.ts';
import { defineForm } from '../../kit/define-form.ts';
import { checkField, choiceField, optional, textField } from '../../kit/form-fields.ts';
import { accountIdOf, invitePage, rolesPage } from './people.pages.ts';
import { tickedRoles } from './people.words.rules.ts';

const boxes = {
  agent: checkField('accounts.role.agent'),
  lead: checkField('accounts.role.lead'),
  billing: checkField('accounts.role.billing'),
  'billing-approver': checkField('accounts.role.billing-approver'),
  administrator: checkField('accounts.role.administrator'),
  auditor: checkField('accounts.role.auditor'),
};
const reason = optional(textField({ label: 'billing.people.reason', maxLength: 300 }));

/** One person invites into roles that touch no money; the others are proposed, and another person approves. */
export const inviteForm = defineForm({
  name: 'billing.invite-person-form',
  path: '/billing/people/invite',
  permission: 'accounts:write',
  stepUp: true,
  fields: {
    displayName: textField({ label: 'billing.people.name', maxLength: 60 }),
    email: textField({ label: 'billing.people.email', maxLength: 254 }),
    language: choiceField('billing.people.language', ['ja', 'en']),
    ...boxes,
    reason,
  },
  submit: async (deps, { actor, input }) => {
    const { displayName, email, language } = input;
    const roles = tickedRoles(input);
    const invitation = { audience: 'staff', companyCode: null, displayName, email, language, roles } as const;
    const isForTwo = rolesForTwo(roles).length > 0;
    if (isForTwo)
      await proposeChange(deps, actor, accountInviteApproval, {
        input: invitation,
        reason: input.reason ?? '',
      });
    else await inviteAccount(deps, actor, invitation);
    return { isForTwo };
  },
  done: ({ isForTwo }) => ({
    to: '/billing/people',
    flash: isForTwo ? 'billing.people.proposed' : 'billing.people.invited',
  }),
  page: invitePage,
});

/** What takes rights away, or grants what touches no money, is done at once; the rest is proposed. */
export const rolesForm = defineForm({
  name: 'billing.person-roles-form',
  path: '/billing/people/:id/roles',
  permission: 'accounts:write',
  stepUp: true,
  fields: { ...boxes, reason },
  submit: async (deps, { actor, params, input }) => {
    const accountId = accountIdOf(params);
    const roles = tickedRoles(input);
    const account = await getAccount(deps, actor, accountId);
    const isForTwo = rolesForTwo(addedRoles(account, roles)).length > 0;
    const change = { accountId, roles };
    if (isForTwo)
      await proposeChange(deps, actor, accountRolesApproval, { input: change, reason: input.reason ?? '' });
    else await setAccountRoles(deps, actor, change);
    return { accountId, isForTwo };
  },
  done: ({ accountId, isForTwo }) => ({
    to: `/billing/people/${accountId}`,
    flash: isForTwo ? 'billing.people.proposed' : 'billing.people.changed',
  }),
  page: rolesPage,
});
