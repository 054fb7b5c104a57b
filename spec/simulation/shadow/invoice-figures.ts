import { closeOf, dueOf, issueOf } from './calendar.ts';
import type { Figures, Scope } from './figures.ts';
import { listItems, type Item } from './items.ts';
import { taxWithin } from './money.ts';
import { covers } from './parties.ts';
import { periodKey, type Shadow } from './state.ts';

/** Invoices with their items, numbers and tax, and the proofs of their periods. */
export function addInvoices(figures: Figures, shadow: Shadow, { sincePeriod }: Scope): void {
  const items = listItems(shadow).filter(({ period }) => period >= sincePeriod);
  for (const item of items) figures.set(`item ${item.name}`, describeItem(item));
  const byPeriod = Map.groupBy(items, ({ period, group }) => periodKey(period, group));
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

const totalOf = (items: readonly Item[]): number => items.reduce((sum, { amount }) => sum + amount, 0);

function describeItem({ company, service, line, holderFrom, kind, taxCode, ...item }: Item): string {
  const { amount, businessDate, period, group, percent, late } = item;
  const where = `${period}/${group} ${line} held since ${holderFrom}`;
  return `${where}: ${company}/${service} ${kind} ${amount} ${taxCode} ${percent}% ${businessDate}${late ? ' late' : ''}`;
}

/** Rounded once for each part and rate of an invoice: suppliers registered on the day of supply, and the others. */
function addTaxes(figures: Figures, shadow: Shadow, items: readonly Item[]): void {
  const rateOf = (item: Item): string => {
    const { registered } = shadow.companies.get(item.company)!;
    const { suppliedOn, percent, period, group } = item;
    const part = registered && covers(registered, suppliedOn) ? 'registered' : 'unregistered';
    return `tax ${period}/${group} ${item.line} ${item.holderFrom} ${part} ${item.taxCode} ${percent}%`;
  };
  for (const [rate, ofRate] of Map.groupBy(items, rateOf)) {
    const total = totalOf(ofRate);
    figures.set(rate, `${total}, ${taxWithin(total, ofRate[0]!.percent)} in it`);
  }
}
