import { DAY_MS, MINUTE_MS, type Planner } from './planner.ts';
import { planHoldThrough } from './plan-holds.ts';
import { planRefundsAfterMove } from './plan-refunds.ts';
import { GROUPS, type LineRowPlan } from './world-plan.ts';

/** A subscriber is issued an ID on a line. */
export function planIssue(planner: Planner, atMs: number, line: string): void {
  const subscriber = planner.name('p');
  planner.add(atMs, 'issue-subscriber', { subscriber, line });
  planner.subscribers.push({ subscriber, line });
}

/** A line changes its closing group, its status for a while, or its holder, at any time. */
export function planDelivery(planner: Planner, atMs: number): void {
  const { random } = planner;
  const { line, group: firstGroup, birthDate } = random.pick(planner.world.lines);
  const group = random.pick([firstGroup, ...GROUPS]);
  const tonight = planner.oneIn(2);
  const today = planner.dateOf(atMs);
  const holderFrom = planner.tenures.get(line)!;
  const row = {
    line,
    group,
    status: 'active',
    holderFrom,
    holder: `${line} ${holderFrom}`,
    birthDate,
  } as const;
  const choice = random.below(4);
  if (choice === 0) {
    if (planner.oneIn(2)) planHoldThrough(planner, line, atMs);
    planner.add(atMs, 'deliver-lines', { rows: [{ ...row, status: 'suspended' }], tonight });
    return planner.add(atMs + random.below(20 * DAY_MS), 'deliver-lines', { rows: [row], tonight });
  }
  if (choice < 3) return planner.add(atMs, 'deliver-lines', { rows: [onLaterDay(row, today)], tonight });
  const from = Temporal.PlainDate.from(today)
    .add({ days: random.pick([-3, 0, 0, 1, 5]) })
    .toString();
  if (from <= holderFrom) return;
  planner.tenures.set(line, from);
  const next = {
    ...row,
    holderFrom: from,
    holder: `${line} ${from}`,
    birthDate: random.pick([null, birthDate]),
  };
  planner.add(atMs, 'deliver-lines', { rows: [next], tonight });
  planLastTries(planner, line, planner.startOf(from));
  planHoldThrough(planner, line, Math.max(atMs, planner.startOf(from)));
  planRefundsAfterMove(planner, line, Math.max(atMs, planner.startOf(from)));
  planner.forget((one) => one.line === line);
  planIssue(planner, Math.max(atMs, planner.startOf(from)) + random.below(2 * DAY_MS) + MINUTE_MS, line);
}

/**
 * On every third day the row is of a later day than the tenure it is about, as carriers write when anything of a line
 * changes: nothing ends. The day decides, not the dice.
 */
function onLaterDay(row: LineRowPlan, today: string): LineRowPlan {
  const day = Number(today.slice(8));
  const days = [-3, 0, 1, 5][day % 4]!;
  const holderFrom = Temporal.PlainDate.from(today).add({ days }).toString();
  return day % 3 === 0 && holderFrom > row.holderFrom ? { ...row, holderFrom } : row;
}

/** A former holder keeps buying, up to the last instant of the tenure and beyond. */
function planLastTries(planner: Planner, line: string, untilMs: number): void {
  const { random } = planner;
  const who = planner.subscribers.filter((one) => one.line === line);
  if (who.length === 0) return;
  const { subscriber } = random.pick(who);
  const uses = planner.consents.filter((one) => one.subscriber === subscriber);
  for (const offsetMs of [-1, 0, random.below(DAY_MS), DAY_MS + random.below(20 * DAY_MS)]) {
    const atMs = untilMs + offsetMs;
    const charge = planner.name('ch');
    const sale = { ...planner.seller(), amount: random.between(1, 300), taxCode: 'standard' } as const;
    planner.add(atMs - MINUTE_MS, 'create-charge', { charge, ...sale, automatic: true });
    planner.add(atMs, 'authorize-charge', { charge, subscriber });
    if (uses.length === 0) continue;
    const { consent, company } = random.pick(uses);
    const use = {
      use: planner.name('u'),
      consent,
      amount: random.between(1, 300),
      taxCode: 'standard',
    } as const;
    planner.add(atMs, 'use', { company, uses: [use] });
  }
}
