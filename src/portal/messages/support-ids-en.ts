import type { supportIdsJa } from './support-ids-ja.ts';

/** English texts of issued IDs at the support desk. */
export const supportIdsEn = {
  'support.id.title': 'The ID',
  'support.id.ended': 'Ended at',
  'support.id.state.held': 'Sign-in stopped',
  'support.id.state.locked': 'Locked',
  'support.id.password-state': 'Password',
  'support.id.password-temporary': 'Temporary (changed at the next sign-in)',
  'support.id.password-own': 'Set by the person',
  'support.id.password-none': 'None yet',
  'support.id.sessions': 'Browsers signed in',
  'support.id.sign-in': 'Signing in',
  'support.id.held-until': 'Stopped by the support centre until {at}',
  'support.id.locked-until': 'Locked after failures until {at}',
  'support.id.not-locked': 'Possible',
  'support.id.hold': 'Stop signing in',
  'support.id.hold.question': 'Stop {id} from signing in?',
  'support.id.hold.effect':
    'Nobody signs in with it, by password or by passkey, and its browsers are signed out at once. Purchases and subscriptions stay. It can be undone at any time.',
  'support.id.hold.days': 'For how long',
  'support.id.hold.days-1': '1 day',
  'support.id.hold.days-7': '7 days',
  'support.id.hold.days-30': '30 days',
  'support.id.hold.nothing': 'This ID has ended.',
  'support.id.hold.done': 'Signing in is stopped, and its browsers are signed out.',
  'support.id.unlock': 'Let sign in again',
  'support.id.unlock.question': 'Let {id} sign in again?',
  'support.id.unlock.effect':
    'It can sign in at once. Make sure first that the caller is the person of the ID.',
  'support.id.unlock.was-held':
    'The support centre has stopped this ID. Read why in the audit trail, and give it a new password if needed.',
  'support.id.unlock.nothing': 'This ID is neither stopped nor locked.',
  'support.id.unlock.done': 'It can sign in again.',
  'support.id.end': 'End the ID',
  'support.id.end.question': 'End {id}?',
  'support.id.end.effect':
    'Nobody signs in with it, and purchases that are not captured end. Captured ones are billed. This cannot be undone.',
  'support.id.end.is-holder':
    'It is the ID of the holder: without it nobody looks after the purchases and limits of the line. After a change of holder, issue a new one.',
  'support.id.end.nothing': 'This ID has ended already.',
  'support.id.end.done': 'The ID has ended.',
  'support.id.mail-code': 'Mail a code to reset it',
  'support.id.mail-code.question': 'Mail a code for {id}?',
  'support.id.mail-code.effect':
    'A code to set a new password is mailed to the holder of the line. It is not shown here. The person types it with a new password under “Forgot your password?” at /my. The password of today stays until the code is used.',
  'support.id.mail-code.nothing': 'This ID has ended.',
  'support.id.mail-code.done': 'A code was mailed to {address}.',
  'support.id.password': 'New password',
  'support.id.password.question': 'Give {id} a new password?',
  'support.id.password.effect':
    'The present password and passkeys work no more, and its browsers are signed out. A temporary password is shown once; the person changes it at the next sign-in.',
  'support.id.password.nothing': 'This ID has ended.',
  'support.id.letter-masked':
    'The letter (PDF) has the name and address of the holder on it. If you need it, ask to see personal data first.',
  'support.id.issue': 'Issue an ID',
  'support.id.issue.question': 'Issue an ID on {line}?',
  'support.id.issue.first':
    'It is the first ID of this contract: that of the holder, who sees all purchases of the line, sets limits and adds IDs.',
  'support.id.issue.effect': 'A temporary password is shown once; the person changes it at the next sign-in.',
  'support.id.issue.count': 'Active IDs',
  'support.id.issue.of-five': '{count} of five',
  'support.id.issue.name': 'Name of the person, as pages call them',
  'support.id.issue.for': 'Whose ID is it?',
  'support.id.issue.for-holder': 'The holder of the line',
  'support.id.issue.for-person': 'Somebody else who uses the line',
  'support.id.issued': 'Temporary password',
  'support.id.issued-lead': 'It is shown this once and cannot be shown again.',
  'support.id.issued-note':
    'On the telephone, make sure first that the caller is the person of the ID. It is changed at the next sign-in.',
  'support.id.new-password': 'Temporary password',
  'support.id.letter': 'Save the letter (PDF)',
  'support.id.issued-done': 'To the ID',
  'support.problem.illegal-state-sign-in-held.title': 'Signing in is stopped',
  'support.problem.illegal-state-sign-in-held.text':
    'The support centre has stopped this ID. Find out why, and let it sign in again first.',
  'support.problem.illegal-state-id-issued.title': 'This page has issued an ID',
  'support.problem.illegal-state-id-issued.text':
    'Nothing was issued, so that no ID is issued twice. Look at the IDs on the page of the line.',
  'support.problem.illegal-state-id-of-holder.title': "It would be the holder's ID",
  'support.problem.illegal-state-id-of-holder.text':
    "Nobody on the line has the holder's ID. Issue that one first.",
  'support.problem.illegal-state-id-of-person.title': 'The holder has an ID',
  'support.problem.illegal-state-id-of-person.text': 'Open the page again and check whose ID it is.',
  'support.problem.subscriber-not-found.title': 'There is no such ID',
  'support.problem.subscriber-not-found.text': 'Check the ID, and whether it has ended.',
} as const satisfies Readonly<Record<keyof typeof supportIdsJa, string>>;
