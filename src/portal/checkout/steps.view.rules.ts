import { formatIssuedId } from '../../identity/issued-id.rules.ts';
import type { ViewFrame } from '../kit/define-page.ts';
import type { MessageKey } from '../messages/translate.ts';
import { backLabel, personLabel } from './labels.view.rules.ts';
import type { CheckoutData } from './load-checkout.ts';
import type { NotProven } from './line-proof.ts';
import { noticeOfForm, noticeOfProblem } from './notice.view.rules.ts';
import { priceOf } from './order-view.rules.ts';
import { describeReceipt } from './receipt.view.rules.ts';
import { describeRoom } from './room.view.rules.ts';
import { describeMagicPersons } from './magic-persons.view.rules.ts';
import type { StepView } from './step-view.types.ts';

/** Seconds after which a browser asks again for a page that waits for the AAA servers. */
const REFRESH_SECONDS = 2;

type Of<Step extends CheckoutData['step']> = Extract<CheckoutData, { readonly step: Step }>;

/** The card of the step that the checkout is at. */
export function describeStep(data: CheckoutData, frame: ViewFrame): StepView {
  switch (data.step) {
    case 'sign-in':
      return {
        card: 'sign-in',
        title: frame.t('sign-in.title'),
        notice: noticeOfForm(data, frame),
        passkeyOptions: data.passkeyOptions,
        ...(data.isSandbox && { magicPersons: describeMagicPersons(frame) }),
      };
    case 'waiting':
      return describeWaiting(data, frame);
    case 'line':
      return describeLine(data, frame);
    case 'confirm':
      return data.preview.problem ? describeRefused(data, frame) : describeConfirm(data, frame);
    case 'receipt':
      return describeReceipt(data, frame);
    case 'closed':
      return describeClosed(data, frame);
    default:
      return data satisfies never;
  }
}

function describeWaiting({ person }: Of<'waiting'>, { t }: ViewFrame): StepView {
  return {
    card: 'waiting',
    title: t('waiting.title'),
    responseStatus: 202,
    refreshSeconds: REFRESH_SECONDS,
    person: formatIssuedId(person.issuedId),
  };
}

/** Does not name the person: a stolen password must not reveal whose line it is. */
function describeLine({ person, outcome }: Of<'line'>, frame: ViewFrame): StepView {
  const { t } = frame;
  const key = keyOfLine(outcome);
  const seconds = outcome.kind === 'limited' ? outcome.retryAfterSeconds : 0;
  const title = t(`${key}.title` as MessageKey);
  return {
    card: 'line',
    title,
    responseStatus: { refused: 403, unknown: 503, limited: 429 }[outcome.kind],
    ...(outcome.kind === 'limited' && { retryAfterSeconds: seconds }),
    notice: { tone: 'bad', title, text: t(`${key}.text` as MessageKey, { seconds }) },
    showsWays: outcome.kind === 'refused',
    person: formatIssuedId(person.issuedId),
  };
}

function keyOfLine({ kind }: NotProven): string {
  return { refused: 'line-refused', unknown: 'line-unproven', limited: 'line-limited' }[kind];
}

function describeConfirm(data: Of<'confirm'>, frame: ViewFrame): StepView {
  const { opened, preview, person, terms } = data;
  const { t, language } = frame;
  const price = priceOf(opened, terms[language]);
  return {
    card: 'confirm',
    title: t('confirm.title'),
    notice: noticeOfForm(data, frame),
    person: personLabel(person, frame),
    room: describeRoom(opened.subject, preview, frame),
    confirmLabel: t(`confirm.${opened.subject.kind}`, price === undefined ? {} : { amount: price }),
  };
}

/** Known before the button: the purchase would be refused, so there is none. */
function describeRefused(data: Of<'confirm'>, frame: ViewFrame): StepView {
  const notice = noticeOfProblem(data.preview.problem!, frame, data.contact);
  return {
    card: 'refused',
    title: notice.title,
    notice,
    person: personLabel(data.person, frame),
  };
}

/** Somebody else has the address, or it is over: how it ended, with a link to the seller. */
function describeClosed({ opened, state, returnTo }: Of<'closed'>, { t, language }: ViewFrame): StepView {
  const { kind } = opened.subject;
  const key = state === 'declined' || state === 'withdrawn' ? `closed.${state}-${kind}` : `closed.${state}`;
  return {
    card: 'closed',
    title: t(`${key}.title` as MessageKey),
    responseStatus: state === 'expired' || state === 'withdrawn' ? 410 : 200,
    lead: t(`closed.${state}.text`),
    back: { href: returnTo, label: backLabel(opened, { t, language }) },
  };
}
