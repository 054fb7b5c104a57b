import { isRefundReason, refundReasons } from '../../../refunds/refund-reason.rules.ts';
import type { ChargeOfCompany } from '../../../purchases/charge-of-company.queries.ts';
import { formatPercent } from '../../../shared/average.rules.ts';
import { publicId } from '../../../shared/public-id.rules.ts';
import type { FactView, HeadView, StepView, TableView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { byText } from '../by-text.rules.ts';
import { chargeBadge, chargeHref, explainHref } from '../company-links.rules.ts';
import type { LoadedCharge } from './charge.pages.ts';

/** One purchase of the company. */
export function chargeView({ charge }: LoadedCharge, frame: ViewFrame): SectionsView {
  const { t, format, language } = frame;
  return {
    title: charge.description,
    crumbs: [{ href: '/company/purchases', label: t('company.purchases.title') }],
    headBadge: chargeBadge(charge.state, frame),
    lead: t('company.charge.lead', {
      amount: format.money(charge.capturedMinor ?? charge.amountMinor),
      service: language === 'ja' ? charge.service : charge.serviceEn,
    }),
    actions: actionsOf(charge, frame),
    sections: [
      { id: 'charge', title: t('company.charge.title'), facts: factsOf(charge, frame) },
      { id: 'timeline', title: t('company.charge.timeline'), timeline: timelineOf(charge, frame) },
      { id: 'proofs', title: t('company.charge.proofs'), ...proofsOf(charge, frame) },
      { id: 'refunds', title: t('company.charge.refunds'), table: refundsTable(charge, frame) },
      ...(charge.clawbacks.length === 0
        ? []
        : [{ id: 'clawbacks', title: t('company.charge.clawbacks'), table: clawbacksTable(charge, frame) }]),
    ],
  };
}

/** What has been given back so far. */
export const refundedOf = ({ refunds }: Pick<ChargeOfCompany, 'refunds'>) =>
  refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);

function actionsOf(charge: ChargeOfCompany, { t, can }: ViewFrame): NonNullable<HeadView['actions']> {
  const { id, state, capturedMinor } = charge;
  const isOpen = state === 'pending' || state === 'authorized';
  const isRefundable = state === 'captured' && refundedOf(charge) < (capturedMinor ?? 0n);
  return [
    ...(isOpen && can('charges:cancel')
      ? [{ href: chargeHref(id, 'cancel'), label: t('company.cancel-charge.title') }]
      : []),
    ...(isRefundable && can('refunds:write')
      ? [{ href: chargeHref(id, 'refund'), label: t('company.refund.title') }]
      : []),
  ];
}

function factsOf(charge: ChargeOfCompany, frame: ViewFrame): FactView[] {
  const { t, format, can } = frame;
  const { id, subscriptionId, consentId, settlement, billingPeriod, capturedMinor, taxRateBps } = charge;
  return [
    { label: t('company.charge.number'), text: publicId('charge', id) },
    {
      label: t('company.charge.amount'),
      text: format.money(capturedMinor ?? charge.amountMinor),
      ...(capturedMinor !== null && { href: explainHref({ of: 'charge', id, figure: 'captured' }) }),
      ...(capturedMinor !== null &&
        capturedMinor !== charge.amountMinor && {
          note: t('company.charge.asked-note', { amount: format.money(charge.amountMinor) }),
        }),
    },
    { label: t('company.charge.reference'), text: charge.reference ?? '' },
    { label: t('company.charge.kind'), text: t(`company.charge.kind.${charge.kind}`) },
    {
      label: t('company.charge.tax'),
      text:
        taxRateBps === null
          ? t(`company.charge.tax.${charge.taxCode}`)
          : t('company.charge.tax-rate', {
              name: t(`company.charge.tax.${charge.taxCode}`),
              rate: formatPercent(taxRateBps),
            }),
    },
    ...(subscriptionId === null
      ? []
      : [
          {
            label: t('company.charge.under-subscription'),
            text: publicId('subscription', subscriptionId),
            href: `/company/subscriptions/${publicId('subscription', subscriptionId)}`,
            ...(charge.subscriptionMonth !== null && { note: format.month(charge.subscriptionMonth) }),
          },
        ]),
    ...(consentId === null
      ? []
      : [
          {
            label: t('company.charge.under-consent'),
            text: publicId('consent', consentId),
            href: `/company/consents/${publicId('consent', consentId)}`,
          },
        ]),
    {
      label: t('company.charge.period'),
      text: billingPeriod === null ? '' : format.month(billingPeriod),
      ...(charge.late && { note: t('company.charge.late') }),
    },
    {
      label: t('company.charge.statement'),
      text: settlement?.number ?? (billingPeriod === null ? '' : t('company.charge.no-statement')),
      ...(settlement &&
        can('settlement-figures:read') && { href: `/company/settlements/${settlement.number}` }),
    },
  ];
}

interface Step extends Omit<StepView, 'at' | 'when'> {
  readonly at: Date | null | undefined;
}

const ENDED_BY = ['company', 'subscriber', 'support', 'time', 'entitlement'] as const;

/** What happened to it, oldest first, with what is still to come. */
function timelineOf(charge: ChargeOfCompany, frame: ViewFrame): StepView[] {
  const { t, format } = frame;
  const { confirmation, state } = charge;
  const endedBy = ENDED_BY.find((one) => one === charge.endedBy);
  const isEnded = state === 'cancelled' || state === 'expired';
  const isOpen = state === 'pending' || state === 'authorized';
  const steps: Step[] = [
    { at: charge.createdAt, text: t('company.charge.step.created') },
    ...(confirmation
      ? [
          {
            at: confirmation.confirmedAt,
            text: t(`company.charge.step.confirmed-${confirmation.subjectKind}`),
          },
        ]
      : []),
    { at: charge.authorizedAt, text: t('company.charge.step.authorized') },
    { at: charge.capturedAt, text: t('company.charge.step.captured'), tone: 'good' },
    ...charge.refunds.map((refund) => ({
      at: refund.createdAt,
      text: t('company.charge.step.refunded', { amount: format.money(refund.amountMinor) }),
      who: byText(refund.createdBy, frame),
    })),
    ...(isEnded
      ? [
          {
            at: charge.endedAt,
            text: endedBy ? t(`company.charge.step.ended-${endedBy}`) : t(`company.charge.state.${state}`),
            tone: 'bad' as const,
          },
        ]
      : []),
    ...(isOpen
      ? [{ at: charge.openUntil, text: t('company.charge.step.open-until'), tone: 'waiting' as const }]
      : []),
  ];
  return steps
    .flatMap(({ at, ...step }) => (at ? [{ ...step, moment: at }] : []))
    .toSorted((a, b) => a.moment.getTime() - b.moment.getTime())
    .map(({ moment, ...step }) => ({ ...step, at: moment.toISOString(), when: format.dateTime(moment) }));
}

/** That the person and the line were proven; who they are stays with the carrier. */
function proofsOf({ confirmation }: ChargeOfCompany, { t, format }: ViewFrame) {
  if (!confirmation) return { text: t('company.charge.no-proofs') };
  const proven = { tone: 'good' as const, text: t('company.charge.proven') };
  return {
    text: t('company.charge.proofs-text'),
    facts: [
      {
        label: t('company.charge.person-proof'),
        text: '',
        badge: proven,
        note: t('company.charge.proven-note', {
          how: t(`company.charge.proven.${confirmation.provenBy}`),
          at: format.dateTime(confirmation.confirmedAt),
        }),
      },
      {
        label: t('company.charge.line-proof'),
        text: '',
        badge: proven,
        note: format.dateTime(confirmation.lineProvenAt),
      },
    ],
  };
}

function refundsTable(charge: ChargeOfCompany, frame: ViewFrame): TableView {
  const { t, format, language } = frame;
  const { refunds } = charge;
  return {
    caption: t('company.charge.refunds'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('company.charge.refund') },
      { label: t('company.charge.refund-date') },
      { label: t('company.charge.refund-reason'), isLong: true },
      { label: t('company.charge.refund-by') },
      { label: t('company.charge.refund-period') },
      { label: t('company.charge.amount'), isNumber: true },
    ],
    rows: refunds.map((refund) => ({
      cells: [
        {
          text: publicId('refund', refund.id),
          ...(refund.reference !== null && { note: refund.reference }),
        },
        format.date(refund.businessDate),
        {
          text: isRefundReason(refund.reason) ? refundReasons[refund.reason][language] : refund.reason,
          // What the carrier's people note is for them.
          ...(refund.note !== null && refund.createdBy.startsWith('company-') && { note: refund.note }),
        },
        byText(refund.createdBy, frame),
        format.month(refund.billingPeriod),
        format.money(refund.amountMinor),
      ],
    })),
    ...(refunds.length > 1 && {
      foot: [t('company.total'), '', '', '', '', format.money(refundedOf(charge))],
    }),
    empty: { title: t('company.charge.no-refunds'), text: '' },
  };
}

function clawbacksTable({ clawbacks }: ChargeOfCompany, { t, format }: ViewFrame): TableView {
  return {
    caption: t('company.charge.clawbacks'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('company.charge.date') },
      { label: t('company.charge.what') },
      { label: t('company.charge.amount'), isNumber: true },
    ],
    rows: clawbacks.map(({ kind, amountMinor, bookedOn }) => ({
      cells: [
        format.date(bookedOn),
        t(`company.clawback.${kind}`),
        format.money(kind === 'clawback' ? -amountMinor : amountMinor),
      ],
    })),
    empty: { title: t('company.charge.no-clawbacks'), text: '' },
  };
}
