import type { EventBodies } from '../history.ts';
import { hold, sell } from './balances.ts';
import { taxPercent } from './money.ts';
import { decide, describeCharge, NOTHING, refused } from './outcome.ts';
import { buyerOf, endsWithLine, isOpen } from './authorizations.ts';
import { tooMuch } from './limits.ts';
import { isContract, mayBuy, sellerOn, type Contract } from './parties.ts';
import { findPlace, keepPlace } from './periods.ts';
import type { Shadow, ShadowCharge } from './state.ts';

const HALF_AN_HOUR_MS = 1_800_000;
const DAY_MS = 86_400_000;

/** When a page that opens now is over. */
export const pageEnd = (shadow: Shadow): number => shadow.nowMs + HALF_AN_HOUR_MS;

export function createCharge(shadow: Shadow, body: EventBodies['create-charge']): string {
  const { charge, ...sale } = body;
  const contract = sellerOn(shadow, sale, shadow.today);
  if (!isContract(contract)) return contract;
  if (sale.amount > contract.perChargeMax) return refused('amount-above-contract');
  const openUntilMs = pageEnd(shadow);
  const page = { page: 'open', pageUntilMs: openUntilMs, subscriber: null } as const;
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
  const fresh = { ...nobody, captured: null, folded: false };
  const pending = { kind: 'one_time', state: 'pending', createdMs: shadow.nowMs, openUntilMs } as const;
  shadow.charges.set(charge, { ...sale, ...page, ...fresh, ...pending });
  return 'pending';
}

export function authorizeCharge(shadow: Shadow, body: EventBodies['authorize-charge']): string {
  const charge = shadow.charges.get(body.charge);
  const subscriber = shadow.subscribers.get(body.subscriber);
  if (!charge || !subscriber) return NOTHING;
  const decision = decide(shadow, charge, 'confirmed');
  if (decision === 'same')
    return charge.subscriber === body.subscriber ? describeCharge(charge) : refused('illegal-state');
  if (decision !== 'new') return decision;
  const contract = sellerOn(shadow, charge, shadow.today);
  if (!isContract(contract)) return contract;
  if (!mayBuy(shadow, subscriber, shadow.today)) return refused('entitlement-ended');
  const place = findPlace(shadow, subscriber, shadow.today);
  const { amount, automatic } = charge;
  const input = { subscriber, contract, date: shadow.today, period: place.period, amount, automatic };
  const excess = tooMuch(shadow, input);
  if (excess) return excess;
  keepPlace(shadow, subscriber, place);
  const { line, holderFrom } = subscriber;
  Object.assign(charge, { page: 'confirmed', subscriber: body.subscriber, line, holderFrom });
  if (charge.automatic) return capture(shadow, charge, { contract, amount });
  hold(shadow, amount);
  const openUntilMs = shadow.nowMs + contract.authorizationDays * DAY_MS;
  Object.assign(charge, { state: 'authorized', reservedPeriod: place.period, openUntilMs });
  return describeCharge(charge);
}

export function captureCharge(shadow: Shadow, body: EventBodies['capture-charge']): string {
  const charge = shadow.charges.get(body.charge);
  if (!charge) return NOTHING;
  if (charge.company !== body.company) return refused('charge-not-found');
  if (charge.endedBy === 'entitlement') return refused('entitlement-ended');
  if (charge.state !== 'authorized') return refused('illegal-state');
  if (!isOpen(shadow, charge))
    return refused(endsWithLine(shadow, charge) ? 'entitlement-ended' : 'illegal-state');
  const amount = body.amount ?? charge.amount;
  if (amount > charge.amount) return refused('amount-above-authorized');
  const contract = sellerOn(shadow, charge, shadow.today);
  if (!isContract(contract)) return contract;
  return capture(shadow, charge, { contract, amount });
}

/** Sells what is authorized, today: fixes date, period and tax rate. */
function capture(
  shadow: Shadow,
  charge: ShadowCharge,
  { contract, amount }: { contract: Contract; amount: number },
): string {
  const buyer = buyerOf(shadow, charge);
  const place = findPlace(shadow, buyer, shadow.today);
  if (place.late && contract.lateCharges === 'refuse') return refused('period-closed');
  keepPlace(shadow, buyer, place);
  const { period, group, late } = place;
  const percent = taxPercent(shadow.taxRises, charge.taxCode, shadow.today)!;
  sell(shadow, charge, { amount, businessDate: shadow.today, period, group, late, percent });
  return describeCharge(charge);
}

export function cancelCharge(shadow: Shadow, body: EventBodies['cancel-charge']): string {
  const charge = shadow.charges.get(body.charge);
  if (!charge) return NOTHING;
  if (charge.company !== body.company) return refused('charge-not-found');
  if (charge.state === 'cancelled') return describeCharge(charge);
  if (charge.state !== 'pending' && charge.state !== 'authorized') return refused('illegal-state');
  // Its company has read since that instant that it is expired.
  const isOver =
    charge.state === 'authorized' ? !isOpen(shadow, charge) : charge.openUntilMs! <= shadow.nowMs;
  if (isOver) return refused('illegal-state');
  if (charge.state === 'pending') charge.page = 'withdrawn';
  return end(shadow, charge, { state: 'cancelled', endedBy: 'company' });
}

export function declineCharge(shadow: Shadow, body: EventBodies['decline-charge']): string {
  const charge = shadow.charges.get(body.charge);
  if (!charge) return NOTHING;
  const decision = decide(shadow, charge, 'declined');
  if (decision === 'same') return describeCharge(charge);
  if (decision !== 'new') return decision;
  charge.page = 'declined';
  return end(shadow, charge, { state: 'cancelled', endedBy: 'subscriber' });
}

/** Ends what was not sold; what it reserved is free again. */
export function end(
  shadow: Shadow,
  charge: ShadowCharge,
  ending: { state: 'cancelled' | 'expired'; endedBy: string },
): string {
  if (charge.state === 'authorized') hold(shadow, -charge.amount);
  Object.assign(charge, { ...ending, openUntilMs: null });
  return describeCharge(charge);
}
