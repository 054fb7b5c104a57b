import { lowestLimit } from './money.ts';
import { ageAt } from './calendar.ts';
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

interface Wish {
  readonly subscriber: ShadowSubscriber;
  readonly contract: Contract;
  readonly date: string;
  readonly period: string;
  readonly amount: number;
}

/** Why an amount is too much: for the contract, or for what is left of the line's month. */
export function tooMuch(shadow: Shadow, wish: Wish): string | undefined {
  const { subscriber, contract, date, period, amount } = wish;
  if (amount > contract.perChargeMax) return refused('amount-above-contract');
  const { birthDate } = tenureOf(shadow, subscriber);
  const limit = lowestLimit({
    age: birthDate === null ? null : ageAt(birthDate, date),
    own: [shadow.lines.get(subscriber.line)!.limit, subscriber.limit],
  });
  const spent = spentOn(shadow, subscriber.line, period);
  return spent + amount > limit ? refused('limit-exceeded') : undefined;
}

/** What a line has bought or reserved in a period, added up from its charges. */
export function spentOn(shadow: Shadow, line: string, period: string): number {
  let spent = 0;
  for (const charge of shadow.charges.values()) {
    if (charge.line !== line) continue;
    if (charge.captured?.period === period) spent += charge.captured.amount;
    const isReserved = charge.state === 'authorized' && charge.reservedPeriod === period;
    if (isReserved && !shadow.faults.forgetsReserved) spent += charge.amount;
  }
  return spent;
}

export function isContract(seller: Contract | string): seller is Contract {
  return typeof seller !== 'string';
}
