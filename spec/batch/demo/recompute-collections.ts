import { refundItems } from './recompute-refunds.ts';
import { differ, type Row } from './recompute-support.ts';

/** What the figures of collection follow from. */
export interface CollectedWorld {
  readonly captured: readonly Row[];
  readonly refunds: readonly Row[];
  readonly invoices: readonly Row[];
  readonly collections: readonly Row[];
  readonly terms: readonly Row[];
}

/** A clawback, or a recovery below zero, of one charge. */
interface Step {
  readonly charge: Row;
  readonly bookedOn: string;
  readonly amount: bigint;
}

/** Where the steps of a company's tenure are in a settlement: company, line, holder, original and settled period, kind. */
export type ClawbackSums = ReadonlyMap<string, bigint>;

const tenureKey = (row: Row) => `${row['billing_period']}|${row['line_id']}|${row['holder_from']}`;

/** Each result is of an invoice, with its total. Returns what differs, in words. */
export function checkCollections({ invoices, collections }: CollectedWorld): string[] {
  const found = new Map(invoices.map((row) => [row['invoice_number'], row]));
  return collections.flatMap((row) => {
    const invoice = found.get(row['invoice_number']);
    return differ(`result of ${row['invoice_number']}`, [
      ['tenure', tenureKey(row), invoice && tenureKey(invoice)],
      ['total', row['total'], invoice?.['total']],
      ['not more than the total', BigInt(row['collected_amount']!) <= BigInt(row['total']!), true],
    ]);
  });
}

/** Whether every invoice with a charge of a company in a month has a result; and the date of the last first one. */
export function resultsOf(world: CollectedWorld, company: string, period: string) {
  const tenures = new Set(
    world.captured
      .filter((row) => row['company'] === company && row['billing_period'] === period)
      .map(tenureKey),
  );
  const awaited = world.invoices.filter((row) => tenures.has(tenureKey(row)) && BigInt(row['total']!) > 0n);
  const firsts = awaited.map((invoice) => {
    const dates = world.collections
      .filter((row) => row['invoice_number'] === invoice['invoice_number'] && row['result'] !== 'pending')
      .map((row) => row['result_date']!);
    return dates.sort()[0];
  });
  return {
    areIn: !firsts.includes(undefined),
    lastOn:
      firsts
        .map((date) => date ?? '')
        .sort()
        .at(-1) ?? '',
  };
}

/**
 * Every clawback and recovery from the results alone, put into the settlement that has it: the first one of the company for that
 * month or a later one that is drafted on the day of the result or after it (domain.md section 4).
 */
export function computeClawbacks(
  world: CollectedWorld,
  draftedOn: (company: string, atLeast: string) => readonly { period: string; date: string }[],
): ClawbackSums {
  const sums = new Map<string, bigint>();
  for (const { charge, bookedOn, amount } of listSteps(world)) {
    const original = charge['billing_period']!;
    const settled =
      draftedOn(charge['company']!, original).find(({ date }) => date >= bookedOn)?.period ?? '';
    const kind = amount > 0n ? 'clawback' : 'recovery';
    const tenure = [charge['company'], charge['line_id'], charge['holder_from']].join('|');
    const key = `${tenure}|${original}|${settled}|${kind}`;
    sums.set(key, (sums.get(key) ?? 0n) + (amount > 0n ? amount : -amount));
  }
  return sums;
}

function listSteps(world: CollectedWorld): Step[] {
  const withRecourse = new Set(
    world.terms.filter((row) => row['legal_model'] === 'agency').map((row) => row['company']),
  );
  const items = [...world.captured, ...refundItems(world.captured, world.refunds)];
  const onInvoice = Map.groupBy(items, tenureKey);
  const posted = new Map<string, bigint>();
  const results = world.collections.toSorted((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
  return results.flatMap((result) => {
    const own = onInvoice.get(tenureKey(result)) ?? [];
    return [...shareOut(uncollectedOf(result), own)].flatMap(([charge, share]) => {
      if (!withRecourse.has(charge['company'])) return [];
      const id = charge['charge_id']!;
      const most = BigInt(charge['amount']!) - refundedBy(world.refunds, id, result['result_date']!);
      const target = share < most ? share : most;
      const amount = target - (posted.get(id) ?? 0n);
      posted.set(id, target);
      return amount === 0n ? [] : [{ charge, bookedOn: result['result_date']!, amount }];
    });
  });
}

/** Results of a date by their sequence. */
const placeOf = (row: Row) => `${row['result_date']}|${row['sequence']!.padStart(9, '0')}`;

function uncollectedOf(row: Row): bigint {
  if (row['result'] === 'uncollected') return BigInt(row['total']!);
  return row['result'] === 'partial' ? BigInt(row['total']!) - BigInt(row['collected_amount']!) : 0n;
}

function refundedBy(refunds: readonly Row[], chargeId: string, date: string): bigint {
  return refunds
    .filter((row) => row['charge_id'] === chargeId && row['booked_on']! <= date)
    .reduce((sum, row) => sum + BigInt(row['amount']!), 0n);
}

const sumOf = (rows: readonly Row[]) => rows.reduce((sum, row) => sum + BigInt(row['amount']!), 0n);

/** What of an uncollected amount falls on each charge of an invoice: over the companies by their net, then over their charges. */
function shareOut(uncollected: bigint, items: readonly Row[]): Map<Row, bigint> {
  const companies = [...Map.groupBy(items, (row) => row['company']!).values()];
  const shares = divide(uncollected, companies.map(sumOf));
  return new Map(
    companies.flatMap((own, index) => {
      const charges = own.filter((row) => row['refund_id'] === undefined);
      const nets = charges.map((charge) =>
        sumOf(own.filter((row) => row['charge_id'] === charge['charge_id'])),
      );
      const parts = divide(shares[index]!, nets);
      return charges.map((charge, place): [Row, bigint] => [charge, parts[place]!]);
    }),
  );
}

/** Whole yen by weight; what is left goes to the largest remainders, of equal ones to the first. */
function divide(amount: bigint, weights: readonly bigint[]): bigint[] {
  const used = weights.map((weight) => (weight > 0n ? weight : 0n));
  const sum = used.reduce((total, weight) => total + weight, 0n);
  if (amount === 0n || sum === 0n) return used.map(() => 0n);
  const parts = used.map((weight) => (amount * weight) / sum);
  const left = Number(amount - parts.reduce((total, part) => total + part, 0n));
  const places = used.map((_, place) => place);
  const remainder = (place: number) => (amount * used[place]!) % sum;
  places.sort((one, other) =>
    remainder(one) === remainder(other) ? one - other : remainder(one) > remainder(other) ? -1 : 1,
  );
  for (const place of places.slice(0, left)) parts[place]! += 1n;
  return parts;
}

/** The file of clawbacks has what was computed, and nothing else. Returns what differs, in words. */
export function checkClawbacks(clawbacks: readonly Row[], computed: ClawbackSums): string[] {
  const found = new Map(clawbacks.map((row) => [clawbackKey(row), BigInt(row['amount']!)]));
  return [...new Set([...found.keys(), ...computed.keys()])].flatMap((key) =>
    differ(`clawback ${key}`, [['amount', found.get(key), computed.get(key)]]),
  );
}

const clawbackKey = (row: Row) =>
  ['company', 'line_id', 'holder_from', 'original_period', 'settled_period', 'kind']
    .map((column) => row[column])
    .join('|');
