import type { CollectionRow, EventBodies } from '../history.ts';
import { collectDifference, shareLoss } from './balances.ts';
import { divideUncollected } from './dividing.ts';
import { listItems } from './items.ts';
import { NOTHING_KNOWN, type Shadow, type ShadowInvoice, type ShadowStanding } from './state.ts';

/** Numbers the invoices of a period that closes, and pays those that credit something or nothing. */
export function numberInvoices(shadow: Shadow, key: string): void {
  const items = listItems(shadow).filter(({ period, group }) => `${period}/${group}` === key);
  const byTenure = [...Map.groupBy(items, ({ line, holderFrom }) => `${line} ${holderFrom}`)];
  byTenure.sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [index, [, own]] of byTenure.entries()) {
    const { period, group } = own[0]!;
    const number = `${period.replace('-', '')}-${String(group).padStart(2, '0')}-${String(index + 1).padStart(7, '0')}`;
    const total = own.reduce((sum, { amount }) => sum + amount, 0);
    const parts = own.map(({ charge, company, kind, amount }) => ({
      charge,
      company,
      isRefund: kind === 'refund',
      amount,
    }));
    shadow.invoices.set(number, { number, period, group, total, parts });
    if (total <= 0) stand(shadow, number, { state: 'collected', collected: total, uncollected: 0 });
  }
}

export function deliverResults(shadow: Shadow, { rows, tonight }: EventBodies['deliver-results']): string {
  if (tonight) shadow.resultsInbox.push(rows);
  return tonight ? 'waits for the night' : importResults(shadow, rows);
}

/** A file of results: what it says of each invoice is booked at once. */
export function importResults(shadow: Shadow, rows: readonly CollectionRow[]): string {
  let wrong = 0;
  for (const [number, given] of Map.groupBy(rows, ({ invoice }) => invoice)) {
    const invoice = shadow.invoices.get(number);
    if (!invoice) wrong += given.length;
    else wrong += importOf(shadow, invoice, given);
  }
  return `${rows.length} rows, ${wrong} refused`;
}

const placeOf = ({ date, sequence }: CollectionRow): string => `${date}/${String(sequence).padStart(9, '0')}`;

/** Returns how many rows are refused: they cannot be of this invoice, or say different things of one moment. */
function importOf(shadow: Shadow, invoice: ShadowInvoice, given: readonly CollectionRow[]): number {
  const { number, total } = invoice;
  const whole = given.map(({ amount, ...row }) => ({
    ...row,
    amount: amount ?? (row.result === 'collected' ? total : 0),
  }));
  const possible = whole.filter(({ result, amount }) => {
    if (total <= 0) return false;
    if (result === 'collected') return amount === total;
    return result === 'partial' ? amount > 0 && amount < total : amount === 0;
  });
  const known = new Map((shadow.results.get(number) ?? []).map((row) => [JSON.stringify(row), row]));
  const count = known.size;
  for (const row of possible) known.set(JSON.stringify(row), row);
  const all = [...known.values()];
  shadow.results.set(number, all);
  const places = Map.groupBy(all, placeOf);
  const isAlone = (row: CollectionRow) => places.get(placeOf(row))!.length === 1;
  if (known.size > count) {
    const newest = all
      .filter(isAlone)
      .toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
      .at(-1);
    const collected = newest?.amount ?? 0;
    const fails = newest?.result === 'partial' || newest?.result === 'uncollected';
    const before = shadow.standings.get(number) ?? NOTHING_KNOWN;
    const after = {
      state: newest?.result ?? 'billed',
      collected,
      uncollected: fails ? total - collected : 0,
    } as const;
    stand(shadow, number, after);
    const isCut = [...shadow.cuts].some((cut) => cut.endsWith(` ${invoice.period}`));
    if (after.uncollected !== before.uncollected || (isCut && after.collected !== before.collected))
      bookShares(shadow, invoice);
  }
  return given.length - possible.length + possible.filter((row) => !isAlone(row)).length;
}

/** Moves the difference to where an invoice stands now. */
function stand(shadow: Shadow, number: string, after: ShadowStanding): void {
  const before = shadow.standings.get(number) ?? NOTHING_KNOWN;
  collectDifference(shadow, {
    collected: after.collected - before.collected,
    uncollected: after.uncollected - before.uncollected,
  });
  shadow.standings.set(number, after);
}

/** Whether the carrier bears what is not collected of a company's claims: all its contracts are of one model. */
const isAssigned = (shadow: Shadow, company: string): boolean =>
  shadow.companies.get(company)!.contracts[0]?.model === 'assignment';

/** Books what an invoice costs its companies, or the carrier in their place: the difference to what is booked. */
export function bookShares(shadow: Shadow, invoice: ShadowInvoice, only?: string): void {
  const { number, period, total } = invoice;
  const { collected, uncollected } = shadow.standings.get(number)!;
  const known = divideUncollected(shadow, invoice, uncollected);
  const open = divideUncollected(shadow, invoice, total - collected);
  for (const [company, shares] of known) {
    if (only !== undefined && company !== only) continue;
    const isCut = shadow.cuts.has(`${company} ${period}`);
    const own = [...(isCut ? open.get(company)! : shares)];
    const keptOf = (name: string) => {
      const { captured, refunded } = shadow.charges.get(name)!;
      return captured!.amount - (shadow.faults.costsTwice ? 0 : refunded);
    };
    const costs = own.map(([charge, share]) => ({ charge, cost: Math.min(share, keptOf(charge)) }));
    const key = `${number} ${company}`;
    const share = own.reduce((sum, [, amount]) => sum + amount, 0);
    if (share === 0 && !shadow.shares.has(key)) continue;
    if (isAssigned(shadow, company)) {
      const cost = costs.reduce((sum, one) => sum + one.cost, 0);
      shareLoss(shadow, cost - (shadow.shares.get(key) ?? 0), undefined);
      shadow.shares.set(key, cost);
      continue;
    }
    for (const { charge: name, cost } of costs) {
      const charge = shadow.charges.get(name)!;
      const step = cost - charge.clawedBack;
      if (step === 0) continue;
      charge.clawedBack = cost;
      shadow.steps.push({ company, period, amount: step, frozenIn: null });
      shareLoss(shadow, step, company);
    }
    shadow.shares.set(
      key,
      costs.reduce((sum, { charge }) => sum + shadow.charges.get(charge)!.clawedBack, 0),
    );
  }
}
