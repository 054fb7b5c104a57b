import { myContactEn } from './my-contact-en.ts';
import { myEn } from './my-en.ts';
import { answersEn } from './answers-en.ts';
import { developersEn } from './developers-en.ts';
import { kitEn } from './kit-en.ts';
import type { Messages } from './ja.ts';

/** English texts of the pages. */
export const en: Messages = {
  ...myEn,
  ...myContactEn,
  ...developersEn,
  ...kitEn,
  ...answersEn,

  'page.service': 'Pay with your line',
  'page.skip': 'Skip to content',
  'page.language': 'Language',
  'page.contact': 'Contact',
  'page.safe': 'Your carrier runs this page. The seller never sees your password.',
  'page.request': 'Reference number',

  'steps.label': 'Steps',
  'steps.sign-in': 'Sign in',
  'steps.confirm': 'Review',
  'steps.back': 'Return',
  'steps.done': 'done',

  'order.charge': 'Your payment',
  'order.subscription': 'Your monthly subscription',
  'order.consent': 'Your consent to pay as you use',
  'order.price': 'Amount',
  'order.price-monthly': 'Monthly price',
  'order.price-consent': 'Maximum per use',
  'order.per-month': ' / month',
  'order.up-to': 'Up to {amount}',
  'order.no-maximum': 'Not set',
  'order.tax': 'including {tax} tax ({rate})',
  'order.tax-reduced': 'including {tax} tax (reduced rate {rate} ※)',
  'order.tax-included': 'including tax',
  'order.seller': 'Seller',
  'order.service': 'Service',
  'order.item': 'Item',
  'order.how-often': 'Payment',
  'order.once': 'Once',
  'order.monthly': 'Every month until you cancel',
  'order.each-use': 'Each time you use it',
  'order.charged': 'Charge day',
  'order.charged-on-day': 'Day {day} of each month, for the whole month',
  'order.charged-at-month-end': 'Last day of each month, for the whole month',
  'order.first-charge': 'First charge',
  'order.first-charge-now': '{amount} for this month, as soon as you subscribe',
  'order.first-charge-this-month': '{amount} for this month, on day {day}',
  'order.first-charge-next-month': '{amount} for next month, on day {day} of next month',
  'order.special': 'Offer',
  'order.first-month-free': 'The month you join is free',
  'order.first-month-had': 'This line has had this item before: the month you join is charged',
  'order.last-month-had': 'This line has already had its free last month: the month you cancel is charged',
  'order.free-once':
    'A free month is given once per line. After you sign in, this page shows your first charge.',
  'order.last-month-free': 'The month you cancel is free if you cancel by its charge day',
  'order.no-proration': 'Whole months only, from the month you join to the month you cancel.',
  'order.consent-note':
    'After you agree, each use is charged without asking you again. You can revoke your consent at any time.',
  'order.billing': 'Billed',
  'order.billed-with-line': 'With your line’s monthly invoice',

  'sign-in.title': 'Sign in',
  'sign-in.lead': 'Enter the ID and password that were issued with your line.',
  'sign-in.issued-id': 'Issued ID',
  'sign-in.issued-id-hint': 'Begins with F. You can omit spaces and hyphens.',
  'sign-in.password': 'Password',
  'sign-in.password-hint': 'As printed in your letter. You can omit hyphens.',
  'sign-in.submit': 'Continue to review',
  'sign-in.not-charged': 'Nothing is purchased yet.',
  'sign-in.forgotten': 'Forgot your ID or password? We will issue new ones: {contact}',

  'confirm.title': 'Review and confirm',
  'confirm.signed-in-as': '{name} ({issuedId})',
  'confirm.line-proven': 'You are connected through your own line',
  'confirm.not-you': 'Use another ID',
  'confirm.charge': 'Confirm and buy ({amount})',
  'confirm.subscription': 'Confirm and subscribe ({amount} a month)',
  'confirm.consent': 'Confirm and agree',
  'confirm.note-charge': 'Pressing the button completes the purchase.',
  'confirm.note-subscription': 'Pressing the button starts the subscription.',
  'confirm.note-consent': 'Pressing the button gives your consent. Nothing is charged now.',

  'decline.charge': 'Go back without buying',
  'decline.subscription': 'Go back without subscribing',
  'decline.consent': 'Go back without agreeing',

  'error.sign-in-refused.title': 'We could not identify you',
  'error.sign-in-refused.text': 'The issued ID or the password is wrong. Please check both and try again.',
  'error.tries-left': ' Tries left: {count}. After that, sign-in is paused for 15 minutes.',
  'error.no-tries-left': ' No tries are left: sign-in is paused for 15 minutes.',
  'error.issued-id-mistyped.title': 'The issued ID is mistyped',
  'error.issued-id-mistyped.text':
    'An issued ID is F and 11 digits. Please compare it with your letter and type it again. This does not count as a failed sign-in.',
  'waiting.title': 'We are verifying your line',
  'waiting.text': 'We are waiting for the verification system. This page continues by itself.',
  'waiting.refresh': 'Refresh now',
  'error.sign-in-locked.title': 'Sign-in is paused',
  'error.sign-in-locked.text':
    'Too many sign-ins failed. Please wait about {minutes} min and try again. Nothing was charged.',
  'error.busy.title': 'Many people are signing in right now',
  'error.busy.text': 'Please wait a moment and try again. Nothing was charged.',

  'line-refused.title': 'You are not connected through your line',
  'line-refused.text':
    'This device is not connected through the line of your issued ID. For your security, you cannot continue. Nothing was charged.',
  'line-refused.todo': 'What you can do',
  'line-refused.todo-wifi': 'Connect to the network of your own line, such as your Wi-Fi at home',
  'line-refused.todo-mobile': 'Switch off mobile data for the moment',
  'line-refused.todo-vpn': 'Switch off a VPN, proxy or private relay',
  'line-unproven.title': 'Your line cannot be verified at the moment',
  'line-unproven.text':
    'The verification system did not respond. Nothing was charged. Please wait a moment and try again.',
  'line-limited.title': 'Your line was verified too many times',
  'line-limited.text': 'Nothing was charged. Please wait {seconds} s and try again.',
  'line.try-again': 'Try again',

  'order-changed.title': 'The details have changed',
  'order-changed.text':
    'Nothing was purchased. The current details are shown below: please review them, and confirm again if you agree.',

  'refused.limit-exceeded.title': 'This purchase exceeds your remaining limit',
  'refused.limit-exceeded.text':
    'Your limit until {date} is {limit}, of which {remaining} is left. Nothing was charged.',
  'refused.amount-above-contract.title': 'The amount exceeds the maximum for one payment',
  'refused.amount-above-contract.text':
    'The seller’s contract does not permit this amount in one payment. Nothing was charged.',
  'refused.company-blocked.title': 'This purchase is not permitted',
  'refused.company-blocked.text':
    'A setting of the line’s holder does not permit purchases from this service. Nothing was charged. See “Limits” in My account.',
  'refused.amount-above-own-limit.title': 'This purchase exceeds the limit per purchase',
  'refused.amount-above-own-limit.text':
    'The line’s holder has set a limit of {limit} per purchase. Nothing was charged. See “Limits” in My account.',
  'refused.already-subscribed.title': 'You are already subscribed',
  'refused.already-subscribed.text': 'You already have this subscription. You are not charged twice.',
  'refused.entitlement-ended.title': 'You cannot pay with this issued ID',
  'refused.entitlement-ended.text':
    'The contract of the line has changed, so you cannot continue. Nothing was charged.',
  'refused.line-not-eligible.title': 'Your line cannot be used for this payment',
  'refused.line-not-eligible.text':
    'The access service of your line, or its options, cannot be used for this way of paying. Nothing was charged. To ask which lines can pay, or to change your service, contact {contact}.',
  'refused.service-incomplete.title': 'This service is not on sale yet',
  'refused.service-incomplete.text':
    'The details that must be shown before a purchase are not registered, so you cannot buy. Nothing was charged. Please ask the seller.',
  'refused.company-suspended.title': 'The seller is not selling at the moment',
  'refused.company-suspended.text': 'This purchase is not possible now. Nothing was charged.',
  'refused.other.title': 'We could not complete this',
  'refused.other.text': 'Nothing was charged. Please return to the seller’s site and start again.',

  'closed.confirmed.title': 'This is already complete',
  'closed.confirmed.text': 'You are not charged twice. You can close this page.',
  'closed.declined.title': 'You declined this purchase',
  'closed.declined.text': 'Nothing was charged.',
  'closed.withdrawn.title': 'The seller has withdrawn this purchase',
  'closed.withdrawn.text': 'Nothing was charged. You can start again on the seller’s site.',
  'closed.expired.title': 'The time to confirm has run out',
  'closed.expired.text': 'Nothing was charged. Please start again on the seller’s site.',
  'closed.back': 'Back to the site of {company}',

  'problem.forged-request.title': 'This page has expired',
  'problem.forged-request.text':
    'For your security, we did not accept the form. Please allow cookies, open the previous page again and try again.',
  'problem.not-found.title': 'Page not found',
  'problem.not-found.text': 'Please check the address, or start again on the seller’s site.',
  'problem.service-unavailable.title': 'We are very busy right now',
  'problem.service-unavailable.text': 'Please wait a moment and try again.',
  'problem.bad-request.title': 'We could not accept this request',
  'problem.bad-request.text': 'Please go back and try again.',
  'problem.internal-error.title': 'Something went wrong',
  'problem.internal-error.text': 'We are sorry. Please try again later.',
  'problem.back': 'Back to the page',
};
