import { can } from '../../../access/can.rules.ts';
import { listOpenCasesOfCompany } from '../../../cases/cases-of-company.queries.ts';
import { getCompany, listServices } from '../../../companies/company.queries.ts';
import { getComplaintRates } from '../../../watch/complaint-rate.queries.ts';
import { definePage } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { companyView, MAX_CASES } from './company.view.rules.ts';

/** A company as a caller asks about it: how it is reached, how its services are cancelled, and what others complain of. */
export const companyPage = definePage({
  name: 'support.company',
  path: '/support/companies/:company',
  permission: 'support-desk:read',
  under: '/support',
  load: async (deps, { actor, params }) => {
    const companyCode = params['company'] ?? '';
    const company = await getCompany(deps, actor, companyCode);
    const readsCases = can(actor, 'cases:read');
    return {
      company,
      services: await listServices(deps, actor, companyCode),
      rates: readsCases ? await getComplaintRates(deps, actor, { companyCode }) : undefined,
      cases: readsCases
        ? await listOpenCasesOfCompany(deps, actor, { companyCode, limit: MAX_CASES + 1 })
        : undefined,
    };
  },
  view: companyView,
  template: template<SectionsView>('kit/sections'),
});
