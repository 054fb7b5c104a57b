import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { can } from '../access/can.rules.ts';
import type { Deps } from '../deps.ts';
import { holdersForReader } from '../personal-data/personal-data.queries.ts';
import {
  DOCUMENTS_PER_PAGE,
  MAX_COUNTED,
  isLineWords,
  partyWords,
  readCursorParts,
  totalsOf,
  type DocumentFilter,
  type DocumentPage,
} from './document-filter.rules.ts';
import { countCorrections, readCorrections } from './corrected-invoices.queries.ts';
import {
  countInPeriod,
  listPeriods,
  readInPeriod,
  type InvoicePlace,
  type InvoiceScope,
  type IssuedPeriod,
} from './issued-invoices.queries.ts';

/** A numbered line invoice, or a correction of one. */
export interface FoundInvoiceDocument {
  readonly number: string;
  /** Number of the invoice as it was first issued, and 1 for it, 2 for its first correction. */
  readonly firstNumber: string;
  readonly revision: number;
  readonly issuedOn: string;
  readonly billingPeriod: string;
  readonly closingGroup: number;
  readonly lineId: string;
  readonly holderFrom: string;
  /** As the reader sees it. */
  readonly holder: string | null;
  readonly itemCount: number;
  readonly totalMinor: bigint;
}

/**
 * Line invoices and their corrections, the newest first; those of one date by amount, if amounts are asked for, else by line. Reads
 * period by period, each by an index, until a page is full: never all invoices of a month. Who reads no names without asking sees
 * them masked (src/personal-data), and finds nothing by one: what is found would say whose it is.
 * @throws Problem `permission-denied`
 */
export async function searchInvoices(
  deps: Deps,
  actor: Actor,
  filter: DocumentFilter,
): Promise<DocumentPage<FoundInvoiceDocument>> {
  // Holders of lines may read invoices too, and only their own.
  authorize(actor, 'buyers:read');
  authorize(actor, 'invoices:read');
  const scope: InvoiceScope = { ...filter, party: partyWords(filter.party) };
  if (scope.party !== undefined && !isLineWords(scope.party) && !can(actor, 'holder-names:read'))
    return { rows: [], totals: totalsOf([]), next: undefined };
  const after = readPlace(filter.after);
  const corrections = await readCorrections(deps, scope, after && { date: after.date, number: after.number });
  const found: FoundInvoiceDocument[] = [...corrections];
  const periods = await listPeriods(deps, scope);
  let inPeriods = 0;
  for (const period of periods.filter((one) => isReached(one, after))) {
    if (inPeriods > DOCUMENTS_PER_PAGE) break;
    const place = after?.place && isSame(period, after) ? after.place : undefined;
    const rows = await readInPeriod(deps, period, scope, {
      place,
      limit: DOCUMENTS_PER_PAGE + 1 - inPeriods,
    });
    inPeriods += rows.length;
    found.push(...rows);
  }
  // A stable sort: of one date corrections stand first, and invoices as they were read.
  const sorted = found.toSorted((one, other) => other.issuedOn.localeCompare(one.issuedOn));
  const rows = sorted.slice(0, DOCUMENTS_PER_PAGE);
  const last = rows.at(-1);
  return {
    rows: await holdersForReader(deps, actor, rows),
    totals: totalsOf([await countAll(deps, periods, scope), await countCorrections(deps, scope)]),
    next: sorted.length > DOCUMENTS_PER_PAGE && last ? writePlace(last) : undefined,
  };
}

/** Where a page ends: behind a correction, or behind an invoice of a period. */
interface Place {
  readonly date: string;
  /** Of the correction. */
  readonly number?: string | undefined;
  readonly period?: string | undefined;
  readonly place?: InvoicePlace | undefined;
}

const CURSOR =
  /^(\d{4}-\d{2}-\d{2})~(?:c~([\w-]{1,28})|(\d{4}-\d{2}\/\d{1,2})~(-?\d{1,18})~([\w-]{1,16})~(\d{4}-\d{2}-\d{2}))$/;

function readPlace(text: string | undefined): Place | undefined {
  const parts = readCursorParts(text, CURSOR);
  if (!parts) return undefined;
  const [date = '', number, period, amount, lineId = '', holderFrom = ''] = parts;
  return {
    date,
    number,
    period,
    place: period === undefined ? undefined : { totalMinor: BigInt(amount ?? 0), lineId, holderFrom },
  };
}

function writePlace(row: FoundInvoiceDocument): string {
  if (row.revision > 1) return `${row.issuedOn}~c~${row.number}`;
  return [row.issuedOn, nameOfPeriod(row), row.totalMinor, row.lineId, row.holderFrom].join('~');
}

const nameOfPeriod = (row: Pick<IssuedPeriod, 'billingPeriod' | 'closingGroup'>) =>
  `${row.billingPeriod}/${row.closingGroup}`;
const isSame = (period: IssuedPeriod, { period: name }: Place) => name === nameOfPeriod(period);

/** Periods are in the order of their dates, and of one date in that of their names. */
function isReached(period: IssuedPeriod, after: Place | undefined): boolean {
  if (!after || period.issuedOn < after.date) return true;
  if (period.issuedOn > after.date) return false;
  return after.period === undefined || nameOfPeriod(period) <= after.period;
}

async function countAll(deps: Deps, periods: readonly IssuedPeriod[], scope: InvoiceScope) {
  let [count, totalMinor] = [0, 0n];
  for (const period of periods) {
    const sums = await countInPeriod(deps, period, scope, MAX_COUNTED - count);
    count += sums.count;
    totalMinor += sums.totalMinor;
    if (count >= MAX_COUNTED) break;
  }
  return { count, totalMinor };
}
