import { closeOf, dueOf, issueOf } from './calendar.ts';
import { taxWithin } from './money.ts';
import { describeCharge } from './outcome.ts';
import { covers } from './parties.ts';
import { periodKey, type Captured, type Shadow, type ShadowCharge } from './state.ts';

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
  addInvoices(figures, shadow, scope);
  for (const settlement of shadow.settlements) {
    const { company, period, ...rest } = settlement;
    figures.set(`settlement ${company} ${period}`, describeSettlement(rest));
  }
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
      const total = booked.reduce((sum, { captured }) => sum + captured!.amount, 0);
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

type SettlementFigures = Omit<Shadow['settlements'][number], 'company' | 'period' | 'contractFrom'>;

/** In one line, for both sides. */
export function describeSettlement(one: SettlementFigures): string {
  return (
    `${one.billed} on ${one.lines} lines, ${one.items} items; ${one.tariff} ${one.branch} ${one.fee} + ${one.tax}; ` +
    `set-up ${one.setUp} + ${one.setUpTax}, transfer ${one.transferFee}; ${one.carriedIn} in, ${one.payout} paid on ${one.payoutOn}, ${one.carriedOut} out`
  );
}

type InvoicedCounts = ShadowCharge & { readonly captured: Captured };

function addInvoices(figures: Figures, shadow: Shadow, { sincePeriod }: Scope): void {
  const items: InvoicedCounts[] = [];
  for (const [name, charge] of shadow.charges) {
    if (!isFolded(charge) || charge.captured.period < sincePeriod) continue;
    items.push(charge);
    figures.set(`item ${name}`, describeItem(charge));
  }
  const byPeriod = Map.groupBy(items, ({ captured }) => periodKey(captured.period, captured.group));
  for (const [key, { period, group, closed }] of shadow.periods) {
    if (period < sincePeriod) continue;
    const ofPeriod = byPeriod.get(key) ?? [];
    const byTenure = [...Map.groupBy(ofPeriod, ({ line, holderFrom }) => `${line} ${holderFrom}`)];
    byTenure.sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [index, [tenure, ofTenure]] of byTenure.entries()) {
      const number = `${period.replace('-', '')}-${String(group).padStart(2, '0')}-${String(index + 1).padStart(7, '0')}`;
      figures.set(
        `invoice ${key} ${tenure}`,
        `${closed ? number : 'open'}: ${ofTenure.length} items, ${totalOf(ofTenure)}`,
      );
      if (closed) addTaxes(figures, shadow, ofTenure);
    }
    const dates = `closes ${closeOf(period, group)}, issued ${issueOf(period, group)}, due ${dueOf(period, group)}`;
    const proof = closed
      ? `${byTenure.length} invoices, ${ofPeriod.length} items, ${totalOf(ofPeriod)}`
      : 'open';
    figures.set(`period ${key}`, `${dates}: ${proof}`);
  }
}

const isFolded = (charge: ShadowCharge): charge is InvoicedCounts => charge.folded;
const totalOf = (items: readonly InvoicedCounts[]): number =>
  items.reduce((sum, item) => sum + item.captured.amount, 0);

function describeItem({
  company,
  service,
  line,
  holderFrom,
  kind,
  taxCode,
  captured,
}: InvoicedCounts): string {
  const { amount, businessDate, period, group, percent, late } = captured;
  const where = `${period}/${group} ${line} held since ${holderFrom}`;
  return `${where}: ${company}/${service} ${kind} ${amount} ${taxCode} ${percent}% ${businessDate}${late ? ' late' : ''}`;
}

/** Rounded once for each part and rate of an invoice: registered suppliers on the day of supply, and the others. */
function addTaxes(figures: Figures, shadow: Shadow, items: readonly InvoicedCounts[]): void {
  const rateOf = (item: InvoicedCounts): string => {
    const { registered } = shadow.companies.get(item.company)!;
    const { businessDate, percent, period, group } = item.captured;
    const part = registered && covers(registered, businessDate) ? 'registered' : 'unregistered';
    return `tax ${period}/${group} ${item.line} ${item.holderFrom} ${part} ${item.taxCode} ${percent}%`;
  };
  for (const [rate, ofRate] of Map.groupBy(items, rateOf)) {
    const total = totalOf(ofRate);
    figures.set(rate, `${total}, ${taxWithin(total, ofRate[0]!.captured.percent)} in it`);
  }
}
