import { addInvoices } from './invoice-figures.ts';
import { addPayouts } from './payout-figures.ts';
import { describeCharge, describeRefund } from './outcome.ts';
import type { Shadow } from './state.ts';

/** Figures by what they are of, all as text, so that two sides can be laid side by side. What is there twice shows. */
export class Figures extends Map<string, string> {
  override set(what: string, figure: string): this {
    const known = this.get(what);
    return super.set(what, known === undefined ? figure : `${known} and ${figure}`);
  }
}

/** Only what belongs to this month and those after it, and charges made since an instant. */
export interface Scope {
  readonly sincePeriod: string;
  readonly sinceMs: number;
}

/** Everything the shadow expects to find, in words of the simulation. */
export function listExpected(shadow: Shadow, scope: Scope): Figures {
  const figures = new Figures();
  const held = new Map<string, number>();
  for (const [name, charge] of shadow.charges) {
    if (charge.createdMs < scope.sinceMs) continue;
    figures.set(`charge ${name}`, describeCharge(charge));
    if (charge.endedBy !== null) figures.set(`ended ${name}`, charge.endedBy);
    if (charge.captured) figures.set(`captured ${name}`, charge.captured.businessDate);
  }
  addRefunds(figures, shadow, scope);
  addCollection(figures, shadow);
  addInvoices(figures, shadow, scope);
  for (const settlement of shadow.settlements) {
    const { company, period, ...rest } = settlement;
    figures.set(`settlement ${company} ${period}`, describeSettlement(rest));
  }
  addPayouts(figures, shadow);
  for (const [account, balance] of shadow.balances)
    if (balance !== 0) figures.set(`balance ${account}`, `${balance}`);
  for (const [name, one] of shadow.subscriptions) {
    figures.set(`subscription ${name}`, `${one.state} ${one.joinedOn} ${one.leftOn} ${one.settledThrough}`);
  }
  for (const [key, outcome] of shadow.months) figures.set(`month ${key}`, outcome);
  for (const [name, { state }] of shadow.consents) figures.set(`consent ${name}`, state);
  for (const [lineId, line] of shadow.lines) {
    for (const key of line.begun.keys()) {
      const [holderFrom, period = ''] = key.split(' ');
      if (period < scope.sincePeriod) continue;
      const booked = [...shadow.charges.values()].filter(
        (one) => one.line === lineId && one.holderFrom === holderFrom && one.captured?.period === period,
      );
      const total = booked.reduce(
        (sum, { captured, refundedOwn }) => sum + captured!.amount - refundedOwn,
        0,
      );
      figures.set(`booked ${lineId} ${holderFrom} ${period}`, `${total}`);
    }
  }
  for (const { line, holderFrom, amount, state } of shadow.charges.values()) {
    const key = `held ${line} ${holderFrom}`;
    if (state === 'authorized') held.set(key, (held.get(key) ?? 0) + amount);
  }
  for (const [key, amount] of held) figures.set(key, `${amount}`);
  return figures;
}

type SettlementFigures = Omit<
  Shadow['settlements'][number],
  'company' | 'period' | 'contractFrom' | 'state'
> & {
  readonly state: string;
};

/** In one line, for both sides. */
export function describeSettlement(one: SettlementFigures): string {
  return (
    `${one.state}${one.held ? ' and held' : ''} ${one.revision}: ${one.billed} less ${one.refunded} on ${one.lines} lines, ${one.items} items; ${one.tariff} ${one.branch} ${one.fee} + ${one.tax}; ` +
    `clawed back ${one.clawback}, recovered ${one.recovery}; set-up ${one.setUp} + ${one.setUpTax}, transfer ${one.transferFee}; ${one.carriedIn} in, ${one.payout} paid on ${one.payoutOn}, ${one.carriedOut} out`
  );
}

function addCollection(figures: Figures, shadow: Shadow): void {
  for (const [number, { state, collected, uncollected }] of shadow.standings)
    if (state !== 'billed') figures.set(`collection ${number}`, `${state} ${collected}, not ${uncollected}`);
  for (const [key, cost] of shadow.shares) if (cost !== 0) figures.set(`cost ${key}`, `${cost}`);
  for (const [name, { clawedBack }] of shadow.charges)
    if (clawedBack !== 0) figures.set(`clawback ${name}`, `${clawedBack}`);
  for (const [name, { bank }] of shadow.refunds)
    if (bank) figures.set(`bank-refund ${name}`, `${bank.state} ${bank.payable}`);
}

function addRefunds(figures: Figures, shadow: Shadow, { sinceMs }: Scope): void {
  for (const [name, refund] of shadow.refunds)
    if (refund.createdMs >= sinceMs)
      figures.set(`refund ${name}`, `${refund.charge} ${describeRefund(refund)}`);
  for (const [name, { amount, state }] of shadow.proposals)
    figures.set(`proposal ${name}`, `${amount} ${state}`);
}
