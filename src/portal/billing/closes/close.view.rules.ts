import type { BillingPeriodRow } from '../../../billing-periods/billing-period.queries.ts';
import type { ProofEquation, ProofSide } from '../../../invoices/proof-equations.ts';
import type { InvoiceDetailsFile } from '../../../invoices/read-invoice-details.ts';
import type { FactView, HeadView, LinkView, TableView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import { nameJob } from '../../kit/job-name.rules.ts';
import { documentsHref } from '../records/document-query.rules.ts';
import { runHref } from '../run-words.rules.ts';
import { closeHref, groupText, stateBadge } from './closes.view.rules.ts';

export interface CloseView extends PageView, HeadView {
  readonly banner?: {
    readonly tone: 'good' | 'bad' | 'info';
    readonly title?: string;
    readonly text: string;
  };
  readonly proof?: TableView;
  readonly countHref?: LinkView;
  readonly factsTitle: string;
  readonly facts: readonly FactView[];
  readonly fileTitle: string;
  readonly file: readonly FactView[];
  readonly download?: LinkView;
  readonly parked: TableView;
}

interface LoadedClose {
  readonly row: BillingPeriodRow;
  /** None for a large period until somebody asks. */
  readonly equations: readonly ProofEquation[] | undefined;
  readonly parked: readonly {
    readonly job: string;
    readonly businessDate: string;
    readonly subject: string;
    readonly reason: string;
  }[];
  readonly file: InvoiceDetailsFile | undefined;
  readonly mayDownload: boolean;
}

/** One close with its proof. */
export function closeView(loaded: LoadedClose, frame: ViewFrame): CloseView {
  const { row, equations, file, mayDownload } = loaded;
  const { t, format, can } = frame;
  const href = closeHref(row);
  return {
    title: t('billing.closes.name', {
      month: format.month(row.period),
      group: groupText(row.closingGroup, frame),
    }),
    crumbs: [{ href: '/billing/closes', label: t('billing.closes.title') }],
    headBadge: stateBadge(row, frame),
    lead: t(`billing.closes.one.${row.state}`, {
      date: format.date(row.closesOn),
      at: row.closedAt == null ? '' : format.dateTime(row.closedAt),
    }),
    actions: can('settlements:read')
      ? [
          {
            href: `/billing/settlements?period=${row.period}`,
            label: t('billing.closes.to-settlements'),
          },
        ]
      : [],
    ...(equations && { banner: verdict(row, equations, frame), proof: proofTable(equations, frame) }),
    ...(!equations && { countHref: { href: `${href}?count=again`, label: t('billing.closes.count') } }),
    factsTitle: t('billing.closes.facts'),
    facts: factsOf(row, frame),
    fileTitle: t('billing.closes.file'),
    file: fileFacts(row, file, frame),
    ...(mayDownload &&
      file?.size !== undefined && {
        download: { href: `${href}/invoice-details.csv`, label: t('billing.closes.download') },
      }),
    parked: parkedTable(loaded, frame),
  };
}

/** Whether all equations hold, in words; while a period is open, what is not folded yet makes them differ. */
function verdict(
  { state }: BillingPeriodRow,
  equations: readonly ProofEquation[],
  { t, format }: ViewFrame,
): NonNullable<CloseView['banner']> {
  const wrong = equations.filter(({ holds }) => !holds).length;
  if (wrong === 0) return { tone: 'good', text: t('billing.closes.all-hold', { count: equations.length }) };
  if (state !== 'closed') return { tone: 'info', text: t('billing.closes.not-folded') };
  return {
    tone: 'bad',
    title: t('billing.closes.some-fail', { count: format.count(wrong) }),
    text: t('billing.closes.some-fail-text'),
  };
}

function proofTable(equations: readonly ProofEquation[], frame: ViewFrame): TableView {
  const { t } = frame;
  return {
    caption: t('billing.closes.proof'),
    isDense: true,
    columns: [
      { label: t('billing.closes.equation') },
      { label: t('billing.closes.left'), isNumber: true },
      { label: t('billing.closes.right'), isNumber: true },
      { label: t('billing.closes.result') },
    ],
    rows: equations.map(({ name, left, right, holds }) => ({
      cells: [
        t(`billing.closes.proof.${name}`),
        sideText(left, frame),
        sideText(right, frame),
        {
          badge: holds
            ? { tone: 'good', text: t('billing.closes.holds') }
            : { tone: 'bad', text: t('billing.closes.fails') },
        },
      ],
    })),
  };
}

function sideText({ count, totalMinor }: ProofSide, { t, format }: ViewFrame): string {
  const counted = count === null ? '' : t('billing.closes.count-of', { count: format.count(count) });
  if (totalMinor === null) return counted;
  return count === null ? format.money(totalMinor) : `${counted} ${format.money(totalMinor)}`;
}

/** The figures of the invoices lead to the invoices: each closing group issues them on a day of its own. */
function factsOf(row: BillingPeriodRow, { t, format, can }: ViewFrame): FactView[] {
  const { invoiceCount, itemCount, totalMinor, issueOn } = row;
  const madeOf =
    row.closedAt != null && can('buyers:read')
      ? { href: documentsHref('invoices', { from: issueOn, to: issueOn }) }
      : {};
  return [
    {
      label: t('billing.closes.span'),
      text: t('billing.closes.from-to', { from: format.date(row.startsOn), to: format.date(row.closesOn) }),
    },
    { label: t('billing.closes.issue-on'), text: format.date(row.issueOn) },
    { label: t('billing.closes.due-on'), text: format.date(row.dueOn) },
    { label: t('billing.closes.closed-at'), text: row.closedAt == null ? '' : format.dateTime(row.closedAt) },
    {
      label: t('billing.closes.invoices'),
      text: invoiceCount == null ? '' : format.count(invoiceCount),
      ...madeOf,
    },
    { label: t('billing.closes.items'), text: itemCount == null ? '' : format.count(itemCount) },
    { label: t('billing.closes.total'), text: totalMinor == null ? '' : format.money(totalMinor), ...madeOf },
  ];
}

function fileFacts(
  { checksum, itemCount }: BillingPeriodRow,
  file: InvoiceDetailsFile | undefined,
  { t, format }: ViewFrame,
): FactView[] {
  if (!file) return [];
  const { path, size, writtenAt } = file;
  return [
    { label: t('billing.closes.path'), text: path },
    {
      label: t('billing.closes.size'),
      text:
        size === undefined
          ? t('billing.closes.missing')
          : t('billing.closes.bytes', { size: format.count(size) }),
    },
    { label: t('billing.closes.items'), text: itemCount == null ? '' : format.count(itemCount) },
    { label: t('billing.closes.written-at'), text: writtenAt ? format.dateTime(writtenAt) : '' },
    { label: t('billing.closes.checksum'), text: checksum ?? '' },
  ];
}

function parkedTable({ parked }: LoadedClose, frame: ViewFrame): TableView {
  const { t, format } = frame;
  return {
    caption: t('billing.closes.parked'),
    isDense: true,
    columns: [
      { label: t('billing.closes.subject') },
      { label: t('billing.closes.run') },
      { label: t('billing.closes.reason'), isLong: true },
    ],
    rows: parked.map(({ job, businessDate, subject, reason }) => ({
      cells: [
        subject,
        { text: `${nameJob(job, frame)} ${format.date(businessDate)}`, href: runHref({ job, businessDate }) },
        reason,
      ],
    })),
    empty: { title: t('billing.closes.no-parked'), text: t('billing.closes.no-parked-text') },
  };
}
