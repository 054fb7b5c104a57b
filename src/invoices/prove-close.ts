import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import type { PeriodKey } from '../billing-periods/ensure-billing-period.ts';
import {
  countDifferingInvoices,
  sumCharges,
  sumInvoices,
  sumItems,
  sumRefunds,
  sumTaxes,
  type CompanyFigures,
} from './proof-of-close.queries.ts';

/** The count and sum of a period, on which all of its records agree. */
export interface ProvenFigures {
  readonly invoiceCount: number;
  readonly itemCount: number;
  readonly totalMinor: bigint;
}

/**
 * Proves a period before its invoices are numbered: the captured charges, the refunds, the ledger entries of both, the
 * invoice items and the totals of the invoices agree, for every company.
 * Nothing changes in a closing period, so the sums are read at the same time, each on a connection of its own.
 * @throws Problem `proof-of-close-failed` with the figures; the period stays closing and nothing is issued.
 */
export async function proveFolded(deps: Deps, key: PeriodKey): Promise<ProvenFigures> {
  const [charges, refunds, items, invoices, differing] = await Promise.all([
    sumCharges(deps, key),
    sumRefunds(deps, key),
    sumItems(deps, key),
    sumInvoices(deps, key),
    countDifferingInvoices(deps, key),
  ]);
  for (const companyId of new Set([...charges.keys(), ...refunds.keys(), ...items.keys()])) {
    const billed = items.get(companyId);
    assertBooked(key, `charges of company ${companyId}`, [charges.get(companyId), billed?.charges]);
    assertBooked(key, `refunds of company ${companyId}`, [refunds.get(companyId), billed?.refunds]);
  }
  const billed = addUp([...items.values()]);
  assertSame(key, 'items and invoices', [
    describe(billed),
    describe({ count: invoices.itemCount, totalMinor: invoices.totalMinor }),
  ]);
  assertSame(key, 'invoices that differ from their items', [differing, 0]);
  return { invoiceCount: invoices.count, itemCount: billed.count, totalMinor: billed.totalMinor };
}

/** What was booked is in the ledger and on invoices, neither more nor less. */
function assertBooked(
  key: PeriodKey,
  what: string,
  [booked = none, billed = none]: readonly [typeof none | undefined, CompanyFigures | undefined],
): void {
  assertSame(key, `items and ${what}`, [describe(billed), describe(booked)]);
  const posted = { count: booked.postedCount, totalMinor: booked.postedMinor };
  assertSame(key, `ledger and ${what}`, [describe(posted), describe(booked)]);
}

/**
 * Proves that numbering is complete: every invoice has a number and its tax, and no total has changed.
 * @throws Problem `proof-of-close-failed`.
 */
export async function proveNumbered(deps: Deps, key: PeriodKey, proven: ProvenFigures): Promise<void> {
  const [invoices, taxedMinor] = await Promise.all([sumInvoices(deps, key), sumTaxes(deps, key)]);
  assertSame(key, 'invoices and numbers', [proven.invoiceCount, invoices.numberedCount]);
  assertSame(key, 'totals before and after numbering', [proven.totalMinor, invoices.totalMinor]);
  assertSame(key, 'totals of invoices and of their tax', [proven.totalMinor, taxedMinor]);
}

const none = { count: 0, totalMinor: 0n, postedCount: 0, postedMinor: 0n };

const describe = ({ count, totalMinor }: { count: number; totalMinor: bigint }) =>
  `${count} of ${totalMinor} in all`;

/** Charges less refunds; every item counts. */
function addUp(companies: readonly { charges: CompanyFigures; refunds: CompanyFigures }[]): CompanyFigures {
  return {
    count: companies.reduce((sum, { charges, refunds }) => sum + charges.count + refunds.count, 0),
    totalMinor: companies.reduce(
      (sum, { charges, refunds }) => sum + charges.totalMinor - refunds.totalMinor,
      0n,
    ),
  };
}

function assertSame<T extends string | number | bigint>(
  key: PeriodKey,
  what: string,
  [left, right]: [T, T],
): void {
  if (left === right) return;
  const name = `${key.period}/${key.closingGroup}`;
  throw new Problem('proof-of-close-failed', {
    detail: `${name} is not closed. ${what}: ${left} and ${right}`,
    facts: {
      period: key.period,
      closingGroup: key.closingGroup,
      figures: what,
      left: String(left),
      right: String(right),
    },
  });
}
