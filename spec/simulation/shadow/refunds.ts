import type { EventBodies, Refunded } from '../history.ts';
import { giveBack } from './balances.ts';
import { closeOf, monthIn, plusDays, plusMonths } from './calendar.ts';
import { describeRefund, NOTHING, refused } from './outcome.ts';
import { covers } from './parties.ts';
import { findPlace, keepPlace, type FoundPlace } from './periods.ts';
import {
  periodKey,
  type Shadow,
  type ShadowCharge,
  type ShadowProposal,
  type ShadowRefund,
} from './state.ts';

/** What one may give back alone in this world: of a charge, to a line, a person and a company on a day. */
export const REFUND_LIMITS = { charge: 1_000, lineDay: 1_500, personDay: 3_000, companyDay: 2_500 } as const;
const PROPOSAL_MS = 14 * 86_400_000;
const CARRIER = 'carrier';

export function refundCharge(shadow: Shadow, body: EventBodies['refund-charge']): string {
  return refund(shadow, body, body.company);
}

export function refundFor(shadow: Shadow, body: EventBodies['refund-for']): string {
  return refund(shadow, body, CARRIER);
}

/** All that is left of the charge of a month. */
export function cancelMonth(shadow: Shadow, body: EventBodies['cancel-month']): string {
  const subscription = shadow.subscriptions.get(body.subscription);
  if (!subscription) return NOTHING;
  if (subscription.company !== body.company) return refused('subscription-not-found');
  const charge = `${body.subscription} ${body.month}`;
  if (!shadow.charges.has(charge)) return refused('month-not-charged');
  return refund(shadow, { refund: body.refund, charge }, body.company);
}

/** Under the agreed terms, and as far as one may alone. */
function refund(shadow: Shadow, body: Refunded, by: string): string {
  const plan = planRefund(shadow, body, by);
  if (typeof plan === 'string') return plan;
  const isCompany = by !== CARRIER;
  const { charge, amount } = plan;
  if (shadow.today > lastDayOf(shadow, charge))
    return refused(isCompany ? 'refund-window-passed' : 'refund-needs-approval');
  const today = [...shadow.refunds.values()].filter(({ businessDate }) => businessDate === shadow.today);
  const sumOf = (isCounted: (one: ShadowRefund) => boolean) =>
    today.reduce((sum, one) => (isCounted(one) ? sum + one.amount : sum), amount);
  const ofRefunder = sumOf((one) => one.by === by);
  const ofLine = sumOf((one) => shadow.charges.get(one.charge)!.line === charge.line);
  const isTooMuch = isCompany
    ? ofRefunder > REFUND_LIMITS.companyDay
    : charge.refunded + amount > REFUND_LIMITS.charge ||
      ofLine > REFUND_LIMITS.lineDay ||
      ofRefunder > REFUND_LIMITS.personDay;
  if (isTooMuch) return refused('refund-needs-approval');
  return book(shadow, plan, { name: body.refund, by });
}

/** A refund that takes two people: proposed by one. */
export function proposeRefund(shadow: Shadow, body: EventBodies['propose-refund']): string {
  const plan = planRefund(shadow, { ...body, refund: '' }, CARRIER);
  if (typeof plan === 'string') return plan;
  const pending = [...shadow.proposals.values()].find(
    ({ charge, state }) => charge === body.charge && state === 'pending',
  );
  if (pending && pending.untilMs > shadow.nowMs) return refused('approval-pending');
  if (pending) pending.state = 'expired';
  if (plan.place) keepPlace(shadow, tenureOfCharge(plan.charge), plan.place);
  shadow.proposals.set(body.proposal, {
    charge: body.charge,
    amount: plan.amount,
    refundedBefore: plan.charge.refunded,
    untilMs: shadow.nowMs + PROPOSAL_MS,
    state: 'pending',
  });
  return 'proposed';
}

/** Approved or rejected by another. A refund meanwhile makes it void. */
export function decideRefund(shadow: Shadow, body: EventBodies['decide-refund']): string {
  const proposal = shadow.proposals.get(body.proposal);
  if (!proposal) return NOTHING;
  const { state, charge, amount, untilMs } = proposal;
  if (state === 'expired' || state === 'void') return refused(`approval-${state}`);
  if (state !== 'pending') return refused('approval-decided');
  const end = (ending: ShadowProposal['state'], answer: string): string => {
    proposal.state = ending;
    return answer;
  };
  if (untilMs <= shadow.nowMs) return end('expired', refused('approval-expired'));
  if (!body.approves) return end('rejected', 'rejected');
  if (shadow.charges.get(charge)!.refunded !== proposal.refundedBefore)
    return end('void', refused('approval-void'));
  const plan = planRefund(shadow, { charge, amount, refund: body.refund }, CARRIER);
  if (typeof plan === 'string') return plan;
  return end('executed', book(shadow, plan, { name: body.refund, by: null }));
}

interface PlannedRefund {
  readonly name: string;
  readonly charge: ShadowCharge;
  readonly amount: number;
  /** The invoice that takes it; undefined by bank. */
  readonly place: FoundPlace | undefined;
}

function planRefund(shadow: Shadow, body: Refunded, by: string): PlannedRefund | string {
  const charge = shadow.charges.get(body.charge);
  if (!charge) return NOTHING;
  if (by !== CARRIER && charge.company !== by) return refused('charge-not-found');
  const { captured, refunded, clawedBack } = charge;
  if (!captured) return refused('not-captured');
  const unrefunded = captured.amount - refunded;
  // What was clawed back is the company's own claim.
  const left = unrefunded - clawedBack;
  const amount = body.amount ?? left;
  if (unrefunded === 0 || amount > unrefunded) return refused('refund-too-large');
  if (left === 0 || amount > left) return refused('claim-returned');
  if (amount < left && !soldUnder(shadow, charge).partialRefunds) return refused('partial-not-allowed');
  return { name: body.charge, charge, amount, place: findInvoice(shadow, charge) };
}

/** The contract in force on the day of the sale; of a day without one, the one before it. */
function soldUnder(shadow: Shadow, { company, captured }: ShadowCharge) {
  const earlier = shadow.companies
    .get(company)!
    .contracts.filter(({ from }) => from <= captured!.businessDate);
  return earlier.reduce((latest, one) => (one.from > latest.from ? one : latest));
}

const lastDayOf = (shadow: Shadow, charge: ShadowCharge): string =>
  plusDays(charge.captured!.businessDate, soldUnder(shadow, charge).refundDays);

const tenureOfCharge = ({ line, holderFrom }: ShadowCharge) => ({ line: line!, holderFrom: holderFrom! });

/**
 * Who holds the line gets it on the invoice that would take a purchase of today; who has left it, on the oldest of their own that is
 * open: one that they began while they held it, or bought in.
 */
function findInvoice(shadow: Shadow, charge: ShadowCharge): FoundPlace | undefined {
  const holder = tenureOfCharge(charge);
  const line = shadow.lines.get(holder.line)!;
  const tenure = line.tenures.find(({ from }) => from === holder.holderFrom);
  if (tenure && line.status !== 'closed' && covers(tenure, shadow.today))
    return findPlace(shadow, holder, shadow.today);
  const end = tenure?.to ?? shadow.today;
  const own = [...line.begun].flatMap(([key, group]) => {
    const [from, period = ''] = key.split(' ');
    if (from !== holder.holderFrom || shadow.periods.get(periodKey(period, group))?.closed !== false)
      return [];
    if (period < plusMonths(monthIn(shadow.today), -3)) return [];
    const startsOn = plusDays(closeOf(plusMonths(period, -1), group), 1);
    const isOwn = period === charge.captured!.period || startsOn < end || hasBought(shadow, charge, period);
    return isOwn ? [{ period, group, late: false, looked: [] }] : [];
  });
  return own.toSorted((a, b) => (a.period < b.period ? -1 : 1))[0];
}

/** Whether anything that the tenure bought in a period is not given back. */
function hasBought(shadow: Shadow, { line, holderFrom }: ShadowCharge, period: string): boolean {
  return [...shadow.charges.values()].some(
    (one) =>
      one.line === line &&
      one.holderFrom === holderFrom &&
      one.captured?.period === period &&
      one.captured.amount > one.refundedOwn,
  );
}

function book(
  shadow: Shadow,
  { name, charge, amount, place }: PlannedRefund,
  { name: refundName, by }: { name: string; by: string | null },
): string {
  const captured = charge.captured!;
  if (place) keepPlace(shadow, tenureOfCharge(charge), place);
  const where = place
    ? { period: place.period, group: place.group }
    : { period: monthIn(shadow.today), group: null };
  const booked = {
    charge: name,
    amount,
    businessDate: shadow.today,
    createdMs: shadow.nowMs,
    by,
    folded: false,
  };
  const bank = place ? null : ({ state: 'waiting', payable: 0 } as const);
  const refund: ShadowRefund = { ...booked, ...where, bank: bank && { ...bank } };
  shadow.refunds.set(refundName, refund);
  charge.refunded += amount;
  if (where.period === captured.period && where.group === captured.group) charge.refundedOwn += amount;
  giveBack(shadow, amount, { company: charge.company, byBank: !place });
  return describeRefund(refund);
}
