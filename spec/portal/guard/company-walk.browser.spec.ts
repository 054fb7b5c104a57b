import { companyDeskPortal } from '../../../src/portal/company/company.portal.ts';
import { openCompanySite } from '../company/company-site.ts';
import { companyDeskMatrix } from './company-matrix.ts';
import { walkConsole } from './walk-console.ts';

walkConsole("every page of a company's portal in a real Chromium", {
  portal: companyDeskPortal,
  audience: 'company',
  opened: companyDeskMatrix.opened,
  walkers: ['owner', 'finance', 'developer', 'support', 'partner'],
  open: openCompanySite,
});
