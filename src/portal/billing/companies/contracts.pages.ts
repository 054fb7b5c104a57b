import type { Actor } from '../../../access/actor.ts';
import { can } from '../../../access/can.rules.ts';
import { listPending } from '../../../access/approvals/approval.queries.ts';
import { getCompany, listContracts } from '../../../companies/company.queries.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { businessDateOf } from '../../../shared/calendar.rules.ts';
import { Problem } from '../../../shared/problem.ts';
import { listTariffs } from '../../../tariffs/tariff.queries.ts';
import { definePage } from '../../kit/define-page.ts';
import { formTemplate, subjectTemplate } from './companies.pages.ts';
import { endContractView, newContractView } from './contract-form.view.rules.ts';
import { contractsView, contractView } from './contracts.view.rules.ts';

interface Asked {
  readonly actor: Actor;
  readonly params: Readonly<Record<string, string>>;
}

async function loadContracts(deps: ServiceDeps, { actor, params: { company: code = '' } }: Asked) {
  return {
    company: await getCompany(deps, actor, code),
    contracts: await listContracts(deps, actor, code),
    tariffs: await listTariffs(deps, actor),
    pending: can(actor, 'approvals:read') ? await listPending(deps, `company:${code}`) : [],
    today: businessDateOf(deps.clock.now(), deps.config.timeZone),
  };
}

async function loadContract(deps: ServiceDeps, asked: Asked) {
  const loaded = await loadContracts(deps, asked);
  const contract = loaded.contracts.find(({ validFrom }) => validFrom === asked.params['from']);
  if (!contract) throw new Problem('contract-not-found');
  return { ...loaded, contract };
}

export const contractsPage = definePage({
  name: 'billing.company-contracts',
  path: '/billing/companies/:company/contracts',
  permission: 'contracts:read',
  load: loadContracts,
  view: contractsView,
  template: subjectTemplate,
});

export const newContractPage = definePage({
  name: 'billing.new-contract',
  path: '/billing/companies/:company/contracts/new',
  permission: 'contracts:propose',
  load: loadContracts,
  view: newContractView,
  template: formTemplate,
});

export const contractPage = definePage({
  name: 'billing.contract',
  path: '/billing/companies/:company/contracts/:from',
  permission: 'contracts:read',
  load: loadContract,
  view: contractView,
  template: subjectTemplate,
});

export const endContractPage = definePage({
  name: 'billing.end-contract',
  path: '/billing/companies/:company/contracts/:from/end',
  permission: 'contracts:propose',
  load: loadContract,
  view: endContractView,
  template: formTemplate,
});
