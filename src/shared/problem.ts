/**
 * Every expected refusal of the service: code → HTTP status and title. The code is a promise to
 * integrators and never changes its meaning; it becomes the last part of the problem's `type` (RFC 9457).
 */
export const problems = {
  'already-exists': { status: 409, title: 'There is one of that name already' },
  'api-key-invalid': { status: 401, title: 'The API key is missing, wrong or revoked' },
  'body-too-large': { status: 413, title: 'The request body is too large' },
  'charge-not-found': { status: 404, title: 'There is no such charge' },
  'illegal-state': { status: 409, title: 'The current state does not allow this' },
  'internal-error': { status: 500, title: 'Something went wrong on our side' },
  'invalid-json': { status: 400, title: 'The body is not valid JSON' },
  'invalid-request': { status: 400, title: 'The request does not match the schema' },
  'method-not-allowed': { status: 405, title: 'This resource does not know this method' },
  'not-found': { status: 404, title: 'There is nothing at this address' },
  'service-unavailable': { status: 503, title: 'The service cannot answer right now' },
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
