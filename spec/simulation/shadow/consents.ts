import type { EventBodies, Use } from '../history.ts';
import { sell } from './balances.ts';
import { localDate } from './calendar.ts';
import { pageEnd } from './charges.ts';
import { taxPercent } from './money.ts';
import { decide, describeCharge, NOTHING, refused } from './outcome.ts';
import { tooMuch } from './limits.ts';
import { covers, isContract, mayBuy, sellerOn } from './parties.ts';
import { findPlace, keepPlace } from './periods.ts';
import type { Shadow, ShadowCharge } from './state.ts';

export function offerConsent(shadow: Shadow, body: EventBodies['offer-consent']): string {
  const { consent, company, service, max = null } = body;
  const contract = sellerOn(shadow, body, shadow.today);
  if (!isContract(contract)) return contract;
  const page = { page: 'open', pageUntilMs: pageEnd(shadow), subscriber: null } as const;
  shadow.consents.set(consent, { ...page, company, service, max, state: 'pending' });
  return 'pending';
}

export function grantConsent(shadow: Shadow, body: EventBodies['agree-consent']): string {
  const consent = shadow.consents.get(body.consent);
  const subscriber = shadow.subscribers.get(body.subscriber);
  if (!consent || !subscriber) return NOTHING;
  const decision = decide(shadow, consent, 'confirmed');
  if (decision === 'same')
    return consent.subscriber === body.subscriber ? consent.state : refused('illegal-state');
  if (decision !== 'new') return decision;
  const contract = sellerOn(shadow, consent, shadow.today);
  if (!isContract(contract)) return contract;
  if (!mayBuy(shadow, subscriber, shadow.today)) return refused('entitlement-ended');
  Object.assign(consent, { page: 'confirmed', state: 'active', subscriber: body.subscriber });
  return consent.state;
}

export function declineConsent(shadow: Shadow, body: EventBodies['decline-consent']): string {
  const consent = shadow.consents.get(body.consent);
  if (!consent) return NOTHING;
  const decision = decide(shadow, consent, 'declined');
  if (decision === 'new') Object.assign(consent, { page: 'declined', state: 'declined' });
  return decision === 'new' || decision === 'same' ? consent.state : decision;
}

export function revokeConsent(shadow: Shadow, body: EventBodies['end-consent']): string {
  const consent = shadow.consents.get(body.consent);
  if (!consent) return NOTHING;
  if (consent.company !== body.company) return refused('consent-not-found');
  if (consent.state !== 'active' && consent.state !== 'ended') return refused('illegal-state');
  consent.state = 'ended';
  return consent.state;
}

/**
 * Uses under consents, in one go. First each is looked at by itself; then all that are allowed find their
 * periods, as of before this; and last come the limits, in order, each counting those before.
 */
export function useConsents(shadow: Shadow, { company, uses }: EventBodies['use']): string {
  const places = new Map<number, ReturnType<typeof findPlace>>();
  const answers = uses.map((use) => repeat(shadow, company, use) ?? allow(shadow, company, use));
  for (const [index, use] of uses.entries()) {
    if (answers[index] === undefined)
      places.set(index, findPlace(shadow, buyerOf(shadow, use)!, dayOf(shadow, use)));
  }
  for (const [index, place] of places) keepPlace(shadow, buyerOf(shadow, uses[index]!)!, place);
  const told = (use: Use, index: number) =>
    answers[index] ?? repeat(shadow, company, use) ?? record(shadow, use, places.get(index)!);
  return uses.map(told).join('; ');
}

const keyOf = ({ consent, itemKey }: Use) => (itemKey === undefined ? undefined : `${consent}|${itemKey}`);

/** The outcome of a use whose key was charged before; undefined for a new key. */
function repeat(shadow: Shadow, company: string, use: Use): string | undefined {
  const known = shadow.itemKeys.get(keyOf(use) ?? '');
  if (!known || shadow.consents.get(use.consent)?.company !== company) return undefined;
  const isSame =
    known.use === use.use &&
    known.amount === use.amount &&
    known.taxCode === use.taxCode &&
    (use.occurredAt === undefined || Date.parse(use.occurredAt) === known.atMs);
  return isSame ? describeCharge(shadow.charges.get(known.use)!) : refused('item-key-reused');
}

const dayOf = (shadow: Shadow, { occurredAt }: Use): string =>
  occurredAt === undefined ? shadow.today : localDate(Date.parse(occurredAt), shadow.timeZone);

const buyerOf = (shadow: Shadow, use: Use) =>
  shadow.subscribers.get(shadow.consents.get(use.consent)?.subscriber ?? '');

/** Undefined when nothing but the limits can forbid the use. */
function allow(shadow: Shadow, company: string, use: Use): string | undefined {
  const consent = shadow.consents.get(use.consent);
  if (!consent || consent.company !== company) return refused('consent-not-found');
  if (consent.state !== 'active') return refused('consent-not-active');
  const day = dayOf(shadow, use);
  const contract = sellerOn(shadow, consent, day);
  if (!isContract(contract)) return contract;
  if (!mayBuy(shadow, buyerOf(shadow, use)!, day)) return refused('entitlement-ended');
  return consent.max !== null && use.amount > consent.max ? refused('amount-above-consent') : undefined;
}

function record(shadow: Shadow, use: Use, place: ReturnType<typeof findPlace>): string {
  const { amount, taxCode } = use;
  const consent = shadow.consents.get(use.consent)!;
  const { company, service } = consent;
  const [subscriber, date] = [buyerOf(shadow, use)!, dayOf(shadow, use)];
  const contract = shadow.companies.get(company)!.contracts.find((one) => covers(one, date))!;
  const { period, group, late } = place;
  if (late && contract.lateCharges === 'refuse') return refused('period-closed');
  const excess = tooMuch(shadow, { subscriber, contract, date, period, amount });
  if (excess) return excess;
  const charge = soldAtOnce(shadow, { company, service, kind: 'usage', amount, taxCode });
  const { line, holderFrom } = subscriber;
  Object.assign(charge, { subscriber: consent.subscriber, line, holderFrom });
  shadow.charges.set(use.use, charge);
  const key = keyOf(use);
  const atMs = use.occurredAt === undefined ? shadow.nowMs : Date.parse(use.occurredAt);
  if (key !== undefined) shadow.itemKeys.set(key, { use: use.use, amount, taxCode, atMs });
  sell(shadow, charge, {
    amount,
    businessDate: date,
    period,
    group,
    late,
    percent: taxPercent(shadow.taxRises, taxCode, date)!,
  });
  return describeCharge(charge);
}

type Sold = Pick<ShadowCharge, 'company' | 'service' | 'kind' | 'amount' | 'taxCode'>;

/** A charge without a confirmation. */
export function soldAtOnce({ nowMs }: Shadow, sold: Sold): ShadowCharge {
  const page = { page: 'confirmed', pageUntilMs: 0, subscriber: null } as const;
  const nobody = {
    line: null,
    holderFrom: null,
    reservedPeriod: null,
    lost: false,
    ranOut: false,
    endedBy: null,
    refunded: 0,
    refundedOwn: 0,
    clawedBack: 0,
  };
  const fresh = { ...nobody, captured: null, openUntilMs: null };
  return { ...sold, ...page, ...fresh, createdMs: nowMs, automatic: true, state: 'pending', folded: false };
}
