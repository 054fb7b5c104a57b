import { can } from '../../../access/can.rules.ts';
import { listApprovals, listPending } from '../../../access/approvals/approval.queries.ts';
import { businessDateOf } from '../../../shared/calendar.rules.ts';
import { Problem } from '../../../shared/problem.ts';
import { listTariffUses } from '../../../tariffs/tariff-use.queries.ts';
import { listTariffs } from '../../../tariffs/tariff.queries.ts';
import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import { subjectTemplate } from './companies.pages.ts';
import { loadSimulation, simulationQuery } from './load-simulation.ts';
import { simulationView, type SimulationView } from './simulation.view.rules.ts';
import { draftView, tariffsView, tariffView, type DraftView } from './tariffs.view.rules.ts';

const text = { type: 'string', maxLength: 1_000 } as const;

export const tariffsPage = definePage({
  name: 'billing.tariffs',
  path: '/billing/tariffs',
  permission: 'tariffs:read',
  nav: navIn('companies', 'billing.companies.tariff.nav', 1),
  load: async (deps, { actor }) => ({
    tariffs: await listTariffs(deps, actor),
    uses: await listTariffUses(deps, actor, {}),
    today: businessDateOf(deps.clock.now(), deps.config.timeZone),
  }),
  view: tariffsView,
  template: subjectTemplate,
});

export const tariffDraftPage = definePage({
  name: 'billing.tariff-draft',
  path: '/billing/tariffs/draft',
  permission: 'tariffs:propose',
  query: {
    type: 'object',
    properties: {
      code: text,
      validFrom: text,
      name: text,
      nameEn: text,
      monthlyBaseMinor: text,
      percent: text,
      perLineMinimumMinor: text,
      bands: text,
      itemFlat: text,
      itemStep: text,
      itemAbove: text,
      commission: text,
    },
    additionalProperties: false,
  } as const,
  load: async (deps, { actor, query }) => ({
    query,
    tariffs: await listTariffs(deps, actor),
    uses: await listTariffUses(deps, actor, {}),
    pending: (await listApprovals(deps, actor, { state: 'pending' })).filter(
      ({ kind }) => kind === 'tariff.add',
    ),
    today: businessDateOf(deps.clock.now(), deps.config.timeZone),
  }),
  view: draftView,
  template: template<DraftView>('billing/tariff-draft'),
});

export const simulationPage = definePage({
  name: 'billing.tariff-simulation',
  path: '/billing/tariffs/simulate',
  permission: 'settlements:read',
  query: simulationQuery,
  load: loadSimulation,
  view: simulationView,
  template: template<SimulationView>('billing/simulation'),
});

export const tariffPage = definePage({
  name: 'billing.tariff',
  path: '/billing/tariffs/:code',
  permission: 'tariffs:read',
  load: async (deps, { actor, params: { code = '' } }) => {
    const tariffs = (await listTariffs(deps, actor)).filter((tariff) => tariff.code === code);
    if (tariffs.length === 0) throw new Problem('tariff-not-found');
    return {
      code,
      tariffs,
      uses: await listTariffUses(deps, actor, { code }),
      pending: can(actor, 'approvals:read') ? await listPending(deps, `tariff:${code}`) : [],
      today: businessDateOf(deps.clock.now(), deps.config.timeZone),
    };
  },
  view: tariffView,
  template: subjectTemplate,
});
