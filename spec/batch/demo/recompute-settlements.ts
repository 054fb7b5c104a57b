import {
  checkClawbacks,
  computeClawbacks,
  resultsOf,
  type ClawbackSums,
  type CollectedWorld,
} from './recompute-collections.ts';
import { recomputeFee, recomputeTax } from './recompute-fee.ts';
import { countedCharges } from './recompute-refunds.ts';
import { differ, sumBy, type Billed, type Row, type WorldEnd } from './recompute-support.ts';

interface SettledWorld extends CollectedWorld {
  readonly settlements: readonly Row[];
  readonly clawbacks: readonly Row[];
}

/** What settlements have left behind for those of later months. */
interface LeftBehind {
  /** The balance of each company: negative when it owes it. */
  readonly balance: Map<string, bigint>;
  readonly setUp: Set<string>;
}

const NOTHING: Billed = { total: 0n, items: 0, lines: new Set() };

/** Computes every settlement up to the last month that is settled from the charges, the refunds, what was collected and the terms of the contracts. Returns what differs, in words. */
export function checkSettlements(world: SettledWorld, end: WorldEnd): string[] {
  const { captured, refunds, settlements, terms } = world;
  const billed = sumBy(captured, settlementKey);
  const counted = sumBy(countedCharges(captured, refunds), settlementKey);
  const refunded = sumBy(refunds, settlementKey);
  const expected = new Set([...billed.keys(), ...refunded.keys()]);
  const found = new Set(settlements.map(settlementKey));
  const termsOf = new Map(terms.map((row) => [row['company']!, row]));
  const left: LeftBehind = { balance: new Map(), setUp: new Set() };
  const rows = settlements.toSorted((one, other) =>
    one['billing_period']! < other['billing_period']! ? -1 : 1,
  );
  const isOnCollected = (company: string) => termsOf.get(company)?.['basis'] === 'collected';
  const isAwaited = (key: string) =>
    isOnCollected(key.slice(8)) && !resultsOf(world, key.slice(8), key.slice(0, 7)).areIn;
  const clawedBack = computeClawbacks(world, (company, atLeast) =>
    rows
      .filter((row) => row['company'] === company && row['billing_period']! >= atLeast)
      .map((row) => {
        const period = row['billing_period']!;
        const closes = lastClosing(period);
        const { lastOn } = resultsOf(world, company, period);
        return { period, date: isOnCollected(company) && lastOn > closes ? lastOn : closes };
      }),
  );
  return [
    ...[...expected]
      .filter((key) => key.slice(0, 7) <= end.settled && !found.has(key) && !isAwaited(key))
      .map((key) => `${key} is not settled`),
    ...checkClawbacks(world.clawbacks, clawedBack),
    ...rows.flatMap((row) => {
      const contract = termsOf.get(row['company']!);
      if (!contract) return [`${row['company']} has no terms`];
      const key = settlementKey(row);
      const sums = {
        billed: billed.get(key)?.total ?? 0n,
        refunded: refunded.get(key)?.total ?? 0n,
        counted: counted.get(key) ?? NOTHING,
        clawbacks: sumClawbacks(clawedBack, row, 'clawback'),
        recoveries: sumClawbacks(clawedBack, row, 'recovery'),
        endsOn: end.endsOn,
      };
      return checkSettlement({ row, contract, ...sums }, left);
    }),
  ];
}

const settlementKey = (row: Row) => `${row['billing_period']}|${row['company']}`;

/** What a settlement has of clawbacks or recoveries, of whatever month. */
function sumClawbacks(all: ClawbackSums, row: Row, kind: string): bigint {
  const [begin, end] = [`${row['company']}|`, `|${row['billing_period']}|${kind}`];
  const own = [...all].filter(([key]) => key.startsWith(begin) && key.endsWith(end));
  return own.reduce((sum, [, amount]) => sum + amount, 0n);
}

interface Settled {
  readonly row: Row;
  readonly contract: Row;
  readonly billed: bigint;
  readonly refunded: bigint;
  /** What the fee counts; its total is not used. */
  readonly counted: Billed;
  readonly clawbacks: bigint;
  readonly recoveries: bigint;
  readonly endsOn: string;
}

function checkSettlement(settled: Settled, left: LeftBehind): string[] {
  const { row, contract, billed, refunded, counted, clawbacks, recoveries } = settled;
  const company = row['company']!;
  const { items, lines } = counted;
  const total = billed - refunded;
  const sums = { total, items: BigInt(items), lines: BigInt(lines.size) };
  const { fee, branch } = recomputeFee(contract['tariff']!, sums);
  const tax = contract['fee_taxable'] === 'yes' ? recomputeTax(fee) : 0n;
  const setUp = left.setUp.has(company) ? 0n : BigInt(contract['set_up_fee']!);
  left.setUp.add(company);
  const setUpTax = recomputeTax(setUp);
  const carried = left.balance.get(company) ?? 0n;
  const net = total - fee - tax - setUp - setUpTax - clawbacks + recoveries + carried;
  const transfer = recomputeTransfer(contract, net);
  left.balance.set(company, transfer.carried);
  return differ(`settlement ${settlementKey(row)}`, [
    ['settled_on', row['settled_on'], lastClosing(row['billing_period']!)],
    ['tariff', row['tariff'], contract['tariff']],
    ['legal_model', row['legal_model'], contract['legal_model']],
    ['fee_taxable', row['fee_taxable'], contract['fee_taxable']],
    ['billed_total', BigInt(row['billed_total']!), billed],
    ['line_count', Number(row['line_count']), lines.size],
    ['average', row['average'], writeAverage(total, lines.size)],
    ['fee_branch', row['fee_branch'], branch],
    ['fee_ex_tax', BigInt(row['fee_ex_tax']!), fee],
    ['fee_tax', BigInt(row['fee_tax']!), tax],
    ['set_up_fee', BigInt(row['set_up_fee']!), setUp],
    ['set_up_tax', BigInt(row['set_up_tax']!), setUpTax],
    ['refunds', BigInt(row['refunds']!), refunded],
    ['clawbacks', BigInt(row['clawbacks']!), clawbacks],
    ['recoveries', BigInt(row['recoveries']!), recoveries],
    ['carried_in', BigInt(row['carried_in']!), carried],
    ['transfer_fee', BigInt(row['transfer_fee']!), transfer.fee],
    ['payout', BigInt(row['payout']!), transfer.payout],
    ['carried_out', BigInt(row['carried_out']!), transfer.carried],
    [
      'state',
      row['state'],
      transfer.payout > 0n && row['payout_date']! <= settled.endsOn ? 'paid' : 'approved',
    ],
  ]);
}

/** A net below the minimum, or that the transfer would eat up, is carried into the next month. */
function recomputeTransfer(contract: Row, net: bigint) {
  const fee = contract['fee_bearer'] === 'company' ? BigInt(contract['transfer_fee']!) : 0n;
  const isPaid = net > fee && net >= BigInt(contract['minimum_payout']!);
  return isPaid ? { fee, payout: net - fee, carried: 0n } : { fee: 0n, payout: 0n, carried: net };
}

/** The last group of a month closes on the 25th of the next. */
function lastClosing(month: string): string {
  const date = new Date(`${month}-25T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + 1);
  return date.toISOString().slice(0, 10);
}

/** Floored to two decimals, below zero too. */
function writeAverage(total: bigint, lines: number): string {
  if (lines === 0) return '0.00';
  const hundredths = total * 100n;
  const floored = hundredths / BigInt(lines) - (hundredths % BigInt(lines) < 0n ? 1n : 0n);
  const digits = String(floored < 0n ? -floored : floored).padStart(3, '0');
  return `${floored < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
