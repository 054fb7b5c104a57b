import type { Actor } from '../../../access/actor.ts';
import { listApprovals } from '../../../access/approvals/approval.queries.ts';
import { getAccount, listAccounts } from '../../../accounts/account.queries.ts';
import { getCompany } from '../../../companies/company.queries.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { Problem } from '../../../shared/problem.ts';
import { definePage } from '../../kit/define-page.ts';
import { confirmTemplate, formTemplate, subjectTemplate } from './companies.pages.ts';
import {
  accountMoves,
  inviteView,
  moveView,
  peopleView,
  personView,
  rolesView,
  type AccountMove,
} from './people.view.rules.ts';

interface Asked {
  readonly actor: Actor;
  readonly params: Readonly<Record<string, string>>;
}

async function loadPeople(deps: ServiceDeps, { actor, params: { company: code = '' } }: Asked) {
  const company = await getCompany(deps, actor, code);
  const accounts = await listAccounts(deps, actor, { companyCode: code });
  const known = new Set(accounts.map(({ id }) => id));
  const waiting = await listApprovals(deps, actor, { state: 'pending' });
  const pending = waiting.filter(({ kind, input }) => {
    const { companyCode, accountId } = input as { companyCode?: string; accountId?: number };
    return (
      kind.startsWith('account.') &&
      (companyCode === code || (accountId !== undefined && known.has(accountId)))
    );
  });
  return { company, accounts, pending };
}

/** An account of the company, by the number in the address. @throws Problem `account-not-found` for one of another company */
export async function findPerson(deps: ServiceDeps, { actor, params }: Asked) {
  const text = params['account'] ?? '';
  if (!/^\d{1,9}$/.test(text)) throw new Problem('account-not-found');
  const account = await getAccount(deps, actor, Number(text));
  if (account.companyCode !== params['company']) throw new Problem('account-not-found');
  return account;
}

async function loadPerson(deps: ServiceDeps, asked: Asked) {
  const account = await findPerson(deps, asked);
  const loaded = await loadPeople(deps, asked);
  const isOf = ({ input }: (typeof loaded.pending)[number]) =>
    (input as { accountId?: number }).accountId === account.id;
  return { ...loaded, account, pending: loaded.pending.filter(isOf) };
}

/** What an address asks to do. @throws Problem `not-found` */
export function moveOf(text: string | undefined): AccountMove {
  const move = accountMoves.find((one) => one === text);
  if (!move) throw new Problem('not-found');
  return move;
}

export const peoplePage = definePage({
  name: 'billing.company-people',
  path: '/billing/companies/:company/people',
  permission: 'accounts:read',
  load: loadPeople,
  view: peopleView,
  template: subjectTemplate,
});

export const invitePage = definePage({
  name: 'billing.invite',
  path: '/billing/companies/:company/people/invite',
  permission: 'accounts:propose',
  load: loadPeople,
  view: inviteView,
  template: formTemplate,
});

export const personPage = definePage({
  name: 'billing.company-person',
  path: '/billing/companies/:company/people/:account',
  permission: 'accounts:read',
  load: loadPerson,
  view: personView,
  template: subjectTemplate,
});

export const rolesPage = definePage({
  name: 'billing.roles',
  path: '/billing/companies/:company/people/:account/roles',
  permission: 'accounts:write',
  load: loadPerson,
  view: rolesView,
  template: formTemplate,
});

export const movePersonPage = definePage({
  name: 'billing.move-person',
  path: '/billing/companies/:company/people/:account/:move',
  permission: 'accounts:write',
  load: async (deps, asked) => {
    const move = moveOf(asked.params['move']);
    return { ...(await loadPerson(deps, asked)), move };
  },
  view: moveView,
  template: confirmTemplate,
});
