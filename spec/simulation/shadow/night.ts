import type { EventBodies } from '../history.ts';
import { GROUPS } from '../plan/world-plan.ts';
import { closeOf, periodAt } from './calendar.ts';
import { endsWithLine, isOpen } from './authorizations.ts';
import { end } from './charges.ts';
import { importResults, numberInvoices } from './collecting.ts';
import { decideBankRefunds } from './deciding.ts';
import { importRows } from './lines.ts';
import { periodOf } from './periods.ts';
import { renew } from './renewing.ts';
import { settleCompanies } from './settling.ts';
import { periodKey, type Shadow } from './state.ts';

/** A night, in one go. */
export function passNight(shadow: Shadow, body: EventBodies['night']): string {
  const steps = stepsOfNight(shadow, body);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** A night: a job that is done for a business date is not repeated. Purchases continue between its steps. */
export function* stepsOfNight(
  shadow: Shadow,
  { businessDate }: EventBodies['night'],
): Generator<void, string> {
  if (shadow.nights.has(businessDate)) return 'done';
  shadow.nights.add(businessDate);
  for (const rows of shadow.inbox.splice(0)) importRows(shadow, rows);
  yield;
  for (const state of ['active', 'leaving'] as const) yield* renew(shadow, businessDate, state);
  expire(shadow);
  yield;
  forgetAnswers(shadow);
  yield;
  fold(shadow, businessDate);
  yield;
  yield* close(shadow, businessDate);
  for (const rows of shadow.resultsInbox.splice(0)) importResults(shadow, rows);
  yield;
  decideBankRefunds(shadow, businessDate);
  yield;
  settleCompanies(shadow, businessDate);
  return 'done';
}

const WEEK_MS = 7 * 86_400_000;

/** A request that comes again after a week is a new one. */
function forgetAnswers({ answers, nowMs }: Shadow): void {
  for (const [key, { atMs }] of answers) if (atMs < nowMs - WEEK_MS) answers.delete(key);
}

function expire(shadow: Shadow): void {
  for (const charge of shadow.charges.values()) {
    if (charge.state === 'authorized' && !isOpen(shadow, charge)) {
      const endedBy = endsWithLine(shadow, charge) ? 'entitlement' : 'time';
      end(shadow, charge, { state: 'expired', endedBy });
    }
    if (charge.state === 'pending' && charge.openUntilMs! <= shadow.nowMs)
      end(shadow, charge, { state: 'expired', endedBy: 'time' });
  }
  const pages = [shadow.charges, shadow.consents, shadow.subscriptions].flatMap((all) => [...all.values()]);
  for (const page of pages) {
    if (page.page !== 'open' || page.pageUntilMs > shadow.nowMs) continue;
    page.page = 'expired';
    if (page.state === 'pending') page.state = 'expired';
  }
}

function fold(shadow: Shadow, businessDate: string): void {
  for (const charge of shadow.charges.values()) {
    if (charge.captured && charge.captured.businessDate <= businessDate) charge.folded = true;
  }
  for (const refund of shadow.refunds.values())
    if (refund.group !== null && refund.businessDate <= businessDate) refund.folded = true;
}

/** Closes what was to close by now, groups in which nothing was sold included, and folds the rest of them. */
function* close(shadow: Shadow, businessDate: string): Generator<void, void> {
  const today = GROUPS.map((group) => ({ group, period: periodAt(businessDate, group) }));
  const closing = today.filter(({ group, period }) => closeOf(period, group) === businessDate);
  const months = new Set([...closing, ...shadow.periods.values()].map(({ period }) => period));
  for (const period of months) {
    for (const group of GROUPS) {
      if (closeOf(period, group) > businessDate) continue;
      const one = periodOf(shadow, period, group);
      const isClosed = one.closed;
      one.closed = true;
      foldRest(shadow, periodKey(period, group));
      if (!isClosed) numberInvoices(shadow, periodKey(period, group));
      yield;
    }
  }
}

function foldRest(shadow: Shadow, key: string): void {
  for (const charge of shadow.charges.values()) {
    const { captured } = charge;
    if (captured && periodKey(captured.period, captured.group) === key) charge.folded = true;
  }
  for (const refund of shadow.refunds.values())
    if (refund.group !== null && periodKey(refund.period, refund.group) === key) refund.folded = true;
}
