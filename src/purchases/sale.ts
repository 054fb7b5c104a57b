import type { Charge } from '../charges/charge.entity.ts';
import type { Consent } from '../consents/consent.entity.ts';
import type { Subscription } from '../subscriptions/subscription.entity.ts';

/** What a subscriber is asked to confirm. */
export type Sale =
  | { readonly kind: 'charge'; readonly row: Charge }
  | { readonly kind: 'subscription'; readonly row: Subscription }
  | { readonly kind: 'consent'; readonly row: Consent };
