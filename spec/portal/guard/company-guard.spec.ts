import { after, before, describe } from 'node:test';
import { companyDeskPortal } from '../../../src/portal/company/company.portal.ts';
import { openCompanySite, type CompanySite } from '../company/company-site.ts';
import { companyDeskMatrix } from './company-matrix.ts';
import { guardAccounts } from './guard-accounts.ts';

describe("every page, form and file of a company's portal", () => {
  let site: CompanySite;
  before(async () => void (site = await openCompanySite()));
  after(() => site.close());

  guardAccounts({
    ...companyDeskMatrix,
    title: 'on the public listener',
    audience: 'company',
    other: 'agent',
    downloads: (companyDeskPortal.downloads ?? []).map(({ name }) => name),
    site: () => site,
    accountOf: (role) => site.accounts.get(role),
    addressOf: (path) => site.addressOf(path),
  });
});
