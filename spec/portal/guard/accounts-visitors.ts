import { createHash, randomUUID } from 'node:crypto';
import { companyRoles, type CompanyRole, type StaffRole } from '../../../src/access/permissions.ts';
import type { AccountAudience } from '../../../src/accounts/account.rules.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import type { Deps } from '../../../src/deps.ts';
import type { PageSession } from '../../../src/identity/page-session.ts';
import { makeInvited } from '../../support/accounts.ts';
import { PageClient } from '../../support/page-client.ts';
import type { Visitor } from './guard-site.ts';

type AccountRole = CompanyRole | StaffRole;

/** The cookie of each audience. */
const cookies = { company: 'tabane.company', staff: 'tabane.staff' } as const;

/** An active account with one role. No password opens it: it is there for sessions that are written to the table. */
export async function makeAccountOf(deps: Deps, companyCode: string, role: AccountRole) {
  const isOfCompany = (companyRoles as readonly string[]).includes(role);
  const { account } = await makeInvited(deps, {
    roles: [role],
    audience: isOfCompany ? 'company' : 'staff',
    companyCode: isOfCompany ? companyCode : null,
  });
  await sqlOf(deps.orm.em.fork())
    .updateTable('account')
    .set({ state: 'active', passwordHash: 'none', activatedAt: deps.clock.now() })
    .where('id', '=', account.id)
    .execute();
  return { id: account.id, audience: account.audience, credentialVersion: account.credentialVersion };
}

export type GuardAccount = Awaited<ReturnType<typeof makeAccountOf>>;

/** A browser with a session of an account, sent to a site: that of the account or the other one. */
export async function signInAccount(
  deps: Deps,
  account: GuardAccount,
  at: AccountAudience,
): Promise<Visitor> {
  const now = deps.clock.now();
  const [key, token] = [randomUUID(), randomUUID()];
  const content: PageSession = {
    startedAt: now.getTime(),
    formToken: token,
    accountId: account.id,
    accountProof: {
      credentialVersion: account.credentialVersion,
      provenBy: 'second-factor',
      factorAt: now.getTime(),
    },
  };
  await sqlOf(deps.orm.em.fork())
    .insertInto('session')
    .values({
      idHash: createHash('sha256').update(key).digest('hex'),
      content: content as never,
      expiresAt: new Date(now.getTime() + 30 * 60_000),
      audience: account.audience,
      subscriberId: null,
      accountId: account.id,
      createdAt: now,
      lastSeenAt: now,
      address: '127.0.0.1',
      userAgent: 'guard',
    })
    .execute();
  const client = new PageClient();
  client.cookies.set(cookies[at], key);
  return { client, token: account.audience === at ? token : undefined };
}
