import type { CollectionRow } from '../history.ts';
import { closeOf, dueOf, periodAt, plusDays } from '../shadow/calendar.ts';
import { DAY_MS, HOUR_MS, type Planner } from './planner.ts';
import { GROUPS, type Group } from './world-plan.ts';

/**
 * What the carrier collects of the groups that close on a day. Files come on the days of their results, or late and in another order,
 * once or twice; a result may be followed by others, and some invoices never have one.
 */
export function planCollection(planner: Planner, date: string): void {
  for (const group of GROUPS) {
    const period = periodAt(date, group);
    if (closeOf(period, group) !== date) continue;
    const lines = planner.world.lines.length;
    const rows = Array.from({ length: Math.ceil(lines / GROUPS.length) + 2 }, (_, index) =>
      planInvoice(planner, { period, group, place: index + 1 }),
    );
    for (const [day, ofDay] of Map.groupBy(rows.flat(), (row) => row.date)) planFile(planner, day, ofDay);
  }
}

interface PlannedInvoice {
  readonly period: string;
  readonly group: Group;
  /** Of its number; there may be fewer invoices. */
  readonly place: number;
}

function planInvoice({ random }: Planner, { period, group, place }: PlannedInvoice): CollectionRow[] {
  const invoice = `${period.replace('-', '')}-${String(group).padStart(2, '0')}-${String(place).padStart(7, '0')}`;
  const early = plusDays(closeOf(period, group), random.between(1, 12));
  let date = random.below(3) === 0 ? early : plusDays(dueOf(period, group), random.below(4));
  const rows: CollectionRow[] = [];
  const add = (result: CollectionRow['result'], sequence = 0): void => {
    const amount = result === 'partial' ? { amount: random.pick([1, random.between(1, 900)]) } : {};
    rows.push({ invoice, result, ...amount, date, sequence, code: random.pick(['', '', '0', '1', '4']) });
  };
  if (random.below(10) === 0) return [];
  const results = ['collected', 'collected', 'collected', 'partial', 'uncollected', 'pending'] as const;
  const first = random.pick(results);
  add(first);
  // At times two that contradict each other, or two of one day in their order.
  if (random.below(12) === 0) add(random.pick(results), random.below(3));
  for (let more = random.pick(first === 'collected' ? [0, 0, 0, 1] : [0, 1, 1, 2]); more > 0; more -= 1) {
    date = plusDays(date, random.pick([0, 15, 15, random.between(1, 70)]));
    add(random.pick(results), rows.length);
  }
  return rows;
}

function planFile(planner: Planner, day: string, rows: readonly CollectionRow[]): void {
  const { random } = planner;
  const lateMs = planner.oneIn(6) ? random.below(30) * DAY_MS : 0;
  const atMs = planner.startOf(day) + HOUR_MS + random.below(22) * HOUR_MS + lateMs;
  planner.add(atMs, 'deliver-results', { rows, tonight: planner.oneIn(2) });
  const again = { rows: rows.toReversed(), tonight: planner.oneIn(2) };
  if (planner.oneIn(5)) planner.add(atMs + random.below(20 * DAY_MS), 'deliver-results', again);
}
