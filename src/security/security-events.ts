/** One kind of event: how it is logged and what its line contains. */
interface SecurityEvent {
  readonly level: 'info' | 'warn' | 'error';
  /** The message of the line, and its row in `config/operations/security-events.md`. */
  readonly when: string;
  /** Who or what it is about, hashed. */
  readonly subjects: readonly SubjectKind[];
  /** Further fields in plain text: our own words, numbers, codes. */
  readonly facts: readonly string[];
}

/** What a subject is; the same one has the same hash in every event. */
export type SubjectKind =
  | 'account'
  | 'actor'
  | 'api_key'
  | 'case'
  | 'charge'
  | 'issued_id'
  | 'line'
  | 'radius_server'
  | 'source'
  | 'subscriber';

/**
 * Every security event by its name, whose meaning never changes. The name is the field `event` of a log line;
 * `config/operations/security-events.md` has the same table for people.
 */
export const securityEvents = {
  'security.sign_in_failed': {
    level: 'warn',
    when: 'an issued ID and a password, or a passkey, did not prove a person',
    subjects: ['issued_id', 'source'],
    facts: [],
  },
  'security.sign_in_locked': {
    level: 'warn',
    when: 'a sign-in was refused without a look at the password, after too many failures of its issued ID, passkey or source',
    subjects: ['issued_id', 'source'],
    facts: ['retryAfterSeconds'],
  },
  'security.account_refused': {
    level: 'warn',
    when: 'a password, a second factor or a recovery code did not prove the person of an account',
    subjects: ['account', 'source'],
    facts: ['step'],
  },
  'security.account_locked': {
    level: 'warn',
    when: 'an attempt to prove the person of an account was refused without a look at it, after too many failures of its account or its source',
    subjects: ['account', 'source'],
    facts: ['step', 'retryAfterSeconds'],
  },
  'security.api_key_refused': {
    level: 'warn',
    when: 'an API key was refused: missing, malformed, unknown, wrong, revoked, its company suspended, or the signature of its request not accepted',
    subjects: ['api_key', 'source'],
    facts: ['reason', 'company', 'requestId', 'route'],
  },
  'security.permission_refused': {
    level: 'warn',
    when: 'a valid API key was refused because it lacks a scope',
    subjects: ['api_key', 'source'],
    facts: ['scope', 'company', 'requestId', 'route'],
  },
  'security.form_forged': {
    level: 'warn',
    when: 'a form was refused that was not sent from our own page',
    subjects: ['source'],
    facts: ['requestId', 'route'],
  },
  'security.line_refused': {
    level: 'warn',
    when: 'the AAA server refused: the browser does not come through the line of the signed-in subscriber',
    subjects: ['line', 'source'],
    facts: ['requestId'],
  },
  'security.radius_reply_contradicted': {
    level: 'warn',
    when: 'a genuine Accept of an AAA server was refused because it contradicts the request',
    subjects: ['line', 'radius_server', 'source'],
    facts: ['attribute', 'requestId'],
  },
  'security.radius_reply_forged': {
    level: 'warn',
    when: 'datagrams were dropped that are not a genuine reply of the AAA server that was asked',
    subjects: ['radius_server'],
    facts: ['reason', 'count', 'server'],
  },
  'security.password_reset': {
    level: 'warn',
    when: 'the password of a subscriber was changed',
    subjects: ['issued_id', 'actor'],
    facts: [],
  },
  'security.secret_shown': {
    level: 'info',
    when: 'a password or an API key was shown, once',
    subjects: ['actor', 'api_key', 'issued_id'],
    facts: ['secret', 'command'],
  },
  'security.personal_data_shown': {
    level: 'info',
    when: 'a command or a page showed data of a subscriber; `command` names which',
    subjects: ['actor', 'case', 'charge', 'issued_id', 'line'],
    facts: ['command'],
  },
  'security.acted_as': {
    level: 'info',
    when: 'a command that changes something was run, with --as NAME',
    subjects: ['actor'],
    facts: ['command'],
  },
  'security.seal_broken': {
    level: 'error',
    when: 'the night found sealed rows that were changed',
    subjects: [],
    facts: ['businessDate', 'count'],
  },
  'seal.taken': {
    level: 'info',
    when: 'the night is sealed; the kept line proves any later change',
    subjects: [],
    facts: ['number', 'businessDate', 'seal'],
  },
  'seal.late_rows': {
    level: 'warn',
    when: 'rows arrived after the seal of their day; this seal contains them',
    subjects: [],
    facts: ['businessDate', 'table', 'bucket', 'rows'],
  },
} as const satisfies Readonly<Record<string, SecurityEvent>>;

export type SecurityEventName = keyof typeof securityEvents;
