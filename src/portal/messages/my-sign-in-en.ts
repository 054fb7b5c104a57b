import type { mySignInJa } from './my-sign-in-ja.ts';

/** English texts about signing in to the subscriber's own pages, passwords and sessions. */
export const mySignInEn: Readonly<Record<keyof typeof mySignInJa, string>> = {
  'my.sign-in.title': 'Sign in',
  'my.sign-in.lead':
    'Enter your issued ID and password, or use your passkey. We also verify that you are connected through your line.',
  'my.sign-in.elsewhere':
    'Away from your line, you sign in with a code that we mail to the holder of the line.',
  'my.sign-in.submit': 'Sign in',
  'my.sign-in.forgotten': 'Forgotten your password?',
  'my.sign-in.signed-out': 'You are signed out.',
  'my.sign-in.password-changed': 'Your new password is set. Sign in with it.',
  'my.code.title': 'Enter the code',
  'my.code.lead':
    'We could not verify that you are connected through your line. We can mail a code to the holder of the line.',
  'my.code.lead-former':
    'The line of this issued ID has another holder now. To show you what was bought in your own time, we can mail a code to the address of its holder of then.',
  'my.code.read-only-former':
    'Until {through} you can look at the purchases, invoices and receipts of your own time. Nothing can be changed.',
  'my.code.no-address-former': 'We have no mail address, so we cannot send a code. Contact {contact}.',
  'my.code.read-only':
    'Signed in with a code, you can look at everything, and cancel, revoke and block. To change anything else, sign in through your line.',
  'my.code.to': 'Sent to: {address}',
  'my.code.send': 'Send the code',
  'my.code.sent': 'We sent a code to {address}. Enter it within 15 minutes.',
  'my.code.code': 'Code',
  'my.code.code-hint': 'The 8 digits in the mail.',
  'my.code.submit': 'Sign in',
  'my.code.no-address':
    'We have no mail address for your line, so we cannot send a code. Connect through your line, for example your home Wi-Fi, and sign in again.',
  'my.code.on-line': 'Connected through your line now?',
  'my.code.retry': 'Sign in again',
  'my.code.no-session': 'First sign in with your issued ID and password, or a passkey.',
  'my.password.new': 'New password',
  'my.password.new-hint': '8 to 128 characters. Do not use one that you use elsewhere.',
  'my.password.current': 'Current password',
  'my.password.show': 'Show password',
  'my.password.changed': 'Your password is changed. Other devices are signed out.',
  'my.new-password.title': 'Choose a new password',
  'my.new-password.lead': 'Your current password is temporary. Choose one that only you know.',
  'my.new-password.submit': 'Save and continue',
  'my.forgotten.title': 'Forgotten your password?',
  'my.forgotten.lead': 'Enter your issued ID. We mail a code for a new password to the holder of the line.',
  'my.forgotten.submit': 'Send the code',
  'my.forgotten.support':
    'If you do not know your issued ID, or the mail does not arrive, contact {contact}.',
  'my.forgotten-code.title': 'Set a new password',
  'my.forgotten-code.lead':
    'If the issued ID is valid and we know a mail address of the line’s holder, a code arrives there. Enter it within 15 minutes.',
  'my.forgotten-code.submit': 'Set the new password',
  'my.forgotten-code.again': 'No mail? Send another code',
  'my.nav.security': 'Security',
  'my.security.title': 'Password and security',
  'my.security.password': 'Change password',
  'my.security.change': 'Change password',
  'my.security.sessions': 'Where you are signed in',
  'my.security.sessions-lead': 'If you do not recognise a device, sign it out and change your password.',
  'my.security.unknown-browser': 'Unknown browser',
  'my.security.this': 'This device',
  'my.security.since': 'Signed in: {at}',
  'my.security.seen': 'Last active: {at} ({address})',
  'my.security.end-others': 'Sign out all other devices',
  'my.security.ended': 'Other devices signed out: {count}.',
  'problem.sign-in-refused.title': 'The issued ID or the password is wrong',
  'problem.sign-in-refused.text': 'Check both and try again.',
  'problem.sign-in-locked.title': 'Signing in is locked for a while',
  'problem.sign-in-locked.text':
    'There were too many failures. For your safety, wait about 15 minutes before you try again.',
  'problem.code-refused.title': 'The code is not valid',
  'problem.code-refused.text':
    'It is wrong or older than 15 minutes. If it does not arrive, or after several failures, send another code.',
  'problem.code-limit-reached.title': 'Too many codes were sent',
  'problem.code-limit-reached.text': 'Use the latest code, or wait about an hour.',
  'problem.mail-address-missing.title': 'We cannot send a code',
  'problem.mail-address-missing.text':
    'We know no mail address for your line. Connect through your line, then sign in.',
  'problem.session-ended.title': 'Your session has ended',
  'problem.session-ended.text': 'Sign in again.',
  'problem.password-not-permitted.title': 'This password cannot be used',
  'problem.password-not-permitted.text': 'Use 8 to 128 characters.',
  'problem.password-unchanged.title': 'This is your current password',
  'problem.password-unchanged.text': 'Enter another one.',
};
