import type { DocumentPage } from '../../../records/document-filter.rules.ts';
import type { FoundInvoiceDocument } from '../../../records/invoice-search.queries.ts';
import type { FoundPayoutFile } from '../../../records/payout-file-search.queries.ts';
import type { FoundStatement } from '../../../records/statement-search.queries.ts';
import type { ColumnView, FilterView, HeadView, TableView, TabsView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import {
  documentFilter,
  documentsHref,
  documentTabs,
  type DocumentKind,
  type DocumentQuery,
} from './document-query.rules.ts';

export interface DocumentsView extends PageView, HeadView {
  readonly parts: TabsView;
  readonly filter: FilterView;
  readonly table: TableView;
  readonly pager: { readonly first?: string; readonly next?: string };
}

/** A search and what it found. */
export interface LoadedDocuments<Row> {
  readonly query: DocumentQuery;
  readonly page: DocumentPage<Row>;
}

export function statementsView(loaded: LoadedDocuments<FoundStatement>, frame: ViewFrame): DocumentsView {
  const { t, format } = frame;
  return searchView('statements', loaded, frame, {
    columns: [
      { label: t('billing.records.number') },
      { label: t('billing.records.issued') },
      { label: t('billing.records.month') },
      { label: t('billing.records.company'), isLong: true },
      { label: t('billing.records.billed'), isNumber: true },
      { label: t('billing.records.fee'), isNumber: true },
      { label: t('billing.records.payout'), isNumber: true },
      { label: t('billing.records.document') },
    ],
    cells: (row) => [
      { text: row.number, href: statementHref(row) },
      format.date(row.issuedOn),
      format.month(row.billingPeriod),
      { text: row.companyName, note: row.companyCode },
      format.money(row.billedMinor),
      format.money(row.feeMinor),
      format.money(row.payoutMinor),
      { text: t('billing.records.pdf'), href: `${statementHref(row)}/pdf` },
    ],
    total: 6,
  });
}

export function invoicesView(loaded: LoadedDocuments<FoundInvoiceDocument>, frame: ViewFrame): DocumentsView {
  const { t, format } = frame;
  return searchView('invoices', loaded, frame, {
    columns: [
      { label: t('billing.records.number') },
      { label: t('billing.records.issued') },
      { label: t('billing.records.month') },
      { label: t('billing.records.line') },
      { label: t('billing.records.holder'), isLong: true },
      { label: t('billing.records.items'), isNumber: true },
      { label: t('billing.records.total'), isNumber: true },
      { label: t('billing.records.document') },
    ],
    cells: (row) => [
      { text: row.number, href: invoiceHref(row) },
      format.date(row.issuedOn),
      format.month(row.billingPeriod),
      row.lineId,
      row.holder ?? '',
      format.count(row.itemCount),
      format.money(row.totalMinor),
      { text: t('billing.records.pdf'), href: `${invoiceHref(row)}/pdf` },
    ],
    total: 6,
  });
}

export function payoutFilesView(loaded: LoadedDocuments<FoundPayoutFile>, frame: ViewFrame): DocumentsView {
  const { t, format } = frame;
  return searchView('payout-files', loaded, frame, {
    columns: [
      { label: t('billing.records.number') },
      { label: t('billing.records.sent') },
      { label: t('billing.records.pay-on') },
      { label: t('billing.records.transfers'), isNumber: true },
      { label: t('billing.records.total'), isNumber: true },
      { label: t('billing.records.document') },
    ],
    cells: (row) => [
      { text: row.number, href: payoutFileHref(row) },
      format.date(row.sentOn),
      format.date(row.payOn),
      format.count(row.payoutCount),
      format.money(row.totalMinor),
      { text: t('billing.records.file'), href: `${payoutFileHref(row)}/file` },
    ],
    total: 4,
  });
}

/** The page of one document. */
export const statementHref = (row: Pick<FoundStatement, 'companyCode' | 'billingPeriod' | 'revision'>) =>
  `/billing/records/statements/${row.companyCode}/${row.billingPeriod}/${row.revision}`;
export const invoiceHref = (row: Pick<FoundInvoiceDocument, 'firstNumber' | 'revision'>) =>
  `/billing/records/invoices/${row.firstNumber}/${row.revision}`;
export const payoutFileHref = ({ number }: Pick<FoundPayoutFile, 'number'>) =>
  `/billing/records/payout-files/${number}`;

interface DocumentTable<Row> {
  readonly columns: readonly ColumnView[];
  readonly cells: (row: Row) => TableView['rows'][number]['cells'];
  /** The column that is added up. */
  readonly total: number;
}

function searchView<Row>(
  kind: DocumentKind,
  { query, page }: LoadedDocuments<Row>,
  frame: ViewFrame,
  { columns, cells, total }: DocumentTable<Row>,
): DocumentsView {
  const { t, format } = frame;
  const { rows, totals, next } = page;
  const count = format.count(totals.count);
  const amount = format.money(totals.totalMinor);
  const foot = columns.map((_, index) =>
    index === 0 ? t('billing.records.sum') : index === total ? amount : '',
  );
  const isFiltered = Object.values(query).some(Boolean);
  return {
    title: t('billing.records.title'),
    lead: t('billing.records.lead'),
    parts: documentTabs(kind, query, frame),
    filter: documentFilter(
      kind,
      {
        query,
        found: t(totals.isCut ? 'billing.records.found-cut' : 'billing.records.found', { count, amount }),
      },
      frame,
    ),
    table: {
      caption: t(`billing.records.kind.${kind}`),
      isCaptionUnseen: true,
      isDense: true,
      isWide: true,
      columns,
      rows: rows.map((row) => ({ cells: cells(row) })),
      ...(totals.isCut ? {} : { foot }),
      empty: isFiltered
        ? {
            title: t('billing.records.none-found'),
            text: t('billing.records.none-found-text'),
            href: documentsHref(kind, {}),
            label: t('kit.filter.clear'),
          }
        : { title: t('billing.records.none'), text: t('billing.records.none-text') },
    },
    pager: {
      ...(query.after !== undefined && { first: documentsHref(kind, query) }),
      ...(next !== undefined && { next: documentsHref(kind, query, { after: next }) }),
    },
  };
}
