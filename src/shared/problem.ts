/**
 * Every expected refusal of the service: code → HTTP status and title. The code is a promise to
 * integrators and never changes its meaning; it becomes the last part of the problem's `type` (RFC 9457). One that `passes` is
 * refused for a while: the same request with the same idempotency key is tried again, like after a 429 or 5xx.
 */
export const problems = {
  'account-not-found': { status: 404, title: 'No such account' },
  'address-not-allowed': { status: 403, title: 'The API key may not be used from this address' },
  'already-exists': { status: 409, title: 'A record with this code or date already exists' },
  'already-subscribed': { status: 409, title: 'The subscriber already has this subscription' },
  'addressee-mistyped': {
    status: 422,
    title: 'The addressee is no line ID, telephone number or issued ID',
  },
  'answer-limit': { status: 409, title: 'This link has been used for as many answers as it allows' },
  'answer-link-expired': { status: 410, title: 'The link to answer has expired' },
  'amount-above-authorized': { status: 422, title: 'The amount exceeds the authorized amount' },
  'amount-above-consent': { status: 422, title: 'The amount exceeds the maximum of the consent' },
  'amount-above-contract': { status: 422, title: 'The amount exceeds the maximum per charge' },
  'amount-not-checked': { status: 422, title: 'This amount cannot be checked' },
  'amount-above-own-limit': { status: 422, title: 'The amount exceeds the limit per purchase of the line' },
  'api-key-invalid': { status: 401, title: 'The API key is missing, invalid or revoked' },
  'api-key-not-found': { status: 404, title: 'No such API key' },
  'api-key-scope-missing': { status: 403, title: 'The API key does not have the required scope' },
  'approval-changes-nothing': { status: 422, title: 'The proposal changes nothing' },
  'approval-decided': { status: 409, title: 'The proposal has already been decided' },
  'approval-expired': { status: 409, title: 'The proposal has expired' },
  'approval-needs-person': { status: 403, title: 'Only an authenticated person can propose or approve' },
  'approval-not-found': { status: 404, title: 'No such proposal' },
  'approval-own': { status: 403, title: 'A proposal must be approved by another person' },
  'approval-pending': { status: 409, title: 'A proposal for this subject is already pending' },
  'approval-required': { status: 403, title: 'This change takes two people: propose it for approval' },
  'approval-void': { status: 409, title: 'The subject has changed since it was proposed' },
  'bank-account-missing': { status: 409, title: 'The company has no bank account' },
  'body-too-large': { status: 413, title: 'The request body is too large' },
  'business-date-not-over': { status: 409, title: 'The business date has not ended yet' },
  'case-exists': { status: 409, title: 'Somebody on the line has already reported this purchase' },
  'case-changed': { status: 409, title: 'Somebody has written in the case since: look at it and send again' },
  'case-not-found': { status: 404, title: 'No such case' },
  'case-of-other-line': { status: 409, title: 'The cases are not of the same line and holder' },
  'case-without-address': { status: 409, title: 'The reporter of the case has no mail address' },
  'case-without-purchase': {
    status: 409,
    title: 'The case is about no purchase, so no company can be asked',
  },
  'charge-not-found': { status: 404, title: 'No such charge' },
  'checkout-expired': { status: 410, title: 'The time to confirm has run out' },
  'company-blocked': { status: 403, title: 'The subscriber does not permit this purchase' },
  'claim-returned': { status: 409, title: 'The claim for this amount has returned to the company' },
  'code-limit-reached': { status: 429, title: 'Too many one-time codes were asked for' },
  'code-reserved': { status: 422, title: 'This code cannot be given to anything new' },
  'code-refused': { status: 422, title: 'The one-time code is wrong, used or no longer valid' },
  'company-not-found': { status: 404, title: 'No such company' },
  'company-suspended': { status: 403, title: 'Sales of this company or service are suspended' },
  'consent-not-active': { status: 409, title: 'The consent is not active' },
  'consent-not-found': { status: 404, title: 'No such consent' },
  'contract-missing': { status: 403, title: 'No contract is in force on this day' },
  'contract-not-found': { status: 404, title: 'No such contract' },
  'contract-overlaps': { status: 409, title: 'Another contract of the company covers part of this period' },
  'contact-limit': { status: 429, title: 'Too many messages' },
  'enquiry-not-found': { status: 404, title: 'No such enquiry' },
  'event-not-found': { status: 404, title: 'No such event' },
  'entitlement-ended': { status: 409, title: 'The subscriber no longer holds the line' },
  'forged-request': { status: 403, title: 'The form was not sent from our own page' },
  'idempotency-key-in-use': {
    status: 409,
    title: 'The first request with this Idempotency-Key is still being processed',
  },
  'idempotency-key-invalid': {
    status: 400,
    title: 'The Idempotency-Key is not 1 to 255 visible ASCII characters',
  },
  'idempotency-key-missing': { status: 400, title: 'A POST requires an Idempotency-Key header' },
  'idempotency-key-reused': { status: 422, title: 'This Idempotency-Key was used for another request' },
  'illegal-state': { status: 409, title: 'The current state does not allow this operation' },
  'import-refused': { status: 422, title: 'The file was not imported' },
  'internal-error': { status: 500, title: 'Something went wrong on our side' },
  'invalid-json': { status: 400, title: 'The body is not valid JSON' },
  'invalid-request': { status: 400, title: 'The request does not match its schema' },
  'invariant-broken': { status: 500, title: 'Recorded figures do not agree' },
  'partner-not-found': { status: 422, title: 'The company has no sales partner with this code' },
  'party-change-not-found': { status: 404, title: 'No such change is waiting' },
  'invoice-not-found': { status: 404, title: 'No such invoice' },
  'limit-exceeded': { status: 422, title: 'The charge would exceed a monthly limit' },
  'item-key-reused': { status: 409, title: 'This item_key was used for another use' },
  'line-check-limit': { status: 429, title: 'The consent has been checked often enough today' },
  'line-not-eligible': { status: 403, title: 'Purchases cannot be paid with this type of line' },
  'line-not-found': { status: 404, title: 'No such active line' },
  'line-refused': { status: 403, title: 'The device is not connected through the line' },
  'line-unproven': { status: 503, title: 'The line cannot be verified at the moment' },
  'mail-not-found': { status: 404, title: 'No such mail' },
  'mail-address-missing': { status: 409, title: 'No mail address is known for the holder of the line' },
  'method-not-allowed': { status: 405, title: 'The resource does not support this method' },
  'not-found': { status: 404, title: 'There is nothing at this address' },
  'passkey-refused': { status: 401, title: 'The passkey did not prove the person' },
  'partial-not-allowed': { status: 422, title: 'The contract allows no partial refunds' },
  'password-not-permitted': { status: 422, title: 'The password is too short or too long' },
  'password-unchanged': { status: 422, title: 'The new password is the current one' },
  'payment-request-limit': { status: 429, title: 'Too many payment requests' },
  'payment-request-not-found': { status: 404, title: 'No such payment request' },
  'payout-run-not-found': { status: 404, title: 'No such payout run' },
  'payout-run-stale': { status: 409, title: 'What the payout run pays has changed since it was prepared' },
  'payout-settings-missing': { status: 409, title: 'The account that pays is not set' },
  'payout-window-passed': { status: 409, title: 'The bank does not take an order for this day' },
  'personal-data-hidden': { status: 403, title: 'The file has personal data that you have not asked to see' },
  'period-closed': { status: 409, title: 'The billing period has closed and late charges are refused' },
  'permission-denied': { status: 403, title: 'The account does not have the required permission' },
  'proof-of-close-failed': { status: 409, title: 'The figures of the billing period do not agree' },
  'purchase-not-permitted': { status: 403, title: 'The subscriber does not permit this purchase' },
  'rate-limit-exceeded': { status: 429, title: 'Too many requests' },
  'preview-too-slow': { status: 503, title: 'The figures of the month could not be added up in time' },
  'run-needs-missing': { status: 409, title: 'The job needs others that have not run for this date' },
  'rehearsal-not-found': { status: 404, title: 'No such rehearsal' },
  'rehearsal-under-way': { status: 409, title: 'Another rehearsal is under way' },
  'refund-needs-approval': { status: 403, title: 'This refund takes the approval of a second person' },
  'refund-not-found': { status: 404, title: 'No such refund' },
  'refund-too-large': { status: 422, title: 'The refund exceeds what is left of the charge' },
  'refund-window-passed': { status: 422, title: 'The time in which this charge can be refunded has passed' },
  'return-url-not-allowed': { status: 422, title: 'The return address is not on the registered site' },
  'safeguard-not-found': { status: 404, title: 'No such setting' },
  'seller-unreachable': { status: 409, title: 'The company has no address for enquiries' },
  'seal-broken': { status: 500, title: 'Sealed records have changed' },
  'second-factor-missing': { status: 409, title: 'The account has no second factor of this kind' },
  'second-factor-refused': { status: 401, title: 'The second factor is wrong or has been used' },
  'scope-not-held': { status: 403, title: 'The key would do more than the person who issues it may' },
  'service-incomplete': { status: 403, title: 'The service lacks what a purchase page must show' },
  'service-not-found': { status: 422, title: 'The company has no service with this code' },
  'service-unavailable': { status: 503, title: 'The service is temporarily unavailable' },
  'session-ended': { status: 401, title: 'The session has ended: sign in again' },
  'settlement-not-found': { status: 404, title: 'No such settlement' },
  'settlement-refused': { status: 409, title: 'The figures of the month do not agree' },
  'month-not-charged': { status: 404, title: 'Nothing was charged for this month' },
  'month-settled': { status: 409, title: 'The company is settled for this month already' },
  'nothing-to-rehearse': { status: 422, title: 'There is nothing to rehearse' },
  'not-captured': { status: 409, title: 'The charge has not been captured' },
  'offered-service-not-found': { status: 404, title: 'No such service' },
  'order-changed': { status: 409, title: 'The details have changed' },
  'issued-id-mistyped': { status: 422, title: 'The issued ID is mistyped' },
  'signature-invalid': { status: 401, title: 'The signature of the request is not accepted' },
  'signature-required': { status: 401, title: 'The request must be signed' },
  'signing-key-not-found': { status: 404, title: 'No such signing key' },
  'sign-in-locked': { status: 429, title: 'Too many failed sign-ins' },
  'sign-in-refused': { status: 401, title: 'The issued ID or the password is wrong' },
  'step-up-required': { status: 403, title: 'This needs a second factor given in the last five minutes' },
  'statement-not-found': { status: 404, title: 'The statement has not been issued yet' },
  'subscriber-not-found': { status: 404, title: 'No such subscriber' },
  'subscription-not-found': { status: 404, title: 'No such subscription' },
  'tariff-not-found': { status: 422, title: 'No such tariff is in force on this day' },
  'token-invalid': { status: 410, title: 'The link or the step has been used or has run out' },
  'too-many-webhook-endpoints': { status: 409, title: 'The company has as many webhook endpoints as it can' },
  'webhook-delivery-not-found': { status: 404, title: 'No such webhook delivery' },
  'webhook-endpoint-busy': {
    status: 409,
    title: 'The webhook endpoint is still sent what was asked for before',
    passes: true,
  },
  'webhook-endpoint-disabled': { status: 409, title: 'The webhook endpoint is disabled' },
  'webhook-endpoint-not-found': { status: 404, title: 'No such webhook endpoint' },
  'too-many-passkeys': { status: 409, title: 'An issued ID can have at most ten passkeys' },
  'too-many-subscribers': { status: 409, title: 'A line can have at most five issued IDs' },
  'unsupported-media-type': { status: 415, title: 'The content type of the body is not accepted' },
  'usage-file-not-finished': { status: 409, title: 'The file is still being worked on' },
  'usage-file-not-found': { status: 404, title: 'No such usage file' },
  'usage-file-result-removed': { status: 410, title: 'The result of this file is no longer kept' },
} as const satisfies Record<string, { status: number; title: string; passes?: true }>;

export type ProblemCode = keyof typeof problems;

/** One broken rule of an input: a JSON pointer to the field and what is wrong with it. */
export interface FieldError {
  pointer: string;
  message: string;
}

interface ProblemDetails {
  /** One sentence about this occurrence: what happened and what to do. */
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
  /** Another outcome can follow without another request: it has run out of time or room, not of rights. */
  readonly passes: boolean;
  readonly detail: string | undefined;
  readonly facts: Readonly<Record<string, string | number | boolean>>;
  readonly errors: readonly FieldError[];

  constructor(code: ProblemCode, details: ProblemDetails = {}) {
    super(details.detail ?? problems[code].title, { cause: details.cause });
    this.code = code;
    this.status = problems[code].status;
    this.title = problems[code].title;
    this.passes = this.status >= 500 || this.status === 429 || 'passes' in problems[code];
    this.detail = details.detail;
    this.facts = details.facts ?? {};
    this.errors = details.errors ?? [];
  }
}
