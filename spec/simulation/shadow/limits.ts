import { buyerOf, isOpen } from './authorizations.ts';
import { ageAt, closeOf } from './calendar.ts';
import { lowestLimit } from './money.ts';
import { refused } from './outcome.ts';
import { tenureOf, type Contract } from './parties.ts';
import type { Shadow, ShadowCharge, ShadowSubscriber } from './state.ts';

interface LimitRequest {
  readonly subscriber: ShadowSubscriber;
  readonly contract: Contract;
  readonly date: string;
  readonly period: string;
  readonly amount: number;
  /** False for what is to be captured later. */
  readonly automatic?: boolean;
}

/** Why an amount is too much: for the contract, for what the tenure has left of the month, or the ID of its own. */
export function tooMuch(shadow: Shadow, input: LimitRequest): string | undefined {
  const { subscriber, contract, date, period, amount } = input;
  if (amount > contract.perChargeMax) return refused('amount-above-contract');
  const { birthDate } = tenureOf(shadow, subscriber);
  const age = birthDate === null ? null : ageAt(birthDate, date);
  const limit = lowestLimit({ age, own: [shadow.lines.get(subscriber.line)!.limit] });
  const periods = input.automatic === false ? landingPeriods(shadow, subscriber, period) : [period];
  for (const one of periods) {
    const ofTenure = spentOn(shadow, one, (charge) => isOfTenure(charge, subscriber));
    const own = spentOn(shadow, one, (charge) => buyerOf(shadow, charge) === subscriber);
    if (ofTenure + amount > limit || own + amount > (subscriber.limit ?? Infinity))
      return refused('limit-exceeded');
  }
  return undefined;
}

/** What is captured later may go to any period of the tenure that is not over today. */
function landingPeriods(shadow: Shadow, { line, holderFrom }: ShadowSubscriber, period: string): string[] {
  const begun = [...shadow.lines.get(line)!.begun].flatMap(([key, group]) => {
    const [from, name = ''] = key.split(' ');
    return from === holderFrom && closeOf(name, group) >= shadow.today ? [name] : [];
  });
  return [period, ...begun];
}

export const isOfTenure = (charge: ShadowCharge, { line, holderFrom }: ShadowSubscriber): boolean =>
  charge.line === line && charge.holderFrom === holderFrom;

/** What some buyers have bought in a period, and set aside in any, added up from their charges. */
export function spentOn(shadow: Shadow, period: string, isTheirs: (charge: ShadowCharge) => boolean): number {
  const { forgetsReserved, holdsInOnePeriod } = shadow.faults;
  let spent = 0;
  for (const charge of shadow.charges.values()) {
    if (charge.line === null || !isTheirs(charge)) continue;
    if (charge.captured?.period === period) spent += charge.captured.amount - charge.refundedOwn;
    if (forgetsReserved || !isOpen(shadow, charge)) continue;
    if (!holdsInOnePeriod || charge.reservedPeriod === period) spent += charge.amount;
  }
  return spent;
}
