import { getCompany, getService, listServices } from '../../../companies/company.queries.ts';
import { businessDateOf } from '../../../shared/calendar.rules.ts';
import { definePage } from '../../kit/define-page.ts';
import { confirmTemplate, formTemplate, stateOf, subjectTemplate } from './companies.pages.ts';
import { seenOf } from './seen.rules.ts';
import {
  editServiceView,
  newServiceView,
  serviceStateView,
  servicesView,
  serviceView,
} from './services.view.rules.ts';

type Params = Readonly<Record<string, string>>;

const companyOf = ({ company = '' }: Params) => company;
const keyOf = ({ company: companyCode = '', service: code = '' }: Params) => ({ companyCode, code });

export const servicesPage = definePage({
  name: 'billing.company-services',
  path: '/billing/companies/:company/services',
  permission: 'companies:read',
  load: async (deps, { actor, params }) => ({
    company: await getCompany(deps, actor, companyOf(params)),
    services: await listServices(deps, actor, companyOf(params)),
  }),
  view: servicesView,
  template: subjectTemplate,
});

export const newServicePage = definePage({
  name: 'billing.new-service',
  path: '/billing/companies/:company/services/new',
  permission: 'services:write',
  load: async (deps, { actor, params }) => ({ company: await getCompany(deps, actor, companyOf(params)) }),
  view: newServiceView,
  template: formTemplate,
});

export const servicePage = definePage({
  name: 'billing.service',
  path: '/billing/companies/:company/services/:service',
  permission: 'companies:read',
  load: async (deps, { actor, params }) => ({
    company: await getCompany(deps, actor, companyOf(params)),
    service: await getService(deps, actor, keyOf(params)),
  }),
  view: serviceView,
  template: subjectTemplate,
});

export const editServicePage = definePage({
  name: 'billing.edit-service',
  path: '/billing/companies/:company/services/:service/edit',
  permission: 'services:write',
  load: async (deps, { actor, params }) => {
    const service = await getService(deps, actor, keyOf(params));
    const today = businessDateOf(deps.clock.now(), deps.config.timeZone);
    return {
      company: await getCompany(deps, actor, companyOf(params)),
      service,
      seen: seenOf(service),
      today,
    };
  },
  view: editServiceView,
  template: formTemplate,
});

export const serviceStatePage = definePage({
  name: 'billing.service-state',
  path: '/billing/companies/:company/services/:service/state/:state',
  permission: 'services:write',
  load: async (deps, { actor, params }) => ({
    company: await getCompany(deps, actor, companyOf(params)),
    service: await getService(deps, actor, keyOf(params)),
    state: stateOf(params['state']),
  }),
  view: serviceStateView,
  template: confirmTemplate,
});
