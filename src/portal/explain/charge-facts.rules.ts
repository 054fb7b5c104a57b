import type { ChargeFacts } from '../../explanations/figure-node.types.ts';
import type { FactView } from '../kit/component.types.ts';
import type { ViewFrame } from '../kit/define-page.ts';
import type { ExplainFrame } from './explain-frame.types.ts';
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
export function chargeFacts(charge: ChargeFacts, frame: ExplainFrame): ChargeView {
  const { t } = frame;
  return {
    title: t('explain.charge'),
    facts: factsOf(charge, frame),
    confirmationTitle: t('explain.confirmation'),
    confirmation: confirmationFacts(charge, frame),
    noConfirmation: t('explain.no-confirmation'),
  };
}

function factsOf(charge: ChargeFacts, frame: ExplainFrame): FactView[] {
  const { t, format } = frame;
  const { invoice, billingPeriod, closingGroup } = charge;
  const month = billingPeriod === null ? '' : format.month(billingPeriod);
  return [
    { label: t('explain.charge.description'), text: charge.description },
    { label: t('explain.charge.kind'), text: t(`explain.charge.${charge.kind}`) },
    { label: t('explain.charge.reference'), text: charge.reference ?? '' },
    {
      label: t('explain.charge.captured'),
      text: charge.capturedAt ? format.dateTime(charge.capturedAt) : '',
    },
    {
      label: t('explain.charge.period'),
      text: month,
      ...(closingGroup !== null && { note: groupText(closingGroup, frame) }),
      ...(charge.late && {
        badge: { tone: 'warn' as const, text: `${month} ${t('explain.charge.late')}` },
      }),
    },
    { label: t('explain.charge.tax'), text: rateText(charge.tax, frame) },
    {
      label: t('explain.charge.invoice'),
      text: invoice ? (invoice.number ?? t('explain.charge.not-numbered')) : t('explain.charge.not-folded'),
      ...(invoice?.address && { href: frame.explainHref(invoice.address) }),
    },
  ];
}

function confirmationFacts({ confirmation }: ChargeFacts, { t, format }: ViewFrame): FactView[] {
  if (!confirmation) return [];
  const { buyer } = confirmation;
  return [
    { label: t('explain.confirmed'), text: format.dateTime(confirmation.confirmedAt) },
    { label: t('explain.confirmed-what'), text: t(`explain.confirmed.${confirmation.of}`) },
    { label: t('explain.proven'), text: t(`explain.proven.${confirmation.provenBy}`) },
    ...(buyer === undefined
      ? []
      : [
          { label: t('explain.line'), text: buyer.lineId },
          { label: t('explain.issued-id'), text: buyer.issuedId },
          { label: t('explain.address'), text: buyer.address },
          {
            label: t('explain.aaa'),
            text: buyer.aaaServer,
            note: t('explain.aaa-at', { at: format.dateTime(buyer.lineProvenAt) }),
          },
        ]),
  ];
}
