import type { PresentableCharge } from '../charges/charge.presenter.ts';
import type { Consent } from '../consents/consent.entity.ts';
import type { Subscription } from '../subscriptions/subscription.entity.ts';
import type { PublishedType } from './published-types.ts';

/** A charge as it was when something happened to it: an authorization knows nothing of the capture that came later. */
export function chargeAsOf<Row extends PresentableCharge>(type: PublishedType, charge: Row): Row {
  if (type !== 'charge.authorized') return charge;
  return {
    ...charge,
    state: 'authorized',
    openUntil: charge.authorizedUntil ?? null,
    capturedMinor: null,
    taxRateBps: null,
    capturedAt: null,
    businessDate: null,
    billingPeriod: null,
    late: false,
    endedAt: null,
    endedBy: null,
  };
}

type ConsentRow = Pick<Consent, 'state' | 'endedAt' | 'openUntil'>;

/** A consent as it was: one that was granted has not ended yet. */
export function consentAsOf<Row extends ConsentRow>(type: PublishedType, consent: Row): Row {
  return type === 'consent.granted'
    ? { ...consent, state: 'active', openUntil: null, endedAt: null }
    : consent;
}

type SubscriptionRow = Pick<
  Subscription,
  'state' | 'openUntil' | 'joinedAt' | 'leftAt' | 'leftOn' | 'renewedThrough'
>;

interface SubscriptionEvent {
  readonly type: PublishedType;
  readonly occurredAt: Date;
  /** Of a renewal: the month that it was about. */
  readonly month: string | undefined;
}

/** A subscription as it was: who had not cancelled then had not left, and later months were not billed yet. */
export function subscriptionAsOf<Row extends SubscriptionRow>(event: SubscriptionEvent, row: Row): Row {
  const { type, occurredAt, month } = event;
  if (type === 'subscription.declined' || type === 'subscription.expired') return row;
  const hadLeft = row.leftAt != null && row.leftAt <= occurredAt;
  const state = stateAsOf(type, hadLeft);
  return {
    ...row,
    state,
    openUntil: null,
    leftAt: hadLeft ? row.leftAt : null,
    leftOn: hadLeft ? row.leftOn : null,
    renewedThrough: renewedAsOf(type, month, row.renewedThrough),
  };
}

function stateAsOf(type: PublishedType, hadLeft: boolean): Subscription['state'] {
  if (type === 'subscription.ended') return 'ended';
  return hadLeft ? 'leaving' : 'active';
}

function renewedAsOf(
  type: PublishedType,
  month: string | undefined,
  renewedThrough: string | null | undefined,
): string | null {
  if (type === 'subscription.joined') return null;
  if (type === 'subscription.renewed' && month !== undefined) return month;
  return renewedThrough ?? null;
}
