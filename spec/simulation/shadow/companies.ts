import type { EventBodies } from '../history.ts';
import { bornTariffs } from './money.ts';
import { refused } from './outcome.ts';
import type { Contract } from './parties.ts';
import type { Shadow } from './state.ts';

export function changeCompany(shadow: Shadow, { company, state }: EventBodies['change-company']): string {
  shadow.companies.get(company)!.state = state;
  return state;
}

type Range = Pick<Contract, 'from' | 'to'>;
const endsAfter = (one: Range, day: string): boolean => one.to === null || day < one.to;
const overlap = (a: Range, b: Range): boolean => endsAfter(a, b.from) && endsAfter(b, a.from);

export function endContract(shadow: Shadow, { company, from, to }: EventBodies['end-contract']): string {
  if (to <= shadow.today || to <= from) return refused('invalid-request');
  const { contracts } = shadow.companies.get(company)!;
  const contract = contracts.find((one) => one.from === from);
  if (!contract) return refused('contract-not-found');
  if (contracts.some((one) => one !== contract && overlap(one, { from, to })))
    return refused('contract-overlaps');
  contract.to = to;
  return 'ends';
}

export function concludeContract(shadow: Shadow, body: EventBodies['conclude-contract']): string {
  const { contracts } = shadow.companies.get(body.company)!;
  const { contract } = body;
  if (!tariffOn(shadow, contract.tariff, contract.from)) return refused('tariff-not-found');
  if (contracts.some((one) => overlap(one, contract))) return refused('contract-overlaps');
  const isSettled = shadow.settlements.some(
    ({ company, period, state }) =>
      company === body.company && period >= contract.from.slice(0, 7) && state !== 'rejected',
  );
  if (isSettled) return refused('month-settled');
  contracts.push({ ...contract });
  return 'concluded';
}

/** The version of a tariff on a day: one of the simulation's, or the published one by its name. */
export function tariffOn(shadow: Shadow, code: string, day: string) {
  const added = shadow.tariffs.filter(({ tariff, from }) => tariff === code && from <= day);
  const youngest = added.sort((a, b) => (a.from < b.from ? -1 : 1)).at(-1);
  const born = bornTariffs[code];
  return youngest ?? (born !== undefined && born <= day ? code : undefined);
}

export function addTariff(shadow: Shadow, plan: EventBodies['add-tariff']): string {
  const own = shadow.tariffs.filter(({ tariff }) => tariff === plan.tariff).map(({ from }) => from);
  const born = bornTariffs[plan.tariff];
  const versions = born === undefined ? own : [born, ...own];
  if (versions.includes(plan.from)) return refused('already-exists');
  const isNext = versions.every((from) => from < plan.from) && plan.from > shadow.today;
  if (versions.length > 0 && !isNext) return refused('illegal-state');
  shadow.tariffs.push(plan);
  return 'added';
}
