import type { Actor } from '../../../access/actor.ts';
import { getAccount, listAccounts } from '../../../accounts/account.queries.ts';
import { listPendingAccountChanges } from '../../../accounts/pending-account-changes.queries.ts';
import { getOwnCompany } from '../../../companies/own-company.queries.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { Problem } from '../../../shared/problem.ts';
import { definePage } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import type { FormPageView } from '../form.types.ts';
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

async function loadPeople(deps: ServiceDeps, { actor }: Pick<Asked, 'actor'>) {
  const { code } = await getOwnCompany(deps, actor);
  return {
    code,
    accounts: await listAccounts(deps, actor, { companyCode: code }),
    pending: await listPendingAccountChanges(deps, actor),
  };
}

export type LoadedPeople = Awaited<ReturnType<typeof loadPeople>>;

/** An account of the company, by the number in the address. @throws Problem `account-not-found` for one of another company */
export async function findPerson(deps: ServiceDeps, { actor, params }: Asked) {
  const text = params['account'] ?? '';
  if (!/^\d{1,9}$/.test(text)) throw new Problem('account-not-found');
  return await getAccount(deps, actor, Number(text));
}

async function loadPerson(deps: ServiceDeps, asked: Asked) {
  const account = await findPerson(deps, asked);
  const pending = await listPendingAccountChanges(deps, asked.actor);
  const isOf = ({ input }: (typeof pending)[number]) =>
    (input as { accountId?: number }).accountId === account.id;
  return { account, pending: pending.filter(isOf), isSelf: isSelf(asked.actor, account.id) };
}

export type LoadedPerson = Awaited<ReturnType<typeof loadPerson>>;

const isSelf = (actor: Actor, id: number) => actor.kind === 'company-user' && actor.account === `acct-${id}`;

/** What an address asks to do. @throws Problem `not-found` */
export function moveOf(text: string | undefined): AccountMove {
  const move = accountMoves.find((one) => one === text);
  if (!move) throw new Problem('not-found');
  return move;
}

const sections = template<SectionsView>('kit/sections');
const form = template<FormPageView>('company/form');

/** The people of the company who sign in. */
export const peoplePage = definePage({
  name: 'company.people',
  path: '/company/people',
  permission: 'accounts:read',
  nav: navIn('people', 'company.people.nav'),
  load: loadPeople,
  view: peopleView,
  template: sections,
});

export const invitePage = definePage({
  name: 'company.invite',
  path: '/company/people/invite',
  permission: 'accounts:write',
  load: () => ({}),
  view: (_, frame) => inviteView(frame),
  template: form,
});

export const personPage = definePage({
  name: 'company.person',
  path: '/company/people/:account',
  permission: 'accounts:read',
  load: loadPerson,
  view: personView,
  template: sections,
});

export const rolesPage = definePage({
  name: 'company.roles',
  path: '/company/people/:account/roles',
  permission: 'accounts:write',
  load: loadPerson,
  view: rolesView,
  template: form,
});

/** Asks before an account is suspended, opened again, invited again or ended. */
export const movePersonPage = definePage({
  name: 'company.move-person',
  path: '/company/people/:account/:move',
  permission: 'accounts:write',
  load: async (deps, asked) => {
    const move = moveOf(asked.params['move']);
    return { ...(await loadPerson(deps, asked)), move };
  },
  view: moveView,
  template: sections,
});
