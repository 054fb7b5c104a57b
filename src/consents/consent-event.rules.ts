import type { NewEvent } from '../events/append-events.ts';
import type { Consent } from './consent.entity.ts';

type ConsentEventType = Extract<NewEvent['type'], `consent.${string}`>;
type EventedConsent = Pick<Consent, 'id' | 'companyId' | 'serviceId' | 'perChargeMaxMinor'>;

/** What has happened to a consent. */
export function consentEvent(type: ConsentEventType, consent: EventedConsent): NewEvent {
  const { id, companyId, serviceId, perChargeMaxMinor = null } = consent;
  return { type, subject: id, companyId, snapshot: { serviceId, perChargeMaxMinor } };
}
