import { publicId } from '../../../shared/public-id.rules.ts';
import type { Found, FoundKind } from '../../../support-search/found.types.ts';
import type { CellView, TableView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { sellerOf } from '../company-name.rules.ts';
import { caseHref, chargeHref, companyHref, invoiceHref, lineHref } from '../support-links.rules.ts';
import { caseBadge, chargeBadge, holdsBadge } from '../state-words.rules.ts';

export interface FoundTable {
  readonly id: FoundKind;
  readonly title: string;
  readonly table: TableView;
  /** Said under the table when there is more than it shows. */
  readonly more?: string;
}

type Rows = readonly (readonly CellView[])[];

/** A table of each kind of which something was found, people first. */
export function tablesOf(found: Found, frame: ViewFrame): FoundTable[] {
  const { t } = frame;
  const rows: Readonly<Record<FoundKind, Rows>> = {
    tenures: tenureRows(found, frame),
    charges: chargeRows(found, frame),
    subscriptions: subscriptionRows(found, frame),
    consents: consentRows(found, frame),
    refunds: refundRows(found, frame),
    invoices: invoiceRows(found, frame),
    cases: caseRows(found, frame),
    companies: companyRows(found, frame),
  };
  const kinds = Object.keys(rows) as FoundKind[];
  return kinds
    .filter((kind) => rows[kind].length > 0)
    .map((kind) => ({
      id: kind,
      title: t(`support.search.kind.${kind}`),
      table: tableOf(kind, rows[kind], frame),
      ...(found.more.includes(kind) && { more: t(`support.search.more.${moreOf(kind)}`) }),
    }));
}

const moreOf = (kind: FoundKind) => (kind === 'tenures' || kind === 'charges' ? kind : 'others');

const COLUMNS = {
  tenures: ['line', 'holder', 'kana', 'product', 'holds'],
  charges: ['charge', 'amount', 'date', 'seller', 'charge-state', 'line'],
  subscriptions: ['subscription', 'amount', 'description', 'seller', 'line'],
  consents: ['consent', 'description', 'seller', 'line'],
  refunds: ['refund', 'amount', 'date', 'seller', 'line'],
  invoices: ['invoice', 'amount', 'month', 'line'],
  cases: ['case', 'date', 'seller', 'case-state', 'line'],
  companies: ['company', 'code'],
} as const satisfies Record<FoundKind, readonly string[]>;

const LONG: ReadonlySet<string> = new Set(['holder', 'seller', 'description', 'company', 'charge']);

function tableOf(kind: FoundKind, rows: Rows, { t }: ViewFrame): TableView {
  return {
    caption: t(`support.search.kind.${kind}`),
    isCaptionUnseen: true,
    isDense: true,
    columns: COLUMNS[kind].map((column) => ({
      label: t(`support.search.column.${column}`),
      ...(column === 'amount' && { isNumber: true }),
      ...(LONG.has(column) && { isLong: true }),
    })),
    rows: rows.map((cells) => ({ cells })),
  };
}

function tenureRows({ tenures }: Found, frame: ViewFrame): Rows {
  return tenures.map((row) => [
    { text: row.lineId, href: lineHref(row.lineId, row.holderFrom) },
    row.holder,
    row.holderKana ?? '',
    row.product ?? '',
    { badge: holdsBadge(row, frame) },
  ]);
}

function chargeRows({ charges }: Found, frame: ViewFrame): Rows {
  const { format } = frame;
  return charges.map((row) => [
    { text: row.description, href: chargeHref(row.id), note: publicId('charge', row.id) },
    format.money(row.amountMinor),
    format.date(row.date),
    sellerOf(row, frame),
    { badge: chargeBadge(row.state, frame) },
    lineCell(row.lineId),
  ]);
}

function subscriptionRows({ subscriptions }: Found, frame: ViewFrame): Rows {
  return subscriptions.map((row) => [
    linkedToLine(publicId('subscription', row.id), row.lineId, 'subscriptions'),
    frame.format.money(row.amountMinor),
    row.description,
    sellerOf(row, frame),
    lineCell(row.lineId),
  ]);
}

function consentRows({ consents }: Found, frame: ViewFrame): Rows {
  return consents.map((row) => [
    linkedToLine(publicId('consent', row.id), row.lineId, 'consents'),
    row.description,
    sellerOf(row, frame),
    lineCell(row.lineId),
  ]);
}

function refundRows({ refunds }: Found, frame: ViewFrame): Rows {
  const { format } = frame;
  return refunds.map((row) => [
    { text: publicId('refund', row.id), href: chargeHref(row.chargeId) },
    format.money(row.amountMinor),
    format.date(row.businessDate),
    sellerOf(row, frame),
    lineCell(row.lineId),
  ]);
}

function invoiceRows({ invoices }: Found, { format }: ViewFrame): Rows {
  return invoices.map(({ number, totalMinor, billingPeriod, lineId }) => [
    { text: number, href: invoiceHref(number) },
    format.money(totalMinor),
    format.month(billingPeriod),
    lineCell(lineId),
  ]);
}

function caseRows({ cases }: Found, frame: ViewFrame): Rows {
  return cases.map((row) => [
    { text: row.number, href: caseHref(row.number) },
    frame.format.dateTime(row.openedAt),
    sellerOf(row, frame),
    { badge: caseBadge(row.state, frame) },
    lineCell(row.lineId),
  ]);
}

function companyRows({ companies }: Found, frame: ViewFrame): Rows {
  return companies.map((row) => [
    { text: frame.language === 'ja' ? row.name : row.nameEn, href: companyHref(row.code) },
    row.code,
  ]);
}

const lineCell = (lineId: string | null): CellView =>
  lineId === null ? '' : { text: lineId, href: lineHref(lineId) };

const linkedToLine = (text: string, lineId: string | null, part: string): CellView =>
  lineId === null ? text : { text, href: `${lineHref(lineId)}#${part}` };
