import type { Config } from '../../config/config.ts';
import { apiEndpoints } from '../api-endpoints.ts';
import { companyPortal, staffPortal } from './accounts/accounts.portals.ts';
import { answersPortal } from './answers/answers.portal.ts';
import { billingPortal } from './billing/billing.portal.ts';
import { checkoutPortal } from './checkout/checkout.portal.ts';
import { companiesPortal } from './companies/companies.portal.ts';
import { companyDeskPortal } from './company/company.portal.ts';
import { consolePortal } from './components/console.portal.ts';
import { componentsPortal } from './components/components.portal.ts';
import { docsPortal } from './docs/docs.portal.ts';
import type { Portal } from './kit/define-portal.ts';
import { myPortal } from './my/my.portal.ts';
import { supportPortal } from './support/support.portal.ts';
import { startPortal } from './start/start.portal.ts';

/** Every portal of the service: the one list that the routers and the guard specs read. Some are there in development only. */
export function createPortals(config: Config): readonly Portal[] {
  const portals = [
    startPortal(config),
    companiesPortal,
    myPortal,
    docsPortal(config, apiEndpoints),
    answersPortal,
    checkoutPortal,
    companyPortal,
    companyDeskPortal,
    staffPortal,
    billingPortal,
    supportPortal,
    componentsPortal,
    consolePortal,
  ];
  return portals.filter(({ isForDevelopment }) => config.mode === 'development' || !isForDevelopment);
}
