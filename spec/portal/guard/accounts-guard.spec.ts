import { after, before, describe } from 'node:test';
import { companyRoles, staffRoles } from '../../../src/access/permissions.ts';
import { makeCompany } from '../../support/factories.ts';
import { openAccountsSite, type AccountsSite } from '../accounts/accounts-site.ts';
import { companyMatrix, staffMatrix } from './accounts-matrix.ts';
import { makeAccountOf, type GuardAccount } from './accounts-visitors.ts';
import { guardAccounts } from './guard-accounts.ts';

const sites = [
  { audience: 'company', other: 'agent', ...companyMatrix },
  { audience: 'staff', other: 'owner', ...staffMatrix },
] as const;

/** The page that enrols an app or a passkey offers one each time that it is shown, after a refused form too. */
const excused = /\.(account_totp|one_time_token)$/;

describe('every page and form of accounts', () => {
  let site: AccountsSite;
  const accounts = new Map<string, GuardAccount>();
  before(async () => {
    site = await openAccountsSite();
    const { deps } = site.world;
    const { code } = await makeCompany(deps);
    for (const role of [...companyRoles, ...staffRoles])
      accounts.set(role, await makeAccountOf(deps, code, role));
  });
  after(() => site.close());

  for (const matrix of sites)
    guardAccounts({
      ...matrix,
      title: `of the site ${matrix.audience}`,
      excused,
      site: () => site,
      accountOf: (role) => accounts.get(role),
      addressOf: (path) => site.origins[matrix.audience] + path,
    });
});
