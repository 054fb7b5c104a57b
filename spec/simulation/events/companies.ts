import { addTariff } from '../../../src/tariffs/add-tariff.ts';
import { changeCompanyState } from '../../../src/companies/change-company-state.ts';
import { createContract } from '../../../src/contracts/create-contract.ts';
import { endContract } from '../../../src/contracts/end-contract.ts';
import { planContract, TARIFFS } from '../plan/plan-world.ts';
import { DAY_MS, MINUTE_MS, type Planner } from '../plan/planner.ts';
import { contractColumns } from '../service/create-service.ts';
import * as shadow from '../shadow/companies.ts';
import type { EventKinds } from './event-kind.ts';
import { staff } from '../../support/actors.ts';

type CompanyKinds = 'change-company' | 'end-contract' | 'conclude-contract' | 'add-tariff';

const actor = staff('simulation');
const biller = { kind: 'staff', account: 'simulation', roles: ['billing'], provenBy: 'nothing' } as const;

export const companyKinds: Pick<EventKinds, CompanyKinds> = {
  'change-company': {
    weight: 1,
    plan(planner, atMs) {
      const { company } = planner.random.pick(planner.world.companies);
      planner.add(atMs, 'change-company', { company, state: 'suspended' });
      planner.add(atMs + planner.random.below(2 * DAY_MS), 'change-company', { company, state: 'active' });
    },
    foresee: shadow.changeCompany,
    perform: async ({ deps }, { company, state }) =>
      (await changeCompanyState(deps, actor, { companyCode: company, state })).state,
  },
  'end-contract': {
    weight: 2,
    plan: planContractChange,
    foresee: shadow.endContract,
    async perform({ deps }, { company, from, to }) {
      await endContract(deps, biller, { companyCode: company, validFrom: from, validTo: to });
      return 'ends';
    },
  },
  'conclude-contract': {
    foresee: shadow.concludeContract,
    async perform({ deps }, { company, contract }) {
      await createContract(deps, biller, { companyCode: company, ...contractColumns(contract) });
      return 'concluded';
    },
  },
  'add-tariff': {
    weight: 1,
    plan: planTariff,
    foresee: shadow.addTariff,
    async perform({ deps }, { tariff: code, from, base, percentBps, perLineMinimum }) {
      const parts = { monthlyBaseMinor: base, percentBps, bands: [] };
      const definition = { ...parts, perLineMinimumMinor: perLineMinimum };
      await addTariff(deps, actor, { code, validFrom: from, name: code, nameEn: code, definition });
      return 'added';
    },
  },
};

/** First day of a month so many after that of a date. */
function firstOfMonth(date: string, later: number): string {
  return Temporal.PlainDate.from(date).with({ day: 1 }).add({ months: later }).toString();
}

/** The contract ends with a month; another follows at once, after a month without, or, concluded too late, from then on after all. */
function planContractChange(planner: Planner, atMs: number): void {
  const { random } = planner;
  const { company, model } = random.pick(planner.world.companies);
  const { from } = planner.contracts.get(company)!;
  const to = firstOfMonth(planner.dateOf(atMs), random.pick([1, 1, 2]));
  if (to <= from) return;
  planner.add(atMs, 'end-contract', { company, from, to });
  const gapMonths = random.pick([0, 0, 0, 1]);
  // Tariffs created during the history may not exist by then.
  const tariff = random.pick([...TARIFFS, ...TARIFFS, 'house-1', 'house-2']);
  const contract = planContract(random, { from: firstOfMonth(to, gapMonths), tariff, model });
  const isLate = planner.oneIn(5);
  const concludedMs = isLate ? planner.startOf(contract.from) + random.below(40 * DAY_MS) : atMs + MINUTE_MS;
  planner.add(concludedMs, 'conclude-contract', { company, contract });
  planner.contracts.set(company, contract);
}

function planTariff(planner: Planner, atMs: number): void {
  const { random } = planner;
  planner.add(atMs, 'add-tariff', {
    tariff: random.pick(['flets-2011', 'house-1', 'house-2', 'west-2004']),
    from: firstOfMonth(planner.dateOf(atMs), random.pick([0, 1, 1, 2])),
    base: random.pick([0, 0, 2_000]),
    percentBps: random.pick([0, 333, 700]),
    perLineMinimum: random.pick([0, 30, 45]),
  });
}
