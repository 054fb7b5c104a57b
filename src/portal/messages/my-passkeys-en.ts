import type { myPasskeysJa } from './my-passkeys-ja.ts';

/** English texts about the passkeys of a subscriber. */
export const myPasskeysEn: Readonly<Record<keyof typeof myPasskeysJa, string>> = {
  'my.passkeys.title': 'Passkeys',
  'my.passkeys.lead':
    'A passkey signs you in with the fingerprint, face or screen lock of your device, in place of a password.',
  'my.passkeys.none': 'No passkeys yet',
  'my.passkeys.none-text':
    'With a passkey you sign in and buy without typing your issued ID and password. Your line is verified as before.',
  'my.passkey.add': 'Add a passkey',
  'my.passkey.since': 'Added: {at}',
  'my.passkey.used': 'Last used: {at}',
  'my.passkey.unused': 'Not used yet',
  'my.passkey.elsewhere': 'To add a passkey, sign in through your line.',
  'my.passkey.full':
    'You have {count} passkeys, the most there can be. To add one, remove one that you no longer use.',
  'my.passkey.facts': 'Details',
  'my.passkey.added-at': 'Added',
  'my.passkey.used-at': 'Last used',
  'my.passkey.never': 'Never',
  'my.passkey.place': 'Stored on',
  'my.passkey.synced': 'Several devices, kept in sync',
  'my.passkey.bound': 'One device or security key',
  'my.passkey.name': 'Name of the passkey',
  'my.passkey.name-hint': 'To tell it from others in your list.',
  'my.passkey.rename': 'Rename',
  'my.passkey.renamed': 'The passkey is renamed.',
  'my.passkey.remove': 'Remove the passkey',
  'my.passkey.remove-text':
    'Remove it if the device is lost or no longer used. The passkey then works neither for signing in nor for buying.',
  'my.passkey.added': 'Your passkey is added. Other devices are signed out.',
  'my.passkey.removed': 'The passkey is removed. Other devices are signed out.',
  'my.passkey.new': 'Add a passkey',
  'my.passkey-new.lead': 'With the fingerprint, face or screen lock of this device, or a security key.',
  'my.passkey-new.absent':
    'This browser cannot add passkeys; they also need scripts. Keep using your issued ID and password.',
  'my.passkey-new.failed':
    'The passkey was not added. Try again. If this device already has one for you, it cannot have another.',
  'my.passkey-new.submit': 'Add',
  'my.passkey-new.sessions':
    'For your safety, other devices are then signed out, and the holder of the line gets a mail.',
  'my.passkey-new.shared': 'Do not add one on a device that you share with others.',
  'my.passkey-remove.title': 'Remove a passkey',
  'my.passkey-remove.question': 'Remove “{name}”?',
  'my.passkey-remove.text':
    'It then works neither for signing in nor for buying. Your issued ID and password keep working.',
  'my.passkey-remove.sessions':
    'Other devices are signed out, and this one too if you signed in with this passkey.',
  'my.passkey-remove.device': 'What is left on the device itself is removed in its settings.',
  'my.passkey-remove.button': 'Remove',
  'my.sign-in.passkey-removed':
    'The passkey that you had signed in with is removed. Sign in with your issued ID and password, or another passkey.',
  'my.step-up.title': 'Confirm that it is you',
  'my.step-up.lead': 'Before you continue, please confirm once more that it is you.',
  'my.step-up.submit': 'Confirm',
  'my.step-up.passkey': 'Confirm with a passkey',
  'problem.passkey-refused.title': 'The passkey did not work',
  'problem.passkey-refused.text': 'Try again. If it keeps failing, use your issued ID and password.',
  'problem.too-many-passkeys.title': 'An issued ID has up to ten passkeys',
  'problem.too-many-passkeys.text': 'To add one, remove a passkey that you no longer use.',
};
