import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { can } from '../access/can.rules.ts';
import type { Permission } from '../access/permissions.ts';
import { publishedTypes, type PublishedType } from './published-types.ts';

const charge = ['charges:read'] as const;
const consent = ['consents:read'] as const;
const subscription = ['subscriptions:read'] as const;
const paymentRequest = ['payment-requests:read'] as const;
const settlement = ['own-settlements:read'] as const;
const access = [] as const;

/**
 * What an event of a type tells is read elsewhere under these permissions; an event takes the same ones besides `events:read`. None
 * where there are no sales and no amounts in it.
 */
const permissionsOf: Readonly<Record<PublishedType, readonly Permission[]>> = {
  'charge.authorized': charge,
  'charge.captured': charge,
  'charge.cancelled': charge,
  'charge.expired': charge,
  // The charge as a whole, and the refund.
  'charge.refunded': [...charge, 'refunds:read'],
  'consent.granted': consent,
  'consent.declined': consent,
  'consent.revoked': consent,
  'consent.expired': consent,
  'subscription.joined': subscription,
  'subscription.declined': subscription,
  'subscription.renewed': subscription,
  'subscription.renewal-refused': subscription,
  'subscription.cancelled': subscription,
  'subscription.ended': subscription,
  'subscription.expired': subscription,
  'payment-request.confirmed': paymentRequest,
  'payment-request.declined': paymentRequest,
  'payment-request.expired': paymentRequest,
  'payment-request.withdrawn': paymentRequest,
  'enquiry.created': access,
  'settlement.approved': settlement,
  'clawback.booked': settlement,
  'clawback.recovered': settlement,
  'payout.sent': settlement,
  'payout.settled': settlement,
  'payout.returned': settlement,
  'company.suspended': access,
  'company.activated': access,
  'service.suspended': access,
  'service.activated': access,
  'contract.created': access,
  'contract.ended': access,
  'bank-account.recorded': access,
  'api-key.issued': access,
  'api-key.revoked': access,
};

/** Whether an actor that reads events may read those of a type. */
export function mayReadType(actor: Actor, type: PublishedType): boolean {
  return permissionsOf[type].every((permission) => can(actor, permission));
}

/** @throws Problem `api-key-scope-missing`, `permission-denied` for types that the actor may not read */
export function authorizeTypes(actor: Actor, types: readonly PublishedType[]): void {
  for (const type of types) for (const permission of permissionsOf[type]) authorize(actor, permission);
}

/** The types that an actor may read; null for all. */
export function readableTypes(actor: Actor): readonly PublishedType[] | null {
  const readable = publishedTypes.filter((type) => mayReadType(actor, type));
  return readable.length === publishedTypes.length ? null : readable;
}
