/**
 * Every expected refusal of the service: code → HTTP status and title. The code is a promise to
 * integrators and never changes its meaning; it becomes the last part of the problem's `type` (RFC 9457).
 */
export const problems = {
  'already-exists': { status: 409, title: 'There is one of that name already' },
  'already-subscribed': { status: 409, title: 'The subscriber has this subscription already' },
  'amount-above-authorized': { status: 422, title: 'More than the authorized amount cannot be captured' },
  'amount-above-contract': { status: 422, title: 'The amount is above the maximum per charge' },
  'api-key-invalid': { status: 401, title: 'The API key is missing, wrong or revoked' },
  'api-key-not-found': { status: 404, title: 'There is no such API key' },
  'api-key-scope-missing': { status: 403, title: 'The API key may not do this' },
  'approval-changes-nothing': { status: 422, title: 'The proposal would change nothing' },
  'approval-decided': { status: 409, title: 'The proposal has been decided already' },
  'approval-expired': { status: 409, title: 'The proposal has expired' },
  'approval-needs-person': { status: 403, title: 'Only a proven person may propose or approve' },
  'approval-not-found': { status: 404, title: 'There is no such proposal' },
  'approval-own': { status: 403, title: 'A proposal is approved by another person' },
  'approval-pending': { status: 409, title: 'A proposal for this already waits' },
  'approval-required': { status: 403, title: 'This takes two people: propose it for approval' },
  'approval-void': { status: 409, title: 'The subject has changed since this was proposed' },
  'bank-account-missing': { status: 409, title: 'The company has no bank account' },
  'body-too-large': { status: 413, title: 'The request body is too large' },
  'business-date-not-over': { status: 409, title: 'The business date has not ended yet' },
  'charge-not-found': { status: 404, title: 'There is no such charge' },
  'checkout-expired': { status: 410, title: 'The time to confirm has run out' },
  'company-not-found': { status: 404, title: 'There is no such company' },
  'company-suspended': { status: 403, title: 'The company may not sell at present' },
  'consent-not-active': { status: 409, title: 'The subscriber has not agreed, or no longer agrees' },
  'consent-not-found': { status: 404, title: 'There is no such consent' },
  'contract-missing': { status: 403, title: 'No contract is in force on this day' },
  'contract-not-found': { status: 404, title: 'There is no such contract' },
  'contract-overlaps': { status: 409, title: 'Another contract of the company covers part of that time' },
  'entitlement-ended': { status: 409, title: 'The line is no longer held by the person who agreed' },
  'forged-request': { status: 403, title: 'This form was not sent from our own page' },
  'idempotency-key-in-use': {
    status: 409,
    title: 'The first request with this Idempotency-Key is still running',
  },
  'idempotency-key-invalid': {
    status: 400,
    title: 'The Idempotency-Key is not 1 to 255 visible ASCII characters',
  },
  'idempotency-key-missing': { status: 400, title: 'A POST needs an Idempotency-Key header' },
  'idempotency-key-reused': { status: 422, title: 'This Idempotency-Key belongs to another request' },
  'illegal-state': { status: 409, title: 'The current state does not allow this' },
  'import-refused': { status: 422, title: 'The file was not taken' },
  'internal-error': { status: 500, title: 'Something went wrong on our side' },
  'invalid-json': { status: 400, title: 'The body is not valid JSON' },
  'invalid-request': { status: 400, title: 'The request does not match the schema' },
  'invariant-broken': { status: 500, title: 'The books do not agree' },
  'limit-exceeded': { status: 422, title: 'The limit of the line for the month would be exceeded' },
  'item-key-reused': { status: 409, title: 'This item_key belongs to another use' },
  'line-not-found': { status: 404, title: 'There is no such active line' },
  'line-refused': { status: 403, title: 'This device is not connected through the line' },
  'line-unproven': { status: 503, title: 'The line cannot be verified right now' },
  'method-not-allowed': { status: 405, title: 'This resource does not know this method' },
  'not-found': { status: 404, title: 'There is nothing at this address' },
  'password-not-permitted': { status: 422, title: 'The password is too short or too long' },
  'period-closed': { status: 409, title: 'The billing period has closed and late charges are not accepted' },
  'permission-denied': { status: 403, title: 'This account may not do this' },
  'proof-of-close-failed': { status: 409, title: 'The figures of the billing period do not agree' },
  'rate-limit-exceeded': { status: 429, title: 'Too many requests' },
  'return-url-not-allowed': { status: 422, title: 'The return address is not on the site of the service' },
  'seal-broken': { status: 500, title: 'What was sealed is not as it was' },
  'service-not-found': { status: 422, title: 'The company sells no service of this code' },
  'service-unavailable': { status: 503, title: 'The service cannot answer right now' },
  'settlement-refused': { status: 409, title: 'The figures of the period do not agree' },
  'sign-in-locked': { status: 429, title: 'Too many failed sign-ins' },
  'sign-in-refused': { status: 401, title: 'The issued ID or the password is wrong' },
  'subscriber-not-found': { status: 404, title: 'There is no such subscriber' },
  'subscription-not-found': { status: 404, title: 'There is no such subscription' },
  'tariff-not-found': { status: 422, title: 'No such tariff holds on that day' },
  'too-many-subscribers': { status: 409, title: 'A line has at most five issued IDs' },
  'unsupported-media-type': { status: 415, title: 'The body must be sent as application/json' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;

/** One broken rule of an input: a JSON pointer to the place and what is wrong there. */
export interface FieldError {
  pointer: string;
  message: string;
}

interface ProblemDetails {
  /** One sentence for the reader of this very refusal: what happened and what to do. */
  detail?: string;
  /** Facts a program may use, rendered as extension members. Never personal data or secrets. */
  facts?: Readonly<Record<string, string | number | boolean>>;
  errors?: readonly FieldError[];
  cause?: unknown;
}

/** An expected refusal. Thrown anywhere, rendered in one place (`src/http/problem-renderer.ts`). */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly status: number;
  readonly title: string;
  readonly detail: string | undefined;
  readonly facts: Readonly<Record<string, string | number | boolean>>;
  readonly errors: readonly FieldError[];

  constructor(code: ProblemCode, details: ProblemDetails = {}) {
    super(details.detail ?? problems[code].title, { cause: details.cause });
    this.code = code;
    this.status = problems[code].status;
    this.title = problems[code].title;
    this.detail = details.detail;
    this.facts = details.facts ?? {};
    this.errors = details.errors ?? [];
  }
}
