import type { NewEvent } from '../events/append-events.ts';
import { publicId } from '../shared/public-id.rules.ts';
import type { PaymentRequest } from './payment-request.entity.ts';

type RequestEventType = Extract<NewEvent['type'], `payment-request.${string}`>;
type EventedRequest = Pick<
  PaymentRequest,
  'id' | 'companyId' | 'serviceId' | 'amountMinor' | 'taxCode' | 'reference' | 'chargeId'
>;

/** What has happened to a payment request. */
export function paymentRequestEvent(type: RequestEventType, request: EventedRequest): NewEvent {
  const { id, companyId, serviceId, amountMinor, taxCode, reference = null, chargeId } = request;
  const charge = chargeId == null ? null : publicId('charge', chargeId);
  return { type, subject: id, companyId, snapshot: { serviceId, amountMinor, taxCode, reference, charge } };
}
