import { DAY_MS, HOUR_MS, MINUTE_MS, type PlannedSubscriber, type Planner } from './planner.ts';
import type { Group } from './world-plan.ts';

/** Amounts set aside before a closing day and captured after it, with purchases on both sides that fill the month. */
export function planAcrossClose(planner: Planner, atMs: number): void {
  const { random } = planner;
  const buyer = random.pick(planner.subscribers);
  const { group } = planner.world.lines.find(({ line }) => line === buyer.line)!;
  const closeMs = planner.startOf(dayAfterClose(planner.dateOf(atMs), group));
  for (let index = 0; index < random.between(1, 3); index += 1) {
    const heldMs = closeMs - random.pick([1, MINUTE_MS, HOUR_MS, random.below(3 * DAY_MS)]);
    const amount = random.pick([500, 1_000, 2_000, 4_000, 5_000]);
    planHold(planner, {
      buyer: housemate(planner, buyer),
      amount,
      heldMs,
      capturedMs: closeMs + random.pick([0, 10 * MINUTE_MS, HOUR_MS, random.below(6 * DAY_MS)]),
    });
  }
  for (const sideMs of [
    -random.below(DAY_MS),
    random.pick([0, MINUTE_MS, HOUR_MS, random.below(3 * DAY_MS)]),
  ]) {
    const amount = random.pick([1_000, 2_000, 5_000, 8_000, 10_000]);
    planSale(planner, { buyer: housemate(planner, buyer), amount, atMs: closeMs + sideMs, automatic: true });
  }
}

/** An authorization of a subscriber who is about to lose the line, with captures around that instant. */
export function planHoldThrough(planner: Planner, line: string, lostMs: number): void {
  const { random } = planner;
  const buyers = planner.subscribers.filter((one) => one.line === line);
  if (buyers.length === 0) return;
  for (const offsetMs of [-1, 0, random.below(DAY_MS), random.below(6 * DAY_MS)]) {
    const heldMs = lostMs - random.pick([1, HOUR_MS, random.below(DAY_MS)]);
    const amount = random.pick([100, 900, 3_000]);
    planHold(planner, { buyer: random.pick(buyers), amount, heldMs, capturedMs: lostMs + offsetMs });
  }
}

interface PlannedHold {
  readonly buyer: PlannedSubscriber;
  readonly amount: number;
  readonly heldMs: number;
  readonly capturedMs: number;
}

function planHold(planner: Planner, { capturedMs, heldMs, ...hold }: PlannedHold): void {
  const { charge, company } = planSale(planner, { ...hold, atMs: heldMs, automatic: false });
  const part = planner.oneIn(3) ? { amount: planner.random.between(1, hold.amount) } : {};
  if (planner.oneIn(8)) planner.add(capturedMs, 'cancel-charge', { charge, company });
  else planner.add(capturedMs, 'capture-charge', { charge, company, ...part });
}

interface PlannedSale {
  readonly buyer: PlannedSubscriber;
  readonly amount: number;
  readonly atMs: number;
  readonly automatic: boolean;
}

function planSale(planner: Planner, { buyer, amount, atMs, automatic }: PlannedSale) {
  const charge = planner.name('ch');
  const sale = { charge, ...planner.seller(), amount, taxCode: 'standard', automatic } as const;
  planner.add(atMs - MINUTE_MS, 'create-charge', sale);
  planner.add(atMs, 'authorize-charge', { charge, subscriber: buyer.subscriber });
  return sale;
}

/** Another subscriber on the same line. */
function housemate({ random, subscribers }: Planner, { line }: PlannedSubscriber): PlannedSubscriber {
  return random.pick(subscribers.filter((one) => one.line === line));
}

/** The first day after the close that comes next. */
function dayAfterClose(date: string, group: Group): string {
  const day = Temporal.PlainDate.from(date);
  // A group of the 31st closes on the last day of whichever month.
  const here = day.with({ day: group });
  const close =
    Temporal.PlainDate.compare(here, day) >= 0 ? here : day.add({ months: 1 }).with({ day: group });
  return close.add({ days: 1 }).toString();
}
