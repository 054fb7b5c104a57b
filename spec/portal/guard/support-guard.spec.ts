import { after, before, describe } from 'node:test';
import { supportPortal } from '../../../src/portal/support/support.portal.ts';
import { openSupportSite, type SupportSite } from '../support/support-site.ts';
import { supportMatrix } from './support-matrix.ts';
import { guardAccounts } from './guard-accounts.ts';

describe('every page, form and file of the support desk', () => {
  let site: SupportSite;
  before(async () => void (site = await openSupportSite()));
  after(() => site.close());

  guardAccounts({
    ...supportMatrix,
    title: 'on the staff listener',
    audience: 'staff',
    other: 'owner',
    downloads: (supportPortal.downloads ?? []).map(({ name }) => name),
    site: () => site,
    accountOf: (role) => site.accounts.get(role),
    addressOf: (path) => site.addressOf(path),
  });
});
