import { closeOf, dayIn, dueOf, plusDays, plusMonths, transferDay } from './calendar.ts';
import { tariffOn } from './companies.ts';
import { bookShares } from './collecting.ts';
import { WAIT_DAYS } from './deciding.ts';
import { listItems, type Item } from './items.ts';
import { feeOf, taxPercent } from './money.ts';
import { covers } from './parties.ts';
import { NOTHING_KNOWN, type Shadow, type ShadowSettlement } from './state.ts';

/** The last of the six groups of a month to close is that of the 25th. */
const lastCloseOf = (period: string): string => closeOf(period, 25);

/** Settles the months of which the last group is closed, and with it all six, in their order. */
export function settleCompanies(shadow: Shadow, businessDate: string): void {
  // What is drafted is approved by people, and the next month of a company waits for that.
  const waiting = new Set<string>();
  const months = new Set([...shadow.periods.values()].map(({ period }) => period));
  for (const period of [...months].sort()) {
    if (lastCloseOf(period) > businessDate) return;
    const items = listItems(shadow).filter((item) => item.period === period);
    const sold = Map.groupBy(items, ({ company }) => company);
    const isSettled = (company: string) => find(shadow, company, period) !== undefined;
    const rejected = shadow.settlements.filter((one) => one.period === period && one.state === 'rejected');
    const again = rejected.map(({ company }) => company);
    const owing = listOwing(shadow, period);
    const refunding = [...byBank(shadow, period).keys()].filter((company) => !isSettled(company));
    // A month of which everything is drafted is not looked at again.
    if (owing.length + refunding.length + again.length === 0 && [...sold.keys()].every(isSettled)) continue;
    const clawedBack = shadow.steps.filter((step) => step.frozenIn === null && step.period <= period);
    const withClawbacks = clawedBack
      .map(({ company }) => company)
      .filter(
        (company) => !shadow.settlements.some((one) => one.company === company && one.period >= period),
      );
    const wanted = [...new Set([...sold.keys(), ...owing, ...refunding, ...withClawbacks, ...again])].filter(
      (company) => !isSettled(company) || again.includes(company),
    );
    for (const company of wanted) {
      if (waiting.has(company) || hasOpenBefore(shadow, company, period)) {
        waiting.add(company);
        continue;
      }
      const isIn = mayBeSettled(shadow, { company, period, businessDate });
      if (isIn) settle(shadow, { company, period, items: sold.get(company) ?? [] });
      waiting.add(company);
    }
  }
}

interface AwaitedMonth {
  readonly company: string;
  readonly period: string;
  readonly businessDate: string;
}

/** A month that is settled on what is collected waits for the results, for a time; then what is not collected costs the company. */
function mayBeSettled(shadow: Shadow, { company, period, businessDate }: AwaitedMonth): boolean {
  const terms = termsOf(shadow, company, period);
  if (!terms || terms.contract.basis !== 'collected') return true;
  const own = [...shadow.invoices.values()].filter(
    (invoice) => invoice.period === period && invoice.parts.some((part) => part.company === company),
  );
  const open = own.filter(({ number, total }) => {
    const { state } = shadow.standings.get(number) ?? NOTHING_KNOWN;
    return total > 0 && (state === 'billed' || state === 'pending');
  });
  if (open.length > 0 && businessDate < plusDays(dueOf(period, 25), WAIT_DAYS)) return false;
  shadow.cuts.add(`${company} ${period}`);
  for (const invoice of open) {
    if (!shadow.standings.has(invoice.number)) shadow.standings.set(invoice.number, NOTHING_KNOWN);
    bookShares(shadow, invoice, company);
  }
  return true;
}

/** What is given back by bank in a calendar month, by company. */
function byBank(shadow: Shadow, month: string): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { group, period, charge, amount } of shadow.refunds.values()) {
    if (group !== null || period !== month) continue;
    const { company } = shadow.charges.get(charge)!;
    sums.set(company, (sums.get(company) ?? 0) + amount);
  }
  return sums;
}

/** Charges that count: not one of which everything was given back within its own period. */
function counted(shadow: Shadow, items: readonly Item[]): Item[] {
  const charges = items.filter(({ kind }) => kind !== 'refund');
  return charges.filter(({ charge: name, amount, period }) => {
    const own = [...shadow.refunds.values()].filter((one) => one.charge === name && one.group !== null);
    const within = own.filter((one) => one.period === period).reduce((sum, one) => sum + one.amount, 0);
    return shadow.faults.countsNeverBilled === true || within < amount;
  });
}

const find = (shadow: Shadow, company: string, period: string) =>
  shadow.settlements.find((one) => one.company === company && one.period === period);

/** Whether a month before is not approved. */
const hasOpenBefore = (shadow: Shadow, company: string, period: string): boolean =>
  shadow.settlements.some(
    (one) =>
      one.company === company && one.period < period && (one.state === 'draft' || one.state === 'rejected'),
  );

/** Months of a company are drafted in their order. */
const lastOf = (shadow: Shadow, company: string, before = '9999') =>
  shadow.settlements.findLast((one) => one.company === company && one.period < before);

/** Companies that still owe something from a month before. */
function listOwing(shadow: Shadow, period: string): string[] {
  return [...shadow.companies.keys()].filter((company) => {
    const last = lastOf(shadow, company);
    return last !== undefined && last.state === 'approved' && last.carriedOut !== 0 && last.period < period;
  });
}

const sumOf = (some: readonly Item[]): number => some.reduce((sum, { amount }) => sum + amount, 0);

interface MonthOfCompany {
  readonly company: string;
  readonly period: string;
  readonly items: readonly Item[];
}

function settle(shadow: Shadow, { company, period, items }: MonthOfCompany): void {
  const terms = termsOf(shadow, company, period);
  if (!terms) return;
  const { contract, tariff } = terms;
  const billed = sumOf(items.filter(({ kind }) => kind !== 'refund'));
  const refunded = billed - sumOf(items) + (byBank(shadow, period).get(company) ?? 0);
  const charges = counted(shadow, items);
  const lines = new Set(charges.map(({ line }) => line)).size;
  const month = { total: billed - refunded, lines, items: charges.length };
  const { fee: exact, branch } = feeOf(tariff, month);
  const fee = exact + (shadow.faults.feeOffBy ?? 0);
  const percent = taxPercent(shadow.taxRises, 'standard', lastCloseOf(period))!;
  const tax = contract.model === 'agency' ? Math.floor((fee * percent) / 100) : 0;
  const isBilled = shadow.settlements.some(
    (one) =>
      one.company === company && one.contractFrom === contract.from && one.setUp > 0 && one.period < period,
  );
  const setUp = isBilled ? 0 : contract.setUpFee;
  const setUpTax = Math.floor((setUp * percent) / 100);
  const carriedIn = lastOf(shadow, company, period)?.carriedOut ?? 0;
  const taken = shadow.steps.filter(
    (step) => step.company === company && step.frozenIn === null && step.period <= period,
  );
  const clawback = taken.reduce((sum, { amount }) => sum + Math.max(0, amount), 0);
  const recovery = taken.reduce((sum, { amount }) => sum + Math.max(0, -amount), 0);
  for (const step of taken) step.frozenIn = `${company} ${period}`;
  const net = billed - refunded - fee - tax - setUp - setUpTax - clawback + recovery + carriedIn;
  const hasEnded = contract.to !== null && contract.to <= `${period}-01`;
  const isSmall = net < (hasEnded ? 0 : contract.minimumPayout) || net <= contract.transferFee;
  const transferFee = isSmall ? 0 : contract.transferFee;
  const input = dayIn(plusMonths(period, contract.payoutMonths), contract.payoutDay);
  const before = find(shadow, company, period);
  const settlement: ShadowSettlement = {
    state: 'draft',
    held: false,
    revision: (before?.revision ?? 0) + 1,
    company,
    period,
    billed,
    refunded,
    lines,
    items: charges.length,
    tariff: contract.tariff,
    branch,
    fee,
    tax,
    contractFrom: contract.from,
    clawback,
    recovery,
    setUp,
    setUpTax,
    transferFee,
    carriedIn,
    payout: isSmall ? 0 : net - transferFee,
    carriedOut: isSmall ? net : 0,
    payoutOn: transferDay(shadow.currency, input, contract.payoutBankDay),
  };
  if (before) shadow.settlements[shadow.settlements.indexOf(before)] = settlement;
  else shadow.settlements.push(settlement);
}

/**
 * The contract of a month is that of its first day; a company that came later in it, its first one; one that has
 * gone and still has something to get, its last one.
 */
function termsOf(shadow: Shadow, company: string, period: string) {
  const firstDay = `${period}-01`;
  const contracts = shadow.companies.get(company)!.contracts.toSorted((a, b) => (a.from < b.from ? -1 : 1));
  const contract =
    contracts.find((one) => covers(one, firstDay)) ??
    contracts.find((one) => one.from > firstDay && one.from <= lastCloseOf(period)) ??
    contracts.findLast((one) => one.from <= firstDay);
  if (!contract) return undefined;
  const tariff = tariffOn(shadow, contract.tariff, contract.from > firstDay ? contract.from : firstDay);
  return tariff && { contract, tariff };
}
