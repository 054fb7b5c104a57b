import type { PeopleNames } from '../../../accounts/people-names.queries.ts';
import type { ServiceLine, SettlementDetails } from '../../../settlements/settlement-details.queries.ts';
import type { HistoryStep } from '../../../settlements/settlement-history.queries.ts';
import { formatPercent } from '../../../shared/average.rules.ts';
import { publicId } from '../../../shared/public-id.rules.ts';
import { feeInvoicesOf } from '../../../statements/fee-invoices.rules.ts';
import type {
  CellView,
  ConfirmView,
  FactView,
  HeadView,
  LinkView,
  RowView,
  StepView,
  TableView,
} from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import { explainedCell } from '../explain/explain-link.rules.ts';
import { personText } from '../person-text.rules.ts';
import { settlementBadge } from '../settlements-table.rules.ts';
import { feeText } from './fee-text.rules.ts';
import { isPossible, stateOf } from './settlement-acts.view.rules.ts';
import { figuresTable } from './settlement-figures.rules.ts';
import type { LoadedSettlement } from './settlement.pages.ts';
import { settlementHref, settlementsHref } from './settlements.query.ts';

export interface SettlementView extends PageView, HeadView {
  readonly banner?: NonNullable<ConfirmView['banner']>;
  readonly table: TableView;
  readonly feeTitle: string;
  readonly feeWords: string;
  readonly lines: TableView;
  readonly factsTitle: string;
  readonly facts: readonly FactView[];
  readonly filesTitle: string;
  readonly rows: readonly RowView[];
  readonly historyTitle: string;
  readonly timeline: readonly StepView[];
}

export interface ShownSettlement extends LoadedSettlement {
  readonly history: readonly HistoryStep[];
  readonly names: PeopleNames;
}

/** One settlement. */
export function settlementView(loaded: ShownSettlement, frame: ViewFrame): SettlementView {
  const { details } = loaded;
  const { settlement, name, nameEn, blockedBy } = details;
  const { t, format, language } = frame;
  const { billingPeriod } = settlement;
  const month = format.month(billingPeriod);
  return {
    title: t('billing.settlements.one-title', { company: language === 'ja' ? name : nameEn, month }),
    crumbs: [
      { href: '/billing/settlements', label: t('billing.settlements.title') },
      { href: settlementsHref({ period: billingPeriod }), label: month },
    ],
    headBadge: settlementBadge(stateOf(loaded), frame),
    lead: leadText(loaded, frame),
    actions: actionsOf(loaded, frame),
    ...(settlement.state === 'draft' &&
      blockedBy !== undefined && {
        banner: {
          tone: 'info',
          text: t('billing.settlements.blocked', { month: format.month(blockedBy) }),
        },
      }),
    table: figuresTable(details, frame),
    feeTitle: t('billing.settlements.fee-title'),
    feeWords: feeText(details, frame),
    lines: linesTable(details, frame),
    factsTitle: t('billing.settlements.facts'),
    facts: factsOf(loaded, frame),
    filesTitle: t('billing.settlements.files'),
    rows: filesOf(loaded, frame),
    historyTitle: t('billing.settlements.history'),
    timeline: loaded.history.map((step) => stepView(step, loaded.names, frame)),
  };
}

function leadText(loaded: ShownSettlement, { t, format }: ViewFrame): string {
  const { settlement, pending } = loaded.details;
  const { payoutMinor, payoutOn, heldReason, rejectedReason } = settlement;
  const state = stateOf(loaded);
  const paid = { amount: format.money(payoutMinor), date: format.date(payoutOn) };
  if (state === 'proposed')
    return t('billing.settlements.lead.proposed', { name: personText(pending!.maker, loaded.names, t) });
  if (state === 'approved' && payoutMinor === 0n) return t('billing.settlements.lead.nothing-due');
  return t(`billing.settlements.lead.${state}`, {
    ...paid,
    reason: heldReason ?? rejectedReason ?? '',
  });
}

function actionsOf(loaded: ShownSettlement, { t, can }: ViewFrame): LinkView[] {
  const { settlement, pending } = loaded.details;
  const act = (name: Parameters<typeof isPossible>[0], permission: Parameters<typeof can>[0]) =>
    isPossible(name, loaded) && can(permission)
      ? [{ href: settlementHref(settlement.number, name), label: t(`billing.settlements.to-${name}`) }]
      : [];
  return [
    ...act('propose', 'settlements:propose'),
    ...(pending && can('approvals:read')
      ? [
          {
            href: `/billing/approvals/${publicId('approval', pending.id)}`,
            label: t('billing.settlements.to-approval'),
          },
        ]
      : []),
    ...act('reject', 'settlements:reject'),
    ...act('hold', 'settlements:approve'),
    ...act('release', 'settlements:approve'),
    ...(stateOf(loaded) === 'held' && loaded.isHeldByTwo && can('watch:propose')
      ? [
          {
            href: `/billing/watch/${encodeURIComponent(settlement.company)}/payouts/${encodeURIComponent(settlement.number)}/release`,
            label: t('billing.watch.release'),
          },
        ]
      : []),
    ...act('correct', 'statements:correct'),
    ...(settlement.state === 'rejected' && can('runs:execute')
      ? [{ href: '/billing/runs/start?job=settle-companies', label: t('billing.settlements.to-redraft') }]
      : []),
  ];
}

function factsOf({ details }: ShownSettlement, { t, format, language }: ViewFrame): FactView[] {
  const { settlement, tariff } = details;
  const { number, revision, company, legalModel, settlementBasis, settledOn, payoutOn } = settlement;
  return [
    { label: t('billing.settlements.number'), text: number },
    { label: t('billing.settlements.draft'), text: format.count(revision) },
    { label: t('billing.settlements.company-code'), text: company },
    { label: t('billing.settlements.legal-model'), text: t(`billing.settlements.legal-model.${legalModel}`) },
    { label: t('billing.settlements.basis'), text: t(`billing.settlements.basis.${settlementBasis}`) },
    {
      label: t('billing.settlements.tariff'),
      text: language === 'ja' ? tariff.name : tariff.nameEn,
      note: settlement.tariffCode,
    },
    { label: t('billing.settlements.settled-on'), text: format.date(settledOn) },
    { label: t('billing.settlements.payout-on'), text: format.date(payoutOn) },
  ];
}

function linesTable({ lines, settlement: { number: of } }: SettlementDetails, frame: ViewFrame): TableView {
  const { t, format, language } = frame;
  const number = (key: Parameters<typeof t>[0]) => ({ label: t(key), isNumber: true });
  return {
    caption: t('billing.settlements.lines'),
    isDense: true,
    columns: [
      { label: t('billing.settlements.service'), isLong: true },
      { label: t('billing.settlements.rate') },
      { label: t('billing.settlements.line-kind') },
      number('billing.settlements.figure.lineCount'),
      number('billing.settlements.figure.itemCount'),
      number('billing.settlements.amount'),
    ],
    rows: lines.map((line) => ({
      cells: [
        language === 'ja' ? line.name : line.nameEn,
        t(`billing.settlements.rate.${line.taxCode}`, { rate: formatPercent(line.taxRateBps) }),
        line.kind === 'charge'
          ? t('billing.settlements.kind.charge')
          : t(`billing.settlements.kind.${line.kind}`, { month: format.month(line.originalPeriod) }),
        format.count(line.lineCount),
        format.count(line.itemCount),
        lineTotal(line, { of, lines }, frame),
      ],
    })),
    foot: [
      t('billing.settlements.figure.total'),
      '',
      '',
      '',
      '',
      explainedCell(
        format.money(lines.reduce((sum, { totalMinor }) => sum + totalMinor, 0n)),
        { of: 'settlement', number: of, figure: 'total' },
        frame,
      ),
    ],
    empty: { title: t('billing.settlements.no-lines'), text: t('billing.settlements.no-lines-text') },
  };
}

/** What is billed of a service has an explanation; refunds have one for all of a period, which is that of the only line of the period. */
function lineTotal(
  line: ServiceLine,
  { of: number, lines }: { readonly of: string; readonly lines: readonly ServiceLine[] },
  frame: ViewFrame,
): CellView {
  const { kind, originalPeriod: period, serviceId, taxCode, taxRateBps, totalMinor } = line;
  const text = frame.format.money(totalMinor);
  const settlement = { of: 'settlement', number } as const;
  if (kind === 'charge')
    return explainedCell(text, { ...settlement, figure: 'service', serviceId, taxCode, taxRateBps }, frame);
  const ofPeriod = lines.filter((other) => other.kind !== 'charge' && other.originalPeriod === period);
  return ofPeriod.length === 1
    ? explainedCell(text, { ...settlement, figure: 'refunds-of', period }, frame)
    : text;
}

/** The statement of a draft as it would be, or what was issued; with the invoice for the fee. */
function filesOf(
  { details: { settlement }, revisions }: ShownSettlement,
  { t, format }: ViewFrame,
): RowView[] {
  const { number, state } = settlement;
  if (state === 'draft' || state === 'rejected') {
    return [
      {
        href: settlementHref(number, 'statement.pdf'),
        title: t('billing.settlements.file-draft'),
        notes: [t('billing.settlements.file-draft-note')],
      },
    ];
  }
  return revisions.flatMap(({ revision, number: named, createdAt, checksum, reason, namesSetUpInvoice }) => [
    {
      href: `${settlementHref(number, 'statement.pdf')}?revision=${revision}`,
      title: t(
        revision === 1 ? 'billing.settlements.file-statement' : 'billing.settlements.file-correction',
        {
          number: named,
        },
      ),
      notes: [
        t('billing.settlements.file-issued', {
          at: format.dateTime(createdAt),
          checksum: checksum.slice(0, 12),
        }),
        ...(reason === undefined ? [] : [reason]),
      ],
    },
    ...feeInvoicesOf(settlement, namesSetUpInvoice).map((of) => ({
      href: `${settlementHref(number, 'fee-invoice.xml')}?revision=${revision}&of=${of}`,
      title: t(
        of === 'fee' ? 'billing.settlements.file-invoice' : 'billing.settlements.file-set-up-invoice',
        {
          number: named,
        },
      ),
      notes: [t('billing.settlements.file-invoice-note')],
    })),
  ]);
}

const stepTones: Partial<Record<HistoryStep['action'], StepView['tone']>> = {
  'settlement.approve': 'good',
  'settlement.pay': 'good',
  'settlement.reject': 'bad',
  'approval.reject': 'bad',
  'settlement.hold': 'warn',
};

function stepView(
  { at, action, actor, reason }: HistoryStep,
  names: PeopleNames,
  { t, format }: ViewFrame,
): StepView {
  const tone = stepTones[action];
  return {
    at: at.toISOString(),
    when: format.dateTime(at),
    text: t(`billing.settlements.step.${action}`),
    who: personText(actor, names, t),
    ...(reason !== undefined && { note: reason }),
    ...(tone && { tone }),
  };
}
