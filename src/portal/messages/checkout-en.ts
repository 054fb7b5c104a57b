import type { checkoutJa } from './checkout-ja.ts';

/** English texts of the checkout. */
export const checkoutEn: Readonly<Record<keyof typeof checkoutJa, string>> = {
  'steps.label': 'Steps',
  'steps.sign-in': 'Sign in',
  'steps.confirm': 'Review',
  'steps.done-step': 'Done',
  'steps.done': 'done',

  'sandbox.persons-title': 'Buy as a magic person',
  'sandbox.persons-lead':
    'These people are in every sandbox. Each leads to another outcome; nothing else has to be known.',
  'sandbox.person-text': '{issuedId}: {effect}',
  'sandbox.person.accepted': 'Accepted',
  'sandbox.effect.accepted': 'everything succeeds.',
  'sandbox.person.limit': 'Limit reached',
  'sandbox.effect.limit': 'the line may spend ¥500 a month; more is refused.',
  'sandbox.person.wrong-line': 'On another line',
  'sandbox.effect.wrong-line': 'the AAA server refuses the line.',
  'sandbox.person.aaa-silent': 'AAA server is silent',
  'sandbox.effect.aaa-silent': 'no AAA server answers, and nothing is sold.',
  'sandbox.person.id-locked': 'ID is locked',
  'sandbox.effect.id-locked': 'the sign-in is refused.',
  'sandbox.person.child': 'Child',
  'sandbox.effect.child': 'the holder is 8 years old: ¥1,500 a month at most.',
  'sign-in.title': 'Sign in',
  'sign-in.line-title': 'Connect through your own line, such as your Wi-Fi at home',
  'sign-in.line-how': 'If you use mobile data',
  'sign-in.line-mobile':
    'You can pay only from a device that is connected through your line, not with mobile data. Switch on Wi-Fi and join your network at home; if needed, switch off mobile data, VPN and private relay for the moment.',
  'sign-in.issued-id': 'Issued ID',
  'sign-in.issued-id-hint': 'F and 11 digits. You can omit spaces and hyphens.',
  'sign-in.password': 'Password',
  'sign-in.password-hint': 'As printed in your letter. You can omit hyphens.',
  'sign-in.show-password': 'Show password',
  'sign-in.submit': 'Continue to review',
  'sign-in.or': 'or',
  'sign-in.passkey': 'Use a passkey',
  'sign-in.not-charged': 'Nothing is purchased yet.',
  'sign-in.forgotten': 'Forgot your ID or password? We will issue new ones: {contact}',
  'sign-in.check-fields': 'Please check what you typed',
  'sign-in.mistyped':
    'The issued ID is mistyped. Please compare it with your letter. This does not count as a failed sign-in.',

  'waiting.title': 'We are verifying your line',
  'waiting.text': 'We are waiting for the verification system. This page continues by itself.',
  'waiting.refresh': 'Refresh the page',

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
  'room.title': 'Your limit for this month',
  'room.left': '{remaining} left of {limit}, until {date}',
  'room.left-after': '{remaining} left of {limit}, {after} after this payment, until {date}',

  'decline.request': 'Decline without paying',
  'decline.charge': 'Go back without buying',
  'decline.subscription': 'Go back without subscribing',
  'decline.consent': 'Go back without agreeing',

  'error.sign-in-refused.title': 'We could not identify you',
  'error.sign-in-refused.text': 'The issued ID or the password is wrong. Please check both and try again.',
  'error.tries-left': ' Tries left: {count}. After that, sign-in is paused for 15 minutes.',
  'error.no-tries-left': ' No tries are left: sign-in is paused for 15 minutes.',
  'error.passkey-refused.title': 'The passkey did not work',
  'error.passkey-refused.text': 'Try again. If it keeps failing, use your issued ID and password.',
  'error.sign-in-locked.title': 'Sign-in is paused',
  'error.sign-in-locked.text':
    'Too many sign-ins failed. Please wait about {minutes} min and try again. Nothing was charged.',

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
    'Nothing was purchased. The current details are shown: please review them, and confirm again if you agree.',

  'refused.limits-link': 'See your limits and settings',
  'refused.limit-exceeded.title': 'This purchase exceeds your remaining limit',
  'refused.limit-exceeded.text':
    'Your limit until {date} is {limit}, of which {remaining} is left. This amount is more. Nothing was charged.',
  'refused.amount-above-contract.title': 'The amount exceeds the maximum for one payment',
  'refused.amount-above-contract.text':
    'The seller’s contract does not permit this amount in one payment. Nothing was charged.',
  'refused.company-blocked.title': 'Purchases from this seller are blocked',
  'refused.company-blocked.text':
    'The holder of the line does not permit purchases from this seller. Nothing was charged.',
  'refused.service-blocked.title': 'Purchases of this service are blocked',
  'refused.service-blocked.text':
    'The holder of the line does not permit purchases of this service. Nothing was charged.',
  'refused.not-listed.title': 'This seller is not on your list',
  'refused.not-listed.text':
    'Your issued ID can buy only from the sellers and services that the holder of the line permits. Nothing was charged.',
  'refused.charge-limit.title': 'The amount exceeds your maximum for one purchase',
  'refused.charge-limit.text':
    'The holder of the line permits {limit} for one purchase at most. Nothing was charged.',
  'refused.already-subscribed.title': 'You are already subscribed',
  'refused.already-subscribed.text':
    'You have this subscription, so there is nothing to do. You are not charged twice.',
  'refused.already-subscribed.link': 'See your subscriptions',
  'refused.line-not-eligible.title': 'Your line cannot be used for this payment',
  'refused.line-not-eligible.text':
    'The access service of your line, or its options, cannot be used for this way of paying. Nothing was charged. To ask which lines can pay, or to change your service, contact {contact}.',
  'refused.service-incomplete.title': 'This service is not on sale yet',
  'refused.service-incomplete.text':
    'The details that must be shown before a purchase are not registered, so you cannot buy. Nothing was charged. Please ask the seller.',
  'refused.entitlement-ended.title': 'You cannot pay with this issued ID',
  'refused.entitlement-ended.text':
    'The contract of the line has changed, so you cannot continue. Nothing was charged.',
  'refused.company-suspended.title': 'The seller is not selling at the moment',
  'refused.company-suspended.text': 'This purchase is not possible now. Nothing was charged.',
  'refused.other.title': 'We could not complete this',
  'refused.other.text': 'Nothing was charged. Please return to the seller’s site and start again.',

  'receipt.charge.title': 'Your purchase is complete',
  'receipt.charge.text':
    'Your pages keep a record of this purchase. There you can also write to the seller, or report a purchase that you do not recognise.',
  'receipt.subscription.title': 'You are subscribed',
  'receipt.subscription.text':
    'Your pages show your subscriptions and their next charges. You can cancel there at any time.',
  'receipt.consent.title': 'You have given your consent',
  'receipt.consent.text':
    'Your pages show what is charged under it. You can revoke your consent there at any time.',
  'receipt.number': 'Number',
  'receipt.at': 'Date and time',
  'receipt.issued-id': 'Issued ID',
  'receipt.my': 'See it on your pages',
  'receipt.sign-out': 'Sign out',
  'receipt.shared-device': 'If others use this device, please sign out.',

  'closed.confirmed.title': 'This is already complete',
  'closed.confirmed.text': 'You are not charged twice. You can close this page.',
  'closed.declined-charge.title': 'You declined this purchase',
  'closed.declined-subscription.title': 'You declined this subscription',
  'closed.declined-consent.title': 'You did not give your consent',
  'closed.declined.text': 'Nothing was charged.',
  'closed.withdrawn-charge.title': 'The seller has withdrawn this purchase',
  'closed.withdrawn-subscription.title': 'The seller has withdrawn this subscription',
  'closed.withdrawn-consent.title': 'The seller has withdrawn this request for consent',
  'closed.withdrawn.text': 'Nothing was charged. You can start again on the seller’s site.',
  'closed.expired.title': 'The time to confirm has run out',
  'closed.expired.text': 'Nothing was charged. Please start again on the seller’s site.',
  'closed.back-to-requests': 'Back to the payment request',
  'closed.back': 'Back to the site of {company}',
};
