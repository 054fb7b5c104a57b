/**
 * `pending`: waits for the addressee, or for nobody, which looks the same. `confirmed`: paid by the charge it names. `declined`: the
 * addressee does not pay. `withdrawn`: the company took it back. `expired`: nobody decided in time.
 */
export const paymentRequestStates = ['pending', 'confirmed', 'declined', 'withdrawn', 'expired'] as const;
export type PaymentRequestState = (typeof paymentRequestStates)[number];

/** Days for which a request can be open. */
export const MAX_PAYMENT_REQUEST_DAYS = 30;
