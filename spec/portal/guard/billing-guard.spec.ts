import { after, before, describe } from 'node:test';
import { billingPortal } from '../../../src/portal/billing/billing.portal.ts';
import { openBillingSite, type BillingSite } from '../billing/billing-site.ts';
import { billingMatrix } from './billing-matrix.ts';
import { guardAccounts } from './guard-accounts.ts';

describe('every page, form and file of the console of billing', () => {
  let site: BillingSite;
  before(async () => void (site = await openBillingSite()));
  after(() => site.close());

  guardAccounts({
    ...billingMatrix,
    title: 'on the staff listener',
    audience: 'staff',
    other: 'owner',
    downloads: (billingPortal.downloads ?? []).map(({ name }) => name),
    site: () => site,
    accountOf: (role) => site.accounts.get(role),
    addressOf: (path) => site.addressOf(path),
  });
});
