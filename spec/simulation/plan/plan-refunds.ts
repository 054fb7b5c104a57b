import type { EventBodies, Refunded, SimEvent } from '../history.ts';
import { planRequest } from './plan-request.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, type PlannedSale, type Planner } from './planner.ts';

/** Sales that are given back are mostly recent. */
const RECENT = 25;

/** Something sold before, at times long before. */
function pickSale({ random, sales }: Planner, isWanted: (sale: PlannedSale) => boolean = () => true) {
  const wanted = sales.filter(isWanted);
  const some = random.below(4) === 0 ? wanted : wanted.slice(-RECENT);
  return some.length === 0 ? undefined : random.pick(some);
}

/** A charge is given back: whole, in part, too much; once, several times, at once; by its company, another, or the carrier. */
export function planRefund(planner: Planner, atMs: number): void {
  const sale = pickSale(planner);
  if (sale) planRefundOf(planner, Math.max(atMs, sale.atMs + MINUTE_MS), sale);
}

function planRefundOf(planner: Planner, atMs: number, { charge, company, amount }: PlannedSale): void {
  const { random } = planner;
  const part = () => random.pick([undefined, undefined, 1, random.between(1, amount), amount, amount + 1]);
  const refund = (of = part()): Refunded => ({
    refund: planner.name('rf'),
    charge,
    ...(of === undefined ? {} : { amount: of }),
  });
  const choice = random.below(12);
  if (choice < 4)
    return planRequest(planner, atMs, { kind: 'refund-charge', body: { ...refund(), company } });
  if (choice < 6) return planner.add(atMs, 'refund-for', refund());
  if (choice === 6) {
    const another = random.pick(planner.world.companies).company;
    return planner.add(atMs, 'refund-charge', { ...refund(), company: another });
  }
  if (choice === 7) {
    const at = new Date(atMs).toISOString();
    const byCompany: SimEvent = { at, kind: 'refund-charge', body: { ...refund(), company } };
    return planner.add(atMs, 'at-once', { events: [byCompany, { at, kind: 'refund-for', body: refund() }] });
  }
  if (choice < 10) {
    let fromMs = atMs;
    for (let rest = random.between(2, 4); rest > 0; rest -= 1) {
      const some = rest === 1 ? undefined : random.between(1, Math.max(1, Math.floor(amount / 2)));
      planner.add(fromMs, 'refund-charge', { ...refund(some), company });
      fromMs += random.pick([MINUTE_MS, HOUR_MS, random.below(40 * DAY_MS)]);
    }
    return;
  }
  planProposal(planner, atMs, { company, ...refund() });
}

/** Proposed by one person, decided by another, soon, late or never; at times its company is quicker. */
function planProposal(
  planner: Planner,
  atMs: number,
  { charge, company, amount }: EventBodies['refund-charge'],
): void {
  const { random } = planner;
  const proposal = planner.name('pr');
  const some = amount === undefined ? {} : { amount };
  planner.add(atMs, 'propose-refund', { proposal, charge, ...some });
  const decidedMs =
    atMs + random.pick([MINUTE_MS, HOUR_MS, DAY_MS, random.below(14 * DAY_MS), 14 * DAY_MS - 1, 14 * DAY_MS]);
  if (planner.oneIn(6))
    planner.add(atMs + MINUTE_MS, 'refund-charge', {
      refund: planner.name('rf'),
      charge,
      company,
      amount: 1,
    });
  if (planner.oneIn(8))
    planner.add(atMs + HOUR_MS, 'propose-refund', { proposal: planner.name('pr'), charge, ...some });
  if (planner.oneIn(10)) return;
  const decision = { proposal, refund: planner.name('rf'), approves: !planner.oneIn(4) };
  planner.add(decidedMs, 'decide-refund', decision);
  if (planner.oneIn(8)) planner.add(decidedMs + HOUR_MS, 'decide-refund', decision);
}

/** A month of a subscription is cancelled; also one that was never charged. */
export function planCancelledMonth(planner: Planner, atMs: number): void {
  const { random } = planner;
  const joined = planner.joined.filter((one) => one.atMs < atMs);
  if (joined.length === 0) return;
  const { subscription, company, atMs: joinedMs } = random.pick(joined.slice(-RECENT));
  const fromMs = Math.max(atMs, joinedMs + HOUR_MS);
  const monthOf = (ms: number) => planner.dateOf(ms).slice(0, 7);
  const month = monthOf(fromMs - random.pick([0, 0, 0, 31, 62]) * DAY_MS);
  const cancelled = { refund: planner.name('rf'), subscription, month, company };
  planner.add(fromMs, 'cancel-month', cancelled);
  if (planner.oneIn(6))
    planner.add(fromMs + MINUTE_MS, 'cancel-month', { ...cancelled, refund: planner.name('rf') });
}

/** What a line has bought is given back after its holder is gone: while the last invoice is open, and after. */
export function planRefundsAfterMove(planner: Planner, line: string, movedMs: number): void {
  const { random } = planner;
  for (let count = random.between(0, 3); count > 0; count -= 1) {
    const sale = pickSale(planner, (one) => one.line === line);
    if (!sale) return;
    const afterMs = random.pick([HOUR_MS, random.below(10 * DAY_MS), random.below(70 * DAY_MS)]);
    planRefundOf(planner, Math.max(movedMs, sale.atMs) + afterMs, sale);
  }
}

/** A refund in the very moment of a night. */
export function planRefundAtNight(planner: Planner, atMs: number): SimEvent | undefined {
  const sale = pickSale(planner, (one) => one.atMs < atMs);
  if (!sale) return undefined;
  const { charge, company } = sale;
  const body = { refund: planner.name('rf'), charge, company };
  return { at: new Date(atMs).toISOString(), kind: 'refund-charge', body };
}
