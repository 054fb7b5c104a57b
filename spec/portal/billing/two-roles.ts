import type { StaffRole } from '../../../src/access/permissions.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import type { StaffActor } from '../../../src/access/actor.ts';
import { accountReference } from '../../../src/access/account-reference.rules.ts';
import { makeInvited } from '../../support/accounts.ts';
import { signInAccount } from '../guard/accounts-visitors.ts';
import type { BillingSite } from './billing-site.ts';

/** Somebody with several roles, signed in, and the same person as the use cases know them. */
export async function enterWithRoles(site: BillingSite, roles: readonly StaffRole[]) {
  const { deps } = site.world;
  const { account } = await makeInvited(deps, { roles: [...roles] });
  await sqlOf(deps.orm.em.fork())
    .updateTable('account')
    .set({ state: 'active', passwordHash: 'none', activatedAt: deps.clock.now() })
    .where('id', '=', account.id)
    .execute();
  const { client, token = '' } = await signInAccount(deps, account, 'staff');
  const actor: StaffActor = {
    kind: 'staff',
    account: accountReference(account.id),
    roles,
    provenBy: 'second-factor',
  };
  return {
    actor,
    get: (path: string) => client.get(site.addressOf(path)),
    send: (path: string, fields: Readonly<Record<string, string>> = {}) =>
      client.post(site.addressOf(path), { form_token: token, ...fields }),
  };
}
