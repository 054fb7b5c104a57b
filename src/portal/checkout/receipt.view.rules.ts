import { formatIssuedId } from '../../identity/issued-id.rules.ts';
import type { ViewFrame } from '../kit/define-page.ts';
import type { CheckoutData } from './load-checkout.ts';
import { describeOrder } from './order-view.rules.ts';
import { backLabel, personLabel } from './labels.view.rules.ts';
import type { StepView } from './step-view.types.ts';

/** Where the person finds what was confirmed, on their own pages. */
const PAGES = {
  charge: '/my/purchases',
  subscription: '/my/subscriptions',
  consent: '/my/consents',
} as const;

type Received = Extract<CheckoutData, { readonly step: 'receipt' }>;

/** The end: number, date and time, amount, how to see and cancel it, and the way back. */
export function describeReceipt(data: Received, frame: ViewFrame): StepView {
  const { opened, person, receipt, returnTo, terms } = data;
  const { t, format, language } = frame;
  const { kind } = opened.subject;
  const order = describeOrder(opened, terms[language]);
  const { confirmedAt, confirmation } = receipt;
  return {
    card: 'receipt',
    title: t(`receipt.${kind}.title`),
    lead: t(`receipt.${kind}.text`),
    person: personLabel(person, frame),
    receipt: {
      href: `${PAGES[kind]}/${opened.publicId}`,
      facts: [
        { label: t('receipt.number'), texts: [opened.publicId] },
        { label: t('receipt.at'), texts: [format.dateTime(confirmedAt)] },
        { label: order.priceLabel, texts: [`${order.price}${order.priceUnit}`] },
        ...(confirmation
          ? [
              { label: t('receipt.issued-id'), texts: [formatIssuedId(confirmation.issuedId)] },
              {
                label: t('my.confirmed.proof'),
                texts: [t(`my.confirmed.by.${confirmation.provenBy}`)],
              },
            ]
          : []),
      ],
      language: confirmation && confirmation.language !== language ? confirmation.language : undefined,
    },
    back: { href: returnTo, label: backLabel(opened, frame) },
  };
}
