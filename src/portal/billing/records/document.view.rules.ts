import type { InvoiceRecord } from '../../../records/invoice-record.ts';
import type { getStatementRecord } from '../../../records/open-statement.ts';
import type { PayoutRunWithLines } from '../../../payouts/payout-run.queries.ts';
import type { SettlementFigure } from '../../../explanations/figure-address.rules.ts';
import { describeFeeInvoices } from '../../../statements/fee-invoices.rules.ts';
import type { FactView, HeadView, TableView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import { explainedCell } from '../explain/explain-link.rules.ts';
import { documentPaths, type DocumentKind } from './document-query.rules.ts';

export interface DocumentView extends PageView, HeadView {
  readonly facts: readonly FactView[];
  readonly figures: readonly FactView[];
  readonly table?: TableView;
}

/** `S202605-000123` of `S202605-000123-2`. */
const SETTLEMENT = /^S\d{6}-\d+/;

const crumbsTo = (kind: DocumentKind, { t }: ViewFrame) => [
  { href: documentPaths[kind], label: t(`billing.records.kind.${kind}`) },
];

type StatementRecord = Awaited<ReturnType<typeof getStatementRecord>> & { readonly href: string };

/** An issued statement: its figures, and its documents. */
export function statementView(
  { statement, checksum, href }: StatementRecord,
  frame: ViewFrame,
): DocumentView {
  const { t, format } = frame;
  const { fee, setUp, recipient, replaces } = statement;
  const invoices = describeFeeInvoices(statement);
  const clawbacks = statement.clawbacks.reduce(
    (sum, one) => (one.kind === 'clawback' ? sum + one.amountMinor : sum - one.amountMinor),
    0n,
  );
  // A correction has the number of its settlement, and its place after it.
  const settlement = { of: 'settlement', number: SETTLEMENT.exec(statement.number)?.[0] ?? '' } as const;
  const money = (label: string, minor: bigint, figure?: SettlementFigure, isDeducted = false): FactView => {
    const text = isDeducted && minor > 0n ? `−${format.money(minor)}` : format.money(minor);
    return {
      label,
      ...(figure ? explainedCell(text, { ...settlement, figure }, frame) : { text }),
      isNumber: true,
    };
  };
  return {
    title: statement.number,
    lead: t('billing.records.statement-lead', {
      company: recipient.name,
      month: format.month(statement.billingPeriod),
    }),
    crumbs: crumbsTo('statements', frame),
    actions: [
      { href: `${href}/pdf`, label: t('billing.records.pdf-of-statement'), isPrimary: true },
      ...(invoices.fee ? [{ href: `${href}/e-invoice`, label: t('billing.records.e-invoice') }] : []),
      ...(invoices['set-up']
        ? [{ href: `${href}/e-invoice?of=set-up`, label: t('billing.records.set-up-e-invoice') }]
        : []),
    ],
    facts: [
      { label: t('billing.records.company'), text: recipient.name },
      { label: t('billing.records.issued'), text: format.date(statement.issueDate) },
      ...(replaces
        ? [
            {
              label: t('billing.records.replaces'),
              text: replaces.number,
              note: format.date(replaces.issueDate),
            },
          ]
        : []),
      {
        label: t('billing.records.pay-on'),
        text: statement.payoutDate ? format.date(statement.payoutDate) : '',
      },
      {
        label: t('billing.records.lines-items'),
        text: `${format.count(statement.lineCount)} / ${format.count(statement.itemCount)}`,
      },
      { label: t('billing.records.checksum'), text: checksum },
    ],
    figures: [
      money(t('billing.records.billed'), statement.billedMinor, 'billed'),
      money(t('billing.records.refunded'), statement.refundedMinor, 'refunded', true),
      money(t('billing.records.fee-ex'), fee.exTaxMinor, 'fee', true),
      money(t('billing.records.fee-tax'), fee.taxMinor, 'fee-tax', true),
      money(t('billing.records.set-up'), setUp.exTaxMinor + setUp.taxMinor, undefined, true),
      money(t('billing.records.clawbacks'), clawbacks, undefined, true),
      money(t('billing.records.transfer-fee'), statement.transferFeeMinor, 'transfer-fee', true),
      money(t('billing.records.carried-in'), statement.carriedInMinor, 'carried-in'),
      money(t('billing.records.carried-out'), statement.carriedOutMinor, 'carried-out'),
      { ...money(t('billing.records.payout'), statement.payoutMinor, 'payout'), isTotal: true },
    ],
  };
}

interface LoadedInvoice {
  readonly invoice: InvoiceRecord;
  readonly href: string;
}

const revealHref = ({ lineId, holderFrom }: InvoiceRecord) =>
  `/support/lines/${lineId}/tenures/${holderFrom}/personal-data`;

/** A numbered line invoice: its totals by rate and supplier status, and its document. */
export function invoiceView({ invoice, href }: LoadedInvoice, frame: ViewFrame): DocumentView {
  const { t, format } = frame;
  const { replaces } = invoice;
  return {
    title: invoice.number,
    lead: t('billing.records.invoice-lead', {
      holder: invoice.holder,
      month: format.month(invoice.billingPeriod),
    }),
    crumbs: crumbsTo('invoices', frame),
    actions: [
      // The document is refused until its reader has asked, and what asks is on the support desk.
      invoice.isHidden
        ? { href: revealHref(invoice), label: t('billing.records.show-holder'), isPrimary: true }
        : { href: `${href}/pdf`, label: t('billing.records.pdf-of-invoice'), isPrimary: true },
    ],
    facts: [
      { label: t('billing.records.line'), text: invoice.lineId },
      { label: t('billing.records.holder'), text: invoice.holder },
      { label: t('billing.records.issued'), text: format.date(invoice.issueDate) },
      { label: t('billing.records.due'), text: format.date(invoice.dueDate) },
      ...(replaces ? [{ label: t('billing.records.replaces'), text: replaces.number }] : []),
    ],
    figures: [
      { label: t('billing.records.items'), text: format.count(invoice.itemCount), isNumber: true },
      {
        label: t('billing.records.total'),
        // A corrected invoice is explained by the one that it replaces.
        ...(replaces
          ? { text: format.money(invoice.totalMinor) }
          : explainedCell(
              format.money(invoice.totalMinor),
              { of: 'invoice', number: invoice.number, figure: 'total' },
              frame,
            )),
        isNumber: true,
        isTotal: true,
      },
    ],
    table: {
      caption: t('billing.records.by-rate'),
      isDense: true,
      columns: [
        { label: t('billing.records.rate') },
        { label: t('billing.records.items'), isNumber: true },
        { label: t('billing.records.total'), isNumber: true },
        { label: t('billing.records.tax'), isNumber: true },
      ],
      rows: invoice.rateTotals.map((rate) => ({
        cells: [
          `${rate.taxRateBps / 100}%${t(rate.isQualified ? 'billing.records.qualified' : 'billing.records.unqualified')}`,
          format.count(rate.itemCount),
          format.money(rate.totalMinor),
          format.money(rate.taxMinor),
        ],
      })),
    },
  };
}

/** A payout file: its transfers, and the file. */
export function payoutFileView({ run, lines }: PayoutRunWithLines, frame: ViewFrame): DocumentView {
  const { t, format } = frame;
  return {
    title: run.number,
    lead: t('billing.records.payout-file-lead', { date: format.date(run.payOn) }),
    crumbs: crumbsTo('payout-files', frame),
    ...(run.state === 'sent' && {
      actions: [
        {
          href: `${documentPaths['payout-files']}/${run.number}/file`,
          label: t('billing.records.file-of-payouts'),
          isPrimary: true,
        },
      ],
    }),
    facts: [
      { label: t('billing.records.sent'), text: run.sentOn ? format.date(run.sentOn) : '' },
      { label: t('billing.records.pay-on'), text: format.date(run.payOn) },
      { label: t('billing.records.checksum'), text: run.checksum ?? '' },
    ],
    figures: [
      { label: t('billing.records.transfers'), text: format.count(run.payoutCount), isNumber: true },
      {
        label: t('billing.records.total'),
        text: format.money(run.totalMinor),
        isNumber: true,
        isTotal: true,
      },
    ],
    table: {
      caption: t('billing.records.transfers'),
      isDense: true,
      isWide: true,
      columns: [
        { label: t('billing.records.payee'), isLong: true },
        { label: t('billing.records.company') },
        { label: t('billing.records.reference') },
        { label: t('billing.records.amount'), isNumber: true },
      ],
      rows: lines.map((line) => ({
        cells: [line.payee, line.company ?? '', line.reference, format.money(line.amountMinor)],
      })),
    },
  };
}
