import { listPending } from '../../../access/approvals/approval.queries.ts';
import { getAccountFactors } from '../../../accounts/account-factors.queries.ts';
import { getAccount, listAccounts } from '../../../accounts/account.queries.ts';
import { accountSubject } from '../../../accounts/change-account.ts';
import { Problem } from '../../../shared/problem.ts';
import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import {
  inviteView,
  peopleView,
  personView,
  rolesView,
  type PeopleView,
  type PersonView,
  type RolesView,
} from './people.view.rules.ts';

/** The account of an address. @throws Problem `not-found` for an address that names none */
export function accountIdOf({ id = '' }: Readonly<Record<string, string>>): number {
  if (!/^[1-9]\d{0,8}$/.test(id)) throw new Problem('not-found');
  return Number(id);
}

export const peoplePage = definePage({
  name: 'billing.people',
  path: '/billing/people',
  permission: 'accounts:read',
  nav: navIn('people', 'billing.people.nav'),
  query: {
    type: 'object',
    properties: { state: { type: 'string', enum: ['invited', 'active', 'suspended', 'ended'] } },
    additionalProperties: false,
  } as const,
  load: async (deps, { actor, query: { state } }) => ({
    state,
    accounts: await listAccounts(deps, actor, { audience: 'staff', state }),
  }),
  view: peopleView,
  template: template<PeopleView>('billing/people'),
});

export const invitePage = definePage({
  name: 'billing.invite-person',
  path: '/billing/people/invite',
  permission: 'accounts:write',
  load: () => ({}),
  view: inviteView,
  template: template<RolesView>('billing/person-form'),
});

export const personPage = definePage({
  name: 'billing.person',
  path: '/billing/people/:id',
  permission: 'accounts:read',
  load: async (deps, { actor, params }) => {
    const account = await getAccount(deps, actor, accountIdOf(params));
    return {
      account,
      factors: await getAccountFactors(deps, actor, account.id),
      pending: await listPending(deps, accountSubject(account.id)),
    };
  },
  view: personView,
  template: template<PersonView>('billing/person'),
});

export const rolesPage = definePage({
  name: 'billing.person-roles',
  path: '/billing/people/:id/roles',
  permission: 'accounts:write',
  load: (deps, { actor, params }) => getAccount(deps, actor, accountIdOf(params)),
  view: rolesView,
  template: template<RolesView>('billing/person-form'),
});
