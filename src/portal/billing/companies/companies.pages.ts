import { can } from '../../../access/can.rules.ts';
import { listPending } from '../../../access/approvals/approval.queries.ts';
import { searchCompanies } from '../../../companies/company-list.queries.ts';
import { getCompany } from '../../../companies/company.queries.ts';
import { listPartyChanges } from '../../../companies/party-change.queries.ts';
import { listPartyVersions } from '../../../companies/party-versions.queries.ts';
import { businessDateOf } from '../../../shared/calendar.rules.ts';
import { Problem } from '../../../shared/problem.ts';
import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import {
  companyStateView,
  editCompanyView,
  newCompanyView,
  withdrawChangeView,
  type ConfirmPageView,
} from './company-form.view.rules.ts';
import { companiesView, type CompaniesView } from './company-list.view.rules.ts';
import { companyView } from './company.view.rules.ts';
import { seenOf } from './seen.rules.ts';
import type { FormPageView, SubjectView } from './subject.types.ts';

export const subjectTemplate = template<SubjectView>('billing/subject');
export const formTemplate = template<FormPageView>('billing/subject-form');
export const confirmTemplate = template<ConfirmPageView>('kit/confirm-page');

export const companiesPage = definePage({
  name: 'billing.companies',
  path: '/billing/companies',
  permission: 'companies:read',
  nav: navIn('companies', 'billing.companies.nav'),
  query: {
    type: 'object',
    properties: {
      text: { type: 'string', maxLength: 120 },
      state: { type: 'string', enum: ['active', 'suspended'] },
      after: { type: 'string', pattern: '^[a-z0-9-]{1,32}$' },
    },
    additionalProperties: false,
  } as const,
  load: async (deps, { actor, query }) => ({ query, found: await searchCompanies(deps, actor, query) }),
  view: companiesView,
  template: template<CompaniesView>('billing/companies'),
});

export const newCompanyPage = definePage({
  name: 'billing.new-company',
  path: '/billing/companies/new',
  permission: 'companies:write',
  load: () => undefined,
  view: newCompanyView,
  template: formTemplate,
});

export const companyPage = definePage({
  name: 'billing.company',
  path: '/billing/companies/:company',
  permission: 'companies:read',
  load: async (deps, { actor, params: { company: code = '' } }) => ({
    company: await getCompany(deps, actor, code),
    changes: await listPartyChanges(deps, actor, code),
    versions: await listPartyVersions(deps, actor, code),
    pending: can(actor, 'approvals:read') ? await listPending(deps, `company:${code}`) : [],
  }),
  view: companyView,
  template: subjectTemplate,
});

export const editCompanyPage = definePage({
  name: 'billing.edit-company',
  path: '/billing/companies/:company/edit',
  permission: 'companies:write',
  load: async (deps, { actor, params: { company: code = '' } }) => {
    const company = await getCompany(deps, actor, code);
    const today = businessDateOf(deps.clock.now(), deps.config.timeZone);
    return { company, seen: seenOf(company), today };
  },
  view: editCompanyView,
  template: formTemplate,
});

/** The state that an address names. @throws Problem `not-found` */
export function stateOf(text: string | undefined): 'active' | 'suspended' {
  if (text === 'active' || text === 'suspended') return text;
  throw new Problem('not-found');
}

export const companyStatePage = definePage({
  name: 'billing.company-state',
  path: '/billing/companies/:company/state/:state',
  permission: 'companies:write',
  load: async (deps, { actor, params: { company: code = '', state } }) => ({
    company: await getCompany(deps, actor, code),
    state: stateOf(state),
  }),
  view: companyStateView,
  template: confirmTemplate,
});

export const withdrawChangePage = definePage({
  name: 'billing.withdraw-change',
  path: '/billing/companies/:company/changes/:change/withdraw',
  permission: 'companies:write',
  load: async (deps, { actor, params: { company: code = '', change: id } }) => {
    const company = await getCompany(deps, actor, code);
    const changes = await listPartyChanges(deps, actor, code);
    const change = changes.find((one) => one.id === id && one.state === 'waiting');
    if (!change) throw new Problem('party-change-not-found');
    return { company, change };
  },
  view: withdrawChangeView,
  template: confirmTemplate,
});
