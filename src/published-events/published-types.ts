import type { EventType } from '../events/event-types.ts';

/**
 * The types of event that companies read. The others are the carrier's own: drafts of settlements, closes, and changes of master
 * data that people of the carrier make.
 */
export const publishedTypes = [
  'charge.authorized',
  'charge.captured',
  'charge.cancelled',
  'charge.expired',
  'charge.refunded',
  'consent.granted',
  'consent.declined',
  'consent.revoked',
  'consent.expired',
  'subscription.joined',
  'subscription.declined',
  'subscription.renewed',
  'subscription.renewal-refused',
  'subscription.cancelled',
  'subscription.ended',
  'subscription.expired',
  'payment-request.confirmed',
  'payment-request.declined',
  'payment-request.expired',
  'payment-request.withdrawn',
  'enquiry.created',
  'settlement.approved',
  'clawback.booked',
  'clawback.recovered',
  'payout.sent',
  'payout.settled',
  'payout.returned',
  'company.suspended',
  'company.activated',
  'service.suspended',
  'service.activated',
  'contract.created',
  'contract.ended',
  'bank-account.recorded',
  'api-key.issued',
  'api-key.revoked',
] as const satisfies readonly EventType[];

export type PublishedType = (typeof publishedTypes)[number];
