/** English texts of signed requests. */
export const companySigningEn = {
  'company.signing.nav': 'Signed requests',
  'company.signing.title': 'Signed requests',
  'company.signing.lead': 'Signing keys in force: {count}',
  'company.signing.by-contract': 'By your contract, the API takes signed requests alone, with every API key.',
  'company.signing.new': 'Register a key',
  'company.signing.new-lead':
    'Create a pair of keys on your server, and register the public one. Several can be in force at once, so that you can replace one without a gap.',
  'company.signing.public-only': 'The private key stays with you. Never send it to anybody, to us neither.',
  'company.signing.key': 'Public key',
  'company.signing.keys': 'Signing keys',
  'company.signing.keys-text':
    'A request that is signed with one of these keys shows that it is yours and that nobody changed it on its way.',
  'company.signing.label': 'Name',
  'company.signing.public-key': 'Public key (PEM)',
  'company.signing.public-key-hint':
    'From BEGIN PUBLIC KEY to END PUBLIC KEY: ed25519, or RSA of 2,048 to 4,096 bits',
  'company.signing.is-private':
    'This is a private key. Register the public one. If you sent it to anybody else, create another pair.',
  'company.signing.no-key':
    'Paste a public key in PEM: ed25519, or RSA of 2,048 to 4,096 bits with the exponent 65537.',
  'company.signing.algorithm': 'Algorithm',
  'company.signing.fingerprint': 'Fingerprint (SHA-256)',
  'company.signing.registered': 'Registered',
  'company.signing.none': 'No signing keys yet',
  'company.signing.none-text': 'Register one to send signed requests.',
  'company.signing.who': 'API keys',
  'company.signing.who-text':
    'A signature that is sent is always verified. An API key for which it is required is worthless to somebody who finds it.',
  'company.signing.column': 'Signature',
  'company.signing.required': 'Required',
  'company.signing.optional': 'Optional',
  'company.signing.change': 'Change',
  'company.signing.change-title': 'Signature of an API key',
  'company.signing.change-lead': 'It holds from the next request on.',
  'company.signing.set': 'Save',
  'company.signing.is-set': 'Saved.',
  'company.signing.docs-text': 'What is signed and how, with an example.',
  'company.signing.to-docs': 'Signed requests in the reference',
  'company.signing.is-registered': 'The key is registered. Name it in signatures by its keyid.',
  'company.signing.is-revoked': 'The signing key is revoked.',
  'company.signing.revoke-title': 'Revoke a signing key',
  'company.signing.revoke-question': 'Revoke this signing key?',
  'company.signing.revoke-text':
    'Requests that are signed with it are refused at once. It can never be registered again.',
  'company.signing.last': 'It is the last one: requests of API keys that must be signed will all be refused.',
  'company.profile.signatures': 'Signed requests',
  'company.profile.signatures-text': 'The API takes signed requests alone',
  'company.problem.already-exists-signing-key.title': 'This key has been registered before',
  'company.problem.already-exists-signing-key.text':
    'It is in the list. A key that was revoked is never taken again: create another pair.',
  'company.problem.illegal-state-signing-keys.title': 'There are as many signing keys as can be',
  'company.problem.illegal-state-signing-keys.text': 'Revoke one that is not used any more.',
  'company.problem.illegal-state-no-signing-key.title': 'There is no signing key yet',
  'company.problem.illegal-state-no-signing-key.text':
    'Register one first. Otherwise no request of this API key could be accepted.',
} as const;
