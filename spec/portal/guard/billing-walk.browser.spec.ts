import { billingPortal } from '../../../src/portal/billing/billing.portal.ts';
import { openBillingSite } from '../billing/billing-site.ts';
import { billingMatrix } from './billing-matrix.ts';
import { walkConsole } from './walk-console.ts';

walkConsole('every page of the console of billing in a real Chromium', {
  portal: billingPortal,
  opened: billingMatrix.opened,
  walkers: ['billing', 'billing-approver', 'administrator', 'lead', 'auditor'],
  open: openBillingSite,
});
