import type { ChargeFacts } from '../../../explanations/figure-node.types.ts';
import type { FactView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { explainHref } from './explain-link.rules.ts';
import { groupText, rateText } from './figure-text.rules.ts';

export interface ChargeView {
  readonly title: string;
  readonly facts: readonly FactView[];
  readonly confirmationTitle: string;
  readonly confirmation: readonly FactView[];
  /** Instead of facts, where none was kept. */
  readonly noConfirmation: string;
}

/** A charge and what was confirmed of it. */
export function chargeFacts(charge: ChargeFacts, frame: ViewFrame): ChargeView {
  const { t } = frame;
  return {
    title: t('billing.explain.charge'),
    facts: factsOf(charge, frame),
    confirmationTitle: t('billing.explain.confirmation'),
    confirmation: confirmationFacts(charge, frame),
    noConfirmation: t('billing.explain.no-confirmation'),
  };
}

function factsOf(charge: ChargeFacts, frame: ViewFrame): FactView[] {
  const { t, format } = frame;
  const { invoice, billingPeriod, closingGroup } = charge;
  const month = billingPeriod === null ? '' : format.month(billingPeriod);
  return [
    { label: t('billing.explain.charge.description'), text: charge.description },
    { label: t('billing.explain.charge.kind'), text: t(`billing.explain.charge.${charge.kind}`) },
    { label: t('billing.explain.charge.reference'), text: charge.reference ?? '' },
    {
      label: t('billing.explain.charge.captured'),
      text: charge.capturedAt ? format.dateTime(charge.capturedAt) : '',
    },
    {
      label: t('billing.explain.charge.period'),
      text: month,
      ...(closingGroup !== null && { note: groupText(closingGroup, frame) }),
      ...(charge.late && {
        badge: { tone: 'warn' as const, text: `${month} ${t('billing.explain.charge.late')}` },
      }),
    },
    { label: t('billing.explain.charge.tax'), text: rateText(charge.tax, frame) },
    {
      label: t('billing.explain.charge.invoice'),
      text: invoice
        ? (invoice.number ?? t('billing.explain.charge.not-numbered'))
        : t('billing.explain.charge.not-folded'),
      ...(invoice?.address && { href: explainHref(invoice.address) }),
    },
  ];
}

function confirmationFacts({ confirmation }: ChargeFacts, { t, format }: ViewFrame): FactView[] {
  if (!confirmation) return [];
  const { buyer } = confirmation;
  return [
    { label: t('billing.explain.confirmed'), text: format.dateTime(confirmation.confirmedAt) },
    { label: t('billing.explain.confirmed-what'), text: t(`billing.explain.confirmed.${confirmation.of}`) },
    { label: t('billing.explain.proven'), text: t(`billing.explain.proven.${confirmation.provenBy}`) },
    ...(buyer === undefined
      ? []
      : [
          { label: t('billing.explain.line'), text: buyer.lineId },
          { label: t('billing.explain.issued-id'), text: buyer.issuedId },
          { label: t('billing.explain.address'), text: buyer.address },
          {
            label: t('billing.explain.aaa'),
            text: buyer.aaaServer,
            note: t('billing.explain.aaa-at', { at: format.dateTime(buyer.lineProvenAt) }),
          },
        ]),
  ];
}
