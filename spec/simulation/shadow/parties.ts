import type { Shadow, ShadowCompany, ShadowSubscriber, ShadowTenure } from './state.ts';
import { refused } from './outcome.ts';

export type Contract = ShadowCompany['contracts'][number];

export const covers = (range: { from: string; to: string | null }, date: string): boolean =>
  range.from <= date && (range.to === null || date < range.to);

/** The contract a company sells a service under on a day, or why it may not. */
export function sellerOn(
  shadow: Shadow,
  sale: { company: string; service: string },
  date: string,
): Contract | string {
  const company = shadow.companies.get(sale.company);
  if (!company?.services.includes(sale.service)) return refused('service-not-found');
  if (company.state !== 'active') return refused('company-suspended');
  return company.contracts.find((contract) => covers(contract, date)) ?? refused('contract-missing');
}

/** The tenure a subscriber's ID was issued under. */
export function tenureOf(shadow: Shadow, subscriber: ShadowSubscriber): ShadowTenure {
  return shadow.lines.get(subscriber.line)!.tenures.find(({ from }) => from === subscriber.holderFrom)!;
}

/** Whether a subscriber may buy on a day: the ID lives, the line is active, and its holder holds it that day. */
export function mayBuy(shadow: Shadow, subscriber: ShadowSubscriber, date: string): boolean {
  const line = shadow.lines.get(subscriber.line)!;
  return (
    subscriber.endedOn === null && line.status === 'active' && covers(tenureOf(shadow, subscriber), date)
  );
}

export function isContract(seller: Contract | string): seller is Contract {
  return typeof seller !== 'string';
}
