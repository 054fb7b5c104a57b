import type { PageView, ViewFrame } from '../kit/define-page.ts';
import { describeStep } from './steps.view.rules.ts';
import type { CheckoutData } from './load-checkout.ts';
import type { StepView } from './step-view.types.ts';
import { describeOrder, type OrderView } from './order-view.rules.ts';

/** What the template of the checkout shows. */
export interface CheckoutView extends PageView, StepView {
  /** The heading of the card; `title` may have `Error:` in front of it. */
  readonly cardTitle: string;
  readonly path: string;
  readonly kind: 'charge' | 'subscription' | 'consent';
  /** What the button to decline is about. */
  readonly declined: 'charge' | 'subscription' | 'consent' | 'request';
  readonly order: OrderView;
  /** Whether the details of the order are open at once: on the last page before a purchase. */
  readonly isOrderOpen: boolean;
  /** Whether the order stands after the step's card. */
  readonly isOrderLast: boolean;
  readonly stages: readonly Stage[];
}

interface Stage {
  readonly label: string;
  readonly isCurrent: boolean;
  readonly isDone: boolean;
}

/** From what was loaded to what the template shows. */
export function viewCheckout(data: CheckoutData, frame: ViewFrame): CheckoutView {
  const { opened, path, step } = data;
  const described = describeStep(data, frame);
  const isOver = step === 'closed' || step === 'receipt';
  return {
    ...described,
    cardTitle: described.title,
    title: titleOf(described, frame),
    isTitleWhole: true,
    path,
    kind: opened.subject.kind,
    declined: opened.request ? 'request' : opened.subject.kind,
    order: orderOf(data, frame),
    isOrderOpen: described.card === 'confirm',
    isOrderLast: isOver,
    stages: step === 'closed' ? [] : stagesOf(step, frame),
    // Browsers apply form-action to the redirect after a form, too.
    formOrigins: isOver ? [] : [new URL(opened.checkout.returnUrl).origin],
    ...(step === 'confirm' && { shown: data.shown }),
  };
}

/** The state's own title; `Error:` in front of it where something has to be put right. */
function titleOf({ title, notice }: StepView, { t }: ViewFrame): string {
  return notice?.tone === 'bad' ? t('kit.error-title', { title }) : title;
}

/** On the receipt the texts that were confirmed, in the language in which they were. */
function orderOf(data: CheckoutData, { language }: ViewFrame): OrderView {
  const terms = data.terms[language];
  const confirmed = data.step === 'receipt' ? data.receipt.confirmation?.texts : undefined;
  if (confirmed) return confirmed as unknown as OrderView;
  const buyer = data.step === 'confirm' ? data.preview.buyer : {};
  return describeOrder(data.opened, { ...terms, ...buyer });
}

const STAGES = ['steps.sign-in', 'steps.confirm', 'steps.done-step'] as const;

function stagesOf(step: CheckoutData['step'], { t }: ViewFrame): Stage[] {
  const current = step === 'sign-in' ? 0 : step === 'receipt' ? 2 : 1;
  return STAGES.map((key, index) => ({
    label: t(key),
    isCurrent: index === current,
    isDone: index < current,
  }));
}
