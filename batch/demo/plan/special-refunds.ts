import { addDays, periodRange } from '../../../src/shared/calendar.rules.ts';
import { addUsage } from './add-usage.ts';
import { HOUR_MS } from './demo-calendar.ts';
import type { Draft } from './draft.ts';
import { AFTER_CLOSE, BEFORE_CLOSE, companyNamed, on, subscriberSetAside } from './set-aside.ts';
import type { PlannedRefund, PlannedUsage } from './world-plan.ts';

/**
 * Refunds that are easy to get wrong, each on a line that buys nothing else: across a close, in part and whole, so that invoices
 * and a settlement become negative, and within a period, which counts as never billed.
 */
export function planSpecialRefunds(draft: Draft): void {
  planNegatives(draft);
  planRefundOnly(draft);
  planNeverBilled(draft);
}

/** What a company sold before is all given back, more than it sells in the month, and a part of what another sold. */
function planNegatives(draft: Draft): void {
  const subscriber = subscriberSetAside(draft, 10);
  const [photo, music] = [companyNamed(draft, 'komorebi'), companyNamed(draft, 'sazanami')];
  if (!photo || !music) return;
  for (const hour of [9, 10]) {
    const usage = addUsage(draft, { company: photo, subscriber, at: on(draft, BEFORE_CLOSE, hour) });
    refund(draft, usage, { at: on(draft, AFTER_CLOSE, hour), reason: 'not_delivered' });
  }
  const usage = addUsage(draft, { company: music, subscriber, at: on(draft, BEFORE_CLOSE, 12) });
  const amountMinor = Math.floor(usage.amountMinor / 2);
  refund(draft, usage, { at: on(draft, AFTER_CLOSE, 12), amountMinor, reason: 'wrong_amount' });
  addUsage(draft, { company: music, subscriber, at: on(draft, AFTER_CLOSE + 1, 12) });
}

/** A line whose invoice of the month has a refund and nothing else. */
function planRefundOnly(draft: Draft): void {
  const company = companyNamed(draft, 'sazanami');
  if (!company) return;
  const subscriber = subscriberSetAside(draft, 15);
  const usage = addUsage(draft, { company, subscriber, at: on(draft, BEFORE_CLOSE, 13) });
  refund(draft, usage, { at: on(draft, AFTER_CLOSE, 13), reason: 'mistaken' });
}

/** Bought and given back within one period: neither the item nor the line counts for the fee. */
function planNeverBilled(draft: Draft): void {
  const company = companyNamed(draft, 'tsukikage');
  if (!company) return;
  const subscriber = subscriberSetAside(draft, 5);
  const { closesOn } = periodRange(draft.calendar.month, 5);
  const at = (daysBefore: number) => draft.calendar.instant(addDays(closesOn, -daysBefore), 14 * HOUR_MS);
  const usage = addUsage(draft, { company, subscriber, at: at(6) });
  refund(draft, usage, { at: at(5), reason: 'requested' });
}

function refund(draft: Draft, usage: PlannedUsage, how: Omit<PlannedRefund, 'usage' | 'paidBy'>): void {
  draft.refunds.push({ usage, paidBy: 'invoice', ...how });
}
