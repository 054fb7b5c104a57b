import { bankDay, closeOf, dayIn, plusMonths } from './calendar.ts';
import { settleUp } from './balances.ts';
import { tariffOn } from './companies.ts';
import { feeOf, taxPercent } from './money.ts';
import { covers } from './parties.ts';
import type { Shadow, ShadowCharge, ShadowSettlement } from './state.ts';

/** The last of the six groups of a month to close is that of the 25th. */
const lastCloseOf = (period: string): string => closeOf(period, 25);

/** Settles the months of which the last group is closed, and with it all six, in their order. */
export function settleCompanies(shadow: Shadow, businessDate: string): void {
  // What is drafted in a night is approved after it, and the next month of a company waits for that.
  const waiting = new Set<string>();
  const months = new Set([...shadow.periods.values()].map(({ period }) => period));
  for (const period of [...months].sort()) {
    if (lastCloseOf(period) > businessDate) return;
    const sold = Map.groupBy(billedIn(shadow, period), ({ company }) => company);
    const isSettled = (company: string) => find(shadow, company, period) !== undefined;
    const owing = listOwing(shadow, period);
    const wanted = [...new Set([...sold.keys(), ...owing])].filter((company) => !isSettled(company));
    for (const company of wanted) {
      if (!waiting.has(company)) settle(shadow, { company, period, charges: sold.get(company) ?? [] });
      waiting.add(company);
    }
  }
}

function billedIn(shadow: Shadow, period: string): ShadowCharge[] {
  return [...shadow.charges.values()].filter(({ folded, captured }) => folded && captured?.period === period);
}

const find = (shadow: Shadow, company: string, period: string) =>
  shadow.settlements.find((one) => one.company === company && one.period === period);

const lastOf = (shadow: Shadow, company: string) =>
  shadow.settlements.findLast((one) => one.company === company);

/** Companies that still owe something from a month before. */
function listOwing(shadow: Shadow, period: string): string[] {
  return [...shadow.companies.keys()].filter((company) => {
    const last = lastOf(shadow, company);
    return last !== undefined && last.carriedOut !== 0 && last.period < period;
  });
}

interface MonthOfCompany {
  readonly company: string;
  readonly period: string;
  readonly charges: readonly ShadowCharge[];
}

function settle(shadow: Shadow, { company, period, charges }: MonthOfCompany): void {
  const terms = termsOf(shadow, company, period);
  if (!terms) return;
  const { contract, tariff } = terms;
  const billed = charges.reduce((sum, { captured }) => sum + captured!.amount, 0);
  const lines = new Set(charges.map(({ line }) => line)).size;
  const month = { total: billed, lines, items: charges.length };
  const { fee: exact, branch } = feeOf(tariff, month);
  const fee = exact + (shadow.faults.feeOffBy ?? 0);
  const percent = taxPercent(shadow.taxRises, 'standard', lastCloseOf(period))!;
  const tax = Math.floor((fee * percent) / 100);
  const isBilled = shadow.settlements.some(
    (one) => one.company === company && one.contractFrom === contract.from && one.setUp > 0,
  );
  const setUp = isBilled ? 0 : contract.setUpFee;
  const setUpTax = Math.floor((setUp * percent) / 100);
  const carriedIn = lastOf(shadow, company)?.carriedOut ?? 0;
  const net = billed - fee - tax - setUp - setUpTax + carriedIn;
  const hasEnded = contract.to !== null && contract.to <= `${period}-01`;
  const isSmall = net < (hasEnded ? 0 : contract.minimumPayout) || net <= contract.transferFee;
  const transferFee = isSmall ? 0 : contract.transferFee;
  const input = dayIn(plusMonths(period, contract.payoutMonths), contract.payoutDay);
  const settlement: ShadowSettlement = {
    company,
    period,
    billed,
    lines,
    items: charges.length,
    tariff: contract.tariff,
    branch,
    fee,
    tax,
    contractFrom: contract.from,
    setUp,
    setUpTax,
    transferFee,
    carriedIn,
    payout: isSmall ? 0 : net - transferFee,
    carriedOut: isSmall ? net : 0,
    payoutOn: bankDay(input, contract.payoutBankDay),
  };
  shadow.settlements.push(settlement);
  settleUp(shadow, settlement);
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
