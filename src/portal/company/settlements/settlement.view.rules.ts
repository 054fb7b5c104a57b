import { explainFee } from '../../../settlements/fee-wording.rules.ts';
import { calculateFee } from '../../../settlements/fee.rules.ts';
import { feeBase } from '../../../settlements/settlement.rules.ts';
import type { SettlementFigure } from '../../../explanations/figure-address.rules.ts';
import type { OwnPayout } from '../../../payouts/own-payouts.queries.ts';
import type { OwnSettlement, OwnSettlementDetails } from '../../../settlements/own-settlements.queries.ts';
import type { ServiceLine } from '../../../settlements/settlement-details.queries.ts';
import { formatPercent } from '../../../shared/average.rules.ts';
import { listFeeInvoiceKinds } from '../../../statements/fee-invoices.rules.ts';
import type { StatementRevision } from '../../../statements/statement-revisions.queries.ts';
import type { CellView, LinkView, TableView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { payoutsTable } from './payouts.view.rules.ts';
import { explained, settlementBadge, settlementHref } from './settlement-parts.rules.ts';

interface LoadedSettlement {
  readonly details: OwnSettlementDetails;
  readonly payouts: readonly OwnPayout[];
  readonly revisions: readonly StatementRevision[];
}

/** One settlement: from what was billed to what is paid, each figure with its explanation. */
export function settlementView(
  { details, payouts, revisions }: LoadedSettlement,
  frame: ViewFrame,
): SectionsView {
  const { settlement } = details;
  const { t, format } = frame;
  const { billingPeriod, payoutMinor, payoutOn, heldReason, number } = settlement;
  return {
    title: t('company.settlement.title', { month: format.month(billingPeriod) }),
    crumbs: [{ href: '/company/settlements', label: t('company.settlements.title') }],
    headBadge: settlementBadge(settlement, frame),
    lead:
      payoutMinor === 0n
        ? t('company.settlement.lead-nothing')
        : t(settlement.state === 'paid' ? 'company.settlement.lead-paid' : 'company.settlement.lead', {
            amount: format.money(payoutMinor),
            date: format.date(payoutOn),
          }),
    ...(revisions.length > 0 && {
      actions: [
        {
          href: settlementHref(number, 'statement.pdf'),
          label: t('company.settlement.pdf'),
          isPrimary: true,
        },
      ],
    }),
    banners: heldReason === null ? [] : [{ tone: 'warn', text: t('company.settlement.held') }],
    sections: [
      { id: 'figures', title: t('company.settlement.figures'), table: figuresTable(details, frame) },
      { id: 'fee', title: t('company.settlement.fee'), text: feeText(settlement, frame) },
      { id: 'lines', title: t('company.settlement.lines'), table: linesTable(details, frame) },
      {
        id: 'payouts',
        title: t('company.settlements.part.payouts'),
        table: payoutsTable(payouts, frame, t('company.payouts.none-of-settlement')),
      },
      {
        id: 'files',
        title: t('company.settlement.files'),
        ...(revisions.length === 0
          ? { text: t('company.settlement.no-files') }
          : { links: revisions.flatMap((revision) => filesOf(settlement, revision, frame)) }),
      },
    ],
  };
}

/** From what was billed to what is paid; `-` in front of what is deducted. */
const amounts = [
  ['billedMinor', 1n, 'billed'],
  ['refundedMinor', -1n, 'refunded'],
  ['feeExTaxMinor', -1n, 'fee'],
  ['feeTaxMinor', -1n, 'fee-tax'],
  ['setUpExTaxMinor', -1n, 'set-up'],
  ['setUpTaxMinor', -1n, 'set-up-tax'],
  ['commissionMinor', -1n, 'commission'],
  ['clawbackMinor', -1n, 'clawback'],
  ['recoveryMinor', 1n, 'recovery'],
  ['carriedInMinor', 1n, 'carried-in'],
  ['carriedOutMinor', -1n, 'carried-out'],
  ['transferFeeMinor', -1n, 'transfer-fee'],
  ['payoutMinor', 1n, 'payout'],
] as const satisfies readonly (readonly [keyof OwnSettlement, 1n | -1n, SettlementFigure])[];

/** What only some months have. */
const rare = new Set<string>(['set-up', 'set-up-tax', 'commission', 'clawback', 'recovery', 'transfer-fee']);

const cell = ({ number }: OwnSettlement, figure: SettlementFigure, text: string) =>
  explained(text, { of: 'settlement', number, figure });

function figuresTable({ settlement, before }: OwnSettlementDetails, frame: ViewFrame): TableView {
  const { t, format } = frame;
  const row = (label: string, figure: SettlementFigure, text: (of: OwnSettlement) => string): CellView[] => [
    label,
    cell(settlement, figure, text(settlement)),
    ...(before ? [cell(before, figure, text(before))] : []),
  ];
  const shown = amounts.filter(
    ([name, , figure]) => !rare.has(figure) || settlement[name] !== 0n || (before?.[name] ?? 0n) !== 0n,
  );
  const rows = shown.map(([name, sign, figure]) =>
    row(t(`company.figure.${figure}`), figure, (of) => format.money(of[name] * sign)),
  );
  const average = (of: OwnSettlement) =>
    of.lineCount === 0 ? '–' : format.money((of.billedMinor - of.refundedMinor) / BigInt(of.lineCount));
  return {
    caption: t('company.settlement.figures'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('company.settlement.figure') },
      { label: format.month(settlement.billingPeriod), isNumber: true },
      ...(before ? [{ label: format.month(before.billingPeriod), isNumber: true }] : []),
    ],
    rows: [
      row(t('company.figure.lines'), 'lines', (of) => format.count(of.lineCount)),
      row(t('company.figure.items'), 'items', (of) => format.count(of.itemCount)),
      row(t('company.figure.average'), 'average', average),
      ...rows.slice(0, -1),
    ].map((cells) => ({ cells })),
    // The payout is what the rest comes to.
    foot: rows.at(-1)! as NonNullable<TableView['foot']>,
  };
}

/** How the fee comes about, in whole sentences. That of an older rule is explained by its statement. */
function feeText(settlement: OwnSettlement, { t, language }: ViewFrame): string {
  const { definition, feeTaxable, feeTaxRateBps, ruleVersion, refundedMinor } = settlement;
  const tax = feeTaxable
    ? t('company.settlement.fee-taxed', { rate: formatPercent(feeTaxRateBps) })
    : t('company.settlement.fee-exempt');
  if (ruleVersion === 1) return tax;
  const billed = feeBase({ billed: settlement, refundedMinor, setUpInFee: undefined });
  const fee = calculateFee(definition, billed);
  return `${explainFee({ tariff: definition, billed, fee, locale: language })} ${tax}`;
}

function linesTable({ lines, settlement: { number } }: OwnSettlementDetails, frame: ViewFrame): TableView {
  const { t, format, language } = frame;
  return {
    caption: t('company.settlement.lines'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('company.charge.service'), isLong: true },
      { label: t('company.charge.tax') },
      { label: t('company.settlement.line-kind') },
      { label: t('company.figure.lines'), isNumber: true },
      { label: t('company.figure.items'), isNumber: true },
      { label: t('company.charge.amount'), isNumber: true },
    ],
    rows: lines.map((line) => ({
      cells: [
        language === 'ja' ? line.name : line.nameEn,
        t('company.charge.tax-rate', {
          name: t(`company.charge.tax.${line.taxCode}`),
          rate: formatPercent(line.taxRateBps),
        }),
        line.kind === 'charge'
          ? t('company.settlement.kind.charge')
          : t(`company.settlement.kind.${line.kind}`, { month: format.month(line.originalPeriod) }),
        format.count(line.lineCount),
        format.count(line.itemCount),
        lineTotal(line, { number, lines }, frame),
      ],
    })),
    foot: [
      t('company.total'),
      '',
      '',
      '',
      '',
      explained(format.money(lines.reduce((sum, { totalMinor }) => sum + totalMinor, 0n)), {
        of: 'settlement',
        number,
        figure: 'total',
      }),
    ],
    empty: { title: t('company.settlement.no-lines'), text: '' },
  };
}

/** What is billed of a service has an explanation; refunds have one for all of a period, which is that of the only line of the period. */
function lineTotal(
  line: ServiceLine,
  { number, lines }: { readonly number: string; readonly lines: readonly ServiceLine[] },
  { format }: ViewFrame,
): CellView {
  const { kind, originalPeriod: period, serviceId, taxCode, taxRateBps, totalMinor } = line;
  const text = format.money(totalMinor);
  const settlement = { of: 'settlement', number } as const;
  if (kind === 'charge')
    return explained(text, { ...settlement, figure: 'service', serviceId, taxCode, taxRateBps });
  const ofPeriod = lines.filter((other) => other.kind !== 'charge' && other.originalPeriod === period);
  return ofPeriod.length === 1 ? explained(text, { ...settlement, figure: 'refunds-of', period }) : text;
}

/** The statement and the invoices for fees, of one revision. */
function filesOf(
  { number, feeExTaxMinor, setUpExTaxMinor }: OwnSettlement,
  { revision, number: named, createdAt, namesSetUpInvoice }: StatementRevision,
  { t, format }: ViewFrame,
): LinkView[] {
  const invoices = listFeeInvoiceKinds({ feeExTaxMinor, setUpExTaxMinor, namesSetUpInvoice });
  return [
    {
      href: `${settlementHref(number, 'statement.pdf')}?revision=${revision}`,
      label: t(revision === 1 ? 'company.settlement.file-statement' : 'company.settlement.file-correction', {
        number: named,
        at: format.dateTime(createdAt),
      }),
    },
    ...invoices.map((of) => ({
      href: `${settlementHref(number, 'fee-invoice.xml')}?revision=${revision}&of=${of}`,
      label: t(`company.settlement.file-${of}-invoice`, { number: named }),
    })),
  ];
}
