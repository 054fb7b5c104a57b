import { supportPortal } from '../../../src/portal/support/support.portal.ts';
import { openSupportSite } from '../support/support-site.ts';
import { supportMatrix } from './support-matrix.ts';
import { walkConsole } from './walk-console.ts';

walkConsole('every page of the support desk in a real Chromium', {
  portal: supportPortal,
  opened: supportMatrix.opened,
  walkers: ['agent', 'lead', 'administrator', 'auditor'],
  open: openSupportSite,
});
