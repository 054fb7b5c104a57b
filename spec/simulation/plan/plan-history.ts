import { eventKinds } from '../events/event-kinds.ts';
import type { History } from '../history.ts';
import type { Preset } from '../presets.ts';
import { NightPlan } from './night-plan.ts';
import { PayoutPlan } from './plan-payouts.ts';
import { planUses } from './plan-uses.ts';
import { planCollection } from './plan-results.ts';
import { planWorld, type WorldSize } from './plan-world.ts';
import { Planner } from './planner.ts';

export interface HistoryOptions extends WorldSize {
  readonly seed: number;
  readonly preset: Preset;
  readonly days: number;
  /** Average number of events started per day; each may cause others. */
  readonly eventsPerDay: number;
}

/** Draws a history: the same options always comes to the same. */
export function planHistory(options: HistoryOptions): History {
  const { seed, preset, days } = options;
  const world = planWorld(seed, preset, options);
  const planner = new Planner(world, seed);
  const nights = new NightPlan(planner, seed);
  const payouts = new PayoutPlan(planner, seed);
  const firstDay = Temporal.PlainDate.from(world.startsOn);
  const endDay = firstDay.add({ days });
  for (let day = firstDay; Temporal.PlainDate.compare(day, endDay) < 0; day = day.add({ days: 1 })) {
    const date = day.toString();
    const count = planner.random.between(0, 2 * options.eventsPerDay);
    for (let index = 0; index < count; index += 1) pickKind(planner).plan(planner, planner.momentOf(date));
    planAroundRegistrations(planner, date);
    planCollection(planner, date);
    planReview(planner, date);
    payouts.onDay(date);
    nights.after(date, Temporal.PlainDate.compare(day.add({ days: 1 }), endDay) === 0);
  }
  const endMs = planner.startOf(endDay.toString()) + 24 * 3_600_000;
  payouts.atEnd(endMs - 1);
  const events = planner.events.filter(({ at }) => Date.parse(at) < endMs);
  return { seed, preset: preset.name, world, events };
}

/** Drafts are approved on the first day mostly; some are left for another day, and some rejected. */
function planReview(planner: Planner, date: string): void {
  const { companies } = planner.world;
  const decisions = companies.flatMap(({ company }) =>
    planner.oneIn(4) ? [] : [{ company, approves: !planner.oneIn(5) }],
  );
  if (decisions.length > 0) planner.add(planner.momentOf(date), 'review-settlements', { decisions });
}

/** The last day before a registration begins or ends, and the first one after: random purchases are too rare on these days. */
function planAroundRegistrations(planner: Planner, date: string): void {
  const nextDate = Temporal.PlainDate.from(date).add({ days: 1 }).toString();
  for (const { company, registered } of planner.world.companies) {
    const isEdge = (day: string) => day === registered?.from || day === registered?.to;
    if (!isEdge(date) && !isEdge(nextDate)) continue;
    const atMs = planner.momentOf(date);
    const uses = planUses(planner, atMs, company);
    if (uses) planner.add(atMs, 'use', uses);
  }
}

const beginnings = Object.values(eventKinds).flatMap(({ weight, plan }) =>
  plan && weight !== undefined ? [{ weight, plan }] : [],
);
const allWeights = beginnings.reduce((sum, { weight }) => sum + weight, 0);

function pickKind({ random }: Planner): (typeof beginnings)[number] {
  let left = random.below(allWeights);
  return beginnings.find(({ weight }) => (left -= weight) < 0)!;
}
